"""What the shop's page accepts: hours and a point as people write them."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from accounts.orgs.queries import OrganisationCard
from commerce.places.domain import StorePlan, Tile
from commerce.places.locating import locate
from commerce.places.queries import StoreCard
from iceshop.infra.http.wording import say
from iceshop.kernel.errors import DomainError
from iceshop.kernel.geo import Point
from iceshop.kernel.text import fold

NEW_SELLER = "new"
_DAY_MINUTES = 1440
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_POINT = re.compile(r"\s*(-?\d{1,2}[.,]\d+)\s*[,; ]\s*(-?\d{1,3}[.,]\d+)\s*")
_CLOSED = frozenset({"", "-", "kapali", "closed"})
_ALL_DAY = frozenset({"7/24", "24", "24 saat", "24 hours", "24 h", "acik", "open"})
_TILES = (
    (Tile.GENERIC, pgettext_lazy("tile", "shop")),
    (Tile.COFFEE, pgettext_lazy("tile", "coffee")),
    (Tile.BAKERY, pgettext_lazy("tile", "bakery")),
    (Tile.PIZZA, pgettext_lazy("tile", "pizza")),
)
_DAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
# Which field of the page an error of the services belongs to.
_FIELD_OF = {
    "store.name_missing": "name",
    "store.timezone": "timezone",
    "store.currency": "currency",
    "location.unknown": "neighbourhood",
    "location.several": "neighbourhood",
    "place.out_of_range": "point",
    "organisation.name_missing": "seller_name",
    "identity.empty": "owner_phone",
    "identity.too_long": "owner_phone",
    "member.already": "owner_phone",
    "staff.username_taken": "owner_username",
}


def read_day(text: str) -> tuple[tuple[int, int], ...]:
    """Openings of one day in minutes: ``09:00-13:00, 14-02``, ``kapalı``, ``24 saat``.

    A close that is not after its opening lies on the next day. Raises ValidationError.
    """
    folded = fold(text).strip()
    if folded in _CLOSED:
        return ()
    if folded in _ALL_DAY:
        return ((0, _DAY_MINUTES),)
    return tuple(_span(part) for part in re.split(r"[,;]", folded))


def day_text(openings: list[tuple[int, int]]) -> str:
    """Write the openings of a day as ``read_day`` takes them."""
    return ", ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in openings)


def _span(text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(text.strip())
    if found is not None:
        opens = int(found[1]) * 60 + int(found[2] or 0)
        closes = int(found[3]) * 60 + int(found[4] or 0)
        are_minutes = int(found[2] or 0) < 60 and int(found[4] or 0) < 60
        if opens < _DAY_MINUTES and closes <= _DAY_MINUTES and are_minutes:
            return opens, closes if closes > opens else closes + _DAY_MINUTES
    raise forms.ValidationError(
        gettext_lazy("Write hours such as 09:00-18:00, or leave a closed day empty."),
        code="store.hours",
    )


def _clock(minute: int) -> str:
    if minute == _DAY_MINUTES:
        return "24:00"
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


class StoreForm(forms.Form):
    """A shop: who it is, where, when it is open, how many people it can serve."""

    name = forms.CharField(max_length=120)
    tile = forms.ChoiceField(choices=_TILES)
    address = forms.CharField(max_length=250, required=False)
    neighbourhood = forms.CharField(max_length=80)
    point = forms.CharField(max_length=60, required=False)
    timezone = forms.CharField(max_length=60)
    currency = forms.CharField(min_length=3, max_length=3)
    people_per_five_minutes = forms.IntegerField(min_value=1, max_value=1000)
    max_parallel_windows = forms.IntegerField(min_value=1, max_value=100)
    window_minutes = forms.IntegerField(min_value=5, max_value=240)
    lead_minutes = forms.IntegerField(min_value=0, max_value=1440)
    day_1 = forms.CharField(max_length=80, required=False)
    day_2 = forms.CharField(max_length=80, required=False)
    day_3 = forms.CharField(max_length=80, required=False)
    day_4 = forms.CharField(max_length=80, required=False)
    day_5 = forms.CharField(max_length=80, required=False)
    day_6 = forms.CharField(max_length=80, required=False)
    day_7 = forms.CharField(max_length=80, required=False)

    @classmethod
    def of(cls, store: StoreCard) -> StoreForm:
        """The page of a shop as it stands."""
        days: dict[str, list[tuple[int, int]]] = {}
        for weekday, opens, closes in store.hours.weekly:
            days.setdefault(f"day_{weekday}", []).append((opens, closes))
        return cls(
            initial={
                "name": store.name,
                "tile": store.tile,
                "address": store.address,
                "neighbourhood": store.neighbourhood,
                "point": f"{store.point.latitude:.6f}, {store.point.longitude:.6f}",
                "timezone": store.timezone,
                "currency": store.currency,
                "people_per_five_minutes": store.people_per_five_minutes,
                "max_parallel_windows": store.max_parallel_windows,
                "window_minutes": store.window_minutes,
                "lead_minutes": store.lead_minutes,
            }
            | {name: day_text(openings) for name, openings in days.items()}
        )

    def clean_point(self) -> Point | None:
        """The pin, or None where only the name says where the shop is."""
        text = self.cleaned_data["point"]
        if not text:
            return None
        found = _POINT.fullmatch(text)
        if found is None:
            raise forms.ValidationError(
                gettext_lazy("Write latitude and longitude such as 40.9868, 29.0258."),
                code="place.unreadable",
            )
        try:
            return Point(*(float(figure.replace(",", ".")) for figure in found.groups()))
        except DomainError as error:
            raise forms.ValidationError(_sentence(error), code=error.code) from error

    def clean(self) -> dict[str, Any]:
        """Read the hours as ``weekly``."""
        weekly: list[tuple[int, int, int]] = []
        for weekday in range(1, 8):
            name = f"day_{weekday}"
            try:
                openings = read_day(self.cleaned_data.get(name, ""))
            except forms.ValidationError as error:
                self.add_error(name, error)
            else:
                weekly.extend((weekday, opens, closes) for opens, closes in openings)
        self.cleaned_data["weekly"] = tuple(weekly)
        return self.cleaned_data

    @property
    def days(self) -> list[tuple[Any, forms.BoundField]]:
        """Each day's name and field."""
        return [(label, self[f"day_{number}"]) for number, label in enumerate(_DAYS, 1)]

    def plan(self, *, external_id: str = "") -> StorePlan:
        """What is to be saved, after ``is_valid``. Raises: Invalid of ``locate``."""
        cleaned = self.cleaned_data
        located = locate(cleaned["neighbourhood"], cleaned["point"])
        return StorePlan(
            name=cleaned["name"],
            point=located.point,
            timezone=cleaned["timezone"],
            people_per_five_minutes=cleaned["people_per_five_minutes"],
            address=cleaned["address"],
            neighbourhood=located.name,
            currency=cleaned["currency"].upper(),
            max_parallel_windows=cleaned["max_parallel_windows"],
            window_minutes=cleaned["window_minutes"],
            lead_minutes=cleaned["lead_minutes"],
            external_id=external_id,
            tile=Tile(cleaned["tile"]),
        )

    def refuse(self, error: DomainError) -> None:
        """Show what a service refused at the field that it is about."""
        field = _FIELD_OF.get(error.code)
        self.add_error(field if field in self.fields else None, lazystr(_sentence(error)))


