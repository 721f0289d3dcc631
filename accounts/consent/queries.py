"""Reading consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.consent.domain import ConsentChange, MarketingState
from accounts.consent.models import ConsentEvent, ConsentState
from iceshop.infra.prepared import Prepared, given


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """Where a person stands.

    The last answer about marketing, whether they said STOP (and whether by SMS), whether they were
    asked, whether they may be called.
    """

    marketing: MarketingState
    opted_out: bool
    asked: bool
    sms_opted_out: bool = False
    allows_calls: bool = False

    @property
    def allows_marketing(self) -> bool:
        """Whether anything promotional may be sent."""
        return self.marketing is MarketingState.GRANTED and not self.opted_out


NEVER_ASKED = ConsentCard(marketing=MarketingState.UNKNOWN, opted_out=False, asked=False)


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """Where somebody stands about one purpose, and the event that says so."""

    person_id: UUID
    purpose: str
    is_granted: bool
    channel: str
    at: datetime


def last_answers(*, since: datetime | None = None) -> tuple[LastAnswer, ...]:
    """The last word of everybody who ever said yes, by purpose, oldest first. One query.

    STOP counts as a no, coming back as a yes. ``since`` leaves out words before it.
    """
    found: dict[tuple[UUID, str], LastAnswer] = {}
    given = {ConsentChange.GRANTED, ConsentChange.RESTORED}
    for event in ConsentEvent.objects.order_by("at", "id").iterator():
        key = (event.person_id, event.purpose)
        is_granted = event.change in given
        # Who never said yes has nothing to take back, and START alone is no yes.
        if key in found or event.change == ConsentChange.GRANTED:
            found[key] = LastAnswer(*key, is_granted, event.channel, event.at)
    words = sorted(found.values(), key=lambda word: (word.at, word.person_id))
    return tuple(word for word in words if since is None or word.at >= since)


_OF_PERSON = Prepared(lambda: ConsentState.objects.filter(pk=given("person_id")))


def consent_of(person_id: UUID) -> ConsentCard:
    """Where the person stands. One query."""
    row = _OF_PERSON.first(person_id=person_id)
    return _card(row) if row else NEVER_ASKED


def consents_of(person_ids: Iterable[UUID]) -> dict[UUID, ConsentCard]:
    """Where each of ``person_ids`` stands. One query."""
    wanted = list(person_ids)
    rows = ConsentState.objects.filter(pk__in=wanted)
    return dict.fromkeys(wanted, NEVER_ASKED) | {row.person_id: _card(row) for row in rows}


def _card(row: ConsentState) -> ConsentCard:
    return ConsentCard(
        marketing=MarketingState(row.marketing),
        opted_out=row.opted_out_at is not None,
        asked=row.asked_at is not None,
        sms_opted_out=row.sms_opted_out_at is not None,
        allows_calls=row.calls_allowed_at is not None,
    )
