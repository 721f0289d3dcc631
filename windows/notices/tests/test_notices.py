from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from iceshop.infra.db import TransactionMisuse, run_operation
from iceshop.infra.outbox import services as outbox
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.tests.witness import nothing_written
from windows.notices import services
from windows.notices.domain import NoticeClass, NoticeKind
from windows.notices.queries import NoticeCard, notice_card
from windows.tests.stories import NOON, minutes, new_person
from windows.tests.traces import Planned, due_kinds, planned

pytestmark = pytest.mark.django_db

TEN_PAST = NOON + minutes(10)


@pytest.fixture
def person() -> UUID:
    return new_person()


@pytest.fixture
def subject() -> UUID:
    return uuid4()


def plan(
    person: UUID,
    subject: UUID,
    *,
    kind: NoticeKind = NoticeKind.REMINDER,
    not_before: datetime | None = None,
    until: datetime = TEN_PAST,
    now: datetime = NOON,
) -> bool:
    return run_operation(
        services.plan,
        kind=kind,
        person_id=person,
        subject_kind="seat",
        subject_id=subject,
        not_before=not_before,
        useful_until=until,
        now=now,
    )


def withdraw(subject: UUID, person: UUID | None = None) -> int:
    return run_operation(
        services.withdraw, subject_kind="seat", subject_id=subject, person_id=person, now=NOON
    )


def test_notice_is_planned_with_its_message(person: UUID, subject: UUID) -> None:
    assert plan(person, subject, not_before=NOON + minutes(3))

    starts, until = NOON + minutes(3), NOON + minutes(10)
    assert planned(subject) == [Planned("reminder", person, starts, until, "due", "")]


def test_notice_without_a_time_is_due_at_once(person: UUID, subject: UUID) -> None:
    assert plan(person, subject, not_before=NOON - minutes(3))

    assert planned(subject)[0].not_before == NOON


def test_same_notice_is_planned_once(person: UUID, subject: UUID) -> None:
    plan(person, subject)

    with nothing_written():
        assert not plan(person, subject, until=NOON + minutes(20))


@pytest.mark.parametrize("starts_in", [10, 11])
def test_notice_that_could_not_be_of_use_is_not_planned(
    person: UUID, subject: UUID, starts_in: int
) -> None:
    with nothing_written():
        assert not plan(person, subject, not_before=NOON + minutes(starts_in))


def test_kinds_people_and_subjects_have_notices_of_their_own(person: UUID, subject: UUID) -> None:
    other, another = new_person(), uuid4()

    assert plan(person, subject)
    assert plan(person, subject, kind=NoticeKind.LAST_FIVE_MINUTES)
    assert plan(other, subject)
    assert plan(person, another)

    assert len(planned(subject)) == 3
    assert len(planned(another)) == 1


@pytest.mark.parametrize(
    ("kind", "priority"),
    [
        (NoticeKind.WINDOW_CANCELLED, 1),
        (NoticeKind.INVITE, 2),
        (NoticeKind.ASK, 2),
        (NoticeKind.LAST_FIVE_MINUTES, 2),
        (NoticeKind.AFTER, 4),
    ],
)
def test_what_ages_fast_goes_first(
    person: UUID, subject: UUID, kind: NoticeKind, priority: int
) -> None:
    plan(person, subject, kind=kind)

    assert OutboxMessage.objects.get().priority == priority


def test_withdrawn_notice_is_not_sent_and_says_why(person: UUID, subject: UUID) -> None:
    plan(person, subject)

    assert withdraw(subject) == 1
    assert withdraw(subject) == 0

    assert [(one.state, one.code) for one in planned(subject)] == [("expired", "notice.withdrawn")]
    assert OutboxMessage.objects.get().finished_at == NOON


def test_withdrawing_for_one_person_leaves_the_others(person: UUID, subject: UUID) -> None:
    other = new_person()
    plan(person, subject)
    plan(other, subject)
    plan(person, uuid4())

    assert withdraw(subject, person) == 1

    states = {one.person_id: one.state for one in planned(subject)}
    assert states == {person: "expired", other: "due"}
    assert OutboxMessage.objects.filter(state="due").count() == 2


def test_withdrawn_notice_may_be_planned_anew(person: UUID, subject: UUID) -> None:
    plan(person, subject, not_before=NOON + minutes(1))
    withdraw(subject)

    assert plan(person, subject, not_before=NOON + minutes(4), until=NOON + minutes(9))
    assert not plan(person, subject)

    again = Planned("reminder", person, NOON + minutes(4), NOON + minutes(9), "due", "")
    assert planned(subject) == [again]


def test_sent_or_outlived_notice_is_never_planned_anew(person: UUID, subject: UUID) -> None:
    plan(person, subject)
    plan(person, subject, kind=NoticeKind.AFTER, until=NOON + minutes(1))
    OutboxMessage.objects.filter(dedupe_key__endswith="reminder").update(
        state="sent", finished_at=NOON
    )
    outbox.drain(now=NOON + minutes(2))
    assert withdraw(subject) == 0

    with nothing_written():
        assert not plan(person, subject)
        assert not plan(person, subject, kind=NoticeKind.AFTER)
    assert [(one.kind, one.state) for one in planned(subject)] == [
        ("reminder", "sent"),
        ("after", "expired"),
    ]


def test_notice_in_a_workers_hands_is_left_to_it(person: UUID, subject: UUID) -> None:
    plan(person, subject)
    far = NOON + timedelta(days=20_000)
    OutboxMessage.objects.update(lease_until=far)

    assert withdraw(subject) == 0

    OutboxMessage.objects.update(lease_until=NOON - timedelta(days=20_000))
    assert withdraw(subject) == 1
    assert due_kinds(subject) == []


def test_card_tells_what_a_channel_needs(person: UUID, subject: UUID) -> None:
    plan(person, subject, kind=NoticeKind.INVITE)
    notice_id = UUID(OutboxMessage.objects.get().payload["notice_id"])

    assert notice_card(notice_id) == NoticeCard(
        notice_id,
        NoticeKind.INVITE,
        NoticeClass.SERVICE,
        person,
        "seat",
        subject,
        NOON,
        NOON + minutes(10),
    )


def test_planning_and_withdrawing_need_a_transaction(person: UUID, subject: UUID) -> None:
    with pytest.raises(TransactionMisuse):
        services.withdraw(subject_kind="seat", subject_id=subject, now=NOON)
    with pytest.raises(TransactionMisuse):
        services.plan(
            kind=NoticeKind.AFTER,
            person_id=person,
            subject_kind="seat",
            subject_id=subject,
            useful_until=NOON + minutes(1),
            now=NOON,
        )
