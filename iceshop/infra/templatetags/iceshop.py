"""Template tags of every page: money, times, distances, icons and the drawings of ``infra.draw``.

Built in, so no template loads it. Filters write for the active language.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zlib import crc32
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from iceshop.infra.draw import groups, timer
from iceshop.infra.draw.locator import Locator, locator
from iceshop.infra.draw.qr import qr_path
from iceshop.infra.draw.spark import Spark, spark
from iceshop.kernel import text as wording
from iceshop.kernel import time as clocks
from iceshop.kernel.geo import Point
from iceshop.kernel.money import Money, show

register = template.Library()

AWNINGS = ("mandarin", "lake", "nar", "olive", "plum", "sun")
FOODS = ("coffee", "bakery", "pizza", "simit", "bread", "tea", "dessert", "flowers", "generic")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
# More cubes than this are drawn small, in rows of twenty.
_MANY_CUBES = 40


def _language() -> str:
    return "en" if (get_language() or "tr").startswith("en") else "tr"


def _zone(zone: str | ZoneInfo) -> ZoneInfo:
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)


# -- words and figures -----------------------------------------------------------------------


@register.filter
def money(amount: Money | int | None, currency: str = "TRY") -> str:
    """``118 ₺``: an amount, or minor units with their currency; empty for nothing."""
    if amount is None or amount == "":
        return ""
    value = amount if isinstance(amount, Money) else Money(int(amount), currency)
    return show(value, _language())


@register.filter
def percent(share_ppm: int) -> str:
    """``%10`` from parts per million, one decimal only where it is not whole."""
    tenths = round(share_ppm / 1000)
    whole, rest = divmod(abs(tenths), 10)
    sign = "\N{MINUS SIGN}" if tenths < 0 else ""
    if _language() == "tr":
        return f"{sign}%{whole}{f',{rest}' if rest else ''}"
    return f"{sign}{whole}{f'.{rest}' if rest else ''}%"


@register.filter
def distance(metres: int) -> str:
    """``350 m`` below one kilometre, ``1,1 km`` above."""
    if metres < 1000:
        return f"{metres}{_NO_BREAK_SPACE}m"
    point = "," if _language() == "tr" else "."
    whole, tenth = divmod(round(metres / 100), 10)
    return f"{whole}{point}{tenth}{_NO_BREAK_SPACE}km"


@register.filter
def clock(instant: datetime | None, zone: str | ZoneInfo) -> str:
    """Wall time at the shop: ``14.00``."""
    return clocks.show_clock(instant, _zone(zone), _language()) if instant else ""


@register.simple_tag
def span(starts_at: datetime, ends_at: datetime, zone: str | ZoneInfo) -> str:
    """Range of wall times: ``14.00–14.20``."""
    return clocks.show_range(clocks.TimeRange(starts_at, ends_at), _zone(zone), _language())


@register.filter
def dative(word: str) -> str:
    """Turkish ending "to, until" (13.40'a); other languages keep the word."""
    return wording.dative(word) if word and _language() == "tr" else word


@register.filter
def locative(word: str) -> str:
    """Turkish ending "at, in" (14.20'de); other languages keep the word."""
    return wording.locative(word) if word and _language() == "tr" else word


@register.filter
def ablative(word: str) -> str:
    """Turkish ending "from" (14.03'ten); other languages keep the word."""
    return wording.ablative(word) if word and _language() == "tr" else word


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
    return letters.replace("i", "İ").upper() if _language() == "tr" else letters.upper()


# -- icons and drawings ----------------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """Icon of the sprite, hidden from readers unless it has a ``label``; sizes s, l, xl."""
    classes = f"icon icon-{size}" if size else "icon"
    href = f"{static('icons/sprite.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', classes, label, href
        )
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, href
    )


@register.simple_tag
def food(kind: str) -> SafeString:
    """Flat drawing of a kind of goods, of the generic one for an unknown kind."""
    name = kind if kind in FOODS else "generic"
    href = f"{static('icons/food.svg')}#{name}"
    return format_html(
        '<svg viewBox="0 0 64 64" aria-hidden="true"><use href="{}"/></svg>', href
    )


@register.simple_tag
def food_href(kind: str) -> str:
    """Address of a food drawing, for use inside another drawing."""
    return f"{static('icons/food.svg')}#{kind if kind in FOODS else 'generic'}"


@register.filter
def awning(shop_id: object) -> str:
    """Colour pair of a shop's awning, always the same for one id."""
    return AWNINGS[crc32(str(shop_id).encode()) % len(AWNINGS)]


@register.simple_tag
def qr(payload: str) -> SafeString:
    """QR code of ``payload``; its meaning is told by the code in words beside it."""
    code = qr_path(payload)
    return format_html(
        '<svg viewBox="0 0 {0} {0}" shape-rendering="crispEdges" aria-hidden="true">'
        '<path d="{1}"/></svg>',
        code.side,
        code.path,
    )


