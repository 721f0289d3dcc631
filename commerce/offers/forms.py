"""What the product page accepts: amounts and shares as people write them, a ladder of steps."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from commerce.offers.queries import OfferCard
from commerce.offers.services import OfferChange
from commerce.places.queries import StoreCard
from commerce.pricing.domain import MOST_PEOPLE, BenefitKind, TermsPlan, Tier
from iceshop.infra.http.wording import say
from iceshop.kernel.errors import DomainError
from iceshop.kernel.money import Money, exponent, parse_amount, show

MOST_STEPS = 5
_SHARE = re.compile(r"%?\s*(\d{1,2})(?:[.,](\d{1,2}))?\s*%?")
_KINDS = (
    (BenefitKind.PERCENT, pgettext_lazy("benefit", "percent off")),
    (BenefitKind.AMOUNT, pgettext_lazy("benefit", "amount off")),
    (BenefitKind.FIXED, pgettext_lazy("benefit", "price")),
    (BenefitKind.WORDS, pgettext_lazy("benefit", "in words")),
)
# Which field of the page an error of the services belongs to.
_FIELD_OF = {
    "price.missing": "price",
    "price.not_positive": "price",
    "price.just_changed": "price",
    "terms.floor": "floor_price",
    "terms.floor_above_price": "floor_price",
    "terms.cost": "unit_cost",
    "terms.people": "max_people",
    "terms.minutes": "window_minutes",
    "stock.reserved": "on_hand",
    "stock.quantity": "on_hand",
    "product.name_missing": "name_tr",
    "product.name_taken": "name_tr",
    "product.restricted": "name_tr",
    "offering.already": "name_tr",
}


def wording(code: str, **params: object) -> str:
    """The sentence for an error code in the reader's language."""
    return say(code, get_language() or "tr", params)


def amount_text(minor: int | None, currency: str) -> str:
    """Write an amount as one would type it: ``118`` or ``118,50``."""
    if minor is None:
        return ""
    decimals = exponent(currency)
    whole, fraction = divmod(minor, 10**decimals)
    point = "." if (get_language() or "tr").startswith("en") else ","
    return f"{whole}{point}{fraction:0{decimals}d}" if fraction else str(whole)


def currency_sign(currency: str) -> str:
    """The sign with which amounts of ``currency`` are written: ``₺``."""
    return show(Money(0, currency), "tr").split("\N{NO-BREAK SPACE}")[1]


def share_text(basis_points: int) -> str:
    """Write basis points as a percentage without its sign: ``15`` or ``12,5``."""
    whole, rest = divmod(basis_points, 100)
    point = "." if (get_language() or "tr").startswith("en") else ","
    return f"{whole}{point}{rest:02d}".rstrip("0") if rest else str(whole)


