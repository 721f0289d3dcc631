"""How likely somebody comes. Pure."""

from __future__ import annotations

from enum import StrEnum


class SeatOutcomeKind(StrEnum):
    """How a seat ended."""

    REDEEMED = "redeemed"
    NO_SHOW = "no_show"


# Share of confirmed people who come, before anything is known about somebody, and how many windows
# of experience that opinion is worth. Hotel bookings confirmed on the day arrive at about this
# rate.
PRIOR_SHOW_PERMILLE = 850
PRIOR_WEIGHT = 4
# Of those who were asked and have not answered, about this share still says yes.
UNANSWERED_PERMILLE = 350


def show_permille(*, came: int, missed: int) -> int:
    """Posterior mean of the show-up rate in permille (beta prior with the constants above).

    >>> show_permille(came=0, missed=0), show_permille(came=4, missed=0)
    (850, 925)
    """
    seen = came + missed
    return (PRIOR_SHOW_PERMILLE * PRIOR_WEIGHT + 1000 * came) // (PRIOR_WEIGHT + seen)
