"""Tasks are sent by name, after the commit, once, and their loss does no harm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery, current_app
from django.db import transaction

from iceshop.infra.kick import kick

QUEUES = ("interactive", "notify", "decide", "slow")
TASK = "whatsapp.conversation.drain"


def waiting() -> list[tuple[str, str, tuple[str, ...]]]:
    """Take all that has been sent: queue, task, arguments."""
    found = []
    with current_app.connection_for_read() as connection:
        for queue in QUEUES:
            channel = connection.default_channel
            while (message := channel.basic_get(queue, no_ack=True)) is not None:
                arguments, _, _ = message.decode()
                found.append((queue, message.headers["task"], tuple(arguments)))
    return found


@pytest.fixture(autouse=True)
def broker(settings: Any) -> Iterator[None]:
    """Let tasks be sent; take what is left when the test ends."""
    settings.KICK_TASKS = True
    waiting()
    yield
    waiting()


@pytest.mark.django_db(transaction=True)
class TestKick:
    def test_task_is_sent_after_the_commit_and_not_before(self) -> None:
        with transaction.atomic():
            kick(TASK, "lane-1")
            assert waiting() == []
        assert waiting() == [("interactive", TASK, ("lane-1",))]

    def test_task_of_a_transaction_that_fails_is_never_sent(self) -> None:
        with transaction.atomic():
            kick(TASK)
            transaction.set_rollback(True)
        assert waiting() == []

    def test_equal_kicks_of_a_transaction_are_one(self) -> None:
        with transaction.atomic():
            for argument in ("a", "b", "a"):
                kick(TASK, argument)
        assert waiting() == [("interactive", TASK, ("a",)), ("interactive", TASK, ("b",))]

    def test_kick_outside_a_transaction_is_sent_at_once(self) -> None:
        kick(TASK)
        assert waiting() == [("interactive", TASK, ())]

    @pytest.mark.parametrize(
        ("task", "queue"),
        [
            ("infra.outbox.drain", "notify"),
            ("whatsapp.messaging.drain", "notify"),
            ("windows.rounds.run", "decide"),
            ("infra.idempotency.forget_old", "slow"),
            ("infra.heartbeat", "interactive"),
        ],
    )
    def test_task_goes_to_the_queue_of_its_kind(self, task: str, queue: str) -> None:
        kick(task)
        assert waiting() == [(queue, task, ())]

    def test_nothing_is_sent_where_one_process_does_all(self, settings: Any) -> None:
        settings.KICK_TASKS = False
        kick(TASK)
        assert waiting() == []


@pytest.fixture
def lost_broker() -> Iterator[None]:
    """An app whose broker does not answer, in place of the project's."""
    app = current_app._get_current_object()
    Celery("lost", broker="redis://127.0.0.1:1", set_as_current=True).conf.update(
        broker_transport_options={"max_retries": 0}
    )
    yield
    app.set_current()


@pytest.mark.usefixtures("lost_broker")
@pytest.mark.django_db(transaction=True)
def test_lost_broker_fails_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """The row stays due, and the next sweep finds it."""
    with transaction.atomic():
        kick(TASK)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "task.not_sent" in caplog.text
