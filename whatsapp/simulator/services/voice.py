"""Telephones: calls that come in and go out, with the messages that Vapi documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from django.conf import settings

from iceshop.infra.db import operation
from whatsapp.calls.domain import signed_headers
from whatsapp.simulator.models import SimulatedCall

_turns = count(1)


@operation
def take_call(*, phone: str, first: str, now: datetime) -> str:
    """Let a telephone ring; returns the id of the call."""
    row = SimulatedCall.objects.create(phone=phone, is_inbound=False, first=first, at=now)
    return f"call-{row.pk}"


@operation
def dial(*, phone: str, now: datetime) -> str:
    """Call the business; returns the id of the call."""
    return f"call-{SimulatedCall.objects.create(phone=phone, is_inbound=True, at=now).pk}"


@dataclass
class Telephone:
    """Somebody on the telephone; ``post(url, body, headers)`` returns status and answer."""

    call_id: str
    phone: str
    is_inbound: bool
    post: Any
    now: datetime
    heard: list[str] = field(default_factory=list)
    options: list[dict[str, str]] = field(default_factory=list)

    def picks_up(self) -> dict[str, Any]:
        """What Vapi is told to do with a call that comes in."""
        answer = self.send({"type": "assistant-request"})
        self.send({"type": "status-update", "status": "in-progress"})
        return answer

    def says(self, words: str) -> str:
        """Say something; what is answered."""
        return self.uses("say", {"words": words})

    def picks(self, start: str) -> str:
        """Take the option whose id begins with ``start``; what is answered."""
        option = next(one["id"] for one in self.options if one["id"].startswith(start))
        return self.uses("choose", {"option": option})

    def uses(self, tool: str, arguments: Mapping[str, Any], *, key: str = "") -> str:
        """Let the assistant use a tool; what it speaks."""
        call = {
            "id": key or f"toolu_{next(_turns)}",
            "name": tool,
            "parameters": dict(arguments),
        }
        answer = self.send({"type": "tool-calls", "toolCallList": [call]})
        (result,) = answer["results"]
        found = json.loads(result["result"])
        self.options = found.get("options", [])
        self.heard.append(found["text"])
        return str(found["text"])

    def hangs_up(self, reason: str = "customer-ended-call", cost: float = 0.05) -> None:
        """End the call; its report follows."""
        self.send({"type": "status-update", "status": "ended", "endedReason": reason})
        self.send({"type": "end-of-call-report", "endedReason": reason, "cost": cost})

    def send(self, message: dict[str, Any]) -> dict[str, Any]:
        """Post one server message, signed; what is answered."""
        body = json.dumps({"message": {**message, "call": self._call()}}).encode()
        secret = next(iter(settings.VOICE["SECRETS"]), "")
        headers = signed_headers(body, secret=secret, now=self.now)
        status, answer = self.post(f"{settings.PUBLIC_URL}/webhooks/voice", body, headers)
        if status != 200:
            raise AssertionError(f"the product answered {status}")
        return dict(answer)

    def _call(self) -> dict[str, Any]:
        kind = "inboundPhoneCall" if self.is_inbound else "outboundPhoneCall"
        customer = {"number": f"+{self.phone}"} if self.phone else {}
        return {"id": self.call_id, "type": kind, "customer": customer}
