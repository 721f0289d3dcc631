"""The questions of the conversation, each as it is asked and asked again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from iceshop.kernel.geo import Point
from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange, at_local, local_day
from whatsapp.dialogue.about import keep_or_release
from whatsapp.dialogue.facts import AskFacts, Facts
from whatsapp.dialogue.replies import Button, Line, Reply
from whatsapp.dialogue.states import DialogueState, Draft
from whatsapp.dialogue.terms import price_under

Builder = Callable[[DialogueState, Facts], Reply | None]
WISH_QUESTIONS = frozenset(
    {"product", "product_unknown", "time", "place", "pin", "budget", "confirm", "correction"}
)


def ask_again(state: DialogueState, facts: Facts) -> Reply | None:
    """The conversation's own question as it was asked."""
    builder = _BUILDERS.get(state.asked or "")
    return None if builder is None else builder(state, facts)


def question(state: DialogueState, facts: Facts) -> tuple[Reply, ...]:
    """The question of ``state`` as the messages of a step."""
    reply = ask_again(state, facts)
    return () if reply is None else (reply,)


def _open_question(state: DialogueState, facts: Facts) -> Reply:
    return Reply(f"ask_{state.asked}", asks=state.asked)


def _where(state: DialogueState, facts: Facts) -> Reply:
    return Reply(f"ask_{state.asked}", location_request=True, asks=state.asked)


def _time(state: DialogueState, facts: Facts) -> Reply:
    return Reply("ask_time", buttons=_times(facts), asks="time")


def _budget(state: DialogueState, facts: Facts) -> Reply:
    any_budget = Button("budget.any:budget", "button.no_limit")
    return Reply("ask_budget", buttons=(any_budget,), asks="budget")


def _keep_seat(state: DialogueState, facts: Facts) -> Reply | None:
    return None if facts.active is None else keep_or_release(facts.active, facts)


def _two(*acts: str) -> Builder:
    def build(state: DialogueState, facts: Facts) -> Reply:
        topic = state.asked
        buttons = tuple(Button(f"{topic}.{act}:now", f"button.{topic}_{act}") for act in acts)
        return Reply(f"ask_{topic}", buttons=buttons, asks=topic)

    return build


def read_back(state: DialogueState, facts: Facts) -> Reply:
    """Say what was understood and ask whether it is right."""
    values = {"wish": state.slots, "now": facts.now}
    return Reply("reading.wish", values, buttons=_reading_buttons(state), asks="confirm")


def _reading_buttons(state: DialogueState) -> tuple[Button, ...]:
    return tuple(
        Button(f"reading.{act}:{state.token}", f"button.reading_{act}")
        for act in ("confirm", "change", "cancel")
    )


def unknown_product(state: DialogueState, facts: Facts) -> Reply:
    """Say that no shop here has the product; offer the nearest known ones and to ask anyway."""
    near = facts.lookup.nearest_products[:2]
    buttons = tuple(Button(f"product.pick:{name}", "button.name", {"name": name}) for name in near)
    anyway = Button(f"product.anyway:{state.token}", "button.ask_anyway")
    phrase = "ask_product_near" if near else "ask_product_anyway"
    return Reply(
        phrase,
        {"product": state.slots.product or "", "near": near},
        buttons=(*buttons, anyway),
        asks="product_unknown",
    )


def unknown_place(names: tuple[str, ...], facts: Facts) -> Reply:
    """Offer the places that can be meant, or ask for the position."""
    near = facts.lookup.nearest_places[:3]
    if not near:
        return Reply("ask_place_unknown", {"place": names}, location_request=True, asks="place")
    buttons = tuple(
        Button(f"place.pick:{_pin(place.point)}_{place.name}", "button.name", {"name": place.name})
        for place in near
    )
    return Reply("ask_place_near", {"place": names}, buttons=buttons, asks="place")


def _pin(point: Point) -> str:
    return f"{point.latitude:.5f}_{point.longitude:.5f}"


