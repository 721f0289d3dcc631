"""Reading what is learned: chances, ranges, versions, and how well they held."""

from windows.learning.queries.chances import (
    estimates,
    expected_people,
    expected_people_of,
    room_for_unanswered,
    show_permille,
)
from windows.learning.queries.held import Standing, calibration, standing
from windows.learning.queries.sets import in_force

__all__ = [
    "Standing",
    "calibration",
    "estimates",
    "expected_people",
    "expected_people_of",
    "in_force",
    "room_for_unanswered",
    "show_permille",
    "standing",
]
