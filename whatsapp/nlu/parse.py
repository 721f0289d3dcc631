"""The door of the package: a message in, a reading out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from whatsapp.nlu import act_words, money, people, quantity, seller
from whatsapp.nlu.act import SURE, UNSURE, Decision, Evidence, buyer_act
from whatsapp.nlu.act_choice import Choice, choose
from whatsapp.nlu.features import Seen, outline
from whatsapp.nlu.floor import read_floor
from whatsapp.nlu.hours import read_hours
from whatsapp.nlu.language import WISH as LANGUAGE_WISH
from whatsapp.nlu.language import detect
from whatsapp.nlu.learned import Trained, Weights, trained
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.place import read_place
from whatsapp.nlu.product import (
    Named,
    attach_amounts,
    flavour_names,
    read_products,
    read_unknown_product,
    read_variants,
    unexplained,
)
from whatsapp.nlu.quantity import Amount
from whatsapp.nlu.reading import Act, Budget, Question, Reading, Wanted
from whatsapp.nlu.safety import safety_act
from whatsapp.nlu.scan import Find, Scan, rule
from whatsapp.nlu.signals import signals
from whatsapp.nlu.stock import read_items
from whatsapp.nlu.sureness import marks, sureness
from whatsapp.nlu.terms import read_terms
from whatsapp.nlu.time import When, read_time

_SLOTLESS = frozenset(
    (
        Act.OPT_OUT,
        Act.OPT_IN,
        Act.DELETE_DATA,
        Act.DECLINE,
        Act.ASK_HELP,
        Act.GREETING,
        Act.OUT_OF_SCOPE,
    )
)
# What a seller who names a lowest price may be doing.
_TERMS = frozenset((Act.INFORM, Act.OFFER_STOCK, Act.COUNTER_DISCOUNT))
_PRODUCT_ONLY = frozenset((Act.CANCEL, Act.ASK_STATUS, Act.COMPLAINT))
# Clauses that say when somebody cannot: no wish for that time.
_REGRET = (
    r"(?:ben )?(?:bugun|yarin|bu aksam|bu gece|bu sabah|obur gun|pazartesi|sali|carsamba"
    r"|persembe|cuma|cumartesi|pazar)"
    r" (?:gele\w*me\w*|gelmiyor\w*|yetise\w*me\w*|yetisemiyor\w*|olmaz(?! m[iu])|musait degil\w*"
    r"|uygun degil\w*|isim var|doluyum)"
    r"|(?:i |we )?(?:can'?t|cannot|won'?t|not)(?: make| do"
    r"| come)?(?: it)?(?: on)? (?:today|tomorrow|tonight|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday)"
)


# A kind that nobody knows, wished for in answer to the summary.
_KIND_WISHED = re.compile(
    r"^ (?P<kind>(?:[a-z]+ ){1,3})(?:olsun|olabilir mi|yapalim|please|lutfen)(?: lutfen| please)?"
    r" [.!]* ?$"
)


# "Now it is right": no time.
_NOW_RIGHT = (
    r"(?:simdi|now)(?= (?:oldu|tamam|dogru|oldu bu|it's (?:right|good|fine|correct)|that's|[.!]*$))"
)
_NO_DISCOUNT = (
    r"indirim(?:im|imiz)? (?:yok|olmaz|yapm[iu]yor\w*|yapmam|yapmayiz)"
    r"|no discounts?|without discounts?"
)
# Something more is wanted beside what was said.
_ADDS = re.compile(
    r"(?<= )(?:bir de|ekle\w*|add|also|ayrica|yanina|too|as well|plus)(?= )"
    r"|^ (?:(?:oh|ok|okay|yes|evet|tamam|hmm) )?,? ?(?:and|ve|1 de|yaninda) "
)
# One unknown kind for another: "kuzu değil dana", "soy milk not oat".
_KIND_FOR_ANOTHER = re.compile(
    r"^ (?:(?:yok|hayir|no|pardon|sorry),? )?(?:[a-z]+ (?:degil(?: de)?|yerine) ,? ?"
    r"(?P<kind>[a-z]+ )(?:(?:olsun|olacak\w*|lutfen) )?"
    r"|(?:not [a-z]+ ,? ?(?:but )?)(?P<kind2>[a-z]+ )(?:please )?"
    r"|(?P<kind3>[a-z]+ )(?:,? ?not|instead of|rather than) [a-z]+ (?:please )?)[.!]* ?$"
)


_NO_KIND = act_words.FILLER | frozenset(
    "bence bu su o boyle oyle hadi artik hepsi hepsini neyse simdi ama de da this that it then"
    " just go all so one".split()
)


@dataclass(frozen=True, slots=True)
class Explained:
    """A reading, the canonical line it was read from, and what each rule explained.

    ``choice`` is how the act was taken, ``marks`` what the confidence was told by.
    """

    reading: Reading
    line: str
    source: str
    finds: tuple[Find, ...]
    choice: Choice
    marks: Mapping[str, float]


def parse(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: str,
    lexicon: Lexicon,
    role: str = "buyer",
    question: Question | None = None,
    pin: Point | None = None,
) -> Reading:
    """Read one message. ``language`` is the conversation's, for messages without one of their own.

    ``now`` is aware; wall times are those of ``zone``. Never raises on any text.
    """
    return explain(
        text,
        now=now,
        zone=zone,
        language=language,
        lexicon=lexicon,
        role=role,
        question=question,
        pin=pin,
    ).reading


def explain(  # noqa: PLR0913 (what a message comes with, and the weights for training)
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: str,
    lexicon: Lexicon,
    role: str = "buyer",
    question: Question | None = None,
    pin: Point | None = None,
    weights: Trained | None = None,
) -> Explained:
    """As ``parse``, with the words that each slot was read from.

    ``weights`` are those of other classifiers than the bundled ones, for their training.
    """
    weights = weights or trained()
    before = question.language if question is not None else language
    spoken = detect(text, before, weights.language)
    asked = question.ask if question is not None else ""
    scan = Scan(text, spoken, money_asked=asked in ("ask_budget", "s_price"))
    read = _seller if role == "seller" else _buyer
    reading, choice = read(scan, spoken, now, zone, lexicon, question, pin, weights.acts)
    safety = safety_act(text, question)
    if safety is not None and not (safety is Act.CANCEL and reading.act is Act.CONFIRM):
        reading = replace(reading, act=safety, acts=((safety, 1.0),))
    left = tuple(unexplained(scan))
    if role == "buyer" and asked == "confirm_intent":
        reading = _narrowed(reading, scan)
    shown = signals(text)
    reading = replace(
        _only_its_slots(reading),
        language=before or spoken if _is_only_a_place(scan) else spoken,
        acts=reading.acts,
        unknown_words=left,
        abuse=shown.abuse,
        minor=shown.minor,
        distress=shown.distress,
    )
    found = marks(reading, choice, lexicon, len(left))
    chance = SURE if safety is not None else round(sureness().chance(found), 4)
    reading = replace(reading, confidence=chance)
    return Explained(reading, scan.whole, scan.source, tuple(scan.finds), choice, found)


def _narrowed(reading: Reading, scan: Scan) -> Reading:
    """A wish for something nobody knows ("thin crust please") is no yes to the summary."""
    found = _KIND_WISHED.search(scan.whole)
    if reading.act is not Act.CONFIRM or found is None:
        found = _KIND_FOR_ANOTHER.search(scan.text)
        if found is None or reading.act not in (Act.CONFIRM, Act.DECLINE, Act.INFORM):
            return reading
    name = next(name for name, said in found.groupdict().items() if said)
    words = found[name].split()
    answers = act_words.YES.search(f" {found[name]}") or act_words.NO.search(f" {found[name]}")
    if answers or not _NO_KIND.isdisjoint(words):
        return reading
    kind = scan.surface(*found.span(name))
    return replace(reading, act=Act.INFORM, variant=(kind,), group_size=None)


def _is_only_a_place(scan: Scan) -> bool:
    """Whether the line is nothing but names of places, which belong to no language."""
    words = {token for token in outline(scan) if token[0].isalpha() or token[0] == "<"}
    return words == {"<place>"}


def _only_its_slots(reading: Reading) -> Reading:
    """Leave out slots that do not come with the act; a yes keeps how many come."""
    bare = Reading(reading.act, reading.language, reading.confidence)
    if reading.act is Act.CONFIRM:
        return replace(bare, group_size=reading.group_size)
    if reading.act in _SLOTLESS:
        return bare
    if reading.act in _PRODUCT_ONLY:
        product = reading.product or next((item.product for item in reading.items), None)
        return replace(bare, product=product)
    if reading.act is Act.CHANGE_TIME:
        return replace(bare, intervals=reading.intervals, any_time=reading.any_time)
    return reading


def _buyer(
    scan: Scan,
    language: str,
    now: datetime,
    zone: ZoneInfo,
    lexicon: Lexicon,
    question: Question | None,
    pin: Point | None,
    weights: Weights,
) -> tuple[Reading, Choice]:
    asked = question.ask if question is not None else ""
    scan.take_all(LANGUAGE_WISH, "language")
    scan.take_all(act_words.GREETING.pattern[6:-5], "greeting")
    if not asked and act_words.HELLO.search(scan.whole):
        scan.take_all("morning|afternoon|evening", "greeting")
    scan.take_all(_REGRET, "rejected")
    radius = people.read_radius_m(scan, question)
    group = people.read_group_size(scan, question)
    spending = money.read_spending(scan, question)
    sizes = quantity.read_sizes(scan)
    amounts = quantity.read_amounts(scan)
    named = read_products(scan, lexicon, language, asked=asked == "ask_product")
    spare = attach_amounts(scan, named, amounts)
    flavour = _flavour(named, lexicon, asked)
    named = [] if flavour else named
    if asked in ("confirm_intent", "offer") and act_words.YES.search(scan.whole):
        scan.take_all(_NOW_RIGHT, "filler")
    # A wish for something else has a day of its own.
    about = question if asked or not named else None
    when = read_time(scan, now=now, zone=zone, question=about)
    variants = (*sizes, *flavour, *read_variants(scan, named))
    place = read_place(scan, lexicon, language, question, pin)
    answer = quantity.read_answer(scan, question)
    budget = None if spending.any_budget else spending.budget or _left_over(scan, asked)
    known = bool(named)
    evidence = Evidence(
        product=known,
        known_product=known,
        variant=bool(variants),
        quantity=bool(spare or answer or amounts),
        group_size=group is not None,
        time=bool(when.intervals or when.any_time),
        place=place is not None,
        budget=budget is not None or spending.any_budget,
        radius=radius is not None,
        other_time=bool(when.intervals) and _is_other_time(when, question, now, zone),
    )
    decision = buyer_act(scan, evidence, question)
    if not known and _may_hold_product(decision, evidence, scan, asked):
        named, spare = _name_unknown(scan, language, amounts, spare)
        evidence = replace(evidence, product=bool(named))
        decision = buyer_act(scan, evidence, question)
    seen = Seen("buyer", asked, decision.act, decision.confidence, evidence.names)
    choice = choose(scan, seen, weights)
    if not named and choice.act is Act.DECLARE:
        named, spare = _name_unknown(scan, language, amounts, spare)
    if choice.act is Act.CHANGE_TIME and act_words.LATE.search(scan.whole):
        when = replace(when, intervals=())
    head, also = _wanted(named, choice.act, asked, scan)
    amount = (head.amount if head else None) or spare or answer
    reading = Reading(
        act=choice.act,
        language=language,
        confidence=choice.probability,
        acts=choice.acts,
        product=head.name if head else None,
        variant=variants,
        quantity=amount.quantity if amount else None,
        unit=amount.unit if amount else None,
        also=also,
        group_size=group,
        intervals=when.intervals,
        any_time=when.any_time,
        place=place,
        radius_m=radius,
        budget=budget,
        any_budget=spending.any_budget,
    )
    return reading, choice


def _left_over(scan: Scan, asked: str) -> Budget | None:
    """A number that nothing else took, where a budget may be said."""
    corrects = asked == "confirm_intent"
    if asked in ("", "ask_budget", "ask_product") or corrects:
        return money.read_left_over(scan, corrects=corrects)
    return None


def _name_unknown(
    scan: Scan, language: str, amounts: list[Amount], spare: Amount | None
) -> tuple[list[Named], Amount | None]:
    """A product that no lexicon names, with its amount; ``spare`` stays where there is none."""
    unknown = read_unknown_product(scan, language)
    if unknown is None:
        return [], spare
    return [unknown], attach_amounts(scan, [unknown], amounts)


def _flavour(named: list[Named], lexicon: Lexicon, asked: str) -> tuple[str, ...]:
    """A lone "strawberry" in answer to anything but "what": it narrows what is discussed."""
    if asked in ("", "ask_product") or len(named) != 1 or named[0].amount is not None:
        return ()
    return (named[0].name,) if named[0].name in flavour_names(lexicon) else ()


def _is_other_time(when: When, question: Question | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the time said is not the one that the question states."""
    if question is None:
        return True
    stated = read_time(Scan(question.text, question.language), now=now, zone=zone).intervals
    # A question that names only the day is not met by an hour of that day: the hour is a wish.
    exact = [own for own in stated if own.seconds <= 3 * 3600]
    return not any(said.overlaps(own) for said in when.intervals for own in exact)


