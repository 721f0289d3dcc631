"""The SMS gateway as the product's client meets it, ``POST /sim/sms/messages``."""

from __future__ import annotations

import hmac
import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from iceshop.infra import clock
from whatsapp.simulator import services
from whatsapp.simulator.views.gate import only_simulated

_NUMBER = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_MOST_LETTERS = 1600


@csrf_exempt
@require_POST
@only_simulated
def messages(request: HttpRequest) -> JsonResponse:
    """Take one SMS; 202 with its id, or why not."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    is_known = hmac.compare_digest(key.encode(), str(settings.SMS["KEY"]).encode())
    if scheme != "Bearer" or not is_known:
        return _refused(401, "unauthorized")
    try:
        body = json.loads(request.body)
    except ValueError:
        return _refused(400, "bad_json")
    wrong = _wrong(body)
    if wrong:
        return _refused(422, wrong)
    taken = services.receive_sms(
        phone=body["to"].lstrip("+"),
        text=body["text"],
        reference=body["reference"],
        now=clock.now(),
    )
    return JsonResponse({"id": taken}, status=202) if taken else _refused(422, "number_blocked")


def _wrong(body: Any) -> str:
    """The code of the first field that is wrong; empty when all are right."""
    if not isinstance(body, dict):
        return "bad_json"
    fields = ("from", "to", "text", "reference", "callback")
    if not all(isinstance(body.get(name), str) and body[name] for name in fields):
        return "field_missing"
    if not _NUMBER.fullmatch(body["to"]):
        return "bad_number"
    return "text_too_long" if len(body["text"]) > _MOST_LETTERS else ""


def _refused(status: int, code: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code}}, status=status)
