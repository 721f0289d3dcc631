"""What is open beside the conversation: an ask, an invite, a seat, a wish that waits."""

from __future__ import annotations

from iceshop.kernel.time import TimeRange
from whatsapp.dialogue.facts import ActiveWindowFacts, AskFacts, Facts, OpenIntentFacts
from whatsapp.dialogue.offers import (
    ask_reply,
    coming_buttons,
    invite_reply,
    seat_freed_reply,
    wait_reply,
)
from whatsapp.dialogue.replies import Button, Line, Reply


def ask_summary(ask: AskFacts, facts: Facts) -> Reply:
    """The ask that waits for this shop, with its buttons."""
    return ask_reply(
        key=ask.key,
        people=ask.people,
        product=ask.product,
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
        price=ask.price,
        asked=ask.asked,
        worst=ask.given_at(ask.asked),
        left=ask.left_at(ask.asked),
        till_minutes=ask.till_minutes,
        benefit=ask.benefit,
        answer_by=ask.answer_by,
        now=facts.now,
    )


def about_window(active: ActiveWindowFacts, facts: Facts, party: int | None = None) -> Reply:
    """The invite, the seat or the place on the list, with what can be done about it."""
    if active.status == "invited":
        return invite_reply(
            key=active.key,
            product=active.product,
            store=active.store,
            starts_at=active.starts_at,
            ends_at=active.ends_at,
            price=active.price,
            before=active.before,
            party=party or active.party,
            answer_by=active.answer_by,
            now=facts.now,
        )
    if active.status == "waiting":
        return Reply(
            "list.position" if active.position else "list.waiting",
            {"position": active.position, "store": active.store, "starts_at": active.starts_at},
            buttons=(Button(f"seat.release:{active.key}", "button.leave_list"),),
        )
    if active.confirm_by is not None:
        return seat_freed_reply(
            key=active.key,
            product=active.product,
            store=active.store,
            starts_at=active.starts_at,
            ends_at=active.ends_at,
            answer_by=active.confirm_by,
            now=facts.now,
        )
    return _seat(active, facts)


def _seat(active: ActiveWindowFacts, facts: Facts) -> Reply:
    lines = (seat_line(active, facts),)
    if active.is_coming_asked:
        ask = Reply("notice.reminder_ask", buttons=coming_buttons(active.key), asks="coming")
        return Reply(
            ask.phrase, lead=lines, buttons=ask.buttons, link=active.panel_link, asks=ask.asks
        )
    return Reply(
        "seat.code",
        {"code": active.code},
        lead=lines,
        link=active.panel_link,
        link_phrase="link.pass",
    )


def seat_line(active: ActiveWindowFacts, facts: Facts) -> Line:
    """One sentence about the held seat."""
    period = TimeRange(active.starts_at, active.ends_at)
    values = {"product": active.product, "store": active.store, "starts_at": active.starts_at}
    return Line("seat.line", {**values, "period": period, "party": active.party, "now": facts.now})


def wait_summary(intent: OpenIntentFacts, facts: Facts) -> Reply:
    """How the open intent stands."""
    if intent.is_paused:
        return Reply(
            "wait.paused",
            {"product": intent.product},
            buttons=(Button(f"intent.resume:{intent.key}", "button.resume"),),
        )
    return wait_reply(
        key=intent.key,
        product=intent.product,
        waiting=intent.waiting,
        needed=intent.needed,
        reason=intent.reason,
        answer_by=intent.answer_by,
        now=facts.now,
    )


def keep_or_release(active: ActiveWindowFacts, facts: Facts) -> Reply:
    """Ask whether a held seat stays."""
    return Reply(
        "seat.ask_keep",
        lead=(seat_line(active, facts),),
        buttons=(
            Button(f"seat.keep:{active.key}", "button.keep"),
            Button(f"seat.release:{active.key}", "button.release"),
        ),
        asks="seat",
    )


def consent_question() -> Reply:
    """Ask once whether offers may be sent unasked."""
    return Reply(
        "consent.ask",
        buttons=(
            Button("consent.accept:offers", "button.consent_yes"),
            Button("consent.decline:offers", "button.consent_no"),
        ),
        asks="consent",
    )
