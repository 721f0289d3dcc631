"""Chances and ranges of people, by what is in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import numpy as np

from commerce.forecast.numerics.chance import chance_of
from windows.engine.expect import expected
from windows.engine.types import Expected
from windows.flash import turnout
from windows.flash.domain import LIVE_SEATS, InviteState, SeatState, WindowState
from windows.flash.listing import invites_of_windows
from windows.flash.queries import InviteCard, WindowCard
from windows.flash.turnout import SeatFacts
from windows.intents.queries import IntentCard
from windows.learning.domain.circumstances import Circumstances, figures, region_of, table
from windows.learning.domain.parameters import Parameters, ShowModel
from windows.learning.domain.ranges import permille_of, room_kept, still_to_come
from windows.learning.queries.past import Known, past
from windows.learning.queries.sets import in_force
from windows.outcomes.queries import RANGE_PERMILLE, Estimate

K = TypeVar("K")
_SURE = 1000


def show_permille(cards: Iterable[IntentCard], *, now: datetime) -> dict[UUID, int]:
    """How likely the person of each intent comes once seated, in permille. Two queries."""
    wanted = tuple(cards)
    regions = {card.id: "" if card.point is None else region_of(card.point) for card in wanted}
    earlier = past((card.person_id for card in wanted), regions.values(), now=now)
    return _chances(
        in_force().show,
        {
            card.id: earlier.known(
                card.person_id, regions[card.id], Circumstances(party_size=card.party_size)
            )
            for card in wanted
        },
    )


def expected_people(window: WindowCard, *, now: datetime) -> Expected:
    """How many people will have come at the end, as a mean and a range. Four queries.

    Who is here counts as certain, who holds a seat by the chance of the person, who was invited and
    has not answered by how often such invites are accepted.
    """
    return expected_people_of([window], now=now)[window.id]


def expected_people_of(windows: Iterable[WindowCard], *, now: datetime) -> dict[UUID, Expected]:
    """``expected_people`` of each of ``windows``. Four queries, however many they are."""
    cards = {window.id: window for window in windows}
    seats = turnout.facts_of_windows(cards)
    invites = {
        key: tuple(one for one in many if one.state is InviteState.INVITED)
        for key, many in invites_of_windows(cards, now=now).items()
    }
    parameters = in_force()
    asked = [one.person_id for many in invites.values() for one in many]
    regions = {seat.window_id: region_of(seat.store_point) for seat in seats}
    earlier = past([*(seat.person_id for seat in seats), *asked], regions.values(), now=now)
    comes = _chances(parameters.show, {seat.seat_id: earlier.of_seat(seat) for seat in seats})
    would = _chances(
        parameters.show, {person: earlier.known(person, "", Circumstances()) for person in asked}
    )
    placed: dict[UUID, list[SeatFacts]] = defaultdict(list)
    for seat in seats:
        placed[seat.window_id].append(seat)
    return {
        key: _expected(
            [*_seated(placed[key], comes, now), *_invited(window, invites[key], would, parameters)],
            window,
            parameters.shocks.of(regions.get(key, "")),
        )
        for key, window in cards.items()
    }


def estimates(seats: Sequence[SeatFacts], *, now: datetime) -> tuple[Estimate, ...]:
    """What is to be said of each seat now. Two queries."""
    parameters = in_force()
    regions = {seat.seat_id: region_of(seat.store_point) for seat in seats}
    earlier = past((seat.person_id for seat in seats), regions.values(), now=now)
    known = {seat.seat_id: earlier.of_seat(seat) for seat in seats}
    rows = {key: figures(one.circumstances) for key, one in known.items()}
    base = parameters.show.log_odds(table(list(rows.values())))
    comes = _chances(parameters.show, known)
    return tuple(
        Estimate(
            seat_id=seat.seat_id,
            window_id=seat.window_id,
            party_size=seat.party_size,
            version=parameters.show.version,
            kind=parameters.show.kind,
            figures=rows[seat.seat_id],
            base_milli=round(float(odds) * 1000),
            permille=comes[seat.seat_id],
            shock_milli=parameters.shocks.of(regions[seat.seat_id]),
            region=regions[seat.seat_id],
        )
        for seat, odds in zip(seats, base, strict=True)
    )


def room_for_unanswered(parties: Sequence[int], *, parameters: Parameters) -> int:
    """Seats to keep for invited people who have not answered; see `ranges.room_kept`."""
    return room_kept(
        parties,
        accept_permille=parameters.accepts.permille,
        shock_milli=parameters.shocks.general_milli,
    )


def _chances(model: ShowModel, known: dict[K, Known]) -> dict[K, int]:
    """The chance of each, with the offsets where the model has them."""
    odds = model.log_odds(table([figures(one.circumstances) for one in known.values()]))
    if model.learns:
        odds = odds + np.array([one.shift for one in known.values()])
    return dict(zip(known, map(permille_of, chance_of(odds).tolist()), strict=True))


def _seated(
    seats: Iterable[SeatFacts], comes: dict[UUID, int], now: datetime
) -> list[tuple[int, int]]:
    """Those who are there, and those of the seats who may still come."""
    found = []
    for seat in seats:
        found.append((seat.people_in, _SURE))
        if seat.state in LIVE_SEATS | {SeatState.CHECKED_IN}:
            chance = still_to_come(
                comes[seat.seat_id], starts_at=seat.starts_at, ends_at=seat.ends_at, now=now
            )
            found.append((seat.party_size - seat.people_in, chance))
    return [(people, chance) for people, chance in found if people]


def _invited(
    window: WindowCard,
    invites: Iterable[InviteCard],
    would: dict[UUID, int],
    parameters: Parameters,
) -> list[tuple[int, int]]:
    """Those who may still say yes and come, as long as there is room for them."""
    found, free = [], window.seats_free
    for invite in invites:
        if invite.party_size <= free:
            chance = would[invite.person_id] * parameters.accepts.permille // 1000
            found.append((invite.party_size, chance))
            free -= invite.party_size
    return found


def _expected(parties: list[tuple[int, int]], window: WindowCard, shock_milli: int) -> Expected:
    if window.state in (WindowState.CLOSED, WindowState.CANCELLED):
        parties = [(people, chance) for people, chance in parties if chance == _SURE]
    return expected(parties, RANGE_PERMILLE, shock_milli)
