"""What an error code of the platform means for the message it hit, for the person, and for us.

Source: the platform's table of error codes (September 2026). Decide by code, never by title or HTTP
status. A code that is not in the table is final and alarms.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DAY_SECONDS = 86_400
# Not on WhatsApp, blocked us, or a client too old: nothing arrives for a day or more.
UNREACHABLE = 131026
_LONGEST_WAIT_SECONDS = 3_600


class Handling(StrEnum):
    """What to do with the message."""

    RETRY = "retry"  # again after a wait that doubles, while it is still of use
    RETRY_PAIR = "retry_pair"  # too fast for this person: again after 4^n seconds, others go on
    WAIT_FOR_STATUS = "wait_for_status"  # it may have gone out: never again before a status says no
    USE_TEMPLATE = "use_template"  # the reply window is closed: say it with a template
    HOLD = "hold"  # nothing can be sent now: keep it until the breaker is closed
    OPT_OUT = "opt_out"  # the person stopped marketing: record it, never again
    FINAL = "final"  # this message will not arrive


class Breaker(StrEnum):
    """Which sends stop until a person or a later event allows them again."""

    NONE = "none"
    TEMPLATE = "template"  # this one template
    TEMPLATES = "templates"
    PROACTIVE = "proactive"  # everything that nobody has just asked for
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRule:
    """How a code is handled.

    ``wait_seconds`` is the first wait of a retry, ``tries`` how often at most. ``rest_seconds`` is
    how long nothing of the kind should go to the same person. ``is_alarming``: somebody must look.
    """

    handling: Handling
    wait_seconds: int = 0
    tries: int = 1
    rest_seconds: int = 0
    breaker: Breaker = Breaker.NONE
    is_alarming: bool = False

    def wait_before(self, attempt: int) -> int:
        """Return the seconds to wait after failed attempt number ``attempt`` (from 1).

        >>> [rule_for(131056).wait_before(attempt) for attempt in (1, 2, 3)]
        [4, 16, 64]
        >>> [rule_for(131000).wait_before(attempt) for attempt in (1, 2, 3)]
        [5, 10, 20]
        """
        base = 4 if self.handling is Handling.RETRY_PAIR else 2
        factor: int = base ** max(0, min(attempt, 12) - 1)
        return min(self.wait_seconds * factor, _LONGEST_WAIT_SECONDS)


_FINAL = ErrorRule(handling=Handling.FINAL)
_OUR_FAULT = ErrorRule(handling=Handling.FINAL, is_alarming=True)
_OUTAGE = ErrorRule(handling=Handling.RETRY, wait_seconds=5, tries=5)
_QUOTA = ErrorRule(handling=Handling.RETRY, wait_seconds=60, tries=5)
_CLOSED = ErrorRule(handling=Handling.HOLD, breaker=Breaker.ALL, is_alarming=True)
_TEMPLATE_OUT = ErrorRule(handling=Handling.FINAL, breaker=Breaker.TEMPLATE, is_alarming=True)
_SPAM = ErrorRule(handling=Handling.FINAL, breaker=Breaker.PROACTIVE, is_alarming=True)

# The request never left (no connection): safe to send again.
NOT_SENT = ErrorRule(handling=Handling.RETRY, wait_seconds=2, tries=8)
# The request left and the answer was lost or could not be read.
ANSWER_LOST = ErrorRule(handling=Handling.WAIT_FOR_STATUS)
# ``failed`` without a code: nobody knows why, so it is not sent again.
UNEXPLAINED = _FINAL

_RULES: dict[int, ErrorRule] = {
    # throughput and quotas
    130429: ErrorRule(handling=Handling.RETRY, wait_seconds=2, tries=8),
    131056: ErrorRule(handling=Handling.RETRY_PAIR, wait_seconds=4, tries=5),
    4: _QUOTA,
    80007: _QUOTA,
    # outages
    1: _OUTAGE,
    2: _OUTAGE,
    131000: _OUTAGE,
    131016: _OUTAGE,
    133004: _OUTAGE,
    131057: ErrorRule(handling=Handling.RETRY, wait_seconds=60, tries=4),
    # this person
    UNREACHABLE: ErrorRule(handling=Handling.FINAL, rest_seconds=DAY_SECONDS),
    131047: ErrorRule(handling=Handling.USE_TEMPLATE),
    131049: ErrorRule(handling=Handling.FINAL, rest_seconds=DAY_SECONDS),
    131050: ErrorRule(handling=Handling.OPT_OUT),
    130472: _FINAL,
    130403: _FINAL,
    131062: _FINAL,
    137000: _OUR_FAULT,
    # our number's reputation
    131048: _SPAM,
    131064: _SPAM,
    # a request that is wrong by itself
    100: _OUR_FAULT,
    131008: _OUR_FAULT,
    131009: _OUR_FAULT,
    131021: _OUR_FAULT,
    131051: _OUR_FAULT,
    135000: _OUR_FAULT,
    131030: _OUR_FAULT,
    131063: _OUR_FAULT,
    # media and forms
    131052: _FINAL,
    131053: _OUR_FAULT,
    132068: _OUR_FAULT,
    132069: _FINAL,
    # templates
    **dict.fromkeys((132000, 132001, 132005, 132007, 132012, 132018), _OUR_FAULT),
    132015: _TEMPLATE_OUT,
    132016: _TEMPLATE_OUT,
    # billing
    131042: ErrorRule(handling=Handling.FINAL, breaker=Breaker.TEMPLATES, is_alarming=True),
    # token, permission, policy
    **dict.fromkeys((0, 3, 10, 190, 131005, 368, 131031, 130497), _CLOSED),
    **dict.fromkeys(range(200, 300), _CLOSED),
    # registration, display name, number gone
    **dict.fromkeys((33, 131037, 131045), _OUR_FAULT),
    **{code: _OUR_FAULT for code in range(133000, 133017) if code != 133004},
}


def rule_for(code: int | None) -> ErrorRule:
    """Return how to handle ``code``; None is a failure without a code."""
    if code is None:
        return UNEXPLAINED
    return _RULES.get(code, _OUR_FAULT)


def is_known(code: int) -> bool:
    """Tell whether the code is in the table; one that is not deserves an alarm at first sight."""
    return code in _RULES
