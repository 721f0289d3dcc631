"""What buyers and sellers have in common."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from whatsapp.city.people.deeds import Deed, Plan, Say, Seen

# How different the pauses of one person are: standard deviation of their logarithm.
_SPREAD = 0.8
_LONGEST_PAUSE_SECONDS = 3 * 3600

_STOP = {"tr": ("DUR", "dur", "STOP", "durdur"), "en": ("STOP", "stop", "Stop.", "unsubscribe")}
_START = {"tr": "BAŞLA", "en": "START"}
_THANKS = {"tr": "teşekkürler", "en": "thanks"}


class Person:
    """Somebody with a phone.

    ``address`` is a phone number, or a user id for somebody who hides the number.
    """

    def __init__(self, *, address: str, name: str, language: str, chance: Random) -> None:
        """``chance`` is the person's own."""
        self.address = address
        self.name = name
        self.language = language
        self.chance = chance
        # Seconds until this person usually answers.
        self.pause_seconds = 20.0

    def begins(self, day: datetime) -> list[Plan]:
        """What the person does on the day that begins at ``day`` by themselves."""
        raise NotImplementedError

    def sees(self, message: Seen, now: datetime) -> list[Plan]:
        """What follows from a message."""
        raise NotImplementedError

    def served(self, code: str, answer: str, now: datetime) -> list[Plan]:
        """What follows from the till's ``answer`` to the pass ``code``."""
        return []

    def happens(self, share: float) -> bool:
        """Whether something that happens so often happens now."""
        return self.chance.random() < share

    def later(self, now: datetime, deed: Deed | None, *, pause_seconds: float = 0) -> list[Plan]:
        """Do ``deed`` after a pause; nothing where there is none."""
        return [] if deed is None else self.at_last(now, lambda _: deed, pause_seconds)

    def at_last(
        self, now: datetime, choose: Callable[[datetime], Deed | None], pause_seconds: float = 0
    ) -> list[Plan]:
        """Choose a deed after a pause."""
        usual = pause_seconds or self.pause_seconds
        seconds = usual * math.exp(self.chance.gauss(0, _SPREAD))
        return [Plan(now + timedelta(seconds=min(seconds, _LONGEST_PAUSE_SECONDS)), choose)]

    def stop(self) -> Say:
        """Say STOP."""
        return Say(self.chance.choice(_STOP[self.language]))

    def start(self) -> Say:
        """Ask for messages again."""
        return Say(_START[self.language])

    def thank(self) -> Say:
        """Say thanks."""
        return Say(_THANKS[self.language])
