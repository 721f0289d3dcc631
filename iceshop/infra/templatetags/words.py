"""Words and figures in templates: money, shares, distances, times, Turkish endings, languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language

from iceshop.kernel import text as wording
from iceshop.kernel import time as clocks
from iceshop.kernel.money import Money, show

register = template.Library()

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def language() -> str:
    """Language of the page, ``tr`` or ``en``."""
    return "en" if (get_language() or "tr").startswith("en") else "tr"


def _zone(zone: str | ZoneInfo) -> ZoneInfo:
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)


@register.filter
def money(amount: Money | int | str | None, currency: str = "TRY") -> str:
    """``118 ₺``: an amount, or minor units with their currency; empty for nothing."""
    if amount is None or amount == "":
        return ""
    value = amount if isinstance(amount, Money) else Money(int(amount), currency)
    return show(value, language())


@register.filter
def percent(share_ppm: int) -> str:
    """``%10`` from parts per million, one decimal only where it is not whole."""
    tenths = round(share_ppm / 1000)
    whole, rest = divmod(abs(tenths), 10)
    sign = "\N{MINUS SIGN}" if tenths < 0 else ""
    if language() == "tr":
        return f"{sign}%{whole}{f',{rest}' if rest else ''}"
    return f"{sign}{whole}{f'.{rest}' if rest else ''}%"


@register.filter
def distance(metres: int) -> str:
    """``350 m`` below one kilometre, ``1,1 km`` above."""
    if metres < 1000:
        return f"{metres}{_NO_BREAK_SPACE}m"
    point = "," if language() == "tr" else "."
    whole, tenth = divmod(round(metres / 100), 10)
    return f"{whole}{point}{tenth}{_NO_BREAK_SPACE}km"


@register.filter
def clock(instant: datetime | None, zone: str | ZoneInfo) -> str:
    """Wall time at the shop: ``14.00``."""
    return clocks.show_clock(instant, _zone(zone), language()) if instant else ""


@register.filter
def day(instant: datetime, zone: str | ZoneInfo) -> str:
    """Date at the shop: ``22 Kasım Cumartesi``, ``Saturday 22 November``."""
    pattern = "j F l" if language() == "tr" else "l j F"
    return date_format(instant.astimezone(_zone(zone)), pattern)


@register.simple_tag
def span(starts_at: datetime, ends_at: datetime, zone: str | ZoneInfo) -> str:
    """Range of wall times: ``14.00–14.20``."""
    return clocks.show_range(clocks.TimeRange(starts_at, ends_at), _zone(zone), language())


@register.filter
def dative(word: str) -> str:
    """Turkish ending "to, until" (13.40'a); other languages keep the word."""
    return wording.dative(word) if word and language() == "tr" else word


@register.filter
def locative(word: str) -> str:
    """Turkish ending "at, in" (14.20'de); other languages keep the word."""
    return wording.locative(word) if word and language() == "tr" else word


@register.filter
def ablative(word: str) -> str:
    """Turkish ending "from" (14.03'ten); other languages keep the word."""
    return wording.ablative(word) if word and language() == "tr" else word


@register.filter
def minutes_until(instant: datetime, now: datetime) -> int:
    """Whole minutes from ``now`` to ``instant``, rounded up, never below 0."""
    return max(0, -(-int((instant - now).total_seconds()) // 60))


@register.filter
def spaced_code(code: str) -> str:
    """A short code in two halves, as people read it out: ``7F3 K92``."""
    half = (len(code) + 1) // 2
    return f"{code[:half]}{_NO_BREAK_SPACE}{code[half:]}" if len(code) > 4 else code


@register.filter
def iso(instant: datetime) -> str:
    """UTC instant for ``datetime`` attributes and scripts."""
    return clocks.ensure_aware(instant).isoformat().replace("+00:00", "Z")


@register.filter
def initials(name: str) -> str:
    """First letters of the first two words, for an avatar."""
    letters = "".join(part[0] for part in name.split()[:2])
    return letters.replace("i", "İ").upper() if language() == "tr" else letters.upper()


@register.simple_tag
def fill(sentence: str, value: object) -> str:
    """Put ``value`` where ``sentence`` has ``{}``."""
    return str(sentence).replace("{}", str(value))


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[dict[str, Any]]:
    """Links to this page in each language of the product."""
    request = context.get("request")
    back = urlencode({"next": request.get_full_path()} if request else {})
    return [
        {
            "code": code,
            "short": code.upper(),
            "name": name,
            "href": f"{reverse('language', args=[code])}?{back}",
            "current": code == language(),
        }
        for code, name in settings.LANGUAGES
    ]
