"""Webhooks: put in line with what they report, posted by lane, repeated until they are taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from itertools import dropwhile, takewhile

from django.db import connection as database

from iceshop.infra.db import add_new, claim_where, operation, outside, step
from iceshop.infra.kick import kick
from iceshop.infra.prepared import (
    Prepared,
    PreparedUpdate,
    given,
    given_list,
    insert_many,
    insert_one,
)
from whatsapp.simulator import connection
from whatsapp.simulator.domain import wire
from whatsapp.simulator.domain.codes import Json
from whatsapp.simulator.domain.faults import FaultKind
from whatsapp.simulator.domain.limits import STATUS_DELAY, Status, before
from whatsapp.simulator.models import (
    SimulatedDelivery,
    SimulatedMessage,
    SimulatedPerson,
    SimulatedPosting,
)
from whatsapp.simulator.queries import FaultFacts
from whatsapp.simulator.services.faults import faults_for, take_fault
from whatsapp.simulator.services.people import party
from whatsapp.simulator.transport import Letter, Post, Posted, post_lane, post_over_http

ACCOUNT_LANE = "account"
# Reports of several messages in one post.
REPORTS = "reports"
TASK = "whatsapp.simulator.deliver"
LEASE_SECONDS = 60
GIVE_UP_AFTER = timedelta(days=7)
# Longest pause between two tries; the platform's own grows to hours.
LONGEST_PAUSE_SECONDS = 60
_REPORTS = frozenset((Status.SENT, Status.DELIVERED, Status.READ, Status.FAILED))
_WEBHOOK_FAULTS = (FaultKind.REORDER, FaultKind.DUPLICATE)
# The first waiting delivery of each lane, where it is due.
_HEADS = """
state = 'waiting' AND due_at <= %s AND NOT EXISTS (
    SELECT FROM whatsapp_simulated_delivery earlier
    WHERE earlier.state = 'waiting' AND earlier.lane = whatsapp_simulated_delivery.lane
    AND (earlier.planned_at, earlier.id)
        < (whatsapp_simulated_delivery.planned_at, whatsapp_simulated_delivery.id))
"""
_REFRESH = """
WITH shown AS MATERIALIZED (
    SELECT id FROM whatsapp_simulated_person WHERE user_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
)
UPDATE whatsapp_simulated_person person SET version = version + 1
FROM shown WHERE person.id = shown.id
"""
# One lock for all postings, so that their numbers become visible in order.
_POSTING_LOCK = 7_205_759


@step
def put_message(
    *, person: SimulatedPerson, message: SimulatedMessage, body: Json, now: datetime
) -> None:
    """Put the webhook of a person's message in line."""
    faults = faults_for(kinds=_WEBHOOK_FAULTS, addresses=(person.phone, person.user_id))
    released = any(fault.kind == FaultKind.REORDER for fault in faults) and _release(person, now)
    held = None if released else take_fault(among=faults, kind=FaultKind.REORDER)
    due_at = now + timedelta(seconds=held.seconds) if held else now
    twice = take_fault(among=faults, kind=FaultKind.DUPLICATE) is not None
    insert_one(
        SimulatedDelivery(
            lane=person.user_id,
            carries="message",
            message=message,
            body=wire.compact(body),
            planned_at=due_at,
            due_at=due_at,
            is_held_back=held is not None,
            repeats=2 if twice else 1,
            created_at=now,
        )
    )
    kick(TASK)


def _release(person: SimulatedPerson, now: datetime) -> bool:
    """Let a message that was held back follow the one that is written now."""
    waiting = SimulatedDelivery.objects.filter(
        lane=person.user_id, is_held_back=True, state=SimulatedDelivery.WAITING
    )
    later = now + timedelta(milliseconds=1)
    return waiting.update(planned_at=later, due_at=later, is_held_back=False) > 0


