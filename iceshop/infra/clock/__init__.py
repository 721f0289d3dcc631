"""The product's clock: the system's, or ahead of it where the simulator has set it forward.

Entry points call ``now()`` once and pass it on; nothing below them reads a clock.
"""

from iceshop.infra.clock.source import now, rate, system_now, use

__all__ = ["now", "rate", "system_now", "use"]
