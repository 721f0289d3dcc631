"""Stories for tests: a shop with stock, buyers with wishes, windows, all made by the real services.

Every function runs its own transactions, so that a story reads like what happened one after the
other. ``NOON`` is a Wednesday, 13:00 in Istanbul.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from accounts.identity import services as identity
from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole, OrganisationState
from commerce.catalog import services as catalog
from commerce.places import services as places
from commerce.places.domain import StorePlan, Tile
from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan
from commerce.stock import services as stock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.queries import SeatCard, WindowCard
from windows.flash.services import CheckInResult, DirectDeal, InvitedPerson
from windows.intents import services as intents
from windows.intents.domain import Wish
from windows.intents.queries import IntentCard
from windows.negotiation import services as negotiation
from windows.negotiation.queries import AskCard
from windows.negotiation.services import Proposal, ProposedMember
from windows.passes import queries as passes
from windows.passes.queries import PassCard

NOON = datetime(2025, 11, 19, 10, 0, tzinfo=UTC)
ISTANBUL = "Europe/Istanbul"
MODA = Point(40.98260, 29.02580)
# Some 350 m of walking from the shop.
NEARBY = Point(40.98440, 29.02790)
ALL_WEEK = tuple((weekday, 0, 1440) for weekday in range(1, 8))

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Shop:
    """A verified seller with one store, one offering, and one person who is written to."""

    organisation_id: UUID
    store_id: UUID
    offering_id: UUID
    seller_id: UUID


def minutes(number: int) -> timedelta:
    """``number`` minutes."""
    return timedelta(minutes=number)


def new_person(name: str = "Elif Kaya", *, language: str = "tr", now: datetime = NOON) -> UUID:
    """A person with a phone of their own, who has just written."""
    person = run_operation(
        identity.find_or_create_person,
        phone=f"90555{next(_numbers):07d}",
        user_id=None,
        display_name=name,
        language=language,
        now=now,
    )
    run_operation(identity.note_inbound, person_id=person.id, at=now, now=now)
    return person.id


def new_shop(
    *,
    name: str = "Moda Fırını",
    product: tuple[str, str] = ("Filtre kahve", "Filter coffee"),
    concept: str = "coffee",
    price_minor: int = 14_500,
    stock_units: int = 20,
    history_days: int = 60,
    floor_minor: int | None = 10_000,
    now: datetime = NOON,
) -> Shop:
    """A shop in Moda that is open round the clock; its price stands since ``history_days``."""
    by, number = SYSTEM, next(_numbers)
    seller_id = new_person(f"Satıcı {number}", now=now)
    organisation = run_operation(
        orgs.add_organisation, name=name, state=OrganisationState.VERIFIED, by=by, now=now
    )
    run_operation(
        orgs.add_member,
        organisation_id=organisation.id,
        role=MemberRole.OWNER,
        person_id=seller_id,
        by=by,
        now=now,
    )
    store = run_operation(
        places.put_store, organisation_id=organisation.id, plan=_store_plan(name), now=now
    )
    run_operation(places.set_hours, store_id=store.id, weekly=ALL_WEEK)
    run_operation(
        catalog.put_concept, name_tr=f"{concept} tr", name_en=concept, key=concept, category="food"
    )
    made = run_operation(
        catalog.put_product,
        organisation_id=organisation.id,
        name_tr=product[0],
        name_en=product[1],
        concept_key=concept,
        now=now,
    )
    offering = run_operation(
        catalog.put_offering, store_id=store.id, product_id=made.id, is_active=True, now=now
    )
    _price_and_stock(offering.id, price_minor, stock_units, history_days, floor_minor, now)
    return Shop(organisation.id, store.id, offering.id, seller_id)


def wish(
    person_id: UUID,
    *,
    concept: str = "coffee",
    party_size: int = 1,
    budget_minor: int | None = 13_000,
    point: Point | None = NEARBY,
    hours: int = 3,
    now: datetime = NOON,
) -> IntentCard:
    """Something that a person wants within the next ``hours``."""
    card, _ = run_operation(
        intents.declare_intent,
        person_id=person_id,
        source_key=f"story:{next(_numbers)}",
        wish=Wish(
            product_text="filtre kahve",
            concept_key=concept,
            spans=(TimeRange(now, now + timedelta(hours=hours)),),
            point=point,
            place_name="Caferağa",
            timezone=ISTANBUL,
            budget_minor=budget_minor,
            party_size=party_size,
        ),
        by=Actor.person(person_id),
        now=now,
    )
    return card


def buyer(
    name: str = "Elif Kaya",
    *,
    language: str = "tr",
    party_size: int = 1,
    point: Point | None = NEARBY,
    budget_minor: int | None = 13_000,
    now: datetime = NOON,
) -> InvitedPerson:
    """A new person with a wish."""
    person_id = new_person(name, language=language, now=now)
    card = wish(person_id, party_size=party_size, point=point, budget_minor=budget_minor, now=now)
    return InvitedPerson(person_id, card.id, party_size)


def new_window(
    shop: Shop,
    *people: InvitedPerson,
    starts_in: int = 60,
    length: int = 20,
    price_minor: int = 11_800,
    base_price_minor: int = 14_500,
    seats: int = 18,
    benefit: tuple[str, str] = ("", ""),
    now: datetime = NOON,
) -> WindowCard:
    """A window of the shop to which ``people`` are invited."""
    starts_at = now + minutes(starts_in)
    return run_operation(
        windows.open_directly,
        deal=DirectDeal(
            source_key=f"story:{next(_numbers)}",
            store_id=shop.store_id,
            offering_id=shop.offering_id,
            span=TimeRange(starts_at, starts_at + minutes(length)),
            price_minor=price_minor,
            base_price_minor=base_price_minor,
            currency="TRY",
            seats_max=seats,
            benefit_tr=benefit[0],
            benefit_en=benefit[1],
        ),
        people=tuple(people),
        by=SYSTEM,
        now=now,
    )


def new_ask(
    shop: Shop,
    *people: InvitedPerson,
    starts_in: int = 30,
    length: int = 20,
    price_minor: int = 12_000,
    answer_in: int = 10,
    min_people: int = 2,
    max_people: int = 10,
    budget_minor: int | None = 13_000,
    benefit: tuple[str, str] = ("", ""),
    benefit_cost_minor: int = 0,
    now: datetime = NOON,
) -> AskCard:
    """The question to the shop whether it sells to ``people`` at ``price_minor``."""
    starts_at = now + minutes(starts_in)
    return run_operation(
        negotiation.ask,
        proposal=Proposal(
            decision_key=f"story:{next(_numbers)}",
            store_id=shop.store_id,
            offering_id=shop.offering_id,
            starts_at=starts_at,
            ends_at=starts_at + minutes(length),
            people=sum(person.party_size for person in people),
            min_people=min_people,
            max_people=max_people,
            price_minor=price_minor,
            base_price_minor=14_500,
            currency="TRY",
            benefit_tr=benefit[0],
            benefit_en=benefit[1],
            benefit_cost_minor=benefit_cost_minor,
            answer_by=now + minutes(answer_in),
        ),
        members=tuple(
            ProposedMember(person.intent_id, person.person_id, person.party_size, budget_minor)
            for person in people
            if person.intent_id is not None
        ),
        by=Actor.rule("story"),
        now=now,
    )


def accept(ask: AskCard, *, by: Actor = SYSTEM, now: datetime = NOON) -> WindowCard:
    """The seller says yes."""
    return run_operation(windows.accept_ask, ask_id=ask.id, is_confirmed=False, by=by, now=now)


def take_seat(
    window: WindowCard, person_id: UUID, *, party_size: int | None = None, now: datetime = NOON
) -> SeatCard:
    """The invited person says yes."""
    invite = flash.invite_of(window_id=window.id, person_id=person_id, now=now)
    assert invite is not None, "the story invited nobody"
    joined = run_operation(
        windows.accept_invite,
        invite_id=invite.id,
        person_id=person_id,
        party_size=party_size,
        by=Actor.person(person_id),
        now=now,
    )
    seat = flash.seat_card(joined.seat_id)
    assert seat is not None
    return seat


def fill(window: WindowCard, people: int, *, now: datetime = NOON) -> None:
    """Strangers take ``people`` seats, each one of them."""
    for _ in range(people):
        run_operation(
            windows.join,
            window_id=window.id,
            person_id=new_person("Komşu", now=now),
            party_size=1,
            intent_id=None,
            by=SYSTEM,
            now=now,
        )


def pass_of(seat: SeatCard) -> PassCard:
    """The pass of a seat."""
    return PassCard(passes.codes_of_seats([seat.id])[seat.id], seat.id, seat.window_id)


def show_pass(shop: Shop, seat: SeatCard, *, now: datetime) -> CheckInResult:
    """The seat's code is typed at the till of ``shop``."""
    return windows.check_in(
        store_id=shop.store_id,
        code=pass_of(seat).code,
        nonce=f"story-{next(_numbers)}",
        device="till-1",
        by=Actor.staff(1),
        now=now,
    )


def _store_plan(name: str) -> StorePlan:
    return StorePlan(
        name=name,
        point=MODA,
        timezone=ISTANBUL,
        people_per_five_minutes=10,
        address="Moda Cad. 112",
        neighbourhood="Caferağa, Kadıköy",
        max_parallel_windows=3,
        lead_minutes=2,
        tile=Tile.COFFEE,
    )


def _price_and_stock(
    offering_id: UUID,
    price_minor: int,
    stock_units: int,
    history_days: int,
    floor_minor: int | None,
    now: datetime,
) -> None:
    run_operation(
        pricing.set_price,
        offering_id=offering_id,
        price_minor=price_minor,
        currency="TRY",
        by=SYSTEM,
        now=now - timedelta(days=history_days),
    )
    run_operation(
        pricing.put_terms,
        offering_id=offering_id,
        terms=TermsPlan(floor_price_minor=floor_minor, unit_cost_minor=6_000),
        by=SYSTEM,
        now=now,
    )
    run_operation(
        stock.set_on_hand,
        offering_id=offering_id,
        on_hand=stock_units,
        by=SYSTEM,
        source_key=f"story:{next(_numbers)}",
        now=now,
    )
