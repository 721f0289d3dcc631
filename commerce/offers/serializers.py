"""Shapes of ``POST /api/v1/seller/trigger``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from commerce.offers.programs import Good, StatedSeller, Statement
from commerce.pricing.domain import MOST_PEOPLE, TermsPlan, Tier
from iceshop.infra.http.serializers import StrictSerializer
from iceshop.kernel.geo import Point

_PERCENT = re.compile(r"(?:%\s*(\d{1,2})|(\d{1,2})\s*%)")
_MOST_STOCK = 100_000
_AMOUNT = {"type": "number", "minimum": 0.01, "maximum": 9_999_999.99}
_CAMPAIGN = {
    "description": "A text with a percentage, or one kind of benefit from `min_people` on.",
    "oneOf": [
        {"type": "string", "maxLength": 80, "example": "10% discount"},
        {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                "min_people": {"type": "integer", "minimum": 1, "maximum": MOST_PEOPLE},
                "discount_percent": {"type": "number", "minimum": 0.01, "maximum": 99.99},
                "amount_off": _AMOUNT,
                "price": _AMOUNT,
                "benefit": {"type": "string", "minLength": 1, "maxLength": 80},
            },
        },
    ],
}


def minor(amount: Decimal) -> int:
    """Minor units of an amount with at most two decimals."""
    return int(amount * 100)


def money_field(**more: Any) -> serializers.DecimalField:
    """An amount in lira with two decimals."""
    return serializers.DecimalField(
        max_digits=9, decimal_places=2, min_value=Decimal("0.01"), **more
    )


class _PerProduct(serializers.Field[Any, Any, Any, Any]):
    """One value for all products, or an object with a value for some of them."""

    def __init__(self, child: serializers.Field[Any, Any, Any, Any], **more: Any) -> None:
        super().__init__(**more)
        self.child = child

    def to_internal_value(self, data: Any) -> Any:
        """The value, or the values by product."""
        if not isinstance(data, Mapping):
            return self.child.run_validation(data)
        return {str(name): self.child.run_validation(value) for name, value in data.items()}


def _per_product(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"oneOf": [value, {"type": "object", "additionalProperties": value}]}


@extend_schema_field(_per_product({"type": "integer", "minimum": 0, "maximum": _MOST_STOCK}))
class StockField(_PerProduct):
    """Units that may be promised."""


@extend_schema_field(_per_product(_AMOUNT))
class PriceField(_PerProduct):
    """List price in lira."""


@extend_schema_field(_CAMPAIGN)
class CampaignField(serializers.Field[Any, Any, Any, Any]):
    """An active campaign, read into a step of the ladder."""

    def to_internal_value(self, data: Any) -> Tier:
        """The step that the campaign means."""
        if isinstance(data, str):
            return _said(data)
        if not isinstance(data, Mapping):
            raise ValidationError(gettext("A text or an object is expected."), code="invalid")
        shape = CampaignSerializer(data=data)
        shape.is_valid(raise_exception=True)
        return shape.tier()


class CampaignSerializer(StrictSerializer):
    """A benefit of exactly one kind."""

    min_people = serializers.IntegerField(
        min_value=1, max_value=MOST_PEOPLE, default=TermsPlan().min_people
    )
    discount_percent = serializers.DecimalField(
        max_digits=4,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=Decimal("99.99"),
        required=False,
    )
    amount_off = money_field(required=False)
    price = money_field(required=False)
    benefit = serializers.CharField(max_length=80, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one kind of benefit."""
        if len(attrs) - ("min_people" in attrs) != 1:
            raise ValidationError(
                gettext(
                    "Exactly one of discount_percent, amount_off, price and benefit is expected."
                ),
                code="one_benefit",
            )
        return attrs

    def tier(self) -> Tier:
        """The step of the ladder."""
        given = self.validated_data
        people = given["min_people"]
        if "discount_percent" in given:
            return Tier.percent(people, minor(given["discount_percent"]))
        if "amount_off" in given:
            return Tier.amount(people, minor(given["amount_off"]))
        if "price" in given:
            return Tier.fixed(people, minor(given["price"]))
        return _in_words(people, given["benefit"])


def _said(text: str) -> Tier:
    """A campaign in one sentence: its percentage, else its words."""
    words = text.strip()
    if not 1 <= len(words) <= 80:
        raise ValidationError(gettext("1 to 80 signs are expected."), code="invalid")
    found = _PERCENT.search(words)
    percent = int(found[1] or found[2]) if found else 0
    people = TermsPlan().min_people
    return Tier.percent(people, percent * 100) if percent else _in_words(people, words)


def _in_words(people: int, words: str) -> Tier:
    return Tier.words(people, words, words, cost_minor=0)


class SellerTriggerSerializer(StrictSerializer):
    """What a seller's program states."""

    seller_id = serializers.CharField(max_length=80)
    products = serializers.ListField(
        child=serializers.CharField(max_length=80), min_length=1, max_length=50
    )
    location = serializers.CharField(max_length=120)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False)
    stock = StockField(
        child=serializers.IntegerField(min_value=0, max_value=_MOST_STOCK), required=False
    )
    price = PriceField(child=money_field(), required=False)
    campaign = CampaignField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Coordinates come in pairs; values name products of the list."""
        if ("latitude" in attrs) != ("longitude" in attrs):
            raise ValidationError(
                gettext("Latitude and longitude come together."), code="coordinates"
            )
        for name in ("stock", "price"):
            values = attrs.get(name)
            if isinstance(values, dict) and not set(values) <= set(attrs["products"]):
                unlisted = gettext("A product is not in the list.")
                raise ValidationError({name: unlisted}, code="product")
        return attrs

    def statement(self) -> Statement:
        """What the program states; each product once."""
        given = self.validated_data
        tier = given.get("campaign")
        return Statement(
            seller_id=given["seller_id"],
            location=given["location"],
            point=Point(given["latitude"], given["longitude"]) if "latitude" in given else None,
            goods=tuple(_good(given, text) for text in dict.fromkeys(given["products"])),
            ladder=(tier,) if tier else (),
        )


def _good(given: dict[str, Any], text: str) -> Good:
    amount = _value(given.get("price"), text)
    return Good(
        text=text,
        stock=_value(given.get("stock"), text),
        price_minor=None if amount is None else minor(amount),
    )


def _value(values: Any, product: str) -> Any:
    return values.get(product) if isinstance(values, dict) else values


class StatedProductSerializer(serializers.Serializer[Any]):
    """One product afterwards."""

    product_id = serializers.CharField()
    stock = serializers.IntegerField()
    price = serializers.FloatField(allow_null=True, help_text="List price in lira.")
    needs = serializers.ListField(
        child=serializers.CharField(), help_text="What is missing before it takes part: `price`."
    )


class SellerStatedSerializer(serializers.Serializer[Any]):
    """What stands after a statement."""

    seller_id = serializers.CharField()
    store_id = serializers.UUIDField()
    location = serializers.CharField()
    place = serializers.CharField(help_text="Where the store lies, by its known name.")
    products = StatedProductSerializer(many=True)


def stated(seller: StatedSeller, location: str) -> dict[str, Any]:
    """The answer to a statement."""
    return {
        "seller_id": seller.organisation.published_id,
        "store_id": str(seller.store.id),
        "location": location,
        "place": seller.store.neighbourhood,
        "products": [
            {
                "product_id": good.product_id,
                "stock": good.stock,
                "price": good.price.minor / 100 if good.price else None,
                "needs": list(good.needs),
            }
            for good in seller.goods
        ],
    }
