"""The planner's decisions on their way: merged, put off to the morning, capped, kept."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from commerce.places import services as places
from iceshop.infra.db import run_operation
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.time import TimeRange
from whatsapp.tests.town import NOON, Town, agreed, known, open_town, seated, wanting
from windows.intents import services as intents
from windows.intents.domain import Wish
from windows.notices import services as notices
from windows.notices.domain import NoticeKind
from windows.notices.models import Notice
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db

_NIGHT = datetime(2026, 11, 18, 20, 30, tzinfo=UTC)
_MORNING = datetime(2026, 11, 19, 5, 0, tzinfo=UTC)


def _nothing_found(town: Town, person_id: UUID, *products: str) -> None:
    for product in products:
        wish = Wish(
            product_text=product,
            concept_key="",
            point=None,
            place_name="",
            timezone="Europe/Istanbul",
            spans=(TimeRange(town.now + minutes(30), town.now + minutes(120)),),
        )
        intent, _ = run_operation(
            intents.declare_intent,
            source_key=f"test:{product}",
            person_id=person_id,
            wish=wish,
            by=SYSTEM,
            now=town.now,
        )
        run_operation(
            notices.plan,
            kind=NoticeKind.NOTHING_FOUND,
            person_id=person_id,
            subject_kind="intent",
            subject_id=intent.id,
            useful_until=town.now + minutes(60),
            now=town.now,
        )


def test_what_is_due_together_goes_as_one_message(town: Town) -> None:
    phone = known(town)
    phone.news()
    _nothing_found(town, phone.person().id, "kahve", "simit", "pide")

    town.settle()

    (message,) = phone.news()
    assert [message.text.count(word) for word in ("kahve", "simit", "pide")] == [1, 1, 1]
    rows = Notice.objects.filter(kind="nothing_found").order_by("created_at", "pk")
    first = rows.get(merged_into=None)
    assert [row.merged_into_id for row in rows.exclude(pk=first.pk)] == [first.id] * 2
    assert sum(row.cost_micros for row in rows) == 5_300


def test_decision_is_kept_with_its_reason_and_cost(town: Town) -> None:
    place = town.shop()
    agreed(town, place, wanting(town, "Elif"), wanting(town, "Mert"))

    invite = Notice.objects.filter(kind="invite").first()
    ask = Notice.objects.get(kind="ask")

    assert invite is not None
    assert (invite.outcome, invite.channel, invite.form) == ("say", "whatsapp", "free")
    assert (ask.form, ask.reason, ask.cost_micros) == ("template", "reply_window.closed", 5_300)


def test_late_scheduler_at_night_leaves_the_question_for_the_morning(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    for phone in (elif_, mert):
        seated(town, phone)
    town.jump_to(window.ends_at)
    town.jump_to(window.ends_at + minutes(1))
    question = Notice.objects.get(kind="did_not_come", person_id=elif_.person().id)
    Notice.objects.filter(pk=question.pk).update(
        not_before=NOON, useful_until=_MORNING + minutes(60)
    )
    OutboxMessage.objects.filter(dedupe_key=question.dedupe_key).update(
        not_before=NOON, planned_at=NOON, expires_at=_MORNING + minutes(60)
    )
    elif_.news()

    town.clock.now = _NIGHT
    town.settle()
    assert elif_.news() == []
    question.refresh_from_db()
    assert (question.outcome, question.reason) == ("later", "quiet.hours")
    # Nothing behind it waits: an answer to what is written now goes out.
    assert elif_.writes("merhaba")
    town.clock.now = _MORNING
    town.settle()

    assert "Ne oldu?" in elif_.said()


def test_store_that_is_closed_is_not_asked_at_night() -> None:
    with open_town(_NIGHT) as town:
        place = town.shop()
        hours = [(day, 9 * 60, 19 * 60) for day in range(1, 8)]
        run_operation(places.set_hours, store_id=place.shop.store_id, weekly=hours)
        words = "yarın 14:00 ile 16:00 arası Kadıköy'de kahve, en fazla 200 TL"
        for name in ("Elif", "Mert"):
            wanting(town, name, text=words)
        town.pass_time(minutes=5, step=60)

        assert place.phone.news() == []
        asks = Notice.objects.filter(kind="ask").values_list("outcome", "reason")
        assert set(asks) == {("drop", "quiet.hours")}
