"""Shapes of windows in the published API."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from rest_framework import serializers

from accounts.orgs.queries import organisation_by_published_id
from iceshop.infra.http.serializers import StrictSerializer
from iceshop.kernel.errors import Invalid
from windows.flash.domain import WindowState
from windows.flash.listing import Mark
from windows.flash.services import CheckInResult
from windows.partners.queries import PartnerWindow
from windows.partners.services import WindowOrder
from windows.tills.queries import till_names
from windows.tills.sentences import sentence

MOST_BUYERS = 200
USUAL_PAGE = 20
LARGEST_PAGE = 100


class _BuyerSerializer(StrictSerializer):
    buyer_id = serializers.CharField(max_length=200)


class _SellerSerializer(StrictSerializer):
    seller_id = serializers.CharField(max_length=80)
    product_id = serializers.CharField(max_length=120)


class WindowOrderSerializer(StrictSerializer):
    """A window that a program asks for."""

    buyers = serializers.ListField(child=_BuyerSerializer(), min_length=1, max_length=MOST_BUYERS)
    seller = _SellerSerializer()

    def order(self) -> WindowOrder:
        """For whom, whose, which product."""
        given = self.validated_data
        return WindowOrder(
            buyer_ids=tuple(buyer["buyer_id"] for buyer in given["buyers"]),
            seller_id=given["seller"]["seller_id"],
            product_id=given["seller"]["product_id"],
        )


class WindowQuerySerializer(StrictSerializer):
    """Filters of the list."""

    status = serializers.ChoiceField(choices=[state.value for state in WindowState], required=False)
    seller_id = serializers.CharField(max_length=80, required=False)
    starts_from = serializers.DateTimeField(required=False, help_text="First start, with offset.")
    starts_before = serializers.DateTimeField(required=False, help_text="Exclusive.")
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST_PAGE, default=USUAL_PAGE)
    cursor = serializers.CharField(max_length=200, required=False, help_text="From `next`.")

    def seller(self) -> UUID | None:
        """The seller asked for. Raises: Invalid("seller.unknown")."""
        name = self.validated_data.get("seller_id")
        if name is None:
            return None
        found = organisation_by_published_id(name)
        if found is None:
            raise Invalid("seller.unknown", seller=name)
        return found.id

    def mark(self) -> Mark | None:
        """Where the page begins. Raises: Invalid("page.cursor")."""
        cursor = self.validated_data.get("cursor")
        return None if cursor is None else mark_of(cursor)


class CheckInSerializer(StrictSerializer):
    """One scan at the till."""

    code = serializers.CharField(
        max_length=80, help_text="Short code, four words, or what the QR code holds."
    )
    nonce = serializers.CharField(max_length=60, help_text="The same for every try of one scan.")
    device = serializers.CharField(max_length=60)


class SeatsSerializer(serializers.Serializer[Any]):
    """People with companions."""

    max = serializers.IntegerField()
    confirmed = serializers.IntegerField()
    checked_in = serializers.IntegerField()


class RangeSerializer(serializers.Serializer[Any]):
    """How many will come, with the probability of `share`."""

    low = serializers.IntegerField()
    high = serializers.IntegerField()
    mean = serializers.FloatField()
    share = serializers.FloatField()


class WindowSerializer(serializers.Serializer[Any]):
    """A flash window."""

    id = serializers.UUIDField()
    seller_id = serializers.CharField()
    store_id = serializers.UUIDField()
    product_id = serializers.CharField()
    status = serializers.ChoiceField(choices=[state.value for state in WindowState])
    start_time = serializers.DateTimeField()
    end_time = serializers.DateTimeField()
    timezone = serializers.CharField()
    price = serializers.FloatField(help_text="For one piece, in lira.")
    regular_price = serializers.FloatField()
    currency = serializers.CharField()
    benefit = serializers.CharField(help_text="In the language of Accept-Language, else English.")
    expected_buyers = serializers.IntegerField(help_text="People whom the window was opened for.")
    expected_range = RangeSerializer()
    max_buyers = serializers.IntegerField()
    seats = SeatsSerializer()


class WindowListSerializer(serializers.Serializer[Any]):
    """One page."""

    results = WindowSerializer(many=True)
    next = serializers.CharField(allow_null=True, help_text="`cursor` of the next page.")


class CheckedInSerializer(serializers.Serializer[Any]):
    """The answer to a scan."""

    result = serializers.ChoiceField(choices=("admitted", "refused"))
    code = serializers.CharField(help_text="Why: `pass.admitted`, `pass.too_early`, ...")
    message = serializers.CharField()
    facts = serializers.DictField(help_text="What the till shows: people, amounts, times.")


def shown(found: PartnerWindow, language: str) -> dict[str, Any]:
    """One window of an answer."""
    window = found.window
    return {
        "id": str(window.id),
        "seller_id": found.seller.published_id,
        "store_id": str(found.store.id),
        "product_id": found.product_id,
        "status": window.state.value,
        "start_time": window.starts_at.astimezone(window.zone).isoformat(),
        "end_time": window.ends_at.astimezone(window.zone).isoformat(),
        "timezone": window.timezone,
        "price": window.price_minor / 100,
        "regular_price": window.base_price_minor / 100,
        "currency": window.currency,
        "benefit": found.benefit(language),
        "expected_buyers": found.listed,
        "expected_range": {
            "low": found.expected.low,
            "high": found.expected.high,
            "mean": found.expected.mean_milli / 1000,
            "share": found.expected.range_permille / 1000,
        },
        "max_buyers": window.seats_max,
        "seats": {
            "max": window.seats_max,
            "confirmed": found.people.confirmed,
            "checked_in": found.people.checked_in,
        },
    }


def scanned(result: CheckInResult, store_id: UUID, zone: ZoneInfo, now: datetime) -> dict[str, Any]:
    """The answer to a scan, with a sentence whose times are by the store's clock."""
    return {
        "result": "admitted" if result.is_admitted else "refused",
        "code": result.code,
        "message": sentence(
            result.code, result.facts, zone=zone, tills=till_names(store_id), now=now
        ),
        "facts": result.facts,
    }


def cursor_of(mark: Mark | None) -> str | None:
    """The mark as programs pass it back."""
    if mark is None:
        return None
    starts_at, window_id = mark
    return base64.urlsafe_b64encode(f"{starts_at.isoformat()}|{window_id}".encode()).decode()


def mark_of(cursor: str) -> Mark:
    """The mark of a cursor. Raises: Invalid("page.cursor")."""
    try:
        text = base64.urlsafe_b64decode(cursor.encode()).decode()
        starts_at, _, window_id = text.partition("|")
        mark = datetime.fromisoformat(starts_at), UUID(window_id)
    except (ValueError, binascii.Error) as error:
        raise Invalid("page.cursor") from error
    if mark[0].tzinfo is None:
        raise Invalid("page.cursor")
    return mark