def _may_hold_product(decision: Decision, evidence: Evidence, scan: Scan, asked: str) -> bool:
    """Whether unexplained words can be a product: a wish, an answer, or slots of a wish."""
    if decision.act not in (Act.INFORM, Act.DECLARE, Act.OUT_OF_SCOPE):
        return False
    if asked == "ask_product":
        return True
    if decision.confidence > 0.9 and asked:
        return False
    if asked:
        return (
            act_words.WISH.search(scan.whole) is not None and decision.act is not Act.OUT_OF_SCOPE
        )
    if decision.act is Act.OUT_OF_SCOPE and decision.confidence > UNSURE:
        return False
    shown = evidence.count >= 2 or evidence.quantity or evidence.group_size
    return act_words.WISH.search(scan.whole) is not None or shown


def _wanted(
    named: list[Named], act: Act, asked: str, scan: Scan
) -> tuple[Named | None, tuple[Wanted, ...]]:
    """The main product and the further ones; an addition has no main product."""
    adds = asked not in ("", "ask_product") and _ADDS.search(scan.whole)
    rest = named if adds and act is Act.INFORM else named[1:]
    head = None if rest is named else (named[0] if named else None)
    seen: dict[str, Wanted] = {}
    for product in rest:
        if head is None or product.name != head.name:
            amount = product.amount
            seen.setdefault(
                product.name,
                Wanted(
                    product.name,
                    amount.quantity if amount else None,
                    amount.unit if amount else None,
                ),
            )
    return head, tuple(seen.values())


def _seller(
    scan: Scan,
    language: str,
    now: datetime,
    zone: ZoneInfo,
    lexicon: Lexicon,
    question: Question | None,
    pin: Point | None,
    weights: Weights,
) -> tuple[Reading, Choice]:
    asked = question.ask if question is not None else ""
    scan.take_all(LANGUAGE_WISH, "language")
    scan.take_all(act_words.GREETING.pattern[6:-5], "greeting")
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
        product=items[0].product if items and choice.act in _PRODUCT_ONLY else None,
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