@step
def put_statuses(
    *,
    person: SimulatedPerson,
    message: SimulatedMessage,
    addressed_by_phone: bool,
    faults: Iterable[FaultFacts],
    now: datetime,
) -> None:
    """Put the webhooks of a message's statuses in line: sent, delivered, read; or failed.

    While ``faults`` hold one of order or repetition for the person, they come in reverse or twice.
    """
    failed = message.status == Status.FAILED
    statuses = (Status.FAILED,) if failed else (Status.SENT, Status.DELIVERED, Status.READ)
    concerned = ("", person.phone, person.user_id)
    acting = {fault.kind for fault in faults if fault.address in concerned}
    moments = [now + STATUS_DELAY[status] for status in statuses]
    if FaultKind.REORDER in acting:
        moments.reverse()
    repeats = 2 if FaultKind.DUPLICATE in acting else 1
    rows = [
        SimulatedDelivery(
            lane=person.user_id,
            carries=status,
            message=message,
            body=wire.compact(
                wire.status_body(
                    connection.number(),
                    party(person),
                    wire.StatusReport(
                        wamid=message.wamid,
                        status=status,
                        at=moment,
                        opaque=message.opaque,
                        category=message.category,
                        code=message.code,
                        addressed_by_phone=addressed_by_phone,
                    ),
                )
            ),
            planned_at=moment,
            due_at=moment,
            repeats=repeats,
            created_at=now,
        )
        for status, moment in zip(statuses, moments, strict=True)
    ]
    insert_many(rows)
    kick(TASK)


@step
def put_account_event(*, body: Json, now: datetime) -> None:
    """Put a webhook in line that concerns no person."""
    SimulatedDelivery.objects.create(
        lane=ACCOUNT_LANE,
        carries="account",
        body=wire.compact(body),
        planned_at=now,
        due_at=now,
        created_at=now,
    )
    kick(TASK)


@outside
def drain_deliveries(
    *,
    now: datetime,
    limit: int = 100,
    post: Post = post_over_http,
    parallel: int = 8,
    reports_a_post: int = 1,
) -> int:
    """Post webhooks that are due and return how many posts were made, or tried.

    Different lanes go in parallel, each in order; a lane stops at the first that is not taken with
    200, which is tried again later. ``post`` may hand the bodies to the product in this process;
    ``parallel`` is 1 then. The platform may tell of many messages in one post: ``reports_a_post``
    is how many reports it joins.
    """
    heads = claim_where(
        SimulatedDelivery,
        _HEADS,
        [now],
        order="planned_at, id",
        limit=limit,
        lease_seconds=LEASE_SECONDS,
    )
    if not heads:
        return 0
    tried = 0
    lanes = _with_joined_reports(_lanes(heads, now), most=reports_a_post)
    for outcomes in _post_lanes(lanes, post=post, parallel=parallel):
        tried += len(outcomes)
        _record(outcomes=outcomes, now=now)
    return tried


_DUE_IN_LANES = Prepared(
    lambda: SimulatedDelivery.objects.filter(
        state=SimulatedDelivery.WAITING,
        lane__in=given_list("lanes", "text"),
        due_at__lte=given("now"),
    ).order_by("planned_at", "id")
)


def _lanes(heads: list[SimulatedDelivery], now: datetime) -> list[list[Letter]]:
    """Everything due in the lanes of ``heads``: a claimed head keeps its lane from others."""
    secret = connection.app_secret()
    lanes: dict[str, list[Letter]] = defaultdict(list)
    for row in _DUE_IN_LANES(lanes=[head.lane for head in heads], now=now):
        headers = wire.signed_headers(row.body, app_secret=secret)
        lanes[row.lane].append(
            Letter(row.pk, row.lane, row.carries, row.message_id, row.body, headers, row.repeats)
        )
    return list(lanes.values())


def _with_joined_reports(lanes: list[list[Letter]], *, most: int) -> list[list[Letter]]:
    """Join the reports with which the lanes begin, up to ``most`` a letter; the rest follows."""
    if most == 1:
        return lanes
    reports = [letter for lane in lanes for letter in takewhile(_is_report, lane)]
    joined = [_joined(reports[at : at + most]) for at in range(0, len(reports), most)]
    rests = [list(dropwhile(_is_report, lane)) for lane in lanes]
    return [lane for lane in (joined, *rests) if lane]


def _is_report(letter: Letter) -> bool:
    return letter.repeats == 1 and letter.carries in _REPORTS


def _joined(parts: list[Letter]) -> Letter:
    if len(parts) == 1:
        return parts[0]
    body = wire.joined([part.body for part in parts])
    headers = wire.signed_headers(body, app_secret=connection.app_secret())
    return Letter(0, REPORTS, REPORTS, None, body, headers, 1, tuple(parts))


