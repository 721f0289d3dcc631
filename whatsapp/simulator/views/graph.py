"""The Cloud API as the product's client meets it, under ``/sim/graph/<version>/``."""

from __future__ import annotations

import hmac
import json
import secrets
import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NoReturn, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from iceshop.infra.http.middleware import TimedRequest
from whatsapp.simulator import connection, queries, services
from whatsapp.simulator.domain.codes import Json, Refusal, unknown_object
from whatsapp.simulator.domain.inbound import AUDIO_BYTES
from whatsapp.simulator.services.media import is_media_url_good, media_url
from whatsapp.simulator.views.gate import only_simulated

P = ParamSpec("P")
View = Callable[Concatenate[TimedRequest, P], HttpResponse]


def graph_view(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Ask for the bearer token, and answer a ``Refusal`` as the platform does."""

    @wraps(view)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            _check_token(request)
            return view(cast(TimedRequest, request), *args, **kwargs)
        except Refusal as refusal:
            body = refusal.body(secrets.token_urlsafe(16))
            return JsonResponse(body, status=refusal.http_status)

    return csrf_exempt(only_simulated(run))


@graph_view
def number(request: TimedRequest, object_id: str) -> HttpResponse:
    """``GET /<number or media id>``, ``DELETE /<media id>``."""
    if object_id == connection.number().phone_number_id and request.method == "GET":
        return JsonResponse(_number_card())
    if request.method == "DELETE":
        if not services.remove_media(media_id=object_id):
            raise unknown_object(object_id)
        return JsonResponse({"success": True})
    return JsonResponse(_media_card(request, object_id))


@graph_view
def messages(request: TimedRequest, number_id: str) -> HttpResponse:
    """``POST /<number>/messages``."""
    _check_method(request, "POST")
    _check_number(number_id)
    answer = services.answer_send(body=_json(request), now=request.now)
    if answer.wait_seconds:
        time.sleep(answer.wait_seconds)
    if answer.body is None:
        return HttpResponse(status=answer.http_status)
    return JsonResponse(answer.body, status=answer.http_status)


@graph_view
def upload(request: TimedRequest, number_id: str) -> HttpResponse:
    """``POST /<number>/media``: multipart with ``messaging_product``, ``type``, ``file``."""
    _check_method(request, "POST")
    _check_number(number_id)
    if request.POST.get("messaging_product") != "whatsapp":
        raise Refusal(100, "Param messaging_product must be 'whatsapp'.")
    file = request.FILES.get("file")
    if file is None:
        raise Refusal(131008, "Parameter 'file' is mandatory.")
    if (file.size or 0) > AUDIO_BYTES:
        raise Refusal(131053, "File size is larger than the maximum of 16 MB.")
    mime_type = request.POST.get("type") or file.content_type or "application/octet-stream"
    media_id = services.keep_upload(content=file.read(), mime_type=mime_type, now=request.now)
    return JsonResponse({"id": media_id})


@graph_view
def attachment(request: TimedRequest) -> HttpResponse:
    """Hand out a file under the address that the media card gave."""
    media_id = request.GET.get("mid", "")
    is_good = is_media_url_good(
        media_id=media_id,
        ends=request.GET.get("ext", ""),
        proof=request.GET.get("hash", ""),
        now=request.now,
    )
    media = queries.media(media_id, now=request.now) if is_good else None
    if media is None:
        return HttpResponse(status=404)
    return HttpResponse(media.content, content_type=media.mime_type)


@graph_view
def templates(request: TimedRequest, account_id: str) -> HttpResponse:
    """``GET``, ``POST``, ``DELETE /<account>/message_templates``."""
    if account_id != connection.number().account_id:
        raise unknown_object(account_id)
    if request.method == "POST":
        made = services.create_template(definition=_json(request), now=request.now)
        card = {"id": str(made.id), "status": "APPROVED", "category": made.category}
        return JsonResponse(card)
    if request.method == "DELETE":
        if not services.delete_template(name=request.GET.get("name", "")):
            raise Refusal(100, "No such template.", subcode=2593002)
        return JsonResponse({"success": True})
    _check_method(request, "GET")
    return JsonResponse(_template_page(request))


@graph_view
def subscribed_apps(request: TimedRequest, account_id: str) -> HttpResponse:
    """``POST /<account>/subscribed_apps``: webhooks go out in any case."""
    _check_method(request, "POST")
    if account_id != connection.number().account_id:
        raise unknown_object(account_id)
    return JsonResponse({"success": True})


def _check_token(request: HttpRequest) -> None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    right = connection.access_token()
    is_same = hmac.compare_digest(token.strip().encode(), right.encode())
    if scheme.lower() != "bearer" or not right or not is_same:
        raise Refusal(
            190, "The access token could not be decrypted.", message="Invalid OAuth access token."
        )


def _check_number(number_id: str) -> None:
    if number_id != connection.number().phone_number_id:
        raise unknown_object(number_id)


def _check_method(request: HttpRequest, method: str) -> None:
    if request.method != method:
        raise Refusal(100, f"Unsupported {request.method} request.", kind="GraphMethodException")


def _json(request: HttpRequest) -> Json:
    try:
        body = json.loads(request.body, parse_constant=_refuse_constant)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refusal(100, "The body is not a JSON object.")
    return body


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _number_card() -> Json:
    number = connection.number()
    return {
        "id": number.phone_number_id,
        "display_phone_number": number.display_phone_number,
        "verified_name": "Iceshop",
        "quality_rating": "GREEN",
        "whatsapp_business_manager_messaging_limit": "TIER_UNLIMITED",
    }


def _media_card(request: TimedRequest, media_id: str) -> Json:
    _check_method(request, "GET")
    asked_by = request.GET.get("phone_number_id")
    media = queries.media(media_id, now=request.now)
    if media is None or asked_by not in (None, connection.number().phone_number_id):
        raise unknown_object(media_id)
    return {
        "messaging_product": "whatsapp",
        "url": media_url(media_id=media.media_id, now=request.now),
        "mime_type": media.mime_type,
        "sha256": media.sha256,
        "file_size": len(media.content),
        "id": media.media_id,
    }


def _template_page(request: HttpRequest) -> Json:
    """One page of templates; ``after`` is the id of the last one of the page before."""
    limit = _whole(request.GET.get("limit"), default=100)
    after = _whole(request.GET.get("after"), default=0)
    found = [
        item
        for item in queries.templates()
        if item.id > after and item.name == request.GET.get("name", item.name)
    ]
    shown = found[:limit]
    page: Json = {
        "data": [
            item.definition | {"id": str(item.id), "status": "APPROVED", "category": item.category}
            for item in shown
        ]
    }
    if shown:
        last = str(shown[-1].id)
        paging: Json = {"cursors": {"before": str(shown[0].id), "after": last}}
        if len(found) > limit:
            own = request.build_absolute_uri(request.path)
            paging["next"] = f"{own}?limit={limit}&after={last}"
        page["paging"] = paging
    return page


def _whole(value: str | None, *, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else default
