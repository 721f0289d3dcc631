"""Whether a notice is said now, later or not at all, by which channel and why. Pure.

The one place that decides it, asked when a notice is due, with the facts of that moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from iceshop.kernel.time import TimeRange, at_local, local_day
from windows.notices.domain import Channel, Form, NoticeClass, NoticeKind, Outcome
from windows.notices.rules import RULES, Quiet, Rule

# Wall minutes of the day between which nobody is disturbed; the night passes midnight.
QUIET_FROM = 22 * 60
QUIET_UNTIL = 8 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the person at the moment; everything that is not known is ``False``.

    ``keeps_seat``: after STOP they kept a seat that the notice is about. ``has_whatsapp``: known
    there and not found unreachable lately. ``is_free``: inside the reply window. ``has_panel``:
    there is a page that shows it. ``saw_panel``: it was read there. ``has_sms``, ``may_call``:
    number known, allowed, and the channel is set up. ``said_today``: notices of the kind in the
    last 24 hours. ``tried``: channels on which it failed.
    """

    zone: ZoneInfo
    is_store_open: bool = False
    opted_out: bool = False
    keeps_seat: bool = False
    allows_marketing: bool = False
    has_whatsapp: bool = False
    is_free: bool = False
    has_template: bool = False
    has_panel: bool = False
    saw_panel: bool = False
    has_sms: bool = False
    may_call: bool = False
    said_today: int = 0
    tried: frozenset[Channel] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: ``reason`` is a code for operators, ``at`` is set for ``LATER`` only.

    ``is_unreached``: the person should be told, but no channel is left.
    """

    outcome: Outcome
    reason: str
    channel: Channel | None = None
    form: Form | None = None
    at: datetime | None = None
    is_unreached: bool = False


def decide(kind: NoticeKind, facts: Facts, use: TimeRange, now: datetime) -> Plan:
    """Decide what becomes of a notice that is of use during ``use``.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 18, 12, tzinfo=UTC)
    >>> facts = Facts(zone=ZoneInfo("UTC"), has_whatsapp=True, is_free=True)
    >>> decide(NoticeKind.AFTER, facts, TimeRange(noon, noon + timedelta(hours=1)), noon).reason
    'reply_window.open'
    """
    rule = RULES[kind]
    if now >= use.end - timedelta(seconds=rule.spare_seconds):
        return Plan(Outcome.DROP, "use.past")
    refusal = _refusal(rule, facts)
    if refusal:
        return Plan(Outcome.DROP, refusal)
    return _not_now(rule, facts, use, now) or _by_ladder(rule, facts)


def _not_now(rule: Rule, facts: Facts, use: TimeRange, now: datetime) -> Plan | None:
    """Later or never, where it is too early or night; ``None`` when it may be said."""
    if use.start > now:
        return Plan(Outcome.LATER, "use.ahead", at=use.start)
    morning = quiet_until(now, facts.zone)
    if morning is None or _speaks_at_night(rule, facts):
        return None
    if morning < use.end - timedelta(seconds=rule.spare_seconds):
        return Plan(Outcome.LATER, "quiet.hours", at=morning)
    return None if rule.quiet is Quiet.SHIFT else Plan(Outcome.DROP, "quiet.hours")


def quiet_until(at: datetime, zone: ZoneInfo) -> datetime | None:
    """End of the quiet hours that ``at`` lies in, or ``None`` by day.

    >>> quiet_until(datetime(2026, 11, 18, 23, tzinfo=ZoneInfo("UTC")), ZoneInfo("UTC")).hour
    8
    """
    day = local_day(at, zone)
    morning = at_local(day, QUIET_UNTIL, zone)
    if at < morning:
        return morning
    if at >= at_local(day, QUIET_FROM, zone):
        return at_local(day + timedelta(days=1), QUIET_UNTIL, zone)
    return None


def _speaks_at_night(rule: Rule, facts: Facts) -> bool:
    is_awake = rule.quiet is Quiet.OPEN_STORE and facts.is_store_open
    return rule.quiet is Quiet.SAY or is_awake


def _refusal(rule: Rule, facts: Facts) -> str:
    """Why the person is not to be told at all; empty when they may be."""
    if facts.opted_out and not (facts.keeps_seat and rule.notice_class is NoticeClass.UTILITY):
        return "person.opted_out"
    if rule.notice_class is NoticeClass.MARKETING and not facts.allows_marketing:
        return "marketing.not_allowed"
    if facts.saw_panel:
        return "panel.seen"
    if rule.most_a_day and facts.said_today >= rule.most_a_day:
        return "person.cap"
    return ""


def _by_ladder(rule: Rule, facts: Facts) -> Plan:
    """The first channel of the ladder that is open and was not tried."""
    why_not = _whatsapp_reason(facts)
    for channel in rule.ladder:
        if channel in facts.tried:
            continue
        if channel is Channel.WHATSAPP:
            form = _form(rule, facts)
            if form is not None:
                is_free = form is Form.FREE
                reason = "reply_window.open" if is_free else "reply_window.closed"
                return Plan(Outcome.SAY, reason, channel, form)
        elif _is_open(channel, facts):
            return Plan(Outcome.SAY, why_not, channel)
    return Plan(Outcome.DROP, why_not, is_unreached=True)


def _form(rule: Rule, facts: Facts) -> Form | None:
    if not facts.has_whatsapp:
        return None
    if facts.is_free and Form.FREE in rule.forms:
        return Form.FREE
    if facts.has_template and Form.TEMPLATE in rule.forms:
        return Form.TEMPLATE
    return None


def _is_open(channel: Channel, facts: Facts) -> bool:
    return {
        Channel.PANEL: facts.has_panel,
        Channel.SMS: facts.has_sms,
        Channel.VOICE: facts.may_call,
    }[channel]


def _whatsapp_reason(facts: Facts) -> str:
    """Why WhatsApp is not the way."""
    if Channel.WHATSAPP in facts.tried:
        return "whatsapp.failed"
    return "reply_window.closed" if facts.has_whatsapp else "whatsapp.unreachable"
