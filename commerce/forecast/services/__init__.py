"""Counting wishes and fitting the forecast."""

from commerce.forecast.services.fitting import fit_due
from commerce.forecast.services.recording import forget_old, record_demand, record_unserved

__all__ = ["fit_due", "forget_old", "record_demand", "record_unserved"]
