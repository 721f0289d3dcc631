"""What API serializers have in common: they refuse what they do not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.parsers import JSONParser


class StrictSerializer(serializers.Serializer[Any]):
    """Input whose unknown fields are errors, so that a slip of the pen is not silently lost."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse unknown fields, then read the known ones."""
        if isinstance(data, Mapping):
            unknown = sorted(str(name) for name in data if name not in self.fields)
            if unknown:
                detail = ErrorDetail(gettext("This field is not known."), code="unknown")
                raise ValidationError({name: [detail] for name in unknown})
        return super().to_internal_value(data)


class PlainJSONParser(JSONParser):
    """JSON whose nesting is too deep counts as unreadable."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Read the body."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError from error
