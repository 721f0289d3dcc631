"""Small arithmetic of the board. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from iceshop.kernel.ids import normal_code

# Fewer than these many stacks stand beside each other on a phone.
_MOST_SLOTS = 12
_SLOT_STEPS = (5, 10, 15, 20, 30)
_LEAST_SLIDER = 20
_MOST_SLIDER = 95
_SLIDER_STEP = 5
_PPM = 10_000


def slot_minutes(window_minutes: int) -> int:
    """Return the length of an arrival slot: five minutes, longer where too many would be shown.

    >>> slot_minutes(20), slot_minutes(60), slot_minutes(90), slot_minutes(600)
    (5, 5, 10, 30)
    """
    fits = (step for step in _SLOT_STEPS if window_minutes <= step * _MOST_SLOTS)
    return next(fits, _SLOT_STEPS[-1])


def rounded_people(mean_milli: int) -> int:
    """Return the expected number as a whole one, halves up.

    >>> rounded_people(13_500), rounded_people(13_499)
    (14, 13)
    """
    return (mean_milli + 500) // 1000


def left_units(*, seats_max: int, came: int, stated: int | None, came_since: int) -> int:
    """Return how many pieces are left for a window.

    That is what the window has for everybody less who came, or less what the seller ``stated`` to
    be left with the people who ``came_since``.

    >>> left_units(seats_max=18, came=5, stated=None, came_since=0)
    13
    >>> left_units(seats_max=18, came=6, stated=3, came_since=1)
    2
    """
    left = seats_max - came
    return max(0, left if stated is None else min(left, stated - came_since))


def percent_of(*, base_minor: int, price_minor: int) -> int:
    """Return the discount in whole percent, halves up.

    >>> percent_of(base_minor=14_500, price_minor=11_800)
    19
    """
    return ((base_minor - price_minor) * 200 + base_minor) // (2 * base_minor)


def price_at(*, base_minor: int, percent: int) -> int:
    """Return the unit price after a discount in whole percent, cut to whole minor units.

    >>> price_at(base_minor=14_500, percent=12)
    12760
    """
    return base_minor * (100 - percent) // 100


@dataclass(frozen=True, slots=True)
class Slider:
    """A slider of whole percents from 0 to ``most``; ``limit`` is the last one that is allowed."""

    percent: int
    most: int
    limit: int | None

    @property
    def percent_ppm(self) -> int:
        """The chosen discount in parts per million."""
        return self.percent * _PPM

    @property
    def limit_ppm(self) -> int | None:
        """The last allowed discount in parts per million."""
        return None if self.limit is None else self.limit * _PPM

    @property
    def most_ppm(self) -> int:
        """The end of the slider in parts per million."""
        return self.most * _PPM

    @property
    def lower(self) -> int | None:
        """A somewhat smaller discount."""
        return self.percent - 3 if self.percent > 3 else None

    @property
    def higher(self) -> int | None:
        """A somewhat larger discount, within the limit."""
        higher = self.percent + 3
        most = self.most if self.limit is None else self.limit
        return higher if higher <= most else None


def slider(*, base_minor: int, price_minor: int, floor_minor: int | None) -> Slider:
    """Lay out the slider for ``price_minor`` with room above it and above the lowest price.

    >>> slider(base_minor=8000, price_minor=7200, floor_minor=6800)
    Slider(percent=10, most=20, limit=15)
    """
    percent = percent_of(base_minor=base_minor, price_minor=price_minor)
    limit = None
    if floor_minor is not None:
        limit = max(0, (base_minor - floor_minor) * 100 // base_minor)
    room = max(percent, limit or 0) + _SLIDER_STEP
    most = -(-room // _SLIDER_STEP) * _SLIDER_STEP
    return Slider(percent, min(_MOST_SLIDER, max(_LEAST_SLIDER, most)), limit)


def scan_key(nonce: str, code: str) -> str:
    """The key of one scan: the form's nonce and the code.

    A form that is sent twice has one effect, but a second pass that the camera reads before the
    page has its next form must never get the first one's answer.
    """
    return f"{nonce[:40]}.{sha256(normal_code(code).encode()).hexdigest()[:12]}"
