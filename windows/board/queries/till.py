"""Check-in: who is expected, the last scans, and one scan in full."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from commerce.places.queries import StoreCard
from windows.board.queries.lines import PersonLine, people_lines
from windows.board.queries.today import day_of
from windows.flash import queries as flash
from windows.flash.domain import LIVE_WINDOWS
from windows.flash.queries import WindowCard
from windows.passes import queries as passes
from windows.passes.domain import Question
from windows.passes.queries import ScanLine
from windows.tills.queries import till_names

_LAST_SCANS = 6


@dataclass(frozen=True, slots=True)
class Tap:
    """Somebody who may be tapped instead of scanned, with the code of the pass."""

    person: PersonLine
    code: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan and, where the pass is of this store, whose it is."""

    line: ScanLine
    person: PersonLine | None
    is_disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Till:
    """The check-in page; ``shown`` is the scan whose result is asked for.

    ``names`` are those of the tills by key; ``questions`` wait for the owner.
    """

    store: StoreCard
    windows: tuple[WindowCard, ...]
    expected: tuple[Tap, ...]
    came: int
    confirmed: int
    scans: tuple[Scan, ...]
    shown: Scan | None
    names: dict[str, str]
    questions: int


def till(store: StoreCard, *, device: str, nonce: str, now: datetime) -> Till:
    """Who is expected in the live windows of the day, and the last scans of the store.

    Fifteen queries at most, however many people there are. ``nonce`` is empty or names the scan of
    ``device`` to show.
    """
    day = day_of(store, now)
    windows = {
        window.id: window for window in flash.windows_of_store(store.id, within=day, now=now)
    }
    live = tuple(window for window in windows.values() if window.state in LIVE_WINDOWS)
    people = people_lines(flash.seats_of_windows(windows), windows)
    by_seat = {person.seat_id: person for person in people}
    scans = passes.recent_scans(store_id=store.id, since=day.start, limit=_LAST_SCANS)
    counts = flash.people_counts([window.id for window in live], now=now).values()
    return Till(
        store=store,
        windows=live,
        expected=_expected(people, {window.id for window in live}),
        came=sum(count.checked_in for count in counts),
        confirmed=sum(count.confirmed for count in counts),
        scans=tuple(_scan(line, by_seat) for line in scans),
        shown=_shown(store, device, nonce, by_seat),
        names=till_names(store.id),
        questions=len(passes.open_questions(store.id)),
    )


def _expected(people: tuple[PersonLine, ...], live: set[UUID]) -> tuple[Tap, ...]:
    waiting = [
        person
        for person in people
        if person.window_id in live and person.cube in {"coming", "confirmed"}
    ]
    codes = passes.codes_of_seats([person.seat_id for person in waiting])
    return tuple(Tap(person, codes[person.seat_id]) for person in waiting)


def _shown(
    store: StoreCard, device: str, nonce: str, by_seat: dict[UUID, PersonLine]
) -> Scan | None:
    if not nonce:
        return None
    line = passes.scan_at(store_id=store.id, device=device, nonce=nonce)
    if line is None:
        return None
    asked = {card.kind for card in passes.questions_of_scans([line.id])}
    return replace(_scan(line, by_seat), is_disputed=Question.DISPUTE in asked)


def _scan(line: ScanLine, by_seat: dict[UUID, PersonLine]) -> Scan:
    return Scan(line, by_seat.get(line.seat_id) if line.seat_id else None)
