"""A seller: answers to asks, stock in the morning, brakes while a window runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from whatsapp.city.people.deeds import Answer, Brake, Deed, Plan, Press, Say, Seen
from whatsapp.city.people.person import Person
from whatsapp.city.shops import LIRA, DemoShop

_SHARE = re.compile(r"%\s?(\d+)|(\d+)(?:\.\d+)?%")
_PERIOD = re.compile(r"\d\d?[.:]\d\d\s?[–-]\s?\d\d?[.:]\d\d")

_YES = {"tr": ("kabul", "olur", "tamam"), "en": ("ok", "accept", "yes")}
_NO = {"tr": ("hayır", "olmaz", "bu sefer veremem"), "en": ("no", "not this time, no")}
_PERCENT = {"tr": ("%{n} olur", "%{n} verebilirim", "{n} yapalım"), "en": ("{n}%", "I can do {n}%")}
_PRICE = {"tr": "{n} TL olsun", "en": "{n} TL"}
_LEFT = {"tr": ("{n} kaldı", "{n} adet kaldı"), "en": ("{n} left", "only {n} left")}
_MORNING = {"tr": "günaydın", "en": "good morning"}
_STOCK = {
    "tr": "{n} {product} var, {people} kişi gelirse %{share}",
    "en": "{n} {product} in stock, {share}% if {people} people come",
}
_REASON = {"tr": "fırın arızalı", "en": "the oven is broken"}


class Seller(Person):
    """Who answers for a shop."""

    def __init__(
        self, *, shop: DemoShop, language: str, chance: Random, is_quick: bool = False
    ) -> None:
        """``is_quick`` sellers are always there and say yes."""
        super().__init__(address=shop.phone, name=shop.person, language=language, chance=chance)
        self.shop = shop
        self.pause_seconds = 15.0 if is_quick else chance.choice((12.0, 25.0, 40.0, 70.0))
        self.habits = (
            (90, 4, 2, 4)
            if is_quick
            else chance.choice(((70, 14, 6, 10), (50, 30, 8, 12), (58, 12, 12, 18)))
        )
        self.uses_board = chance.random() < 0.25
        self.greets = chance.random() < 0.6
        self.answered: set[str] = set()
        self.share = 10
        self.is_countering = False
        self.has_stopped = False

    def begins(self, day: datetime) -> list[Plan]:
        """Greet or say what is in stock in the morning; now and then stop all messages."""
        plans: list[Plan] = []
        if self.greets:
            at = day + timedelta(hours=6, seconds=self.chance.randrange(3 * 3600))
            words = self._stock() if self.happens(0.5) else Say(_MORNING[self.language])
            plans.append(Plan(at, lambda _: words))
        if self.happens(0.02):
            at = day + timedelta(hours=9, seconds=self.chance.randrange(9 * 3600))
            plans.append(Plan(at, self._stopping))
        return plans

    def _stopping(self, now: datetime) -> Deed:
        self.has_stopped = True
        return self.stop()

    def _starting(self, now: datetime) -> Deed | None:
        if not self.has_stopped:
            return None
        self.has_stopped = False
        return self.start()

    def _stock(self) -> Say:
        product = self.chance.choice(self.shop.products)
        percents = [(tier.min_people, tier.percent_bp) for tier in product.tiers if tier.percent_bp]
        people, share_bp = self.chance.choice(percents or [(product.terms.min_people, 800)])
        name = product.name_tr if self.language == "tr" else product.name_en
        words = _STOCK[self.language].format(
            n=product.stock,
            product=name.lower(),
            people=people,
            share=share_bp // 100,
        )
        return Say(words)

    def sees(self, message: Seen, now: datetime) -> list[Plan]:
        """Answer asks and read-backs, and brake a window that runs."""
        if ask := message.button("ask.accept"):
            return self._asked(message, ask.partition(":")[2], now)
        if message.button("reading.confirm"):
            act = "confirm" if self.happens(0.93) else "change"
            self.is_countering = self.is_countering and act == "change"
            return self.later(now, Press(message.button(f"reading.{act}")))
        if message.button("start.again"):
            at = now + timedelta(minutes=self.chance.uniform(10, 120))
            return [Plan(at, self._starting)]
        if self.is_countering and "?" in message.text:
            self.is_countering = False
            return self.later(now, Say(self._percent(self._less())))
        if _PERIOD.search(message.text) and not message.buttons:
            return self._running(now)
        return []

    def _asked(self, message: Seen, ask: str, now: datetime) -> list[Plan]:
        if ask in self.answered or self.has_stopped:
            return []
        kind = self.chance.choices(("accept", "counter", "refuse", "silent"), weights=self.habits)[
            0
        ]
        if kind == "silent":
            # Silent the first time; the reminder asks once more.
            return []
        self.answered.add(ask)
        if (found := _SHARE.search(message.text)) is not None:
            self.share = int(found.group(1) or found.group(2))
        if self.uses_board and self.happens(0.7):
            return self.later(now, Answer(kind, ask, percent=self._less()))
        return self._in_words(kind, message, now)

    def _in_words(self, kind: str, message: Seen, now: datetime) -> list[Plan]:
        by_button = self.happens(0.75)
        if kind == "counter":
            self.is_countering = True
            deed: Deed = Press(message.button("ask.counter")) if by_button else self._counter()
            return self.later(now, deed)
        if by_button:
            press = Press(message.button(f"ask.{kind}"), twice=self.happens(0.05))
            return self.later(now, press)
        words = _YES if kind == "accept" else _NO
        return self.later(now, Say(self.chance.choice(words[self.language])))

    def _less(self) -> int:
        """A discount below what was asked; now and then more than the shop allows itself."""
        if self.happens(0.06):
            return min(60, self.share + 25)
        return max(1, self.share - self.chance.choice((1, 2, 3, 5)))

    def _percent(self, share: int) -> str:
        return self.chance.choice(_PERCENT[self.language]).format(n=share)

    def _counter(self) -> Say:
        product = self.shop.products[0]
        if self.happens(0.3) and len(self.shop.products) == 1:
            base = product.history[-1][1] // LIRA
            return Say(_PRICE[self.language].format(n=base * (100 - self._less()) // 100))
        return Say(self._percent(self._less()))

    def _running(self, now: datetime) -> list[Plan]:
        """A window is near: now and then something comes up."""
        kind = self.chance.choices(
            ("nothing", "left", "board_left", "pause", "cancel", "cancel_later"),
            weights=(80, 6, 4, 4, 3, 3),
        )[0]
        minutes = self.chance.uniform(1, 12)
        left = self.chance.choice((0, 1, 2, 3, 3, 5))
        deeds: dict[str, Deed] = {
            "left": Say(self.chance.choice(_LEFT[self.language]).format(n=left)),
            "board_left": Brake("stock", left=left),
            "pause": Brake("pause"),
            "cancel": Brake("cancel", reason=_REASON[self.language]),
            "cancel_later": Brake("cancel", reason=_REASON[self.language]),
        }
        if kind not in deeds:
            return []
        plans = [Plan(now + timedelta(minutes=minutes), _always(deeds[kind]))]
        if kind == "pause":
            plans.append(Plan(now + timedelta(minutes=minutes + 4), _always(Brake("resume"))))
        return plans


def _always(deed: Deed) -> Callable[[datetime], Deed]:
    return lambda _: deed
