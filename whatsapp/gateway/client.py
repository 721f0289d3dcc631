"""The HTTP client of the Cloud API: thin, synchronous, one request a call.

Nothing here retries, waits or writes: the caller's row decides what happens next. Logs hold codes
and the platform's trace id, never a phone, a text or the token.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx
import structlog

from whatsapp.gateway import fields
from whatsapp.gateway.errors import ANSWER_LOST, NOT_SENT, ErrorRule, rule_for
from whatsapp.gateway.events import read_error
from whatsapp.gateway.fields import Object
from whatsapp.gateway.messages import OutboundBody
from whatsapp.gateway.requests import Recipient, request_of
from whatsapp.gateway.strict_json import load

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 3.0
READ_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The platform took it; delivery is another matter. ``is_held``: paced, it may come late."""

    message_id: str
    is_held: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The platform did it; ``reference`` is the id of what was made, if any."""

    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """It did not happen. ``code`` is None when there was no connection or no readable reason."""

    code: int | None
    rule: ErrorRule
    details: str = ""
    trace_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownOutcome:
    """It left and the answer was lost: it may have happened. Wait for a status."""

    cause: str
    rule: ErrorRule = ANSWER_LOST


class CloudApi:
    """One sending number of the platform."""

    def __init__(
        self,
        *,
        base_url: str,
        version: str,
        phone_number_id: str,
        token: str,
        media_hosts: Collection[str],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.phone_number_id = phone_number_id
        self.root = f"{base_url.rstrip('/')}/{version}"
        self.media_hosts = frozenset(media_hosts)
        self.http = httpx.Client(
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            transport=transport,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self.http.close()

    def send(
        self, body: OutboundBody, *, to: Recipient, opaque: str, reply_to: str = ""
    ) -> Accepted | Refused | UnknownOutcome:
        """Send one message; ``opaque`` is the key under which its statuses come back."""
        request = request_of(body, to=to, opaque=opaque, reply_to=reply_to)
        answer = self._post("messages", json=request)
        if not isinstance(answer, dict):
            return answer
        messages = answer.get("messages")
        first = messages[0] if isinstance(messages, list) and messages else None
        message_id = fields.identifier(first.get("id")) if fields.is_object(first) else ""
        if not fields.is_object(first) or not message_id:
            return UnknownOutcome(cause="answer_without_id")
        is_held = first.get("message_status") == "held_for_quality_assessment"
        return Accepted(message_id=message_id, is_held=is_held)

    def mark_read(
        self, message_id: str, *, is_typing: bool = False
    ) -> Done | Refused | UnknownOutcome:
        """Show the person that the message was read, and that an answer is being written."""
        request: dict[str, object] = {
            "messaging_product": "whatsapp",
            "status": "read",
            "message_id": message_id,
        }
        if is_typing:
            request["typing_indicator"] = {"type": "text"}
        answer = self._post("messages", json=request)
        return Done() if isinstance(answer, dict) else answer

    def upload(
        self, content: bytes, *, mime_type: str, filename: str
    ) -> Done | Refused | UnknownOutcome:
        """Store media for sending; the reference is its id."""
        answer = self._post(
            "media",
            data={"messaging_product": "whatsapp", "type": mime_type},
            files={"file": (filename, content, mime_type)},
        )
        if not isinstance(answer, dict):
            return answer
        media_id = fields.digits(answer.get("id"))
        return Done(reference=media_id) if media_id else UnknownOutcome(cause="answer_without_id")

    def _post(self, path: str, **content: object) -> dict[str, object] | Refused | UnknownOutcome:
        url = f"{self.root}/{self.phone_number_id}/{path}"
        try:
            response = self.http.post(url, **content)  # type: ignore[arg-type]  # json, data, files
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            log.warning("cloud_api.not_reached", path=path)
            return Refused(code=None, rule=NOT_SENT, details="not_reached")
        except httpx.TransportError as error:
            cause = type(error).__name__
            log.warning("cloud_api.answer_lost", path=path, cause=cause)
            return UnknownOutcome(cause=cause)
        return outcome_of(response, path)


def outcome_of(response: httpx.Response, path: str) -> dict[str, object] | Refused | UnknownOutcome:
    """Return the JSON object of a success, the refusal, or that nobody knows."""
    answer = load(response.content.decode("utf-8", "replace"))
    if response.is_success:
        known = fields.is_object(answer) and "error" not in answer
        return dict(answer) if known else UnknownOutcome(cause="answer_unreadable")  # type: ignore[call-overload]
    error = answer.get("error") if fields.is_object(answer) else None
    if fields.is_object(error):
        return _refusal(error, path)
    log.warning("cloud_api.no_reason", path=path, status=response.status_code)
    if response.is_server_error:
        return UnknownOutcome(cause=f"http_{response.status_code}")
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return Refused(code=None, rule=rule_for(130429), details="http_429")
    return Refused(code=None, rule=rule_for(None), details=f"http_{response.status_code}")


def _refusal(error: Object, path: str) -> Refused:
    notice = read_error(error)
    trace_id = fields.identifier(error.get("fbtrace_id"))
    log.warning("cloud_api.refused", path=path, code=notice.code, trace_id=trace_id)
    return Refused(
        code=notice.code,
        rule=rule_for(notice.code),
        details=notice.details,
        trace_id=trace_id,
    )
