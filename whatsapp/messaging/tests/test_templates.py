"""Our templates: alike in both languages, taken by the platform, used only while it lets us."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from whatsapp.gateway.messages import TemplateBody
from whatsapp.gateway.requests import Recipient, request_of
from whatsapp.messaging import services as messaging
from whatsapp.messaging.models import MessageTemplate, OutboundMessage
from whatsapp.messaging.queries import Dependence, dependence
from whatsapp.messaging.templating import templates
from whatsapp.simulator import queries as simulator
from whatsapp.simulator import services as simulated
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.tests.town import Town, agreed, asked, known, seated, wanting
from whatsapp.webhook.tests.posting import PAYLOADS
from windows.notices.domain import NoticeKind
from windows.notices.models import Notice

_NAMES = sorted({name for name, _ in templates()})


@pytest.mark.parametrize("name", _NAMES)
def test_template_is_alike_in_both_languages(name: str) -> None:
    turkish, english = templates()[name, "tr"], templates()[name, "en"]

    assert sorted(turkish.parameters) == sorted(english.parameters)
    assert turkish.category == english.category
    assert turkish.ttl_seconds == english.ttl_seconds
    assert [b.payload for b in turkish.buttons] == [b.payload for b in english.buttons]


def test_every_template_is_named_after_a_notice() -> None:
    kinds = {kind.value for kind in NoticeKind}

    assert [name for name in _NAMES if name not in kinds | {"ask_benefit"}] == []


@pytest.mark.parametrize("name", ["ask", "ask_reminder", "seller_get_ready", "last_five_minutes"])
def test_notice_that_cannot_wait_for_a_reply_window_has_a_template(name: str) -> None:
    assert name in _NAMES


@pytest.mark.django_db
def test_platform_takes_every_template_and_a_second_sync_changes_nothing(town: Town) -> None:
    assert messaging.sync_templates(now=town.now) == len(templates())
    made = simulator.templates()

    assert messaging.sync_templates(now=town.now) == len(templates())

    assert simulator.templates() == made
    assert {(row.name, row.language) for row in made} == set(templates())
    assert MessageTemplate.objects.filter(state="APPROVED").count() == len(templates())


@pytest.mark.django_db
def test_template_that_the_platform_paused_is_not_used_again(town: Town) -> None:
    place = town.shop()
    messaging.sync_templates(now=town.now)
    town.settle()
    order = parse_fault({"kind": "error", "code": 132015, "phone": place.phone.number})
    simulated.order_fault(order=order, now=town.now)

    ask = asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))

    assert MessageTemplate.objects.get(name="ask", language="tr").state == "PAUSED"
    row = OutboundMessage.objects.get(purpose="ask")
    assert row.notice is not None
    assert (row.notice.subject_id, row.error_code) == (ask.id, 132015)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("template_status_approved.json", "state", "APPROVED"),
        ("template_status_rejected.json", "state", "REJECTED"),
        ("template_status_paused.json", "state", "PAUSED"),
        ("template_status_disabled.json", "state", "DISABLED"),
        ("template_status_pending_deletion_null_reason.json", "state", "PENDING_DELETION"),
        ("template_quality_update.json", "quality", "YELLOW"),
        ("template_category_update.json", "category", "MARKETING"),
        ("template_components_update.json", "state", "PENDING"),
    ],
)
def test_sample_of_a_template_event_is_taken_over(
    town: Town, name: str, column: str, value: str
) -> None:
    body = (PAYLOADS / name).read_bytes()
    ours = json.loads(body)["entry"][0]["changes"][0]["value"]["message_template_name"]
    MessageTemplate.objects.create(
        name=ours, language="tr", category="UTILITY", state="PENDING", updated_at=town.now
    )

    town.receive(body)
    town.settle()

    assert getattr(MessageTemplate.objects.get(name=ours), column) == value


@pytest.mark.django_db
def test_template_names_its_language_on_the_wire(town: Town) -> None:
    known(town)
    body = TemplateBody(name="ask", language="tr", parameters=())

    request = request_of(body, to=Recipient(phone="905559000001"), opaque="x")

    assert request["template"]["language"] == {"code": "tr"}  # type: ignore[index]  # JSON


@pytest.mark.django_db
def test_template_in_another_category_is_not_used(town: Town) -> None:
    place = town.shop()
    messaging.sync_templates(now=town.now)
    town.settle()
    MessageTemplate.objects.filter(name="ask").update(category="MARKETING")

    asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))

    assert not OutboundMessage.objects.filter(purpose="ask").exists()
    ask = Notice.objects.get(kind="ask")
    assert (ask.channel, ask.reason) == ("sms", "reply_window.closed")


@pytest.mark.django_db
def test_operator_sees_what_hangs_on_a_paused_template(town: Town, admin_client: Client) -> None:
    """O7: the windows that depend on a template which the platform has paused."""
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    for phone in (elif_, mert):
        seated(town, phone)
    messaging.sync_templates(now=town.now)
    assert dependence(now=town.now) == {}

    MessageTemplate.objects.filter(name="last_five_minutes", language="tr").update(state="PAUSED")

    assert dependence(now=town.now) == {"last_five_minutes": Dependence(2, (window.id,))}
    page = admin_client.get(reverse("admin:whatsapp_messagetemplate_changelist")).content.decode()
    assert reverse("admin:windows_window_change", args=[window.id]) in page
    town.jump_to(window.ends_at)
    assert dependence(now=town.now) == {}
