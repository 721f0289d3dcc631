"""The business sends: accepted or refused, shown on a phone, reported by statuses."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from iceshop.infra.db import operation, outside
from iceshop.infra.prepared import PreparedUpdate, given, insert_one
from whatsapp.simulator import connection, queries
from whatsapp.simulator.domain import wire
from whatsapp.simulator.domain.codes import Json, Refusal, platform_code
from whatsapp.simulator.domain.faults import FaultKind
from whatsapp.simulator.domain.limits import Status, is_reply_window_open, next_pair_slot
from whatsapp.simulator.domain.outbound import Address, Mark, Outbound, parse_outbound
from whatsapp.simulator.domain.pieces import Kind
from whatsapp.simulator.models import SimulatedMessage, SimulatedPerson
from whatsapp.simulator.queries import FaultFacts
from whatsapp.simulator.services import deliveries
from whatsapp.simulator.services.faults import SEND_FAULTS, take_send_faults
from whatsapp.simulator.services.people import locked_person, party

OUTSIDE_WINDOW = 131047


@dataclass(frozen=True)
class Answer:
    """What the platform answers: ``body`` is empty when the answer gets lost on the way.

    ``wait_seconds`` is how long a slow platform takes until then.
    """

    http_status: int
    body: Json | None
    wait_seconds: float = 0


@outside
def answer_send(*, body: Json, now: datetime) -> Answer:
    """Handle ``POST /<number>/messages`` with the faults that tests have ordered."""
    ordered_now = queries.faults()
    faults = _taken(body, ordered_now)
    slow = faults.get(FaultKind.SLOW)
    wait_seconds = slow.seconds if slow else 0
    ordered = faults.get(FaultKind.ERROR)
    try:
        if ordered and not platform_code(ordered.code).later:
            raise Refusal(ordered.code)
        fail_code = ordered.code if ordered else None
        answer = accept_outbound(body=body, now=now, fail_code=fail_code, faults=ordered_now)
    except Refusal as refusal:
        error = refusal.body(secrets.token_urlsafe(16))
        return Answer(refusal.http_status, error, wait_seconds)
    if FaultKind.LOSE_ANSWER in faults:
        return Answer(504, None, wait_seconds)
    return Answer(200, answer, wait_seconds)


def _taken(body: Json, faults: Iterable[FaultFacts]) -> dict[FaultKind, FaultFacts]:
    """Use up what was ordered for this message; marks of reading always go right."""
    if "status" in body or SEND_FAULTS.isdisjoint(fault.kind for fault in faults):
        return {}
    return take_send_faults(addresses=_addresses(body))


_PERSON_SENT_TO = PreparedUpdate(
    lambda: SimulatedPerson.objects.filter(pk=given("pk")),
    last_n=given("last_n"),
    version=given("version"),
    pair_slot_at=given("slot"),
)


@operation
def accept_outbound(
    *, body: Json, now: datetime, fail_code: int | None = None, faults: Iterable[FaultFacts] = ()
) -> Json:
    """Accept a message as the platform does and return its answer.

    ``fail_code`` lets the accepted message fail later; ``faults`` are those that act on its
    statuses. Free-form messages outside the reply window are accepted too, and fail with 131047.
    Writes: person, message, deliveries of statuses. Raises: Refusal.
    """
    asked = parse_outbound(body, find_template=queries.find_template, has_media=queries.has_media)
    if isinstance(asked, Mark):
        return _mark_read(asked)
    person = _recipient(asked.to, now)
    _respect_pair_rate(person, now)
    wamid = wire.message_id(party(person), inbound=False, token=secrets.token_hex(9))
    if asked.piece.kind is not Kind.REACTION:
        code = fail_code or _window_code(person, asked, now)
        message = _show(person, asked, wamid=wamid, code=code, now=now)
        deliveries.put_statuses(
            person=person,
            message=message,
            addressed_by_phone=bool(asked.to.phone),
            faults=faults,
            now=now,
        )
    _PERSON_SENT_TO(
        pk=person.pk, last_n=person.last_n, version=person.version, slot=person.pair_slot_at
    )
    reached = {"wa_id": person.phone} if asked.to.phone else {"user_id": person.user_id}
    return {
        "messaging_product": "whatsapp",
        "contacts": [{"input": asked.to.given} | reached],
        "messages": [{"id": wamid, "message_status": "accepted"}],
    }


def _mark_read(mark: Mark) -> Json:
    message = SimulatedMessage.objects.filter(wamid=mark.wamid, direction="in").first()
    if message is None:
        raise Refusal(100, f"Message {mark.wamid} does not exist.")
    deliveries.refresh_phones(user_ids=[message.person.user_id])
    deliveries.advance_status(pks=[message.pk], status=Status.READ)
    return {"success": True}


def _recipient(to: Address, now: datetime) -> SimulatedPerson:
    if to.phone == connection.number().display_phone_number:
        raise Refusal(131021)
    if to.user_id and not SimulatedPerson.objects.filter(user_id=to.user_id).exists():
        raise Refusal(131026)
    return locked_person(phone=to.phone, user_id=to.user_id, now=now)


def _respect_pair_rate(person: SimulatedPerson, now: datetime) -> None:
    slot = next_pair_slot(slot_at=person.pair_slot_at, now=now)
    if slot is None:
        raise Refusal(131056)
    person.pair_slot_at = slot


def _window_code(person: SimulatedPerson, asked: Outbound, now: datetime) -> int | None:
    if asked.piece.kind is Kind.TEMPLATE:
        return None
    is_open = is_reply_window_open(last_inbound_at=person.last_inbound_at, now=now)
    return None if is_open else OUTSIDE_WINDOW


def _show(
    person: SimulatedPerson, asked: Outbound, *, wamid: str, code: int | None, now: datetime
) -> SimulatedMessage:
    piece = asked.piece
    person.last_n += 1
    person.version += 1
    return insert_one(
        SimulatedMessage(
            person=person,
            n=person.last_n,
            direction="out",
            kind=piece.kind,
            wamid=wamid,
            text=piece.text,
            buttons=[asdict(button) for button in piece.buttons],
            links=list(piece.links),
            link_title=piece.link_title,
            media_id=piece.media_id,
            status=Status.SENT if code is None else Status.FAILED,
            code=code,
            category=piece.category,
            opaque=asked.opaque,
            wire=asked.body,
            at=now,
        )
    )


def _addresses(body: Json) -> tuple[str, ...]:
    """The recipient under each name by which a fault may call them."""
    phone = "".join(sign for sign in str(body.get("to") or "") if sign.isdigit())
    user_id = str(body.get("recipient") or "")
    row = (
        SimulatedPerson.objects.filter(phone=phone).first()
        if phone
        else SimulatedPerson.objects.filter(user_id=user_id).first()
    )
    return (row.phone, row.user_id) if row else (phone, user_id)
