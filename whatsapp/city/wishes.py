"""What buyers wish for and how they say it, in both languages. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from iceshop.kernel.text import locative
from whatsapp.city.sellers import areas
from whatsapp.city.shops import LIRA, DemoProduct, DemoShop
from whatsapp.nlu.lexicon import bundled

ZONE = ZoneInfo("Europe/Istanbul")

# Hours at which people write, by what the shop sells; the last entry is for everything else.
_HOURS = {
    "coffee": (8, 9, 9, 10, 13, 14, 15, 16),
    "bakery": (7, 8, 8, 9, 10, 15, 16),
    "pizza": (11, 12, 12, 17, 18, 19, 20),
    "generic": (11, 12, 13, 15, 16, 17, 18, 19),
}

_WHOLE = {
    "tr": (
        "{when} {at} {product}{limit}",
        "{at} {product} istiyorum, {when}{limit}",
        "{place} civarında {product} lazım, {when}{limit}",
        "{when} {place} tarafında {product} almak istiyorum{limit}",
        "merhaba, {at} {product} arıyorum {when}{limit}",
    ),
    "en": (
        "{product} in {place} {when}{limit}",
        "I would like {product} near {place} {when}{limit}",
        "looking for {product} in {place}, {when}{limit}",
        "hi, {product} around {place} {when} please{limit}",
    ),
}
_LIMIT = {
    "tr": (", en fazla {amount} TL", ", {amount} lirayı geçmesin", ", max {amount} tl"),
    "en": (", at most {amount} TL", ", under {amount} lira", ", budget {amount} TL"),
}
_LIMIT_EACH = {"tr": ", kişi başı en fazla {amount} TL", "en": ", at most {amount} TL per person"}
_PARTY = {"tr": " {party} kişiyiz", "en": " for {party} people"}


@dataclass(frozen=True, slots=True)
class When:
    """A stretch of time in words."""

    tr: str
    en: str

    def words(self, language: str) -> str:
        """The words in ``language``."""
        return self.tr if language == "tr" else self.en


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants; ``budget_lira`` is for one piece, ``None`` for no limit."""

    product_tr: str
    product_en: str
    place: str
    point: Point
    when: When
    budget_lira: int | None
    party: int

    def product(self, language: str) -> str:
        """The product's name in ``language``."""
        return self.product_tr if language == "tr" else self.product_en

    def limit(self, language: str, chance: Random) -> str:
        """The limit of the price, with a comma before it, or nothing."""
        if self.budget_lira is None:
            return ""
        if self.party > 1:
            return _LIMIT_EACH[language].format(amount=self.budget_lira)
        return chance.choice(_LIMIT[language]).format(amount=self.budget_lira)

    def sentence(self, language: str, chance: Random) -> str:
        """Everything in one sentence."""
        party = _PARTY[language].format(party=self.party) if self.party > 1 else ""
        return chance.choice(_WHOLE[language]).format(
            when=self.when.words(language),
            place=self.place,
            at=locative(self.place),
            product=self.product(language),
            limit=party + self.limit(language, chance),
        )

    def part(self, language: str, chance: Random) -> str:
        """A first sentence that leaves something out."""
        product, when = self.product(language), self.when.words(language)
        if language == "tr":
            parts = (
                f"{product} istiyorum",
                f"{product} lazım {when}",
                f"{locative(self.place)} {product}",
                f"{when} {product} var mı{self.limit('tr', chance)}",
            )
        else:
            parts = (
                f"I want {product}",
                f"{product} {when}",
                f"{product} in {self.place}",
                f"any {product} {when}?",
            )
        return chance.choice(parts)


def wish_for(shop: DemoShop, *, at: datetime, chance: Random) -> Wish:
    """A wish, written at ``at``, that ``shop`` may be able to fulfil."""
    product = chance.choice(shop.products)
    entry = bundled().product(product.kind.replace("-", " "))
    name_tr = product.name_tr.lower() if entry is None else entry.name_tr
    name_en = product.name_en.lower() if entry is None else entry.name_en
    place, point = _place(shop, chance)
    return Wish(
        product_tr=name_tr,
        product_en=name_en,
        place=place,
        point=point,
        when=when_at(at, chance),
        budget_lira=_budget(product, chance),
        party=chance.choices((1, 2, 3, 4, 5), weights=(62, 24, 7, 5, 2))[0],
    )


def writing_hour(shop: DemoShop, chance: Random) -> int:
    """The local hour at which somebody writes for what ``shop`` sells."""
    return chance.choice(_HOURS.get(shop.plan.tile.value, _HOURS["generic"]))


def when_at(at: datetime, chance: Random) -> When:
    """A stretch of time that somebody names who writes at ``at``."""
    local = at.astimezone(ZONE)
    kind = chance.choices(
        ("hour", "hours", "now", "between", "later"), weights=(34, 22, 8, 26, 10)
    )[0]
    if kind == "hour" or local.hour >= 21:
        return When("bir saat içinde", "within an hour")
    if kind == "hours":
        return When("iki saat içinde", "within two hours")
    if kind == "now":
        return When("şimdi", "now")
    if kind == "between":
        first = min(22, local.hour + chance.choice((1, 1, 2, 3)))
        last = min(23, first + chance.choice((1, 2, 3)))
        return When(f"{first}.00 ile {last}.00 arası", f"between {first}:00 and {last}:00")
    if local.hour < 12:
        return When("bugün öğleden sonra", "this afternoon")
    if local.hour < 17:
        return When("bu akşam", "this evening")
    return When("yarın öğlen", "tomorrow at noon")


def other_time(wish: Wish, *, at: datetime, chance: Random) -> Wish:
    """The same wish at another time."""
    return replace(wish, when=when_at(at + timedelta(minutes=30), chance))


def _place(shop: DemoShop, chance: Random) -> tuple[str, Point]:
    """How a buyer calls where the shop lies: its neighbourhood, one near it, the district."""
    named = bundled().place(shop.plan.neighbourhood)
    if named is None or chance.random() < 0.2:
        near = min(areas(), key=lambda area: _apart(area.point, shop.plan.point))
        named = near if named is None else named
    if named.parent and named.parent != "İstanbul" and chance.random() < 0.15:
        district = bundled().place(named.parent)
        if district is not None:
            return district.name, named.point
    return named.name, named.point


def _apart(a: Point, b: Point) -> float:
    return (a.latitude - b.latitude) ** 2 + (a.longitude - b.longitude) ** 2


def _budget(product: DemoProduct, chance: Random) -> int | None:
    """Most people could pay the usual price, some only a good one, some nothing near it."""
    if chance.random() < 0.2:
        return None
    price = product.history[-1][1] // LIRA
    share = chance.choice((0.8, 0.9, 0.95, 1, 1, 1.1, 1.2, 1.3))
    return max(5, round(price * share / 5) * 5)
