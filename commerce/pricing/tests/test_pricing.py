from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.identity.tests.factories import NOON
from commerce.catalog.tests.factories import OfferingFactory
from commerce.pricing import queries, services
from commerce.pricing.domain import BenefitKind, TermsPlan, Tier
from commerce.pricing.models import BenefitTier, OfferingTerms, PriceRecord
from iceshop.infra.audit.models import AuditFact
from iceshop.infra.db import operation, violated_constraint
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Invalid
from iceshop.kernel.money import Money

pytestmark = pytest.mark.django_db

OWNER = Actor.staff(7)
DAY = timedelta(days=1)


@pytest.fixture
def offering() -> UUID:
    return OfferingFactory.create().pk


def price(
    offering_id: UUID, price_minor: int, days_ago: float = 0, currency: str = "TRY"
) -> queries.TermsCard:
    return operation(services.set_price)(
        offering_id=offering_id,
        price_minor=price_minor,
        currency=currency,
        by=OWNER,
        now=NOON - days_ago * DAY,
    )


def terms(offering_id: UUID, **columns: Any) -> queries.TermsCard:
    return operation(services.put_terms)(
        offering_id=offering_id, terms=TermsPlan(**columns), by=OWNER, now=NOON
    )


def ladder(offering_id: UUID, *tiers: Tier) -> queries.TermsCard:
    return operation(services.set_ladder)(offering_id=offering_id, tiers=tiers, by=OWNER, now=NOON)


def test_price_in_force_is_the_last_one_at_the_instant(offering: UUID) -> None:
    price(offering, 14_500, days_ago=10)
    price(offering, 13_000, days_ago=5)
    assert queries.price_of(offering, NOON - 11 * DAY) is None
    assert queries.price_of(offering, NOON - 10 * DAY) == Money(14_500, "TRY")
    assert queries.price_of(offering, NOON) == Money(13_000, "TRY")
    assert [card.price_minor for card in queries.price_history(offering)] == [13_000, 14_500]


def test_same_price_again_adds_no_record(offering: UUID) -> None:
    price(offering, 14_500, days_ago=10)
    price(offering, 14_500)
    record = PriceRecord.objects.get()
    assert (record.source, record.by) == ("staff", "staff:7")


@pytest.mark.parametrize("days_ago", [5, 6])
def test_history_is_not_rewritten(offering: UUID, days_ago: int) -> None:
    price(offering, 14_500, days_ago=5)
    with pytest.raises(Conflict, match=r"price\.just_changed"):
        price(offering, 12_000, days_ago=days_ago)