def _times(facts: Facts) -> tuple[Button, ...]:
    """Within the hour, the next usual part of the day, any time."""
    today = local_day(facts.now, facts.zone)
    hour = facts.now.astimezone(facts.zone).hour
    soon = TimeRange(facts.now, facts.now + timedelta(hours=1))
    if hour < 11:
        label, day, start, end = "button.this_afternoon", today, 12, 18
    elif hour < 17:
        label, day, start, end = "button.this_evening", today, 18, 23
    else:
        label, day, start, end = "button.tomorrow_noon", today + timedelta(days=1), 12, 18
    later = TimeRange(at_local(day, start * 60, facts.zone), at_local(day, end * 60, facts.zone))
    return (
        Button(_range_id(soon), "button.within_hour"),
        Button(_range_id(later), label),
        Button("time.any:time", "button.any"),
    )


def _range_id(period: TimeRange) -> str:
    return f"time.range:{int(period.start.timestamp())}-{int(period.end.timestamp())}"


def _which_product(state: DialogueState, facts: Facts) -> Reply | None:
    products = facts.store.products if facts.store is not None else ()
    if not products:
        return Reply("ask_offer_name", asks="offer_product")
    rows = tuple(
        Button(f"stock.product:{name}", "button.name", {"name": name}) for name in products[:10]
    )
    return Reply("ask_offer_product", rows=rows, asks="offer_product")


def _about_goods(state: DialogueState, facts: Facts) -> Reply:
    items = state.draft.items if state.draft is not None else ()
    product = (items[0].product if items else None) or ""
    return Reply(f"ask_{state.asked}", {"product": product}, asks=state.asked)


def _what_instead(state: DialogueState, facts: Facts) -> Reply:
    return Reply("ask_draft_correction", asks=state.asked)


def _draft_read_back(state: DialogueState, facts: Facts) -> Reply | None:
    draft = state.draft
    if draft is None:
        return None
    buttons = _reading_buttons(state)
    if draft.kind == "counter":
        if facts.live_ask is None or facts.live_ask.key != draft.ask_key:
            return None
        return counter_read_back(draft, facts.live_ask, buttons)
    if draft.kind == "hours":
        return Reply("reading.hours", {"hours": draft.hours}, buttons=buttons, asks=state.asked)
    lead = [Line("reading.offer")]
    if draft.items:
        lead.append(Line("reading.stock", {"items": draft.items}))
    if draft.discounts:
        lead.append(Line("reading.ladder", {"terms": draft.discounts}))
    elif draft.no_discount:
        lead.append(Line("reading.no_discount"))
    if draft.floor is not None:
        floor = Money(draft.floor.amount_minor, draft.floor.currency)
        lead.append(Line("reading.floor", {"floor": floor}))
    if draft.place is not None and draft.place.names:
        lead.append(Line("reading.offer_place", {"place": draft.place.names}))
    return Reply("reading.right", lead=tuple(lead), buttons=buttons, asks=state.asked)


def counter_read_back(draft: Draft, ask: AskFacts, buttons: tuple[Button, ...]) -> Reply:
    """Say what the shop's own terms come to in money, before they bind."""
    lead = [Line("reading.counter", {"terms": draft.discounts})]
    for tier in draft.discounts[:1]:
        price = price_under(tier, ask.price)
        values = {"price": price, "worst": ask.given_at(price), "left": ask.left_at(price)}
        known = "reading.effect" if ask.cost is not None else "reading.effect_without_cost"
        lead.append(Line(known, values))
    if draft.items and draft.items[0].stock is not None:
        lead.append(Line("reading.left", {"n": draft.items[0].stock}))
    return Reply("reading.right", lead=tuple(lead), buttons=buttons, asks="counter_confirm")


_BUILDERS: Mapping[str, Builder] = {
    **dict.fromkeys(("product", "correction", "counter"), _open_question),
    **dict.fromkeys(
        ("offer_terms", "offer_stock", "offer_price", "offer_place", "offer_discount"),
        _about_goods,
    ),
    **dict.fromkeys(("place", "pin"), _where),
    **dict.fromkeys(("counter_confirm", "offer_confirm", "hours_confirm"), _draft_read_back),
    "time": _time,
    "budget": _budget,
    "confirm": read_back,
    "product_unknown": unknown_product,
    "side": _two("buyer", "seller"),
    "erase": _two("confirm", "keep"),
    "stop": _two("all", "keep"),
    "seat": _keep_seat,
    "offer_product": _which_product,
    "offer_correction": _what_instead,
}
