"""Tables of prices, terms and ladders."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commerce.pricing.domain import FULL_BP, MOST_PEOPLE, BenefitKind
from iceshop.kernel.ids import new_id

_UNSET = {
    "percent_bp__isnull": True,
    "amount_minor__isnull": True,
    "price_minor__isnull": True,
    "cost_minor__isnull": True,
    "words_tr": "",
    "words_en": "",
}


def _only(kind: BenefitKind, **given: object) -> Q:
    """The condition that a row of ``kind`` has the ``given`` columns and no other.

    A comparison with NULL is neither true nor false, and a check that is not false passes: so each
    given column must also be said to be there.
    """
    names = {name.split("__")[0] for name in given}
    unset = {name: value for name, value in _UNSET.items() if name.split("__")[0] not in names}
    present = {f"{name}__isnull": False for name in names}
    return Q(kind=kind.value, **given, **unset, **present)


class PriceRecord(models.Model):
    """The list price of an offering from an instant on. Append-only: a trigger refuses the rest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offering = models.ForeignKey("commerce.Offering", models.PROTECT, related_name="+")
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    valid_from = models.DateTimeField()
    source = models.CharField(max_length=20)
    by = models.CharField(max_length=100)

    class Meta:
        db_table = "commerce_price_record"
        constraints = [
            models.CheckConstraint(condition=Q(price_minor__gt=0), name="price_record_positive"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="price_record_currency"
            ),
            models.UniqueConstraint(
                fields=("offering", "valid_from"), name="price_record_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price_minor} {self.currency}"


class OfferingTerms(models.Model):
    """What the seller allows for an offering.

    ``floor_price_minor`` and ``unit_cost_minor`` are never shown to buyers. With
    ``answers_by_rule`` a deal on the ladder needs no ask. Lead and window length fall back to the
    store's.
    """

    offering = models.OneToOneField(
        "commerce.Offering", models.PROTECT, primary_key=True, related_name="+"
    )
    unit_cost_minor = models.BigIntegerField(null=True, blank=True)
    floor_price_minor = models.BigIntegerField(null=True, blank=True)
    min_people = models.PositiveSmallIntegerField(default=2)
    max_people = models.PositiveSmallIntegerField(default=20)
    lead_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    window_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    answers_by_rule = models.BooleanField(default=False)

    class Meta:
        db_table = "commerce_offering_terms"
        constraints = [
            models.CheckConstraint(
                condition=Q(min_people__gte=1)
                & Q(max_people__gte=F("min_people"))
                & Q(max_people__lte=MOST_PEOPLE),
                name="offering_terms_people",
            ),
            models.CheckConstraint(
                condition=Q(unit_cost_minor__isnull=True) | Q(unit_cost_minor__gte=0),
                name="offering_terms_cost",
            ),
            models.CheckConstraint(
                condition=Q(floor_price_minor__isnull=True) | Q(floor_price_minor__gt=0),
                name="offering_terms_floor",
            ),
            models.CheckConstraint(
                condition=Q(window_minutes__isnull=True)
                | Q(window_minutes__gte=5, window_minutes__lte=240),
                name="offering_terms_window",
            ),
            models.CheckConstraint(
                condition=Q(lead_minutes__isnull=True) | Q(lead_minutes__lte=1440),
                name="offering_terms_lead",
            ),
        ]

    def __str__(self) -> str:
        return f"terms of {self.offering_id}"


class BenefitTier(models.Model):
    """One step of an offering's ladder; exactly the columns of its kind are set."""

    offering = models.ForeignKey("commerce.Offering", models.PROTECT, related_name="+")
    min_people = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    percent_bp = models.PositiveSmallIntegerField(null=True, blank=True)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    price_minor = models.BigIntegerField(null=True, blank=True)
    words_tr = models.CharField(max_length=120, blank=True)
    words_en = models.CharField(max_length=120, blank=True)
    cost_minor = models.BigIntegerField(null=True, blank=True)

    class Meta:
        db_table = "commerce_benefit_tier"
        constraints = [
            models.UniqueConstraint(
                fields=("offering", "min_people"), name="benefit_tier_size_once"
            ),
            models.CheckConstraint(
                condition=Q(min_people__gte=1, min_people__lte=MOST_PEOPLE),
                name="benefit_tier_people",
            ),
            models.CheckConstraint(
                condition=_only(BenefitKind.PERCENT, percent_bp__gt=0, percent_bp__lt=FULL_BP)
                | _only(BenefitKind.AMOUNT, amount_minor__gt=0)
                | _only(BenefitKind.FIXED, price_minor__gt=0)
                | (_only(BenefitKind.WORDS, cost_minor__gte=0, words_tr__gt="", words_en__gt="")),
                name="benefit_tier_columns",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.min_people}: {self.kind}"
