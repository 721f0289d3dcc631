"""Somebody who is invited, holds a place and goes there, or does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from whatsapp.city.people.deeds import Plan, Press, Read, Say, Seen, Show
from whatsapp.city.people.errand import Errand, errand_of
from whatsapp.city.people.person import Person
from whatsapp.city.people.words import WORDS
from whatsapp.city.shops import DemoShop

Handler = Callable[[Seen, datetime], list[Plan]]
# A late answer comes after so many seconds or more.
_LATE_SECONDS = 1500


class Visitor(Person):
    """A person with shops in mind; ``shops`` are those near enough to think of."""

    def __init__(
        self,
        *,
        address: str,
        name: str,
        language: str,
        chance: Random,
        shops: tuple[DemoShop, ...],
    ) -> None:
        super().__init__(address=address, name=name, language=language, chance=chance)
        self.shops = shops
        self.pause_seconds = chance.choice((6.0, 12.0, 20.0, 40.0, 90.0, 240.0))
        self.show_share = chance.choice((0.95, 0.9, 0.85, 0.8, 0.6))
        self.has_stopped = False
        self.errands: dict[str, Errand] = {}

    def place_handlers(self) -> tuple[tuple[str, Handler], ...]:
        """What answers a message with a button of that name."""
        return (
            ("invite.accept", self._invited),
            ("seat.on_way", self._coming),
            ("seat.keep", self._keep),
            ("seat.confirm", self._freed),
            ("after.right", self._after),
            ("absence.late", self._absent),
        )

    def says_about(self, topic: str, n: int = 0) -> Say:
        """One way to put ``topic``; ``n`` is the number in it."""
        return Say(self.chance.choice(WORDS[self.language][topic]).format(n=n))

    def _invited(self, message: Seen, now: datetime) -> list[Plan]:
        kind = self.chance.choices(
            ("accept", "decline", "other", "say", "silent", "late", "page"),
            weights=(70, 7, 4, 5, 6, 4, 4),
        )[0]
        if kind == "silent" or self.has_stopped:
            return []
        if kind == "say":
            return self.later(now, Say("evet" if self.language == "tr" else "yes"))
        if kind == "late":
            press = Press(message.button("invite.accept"))
            return self.later(now, press, pause_seconds=_LATE_SECONDS)
        if kind == "page" and message.links:
            return [
                *self.later(now, Read(message.links[0])),
                *self.later(now, Press(message.button("invite.accept"))),
            ]
        act = "accept" if kind == "page" else kind
        press = Press(message.button(f"invite.{act}"), twice=self.happens(0.06))
        return self.later(now, press)

    def _coming(self, message: Seen, now: datetime) -> list[Plan]:
        if self.happens(0.35):
            return self.later(now, Press(message.button("seat.on_way")), pause_seconds=15)
        return []

    def _freed(self, message: Seen, now: datetime) -> list[Plan]:
        kind = self.chance.choices(("confirm", "release", "silent"), weights=(70, 10, 20))[0]
        if kind == "silent":
            return []
        return self.later(now, Press(message.button(f"seat.{kind}")), pause_seconds=30)

    def _keep(self, message: Seen, now: datetime) -> list[Plan]:
        act = "seat.keep" if self.happens(0.6) else "seat.release"
        return self.later(now, Press(message.button(act)))

    def _after(self, message: Seen, now: datetime) -> list[Plan]:
        if self.happens(0.4):
            act = "after.right" if self.happens(0.97) else "after.different"
            return self.later(now, Press(message.button(act)))
        return self.later(now, self.thank()) if self.happens(0.1) else []

    def _absent(self, message: Seen, now: datetime) -> list[Plan]:
        if not self.happens(0.5):
            return []
        act = self.chance.choice(("late", "store", "forgot", "forgot"))
        return self.later(now, Press(message.button(f"absence.{act}")), pause_seconds=600)

    def holds_place(self, message: Seen, now: datetime) -> list[Plan]:
        """Go to the shop of a place that is new, or do something else about it."""
        errand = errand_of(message, (shop.plan.name for shop in self.shops), now)
        if errand is None or errand.code in self.errands:
            return []
        self.errands[errand.code] = errand
        plans = self._way(errand, now)
        if message.links and self.happens(0.2):
            plans += self.later(now, Read(message.links[0]))
        return plans

    def _way(self, errand: Errand, now: datetime) -> list[Plan]:
        kind = self.chance.choices(
            ("comes", "early", "late", "cancels", "party"), weights=(80, 6, 5, 6, 3)
        )[0]
        if kind == "cancels":
            return [
                Plan(errand.somewhen(now, self.chance), lambda _: self.says_about("not_coming"))
            ]
        if not self.happens(self.show_share):
            return []
        show = Show(errand.code, errand.store, twice=self.happens(0.03))
        if kind in ("late", "early"):
            at = errand.missed(now, self.chance, is_early=kind == "early")
            return [Plan(at, lambda _: show)]
        plans: list[Plan] = []
        if kind == "party":
            more = self.says_about("party", self.chance.choice((1, 2, 3, 4)))
            plans.append(Plan(now + timedelta(seconds=40), lambda _: more))
        if self.happens(0.15):
            at = errand.before(now, self.chance)
            plans.append(Plan(at, lambda _: self.says_about("coming")))
        return [*plans, Plan(errand.inside(now, self.chance), lambda _: show)]

    def served(self, code: str, answer: str, now: datetime) -> list[Plan]:
        """Who came too early waits and tries again; others leave."""
        if answer != "pass.too_early":
            return []
        errand = self.errands[code]
        again = Show(code, errand.store)
        return [Plan(errand.inside(now, self.chance), lambda _: again)]
