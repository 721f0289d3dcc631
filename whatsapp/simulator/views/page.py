"""The page on which one plays buyers and sellers."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from iceshop.infra import clock
from iceshop.infra.clock.services import set_forward
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page
from iceshop.kernel.errors import DomainError, Invalid
from iceshop.kernel.text import clean
from whatsapp.simulator import queries, services
from whatsapp.simulator.domain.inbound import LANGUAGES, NAME_LENGTH, Written, parse_written
from whatsapp.simulator.domain.inbound import voice_note as checked_voice_note
from whatsapp.simulator.queries import PersonFacts
from whatsapp.simulator.views import shown
from whatsapp.simulator.views.gate import only_simulated

RATES = (1, 10, 60)
STEP_SECONDS = 300
# Numbers of new buyers: a range that no phone in Turkey has.
FIRST_NEW_PHONE = 905550009001


@require_GET
@only_simulated
def play(request: HttpRequest) -> HttpResponse:
    """The phones that ``show`` names, the clock, the latest events, and the wire when asked."""
    language = _language()
    show, has_wire = request.GET.get("show", ""), request.GET.get("wire") == "1"
    chosen = shown.chosen_people(show)
    slots = ",".join(slot for slot, _ in chosen)
    context = {
        "words": shown.words(language),
        "phones": shown.phones(chosen),
        "people": queries.people(),
        "places": shown.PLACES,
        "back": _query(slots, has_wire=has_wire),
        "slots": slots,
        "wire_link": _query(slots, has_wire=not has_wire),
        "has_wire": has_wire,
        "rates": RATES,
        "zone": shown.ZONE,
        "weekday": shown.weekday(_timed(request).now, language),
        "is_new": any(person.role == "buyer" and not person.last_n for _, person in chosen),
        "latest_seller": shown.LATEST_SELLER,
    } | _strip(request, has_wire=has_wire)
    return page(request, "whatsapp/simulator/play.html", context)


@require_GET
@only_simulated
def feed(request: HttpRequest) -> HttpResponse:
    """What has changed: phones by slot, and the strip. ``have`` says what the page shows."""
    chosen = shown.chosen_people(request.GET.get("show", ""))
    have = set(request.GET.getlist("have"))
    fresh = [item for item in chosen if _stamp(*item) not in have]
    has_wire = request.GET.get("wire") == "1"
    strip = _strip(request, has_wire=has_wire)
    slots = ",".join(slot for slot, _ in chosen)
    frame = {"words": shown.words(_language()), "has_wire": has_wire} | strip
    answer = {
        "now": clock.now().isoformat(),
        "rate": clock.rate(),
        "phones": [
            {"slot": phone.slot, "html": _phone_html(request, phone, slots, has_wire=has_wire)}
            for phone in shown.phones(fresh)
        ],
        "strip": render_to_string("whatsapp/simulator/_events.html", frame, request),
        "wire": render_to_string("whatsapp/simulator/_wire.html", frame, request)
        if has_wire
        else "",
    }
    return JsonResponse(answer)


@require_POST
@only_simulated
def write(request: HttpRequest) -> HttpResponse:
    """Send what a phone's form holds: text, button, place or voice note."""
    try:
        services.write_as_person(
            address=request.POST.get("person", ""),
            written=_written(request),
            now=_timed(request).now,
        )
    except DomainError:
        return _refused(request)
    return _done(request)


@require_POST
@only_simulated
def add_phone(request: HttpRequest) -> HttpResponse:
    """Show one more phone: of somebody who is there, or of a new buyer."""
    address = request.POST.get("person", "")
    if not address:
        name = clean(request.POST.get("name", ""), NAME_LENGTH)
        language = request.POST.get("language", "tr")
        if not name or language not in LANGUAGES:
            return _refused(request)
        address = services.add_person(
            phone=_new_phone(),
            name=name,
            role="buyer",
            language=language,
            now=_timed(request).now,
        )
    back = QueryDict(request.POST.get("back", ""))
    slots = shown.with_phone(
        back.get("show", "").split(","), address=address, replaces=request.POST.get("replaces", "")
    )
    query = _query(",".join(slots), has_wire=back.get("wire") == "1")
    return HttpResponseRedirect(f"{reverse('simulator')}?{query}")


@require_POST
@only_simulated
def set_clock(request: HttpRequest) -> HttpResponse:
    """Set the clock five minutes ahead, or let it run at another speed."""
    rate = request.POST.get("rate", "")
    try:
        if rate:
            set_forward(rate=int(rate) if rate.isascii() and rate.isdigit() else 0)
        else:
            set_forward(advance_seconds=STEP_SECONDS)
    except DomainError:
        return _refused(request)
    return _done(request)


def _timed(request: HttpRequest) -> TimedRequest:
    return cast(TimedRequest, request)


def _language() -> str:
    return get_language() or "tr"


def _stamp(slot: str, person: PersonFacts) -> str:
    """What a page says that it has of a phone."""
    return f"{slot}~{person.user_id}~{person.version}"


def _query(slots: str, *, has_wire: bool) -> str:
    return urlencode({"show": slots} | ({"wire": "1"} if has_wire else {}), safe=",")


def _strip(request: HttpRequest, *, has_wire: bool) -> dict[str, Any]:
    language = _language()
    strip: dict[str, Any] = {
        "events": shown.events(language),
        "posted": shown.posted(language),
        "waiting": queries.waiting_count(now=_timed(request).now),
    }
    if has_wire:
        strip |= {"wire_out": shown.wire_out(language), "wire_in": shown.wire_in()}
    return strip


def _phone_html(request: HttpRequest, phone: shown.Phone, slots: str, *, has_wire: bool) -> str:
    context = {
        "phone": phone,
        "people": queries.people(),
        "places": shown.PLACES,
        "back": _query(slots, has_wire=has_wire),
        "has_wire": has_wire,
        "latest_seller": shown.LATEST_SELLER,
    }
    return render_to_string("whatsapp/simulator/_phone.html", context, request)


def _written(request: HttpRequest) -> Written:
    """The one thing that the form holds. Raises ``Invalid("sim.message")``."""
    if file := request.FILES.get("audio"):
        return Written(audio=checked_voice_note(file.read()))
    form = request.POST
    if "place" in form:
        return parse_written({"location": _place(form)})
    given = {name: form[name] for name in ("text", "button") if form.get(name)}
    return parse_written(given)


def _place(form: QueryDict) -> dict[str, str]:
    """The place that was chosen, or the coordinates that were typed."""
    latitude, _, longitude = form.get("place", "").partition(",")
    if not longitude:
        latitude, longitude = form.get("latitude", ""), form.get("longitude", "")
    if not latitude or not longitude:
        raise Invalid("sim.message", field="location")
    return {"latitude": latitude.replace(",", "."), "longitude": longitude.replace(",", ".")}


def _new_phone() -> str:
    taken = {person.phone for person in queries.people()}
    number = FIRST_NEW_PHONE
    while str(number) in taken:
        number += 1
    return str(number)


def _is_scripted(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _done(request: HttpRequest) -> HttpResponse:
    if _is_scripted(request):
        return HttpResponse(status=204)
    return _back(request)


def _refused(request: HttpRequest) -> HttpResponse:
    if _is_scripted(request):
        return HttpResponse(status=422)
    messages.error(request, shown.words(_language())["refused_text"])
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    back = QueryDict(request.POST.get("back", ""))
    query = _query(back.get("show", ""), has_wire=back.get("wire") == "1")
    return HttpResponseRedirect(f"{reverse('simulator')}?{query}")