@register.simple_tag
def timer_face(
    starts_at: datetime, ends_at: datetime, now: datetime, grace_until: datetime | None = None
) -> timer.Face:
    """Face of a timer at ``now``."""
    return timer.face(starts_at=starts_at, ends_at=ends_at, now=now, grace_until=grace_until or None)


@register.simple_tag
def timer_path() -> str:
    """Edge of the timer in a square of 100."""
    return timer.EDGE_PATH


@register.simple_tag
def cubes(states: Iterable[str]) -> SafeString:
    """The cubes themselves, one element each."""
    return format_html_join("", '<i class="cube is-{}"></i>', ((state,) for state in states))


@register.simple_tag
def cube_states(**counts: int) -> tuple[str, ...]:
    """States from counts: ``room redeemed arrived coming confirmed unanswered no_show taken``."""
    return groups.states_from_counts(**{name: int(count or 0) for name, count in counts.items()})


@register.filter
def cubes_size(states: Sequence[str], size: str) -> str:
    """Class of the figure's size; many cubes are always small."""
    return "10" if len(states) > _MANY_CUBES and size != "line" else str(size)


@register.filter
def cubes_sentence(states: Sequence[str]) -> str:
    """What a figure of cubes says in words: ``16: 3 tamam, 2 geldi``."""
    counts = [(states.count(state), word) for state, word in _state_words() if state in states]
    people = ngettext("%(count)d place", "%(count)d places", len(states)) % {"count": len(states)}
    return f"{people}: " + ", ".join(f"{count} {word}" for count, word in counts)


def _state_words() -> tuple[tuple[str, str], ...]:
    return (
        ("redeemed", pgettext("cube", "done")),
        ("arrived", pgettext("cube", "arrived")),
        ("coming", pgettext("cube", "on the way")),
        ("taken", pgettext("cube", "taken")),
        ("confirmed", pgettext("cube", "confirmed")),
        ("you", pgettext("cube", "you")),
        ("you-confirmed", pgettext("cube", "you")),
        ("unanswered", pgettext("cube", "no answer")),
        ("first", pgettext("cube", "first on the list")),
        ("no-show", pgettext("cube", "did not come")),
        ("stock", pgettext("cube", "in stock")),
        ("empty", pgettext("cube", "free")),
    )


@register.filter
def state_word(state: str) -> str:
    """Word for the state of a cube."""
    return dict(_state_words()).get(state, "")


@register.simple_tag
def ladder_cells(
    people: int, room: int, steps: Sequence[tuple[int, str]], you: int = 0
) -> tuple[groups.LadderCell, ...]:
    """Cells of a group with price steps."""
    return groups.ladder(people=people, room=room, steps=steps, you=int(you or 0))


@register.filter
def has_second_row(cells: Sequence[groups.LadderCell]) -> bool:
    """Whether a ladder needs room for a second row of labels."""
    return any(cell.tick and cell.tick.second_row for cell in cells)


@register.simple_tag
def ladder_sentence(people: int, steps: Sequence[tuple[int, str]]) -> str:
    """The ladder in words: people now, then each step."""
    now = ngettext("%(count)d person", "%(count)d people", people) % {"count": people}
    told = "; ".join(gettext("from %(people)d: %(benefit)s") % {"people": n, "benefit": t} for n, t in steps)
    return f"{now}. {told}"


@register.simple_tag
def range_cells(low: int, expected: int, high: int, room: int = 0) -> tuple[groups.RangeCell, ...]:
    """Cells of an expected range."""
    return groups.range_cells(low=low, expected=expected, high=high, room=int(room or 0))


@register.simple_tag
def sparkline(values: Sequence[float]) -> Spark | None:
    """Points of a sparkline."""
    return spark(values)


@register.simple_tag
def locator_map(shop: Point, you: Point | None = None) -> Locator:
    """Drawing of the locator map."""
    return locator(shop, you or None)


@register.filter
def minus(a: float, b: float) -> float:
    """``a - b``, for positions inside drawings."""
    return a - b


@register.filter
def svg(number: float) -> str:
    """A number as SVG reads it, whatever the language of the page."""
    return f"{number:g}"


@register.filter
def times(count: int) -> range:
    """Something to loop over ``count`` times."""
    return range(int(count))


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
            "current": code == _language(),
        }
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag
def mark() -> SafeString:
    """The product's mark in the colours of the theme."""
    return mark_safe(  # noqa: S308  a constant
        '<svg class="mark" viewBox="0 0 64 64" aria-hidden="true">'
        '<path class="mark-ice" d="M29 2v29.6a5 5 0 0 0 2.5 4.33L57.4 50.87A19 19 0 0 1 43 62H21A19 '
        '19 0 0 1 2 43V21A19 19 0 0 1 21 2Z"/><path class="mark-now" d="M36 4.5A2.5 2.5 0 0 1 38.5 '
        "2H43A19 19 0 0 1 62 21v20.7a2.5 2.5 0 0 1-3.75 2.16L38.5 32.45A5 5 0 0 1 36 28.12Z\"/>"
        '<path class="mark-shine" d="M12 26v-4.5A9.5 9.5 0 0 1 19.5 12.2"/></svg>'
    )
