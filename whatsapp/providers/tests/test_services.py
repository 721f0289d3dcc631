"""Noting calls, resting, and the day's budget."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from whatsapp.providers.domain import FAILURES, REST, Result, Service
from whatsapp.providers.models import ProviderDay
from whatsapp.providers.queries import is_resting
from whatsapp.providers.services import Call, note_call, reserve, settle

pytestmark = pytest.mark.django_db

_NOON = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def _fail(service: Service, times: int, result: Result = Result.FAILED) -> None:
    for _ in range(times):
        call = Call(service=service, provider="127.0.0.1", model="m", result=result, took_ms=5)
        note_call(call, now=_NOON)


def test_service_rests_after_failures_in_a_row_and_no_other_does() -> None:
    _fail(Service.SPEECH, FAILURES - 1)
    assert not is_resting(Service.SPEECH, now=_NOON)

    _fail(Service.SPEECH, 1)

    assert is_resting(Service.SPEECH, now=_NOON)
    assert not is_resting(Service.MODEL, now=_NOON)
    assert not is_resting(Service.SPEECH, now=_NOON + REST)


@pytest.mark.parametrize("result", [Result.OK, Result.USELESS, Result.REFUSED])
def test_answer_of_the_service_ends_the_row(result: Result) -> None:
    _fail(Service.SPEECH, FAILURES - 1)
    _fail(Service.SPEECH, 1, result)
    _fail(Service.SPEECH, 1)

    assert not is_resting(Service.SPEECH, now=_NOON)


def _reserve(tokens: int, *, now: datetime = _NOON, most_calls: int = 3) -> bool:
    return reserve(
        asked=Service.MODEL, tokens=tokens, most_calls=most_calls, most_tokens=1000, now=now
    )


def test_budget_is_kept_in_calls_and_tokens() -> None:
    assert _reserve(600)
    assert not _reserve(600)
    settle(asked=Service.MODEL, reserved=600, used=100, now=_NOON)
    assert _reserve(600)
    settle(asked=Service.MODEL, reserved=600, used=5000, now=_NOON)
    assert not _reserve(1)
    day = ProviderDay.objects.get()
    assert (day.calls, day.tokens) == (2, 1000)


def test_budget_is_new_on_the_next_day() -> None:
    assert _reserve(1, most_calls=1)
    assert not _reserve(1, most_calls=1)

    assert _reserve(1, now=_NOON + timedelta(days=1), most_calls=1)


def test_smaller_budget_holds_at_once_and_forgets_nothing() -> None:
    assert _reserve(1)
    assert _reserve(1)

    assert not _reserve(1, most_calls=1)
    assert ProviderDay.objects.get().most_calls == 2
