"""Questions about scans in words: what happened, by which tills, what may be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from accounts.identity import queries as identity
from accounts.identity.domain import short_name
from commerce.places.queries import StoreCard
from iceshop.kernel.money import Money
from windows.passes.domain import Answer, Question
from windows.passes.queries import QuestionCard, ScanLine, open_questions
from windows.tills.queries import till_names

_TITLES = {
    Question.CONFLICT: gettext_noop("Two tills let in the same pass"),
    Question.GONE: gettext_noop("Let in on a pass that no longer counted"),
    Question.DISPUTE: gettext_noop("Somebody says another person used the pass"),
    Question.PRICE: gettext_noop("More was paid than promised"),
}
_ANSWERS = {
    Question.CONFLICT: (
        (Answer.SAME_PEOPLE, gettext_noop("The same people, scanned twice")),
        (Answer.SHOP_PAYS, gettext_noop("Others, at the group price: we bear it")),
        (Answer.GUEST_PAYS, gettext_noop("Others, who paid the list price")),
    ),
    Question.GONE: (
        (Answer.SHOP_PAYS, gettext_noop("Served at the group price: we bear it")),
        (Answer.GUEST_PAYS, gettext_noop("They paid the list price")),
    ),
    Question.DISPUTE: (
        (Answer.SAME_PEOPLE, gettext_noop("The same people, scanned twice")),
        (Answer.SHOP_PAYS, gettext_noop("Serve them at the group price: we bear it")),
        (Answer.GUEST_PAYS, gettext_noop("Not served at the group price")),
    ),
    Question.PRICE: (
        (Answer.SHOP_PAYS, gettext_noop("We give the difference back")),
        (Answer.GUEST_PAYS, gettext_noop("They bought more than the group's product")),
    ),
}


@dataclass(frozen=True, slots=True)
class ScanFact:
    """One of the scans in question."""

    till: str
    at: datetime
    people: int
    is_offline: bool
    paid: Money | None
    promised: Money | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question as the owner reads it."""

    id: UUID
    title: str
    who: str
    facts: tuple[ScanFact, ...]
    answers: tuple[tuple[Answer, str], ...]


def question_lines(store: StoreCard, *, now: datetime) -> tuple[QuestionLine, ...]:
    """What waits for the owner, the oldest first. Five queries."""
    cards = open_questions(store.id)
    names = till_names(store.id)
    scans = [scan for card in cards for scan in (card.scan, card.other) if scan is not None]
    people = identity.people(
        {UUID(scan.facts["person_id"]) for scan in scans if "person_id" in scan.facts}
    )
    shown = {str(key): short_name(person.display_name) for key, person in people.items()}
    return tuple(_line(card, names, shown) for card in cards)


def _line(card: QuestionCard, names: Mapping[str, str], people: Mapping[str, str]) -> QuestionLine:
    scans = [scan for scan in (card.other, card.scan) if scan is not None]
    known = (people.get(scan.facts.get("person_id", "")) for scan in scans)
    return QuestionLine(
        id=card.id,
        title=gettext(_TITLES[card.kind]),
        who=next((name for name in known if name), ""),
        facts=tuple(_fact(scan, names) for scan in scans),
        answers=tuple((answer, gettext(words)) for answer, words in _ANSWERS[card.kind]),
    )


def _fact(scan: ScanLine, names: Mapping[str, str]) -> ScanFact:
    currency = str(scan.facts.get("currency", ""))
    has_paid = scan.paid_minor is not None and currency
    return ScanFact(
        till=names.get(scan.device, "") or gettext("Another till"),
        at=scan.at,
        people=scan.people,
        is_offline=scan.is_offline,
        paid=Money(scan.paid_minor or 0, currency) if has_paid else None,
        promised=Money(scan.facts["to_pay_minor"], currency) if has_paid else None,
    )
