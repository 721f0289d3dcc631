"""What a seller's message says: goods, terms, hours, place, and what is done with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from whatsapp.nlu import act_words, quantity, seller
from whatsapp.nlu.act_choice import Choice, choose
from whatsapp.nlu.features import Seen
from whatsapp.nlu.floor import read_floor
from whatsapp.nlu.hours import read_hours
from whatsapp.nlu.language import WISH as LANGUAGE_WISH
from whatsapp.nlu.learned import Weights
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.place import read_place
from whatsapp.nlu.reading import PRODUCT_ONLY, Act, Question, Reading
from whatsapp.nlu.scan import Scan, rule
from whatsapp.nlu.stock import read_items
from whatsapp.nlu.terms import read_terms
from whatsapp.nlu.time import read_time

# What a seller who names a lowest price may be doing.
_TERMS = frozenset((Act.INFORM, Act.OFFER_STOCK, Act.COUNTER_DISCOUNT))
_NO_DISCOUNT = (
    r"indirim(?:im|imiz)? (?:yok|olmaz|yapm[iu]yor\w*|yapmam|yapmayiz)"
    r"|no discounts?|without discounts?"
)


def read_seller(
    scan: Scan,
    language: str,
    now: datetime,
    zone: ZoneInfo,
    lexicon: Lexicon,
    question: Question | None,
    pin: Point | None,
    weights: Weights,
) -> tuple[Reading, Choice]:
    """Take goods, terms, hours and place out of ``scan`` and decide the act."""
    asked = question.ask if question is not None else ""
    scan.take_all(LANGUAGE_WISH, "language")
    scan.take_all(act_words.GREETING_FORMS, "greeting")
    hours = (
        read_hours(scan)
        if asked == "s_hours"
        or rule(r"acig\w*|acik\w*|open|closed?|kapali\w*|7/24|24/7").search(scan.text)
        else ()
    )
    floor = read_floor(scan) if asked != "s_discount" else None
    terms = read_terms(scan, question)
    sizes = () if hours else quantity.read_sizes(scan)
    items = (
        ()
        if hours
        else read_items(scan, lexicon, language, question, open_vocabulary=asked != "s_discount")
    )
    when = read_time(scan, now=now, zone=zone, question=None)
    place = read_place(scan, lexicon, language, question, pin)
    decision = seller.seller_act(
        scan, question, items=bool(items), terms=terms, hours=bool(hours), place=place is not None
    )
    if sizes and items:
        items = (replace(items[0], variant=(*sizes, *items[0].variant)), *items[1:])
    if hours or any(item.stock == 0 for item in items):
        when = replace(when, intervals=())
    found = {
        "items": items,
        "terms": terms.tiers,
        "hours": hours,
        "place": place,
        "time": when.intervals,
    }
    slots = tuple(name for name, value in found.items() if value)
    seen = Seen("seller", asked, decision.act, decision.confidence, slots)
    choice = choose(scan, seen, weights)
    reading = Reading(
        act=choice.act,
        language=language,
        confidence=choice.probability,
        acts=choice.acts,
        items=items,
        product=items[0].product if items and choice.act in PRODUCT_ONLY else None,
        intervals=when.intervals,
        any_time=when.any_time,
        place=place,
        discounts=terms.tiers,
        no_discount=choice.act is Act.REFUSE_DISCOUNT
        or (
            not terms.tiers
            and "?" not in scan.source
            and rule(_NO_DISCOUNT).search(scan.whole) is not None
        ),
        hours=hours,
        floor=floor,
    )
    if floor is not None and choice.act not in _TERMS:
        reading = replace(reading, act=Act.INFORM)
    return reading, choice
