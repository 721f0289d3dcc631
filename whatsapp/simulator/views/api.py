"""The test interface, ``/sim/api/``: whoever plays people, reads the wire, orders faults."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from iceshop.infra import clock
from iceshop.infra.clock.services import set_forward
from iceshop.infra.http.middleware import TimedRequest
from iceshop.kernel.errors import Invalid
from whatsapp.simulator import connection, queries, services
from whatsapp.simulator.domain.faults import parse_fault
from whatsapp.simulator.domain.inbound import parse_written
from whatsapp.simulator.queries import FaultFacts, MessageFacts, PersonFacts
from whatsapp.simulator.views.gate import only_simulated

MOST_SECONDS_AHEAD = 30 * 86_400


@extend_schema(exclude=True)
@api_view(["GET"])
@only_simulated
def config(request: Request) -> Response:
    """What a client needs to speak with the simulator, and a script to check signatures."""
    number = connection.number()
    return Response(
        {
            "graph_url": connection.graph_url(),
            "phone_number_id": number.phone_number_id,
            "waba_id": number.account_id,
            "access_token": connection.access_token(),
            "app_secret": connection.app_secret(),
            "verify_token": connection.verify_token(),
            "webhook_url": connection.webhook_url(),
        }
    )


@extend_schema(exclude=True)
@api_view(["GET"])
@only_simulated
def people(request: Request) -> Response:
    """Everybody with a phone."""
    return Response({"people": [_person(row) for row in queries.people()]})


@extend_schema(exclude=True)
@api_view(["GET", "POST"])
@only_simulated
def messages(request: Request, address: str) -> Response:
    """Read a phone, or write on it."""
    if request.method == "GET":
        person = queries.person(address)
        found = queries.messages(user_id=person.user_id, after=_after(request))
        return Response({"messages": [_message(row) for row in found]})
    ref = services.write_as_person(
        address=address, written=parse_written(_body(request)), now=_now(request)
    )
    return Response({"id": ref.wamid, "n": ref.n}, status=201)


@extend_schema(exclude=True)
@api_view(["GET"])
@only_simulated
def deliveries(request: Request) -> Response:
    """What was posted to the webhook."""
    found = queries.postings(after=_after(request))
    rows = [
        {
            "n": row.n,
            "headers": row.headers,
            "body": row.body,
            "status": row.http_status,
            "ms": row.took_ms,
            "at": row.at,
        }
        for row in found
    ]
    return Response({"deliveries": rows})


@extend_schema(exclude=True)
@api_view(["GET", "POST", "DELETE"])
@only_simulated
def faults(request: Request) -> Response:
    """List, order or clear faults."""
    if request.method == "POST":
        ordered = services.order_fault(order=parse_fault(_body(request)), now=_now(request))
        return Response({"id": ordered.id, "left": ordered.left}, status=201)
    if request.method == "DELETE":
        services.clear_faults()
        return Response(status=204)
    return Response({"faults": [_fault(row) for row in queries.faults()]})


@extend_schema(exclude=True)
@api_view(["GET", "POST"])
@only_simulated
def product_clock(request: Request) -> Response:
    """Show the product's clock, or set it forward, or let it run faster."""
    if request.method == "POST":
        set_forward(**_clock_change(_body(request)))
    return Response({"now": clock.now(), "rate": clock.rate()})


def _now(request: Request) -> datetime:
    # The framework's request passes on the attributes of the one that it wraps.
    return cast(TimedRequest, cast(object, request)).now


def _body(request: Request) -> dict[str, object]:
    if not isinstance(request.data, dict):
        raise Invalid("sim.body")
    return cast(dict[str, object], request.data)


def _after(request: Request) -> int:
    value = request.query_params.get("after", "0")
    if not (value.isascii() and value.isdigit() and len(value) <= 15):
        raise Invalid("sim.after")
    return int(value)


def _clock_change(given: dict[str, object]) -> dict[str, Any]:
    ahead, rate = given.get("advance_seconds", 0), given.get("rate")
    if set(given) - {"advance_seconds", "rate"} or not given:
        raise Invalid("sim.clock")
    if isinstance(ahead, bool) or not isinstance(ahead, int) or ahead > MOST_SECONDS_AHEAD:
        raise Invalid("sim.clock")
    if isinstance(rate, bool) or not isinstance(rate, int | None):
        raise Invalid("sim.clock")
    return {"advance_seconds": ahead, "rate": rate}


def _person(row: PersonFacts) -> dict[str, str]:
    names = ("phone", "user_id", "name", "role", "store", "language")
    return {name: getattr(row, name) for name in names}


def _message(row: MessageFacts) -> dict[str, Any]:
    names = ("n", "direction", "kind", "text", "links", "status", "code", "at")
    buttons = [{"id": button["id"], "title": button["title"]} for button in row.buttons]
    return {name: getattr(row, name) for name in names} | {"id": row.wamid, "buttons": buttons}


def _fault(row: FaultFacts) -> dict[str, Any]:
    facts = asdict(row)
    return facts | {"phone": facts.pop("address") or None}
