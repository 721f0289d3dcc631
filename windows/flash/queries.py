"""Reading windows, invites and seats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet, Sum

from iceshop.infra.prepared import Prepared, given
from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange
from windows.flash.domain import (
    GROUP_NOT_REACHED,
    LIVE_SEATS,
    LIVE_WINDOWS,
    REST_AFTER_SMALL_GROUP,
    TAKEN_SEATS,
    InviteState,
    SeatState,
    WindowMove,
    WindowState,
    discount_bp,
    effective_state,
)
from windows.flash.models import Invite, Seat, Window, WindowEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowCard:
    """A window as other slices see it; ``state`` is the one in force at the time of reading."""

    id: UUID
    ask_id: UUID | None
    store_id: UUID
    offering_id: UUID
    state: WindowState
    starts_at: datetime
    ends_at: datetime
    timezone: str
    price_minor: int
    base_price_minor: int
    before_price_minor: int | None
    currency: str
    benefit_tr: str
    benefit_en: str
    min_people: int
    seats_max: int
    seats_taken: int
    joins_paused: bool
    version: int
    cancel_reason: str
    decide_at: datetime | None

    @property
    def span(self) -> TimeRange:
        """Its minutes."""
        return TimeRange(self.starts_at, self.ends_at)

    @property
    def zone(self) -> ZoneInfo:
        """The store's zone."""
        return ZoneInfo(self.timezone)

    @property
    def seats_free(self) -> int:
        """Seats that can still be taken."""
        return self.seats_max - self.seats_taken

    @property
    def price(self) -> Money:
        """The promised unit price."""
        return Money(self.price_minor, self.currency)

    @property
    def before(self) -> Money | None:
        """The unit price before, where there is evidence and it is higher."""
        if self.before_price_minor is None or self.before_price_minor <= self.price_minor:
            return None
        return Money(self.before_price_minor, self.currency)

    @property
    def discount_bp(self) -> int | None:
        """The discount in basis points, where it may be shown."""
        return discount_bp(self.before_price_minor, self.price_minor)

    @property
    def group_was_small(self) -> bool:
        """Whether it was given up because too few people had confirmed."""
        return self.cancel_reason == GROUP_NOT_REACHED

    def benefit(self, language: str) -> str:
        """The benefit in words, if it is one in words."""
        return self.benefit_tr if language == "tr" else self.benefit_en


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteCard:
    """An invite; ``state`` is the one in force at the time of reading."""

    id: UUID
    window_id: UUID
    person_id: UUID
    intent_id: UUID | None
    state: InviteState
    party_size: int
    answer_by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatCard:
    """A seat."""

    id: UUID
    window_id: UUID
    person_id: UUID
    intent_id: UUID | None
    state: SeatState
    party_size: int
    people_in: int
    price_minor: int
    held_at: datetime
    due_at: datetime | None
    on_way_at: datetime | None
    checked_in_at: datetime | None


_ONE_WINDOW = Prepared(lambda: Window.objects.filter(pk=given("pk")))


def window_card(window_id: UUID, *, now: datetime) -> WindowCard | None:
    """One window, or ``None``. One query."""
    row = _ONE_WINDOW.first(pk=window_id)
    return _window(row, now) if row else None


def windows_of_store(store_id: UUID, *, within: TimeRange, now: datetime) -> tuple[WindowCard, ...]:
    """Windows of a store that touch ``within``, by their start. One query."""
    rows = Window.objects.filter(
        store_id=store_id, starts_at__lt=within.end, ends_at__gt=within.start
    )
    return _windows(rows.order_by("starts_at", "pk"), now)


_LIVE_WINDOWS = Prepared(
    lambda: Window.objects.filter(state__in=LIVE_WINDOWS, ends_at__gt=given("now")).order_by(
        "starts_at", "pk"
    )
)


def live_windows(*, now: datetime) -> tuple[WindowCard, ...]:
    """Windows that run or will run. One query."""
    return tuple(_window(row, now) for row in _LIVE_WINDOWS(now=now))


