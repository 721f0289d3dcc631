"""Tables of asks."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from iceshop.kernel.ids import new_id
from windows.negotiation.domain import AskState


class TsTzRange(Func):
    """``[starts_at, ends_at)`` as a range."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class Ask(models.Model):
    """One question to one store: this price, for this group, at this time.

    ``price_minor`` is the asked unit price, ``agreed_price_minor`` what was agreed in the end,
    ``base_price_minor`` what a piece costs without the deal. A benefit in words costs the seller
    ``benefit_cost_minor`` for a piece.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision_key = models.CharField(max_length=60)
    store = models.ForeignKey("commerce.Store", on_delete=models.PROTECT, related_name="+")
    offering = models.ForeignKey("commerce.Offering", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=AskState.ASKED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()
    min_people = models.PositiveSmallIntegerField()
    max_people = models.PositiveSmallIntegerField()
    price_minor = models.PositiveIntegerField()
    base_price_minor = models.PositiveIntegerField()
    agreed_price_minor = models.PositiveIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    benefit_tr = models.CharField(max_length=120, blank=True)
    benefit_en = models.CharField(max_length=120, blank=True)
    benefit_cost_minor = models.PositiveIntegerField(default=0)
    answer_by = models.DateTimeField()
    by_rule = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "windows_ask"
        constraints = [
            models.UniqueConstraint(fields=("decision_key",), name="ask_once_per_decision"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in AskState]), name="ask_state"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="ask_not_empty"),
            models.CheckConstraint(
                condition=Q(min_people__gte=1, max_people__gte=F("min_people")),
                name="ask_people",
            ),
            models.CheckConstraint(
                condition=Q(price_minor__gt=0, price_minor__lte=F("base_price_minor")),
                name="ask_price",
            ),
            models.CheckConstraint(
                condition=Q(state=AskState.ACCEPTED, agreed_price_minor__isnull=False)
                | (~Q(state=AskState.ACCEPTED) & Q(agreed_price_minor__isnull=True)),
                name="ask_agreed_when_accepted",
            ),
            ExclusionConstraint(
                name="ask_offering_once_at_a_time",
                expressions=[
                    ("offering", RangeOperators.EQUAL),
                    (TsTzRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=AskState.ASKED),
            ),
        ]
        indexes = [
            models.Index(
                fields=("answer_by",), condition=Q(state=AskState.ASKED), name="ask_waiting"
            ),
            models.Index(fields=("store", "created_at"), name="ask_by_store"),
        ]

    def __str__(self) -> str:
        return f"ask {self.id}"


class AskMember(models.Model):
    """One intent of the asked group; ``is_live`` while the ask waits for its answer."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="members")
    intent = models.ForeignKey("windows.Intent", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField()
    budget_minor = models.PositiveIntegerField(null=True, blank=True)
    is_live = models.BooleanField(default=True)

    class Meta:
        db_table = "windows_ask_member"
        constraints = [
            models.UniqueConstraint(fields=("ask", "intent"), name="ask_member_once"),
            models.UniqueConstraint(
                fields=("intent",), condition=Q(is_live=True), name="ask_member_live_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ask_id} {self.intent_id}"


class AskEvent(models.Model):
    """What happened to an ask, append-only, with its figures."""

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="events")
    move = models.CharField(max_length=10)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=80, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        db_table = "windows_ask_event"

    def __str__(self) -> str:
        return f"{self.move} {self.ask_id}"