class AmountField(forms.CharField):
    """An amount of money in either notation; cleaned to minor units, or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> int | None:
        """Read the amount."""
        return read_amount(super().clean(value))


def read_amount(text: str) -> int | None:
    """Minor units of ``text``; None for nothing. Raises ValidationError."""
    text = text.replace("₺", "").replace("TL", "").strip()
    if not text:
        return None
    try:
        return parse_amount(text)
    except DomainError as error:
        raise forms.ValidationError(wording(error.code), code=error.code) from error


def read_share(text: str) -> int:
    """Basis points of a percentage such as ``15``, ``%12,5``. Raises ValidationError."""
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        raise forms.ValidationError(
            gettext_lazy("Enter a percentage such as 15."), code="share.unreadable"
        )
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0") or 0)


class TierForm(forms.Form):
    """One step of the ladder; without a number of people it does not count."""

    people = forms.IntegerField(required=False, min_value=1, max_value=MOST_PEOPLE)
    kind = forms.ChoiceField(choices=_KINDS)
    value = forms.CharField(required=False, max_length=20)
    words_tr = forms.CharField(required=False, max_length=120)
    words_en = forms.CharField(required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        """Build the step as ``tier``."""
        cleaned = self.cleaned_data
        if self.errors or not cleaned.get("people"):
            return cleaned
        try:
            cleaned["tier"] = _tier(cleaned)
        except forms.ValidationError as error:
            self.add_error("value", error)
        return cleaned


def _tier(cleaned: dict[str, Any]) -> Tier:
    people, kind, value = cleaned["people"], BenefitKind(cleaned["kind"]), cleaned["value"]
    if kind is BenefitKind.PERCENT:
        return Tier.percent(people, read_share(value))
    amount = read_amount(value)
    if kind is BenefitKind.WORDS:
        words_tr = cleaned["words_tr"]
        return Tier.words(people, words_tr, cleaned["words_en"] or words_tr, amount or 0)
    if amount is None:
        raise forms.ValidationError(wording("money.unreadable"))
    return (Tier.amount if kind is BenefitKind.AMOUNT else Tier.fixed)(people, amount)


_Ladder = formset_factory(TierForm, extra=0, max_num=MOST_STEPS, absolute_max=MOST_STEPS)


class OfferForm(forms.Form):
    """Names, price, stock, limits; with the ladder in ``ladder``."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    name_tr = forms.CharField(max_length=120)
    name_en = forms.CharField(max_length=120, required=False)
    price = AmountField()
    on_hand = forms.IntegerField(min_value=0, max_value=1_000_000)
    floor_price = AmountField(required=False)
    unit_cost = AmountField(required=False)
    min_people = forms.IntegerField(min_value=1, max_value=MOST_PEOPLE)
    max_people = forms.IntegerField(min_value=1, max_value=MOST_PEOPLE)
    lead_minutes = forms.IntegerField(min_value=0, max_value=1440, required=False)
    window_minutes = forms.IntegerField(min_value=5, max_value=240, required=False)
    answers_by_rule = forms.BooleanField(required=False)
    is_active = forms.BooleanField(required=False)

    ladder: BaseFormSet[TierForm]

    @classmethod
    def empty(cls, store: StoreCard) -> OfferForm:
        """The page of a new product, with the usual values."""
        form = cls(initial=_terms_initial(TermsPlan(), store.currency) | {"is_active": True})
        return form.with_ladder(())

    @classmethod
    def of(cls, offer: OfferCard, store: StoreCard) -> OfferForm:
        """The page of an offer as it stands."""
        product = offer.offering.product
        initial = _terms_initial(offer.terms.plan, store.currency) | {
            "name_tr": product.name_tr,
            "name_en": product.name_en,
            "price": amount_text(offer.terms.price_minor, store.currency),
            "on_hand": offer.stock.on_hand,
            "is_active": offer.offering.is_active,
        }
        tiers = tuple(card.tier for card in offer.terms.tiers)
        return cls(initial=initial).with_ladder(
            tuple(_tier_initial(tier, store.currency) for tier in tiers)
        )

    @classmethod
    def sent(cls, data: Any) -> OfferForm:
        """The page as it was sent."""
        form = cls(data)
        form.ladder = _Ladder(data, prefix="step")
        return form

    def is_valid(self) -> bool:
        """Whether the page and each step of its ladder can be read."""
        return super().is_valid() & self.ladder.is_valid()

    def change(self) -> OfferChange:
        """What is to be saved, after ``is_valid``."""
        cleaned = self.cleaned_data
        steps = (step.cleaned_data.get("tier") for step in self.ladder.forms)
        return OfferChange(
            name_tr=cleaned["name_tr"],
            name_en=cleaned["name_en"],
            price_minor=cleaned["price"] or 0,
            on_hand=cleaned["on_hand"],
            terms=TermsPlan(
                min_people=cleaned["min_people"],
                max_people=cleaned["max_people"],
                unit_cost_minor=cleaned["unit_cost"],
                floor_price_minor=cleaned["floor_price"],
                lead_minutes=cleaned["lead_minutes"],
                window_minutes=cleaned["window_minutes"],
                answers_by_rule=cleaned["answers_by_rule"],
            ),
            tiers=tuple(tier for tier in steps if tier is not None),
            is_active=cleaned["is_active"],
        )

    @property
    def source_key(self) -> str:
        """The key under which this one sending of the page counts once."""
        return f"page:{self.cleaned_data['form_key']}"

    def refuse(self, error: DomainError) -> None:
        """Show what a service refused at the field that it is about."""
        sentence = lazystr(wording(error.code, **error.params))
        if error.code.startswith("ladder."):
            people = error.params.get("min_people")
            steps = [s for s in self.ladder.forms if s.cleaned_data.get("people") == people]
            if steps:
                steps[-1].add_error("value", sentence)
                return
        self.add_error(_FIELD_OF.get(error.code), sentence)

    def with_ladder(self, steps: tuple[dict[str, Any], ...]) -> OfferForm:
        """Give the page its steps and two empty ones to fill."""
        self.initial["form_key"] = uuid4()
        room = min(2, MOST_STEPS - len(steps))
        rows = [*steps, *({"kind": BenefitKind.PERCENT} for _ in range(room))]
        self.ladder = _Ladder(initial=rows, prefix="step")
        return self


def _terms_initial(plan: TermsPlan, currency: str) -> dict[str, Any]:
    return {
        "floor_price": amount_text(plan.floor_price_minor, currency),
        "unit_cost": amount_text(plan.unit_cost_minor, currency),
        "min_people": plan.min_people,
        "max_people": plan.max_people,
        "lead_minutes": plan.lead_minutes,
        "window_minutes": plan.window_minutes,
        "answers_by_rule": plan.answers_by_rule,
    }


def _tier_initial(tier: Tier, currency: str) -> dict[str, Any]:
    minor = next(
        (
            value
            for value in (tier.amount_minor, tier.price_minor, tier.cost_minor)
            if value is not None
        ),
        None,
    )
    is_percent = tier.kind is BenefitKind.PERCENT
    return {
        "people": tier.min_people,
        "kind": tier.kind,
        "value": share_text(tier.percent_bp or 0) if is_percent else amount_text(minor, currency),
        "words_tr": tier.words_tr,
        "words_en": tier.words_en,
    }
