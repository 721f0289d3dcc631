"""Windows of the past with what was said of their seats and who came, as rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import numpy as np

from commerce.forecast.numerics.chance import chance_of
from windows.flash.models import Seat, Window
from windows.learning.domain.circumstances import Circumstances, figures, table
from windows.learning.domain.parameters import BUILT_IN
from windows.outcomes.models import SeatEstimate, SeatOutcome, WindowResult
from windows.tests.stories import NOON, Shop, minutes, new_person

REGION = "831ec9fffffffff"


def past_windows(
    shop: Shop,
    *,
    windows: int,
    people: tuple[UUID, ...],
    comes: float,
    first: datetime = NOON - timedelta(days=20),
    version: int = 0,
    seed: int = 1,
) -> None:
    """``windows`` an hour apart; each of ``people`` comes with the chance ``comes``."""
    chance = Random(seed)
    known = figures(Circumstances(lead_minutes=30.0, distance_m=600, starts_local=first))
    odds = float(BUILT_IN.log_odds(table([known]))[0])
    permille = round(1000 * float(chance_of(np.array(odds))))
    past: list[Window] = []
    seats: list[Seat] = []
    said: list[SeatEstimate] = []
    outcomes: list[SeatOutcome] = []
    results: list[WindowResult] = []
    for number in range(windows):
        start = first + timedelta(hours=number)
        window = _window(shop, start, number, seed, len(people))
        past.append(window)
        came = 0
        for person in people:
            seat = _seat(window, person)
            comes_now = chance.random() < comes
            came += comes_now
            seats.append(seat)
            said.append(
                SeatEstimate(
                    seat=seat,
                    window=window,
                    party_size=1,
                    version=version,
                    kind="prior",
                    figures=list(known),
                    base_milli=round(odds * 1000),
                    permille=permille,
                    shock_milli=400,
                    region=REGION,
                    made_at=start,
                )
            )
            outcomes.append(
                SeatOutcome(
                    seat=seat,
                    window=window,
                    person_id=person,
                    kind="redeemed" if comes_now else "no_show",
                    people=1,
                    paid_minor=0,
                    at=window.ends_at,
                )
            )
        results.append(_result(window, came, len(people)))
    Window.objects.bulk_create(past)
    Seat.objects.bulk_create(seats)
    SeatEstimate.objects.bulk_create(said)
    SeatOutcome.objects.bulk_create(outcomes)
    WindowResult.objects.bulk_create(results)


def crowd(count: int) -> tuple[UUID, ...]:
    """New people."""
    return tuple(new_person(f"Komşu {number}") for number in range(count))


def _window(shop: Shop, start: datetime, number: int, seed: int, seats: int) -> Window:
    return Window(
        source_key=f"past:{seed}:{number}",
        store_id=shop.store_id,
        offering_id=shop.offering_id,
        state="closed",
        starts_at=start,
        ends_at=start + minutes(20),
        timezone="Europe/Istanbul",
        price_minor=11_800,
        base_price_minor=14_500,
        currency="TRY",
        min_people=1,
        seats_max=seats,
        seats_taken=seats,
        is_settled=True,
        created_at=start,
        closed_at=start + minutes(20),
    )


def _seat(window: Window, person: UUID) -> Seat:
    return Seat(
        window=window,
        person_id=person,
        state="missed",
        party_size=1,
        price_minor=11_800,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        held_at=window.starts_at - minutes(30),
    )


def _result(window: Window, came: int, people: int) -> WindowResult:
    return WindowResult(
        window=window,
        predicted_milli=850 * people,
        predicted_low=0,
        predicted_high=people,
        confirmed=people,
        came=came,
        missed=people - came,
        new_people=0,
        revenue_minor=0,
        discount_minor=0,
        currency="TRY",
        recorded_at=window.ends_at,
    )
