"""Everything that one panel shows, read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from accounts.identity import queries as identity
from accounts.identity.domain import short_name
from commerce.catalog import queries as catalog
from commerce.places import queries as places
from commerce.pricing.queries import LOOKBACK_DAYS
from iceshop.kernel.geo import Point, walk_m
from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange, local_day
from windows.flash import queries as flash
from windows.flash.queries import InviteCard, PeopleCounts, SeatCard, WindowCard
from windows.intents import queries as intents
from windows.intents.domain import MAX_PARTY, IntentState
from windows.intents.queries import IntentCard
from windows.notices.queries import PanelNote, panel_notes
from windows.panel import domain
from windows.panel.domain import PanelState, Standing
from windows.panel.links import PanelKey, panel_token
from windows.passes import queries as passes
from windows.strikes.domain import StrikeCard
from windows.strikes.queries import strike_of_seat

LANGUAGES = ("tr", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFace:
    """The shop as the buyer sees it."""

    id: UUID
    name: str
    address: str
    neighbourhood: str
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The walk from the buyer's point."""

    you: Point
    metres: int
    minutes: int
    leave_at: datetime | None
    can_make_it: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WishFace:
    """What the person asked for, where it explains the offer.

    ``span`` holds the window; ``below_budget`` is what the price leaves of the budget;
    ``promise_at`` is until when an open wish gets an answer.
    """

    is_open: bool
    span: TimeRange | None
    budget: Money | None
    below_budget: Money | None
    promise_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWindow:
    """Another window that concerns the reader, with the token of its panel."""

    token: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    store_name: str
    has_seat: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelView:
    """One panel at one moment.

    ``people`` is the party in force, or the one that would come with a yes. ``most_people`` is the
    largest party that there is room for now. ``position`` is the place on the waiting list, 0 for
    who is not on it. ``cubes`` are the states of the group's cubes.
    ``saved`` is set only with price evidence. Nothing in it changes by the second, so that an
    unchanged view means an unchanged page. ``notes``: messages that did not reach the phone.
    """

    state: PanelState
    language: str
    window: WindowCard
    shop: ShopFace
    product: str
    food: str
    benefit: str
    person_name: str
    invite: InviteCard | None
    seat: SeatCard | None
    code: str
    position: int
    people: int
    most_people: int
    counts: PeopleCounts
    cubes: tuple[str, ...]
    price: Money
    total: Money
    before: Money | None
    saved_each: Money | None
    saved: Money | None
    discount_ppm: int | None
    lookback_days: int
    starts_on: date
    days_ahead: int
    way: Way | None
    wish: WishFace | None
    can_join: bool
    other: OtherWindow | None
    strike: StrikeCard | None
    notes: tuple[PanelNote, ...] = ()

    @property
    def is_on_way(self) -> bool:
        """Whether the person has said so."""
        return self.seat is not None and self.seat.on_way_at is not None

    @property
    def is_seated(self) -> bool:
        """Whether the person holds a seat that counts."""
        return self.state in domain.SEATED

    @property
    def stands_alone(self) -> bool:
        """Whether one narrow column is all that this face needs."""
        return self.state in domain.ALONE

    @property
    def before_total(self) -> Money | None:
        """What the party would have paid before, where there is evidence that it was more."""
        return self.before * self.people if self.before and self.saved else None

    @property
    def coming(self) -> int:
        """Everybody with a seat, those who are here included."""
        return self.counts.confirmed

    @property
    def group(self) -> int:
        """Everybody with a seat, and the reader's party."""
        return self.counts.confirmed + (0 if self.seat_counts else self.people)

    @property
    def seat_counts(self) -> bool:
        """Whether the reader's party is counted in ``counts``."""
        return self.is_seated or self.state in (PanelState.HERE, PanelState.FINISHED)

    @property
    def lacks_room(self) -> bool:
        """Whether fewer places are free than the person asked for."""
        return (
            self.state is PanelState.INVITED
            and self.invite is not None
            and self.people < self.invite.party_size
        )


def panel_view(key: PanelKey, *, now: datetime) -> PanelView | None:
    """The panel of a person in a window; ``None`` when the person has no part in it.

    Twelve to sixteen queries, whatever the size of the group.
    """
    window = flash.window_card(key.window_id, now=now)
    invite = flash.invite_of(window_id=key.window_id, person_id=key.person_id, now=now)
    seat = flash.seat_of(window_id=key.window_id, person_id=key.person_id)
    if window is None or (invite is None and seat is None):
        return None
    state = domain.panel_state(
        Standing(
            window=window.state,
            seats_free=window.seats_free,
            joins_paused=window.joins_paused,
            invite=invite.state if invite else None,
            seat=seat.state if seat else None,
            waits_for_yes=seat is not None and seat.due_at is not None,
        )
    )
    return _compose(key, state, window, invite, seat, now)