def recent_windows(*, now: datetime, limit: int = 200) -> tuple[WindowCard, ...]:
    """The newest windows of all stores. One query."""
    return _windows(Window.objects.order_by("-starts_at", "-pk")[:limit], now)


def resting_offerings(*, now: datetime) -> dict[UUID, datetime]:
    """Offerings whose group has just stayed too small, and until when they rest. One query."""
    rows = Window.objects.filter(
        cancel_reason=GROUP_NOT_REACHED,
        state=WindowState.CANCELLED,
        closed_at__gt=now - REST_AFTER_SMALL_GROUP,
    )
    return {
        offering_id: closed_at + REST_AFTER_SMALL_GROUP
        for offering_id, closed_at in rows.order_by("closed_at").values_list(
            "offering_id", "closed_at"
        )
        if closed_at is not None
    }


def unsettled_windows(*, now: datetime, limit: int) -> tuple[WindowCard, ...]:
    """Windows that are over and have no result yet. One query."""
    rows = Window.objects.filter(is_settled=False, state__in=("closed", "cancelled"))
    return _windows(rows.order_by("ends_at", "pk")[:limit], now)


def invites_of_window(window_id: UUID, *, now: datetime) -> tuple[InviteCard, ...]:
    """Invites of a window, the oldest first. One query."""
    rows = Invite.objects.filter(window_id=window_id).order_by("created_at", "pk")
    return tuple(_invite(row, now) for row in rows)


_LIVE_INVITES = Prepared(
    lambda: Invite.objects.filter(
        window__state__in=LIVE_WINDOWS, window__ends_at__gt=given("now")
    ).order_by("pk")
)


def live_invites(*, now: datetime) -> tuple[InviteCard, ...]:
    """Invites to live windows, answered or not. One query."""
    return tuple(_invite(row, now) for row in _LIVE_INVITES(now=now))


def invite_card(invite_id: UUID, *, now: datetime) -> InviteCard | None:
    """One invite, or ``None``. One query."""
    row = Invite.objects.filter(pk=invite_id).first()
    return _invite(row, now) if row else None


def invite_of(*, window_id: UUID, person_id: UUID, now: datetime) -> InviteCard | None:
    """The invite of a person to a window, or ``None``. One query."""
    row = Invite.objects.filter(window_id=window_id, person_id=person_id).first()
    return _invite(row, now) if row else None


def seats_of_window(window_id: UUID) -> tuple[SeatCard, ...]:
    """Seats of a window that were not given back, in the order in which they were taken."""
    return seats_of_windows([window_id])


def seats_of_windows(window_ids: Iterable[UUID]) -> tuple[SeatCard, ...]:
    """``seats_of_window`` of several windows together. One query."""
    rows = Seat.objects.filter(window_id__in=list(window_ids), state__in=TAKEN_SEATS)
    return tuple(_seat(row) for row in rows.order_by("held_at", "pk"))


@dataclass(frozen=True, slots=True)
class StatedLeft:
    """What the seller said is left, and when."""

    left: int
    at: datetime


def stated_left(window_id: UUID) -> StatedLeft | None:
    """The last word of the seller on what is left for a window. One query."""
    row = _last_limit(window_id)
    return StatedLeft(int(row.facts["left"]), row.at) if row else None


def stated_total(window_id: UUID) -> int | None:
    """For how many people there is enough, by the last word of the seller. One query."""
    row = _last_limit(window_id)
    return int(row.facts["total"]) if row else None


def confirmed_when_given_up(window_id: UUID) -> int:
    """How many people had confirmed when the window was given up as too small. One query."""
    rows = WindowEvent.objects.filter(window_id=window_id, move=WindowMove.CANCEL)
    row = rows.order_by("-at", "-pk").first()
    return int(row.facts.get("have", 0)) if row else 0


def _last_limit(window_id: UUID) -> WindowEvent | None:
    rows = WindowEvent.objects.filter(window_id=window_id, move=WindowMove.LIMIT)
    return rows.order_by("-at", "-pk").first()


