"""Vapi as the product's client meets it, ``POST /sim/voice/call``."""

from __future__ import annotations

import hmac
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from iceshop.infra import clock
from whatsapp.simulator import services
from whatsapp.simulator.views.gate import only_simulated


@csrf_exempt
@require_POST
@only_simulated
def call(request: HttpRequest) -> JsonResponse:
    """Take a call to be made; 201 with its id, or why not."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    is_known = hmac.compare_digest(key.encode(), str(settings.VOICE["KEY"]).encode())
    if scheme != "Bearer" or not is_known:
        return JsonResponse({"statusCode": 401, "message": "Invalid Key"}, status=401)
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    number, first = _wanted(body)
    if not number:
        wrong = {"statusCode": 400, "message": ["customer.number must be a valid phone number"]}
        return JsonResponse(wrong, status=400)
    call_id = services.take_call(phone=number, first=first, now=clock.now())
    made = {"id": call_id, "type": "outboundPhoneCall", "status": "queued"}
    return JsonResponse(made, status=201)


def _wanted(body: Any) -> tuple[str, str]:
    """Number and first words of a call to be made; empty where they are wrong."""
    if not isinstance(body, dict) or not body.get("phoneNumberId"):
        return "", ""
    customer, assistant = body.get("customer"), body.get("assistant")
    if not isinstance(customer, dict) or not isinstance(assistant, dict):
        return "", ""
    number = str(customer.get("number", ""))
    is_number = number.startswith("+") and number[1:].isdigit()
    return (number[1:] if is_number else ""), str(assistant.get("firstMessage", ""))
