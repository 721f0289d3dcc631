"""Webhook bodies as the platform writes, signs and numbers them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from iceshop.kernel.text import clean
from whatsapp.simulator.domain.codes import Json, status_error
from whatsapp.simulator.domain.limits import Status

# Calling codes of the people who are played; anybody else counts as Turkish.
_COUNTRIES = (("90", "TR"), ("44", "GB"), ("49", "DE"), ("1", "US"))


@dataclass(frozen=True, slots=True)
class Number:
    """The business number that people write to."""

    phone_number_id: str
    display_phone_number: str
    account_id: str


@dataclass(frozen=True, slots=True)
class Party:
    """A person as the wire knows them; ``phone`` is empty when the person hides it."""

    phone: str
    user_id: str
    name: str


def compact(value: object) -> str:
    r"""Write ``value`` as the platform does: no spaces, ``\uXXXX`` in lower case, ``\/``.

    >>> compact({"text": "Ş/1"})
    '{"text":"\\u015e\\/1"}'
    """
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True).replace("/", "\\/")


def signed_headers(body: str, *, app_secret: str) -> dict[str, str]:
    """The headers of a post of ``body``, with the signature over its exact bytes."""
    digest = hmac.new(app_secret.encode(), body.encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature-256": f"sha256={digest}",
    }


def message_id(party: Party, *, inbound: bool, token: str) -> str:
    """Return an id of the platform's layout; ``token`` is 18 random hexadecimal digits."""
    address = (party.phone or party.user_id[-12:]).encode()
    serial = (f"3A{token}" if inbound else token).upper().encode()
    packed = (
        b"\x1c\x18" + bytes([len(address)]) + address + b"\x15\x02\x00"
        + (b"\x12" if inbound else b"\x11") + b"\x18" + bytes([len(serial)]) + serial + b"\x00"
    )  # fmt: skip
    return "wamid." + base64.b64encode(packed).decode()


def user_id_for(phone: str) -> str:
    """The business-scoped id of ``phone``: the country and 20 digits that stay the same."""
    country = next((code for prefix, code in _COUNTRIES if phone.startswith(prefix)), "TR")
    number = int.from_bytes(hashlib.sha256(phone.encode()).digest()[:8], "big")
    return f"{country}.{number:020d}"


def message_body(number: Number, party: Party, *, wamid: str, at: datetime, content: Json) -> Json:
    """The webhook for one message from ``party``; ``content`` is its type and what goes with it."""
    message: Json = {}
    if "context" in content:
        message["context"] = content["context"]
    if party.phone:
        message["from"] = party.phone
    message |= {"from_user_id": party.user_id, "id": wamid, "timestamp": _seconds(at)}
    message |= {key: value for key, value in content.items() if key != "context"}
    return _change(number, {"contacts": [_contact(party)], "messages": [message]})


def context(number: Number, *, wamid: str) -> Json:
    """The reference to one of our messages that an answer carries."""
    return {"from": number.display_phone_number, "id": wamid}


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What a status says; ``category`` is ``service`` for free-form messages."""

    wamid: str
    status: Status
    at: datetime
    opaque: str
    category: str
    code: int | None
    addressed_by_phone: bool


def status_body(number: Number, party: Party, report: StatusReport) -> Json:
    """The webhook for one status of a message to ``party``.

    A failed one names no contacts, and no ``recipient_user_id`` when the message went to a phone.
    Prices stand on ``sent`` and ``delivered``.
    """
    failed = report.status is Status.FAILED
    item: Json = {
        "id": report.wamid, "status": report.status.value, "timestamp": _seconds(report.at),
    }  # fmt: skip
    if party.phone:
        item["recipient_id"] = party.phone
    if not (failed and report.addressed_by_phone):
        item["recipient_user_id"] = party.user_id
    if report.opaque:
        item["biz_opaque_callback_data"] = report.opaque
    if report.status in (Status.SENT, Status.DELIVERED):
        item["pricing"] = {
            "billable": True, "pricing_model": "PMP", "type": "regular",
            "category": report.category,
        }  # fmt: skip
    if report.code is not None:
        item["errors"] = [status_error(report.code)]
    value: Json = {} if failed else {"contacts": [_contact(party)]}
    return _change(number, value | {"statuses": [item]})


def joined(bodies: Sequence[str]) -> str:
    """One webhook that says what ``bodies`` of one account say, in their order."""
    first, *others = (json.loads(body) for body in bodies)
    for other in others:
        first["entry"][0]["changes"] += other["entry"][0]["changes"]
    return compact(first)


def template_body(
    number: Number, *, template_id: int, name: str, language: str, category: str, at: datetime
) -> Json:
    """The webhook that says that a template was approved."""
    value: Json = {
        "event": "APPROVED",
        "message_template_id": template_id,
        "message_template_name": name,
        "message_template_language": language,
        "reason": "NONE",
        "message_template_category": category,
    }
    entry: Json = {
        "id": number.account_id,
        "time": int(at.timestamp()),
        "changes": [{"value": value, "field": "message_template_status_update"}],
    }
    return {"object": "whatsapp_business_account", "entry": [entry]}


def _contact(party: Party) -> Json:
    contact: Json = {"profile": {"name": clean(party.name)}}
    if party.phone:
        contact["wa_id"] = party.phone
    return contact | {"user_id": party.user_id}


def _change(number: Number, value: Json) -> Json:
    metadata = {
        "display_phone_number": number.display_phone_number,
        "phone_number_id": number.phone_number_id,
    }
    full: Json = {"messaging_product": "whatsapp", "metadata": metadata} | value
    changes = [{"value": full, "field": "messages"}]
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": number.account_id, "changes": changes}],
    }


def _seconds(at: datetime) -> str:
    return str(int(at.timestamp()))
