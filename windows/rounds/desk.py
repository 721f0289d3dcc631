"""What lies before a round: the parts of the market, and which of them have to be decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from windows.engine.types import Parameters
from windows.flash.domain import InviteState
from windows.rounds import snapshot as snapshots
from windows.rounds.domain import Mode
from windows.rounds.models import RoundPart
from windows.rounds.parts import Part, content, split
from windows.rounds.snapshot import Taken
from windows.rounds.sources import Memory, Sources, memory

# Waiting counts: a part in which nothing happens is decided so often all the same.
AT_LEAST_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Open:
    """A part to decide, with the name of its content and when it was decided last."""

    part: Part
    content: str
    before: datetime | None


@dataclass(frozen=True, slots=True)
class View:
    """What is known at one moment; ``open`` parts have something new, or something due."""

    sources: Sources
    taken: Taken
    open: tuple[Open, ...]

    @property
    def by_rule(self) -> bool:
        """Whether groups are chosen by the plain rule."""
        return self.sources.mode is Mode.RULE

    def of_part(self, part: Part, *, now: datetime) -> Taken:
        """The part alone, with the chance that each of its buyers comes."""
        cards = [self.taken.intents[one.key] for one in part.snapshot.intents]
        shows = snapshots.shows_of(cards, now=now)
        filled = tuple(
            replace(one, show_permille=shows[UUID(one.key)]) for one in part.snapshot.intents
        )
        return replace(self.taken, snapshot=replace(part.snapshot, intents=filled))


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing to decide as long as the rows are those of ``view`` and it is not ``until``."""

    view: View
    how: str
    since: datetime
    until: datetime

    def holds(self, sources: Sources, how: str, now: datetime) -> bool:
        """Whether there is still nothing to decide."""
        same = (self.view.sources.marks, self.how) == (sources.marks, how)
        return same and self.since <= now < self.until


_quiet: dict[Memory, Quiet] = {}


def look(*, now: datetime) -> View:
    """See what has to be decided.

    One query when nothing has changed since a look of this process that found nothing to do.
    """
    kept = memory()
    sources = kept.read(now=now)
    how = repr(_parameters(sources))
    quiet = _quiet.get(kept)
    if quiet and quiet.holds(sources, how, now):
        return replace(quiet.view, sources=sources)
    taken = snapshots.built(sources, {}, now=now)
    late_min = int(now > taken.snapshot.t0)
    parts = [(part, content(part, how, late_min=late_min)) for part in split(taken.snapshot)]
    rows = {row.key: row for row in RoundPart.objects.all()} if parts else {}
    todo = tuple(
        Open(part, name, row.decided_at if row else None)
        for part, name in parts
        for row in [rows.get(part.key)]
        if row is None or row.content != name or row.due_at <= now or row.decided_at > now
    )
    view = View(sources, taken, todo)
    if not todo:
        until = min((rows[part.key].due_at for part, _ in parts), default=now + AT_LEAST_EVERY)
        _quiet[kept] = Quiet(view, how, now, until)
    return view


def due_at(part: Part, view: View, *, now: datetime) -> datetime:
    """When time alone changes what can be decided about a part.

    A promise to write, the end of a wish, a window, an ask or an invite, the end of a seller's
    rest; after five minutes in any case.
    """
    moments = [now + AT_LEAST_EVERY]
    for one in part.snapshot.intents:
        card = view.taken.intents[one.key]
        moments.append(card.ends_at.replace(second=0, microsecond=0))
        if card.promised_told_at is None:
            moments.append(card.answer_by)
    t0 = part.snapshot.t0
    rests = [one.blocked_until for one in part.snapshot.offers if one.blocked_until is not None]
    moments.extend(t0 + timedelta(minutes=minute) for minute in rests)
    moments.extend(t0 + timedelta(minutes=one.answer_by) for one in part.snapshot.asks)
    moments.extend(_ends(view.sources, {UUID(one.key) for one in part.snapshot.windows}))
    return min((moment for moment in moments if moment > now), default=now + AT_LEAST_EVERY)


def _ends(sources: Sources, windows: set[UUID]) -> Iterable[datetime]:
    yield from (one.ends_at for one in sources.promised.windows if one.id in windows)
    for invite in sources.promised.invites:
        if invite.window_id in windows and invite.state is InviteState.INVITED:
            yield invite.answer_by


def _parameters(sources: Sources) -> Parameters:
    return snapshots.parameters(by_rule=sources.mode is Mode.RULE)
