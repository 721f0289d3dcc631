"""How large a city is, how long it lasts, and how much goes wrong in it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from whatsapp.city.play.faults import FaultLevel
from whatsapp.city.wishes import ZONE

# A Monday morning; the first people write soon after.
FIRST_MORNING = datetime(2026, 11, 16, 6, 0, tzinfo=ZONE)
# After the last day the city runs on for the morning: who did not come is asked at ten.
_AFTERMATH = timedelta(hours=6, minutes=15)


@dataclass(frozen=True, kw_only=True)
class CityPlan:
    """A city; with ``hours`` it stops after so many, in the middle of everything."""

    buyers: int
    sellers: int
    days: int
    seed: int
    faults: FaultLevel = FaultLevel.NONE
    hours: int = 0

    @property
    def end(self) -> datetime:
        """When the city stops."""
        if self.hours:
            return FIRST_MORNING + timedelta(hours=self.hours)
        return FIRST_MORNING + timedelta(days=self.days) + _AFTERMATH

    def mornings(self) -> tuple[datetime, ...]:
        """The midnight with which each day begins."""
        midnight = FIRST_MORNING.replace(hour=0)
        return tuple(midnight + timedelta(days=day) for day in range(self.days))
