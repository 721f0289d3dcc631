"""The admin shows every table, finds in it, and changes nothing but by actions."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin import ModelAdmin, site
from django.db.models import Model
from django.test import Client, RequestFactory

from accounts.credentials.tests.factories import StaffUserFactory
from iceshop.infra.http.admin import ReadOnlyAdmin
from iceshop.tests.architecture.sources import OURS

TABLES = sorted(
    (model for label in OURS for model in apps.get_app_config(label).get_models()),
    key=lambda model: model._meta.label,
)
_names = [table._meta.label for table in TABLES]
# Plain facts that people type in; every other change is an action that calls a service.
_TYPED_IN = {
    "accounts.SellerOrganisation": {"name"},
    "commerce.ConceptAlias": {"concept", "text", "folded"},
    "commerce.NeighbourhoodAlias": {"neighbourhood", "folded"},
    "commerce.ProductAlias": {"product", "text", "folded", "language"},
    "commerce.StoreHours": {"store", "weekday", "opens_minute", "closes_minute"},
}
_SENSITIVE = {
    "whatsapp.OutboundMessage": "body",
    "whatsapp.ConversationLine": "text",
    "whatsapp.SimulatedMessage": "text",
    "whatsapp.VoiceNote": "text",
    "whatsapp.WebhookDelivery": "body_text",
    "whatsapp.WebhookItem": "payload",
    "windows.Pass": "code",
}


def page_of(table: type[Model]) -> ModelAdmin[Any]:
    return site.get_model_admin(table)


def seen_by(*, is_superuser: bool) -> Any:
    request = RequestFactory().get("/admin/")
    request.user = StaffUserFactory.build(is_superuser=is_superuser, is_staff=True)
    return request


def test_every_table_of_ours_is_in_the_admin() -> None:
    assert [
        name for table, name in zip(TABLES, _names, strict=True) if table not in site._registry
    ] == []
    assert len(TABLES) > 50


@pytest.mark.parametrize("table", TABLES, ids=_names)
def test_page_finds_filters_and_edits_nothing(table: type[Model]) -> None:
    page = page_of(table)
    request = seen_by(is_superuser=True)

    assert page.search_fields, "a table that cannot be searched is of no use at night"
    assert page.list_display != ("__str__",)
    assert not page.list_editable
    assert isinstance(page, ReadOnlyAdmin) or table._meta.label in _TYPED_IN
    assert set(page.get_form(request).base_fields) == _TYPED_IN.get(table._meta.label, set())
    if table._meta.label not in _TYPED_IN:
        assert not page.has_add_permission(request)
        assert not page.has_delete_permission(request)


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES, ids=_names)
def test_list_opens_with_a_search(table: type[Model], admin_client: Client) -> None:
    meta = table._meta
    address = f"/admin/{meta.app_label}/{meta.model_name}/"

    for query in ("", "?q=x", "?q=00000000-0000-0000-0000-000000000000"):
        assert admin_client.get(f"{address}{query}").status_code == 200


@pytest.mark.parametrize(("name", "field"), _SENSITIVE.items())
def test_words_and_codes_are_for_administrators_only(name: str, field: str) -> None:
    page = page_of(TABLES[_names.index(name)])
    shown = {
        is_superuser: [
            *page.get_fields(seen_by(is_superuser=is_superuser)),
            *page.get_readonly_fields(seen_by(is_superuser=is_superuser)),
        ]
        for is_superuser in (True, False)
    }

    assert field in shown[True]
    assert field not in shown[False]
    assert field not in page.list_display