@pytest.mark.parametrize(
    ("minor", "currency", "code"), [(0, "TRY", "price.not_positive"), (5, "tl", "store.currency")]
)
def test_price_that_makes_no_sense_is_refused(
    offering: UUID, minor: int, currency: str, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        price(offering, minor, currency=currency)
    assert caught.value.code == code
    assert not PriceRecord.objects.exists()


def test_before_price_is_the_lowest_of_the_look_back(offering: UUID) -> None:
    price(offering, 9_000, days_ago=60)
    price(offering, 14_500, days_ago=40)
    price(offering, 13_000, days_ago=20)
    price(offering, 15_000, days_ago=10)
    records = list(PriceRecord.objects.order_by("valid_from").values_list("pk", flat=True))
    assert queries.before_price(offering, NOON) == queries.BeforePrice(
        price_minor=13_000,
        currency="TRY",
        since=NOON - 30 * DAY,
        record_ids=tuple(records[1:]),
    )
    wider = queries.before_price(offering, NOON, lookback_days=45)
    assert wider is not None
    assert wider.price_minor == 9_000


def test_before_price_counts_the_price_in_force_at_the_start(offering: UUID) -> None:
    price(offering, 9_000, days_ago=30)
    price(offering, 14_500, days_ago=29)
    found = queries.before_price(offering, NOON)
    assert found is not None
    assert found.price_minor == 9_000


def test_before_price_needs_evidence_of_the_whole_look_back(offering: UUID) -> None:
    assert queries.before_price(offering, NOON) is None
    price(offering, 14_500, days_ago=29.9)
    assert queries.before_price(offering, NOON) is None
    found = queries.before_price(offering, NOON + DAY)
    assert found is not None
    assert found.price_minor == 14_500


def test_before_price_knows_nothing_of_later_prices(offering: UUID) -> None:
    price(offering, 14_500, days_ago=60)
    price(offering, 9_000)
    found = queries.before_price(offering, NOON - timedelta(seconds=1))
    assert found is not None
    assert found.price_minor == 14_500


def test_before_price_over_a_change_of_currency_is_none(offering: UUID) -> None:
    price(offering, 14_500, days_ago=60)
    price(offering, 400, days_ago=10, currency="EUR")
    assert queries.before_price(offering, NOON) is None


def test_terms_and_ladder_give_unit_prices_by_group(offering: UUID) -> None:
    price(offering, 14_500)
    terms(offering, min_people=3, max_people=20, floor_price_minor=10_000, unit_cost_minor=3_400)
    card = ladder(offering, Tier.percent(10, 1_500), Tier.words(5, "çay bizden", "tea on us", 800))
    assert [(tier.min_people, tier.unit_price_minor) for tier in card.tiers] == [
        (5, 14_500),
        (10, 12_325),
    ]
    assert [card.unit_price_minor(people) for people in (2, 5, 9, 10, 20)] == [
        14_500,
        14_500,
        14_500,
        12_325,
        12_325,
    ]
    assert card.tier_for(4) is None
    assert (card.tiers[0].words("tr"), card.tiers[0].words("en")) == ("çay bizden", "tea on us")
    assert card.tiers[1].kind is BenefitKind.PERCENT
    assert card.plan == TermsPlan(
        min_people=3, max_people=20, floor_price_minor=10_000, unit_cost_minor=3_400
    )


def test_offering_without_anything_set_has_defaults(offering: UUID) -> None:
    card = queries.terms_card(offering)
    assert card == queries.TermsCard(offering, None, "", TermsPlan(), ())
    assert (card.price, card.unit_price_minor(5)) == (None, None)


def test_ladder_put_again_replaces_the_old_one(offering: UUID) -> None:
    price(offering, 14_500)
    ladder(offering, Tier.percent(5, 500), Tier.percent(10, 1_000))
    card = ladder(offering, Tier.fixed(6, 12_000))
    assert [tier.tier for tier in card.tiers] == [Tier.fixed(6, 12_000)]
    facts = AuditFact.objects.filter(action="offering.deal_changed").order_by("id").last()
    assert facts is not None
    assert len(facts.facts["before"]["tiers"]) == 2


def test_ladder_without_a_price_is_refused(offering: UUID) -> None:
    with pytest.raises(Invalid, match=r"price\.missing"):
        ladder(offering, Tier.percent(5, 500))


def test_change_that_breaks_another_part_writes_nothing(offering: UUID) -> None:
    price(offering, 14_500, days_ago=1)
    terms(offering, floor_price_minor=12_000)
    ladder(offering, Tier.fixed(5, 12_500))
    before = queries.terms_card(offering)
    with pytest.raises(Invalid, match=r"ladder\.above_price"):
        price(offering, 12_400)
    with pytest.raises(Invalid, match=r"terms\.floor_above_price"):
        price(offering, 11_900)
    with pytest.raises(Invalid, match=r"ladder\.below_floor"):
        terms(offering, floor_price_minor=12_600)
    with pytest.raises(Invalid, match=r"ladder\.beyond_group"):
        terms(offering, floor_price_minor=12_000, max_people=4)
    assert queries.terms_card(offering) == before


def test_parts_that_only_fit_together_are_set_together(offering: UUID) -> None:
    price(offering, 14_500, days_ago=1)
    terms(offering, floor_price_minor=12_000)
    card = operation(services.set_deal)(
        offering_id=offering,
        price=Money(9_000, "TRY"),
        terms=TermsPlan(floor_price_minor=7_000, answers_by_rule=True),
        tiers=[Tier.fixed(5, 7_000)],
        by=OWNER,
        now=NOON,
    )
    assert (card.price_minor, card.plan.answers_by_rule, card.unit_price_minor(5)) == (
        9_000,
        True,
        7_000,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_terms_of_many_take_three_queries(count: int, django_assert_num_queries: Any) -> None:
    keys = [row.pk for row in OfferingFactory.create_batch(count)]
    for key in keys:
        price(key, 14_500)
        ladder(key, Tier.percent(5, 500))
    with django_assert_num_queries(3):
        found = queries.terms_of(keys)
    assert [found[key].unit_price_minor(5) for key in keys] == [13_775] * count


def test_price_record_is_never_changed(offering: UUID) -> None:
    price(offering, 14_500)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        PriceRecord.objects.update(price_minor=9_000)
    assert violated_constraint(caught.value) == "price_record_append_only"


def test_price_record_is_never_deleted(offering: UUID) -> None:
    price(offering, 14_500)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        PriceRecord.objects.all().delete()
    assert violated_constraint(caught.value) == "price_record_append_only"


PRICE = {"price_minor": 5, "currency": "TRY", "valid_from": NOON, "source": "staff", "by": "x"}


@pytest.mark.parametrize(
    ("model", "columns", "constraint"),
    [
        (PriceRecord, PRICE | {"price_minor": 0}, "price_record_positive"),
        (PriceRecord, PRICE | {"currency": "TL"}, "price_record_currency"),
        (OfferingTerms, {"min_people": 0}, "offering_terms_people"),
        (OfferingTerms, {"min_people": 5, "max_people": 4}, "offering_terms_people"),
        (OfferingTerms, {"max_people": 501}, "offering_terms_people"),
        (OfferingTerms, {"unit_cost_minor": -1}, "offering_terms_cost"),
        (OfferingTerms, {"floor_price_minor": 0}, "offering_terms_floor"),
        (OfferingTerms, {"window_minutes": 4}, "offering_terms_window"),
        (OfferingTerms, {"lead_minutes": 1441}, "offering_terms_lead"),
        (
            BenefitTier,
            {"min_people": 0, "kind": "amount", "amount_minor": 5},
            "benefit_tier_people",
        ),
        (BenefitTier, {"min_people": 5, "kind": "free"}, "benefit_tier_columns"),
        (BenefitTier, {"min_people": 5, "kind": "percent"}, "benefit_tier_columns"),
        (
            BenefitTier,
            {"min_people": 5, "kind": "percent", "percent_bp": 10_000},
            "benefit_tier_columns",
        ),
        (
            BenefitTier,
            {"min_people": 5, "kind": "percent", "percent_bp": 500, "price_minor": 5},
            "benefit_tier_columns",
        ),
        (
            BenefitTier,
            {"min_people": 5, "kind": "fixed", "price_minor": 5, "words_tr": "çay"},
            "benefit_tier_columns",
        ),
        (
            BenefitTier,
            {"min_people": 5, "kind": "words", "words_tr": "çay", "cost_minor": 5},
            "benefit_tier_columns",
        ),
    ],
)
def test_wrong_row_is_refused(
    offering: UUID, model: Any, columns: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model.objects.create(offering_id=offering, **columns)
    assert violated_constraint(caught.value) == constraint


@pytest.mark.parametrize(
    ("model", "columns", "constraint"),
    [
        (PriceRecord, PRICE, "price_record_one_at_a_time"),
        (
            BenefitTier,
            {"min_people": 5, "kind": "amount", "amount_minor": 5},
            "benefit_tier_size_once",
        ),
    ],
)
def test_second_row_of_the_same_thing_is_refused(
    offering: UUID, model: Any, columns: dict[str, Any], constraint: str
) -> None:
    model.objects.create(offering_id=offering, **columns)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model.objects.create(offering_id=offering, **columns)
    assert violated_constraint(caught.value) == constraint
