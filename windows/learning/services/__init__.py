"""Writes of learning: what is said of seats, what outcomes teach, which version holds."""

from windows.learning.services.drifting import check_drift
from windows.learning.services.estimating import estimate_due
from windows.learning.services.offsets import learn, learn_due
from windows.learning.services.pricing import refit_prices
from windows.learning.services.refitting import refit

__all__ = ["check_drift", "estimate_due", "learn", "learn_due", "refit", "refit_prices"]
