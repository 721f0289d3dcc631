"""Describing the published API: one decorator, so that each endpoint says the same things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
)
from rest_framework import serializers

from iceshop.infra.http.wording import say

PREFIX = "/api/v1/"
_PROBLEM = "application/problem+json"
# What may be answered whatever the endpoint is.
_ALWAYS = {
    "request.not_authenticated": 401,
    "request.authentication_failed": 401,
    "request.permission_denied": 403,
    "request.throttled": 429,
}
_WITH_BODY = {
    "request.parse_error": 400,
    "request.unsupported_media_type": 415,
    "request.invalid": 422,
}
_KEYED = {
    "idempotency.key": 422,
    "idempotency.other_body": 422,
    "idempotency.in_progress": 409,
}
_KEY_PARAMETER = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="1 to 200 visible ASCII signs. The same key and body again get the first answer "
    "for 48 hours; 5xx and 429 are not kept.",
    pattern=r"^[\x21-\x7e]{1,200}$",
)


class FieldErrorSerializer(serializers.Serializer[Any]):
    """One fault of the body."""

    pointer = serializers.CharField(help_text="JSON pointer into the body.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """A problem document (RFC 9457)."""

    type = serializers.URLField()
    title = serializers.CharField(
        help_text="In the language of Accept-Language; English otherwise."
    )
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable; what programs go by.")
    instance = serializers.CharField()
    request_id = serializers.CharField()
    params = serializers.DictField(child=serializers.CharField(), required=False)
    candidates = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="What might have been meant."
    )
    errors = FieldErrorSerializer(  # type: ignore[assignment]  # a field, taken out by the metaclass
        many=True, required=False
    )


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """What the description of an endpoint says; ``codes`` are its own refusals with their status.

    ``sent`` and ``answered`` are one example (of a list, one entry); a test sends the first.
    """

    name: str
    summary: str
    description: str
    scope: str
    answers: Mapping[int, Any]
    answered: Any
    request: Any = None
    sent: Any = None
    codes: Mapping[str, int] | None = None
    parameters: Sequence[Any] = ()

    @property
    def is_keyed(self) -> bool:
        """Whether the endpoint takes an ``Idempotency-Key``."""
        return self.request is not None

    @property
    def all_codes(self) -> dict[str, int]:
        """Every refusal that it may answer with, and its status."""
        body = {**_WITH_BODY, **_KEYED} if self.is_keyed else {}
        return {**_ALWAYS, **body, **(self.codes or {})}


def published(endpoint: Endpoint) -> Callable[[Any], Any]:
    """Describe a view's handler in the schema."""
    return extend_schema(
        operation_id=endpoint.name,
        summary=endpoint.summary,
        description=_text(endpoint),
        request=endpoint.request,
        responses={**endpoint.answers, **_problems(endpoint.all_codes)},
        parameters=[*endpoint.parameters, *([_KEY_PARAMETER] if endpoint.is_keyed else [])],
        examples=_examples(endpoint),
        extensions={
            "x-permission": endpoint.scope,
            "x-idempotency": "Idempotency-Key" if endpoint.is_keyed else "safe",
            "x-error-codes": sorted(endpoint.all_codes),
        },
    )


def published_only(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """Keep the endpoints under ``/api/v1/``: the others have protocols of their own."""
    return [one for one in endpoints if one[0].startswith(PREFIX)]


def _text(endpoint: Endpoint) -> str:
    repeat = (
        "may be repeated under the same `Idempotency-Key`"
        if endpoint.is_keyed
        else "changes nothing, so it may be repeated"
    )
    return f"{endpoint.description}\n\nPermission: scope `{endpoint.scope}`. Repeating: {repeat}."


def _problems(codes: Mapping[str, int]) -> dict[Any, OpenApiResponse]:
    by_status: dict[int, list[str]] = defaultdict(list)
    for code, status in sorted(codes.items()):
        by_status[status].append(f"`{code}`: {_sentence(code)}")
    return {
        (status, _PROBLEM): OpenApiResponse(ProblemSerializer, description="\n\n".join(lines))
        for status, lines in sorted(by_status.items())
    }


def _sentence(code: str) -> str:
    """The English sentence with its placeholders as they stand."""
    return say(code, "en", _Placeholders())


class _Placeholders(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def _examples(endpoint: Endpoint) -> list[OpenApiExample]:
    status = str(max(endpoint.answers))
    examples = [
        OpenApiExample("answer", value=endpoint.answered, response_only=True, status_codes=[status])
    ]
    if endpoint.sent is not None:
        examples.insert(0, OpenApiExample("request", value=endpoint.sent, request_only=True))
    return examples
