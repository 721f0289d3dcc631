"""Where the SMS gateway reports deliveries and hands over replies; signed like the platform's.

The answer is 200 once the signature is good: a body that cannot be read stays unread.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from iceshop.infra import clock
from iceshop.kernel.text import clean
from whatsapp.channels import services
from whatsapp.gateway.signature import Verdict, check

log = structlog.get_logger(__name__)

HEADER = "X-Signature"
MOST_BYTES = 64 * 1024
_MOST_WORDS = 1000


@csrf_exempt
@require_POST
def reports(request: HttpRequest) -> HttpResponse:
    """Take over one report or reply."""
    try:
        body = request.read(MOST_BYTES + 1)
    except UnreadablePostError:
        return HttpResponse(status=400)
    if len(body) > MOST_BYTES:
        return HttpResponse(status=413)
    verdict = check(body, request.headers.get(HEADER), settings.SMS["SECRETS"])
    if verdict is not Verdict.VALID:
        log.warning("sms.report_refused", verdict=verdict)
        return HttpResponse(status=403)
    content = _object(body)
    is_ours = _take(content, clock.now()) if content else False
    return JsonResponse({"known": is_ours})


def _take(content: dict[str, Any], now: datetime) -> bool:
    if content.get("type") == "reply":
        return services.note_reply(
            reply_id=_text(content, "id"),
            phone=_text(content, "from").lstrip("+"),
            text=clean(_text(content, "text"), _MOST_WORDS),
            now=now,
        )
    try:
        reference = UUID(_text(content, "reference"))
    except ValueError:
        return False
    return services.note_status(
        reference=reference,
        gateway_id=_text(content, "id")[:200],
        status=_text(content, "status"),
        code=_text(content, "code"),
        now=now,
    )


def _text(content: dict[str, Any], name: str) -> str:
    value = content.get(name)
    return value if isinstance(value, str) else ""


def _object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
