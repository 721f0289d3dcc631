"""The planner: when, by which channel, in which form, and why. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iceshop.kernel.time import TimeRange
from windows.notices.domain import Channel, Form, NoticeClass, NoticeKind, Outcome
from windows.notices.planner import Facts, Plan, decide, quiet_until
from windows.notices.rates import all_rates, cost_micros
from windows.notices.rules import RULES, Quiet

ISTANBUL = ZoneInfo("Europe/Istanbul")
NOON = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 19, 5, 0, tzinfo=UTC)
KNOWN = Facts(zone=ISTANBUL, has_whatsapp=True, is_free=True)
AWAY = replace(KNOWN, is_free=False)
LADDER = replace(
    AWAY, has_template=True, has_panel=True, has_sms=True, may_call=True, allows_marketing=True
)


def use(now: datetime = NOON, *, hours: float = 1) -> TimeRange:
    return TimeRange(now, now + timedelta(hours=hours))


def plan(kind: NoticeKind, facts: Facts = KNOWN, now: datetime = NOON, hours: float = 1) -> Plan:
    return decide(kind, facts, use(now, hours=hours), now)


def test_every_kind_has_its_row_and_none_is_marketing() -> None:
    assert set(RULES) == set(NoticeKind)
    assert NoticeClass.MARKETING not in {rule.notice_class for rule in RULES.values()}


def test_free_form_goes_inside_the_reply_window_and_a_template_outside() -> None:
    """R10: free text is not chosen outside the 24 hours."""
    inside = plan(NoticeKind.REMINDER)
    outside = plan(NoticeKind.REMINDER, replace(AWAY, has_template=True))

    assert (inside.form, inside.reason) == (Form.FREE, "reply_window.open")
    assert (outside.form, outside.reason) == (Form.TEMPLATE, "reply_window.closed")


def test_without_any_channel_it_is_not_said_and_counts_as_unreached() -> None:
    assert plan(NoticeKind.REMINDER, AWAY) == Plan(
        Outcome.DROP, "reply_window.closed", is_unreached=True
    )


def test_ladder_goes_down_one_by_one() -> None:
    tried: frozenset[Channel] = frozenset()
    channels = []
    while (step := plan(NoticeKind.REMINDER, replace(LADDER, tried=tried))).channel:
        channels.append((step.channel.value, step.reason))
        tried |= {step.channel}

    assert channels == [
        ("whatsapp", "reply_window.closed"),
        ("panel", "whatsapp.failed"),
        ("sms", "whatsapp.failed"),
        ("voice", "whatsapp.failed"),
    ]
    assert step == Plan(Outcome.DROP, "whatsapp.failed", is_unreached=True)


def test_what_was_read_on_the_panel_is_not_said_again() -> None:
    seen = replace(LADDER, tried=frozenset({Channel.WHATSAPP, Channel.PANEL}), saw_panel=True)

    assert plan(NoticeKind.REMINDER, seen) == Plan(Outcome.DROP, "panel.seen")


@pytest.mark.parametrize("kind", [k for k, r in RULES.items() if r.quiet is Quiet.SAY])
def test_what_was_asked_for_now_is_said_at_any_hour(kind: NoticeKind) -> None:
    assert plan(kind, now=NIGHT, hours=12).outcome is Outcome.SAY


@pytest.mark.parametrize("kind", [k for k, r in RULES.items() if r.quiet is not Quiet.SAY])
def test_what_can_wait_waits_for_the_morning(kind: NoticeKind) -> None:
    assert plan(kind, now=NIGHT, hours=12) == Plan(Outcome.LATER, "quiet.hours", at=MORNING)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (NoticeKind.INVITE, Outcome.SAY),
        (NoticeKind.WINDOW_CANCELLED, Outcome.SAY),
        (NoticeKind.ASK, Outcome.DROP),
        (NoticeKind.AFTER, Outcome.DROP),
        (NoticeKind.SELLER_RESULT, Outcome.DROP),
    ],
)
def test_what_is_useless_by_morning_is_said_now_or_never(
    kind: NoticeKind, outcome: Outcome
) -> None:
    assert plan(kind, now=NIGHT, hours=2).outcome is outcome


def test_store_that_is_open_now_is_asked_at_night() -> None:
    assert plan(NoticeKind.ASK, replace(KNOWN, is_store_open=True), NIGHT, 2).outcome is Outcome.SAY


def test_stop_leaves_only_what_concerns_a_kept_seat() -> None:
    stopped = replace(KNOWN, opted_out=True)
    kept = replace(stopped, keeps_seat=True)

    assert plan(NoticeKind.REMINDER, stopped).reason == "person.opted_out"
    assert plan(NoticeKind.REMINDER, kept).outcome is Outcome.SAY
    assert plan(NoticeKind.AFTER, kept).reason == "person.opted_out"


def test_cap_of_the_day_ends_it() -> None:
    most = RULES[NoticeKind.DID_NOT_COME].most_a_day

    assert plan(NoticeKind.DID_NOT_COME, replace(KNOWN, said_today=most)).reason == "person.cap"
    assert plan(NoticeKind.DID_NOT_COME, replace(KNOWN, said_today=most - 1)).channel


def test_last_seconds_of_use_are_not_used() -> None:
    spare = timedelta(seconds=RULES[NoticeKind.ASK].spare_seconds)
    ends = use().end

    assert decide(NoticeKind.ASK, KNOWN, use(), ends - spare).reason == "use.past"
    assert decide(NoticeKind.ASK, KNOWN, use(), ends - spare - timedelta(seconds=1)).channel


facts = st.builds(
    Facts,
    zone=st.sampled_from([ISTANBUL, ZoneInfo("America/New_York"), ZoneInfo("UTC")]),
    is_store_open=st.booleans(),
    opted_out=st.booleans(),
    keeps_seat=st.booleans(),
    allows_marketing=st.booleans(),
    has_whatsapp=st.booleans(),
    is_free=st.booleans(),
    has_template=st.booleans(),
    has_panel=st.booleans(),
    saw_panel=st.booleans(),
    has_sms=st.booleans(),
    may_call=st.booleans(),
    said_today=st.integers(0, 12),
    tried=st.frozensets(st.sampled_from(list(Channel))),
)
_YEAR = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
moments = st.integers(_YEAR, _YEAR + 365 * 86_400).map(lambda at: datetime.fromtimestamp(at, UTC))
stretches = st.integers(1, 2 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


@given(st.sampled_from(list(NoticeKind)), facts, moments, stretches, stretches)
def test_plan_is_never_out_of_bounds(
    kind: NoticeKind, known: Facts, starts: datetime, length: timedelta, after: timedelta
) -> None:
    span, now = TimeRange(starts, starts + length), starts + after - timedelta(days=1)
    rule, made = RULES[kind], decide(kind, known, span, now)

    assert made.reason
    assert made == decide(kind, known, span, now)
    if made.outcome is Outcome.SAY:
        assert made.channel in rule.ladder
        assert made.channel not in known.tried
        assert span.contains(now)
        assert not known.opted_out or known.keeps_seat
        assert rule.quiet in (Quiet.SAY, Quiet.SHIFT, Quiet.OPEN_STORE) or not quiet_until(
            now, known.zone
        )
        assert (made.form is not None) == (made.channel is Channel.WHATSAPP)
        assert made.form is not Form.FREE or known.is_free
        assert made.form is not Form.TEMPLATE or (known.has_template and not known.is_free)
    if made.outcome is Outcome.LATER:
        assert made.at is not None
        assert now < made.at < span.end
        # At its new moment it is decided, not moved on for ever.
        assert decide(kind, known, span, made.at).reason != "use.ahead"
    assert (made.at is not None) == (made.outcome is Outcome.LATER)
    assert made.outcome is Outcome.DROP or not made.is_unreached


@given(moments, st.sampled_from([ISTANBUL, ZoneInfo("America/New_York")]))
def test_quiet_hours_end_in_the_morning_of_the_zone(at: datetime, zone: ZoneInfo) -> None:
    ends = quiet_until(at, zone)
    hour = at.astimezone(zone).hour

    assert (ends is None) == (8 <= hour < 22)
    if ends is not None:
        assert ends.astimezone(zone).hour == 8
        assert timedelta(0) < ends - at <= timedelta(hours=11)
        assert quiet_until(ends, zone) is None


def test_rates_follow_the_day() -> None:
    service = NoticeClass.SERVICE
    before, since = date(2026, 9, 30), date(2026, 10, 1)

    assert cost_micros(Channel.WHATSAPP, service, on=before) == 0
    assert cost_micros(Channel.WHATSAPP, service, on=since) == cost_micros(
        Channel.WHATSAPP, NoticeClass.UTILITY, on=since
    )
    assert cost_micros(Channel.SMS, service, on=since, units=3) == 3 * all_rates()[-1].sms_part
    assert cost_micros(Channel.PANEL, service, on=since) == 0
    assert all(old.effective_on < new.effective_on for old, new in pairwise(all_rates()))


def table() -> str:
    """The rows of the page, from the data."""
    rows = [
        f"| `{kind}` | {rule.notice_class} | {', '.join(rule.ladder)} | "
        f"{rule.quiet.replace('_', ' ')} | {rule.spare_seconds or '-'} | "
        f"{rule.merge_group or '-'} | {rule.most_a_day or '-'} |"
        for kind, rule in RULES.items()
    ]
    head = "| kind | class | ladder | at night | spare | with | most in 24 h |"
    return "\n".join([head, "|---" * 7 + "|", *rows])


def test_page_shows_the_rows() -> None:
    page = (Path(__file__).parents[3] / "docs/notices.md").read_text(encoding="utf-8")

    assert page.split("<!-- rules: begin -->\n")[1].split("\n<!-- rules: end -->")[0] == table()