_TAKEN_SEATS = Prepared(
    lambda: Seat.objects.filter(
        state__in=TAKEN_SEATS, window__state__in=LIVE_WINDOWS, ends_at__gt=given("now")
    ).order_by("pk")
)
_GIVEN_BACK = Prepared(
    lambda: Seat.objects.filter(
        state=SeatState.RELEASED, window__state__in=LIVE_WINDOWS, ends_at__gt=given("now")
    ).order_by("pk")
)


def seats_of_live_windows(*, now: datetime) -> tuple[SeatCard, ...]:
    """Taken seats of all live windows. One query."""
    return tuple(_seat(row) for row in _TAKEN_SEATS(now=now))


def given_back_in_live_windows(*, now: datetime) -> tuple[SeatCard, ...]:
    """Seats of live windows that were given back. One query."""
    return tuple(_seat(row) for row in _GIVEN_BACK(now=now))


def seat_card(seat_id: UUID) -> SeatCard | None:
    """One seat, or ``None``. One query."""
    row = Seat.objects.filter(pk=seat_id).first()
    return _seat(row) if row else None


def seat_of(*, window_id: UUID, person_id: UUID) -> SeatCard | None:
    """The seat of a person in a window, or ``None``. One query."""
    row = Seat.objects.filter(window_id=window_id, person_id=person_id).first()
    return _seat(row) if row else None


def list_position(seat_id: UUID) -> int:
    """The place of a waiting seat on its window's list, from 1; 0 when it does not wait."""
    seat = Seat.objects.filter(pk=seat_id, state=SeatState.WAITING).first()
    if seat is None:
        return 0
    before = Q(waiting_since__lt=seat.waiting_since) | Q(
        waiting_since=seat.waiting_since, pk__lte=seat.pk
    )
    return Seat.objects.filter(before, window_id=seat.window_id, state=SeatState.WAITING).count()


@dataclass(frozen=True, slots=True)
class ActiveWindow:
    """What concerns a person now: a seat, which may wait on a list, or an unanswered invite."""

    window: WindowCard
    invite: InviteCard | None
    seat: SeatCard | None


_SEATS_AHEAD = Prepared(
    lambda: (
        Seat.objects.filter(
            person_id=given("person_id"),
            ends_at__gt=given("now"),
            state__in=LIVE_SEATS | {SeatState.WAITING},
            window__state__in=LIVE_WINDOWS,
        )
        .select_related("window")
        .order_by("starts_at", "pk")
    )
)
_NEXT_INVITE = Prepared(
    lambda: (
        Invite.objects.filter(
            person_id=given("person_id"),
            state=InviteState.INVITED,
            answer_by__gt=given("now"),
            window__state__in=LIVE_WINDOWS,
            window__ends_at__gt=given("now"),
        )
        .select_related("window")
        .order_by("window__starts_at", "pk")[:1]
    )
)


def active_window(person_id: UUID, *, now: datetime) -> ActiveWindow | None:
    """The live window that a person holds a seat in, else is invited to, else waits for.

    Of several the nearest one.
    """
    found = _SEATS_AHEAD(person_id=person_id, now=now)
    held = next((seat for seat in found if seat.state != SeatState.WAITING), None)
    if held is not None:
        return ActiveWindow(_window(held.window, now), None, _seat(held))
    invite = _NEXT_INVITE.first(person_id=person_id, now=now)
    if invite is not None:
        return ActiveWindow(_window(invite.window, now), _invite(invite, now), None)
    listed = next((seat for seat in found if seat.due_at is not None and seat.due_at > now), None)
    return ActiveWindow(_window(listed.window, now), None, _seat(listed)) if listed else None


def has_live_seat(person_id: UUID, *, now: datetime) -> bool:
    """Whether the person holds a seat in a live window. One query."""
    return Seat.objects.filter(
        person_id=person_id, state__in=LIVE_SEATS, window__state__in=LIVE_WINDOWS, ends_at__gt=now
    ).exists()


def is_elsewhere(person_id: UUID, span: TimeRange) -> bool:
    """Whether the person was let in to another window at that time. One query.

    Seats that are only held clash by a constraint of the database.
    """
    seats = Seat.objects.filter(person_id=person_id, state=SeatState.CHECKED_IN)
    return seats.filter(starts_at__lt=span.end, ends_at__gt=span.start).exists()


