"""Shapes of ``POST /api/v1/buyer/trigger``."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from iceshop.infra.http.serializers import StrictSerializer
from iceshop.kernel.geo import Point
from windows.intents.queries import IntentCard
from windows.intents.triggers import Trigger


class BuyerTriggerSerializer(StrictSerializer):
    """What a buyer's program says."""

    buyer_id = serializers.CharField(max_length=200)
    request = serializers.CharField(max_length=120, help_text="The product, in either language.")
    location = serializers.CharField(max_length=120, help_text="A place, with or without marks.")
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Coordinates come in pairs."""
        if ("latitude" in attrs) != ("longitude" in attrs):
            raise ValidationError(
                gettext("Latitude and longitude come together."), code="coordinates"
            )
        return attrs

    def trigger(self) -> Trigger:
        """What was said."""
        given = self.validated_data
        return Trigger(
            buyer_id=given["buyer_id"],
            request=given["request"],
            location=given["location"],
            point=Point(given["latitude"], given["longitude"]) if "latitude" in given else None,
        )


class SpanSerializer(serializers.Serializer[Any]):
    """A stretch of time."""

    start = serializers.DateTimeField()
    end = serializers.DateTimeField()


class IntentSerializer(serializers.Serializer[Any]):
    """A wish that counts."""

    intent_id = serializers.UUIDField()
    buyer_id = serializers.CharField()
    status = serializers.ChoiceField(choices=("open", "paused", "seated"))
    product_id = serializers.CharField()
    location = serializers.CharField(help_text="As it was sent.")
    place = serializers.CharField(help_text="The place by its known name.")
    available = SpanSerializer(many=True)
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="What the wish still needs; always empty here."
    )


def intent(card: IntentCard, trigger: Trigger) -> dict[str, Any]:
    """The answer to a trigger."""
    return {
        "intent_id": str(card.id),
        "buyer_id": trigger.buyer_id,
        "status": str(card.state),
        "product_id": card.concept_key,
        "location": trigger.location,
        "place": card.place_name,
        "available": [
            {
                "start": span.start.astimezone(card.zone).isoformat(timespec="seconds"),
                "end": span.end.astimezone(card.zone).isoformat(timespec="seconds"),
            }
            for span in card.spans
        ],
        "missing": [],
    }
