"""What a buyer's message says: the slots of a wish, and what is done with it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from whatsapp.nlu import act_words, money, people, quantity
from whatsapp.nlu.act import UNSURE, Decision, Evidence, buyer_act
from whatsapp.nlu.act_choice import Choice, choose
from whatsapp.nlu.features import Seen
from whatsapp.nlu.language import WISH as LANGUAGE_WISH
from whatsapp.nlu.learned import Weights
from whatsapp.nlu.lexicon import Lexicon
from whatsapp.nlu.place import read_place
from whatsapp.nlu.product import (
    Named,
    attach_amounts,
    flavour_names,
    read_products,
    read_unknown_product,
    read_variants,
)
from whatsapp.nlu.quantity import Amount
from whatsapp.nlu.reading import Act, Budget, Question, Reading, Wanted
from whatsapp.nlu.scan import Scan
from whatsapp.nlu.time import When, read_time

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
# "Now it is right": no time.
_NOW_RIGHT = (
    r"(?:simdi|now)(?= (?:oldu|tamam|dogru|oldu bu|it's (?:right|good|fine|correct)|that's|[.!]*$))"
)
# Something more is wanted beside what was said.
_ADDS = re.compile(
    r"(?<= )(?:bir de|ekle\w*|add|also|ayrica|yanina|too|as well|plus)(?= )"
    r"|^ (?:(?:oh|ok|okay|yes|evet|tamam|hmm) )?,? ?(?:and|ve|1 de|yaninda) "
)


def read_buyer(
    scan: Scan,
    language: str,
    now: datetime,
    zone: ZoneInfo,
    lexicon: Lexicon,
    question: Question | None,
    pin: Point | None,
    weights: Weights,
) -> tuple[Reading, Choice]:
    """Take the slots of a wish out of ``scan`` and decide the act."""
    asked = question.ask if question is not None else ""
    scan.take_all(LANGUAGE_WISH, "language")
    scan.take_all(act_words.GREETING_FORMS, "greeting")
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
