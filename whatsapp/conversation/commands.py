"""Carrying out what a step wants done; each command runs in its own savepoint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.consent import services as consent
from accounts.identity import services as identity
from accounts.identity.queries import PersonCard
from commerce.offers import services as offers
from commerce.places import services as places
from commerce.places.queries import StoreCard
from commerce.pricing.domain import Tier
from iceshop.infra.db import CONSTRAINT_CODES, violated_constraint
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, DomainError, NotFound
from iceshop.kernel.text import fold
from whatsapp.conversation.facts import window_facts
from whatsapp.conversation.models import Lane, UnknownWord
from whatsapp.conversation.wishes import wish_of
from whatsapp.dialogue import commands
from whatsapp.dialogue.commands import Command
from whatsapp.dialogue.facts import Facts
from whatsapp.nlu.reading import DiscountTier
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.domain import WindowState
from windows.flash.queries import ActiveWindow
from windows.intents import queries as intent_queries
from windows.intents import services as intents
from windows.intents.domain import IntentMove
from windows.negotiation import services as negotiation
from windows.rounds.prospects import prospect_of

_WORDING = "consent.ask.1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command: a code of ``dialogue.commands.OUTCOMES`` and its values."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does it, why, and when; ``source_key`` names message and command."""

    person: PersonCard
    lane: Lane
    facts: Facts
    store: StoreCard | None
    source_key: str
    now: datetime

    @property
    def by(self) -> Actor:
        """The person."""
        return Actor.person(self.person.id)

    @property
    def language(self) -> str:
        """The language of the talk."""
        return self.facts.language or "tr"


def carry_out(command: Command, deed: Deed) -> Outcome:
    """Do ``command``; a refusal leaves nothing written and becomes the outcome's code."""
    try:
        with transaction.atomic():
            return _DOERS[type(command)](command, deed)
    except DomainError as error:
        return Outcome(error.code, error.params)
    except IntegrityError as error:
        code = CONSTRAINT_CODES.get(violated_constraint(error))
        if code is None:
            raise
        return Outcome(code)


