"""Vapi's server messages: verified, worked, and answered where an answer is awaited.

``assistant-request`` has 7.5 s from end to end: it is one short transaction and asks nobody else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from iceshop.infra import clock
from iceshop.kernel.errors import DomainError
from whatsapp.calls import services
from whatsapp.calls.domain import ServerMessage, ToolCall, is_signed, read_message
from whatsapp.dialogue.phrasebook import phrases

log = structlog.get_logger(__name__)

MOST_BYTES = 1024 * 1024
_MOST_TOOLS = 10
_EVENTS = ("status-update", "end-of-call-report", "hang")


@csrf_exempt
@require_POST
def server_message(request: HttpRequest) -> HttpResponse:
    """Take one message; 200 once it is Vapi's, whatever it says."""
    now = clock.now()
    try:
        body = request.read(MOST_BYTES + 1)
    except UnreadablePostError:
        return HttpResponse(status=400)
    if len(body) > MOST_BYTES:
        return HttpResponse(status=413)
    if not is_signed(body, request.headers, settings.VOICE["SECRETS"], now):
        log.warning("voice.message_refused")
        return HttpResponse(status=403)
    message = read_message(body)
    return JsonResponse({} if message is None else _answer(message, now))


def _answer(message: ServerMessage, now: datetime) -> dict[str, Any]:
    if message.type == "assistant-request":
        return services.answer_call(message=message, now=now)
    if message.type == "tool-calls":
        return {"results": [_result(message, one, now) for one in message.tools[:_MOST_TOOLS]]}
    if message.type in _EVENTS:
        services.note_event(message=message, now=now)
    return {}


def _result(message: ServerMessage, tool: ToolCall, now: datetime) -> dict[str, str]:
    """One result; a refusal is spoken, and the other tools of the message go on."""
    try:
        said = services.answer_turn(message=message, tool=tool, now=now)
    except DomainError as error:
        log.warning("voice.tool_refused", tool=tool.name, code=error.code)
        said = phrases("tr")["call.again"]
    return {"toolCallId": tool.id, "result": said}