@dataclass(frozen=True, slots=True)
class PeopleCounts:
    """People (with companions) by what they have done; ``unanswered`` are invited ones.

    ``listed`` wait for a seat to come free.
    Companions who are still expected count as held.
    """

    unanswered: int
    held: int
    on_way: int
    checked_in: int
    listed: int

    @property
    def confirmed(self) -> int:
        """Everybody with a seat, whether here already or not."""
        return self.held + self.on_way + self.checked_in


def people_counts(window_ids: Iterable[UUID], *, now: datetime) -> dict[UUID, PeopleCounts]:
    """Counts for each window. Two queries."""
    ids = list(window_ids)
    here = Q(state=SeatState.CHECKED_IN)
    seats = {
        row["window_id"]: row
        for row in Seat.objects.filter(window_id__in=ids)
        .values("window_id")
        .annotate(
            held=Sum("party_size", filter=Q(state=SeatState.HELD), default=0)
            + Sum(F("party_size") - F("people_in"), filter=here, default=0),
            on_way=Sum("party_size", filter=Q(state=SeatState.ON_WAY), default=0),
            checked_in=Sum("people_in", filter=here, default=0),
            listed=Sum("party_size", filter=Q(state=SeatState.WAITING), default=0),
        )
    }
    waiting = dict(
        Invite.objects.filter(window_id__in=ids, state=InviteState.INVITED, answer_by__gt=now)
        .values_list("window_id")
        .annotate(people=Sum("party_size"))
    )
    none = {"held": 0, "on_way": 0, "checked_in": 0, "listed": 0}
    return {
        window_id: PeopleCounts(
            unanswered=waiting.get(window_id, 0),
            held=seats.get(window_id, none)["held"],
            on_way=seats.get(window_id, none)["on_way"],
            checked_in=seats.get(window_id, none)["checked_in"],
            listed=seats.get(window_id, none)["listed"],
        )
        for window_id in ids
    }


def window_of_row(row: Window, now: datetime) -> WindowCard:
    """The card of a row; for the services of this slice."""
    return _window(row, now)


def card_of_invite(row: Invite, now: datetime) -> InviteCard:
    """The card of a row; for this slice."""
    return _invite(row, now)


def _windows(rows: QuerySet[Window], now: datetime) -> tuple[WindowCard, ...]:
    return tuple(_window(row, now) for row in rows)


def _window(row: Window, now: datetime) -> WindowCard:
    span = TimeRange(row.starts_at, row.ends_at)
    return WindowCard(
        id=row.id,
        ask_id=row.ask_id,
        store_id=row.store_id,
        offering_id=row.offering_id,
        state=effective_state(WindowState(row.state), span, now),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        timezone=row.timezone,
        price_minor=row.price_minor,
        base_price_minor=row.base_price_minor,
        before_price_minor=row.before_price_minor,
        currency=row.currency,
        benefit_tr=row.benefit_tr,
        benefit_en=row.benefit_en,
        min_people=row.min_people,
        seats_max=row.seats_max,
        seats_taken=row.seats_taken,
        joins_paused=row.joins_paused,
        version=row.version,
        cancel_reason=row.cancel_reason,
        decide_at=row.decide_at,
    )


def _invite(row: Invite, now: datetime) -> InviteCard:
    state = InviteState(row.state)
    if state is InviteState.INVITED and now >= row.answer_by:
        state = InviteState.EXPIRED
    return InviteCard(
        id=row.id,
        window_id=row.window_id,
        person_id=row.person_id,
        intent_id=row.intent_id,
        state=state,
        party_size=row.party_size,
        answer_by=row.answer_by,
    )


def _seat(row: Seat) -> SeatCard:
    return SeatCard(
        id=row.id,
        window_id=row.window_id,
        person_id=row.person_id,
        intent_id=row.intent_id,
        state=SeatState(row.state),
        party_size=row.party_size,
        people_in=row.people_in,
        price_minor=row.price_minor,
        held_at=row.held_at,
        due_at=row.due_at,
        on_way_at=row.on_way_at,
        checked_in_at=row.checked_in_at,
    )
