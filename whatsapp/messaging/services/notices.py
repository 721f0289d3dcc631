"""Saying a notice: the facts of the moment, the planner's decision, the channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from accounts.consent import queries as consent
from accounts.identity import queries as identity
from accounts.identity.queries import PersonCard
from iceshop.infra.db import outside, run_operation, step
from iceshop.infra.outbox import services as outbox
from iceshop.infra.outbox.results import Later, Refused, Result, Retry, Sent
from iceshop.infra.realtime.poke import poke
from iceshop.infra.realtime.topics import window_topic
from whatsapp.channels import services as channels
from whatsapp.channels.domain import measure, plain
from whatsapp.channels.queries import may_send
from whatsapp.dialogue.phrasebook import notice as notice_text
from whatsapp.dialogue.phrasebook import sentence
from whatsapp.dialogue.replies import RenderedReply
from whatsapp.gateway.errors import Breaker
from whatsapp.gateway.messages import OutboundBody
from whatsapp.messaging.bodies import body_of
from whatsapp.messaging.compose import Composed, compose
from whatsapp.messaging.domain import joined, may_reply_freely
from whatsapp.messaging.models import OutboundMessage
from whatsapp.messaging.queries import is_resting
from whatsapp.messaging.services.replies import lane_of, store_message
from whatsapp.messaging.services.sending import STOP_WAIT_SECONDS, send_message
from whatsapp.messaging.services.stops import stopped_scopes
from whatsapp.messaging.services.templates import usable_template
from whatsapp.messaging.templating import TemplateText, fill_template, template_name
from whatsapp.messaging.topics import CALL_TOPIC
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.notices import services as notices
from windows.notices.domain import Channel, Form, NoticeKind, Outcome
from windows.notices.planner import Facts, Plan, decide
from windows.notices.queries import NoticeCard, notice_card, said_in_a_day
from windows.notices.rates import cost_micros
from windows.notices.rules import RULES

_DEFAULT_LANGUAGE = "tr"
# How long somebody has to look at the panel before the next channel is tried.
_PANEL_SECONDS = 60


@dataclass(frozen=True, slots=True)
class _Told:
    """One notice on its way: what it is, to whom, what it says, and under which plan."""

    notice: NoticeCard
    person: PersonCard
    composed: Composed
    language: str
    source_key: str
    template: TemplateText | None
    tried: frozenset[Channel]


@outside
def send_notice(
    *,
    notice_id: UUID,
    source_key: str,
    is_template_only: bool,
    attempt: int,
    now: datetime,
    tried: frozenset[Channel] = frozenset(),
) -> Result:
    """Say a notice as the planner decides: by a channel of its ladder, later, or not at all.

    ``source_key`` names the plan to say it; ``is_template_only``: the platform says that the window
    is closed, whatever was noted here; ``tried``: channels that failed; ``attempt`` counts from 1.
    """
    notice = notice_card(notice_id)
    person = identity.person_card(notice.person_id)
    language = person.language or _DEFAULT_LANGUAGE
    composed = compose(notice, language, now)
    if composed is None:
        return _not_said(notice, Plan(Outcome.DROP, "notice.not_wanted"), now)
    is_free = not is_template_only and may_reply_freely(person.last_inbound_at, now)
    scopes = stopped_scopes()
    template = None
    if not is_free and Breaker.TEMPLATES not in scopes and Channel.WHATSAPP not in tried:
        name = template_name(notice.kind, composed.params)
        template = usable_template(name=name, language=language, now=now)
    told = _Told(notice, person, composed, language, source_key, template, tried)
    plan = decide(notice.kind, _facts(told, scopes, is_free=is_free, now=now), notice.use, now)
    if plan.is_unreached and scopes and Channel.WHATSAPP not in tried:
        if Breaker.ALL in scopes:
            return Retry("sending.stopped", STOP_WAIT_SECONDS)
        return _not_said(notice, Plan(Outcome.DROP, "sending.stopped", is_unreached=True), now)
    if plan.outcome is not Outcome.SAY:
        return _not_said(notice, plan, now)
    if plan.channel is Channel.WHATSAPP:
        row = run_operation(_store, told=told, plan=plan, now=now)
        return send_message(row, person=person, attempt=attempt, now=now)
    if plan.channel is Channel.SMS:
        sms_id = run_operation(_store_sms, told=told, plan=plan, now=now)
        phone = person.phone or ""
        return channels.send_sms(sms_id=sms_id, phone=phone, attempt=attempt, now=now)
    if plan.channel is Channel.VOICE:
        run_operation(_plan_call, told=told, plan=plan, now=now)
        return Sent("voice")
    return _show_on_panel(told, plan, now=now)


def words_of(*, notice_id: UUID, now: datetime) -> tuple[UUID, str] | None:
    """To whom a notice goes and what it says without buttons and links; ``None`` when it is over.

    Reads only.
    """
    notice = notice_card(notice_id)
    language = identity.person_card(notice.person_id).language or _DEFAULT_LANGUAGE
    composed = compose(notice, language, now)
    if composed is None or now >= notice.useful_until:
        return None
    return notice.person_id, _without_links(_words(notice, composed, language).text)


def _facts(told: _Told, scopes: frozenset[str], *, is_free: bool, now: datetime) -> Facts:
    """What the planner must know; nothing is asked that its rule does not need."""
    notice, person = told.notice, told.person
    rule = RULES[notice.kind]
    stands = consent.consent_of(person.id)
    is_stopped = Breaker.ALL in scopes or Breaker.PROACTIVE in scopes
    # Only where another way is open does a rest after an undeliverable message help anybody.
    rests = len(rule.ladder) > 1 and is_resting(person, now=now)
    return Facts(
        zone=told.composed.zone,
        is_store_open=told.composed.is_store_open,
        opted_out=stands.opted_out,
        keeps_seat=stands.opted_out
        and notice.subject_kind in ("seat", "window")
        and flash.has_live_seat(person.id, now=now),
        allows_marketing=stands.allows_marketing,
        has_whatsapp=person.is_reachable and not is_stopped and not rests,
        is_free=is_free,
        has_template=told.template is not None,
        has_panel=told.composed.window_id is not None,
        saw_panel=notice.saw_panel,
        has_sms=Channel.SMS in rule.ladder and may_send(person, stands),
        may_call=bool(settings.VOICE["KEY"] and person.phone) and stands.allows_calls,
        said_today=said_in_a_day(notice, now=now) if rule.most_a_day else 0,
        tried=told.tried,
    )


def _not_said(notice: NoticeCard, plan: Plan, now: datetime) -> Result:
    run_operation(_note_unsaid, notice=notice, plan=plan, now=now)
    if plan.reason == "panel.seen":
        return Sent("panel")
    return Later(plan.at) if plan.at is not None else Refused(plan.reason)


@step
def _note_unsaid(*, notice: NoticeCard, plan: Plan, now: datetime) -> None:
    """Keep why it is not said; an invite that reached nobody counts for nobody any more."""
    notices.note_decision(notice_id=notice.id, plan=plan, now=now)
    if plan.is_unreached and notice.kind is NoticeKind.INVITE:
        windows.withdraw_invites(person_id=notice.person_id, invite_id=notice.subject_id, now=now)


@step
def _store(*, told: _Told, plan: Plan, now: datetime) -> OutboundMessage:
    """Keep the decision and the message; another try finds both."""
    notice = told.notice
    key = f"{told.source_key}:{plan.form}"
    known = OutboundMessage.objects.filter(source_key=key).first()
    if known is not None:
        return known
    row, _ = store_message(
        person_id=told.person.id,
        source_key=key,
        purpose=notice.kind,
        body=_body(told, plan, now),
        notice_id=notice.id,
        now=now,
    )
    cost = cost_micros(Channel.WHATSAPP, notice.notice_class, on=now.date())
    notices.note_decision(notice_id=notice.id, plan=plan, cost_micros=cost, now=now)
    return row


def _body(told: _Told, plan: Plan, now: datetime) -> OutboundBody:
    if plan.form is Form.TEMPLATE and told.template is not None:
        return fill_template(told.template, told.composed.params, told.composed.zone)
    replies = [_words(told.notice, told.composed, told.language)]
    if RULES[told.notice.kind].merge_group:
        for other in notices.merge_due(notice=told.notice, now=now):
            composed = compose(other, told.language, now)
            if composed is not None:
                replies.append(_words(other, composed, told.language))
    return body_of(joined(replies))


def _without_links(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("http"))


def _words(notice: NoticeCard, composed: Composed, language: str) -> RenderedReply:
    return notice_text(notice.kind, composed.params, language, composed.zone)


@step
def _plan_call(*, told: _Told, plan: Plan, now: datetime) -> None:
    """Keep the decision; the call is placed by who owns the telephone."""
    notice = told.notice
    cost = cost_micros(Channel.VOICE, notice.notice_class, on=now.date())
    notices.note_decision(notice_id=notice.id, plan=plan, cost_micros=cost, now=now)
    outbox.put(
        topic=CALL_TOPIC,
        dedupe_key=f"{told.source_key}:call",
        payload={"notice_id": str(notice.id)},
        lane=lane_of(told.person.id),
        expires_at=notice.useful_until,
        now=now,
    )


@step
def _store_sms(*, told: _Told, plan: Plan, now: datetime) -> UUID:
    """Keep the decision and the SMS: the words, the link behind them, how to stop."""
    notice, params = told.notice, told.composed.params
    words = _words(notice, told.composed, told.language)
    link = words.url or params.get("map_link", "")
    stop = sentence("sms.stop", {}, told.language, told.composed.zone)
    text = plain("\n".join(part for part in (words.text, link, stop) if part))
    cost = cost_micros(Channel.SMS, notice.notice_class, on=now.date(), units=measure(text).parts)
    notices.note_decision(notice_id=notice.id, plan=plan, cost_micros=cost, now=now)
    sms = channels.Sms(
        person_id=told.person.id,
        notice_id=notice.id,
        text=text,
        source_key=f"{told.source_key}:sms",
        cost_micros=cost,
    )
    return channels.store_sms(sms=sms, now=now)


def _show_on_panel(told: _Told, plan: Plan, *, now: datetime) -> Result:
    """Put the words on the panel, poke it, and go on unless somebody reads them."""
    # The link in it leads to the page on which it stands.
    text = _without_links(_words(told.notice, told.composed, told.language).text)
    run_operation(_put_on_panel, told=told, plan=plan, text=text, now=now)
    return Sent("panel")


@step
def _put_on_panel(*, told: _Told, plan: Plan, text: str, now: datetime) -> None:
    notice = told.notice
    notices.note_decision(notice_id=notice.id, plan=plan, now=now)
    notices.put_on_panel(notice_id=notice.id, text=text)
    left = int((notice.useful_until - now).total_seconds())
    notices.try_channel(
        notice_id=notice.id,
        tried=[*told.tried, Channel.PANEL],
        wait_seconds=min(_PANEL_SECONDS, left // 3),
        now=now,
    )
    if told.composed.window_id is not None:
        poke(window_topic(told.composed.window_id))
