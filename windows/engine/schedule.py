"""When a window could start: ranges of starts, and the few of them that are worth trying.

A range of starts is a half-open interval of minutes. Starts lie on the slot grid, whose lines are
the epoch minutes that ``slot_min`` divides.
"""

from __future__ import annotations

from collections.abc import Iterable

from windows.engine.intervals import Intervals, common, merged, without
from windows.engine.types import Intent, Interval, Offer, Parameters, Reason, Snapshot, Store


def duration_min(offer: Offer, snapshot: Snapshot) -> int:
    """Return the length of the offer's windows."""
    return offer.window_slots * snapshot.slot_min


def to_grid(minute: int, snapshot: Snapshot) -> int:
    """Return the first start on the slot grid at or after a minute."""
    return minute + (-(snapshot.epoch_min + minute)) % snapshot.slot_min


def starts_inside(parts: Iterable[Interval], duration: int) -> Intervals:
    """Return the starts whose whole window lies inside one of the parts.

    >>> starts_inside([(0, 60), (60, 70)], 20)
    ((0, 41),)
    """
    return tuple((start, end - duration + 1) for start, end in parts if end - start >= duration)


def starts_touching(parts: Iterable[Interval], duration: int) -> Intervals:
    """Return the starts whose window would share a minute with one of the parts."""
    return merged((start - duration + 1, end) for start, end in parts)


def on_grid(ranges: Intervals, snapshot: Snapshot) -> Intervals:
    """Let each range begin at a start on the slot grid; ranges without one vanish."""
    moved = ((to_grid(start, snapshot), end) for start, end in ranges)
    return tuple((start, end) for start, end in moved if start < end)


def earliest_start(offer: Offer, parameters: Parameters) -> int:
    """Return the first minute the seller's lead and, without a mandate, the answer time allow."""
    if offer.mandate:
        return max(0, offer.min_lead_min)
    return max(offer.min_lead_min, parameters.ask_answer_min + parameters.ask_margin_min)


def offer_starts(
    offer: Offer,
    store: Store,
    snapshot: Snapshot,
    parameters: Parameters,
) -> Intervals | Reason:
    """Return the starts the seller's side allows, or the first rule that leaves none."""
    duration = duration_min(offer, snapshot)
    open_minutes = without(merged(store.open), store.blocked)
    starts = common(starts_inside(open_minutes, duration), ((0, snapshot.horizon_min),))
    if not starts:
        return Reason.of("store.closed", store=store.key)
    last = snapshot.horizon_min - duration + 1
    if parameters.max_start_ahead_min is not None:
        last = min(last, parameters.max_start_ahead_min + 1)
    starts = common(starts, ((earliest_start(offer, parameters), last),))
    return starts or Reason.of("lead.too_short", lead_min=earliest_start(offer, parameters))


def arrival_min(intent: Intent, distance_m: int, parameters: Parameters) -> int:
    """Return the first minute at which the buyer can be at the store."""
    pace = parameters.walk_m_per_min
    return 0 if pace is None else -(-distance_m // pace)


def intent_starts(
    intent: Intent,
    starts: Intervals,
    *,
    duration: int,
    arrival: int,
    taken: Intervals,
    busy: Intervals,
    snapshot: Snapshot,
    parameters: Parameters,
) -> Intervals | Reason:
    """Narrow an offer's starts to those the buyer can attend, or return the rule that leaves none.

    One stretch of availability contains the whole window, which starts at or after the least
    notice and leaves ``join_min_left_min`` (or its whole length) after the buyer's arrival. It
    overlaps neither ``taken`` (live windows and asks of the offer) nor ``busy`` (of the person).
    """
    free = common(starts_inside(intent.available, duration), starts)
    if not free:
        return Reason.of("time.no_overlap")
    free = without(free, ((free[0][0], intent.min_notice_min),))
    if not free:
        return Reason.of("notice.too_short", notice_min=intent.min_notice_min)
    if arrival:
        least = arrival + min(parameters.join_min_left_min, duration) - duration
        free = without(free, ((free[0][0], least),))
        if not free:
            return Reason.of("time.unreachable", arrival_min=arrival)
    free = without(free, starts_touching(taken, duration))
    if not free:
        return Reason.of("offer.taken")
    free = without(free, starts_touching(busy, duration))
    if not free:
        return Reason.of("person.busy")
    return on_grid(free, snapshot) or Reason.of("time.no_overlap")


def can_join(intent: Intent, start: int, end: int, *, arrival: int, parameters: Parameters) -> bool:
    """Tell whether the buyer fits a promised window, which may have begun already.

    From arrival (not before the start, the present, the notice) to the end the buyer is available,
    and at least ``join_min_left_min`` or the whole window is left.
    """
    there = max(start, 0, intent.min_notice_min, arrival)
    least = min(parameters.join_min_left_min, end - start)
    return end - there >= least and any(a <= there and end <= b for a, b in intent.available)


def candidate_starts(
    ranges: Iterable[Intervals], releases: Iterable[int], snapshot: Snapshot
) -> tuple[int, ...]:
    """Return the starts worth trying, ascending.

    Between two neighbours of this set nobody becomes available and no room is released, so a
    later start serves the same people after a longer wait: the earliest start that keeps a group is
    in it. ``ranges`` begin on the grid.
    ``releases``: minutes at which room in the store grows.
    """
    firsts = {start for one in ranges for start, _ in one}
    firsts.update(to_grid(minute, snapshot) for minute in releases)
    return tuple(sorted(firsts))
