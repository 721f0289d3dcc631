"""One figure of the table."""

from dataclasses import dataclass

# What scikit-learn may lose against the library that the goals were measured with.
SCIKIT_LEARN = 0.01


@dataclass(frozen=True)
class Row:
    """One figure with its goal: from ``low``, up to ``high``, or between both; none is no goal.

    ``limit``: what the same run shows to be possible at best, where it can be told.
    ``allowed``: the share by which the goal may be missed (`SCIKIT_LEARN` for boosted trees).
    """

    name: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    limit: float | None = None
    allowed: float = 0.0

    @property
    def ok(self):
        """Whether the goal is met."""
        above = self.low is None or self.value >= self.low * (1 - self.allowed)
        return above and (self.high is None or self.value <= self.high * (1 + self.allowed))

    @property
    def goal(self):
        """The goal in words."""
        if self.low is None:
            return "-" if self.high is None else f"<={self.high:g}"
        return f">={self.low:g}" if self.high is None else f"{self.low:g}..{self.high:g}"

    def plain(self):
        """The row as JSON holds it."""
        given = self.high if self.low is None else self.low
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "goal": [self.low, self.high] if None not in (self.low, self.high) else given,
            "limit": self.limit,
            "allowed": self.allowed,
            "ok": self.ok,
        }
