"""A buyer: wishes over the day, answers, changes of mind, ways to the shop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from whatsapp.city.people.deeds import Plan, Press, Say, Seen, Share, Speak
from whatsapp.city.people.visitor import Handler, Visitor
from whatsapp.city.shops import DemoShop
from whatsapp.city.wishes import Wish, other_time, wish_for, writing_hour

_QUESTIONS_TAKEN = 4
# Nothing but the head of a file: no words are in it.
_SILENCE = b"OggS" + bytes(24)


class Buyer(Visitor):
    """One buyer."""

    def __init__(
        self,
        *,
        address: str,
        name: str,
        language: str,
        chance: Random,
        shops: tuple[DemoShop, ...],
    ) -> None:
        super().__init__(address=address, name=name, language=language, chance=chance, shops=shops)
        self.is_fickle = chance.random() < 0.25
        self.wish: Wish | None = None
        self.questions = 0
        self.is_correcting = False
        self.answered_consent = False
        self.is_told = False
        # The first button that is there decides; a message has the buttons of one question.
        self.handlers: tuple[tuple[str, Handler], ...] = (
            *self.place_handlers(),
            ("consent.accept", self._consent),
            ("reading.confirm", self._read_back),
            ("time.any", self._time),
            ("budget.any", self._budget),
            ("product.anyway", self._unknown_product),
            ("intent.retime", self._nothing_found),
            ("intent.pause", self._waits),
            ("start.again", self._stopped),
            ("stop.all", self._stop_all),
        )

    # What the buyer does alone

    def begins(self, day: datetime) -> list[Plan]:
        """Have wishes over the day; now and then stop all messages."""
        plans: list[Plan] = []
        for _ in range(self.chance.choices((0, 1, 2, 3), weights=(8, 62, 24, 6))[0]):
            shop = self.chance.choice(self.shops)
            hour = writing_hour(shop, self.chance)
            at = day + timedelta(hours=hour, seconds=self.chance.randrange(3600))
            plans.append(Plan(at, self._wishing(shop)))
        if self.happens(0.03):
            at = day + timedelta(hours=10, seconds=self.chance.randrange(10 * 3600))
            plans.append(Plan(at, self._stopping))
        return plans

    def _wishing(self, shop: DemoShop) -> Callable[[datetime], Say | Speak | None]:
        def choose(now: datetime) -> Say | Speak | None:
            if self.has_stopped and not self.happens(0.2):
                return None
            self.wish = wish_for(shop, at=now, chance=self.chance)
            self.questions, self.is_correcting = 0, False
            kind = self.chance.choices(("whole", "part", "hello", "voice"), weights=(64, 28, 6, 2))[
                0
            ]
            self.is_told = kind in ("whole", "part")
            if kind == "whole":
                return Say(self.wish.sentence(self.language, self.chance))
            if kind == "part":
                return Say(self.wish.part(self.language, self.chance))
            return Speak(_SILENCE) if kind == "voice" else self.says_about("hello")

        return choose

    def _stopping(self, now: datetime) -> Say | None:
        if self.has_stopped:
            return None
        self.has_stopped = True
        return self.stop()

    def _starting(self, now: datetime) -> Say | None:
        if not self.has_stopped:
            return None
        self.has_stopped = False
        return self.start()

    # What follows from a message

    def sees(self, message: Seen, now: datetime) -> list[Plan]:
        """Answer what is asked, as somebody does who has only the phone to go by."""
        plans = self.holds_place(message, now)
        for name, handler in self.handlers:
            if message.button(name):
                return plans + handler(message, now)
        if message.kind == "location_request":
            return plans + self._asked_where(now)
        if not plans and not message.buttons:
            plans += self._asked_in_words(message, now)
        return plans

    def _asked_where(self, now: datetime) -> list[Plan]:
        if self.wish is None or not self._has_patience():
            return []
        if self.happens(0.4):
            return self.later(now, Share(self.wish.point))
        return self.later(now, Say(self.wish.place))

    def _asked_in_words(self, message: Seen, now: datetime) -> list[Plan]:
        if self.wish is None or "?" not in message.text:
            return []
        if not self._has_patience():
            return []
        if self.is_correcting:
            self.is_correcting = False
            return self.later(now, self._correction(now))
        return self._tell(now)

    def _tell(self, now: datetime) -> list[Plan]:
        if self.wish is None:
            return []
        self.is_told = True
        return self.later(now, Say(self.wish.sentence(self.language, self.chance)))

    def _has_patience(self) -> bool:
        self.questions += 1
        return self.questions <= _QUESTIONS_TAKEN and not self.has_stopped

    def _correction(self, now: datetime) -> Say:
        wish = self.wish
        kind = self.chance.choice(("party", "price", "time", "place"))
        if kind == "party" or wish is None:
            return self.says_about("party", self.chance.choice((2, 2, 3)))
        if kind == "price":
            return self.says_about("price", (wish.budget_lira or 100) + 20)
        if kind == "time":
            self.wish = wish = other_time(wish, at=now, chance=self.chance)
            return Say(wish.when.words(self.language))
        return Say(wish.place)

    def _consent(self, message: Seen, now: datetime) -> list[Plan]:
        # Who only said hello is asked nothing else here, and goes on.
        plans = [] if self.is_told else self._tell(now)
        if not self.answered_consent and self.happens(0.8):
            self.answered_consent = True
            act = "consent.accept" if self.happens(0.5) else "consent.decline"
            plans += self.later(now, Press(message.button(act)))
        return plans

    def _read_back(self, message: Seen, now: datetime) -> list[Plan]:
        kind = self.chance.choices(
            ("confirm", "change", "cancel", "silent"),
            weights=(80, 10, 2, 4) if self.is_fickle else (94, 2, 1, 3),
        )[0]
        if kind == "silent" or self.has_stopped:
            return []
        if kind == "confirm":
            return self.later(
                now, Press(message.button("reading.confirm"), twice=self.happens(0.05))
            )
        self.is_correcting = kind == "change"
        return self.later(now, Press(message.button(f"reading.{kind}")))

    def _time(self, message: Seen, now: datetime) -> list[Plan]:
        if self.wish is None or not self._has_patience():
            return []
        pressed = message.button("time.range") or message.button("time.any")
        if self.happens(0.5):
            return self.later(now, Press(pressed))
        return self.later(now, Say(self.wish.when.words(self.language)))

    def _budget(self, message: Seen, now: datetime) -> list[Plan]:
        if self.wish is None or self.wish.budget_lira is None or not self._has_patience():
            return self.later(now, Press(message.button("budget.any")))
        return self.later(now, self.says_about("price", self.wish.budget_lira))

    def _unknown_product(self, message: Seen, now: datetime) -> list[Plan]:
        return self.later(now, Press(message.button("product.anyway")))

    def _waits(self, message: Seen, now: datetime) -> list[Plan]:
        """Wait with patience, or not."""
        if not self.is_fickle or self.has_stopped:
            return []
        kind = self.chance.choices(
            ("wait", "cancel", "status", "party", "pause", "widen", "odd", "new", "inside"),
            weights=(40, 12, 12, 8, 6, 8, 6, 5, 3),
        )[0]
        minutes = self.chance.uniform(1, 25)
        at = now + timedelta(minutes=minutes)
        if kind == "wait":
            return []
        if kind in ("pause", "widen"):
            # A press that comes when the wish is long over is answered kindly as well.
            button = Press(message.button(f"intent.{kind}"))
            resume = self._resume(message) if kind == "pause" else None
            again = [] if resume is None else [Plan(at + timedelta(minutes=10), lambda _: resume)]
            return [Plan(at, lambda _: button), *again]
        if kind == "new":
            shop = self.chance.choice(self.shops)
            return [Plan(at, self._wishing(shop))]
        topic = "stop_inside" if kind == "inside" else kind
        words = self.says_about(topic, 2)
        return [Plan(at, lambda _: None if self.has_stopped else words)]

    def _resume(self, message: Seen) -> Say:
        return Say("devam" if self.language == "tr" else "resume")

    def _nothing_found(self, message: Seen, now: datetime) -> list[Plan]:
        kind = self.chance.choices(
            ("widen", "retime", "cancel", "silent"), weights=(25, 15, 15, 45)
        )[0]
        if kind == "silent" or self.has_stopped:
            return []
        self.questions = 0
        return self.later(now, Press(message.button(f"intent.{kind}")))

    def _stopped(self, message: Seen, now: datetime) -> list[Plan]:
        """Some miss it after a while."""
        if not self.happens(0.35):
            return []
        at = now + timedelta(minutes=self.chance.uniform(20, 300))
        return [Plan(at, self._starting)]

    def _stop_all(self, message: Seen, now: datetime) -> list[Plan]:
        return self.later(now, Press(message.button("stop.keep")))
