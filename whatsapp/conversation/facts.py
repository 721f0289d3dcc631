"""Everything the dialogue may know of a person at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from accounts.consent import queries as consent
from accounts.consent.domain import MarketingState
from accounts.identity.queries import PersonCard
from accounts.orgs import queries as orgs
from commerce.catalog import queries as catalog
from commerce.places import queries as places
from commerce.places.queries import StoreCard
from commerce.pricing import queries as pricing
from iceshop.kernel.money import Money
from iceshop.kernel.time import day_range, local_day
from whatsapp.conversation.lexicon import lexicon
from whatsapp.conversation.models import Lane
from whatsapp.dialogue.facts import (
    ActiveWindowFacts,
    AskFacts,
    Facts,
    LookupFacts,
    NearPlace,
    OpenIntentFacts,
    StoreFacts,
)
from whatsapp.messaging.compose import board_link, product_name
from whatsapp.messaging.queries import told_at
from whatsapp.nlu.gazetteer import PlaceEntry
from whatsapp.nlu.reading import Reading
from windows.flash import queries as flash
from windows.flash.domain import SeatState, WindowState
from windows.flash.queries import ActiveWindow, SeatCard
from windows.intents import queries as intents
from windows.intents.domain import IntentState
from windows.negotiation import queries as negotiation
from windows.notices.domain import NoticeKind
from windows.panel.links import panel_link
from windows.passes.queries import codes_of_seats, show_code
from windows.twin.domain import till_minutes

DEFAULT_ZONE = ZoneInfo("Europe/Istanbul")
_CONSENT = {
    MarketingState.UNKNOWN: "unknown",
    MarketingState.GRANTED: "accepted",
    MarketingState.DECLINED: "declined",
}
_NEAREST = 3


def facts_of(
    person: PersonCard,
    store: StoreCard | None,
    lane: Lane,
    *,
    is_first_contact: bool,
    now: datetime,
) -> Facts:
    """Gather the facts; about a dozen queries. ``store`` is the one that the person speaks for."""
    language = person.language or "tr"
    card = consent.consent_of(person.id)
    return Facts(
        now=now,
        zone=store.zone if store else DEFAULT_ZONE,
        language=person.language or None,
        person_name=person.display_name,
        is_first_contact=is_first_contact,
        consent=_CONSENT[card.marketing],  # type: ignore[arg-type]  # the table's values
        opted_out=card.opted_out,
        role="seller" if store else "buyer",
        taken_over=lane.taken_over_until is not None and lane.taken_over_until > now,
        open_intent=_open_intent(person, now),
        active=_active(person, language, now),
        live_ask=_live_ask(person, store, language, now) if store else None,
        store=_store_facts(store, language, now) if store else None,
    )


def store_of(person: PersonCard) -> StoreCard | None:
    """The store for which the person speaks: the first of the first organisation."""
    memberships = orgs.organisations_of_person(person.id)
    if not memberships:
        return None
    found = places.stores_of([member.organisation.id for member in memberships])
    return found[0] if found else None


def lookup(reading: Reading) -> LookupFacts:
    """What is known of the product and the place that a message names."""
    product_known, is_restricted = None, False
    near: tuple[str, ...] = ()
    if reading.product:
        concept = catalog.concept_for(reading.product)
        product_known = concept is not None
        is_restricted = bool(concept and concept.is_restricted) or bool(
            catalog.restricted_words(reading.product)
        )
        if concept is None:
            near = _nearest_products(reading.product, reading.language)
    place_known: bool | None = None
    near_places: tuple[NearPlace, ...] = ()
    if reading.place is not None and reading.place.names:
        known = [lexicon().place(name) for name in reading.place.names]
        place_known = all(known) and reading.place.point is not None
        if reading.place.point is None:
            near_places = tuple(_told_apart(entry) for entry in reading.place.choices)
    return LookupFacts(
        is_product_known=product_known,
        is_product_restricted=is_restricted,
        nearest_products=near,
        is_place_known=place_known,
        nearest_places=near_places,
    )


def _told_apart(entry: PlaceEntry) -> NearPlace:
    """The place with its province, which tells it from others of its name."""
    is_city = entry.province in ("", entry.name)
    name = entry.name if is_city else f"{entry.name}, {entry.province}"
    return NearPlace(name, entry.point)


def _nearest_products(name: str, language: str) -> tuple[str, ...]:
    """Names of kinds that shops can have and that ``name`` may be one of."""
    entries = lexicon().products_near(name, language)
    names = (entry.name(language) for entry in entries)
    return tuple(name for name in names if catalog.concept_named(name) is not None)


def _open_intent(person: PersonCard, now: datetime) -> OpenIntentFacts | None:
    live = [
        card
        for card in intents.live_intents(person.id)
        if card.state in (IntentState.OPEN, IntentState.PAUSED) and card.ends_at > now
    ]
    if not live:
        return None
    card = live[0]
    return OpenIntentFacts(
        key=str(card.id),
        product=card.product_text,
        waiting=card.people_waiting,
        needed=card.people_needed,
        reason=card.wait_reason,
        answer_by=card.answer_by if card.answer_by > now else None,
        is_paused=card.state is IntentState.PAUSED,
        radius_m=card.radius_m,
    )


def _active(person: PersonCard, language: str, now: datetime) -> ActiveWindowFacts | None:
    found = flash.active_window(person.id, now=now)
    return window_facts(found, person, language, now) if found else None


def window_facts(
    found: ActiveWindow, person: PersonCard, language: str, now: datetime
) -> ActiveWindowFacts:
    """An invite or a seat of the person as the dialogue sees it."""
    window, seat, invite = found.window, found.seat, found.invite
    is_waiting = seat is not None and seat.state is SeatState.WAITING
    code = codes_of_seats([seat.id]).get(seat.id, "") if seat else ""
    subject = seat or invite
    if subject is None:
        raise LookupError("an active window has a seat or an invite")
    return ActiveWindowFacts(
        key=str(subject.id),
        status=_status(seat),
        product=product_name(window.offering_id, language),
        store=places.store_card(window.store_id).name,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        price=window.price,
        before=window.before,
        party=subject.party_size,
        answer_by=invite.answer_by if invite else None,
        confirm_by=seat.due_at if seat and seat.state is SeatState.HELD else None,
        position=flash.list_position(seat.id) if is_waiting and seat else None,
        cancel_free_until=window.ends_at if seat else None,
        panel_link=panel_link(window_id=window.id, person_id=person.id),
        code=show_code(code) if code else "",
        told_at=told_at(person_id=person.id, subject_id=subject.id),
        is_coming_asked=bool(
            seat
            and told_at(person_id=person.id, subject_id=seat.id, kind=NoticeKind.LAST_FIVE_MINUTES)
        ),
    )


def _status(seat: SeatCard | None) -> Literal["invited", "held", "waiting"]:
    if seat is None:
        return "invited"
    return "waiting" if seat.state is SeatState.WAITING else "held"


def _live_ask(
    person: PersonCard, store: StoreCard, language: str, now: datetime
) -> AskFacts | None:
    asks = negotiation.live_asks(now=now, store_ids=[store.id])
    if not asks:
        return None
    ask = asks[0]
    plan = pricing.terms_card(ask.offering_id).plan
    cost, floor = plan.unit_cost_minor, plan.floor_price_minor
    return AskFacts(
        key=str(ask.id),
        product=product_name(ask.offering_id, language),
        people=ask.people,
        most_people=ask.max_people,
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
        price=Money(ask.base_price_minor, ask.currency),
        asked=Money(ask.price_minor, ask.currency),
        answer_by=ask.answer_by,
        cost=None if cost is None else Money(cost, ask.currency),
        floor=None if floor is None else Money(floor, ask.currency),
        benefit=ask.benefit(language),
        benefit_cost=Money(ask.benefit_cost_minor, ask.currency) if ask.benefit_tr else None,
        till_minutes=till_minutes(ask.people, store.people_per_five_minutes),
        told_at=told_at(person_id=person.id, subject_id=ask.id),
    )


def _store_facts(store: StoreCard, language: str, now: datetime) -> StoreFacts:
    today = day_range(local_day(now, store.zone), store.zone)
    windows = flash.windows_of_store(store.id, within=today, now=now)
    running = [window for window in windows if window.state is WindowState.OPEN]
    return StoreFacts(
        key=str(store.id),
        name=store.name,
        products=tuple(card.name(language) for card in catalog.sellable_offerings([store.id])),
        live_product=product_name(running[0].offering_id, language) if running else "",
        windows_today=len(windows),
        board_link=board_link(),
    )
