"""What the till shows for each answer of a check-in: colour, icon, word, figure, sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext

from commerce.places.queries import StoreCard
from iceshop.infra.http.wording import codes
from iceshop.infra.templatetags.words import language, money
from iceshop.kernel.money import Money
from windows.board.queries.till import Scan
from windows.flash.domain import ADMITTED, UNDO_WITHIN, UNDONE, Refusal
from windows.tills.sentences import NOT_LISTED, sentence, times


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
    Refusal.STALE: Face("late", "refresh-cw", gettext_noop("Old picture"), "shown_at"),
    Refusal.NO_ROOM: Face("late", "users", gettext_noop("Not enough places")),
    Refusal.UNKNOWN: Face("bad", "circle-x", gettext_noop("Code not known")),
    NOT_LISTED: Face("late", "wifi-off", gettext_noop("Not on the list")),
    UNDONE: Face("undone", "undo-2", gettext_noop("Taken back")),
}


# Answer of a till without connection -> its sentence, whose figures need no ending.
_OFFLINE = {
    str(ADMITTED): "offline.admitted",
    str(Refusal.TOO_EARLY): "offline.too_early",
    str(Refusal.TOO_LATE): "offline.too_late",
    str(Refusal.USED): "offline.used",
    str(Refusal.STALE): "offline.stale",
    NOT_LISTED: "pass.not_listed",
}


@dataclass(frozen=True, slots=True)
class OfflineAnswer:
    """One answer of a till without connection; its script puts the figures into the sentence."""

    code: str
    face: Face
    word: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A scan in words; ``at`` is when it was made, ``undo_until`` when it can be taken back."""

    kind: str
    icon: str
    word: str
    who: str
    figure: str
    sentence: str
    till: str
    at: datetime
    nonce: str
    means: str
    is_undone: bool
    is_offline: bool
    undo_until: datetime | None
    can_be_disputed: bool
    is_disputed: bool


def answer(scan: Scan, store: StoreCard, tills: Mapping[str, str], now: datetime) -> Answer:
    """Word a scan in the language of the page, with times by the store's clock."""
    line = scan.line
    face = FACES[line.code]
    shown = times(line.facts, store.zone)
    return Answer(
        kind=face.kind,
        icon=face.icon,
        word=gettext(face.word),
        who=_who(scan),
        figure=_figure(line.facts) if line.is_admitted else shown.get(face.instant, ""),
        sentence=sentence(line.code, line.facts, zone=store.zone, tills=tills, now=now),
        till=tills.get(line.device, ""),
        at=line.at,
        nonce=line.nonce,
        means=line.means,
        is_undone=line.is_undone,
        is_offline=line.is_offline,
        undo_until=line.at + UNDO_WITHIN if line.is_admitted and not line.is_undone else None,
        can_be_disputed=line.code == Refusal.USED,
        is_disputed=scan.is_disputed,
    )


def offline_answers() -> tuple[OfflineAnswer, ...]:
    """What a till may answer by its roster, in the language of the page."""
    return tuple(
        OfflineAnswer(
            code, FACES[code], gettext(FACES[code].word), codes()[sentence_code][language()]
        )
        for code, sentence_code in _OFFLINE.items()
    )


def _who(scan: Scan) -> str:
    """Whose pass it was; of an old picture nobody, so that the name is asked for."""
    if scan.person is None or scan.line.code == Refusal.STALE:
        return ""
    number = scan.line.people or scan.person.people
    people = ngettext("%(count)d person", "%(count)d people", number) % {"count": number}
    return f"{scan.person.name or gettext('Guest')} · {people}"


def _figure(facts: dict[str, Any]) -> str:
    return money(Money(facts["to_pay_minor"], facts["currency"])) if "currency" in facts else ""
