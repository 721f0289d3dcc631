"""Lines that several pages of the board show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.identity import queries as identity
from accounts.identity.domain import short_name
from commerce.catalog import queries as catalog
from iceshop.kernel.money import Money
from windows.flash.domain import LIVE_WINDOWS, SeatState
from windows.flash.queries import SeatCard, WindowCard
from windows.negotiation.queries import AskCard, live_asks

_CUBES = {
    SeatState.HELD: "confirmed",
    SeatState.ON_WAY: "coming",
    SeatState.CHECKED_IN: "arrived",
    SeatState.MISSED: "no-show",
}
_NEAREST_FIRST = ("coming", "confirmed", "arrived", "no-show")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person with a seat; ``cube`` is the state as a cube, ``at`` when it began."""

    seat_id: UUID
    window_id: UUID
    name: str
    people: int
    cube: str
    at: datetime
    to_pay: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AskLine:
    """An ask with the name of its product and the benefit in words, if it is one."""

    ask: AskCard
    product: str
    benefit: str

    @property
    def price(self) -> Money:
        """The asked unit price."""
        return Money(self.ask.price_minor, self.ask.currency)


def people_lines(
    seats: Iterable[SeatCard], windows: dict[UUID, WindowCard]
) -> tuple[PersonLine, ...]:
    """Who holds a seat, those who are nearest to the till first. Two queries."""
    taken = list(seats)
    names = identity.people({seat.person_id for seat in taken})
    lines = [
        PersonLine(
            seat_id=seat.id,
            window_id=seat.window_id,
            name=short_name(names[seat.person_id].display_name),
            people=seat.party_size,
            cube=_cube(seat, windows[seat.window_id]),
            at=seat.checked_in_at or seat.on_way_at or seat.held_at,
            to_pay=Money(seat.price_minor, windows[seat.window_id].currency) * seat.party_size,
        )
        for seat in taken
    ]
    return tuple(sorted(lines, key=lambda line: (_NEAREST_FIRST.index(line.cube), line.at)))


def waiting_asks(store_id: UUID, *, language: str, now: datetime) -> tuple[AskLine, ...]:
    """Asks that wait for the store's answer, the most urgent first. Two queries."""
    return ask_lines(live_asks(now=now, store_ids=[store_id]), language)


def ask_lines(asks: Iterable[AskCard], language: str) -> tuple[AskLine, ...]:
    """The asks with the names of their products. One query."""
    cards = list(asks)
    products = catalog.offering_cards({ask.offering_id for ask in cards})
    return tuple(
        AskLine(
            ask=ask,
            product=products[ask.offering_id].name(language),
            benefit=ask.benefit(language),
        )
        for ask in cards
    )


def _cube(seat: SeatCard, window: WindowCard) -> str:
    """The state of a seat; who is not there when the window is over did not come."""
    if window.state not in LIVE_WINDOWS and seat.state is not SeatState.CHECKED_IN:
        return "no-show"
    return _CUBES[seat.state]
