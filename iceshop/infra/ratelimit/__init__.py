"""A token bucket per key in Redis: short bursts are fine, a flood is told to wait."""
