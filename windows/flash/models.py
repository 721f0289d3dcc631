"""Tables of windows, invites and seats."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from iceshop.kernel.ids import new_id
from windows.flash.domain import InviteState, SeatState, WindowState


class _Span(Func):
    """``[starts_at, ends_at)`` as a range."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Window(models.Model):
    """One shop, some minutes, a better price, so many seats.

    ``price_minor`` is the promised unit price. ``before_price_minor`` is set only with evidence:
    the lowest price of the look-back, whose record ids stand in ``before_evidence``. At
    ``decide_at`` a window that fewer than ``min_people`` have confirmed is given up; ``None`` keeps
    it in any case.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ask = models.OneToOneField(
        "windows.Ask", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    source_key = models.CharField(max_length=200)
    store = models.ForeignKey("commerce.Store", on_delete=models.PROTECT, related_name="+")
    offering = models.ForeignKey("commerce.Offering", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=WindowState.SCHEDULED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    timezone = models.CharField(max_length=40)
    price_minor = models.PositiveIntegerField()
    base_price_minor = models.PositiveIntegerField()
    before_price_minor = models.PositiveIntegerField(null=True, blank=True)
    before_evidence = models.JSONField(default=list)
    currency = models.CharField(max_length=3)
    benefit_tr = models.CharField(max_length=120, blank=True)
    benefit_en = models.CharField(max_length=120, blank=True)
    min_people = models.PositiveSmallIntegerField()
    seats_max = models.PositiveSmallIntegerField()
    seats_taken = models.PositiveSmallIntegerField(default=0)
    joins_paused = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)
    decide_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "windows_window"
        constraints = [
            models.UniqueConstraint(fields=("source_key",), name="window_source_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in WindowState]), name="window_state"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="window_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(seats_taken__lte=F("seats_max")), name="window_seats_within_cap"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("scheduled", "open"), closed_at__isnull=True)
                | (~Q(state__in=("scheduled", "open")) & Q(closed_at__isnull=False)),
                name="window_closed_when_over",
            ),
            ExclusionConstraint(
                name="window_offering_no_overlap",
                expressions=[
                    ("offering", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=("scheduled", "open")),
            ),
        ]
        indexes = [
            # The tick looks for windows to open and to close.
            models.Index(
                fields=("starts_at",), condition=Q(state="scheduled"), name="window_to_open"
            ),
            models.Index(
                fields=("ends_at",),
                condition=Q(state__in=("scheduled", "open")),
                name="window_to_close",
            ),
            models.Index(
                fields=("decide_at",),
                condition=Q(decide_at__isnull=False, state__in=("scheduled", "open")),
                name="window_to_decide",
            ),
            models.Index(fields=("store", "starts_at"), name="window_by_store"),
            models.Index(
                fields=("ends_at",),
                condition=Q(is_settled=False, state__in=("closed", "cancelled")),
                name="window_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return f"window {self.id}"


class WindowEvent(models.Model):
    """What happened to a window, append-only. ``planned_at`` is when it should have happened."""

    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="events")
    move = models.CharField(max_length=14)
    at = models.DateTimeField()
    planned_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "windows_window_event"

    def __str__(self) -> str:
        return f"{self.move} {self.window_id}"


class Invite(models.Model):
    """A seat offered to one person; it reserves nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    window = models.ForeignKey(Window, on_delete=models.CASCADE, related_name="invites")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    intent = models.ForeignKey(
        "windows.Intent", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=10, default=InviteState.INVITED)
    party_size = models.PositiveSmallIntegerField()
    answer_by = models.DateTimeField()
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "windows_invite"
        constraints = [
            models.UniqueConstraint(fields=("window", "person"), name="invite_once_per_person"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in InviteState]), name="invite_state"
            ),
            models.CheckConstraint(condition=Q(party_size__gte=1), name="invite_party_size"),
        ]
        indexes = [
            models.Index(fields=("person", "state"), name="invite_by_person"),
        ]

    def __str__(self) -> str:
        return f"invite {self.id}"


class Seat(models.Model):
    """A place in a window for a person and the party; it has the price it was promised at.

    ``due_at`` is set while something is due: a place on the waiting list waits until then, one
    that was promoted from the list is given on unless its person says yes before.
    ``people_in`` of the party have been admitted.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    intent = models.ForeignKey(
        "windows.Intent", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=10, default=SeatState.HELD)
    party_size = models.PositiveSmallIntegerField()
    people_in = models.PositiveSmallIntegerField(default=0)
    price_minor = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    held_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    on_way_at = models.DateTimeField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "windows_seat"
        constraints = [
            models.UniqueConstraint(fields=("window", "person"), name="seat_once_per_person"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in SeatState]), name="seat_state"
            ),
            models.CheckConstraint(condition=Q(party_size__gte=1), name="seat_party_size"),
            models.CheckConstraint(
                condition=Q(state=SeatState.CHECKED_IN, checked_in_at__isnull=False)
                | (~Q(state=SeatState.CHECKED_IN) & Q(checked_in_at__isnull=True)),
                name="seat_checked_in_at",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=SeatState.CHECKED_IN,
                    people_in__gte=1,
                    people_in__lte=F("party_size"),
                )
                | (~Q(state=SeatState.CHECKED_IN) & Q(people_in=0)),
                name="seat_people_in",
            ),
            models.CheckConstraint(
                condition=Q(state=SeatState.RELEASED, released_at__isnull=False)
                | (~Q(state=SeatState.RELEASED) & Q(released_at__isnull=True)),
                name="seat_released_at",
            ),
            models.CheckConstraint(
                condition=~Q(state=SeatState.WAITING)
                | Q(waiting_since__isnull=False, due_at__isnull=False),
                name="seat_waits_until",
            ),
            ExclusionConstraint(
                name="seat_person_no_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (_Span("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=("held", "on_way")),
            ),
        ]
        indexes = [
            models.Index(fields=("person", "state"), name="seat_by_person"),
            models.Index(
                fields=("due_at",),
                condition=Q(due_at__isnull=False, state__in=("waiting", "held")),
                name="seat_something_due",
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.id}"
