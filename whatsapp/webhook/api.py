"""The webhook itself: handshake and posts, in the platform's own protocol (plain text).

The answer to a post is 200 once its signature is good and its bytes are stored, whatever they say:
any other answer makes the platform send the same body again for a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from django.conf import settings
from django.db import Error as StorageError
from django.http import UnreadablePostError
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iceshop.infra import clock
from whatsapp.gateway.signature import HEADER, Verdict, same_token
from whatsapp.webhook.services import count_refusal, receive

log = structlog.get_logger(__name__)

MOST_BYTES = 3 * 1024 * 1024  # the platform's own limit


class PlainText(BaseRenderer):
    """Writes a text as it is."""

    media_type = "text/plain"
    format = "txt"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        """Return the bytes of the text."""
        return str(data).encode("utf-8", "replace")


class AlwaysPlain(BaseContentNegotiation):
    """Answers in plain text, whatever the caller accepts."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> None:
        """Choose none: the bytes are read as they come."""

    def select_renderer(
        self, request: Request, renderers: Iterable[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """Choose the only one."""
        only = next(iter(renderers))
        return only, only.media_type


@extend_schema(exclude=True)
class WebhookView(APIView):
    """Address that the platform calls; the signature is its only authentication."""

    authentication_classes: Sequence[Any] = ()
    permission_classes: Sequence[Any] = ()
    throttle_classes: Sequence[Any] = ()
    parser_classes: Sequence[Any] = ()
    renderer_classes = (PlainText,)
    content_negotiation_class = AlwaysPlain
    http_method_names = ["get", "post"]

    def get(self, request: Request) -> Response:
        """Answer the handshake: the challenge back, if the token is ours."""
        asked = request.query_params
        is_ours = same_token(asked.get("hub.verify_token"), settings.WHATSAPP["VERIFY_TOKEN"])
        if asked.get("hub.mode") != "subscribe" or not is_ours:
            return Response("forbidden", status=403)
        challenge = asked.get("hub.challenge", "")
        return Response(challenge) if challenge else Response("challenge missing", status=400)

    def post(self, request: Request) -> Response:
        """Store what the platform sent and acknowledge it."""
        now = clock.now()
        try:
            # Not ``.body``: it would apply the limit of forms and could have been parsed already.
            body: bytes = request.read(MOST_BYTES + 1)
        except UnreadablePostError:
            return Response("body not received", status=400)
        try:
            if len(body) > MOST_BYTES:
                count_refusal(reason="body_too_large", now=now)
                return Response("body too large", status=413)
            receipt = receive(body=body, signature=request.headers.get(HEADER), now=now)
        except StorageError:
            log.exception("webhook.not_stored")
            return Response("not stored", status=503)
        if receipt.verdict is not Verdict.VALID:
            return Response("forbidden", status=403)
        return Response("ok")