def _post_lanes(lanes: list[list[Letter]], *, post: Post, parallel: int) -> Iterator[list[Posted]]:
    """Post ``lanes`` and yield what became of them as it is known."""
    url = connection.webhook_url()
    if parallel == 1 or len(lanes) == 1:
        yield [outcome for lane in lanes for outcome in post_lane(lane, url=url, post=post)]
        return
    with ThreadPoolExecutor(max_workers=min(parallel, len(lanes))) as threads:
        jobs = [threads.submit(post_lane, lane, url=url, post=post) for lane in lanes]
        for job in as_completed(jobs):
            yield job.result()


_POSTED = PreparedUpdate(
    lambda: SimulatedDelivery.objects.filter(pk__in=given_list("taken", "bigint")),
    state=SimulatedDelivery.POSTED,
    lease_until=None,
)


@operation
def _record(*, outcomes: list[Posted], now: datetime) -> None:
    """Write down what was posted, what is tried again, and what the phones show now."""
    taken = _ids(outcome for outcome in outcomes if outcome.is_taken)
    refused = _ids(outcomes) - taken
    letters = {part for outcome in outcomes for part in outcome.letter.deliveries}
    refresh_phones(user_ids={letter.lane for letter in letters})
    _POSTED(taken=list(taken))
    if refused:
        for row in SimulatedDelivery.objects.filter(pk__in=refused):
            _try_again(row, now)
    _show_statuses(letters, taken)
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_POSTING_LOCK])
    postings = [
        SimulatedPosting(
            delivery_id=outcome.letter.delivery_id or _joined_row(outcome.letter, now).pk,
            headers=outcome.letter.headers,
            http_status=outcome.http_status,
            took_ms=outcome.took_ms,
            at=now,
        )
        for outcome in outcomes
    ]
    add_new(postings)


def _ids(outcomes: Iterable[Posted]) -> set[int]:
    return {part.delivery_id for outcome in outcomes for part in outcome.letter.deliveries}


def _joined_row(letter: Letter, now: datetime) -> SimulatedDelivery:
    """Keep the text of a post that joined others, which are tried again by themselves."""
    return insert_one(
        SimulatedDelivery(
            lane=letter.lane,
            carries=letter.carries,
            body=letter.body,
            planned_at=now,
            due_at=now,
            state=SimulatedDelivery.POSTED,
            created_at=now,
        )
    )


def _try_again(row: SimulatedDelivery, now: datetime) -> None:
    pause = min(2 ** min(row.attempts, 10), LONGEST_PAUSE_SECONDS)
    is_over = now - row.created_at > GIVE_UP_AFTER
    row.state = SimulatedDelivery.GIVEN_UP if is_over else SimulatedDelivery.WAITING
    row.due_at = now + timedelta(seconds=pause)
    row.lease_until = None
    row.save(update_fields=["state", "due_at", "lease_until"])


def _show_statuses(letters: Iterable[Letter], taken: Collection[int]) -> None:
    """A status holds once it is reported; a person's message is delivered once it was taken."""
    by_status: dict[Status, list[int]] = defaultdict(list)
    for letter in letters:
        if letter.message_id is None:
            continue
        if letter.carries == "message" and letter.delivery_id in taken:
            by_status[Status.DELIVERED].append(letter.message_id)
        elif letter.carries in (Status.DELIVERED, Status.READ):
            by_status[Status(letter.carries)].append(letter.message_id)
    read = set(by_status[Status.READ])
    by_status[Status.DELIVERED] = [pk for pk in by_status[Status.DELIVERED] if pk not in read]
    for status in sorted(status for status, pks in by_status.items() if pks):
        advance_status(pks=by_status[status], status=status)


_ADVANCED = PreparedUpdate(
    lambda: SimulatedMessage.objects.filter(
        pk__in=given_list("pks", "bigint"), status__in=given_list("before", "text")
    ),
    status=given("status"),
)


@step
def advance_status(*, pks: Iterable[int], status: Status) -> None:
    """Move messages forward to ``status``; those that are further stay."""
    _ADVANCED(pks=list(pks), before=[one.value for one in before(status)], status=status.value)


@step
def refresh_phones(*, user_ids: Collection[str]) -> None:
    """Let the pages of these phones know that there is something new.

    Locks the people in the order of their keys; call it before messages and deliveries are written.
    """
    with database.cursor() as cursor:
        cursor.execute(_REFRESH, [list(user_ids)])