def _compose(
    key: PanelKey,
    state: PanelState,
    window: WindowCard,
    invite: InviteCard | None,
    seat: SeatCard | None,
    now: datetime,
) -> PanelView:
    person = identity.person_card(key.person_id)
    language = person.language if person.language in LANGUAGES else LANGUAGES[0]
    shop = _shop(window.store_id)
    offering = catalog.offering_card(window.offering_id)
    wish = _intent(invite, seat)
    counts = flash.people_counts([window.id], now=now)[window.id]
    is_seated = state in domain.SEATED
    people = _people(state, window, invite, seat)
    price = Money(seat.price_minor, window.currency) if seat else window.price
    before = window.before
    each = before - price if before and before.minor > price.minor else None
    discount_bp = window.discount_bp
    return PanelView(
        state=state,
        language=language,
        window=window,
        shop=shop,
        product=offering.name(language),
        food=offering.product.drawing,
        benefit=window.benefit(language),
        person_name=short_name(person.display_name),
        invite=invite,
        seat=seat,
        code=passes.codes_of_seats([seat.id]).get(seat.id, "") if seat else "",
        position=flash.list_position(seat.id) if seat and state is PanelState.LISTED else 0,
        people=people,
        most_people=min(MAX_PARTY, window.seats_free + (people if is_seated else 0)),
        counts=counts,
        cubes=_cubes(state, window, counts, seat, people),
        price=price,
        total=price * people,
        before=before,
        saved_each=each,
        saved=each * people if each else None,
        # Whole percents, rounded down: never more than what is true.
        discount_ppm=discount_bp // 100 * 10_000 if discount_bp else None,
        lookback_days=LOOKBACK_DAYS,
        starts_on=local_day(window.starts_at, window.zone),
        days_ahead=_days(window, now),
        way=_way(shop.point, wish, window, now),
        wish=_wish(wish, window, price, now),
        can_join=_can_join(state, window, invite, now),
        other=None if is_seated else _other(key, state, window, now),
        strike=strike_of_seat(seat.id) if seat and state is PanelState.MISSED else None,
        notes=panel_notes(
            person_id=key.person_id, subject_ids=subjects_of(window, invite, seat), now=now
        ),
    )


def subjects_of(
    window: WindowCard, invite: InviteCard | None, seat: SeatCard | None
) -> tuple[UUID, ...]:
    """What notices to the reader of a panel are about."""
    return (window.id, *(card.id for card in (invite, seat) if card is not None))


def _shop(store_id: UUID) -> ShopFace:
    store = places.store_card(store_id)
    return ShopFace(
        id=store.id,
        name=store.name,
        address=store.address,
        neighbourhood=store.neighbourhood,
        point=store.point,
    )


def _intent(invite: InviteCard | None, seat: SeatCard | None) -> IntentCard | None:
    holder = seat if seat is not None and seat.intent_id else invite
    return intents.intent_card(holder.intent_id) if holder and holder.intent_id else None


def _people(
    state: PanelState, window: WindowCard, invite: InviteCard | None, seat: SeatCard | None
) -> int:
    """The party in force; before a yes never more than there is room for."""
    if seat is not None:
        return seat.party_size
    wanted = invite.party_size if invite else 1
    return min(wanted, window.seats_free) if state is PanelState.INVITED else wanted


def _cubes(
    state: PanelState,
    window: WindowCard,
    counts: PeopleCounts,
    seat: SeatCard | None,
    people: int,
) -> tuple[str, ...]:
    """States of all places of the window, those nearest to the till first."""
    yours = seat.party_size if seat and state in domain.SEATED else 0
    is_on_way = seat is not None and seat.on_way_at is not None
    on_way = counts.on_way - (yours if is_on_way else 0)
    held = counts.held - (0 if is_on_way else yours)
    if state is PanelState.RUNNING:
        group = ["arrived"] * counts.checked_in + ["coming"] * on_way
        group += ["you-confirmed"] * yours + ["confirmed"] * held
    else:
        group = ["taken"] * (counts.checked_in + on_way + held)
        group += ["you"] * (people if state is PanelState.INVITED else yours)
    return tuple(group + ["empty"] * max(0, window.seats_max - len(group)))


def _days(window: WindowCard, now: datetime) -> int:
    return (local_day(window.starts_at, window.zone) - local_day(now, window.zone)).days


def _way(shop: Point, wish: IntentCard | None, window: WindowCard, now: datetime) -> Way | None:
    if wish is None or wish.point is None:
        return None
    metres = walk_m(wish.point, shop)
    return Way(
        you=wish.point,
        metres=domain.told_metres(metres),
        minutes=domain.walk_minutes(metres),
        leave_at=domain.leave_at(window.starts_at, metres, now),
        can_make_it=domain.can_make_it(window.ends_at, metres, now),
    )


def _wish(
    wish: IntentCard | None, window: WindowCard, price: Money, now: datetime
) -> WishFace | None:
    if wish is None:
        return None
    has_budget = wish.budget_minor is not None and wish.currency == price.currency
    budget = Money(wish.budget_minor, wish.currency) if has_budget and wish.budget_minor else None
    is_open = wish.state is IntentState.OPEN and wish.ends_at > now
    return WishFace(
        is_open=is_open,
        span=next((span for span in wish.spans if span.covers(window.span)), None),
        budget=budget,
        below_budget=budget - price if budget and budget.minor > price.minor else None,
        promise_at=wish.answer_by if is_open and wish.answer_by > now else None,
    )


def _can_join(
    state: PanelState, window: WindowCard, invite: InviteCard | None, now: datetime
) -> bool:
    """Whether a yes can still be given, also by somebody who had said no."""
    if state is PanelState.INVITED:
        return True
    return (
        state in domain.ASIDE
        and window.state in ("scheduled", "open")
        and window.seats_free > 0
        and not window.joins_paused
        and invite is not None
        and now < invite.answer_by
    )


def _other(
    key: PanelKey, state: PanelState, window: WindowCard, now: datetime
) -> OtherWindow | None:
    """The reader's nearest other window; beside an offer only a seat at the same time matters."""
    active = flash.active_window(key.person_id, now=now)
    if active is None or active.window.id == window.id:
        return None
    clashes = active.seat is not None and active.window.span.overlaps(window.span)
    if state is PanelState.INVITED and not clashes:
        return None
    return OtherWindow(
        token=panel_token(window_id=active.window.id, person_id=key.person_id),
        starts_at=active.window.starts_at,
        ends_at=active.window.ends_at,
        timezone=active.window.timezone,
        store_name=places.store_card(active.window.store_id).name,
        has_seat=active.seat is not None,
    )
