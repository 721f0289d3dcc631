"""What the till shows for each answer of a check-in: colour, icon, word, figure, sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext

from commerce.places.queries import StoreCard
from iceshop.infra.http.wording import say
from iceshop.infra.templatetags.words import clock, language, locative, money
from iceshop.kernel.money import Money
from windows.board.queries.till import Scan
from windows.flash.domain import ADMITTED, Refusal


@dataclass(frozen=True, slots=True)
class Face:
    """How one code looks; ``instant`` names the fact whose time is the figure."""

    kind: str
    icon: str
    word: str
    instant: str = ""


FACES = {
    ADMITTED: Face("ok", "circle-check", gettext_noop("Valid")),
    Refusal.TOO_EARLY: Face("late", "hourglass", gettext_noop("Too early"), "starts_at"),
    Refusal.TOO_LATE: Face("late", "clock", gettext_noop("Too late"), "ends_at"),
    Refusal.USED: Face("bad", "circle-alert", gettext_noop("Already used"), "used_at"),
    Refusal.RELEASED: Face("undone", "undo-2", gettext_noop("Place given back")),
    Refusal.CANCELLED: Face("undone", "x", gettext_noop("Window cancelled"), "starts_at"),
    Refusal.WRONG_STORE: Face("late", "map-pin", gettext_noop("Another shop's code")),
    Refusal.UNKNOWN: Face("bad", "circle-x", gettext_noop("Code not known")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A scan in words; ``at`` is when it was made."""

    kind: str
    icon: str
    word: str
    who: str
    figure: str
    sentence: str
    at: datetime


def answer(scan: Scan, store: StoreCard) -> Answer:
    """Word a scan in the language of the page, with times by the store's clock."""
    line = scan.line
    face = FACES[line.code]
    times = _times(line.facts, store)
    return Answer(
        kind=face.kind,
        icon=face.icon,
        word=gettext(face.word),
        who=_who(scan),
        figure=_figure(line.facts) if line.is_admitted else times.get(face.instant, ""),
        sentence=say(line.code, language(), {name: locative(t) for name, t in times.items()}),
        at=line.at,
    )


def _who(scan: Scan) -> str:
    if scan.person is None:
        return ""
    people = ngettext("%(count)d person", "%(count)d people", scan.person.people)
    name = scan.person.name or gettext("Guest")
    return f"{name} · {people % {'count': scan.person.people}}"


def _figure(facts: dict[str, Any]) -> str:
    return money(Money(facts["to_pay_minor"], facts["currency"]))


def _times(facts: dict[str, Any], store: StoreCard) -> dict[str, str]:
    """Each instant among the facts as a wall time; ``used_at`` may be unknown."""
    return {"starts_at": "", "ends_at": "", "used_at": ""} | {
        name: clock(datetime.fromisoformat(value), store.zone)
        for name, value in facts.items()
        if name in {"starts_at", "ends_at", "used_at"} and value
    }
