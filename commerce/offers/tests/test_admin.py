from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.credentials.tests.factories import StaffUserFactory
from accounts.identity.tests.factories import NOON
from commerce.catalog.models import ConceptAlias, ProductAlias
from commerce.catalog.tests.factories import ConceptFactory, OfferingFactory
from commerce.offers.services import OfferSaid, state_offer
from commerce.places.models import NeighbourhoodAlias, StoreHours
from commerce.places.tests.factories import NeighbourhoodFactory, StoreFactory
from commerce.pricing.domain import Tier
from commerce.stock.services import reserve
from iceshop.infra.audit.models import AuditFact
from iceshop.infra.db import run_operation
from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db

TABLES = list(apps.get_app_config("commerce").get_models())


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(StaffUserFactory.create(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_every_table_is_listed_and_searched(administrator: Client, table: type[Model]) -> None:
    ConceptFactory.create()
    stated = run_operation(
        state_offer,
        store_id=StoreFactory.create().pk,
        said=OfferSaid("kruvasan", 20, 8_000, (Tier.percent(5, 1_500),)),
        by=SYSTEM,
        source_key="wamid.1:0",
        now=NOON,
    )
    offering_id = stated.offer.offering.id
    run_operation(reserve, offering_id=offering_id, quantity=2, source_key="w", now=NOON)
    name = table.__name__.lower()
    url = reverse(f"admin:commerce_{name}_changelist")
    assert administrator.get(url).status_code == 200
    assert administrator.get(url, {"q": "kru"}).status_code == 200
    page = admin.site._registry[table]
    assert page.list_filter
    status = 403 if isinstance(page, ReadOnlyAdmin) else 200
    assert administrator.get(reverse(f"admin:commerce_{name}_add")).status_code == status


@pytest.mark.parametrize(
    ("table", "action", "column", "value"),
    [
        ("store", "pause", "state", "paused"),
        ("store", "resume", "state", "active"),
        ("offering", "pause", "is_active", False),
        ("offering", "resume", "is_active", True),
        ("product", "ban", "is_restricted", True),
        ("product", "allow", "is_restricted", False),
        ("concept", "ban", "is_restricted", True),
        ("concept", "allow", "is_restricted", False),
    ],
)
def test_state_changes_by_action_with_a_fact(
    administrator: Client, table: str, action: str, column: str, value: Any
) -> None:
    opposite = {
        "paused": "active",
        "active": "paused",
        False: True,
        True: False,
    }[value]
    offering = OfferingFactory.create()
    row: Any = {
        "store": offering.store,
        "offering": offering,
        "product": offering.product,
        "concept": offering.product.concept,
    }[table]
    type(row).objects.filter(pk=row.pk).update(**{column: opposite})
    administrator.post(
        reverse(f"admin:commerce_{table}_changelist"),
        {"action": action, "_selected_action": str(row.pk)},
    )
    row.refresh_from_db()
    assert getattr(row, column) == value
    assert AuditFact.objects.filter(object_kind=table, actor_kind="staff").count() == 1


def test_alias_is_added_with_its_key(administrator: Client) -> None:
    offering, place = OfferingFactory.create(), NeighbourhoodFactory.create()
    cases: list[tuple[str, dict[str, Any]]] = [
        ("productalias", {"product": offering.product_id, "text": "Ay Çöreği", "language": "tr"}),
        ("conceptalias", {"concept": offering.product.concept_id, "text": "Kruasan"}),
        ("neighbourhoodalias", {"neighbourhood": place.pk, "folded": "Caferağa Mah."}),
    ]
    for table, data in cases:
        url = reverse(f"admin:commerce_{table}_add")
        assert administrator.post(url, data).status_code == 302
        text_field = "folded" if "folded" in data else "text"
        assert administrator.post(url, data | {text_field: "?!"}).status_code == 200
        assert administrator.post(url, data).status_code == 200
    assert ProductAlias.objects.get().folded == "ay coregi"
    assert ConceptAlias.objects.get().folded == "kruasan"
    assert NeighbourhoodAlias.objects.get().folded == "caferaga mah"


def test_hours_are_corrected_within_sense(administrator: Client) -> None:
    url = reverse("admin:commerce_storehours_add")
    hours = {"store": StoreFactory.create().pk, "weekday": 1, "opens_minute": 540}
    assert administrator.post(url, hours | {"closes_minute": 500}).status_code == 200
    assert not StoreHours.objects.exists()
    assert administrator.post(url, hours | {"closes_minute": 1080}).status_code == 302
    assert StoreHours.objects.count() == 1
