"""The table of error codes against the platform's."""

from __future__ import annotations

import pytest

from whatsapp.gateway.errors import (
    ANSWER_LOST,
    DAY_SECONDS,
    NOT_SENT,
    Breaker,
    Handling,
    is_known,
    rule_for,
)

HANDLING = {
    Handling.RETRY: {130429, 4, 80007, 1, 2, 131000, 131016, 133004, 131057},
    Handling.RETRY_PAIR: {131056},
    Handling.USE_TEMPLATE: {131047},
    Handling.OPT_OUT: {131050},
    Handling.HOLD: {0, 3, 10, 190, 200, 299, 131005, 368, 131031, 130497},
    Handling.FINAL: {
        *(131026, 131048, 131049, 131064, 130472, 130403, 131051, 131008, 131009, 100, 131021),
        *(135000, 131030, 131052, 131053, 132000, 132001, 132005, 132007, 132012, 132018),
        *(132015, 132016, 132068, 132069, 131042, 131045, 133010, 133000, 133016, 131037, 33),
        *(131062, 131063, 137000),
    },
}
BREAKERS = {
    131048: Breaker.PROACTIVE,
    131064: Breaker.PROACTIVE,
    131042: Breaker.TEMPLATES,
    132015: Breaker.TEMPLATE,
    132016: Breaker.TEMPLATE,
    190: Breaker.ALL,
    368: Breaker.ALL,
    131026: Breaker.NONE,
    131047: Breaker.NONE,
}
QUIET = {131026, 131047, 131049, 131050, 130472, 130403, 131062, 131056, 130429, 131000, 132069}


@pytest.mark.parametrize(
    ("code", "handling"),
    [(code, handling) for handling, codes in HANDLING.items() for code in sorted(codes)],
)
def test_code_is_handled_as_published(code: int, handling: Handling) -> None:
    assert rule_for(code).handling is handling
    assert is_known(code)


@pytest.mark.parametrize(("code", "breaker"), BREAKERS.items())
def test_code_stops_the_sends_it_must(code: int, breaker: Breaker) -> None:
    assert rule_for(code).breaker is breaker


def test_only_our_own_troubles_alarm() -> None:
    codes = {code for group in HANDLING.values() for code in group}
    retried = HANDLING[Handling.RETRY]
    quiet = {code for code in codes if not rule_for(code).is_alarming}
    assert quiet == QUIET | retried | {131052}


def test_unknown_code_is_final_and_alarms() -> None:
    assert not is_known(999_999)
    assert rule_for(999_999).handling is Handling.FINAL
    assert rule_for(999_999).is_alarming


def test_failure_without_a_code_is_final_and_quiet() -> None:
    assert (rule_for(None).handling, rule_for(None).is_alarming) == (Handling.FINAL, False)


def test_marketing_limit_rests_a_day() -> None:
    assert rule_for(131049).rest_seconds == DAY_SECONDS
    assert rule_for(131047).rest_seconds == 0


def test_waits_grow_and_are_capped() -> None:
    assert [rule_for(131056).wait_before(attempt) for attempt in (1, 2, 3, 4)] == [4, 16, 64, 256]
    assert [rule_for(130429).wait_before(attempt) for attempt in (1, 2, 3)] == [2, 4, 8]
    assert rule_for(131057).wait_before(1) == 60
    assert rule_for(131056).wait_before(500) == 3600


def test_lost_answer_waits_and_lost_connection_retries() -> None:
    assert ANSWER_LOST.handling is Handling.WAIT_FOR_STATUS
    assert NOT_SENT.handling is Handling.RETRY