class NewStoreForm(StoreForm):
    """A shop that is not there yet: also whose it is, and how its owner is reached."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    seller = forms.ChoiceField()
    seller_name = forms.CharField(max_length=120, required=False)
    owner_phone = forms.CharField(max_length=30, required=False)
    owner_username = forms.CharField(max_length=60, required=False)

    def offer_sellers(
        self, sellers: tuple[OrganisationCard, ...], *, may_add: bool
    ) -> NewStoreForm:
        """Let the page choose among ``sellers``, or name a new one where that is allowed."""
        new = [(NEW_SELLER, gettext_lazy("A new seller"))] if may_add else []
        known = [(str(seller.id), seller.name) for seller in sellers]
        self.fields["seller"] = forms.ChoiceField(choices=[*new, *known])
        return self

    @classmethod
    def empty(cls) -> NewStoreForm:
        """The page with the usual values."""
        return cls(
            initial={
                "form_key": uuid4(),
                "tile": Tile.GENERIC,
                "timezone": "Europe/Istanbul",
                "currency": "TRY",
                "people_per_five_minutes": 10,
                "max_parallel_windows": 1,
                "window_minutes": 20,
                "lead_minutes": 30,
            }
            | {f"day_{weekday}": "09:00-20:00" for weekday in range(1, 7)}
        )

    def whose(self) -> UUID | str:
        """The chosen seller's id, or the name of a new one."""
        seller: str = self.cleaned_data["seller"]
        return self.cleaned_data["seller_name"] if seller == NEW_SELLER else UUID(seller)


def _sentence(error: DomainError) -> str:
    return say(error.code, get_language() or "tr", error.params)