def _key(text: str, code: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(code) from error


def _set_language(command: commands.SetLanguage, deed: Deed) -> Outcome:
    identity.set_language(person_id=deed.person.id, language=command.language)
    return Outcome("language.set")


def _record_consent(command: commands.RecordConsent, deed: Deed) -> Outcome:
    consent.record_marketing(
        person_id=deed.person.id,
        is_granted=command.accepted,
        wording=_WORDING,
        language=deed.language,
        source_key=deed.source_key,
        now=deed.now,
    )
    return Outcome("consent.recorded")


def _opt_out(command: commands.OptOut, deed: Deed) -> Outcome:
    consent.opt_out(
        person_id=deed.person.id,
        wording="stop",
        language=deed.language,
        source_key=deed.source_key,
        now=deed.now,
    )
    for intent in intent_queries.live_intents(deed.person.id):
        if intent.state != "seated":
            _end_intent(intent.id, deed, reason="opted_out")
    windows.withdraw_invites(person_id=deed.person.id, now=deed.now)
    return Outcome("stopped")


def _opt_in(command: commands.OptIn, deed: Deed) -> Outcome:
    consent.opt_in(
        person_id=deed.person.id,
        wording="start",
        language=deed.language,
        source_key=deed.source_key,
        now=deed.now,
    )
    return Outcome("started")


def _declare(command: commands.DeclareIntent, deed: Deed) -> Outcome:
    replaces = _key(command.replaces, "intent.unknown") if command.replaces else None
    if replaces is not None:
        negotiation.leave(intent_id=replaces, now=deed.now)
    card, _ = intents.declare_intent(
        person_id=deed.person.id,
        source_key=deed.source_key,
        wish=wish_of(command.slots, zone=deed.facts.zone, now=deed.now),
        by=deed.by,
        now=deed.now,
        replaces=replaces,
    )
    prospect = prospect_of(card, now=deed.now)
    return Outcome(
        "intent.open",
        {
            "key": str(card.id),
            "product": card.product_text,
            "waiting": prospect.waiting,
            "needed": prospect.needed,
            "answer_by": card.answer_by,
        },
    )


def _move_intent(move: IntentMove, code: str) -> Callable[[Any, Deed], Outcome]:
    def do(command: Any, deed: Deed) -> Outcome:
        intent_id = _own_intent(command.key, deed)
        if move is IntentMove.CANCEL:
            _end_intent(intent_id, deed, reason="cancelled")
            return Outcome(code)
        if move is IntentMove.PAUSE:
            negotiation.leave(intent_id=intent_id, now=deed.now)
        if not intents.move(intent_id=intent_id, move=move, by=deed.by, now=deed.now):
            raise Conflict("intent.unknown")
        return Outcome(code)

    return do


def _own_intent(key: str, deed: Deed) -> UUID:
    intent_id = _key(key, "intent.unknown")
    card = intent_queries.intent_card(intent_id)
    if card is None or card.person_id != deed.person.id:
        raise NotFound("intent.unknown")
    return intent_id


def _end_intent(intent_id: UUID, deed: Deed, *, reason: str) -> None:
    negotiation.leave(intent_id=intent_id, now=deed.now)
    moved = intents.move(
        intent_id=intent_id, move=IntentMove.CANCEL, by=deed.by, now=deed.now, reason=reason
    )
    if not moved:
        raise Conflict("intent.unknown")


def _widen(command: commands.WidenIntent, deed: Deed) -> Outcome:
    intents.widen(intent_id=_own_intent(command.key, deed), radius_m=command.radius_m, now=deed.now)
    return Outcome("intent.widened", {"radius_m": command.radius_m})


def _accept_invite(command: commands.AcceptInvite, deed: Deed) -> Outcome:
    result = windows.accept_invite(
        invite_id=_key(command.key, "invite.unknown"),
        person_id=deed.person.id,
        party_size=command.party,
        by=deed.by,
        now=deed.now,
    )
    params = _seat_params(result.seat_id, deed)
    return Outcome("seat.taken" if result.is_new else "seat.already", params)


def _seat_params(seat_id: UUID, deed: Deed) -> Mapping[str, Any]:
    seat = flash.seat_card(seat_id)
    window = flash.window_card(seat.window_id, now=deed.now) if seat else None
    if seat is None or window is None:
        raise NotFound("seat.unknown")
    facts = window_facts(ActiveWindow(window, None, seat), deed.person, deed.language, deed.now)
    return {
        "key": facts.key,
        "product": facts.product,
        "store": facts.store,
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "price": facts.price,
        "before": facts.before,
        "party": facts.party,
        "code": facts.code,
        "panel_link": facts.panel_link,
        "cancel_free_until": facts.cancel_free_until,
    }


def _decline_invite(command: commands.DeclineInvite, deed: Deed) -> Outcome:
    windows.decline_invite(
        invite_id=_key(command.key, "invite.unknown"), person_id=deed.person.id, now=deed.now
    )
    return Outcome("invite.declined")


def _other_time(command: commands.AskOtherTime, deed: Deed) -> Outcome:
    intent_id = windows.decline_invite(
        invite_id=_key(command.key, "invite.unknown"), person_id=deed.person.id, now=deed.now
    )
    if intent_id is not None and command.intervals:
        intents.retime(intent_id=intent_id, spans=command.intervals, now=deed.now)
    return Outcome("invite.other_time")


def _release_seat(command: commands.ReleaseSeat, deed: Deed) -> Outcome:
    windows.release_seat(
        seat_id=_key(command.key, "seat.unknown"),
        person_id=deed.person.id,
        keeps_intent=False,
        by=deed.by,
        now=deed.now,
    )
    return Outcome("seat.released")


def _change_party(command: commands.ChangeParty, deed: Deed) -> Outcome:
    windows.change_party(
        seat_id=_key(command.key, "seat.unknown"),
        person_id=deed.person.id,
        party_size=command.party,
        by=deed.by,
        now=deed.now,
    )
    return Outcome("seat.party_changed", {"party": command.party})


def _on_the_way(command: commands.SayOnTheWay, deed: Deed) -> Outcome:
    windows.say_on_way(
        seat_id=_key(command.key, "seat.unknown"),
        person_id=deed.person.id,
        by=deed.by,
        now=deed.now,
    )
    return Outcome("seat.on_the_way")


def _own_ask(key: str, deed: Deed) -> UUID:
    ask_id = _key(key, "ask.unknown")
    if deed.store is None or not negotiation.is_of_store(ask_id=ask_id, store_id=deed.store.id):
        raise NotFound("ask.unknown")
    return ask_id


def _accept_ask(command: commands.AcceptAsk, deed: Deed) -> Outcome:
    ask_id = _own_ask(command.key, deed)
    window = windows.accept_ask(ask_id=ask_id, by=deed.by, now=deed.now)
    return Outcome("ask.accepted", _agreed_params(window, deed))


def _agreed_params(window: flash.WindowCard, deed: Deed) -> Mapping[str, Any]:
    counts = flash.people_counts([window.id], now=deed.now)[window.id]
    return {
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "period": window.span,
        "price": window.price,
        "people": counts.unanswered + counts.confirmed,
        "board_link": deed.facts.store.board_link if deed.facts.store else "",
    }


def _counter_ask(command: commands.CounterAsk, deed: Deed) -> Outcome:
    ask_id = _own_ask(command.key, deed)
    tier = command.tiers[0]
    window = windows.counter_ask(
        ask_id=ask_id,
        unit_minor=tier.unit_price_minor,
        percent_bp=tier.percent_bp,
        amount_off_minor=tier.amount_off_minor,
        by=deed.by,
        now=deed.now,
    )
    return Outcome("ask.countered", _agreed_params(window, deed))


def _refuse_ask(command: commands.RefuseAsk, deed: Deed) -> Outcome:
    negotiation.refuse(ask_id=_own_ask(command.key, deed), by=deed.by, now=deed.now)
    return Outcome("ask.refused")


def _own_store(deed: Deed) -> StoreCard:
    if deed.store is None:
        raise NotFound("store.unknown")
    return deed.store


def _offer_stock(command: commands.OfferStock, deed: Deed) -> Outcome:
    store = _own_store(deed)
    for index, item in enumerate(command.items):
        offers.state_offer(
            store_id=store.id,
            product_text=item.product or "",
            stock=None if item.stock is None else int(item.stock),
            price_minor=item.price.amount_minor if item.price else None,
            tiers=tuple(_tier(tier) for tier in command.discounts) or None,
            by=deed.by,
            source_key=f"{deed.source_key}:{index}",
            now=deed.now,
        )
    return Outcome("offer.stored")


def _tier(said: DiscountTier) -> Tier:
    """A step of the ladder from what the seller said; without a number of people it is for one."""
    people = said.min_people or said.min_quantity or 1
    if said.percent_bp is not None:
        return Tier.percent(people, said.percent_bp)
    if said.unit_price_minor is not None:
        return Tier.fixed(people, said.unit_price_minor)
    return Tier.amount(people, said.amount_off_minor or 0)


def _set_hours(command: commands.SetHours, deed: Deed) -> Outcome:
    store = _own_store(deed)
    named = {day for hours in command.hours for day in hours.days}
    weekly = [row for row in store.hours.weekly if row[0] not in named]
    for hours in command.hours:
        if hours.opens is not None and hours.closes is not None:
            # A close before the opening lies on the next day.
            closes = hours.closes + (1440 if hours.closes <= hours.opens else 0)
            weekly += [(day, hours.opens, closes) for day in hours.days]
    places.set_hours(store_id=store.id, weekly=weekly)
    return Outcome("hours.stored")


def _mark_stock_left(command: commands.MarkStockLeft, deed: Deed) -> Outcome:
    store = _own_store(deed)
    running = [w for w in flash.live_windows(now=deed.now) if w.store_id == store.id]
    running.sort(key=lambda window: window.state is not WindowState.OPEN)
    if not running:
        raise NotFound("stock.no_window")
    short = windows.limit_stock(
        window_id=running[0].id, left=command.count, by=deed.by, now=deed.now
    )
    return Outcome("stock.marked", {"n": command.count, "short": short})


def _request_erasure(command: commands.RequestErasure, deed: Deed) -> Outcome:
    Lane.objects.filter(pk=deed.lane.pk).update(erasure_asked_at=deed.now)
    return Outcome("erasure.requested")


def _hand_over(command: commands.HandOver, deed: Deed) -> Outcome:
    Lane.objects.filter(pk=deed.lane.pk).update(handed_over_reason=command.reason[:40])
    return Outcome("handed_over")


def _log_words(command: commands.LogUnknownWords, deed: Deed) -> Outcome:
    for word in command.words:
        row, created = UnknownWord.objects.get_or_create(
            folded=fold(word)[:80], defaults={"text": word[:80], "last_at": deed.now}
        )
        if not created:
            row.count, row.last_at = row.count + 1, deed.now
            row.save(update_fields=("count", "last_at"))
    return Outcome("words.logged")


def _complaint(command: Any, deed: Deed) -> Outcome:
    Lane.objects.filter(pk=deed.lane.pk).update(is_complaint=True)
    return Outcome("complaint.marked")


def _noted(command: Any, deed: Deed) -> Outcome:
    """What the transcript keeps and a later look-back reads."""
    return Outcome("noted")


_DOERS: dict[type, Callable[[Any, Deed], Outcome]] = {
    commands.SetLanguage: _set_language,
    commands.RecordConsent: _record_consent,
    commands.OptOut: _opt_out,
    commands.OptIn: _opt_in,
    commands.DeclareIntent: _declare,
    commands.CancelIntent: _move_intent(IntentMove.CANCEL, "intent.cancelled"),
    commands.PauseIntent: _move_intent(IntentMove.PAUSE, "intent.paused"),
    commands.ResumeIntent: _move_intent(IntentMove.RESUME, "intent.resumed"),
    commands.WidenIntent: _widen,
    commands.AcceptInvite: _accept_invite,
    commands.DeclineInvite: _decline_invite,
    commands.AskOtherTime: _other_time,
    commands.ReleaseSeat: _release_seat,
    commands.ChangeParty: _change_party,
    commands.SayOnTheWay: _on_the_way,
    commands.AcceptAsk: _accept_ask,
    commands.CounterAsk: _counter_ask,
    commands.RefuseAsk: _refuse_ask,
    commands.OfferStock: _offer_stock,
    commands.SetHours: _set_hours,
    commands.MarkStockLeft: _mark_stock_left,
    commands.RequestErasure: _request_erasure,
    commands.HandOver: _hand_over,
    commands.LogUnknownWords: _log_words,
    commands.MarkComplaint: _complaint,
    commands.ExplainAbsence: _noted,
    commands.ReportPrice: _complaint,
}
