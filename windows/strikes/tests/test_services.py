"""R23: a missed seat is a strike, forgiven easily; a cancelled one is none; one may join again."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from iceshop.infra.audit.models import AuditFact
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import Actor
from windows.flash import services as flash
from windows.flash.queries import WindowCard, seats_of_window
from windows.flash.tests.deeds import cancel, join, release
from windows.outcomes import services as outcomes
from windows.strikes import queries, services
from windows.strikes.domain import LASTS, Because, Standing
from windows.strikes.services import Heard
from windows.tests.stories import NOON, Shop, minutes, new_person, new_shop, new_window, show_pass
from windows.tests.traces import refused

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def person() -> UUID:
    return new_person()


def window_at(now: datetime, shop: Shop | None = None) -> WindowCard:
    return new_window(shop or new_shop(now=now), starts_in=30, now=now)


def end(window: WindowCard) -> None:
    flash.move_due(now=window.ends_at)
    outcomes.record_due(now=window.ends_at)


def missed(person_id: UUID, now: datetime = NOON) -> UUID:
    """A seat that the person took and did not use."""
    window = window_at(now)
    seat_id = join(window, person_id, now=now).seat_id
    end(window)
    return seat_id


def live(person_id: UUID, now: datetime) -> int:
    return queries.standing_of(person_id, now=now).live


def hear(seat_id: UUID, person_id: UUID, *, now: datetime, store: bool = False) -> Heard:
    return run_operation(
        services.hear, seat_id=seat_id, person_id=person_id, is_stores_fault=store, now=now
    )


def test_missed_seat_is_a_strike_for_sixty_days(person: UUID) -> None:
    missed(person)

    missed_at = NOON + minutes(50)
    assert queries.standing_of(person, now=missed_at) == Standing(1, missed_at + LASTS)
    assert live(person, missed_at + LASTS) == 0


def test_used_given_back_or_cancelled_seat_is_none(person: UUID) -> None:
    shop = new_shop()
    used = window_at(NOON, shop)
    join(used, person)
    show_pass(shop, seats_of_window(used.id)[0], now=used.starts_at)
    end(used)
    back = window_at(NOON + minutes(120))
    join(back, person, now=NOON + minutes(120))
    release(seats_of_window(back.id)[0], now=NOON + minutes(121))
    end(back)
    gone = window_at(NOON)
    other = new_person()
    join(gone, other)
    cancel(gone)
    end(gone)

    assert live(person, NOON + DAY) == 0
    assert live(other, NOON + DAY) == 0


def test_first_excuse_is_accepted_and_the_second_is_noted(person: UUID) -> None:
    first, second = missed(person), missed(person, NOON + DAY)
    now = NOON + 2 * DAY

    assert hear(first, person, now=now) == Heard(True, None, 1)
    assert hear(first, person, now=now) == Heard(True, None, 1)
    ends = NOON + DAY + minutes(50) + LASTS
    assert hear(second, person, now=now) == Heard(False, ends, 1)


def test_fault_of_the_store_never_counts(person: UUID) -> None:
    first, second = missed(person), missed(person, NOON + DAY)
    now = NOON + 2 * DAY
    hear(first, person, now=now)

    assert hear(second, person, now=now, store=True) == Heard(True, None, 0)


def test_excuse_for_somebody_elses_seat_is_refused(person: UUID) -> None:
    seat_id, other = missed(person), new_person()

    with refused("strike.unknown"):
        hear(seat_id, other, now=NOON + DAY)


def test_visit_takes_the_oldest_strike_away(person: UUID) -> None:
    first, second = missed(person), missed(person, NOON + DAY)
    then = NOON + 2 * DAY
    shop = new_shop(now=then)
    window = window_at(then, shop)
    join(window, person, now=then)
    show_pass(shop, seats_of_window(window.id)[0], now=window.starts_at)
    end(window)

    found = [queries.strike_of_seat(seat_id) for seat_id in (first, second)]
    assert [strike.forgiven for strike in found if strike] == [Because.VISIT, None]


def test_three_strikes_leave_one_seat_at_a_time_and_soon(person: UUID) -> None:
    for day in range(3):
        missed(person, NOON + day * DAY)
    now = NOON + 3 * DAY
    later = new_window(new_shop(now=now), starts_in=61, now=now)
    soon, beside = window_at(now), new_window(new_shop(now=now), starts_in=55, now=now)

    with refused("seat.after_strikes"):
        join(later, person, now=now)
    join(soon, person, now=now)
    with refused("seat.after_strikes"):
        join(beside, person, now=now)


def test_operator_forgives_with_a_reason_once(person: UUID) -> None:
    seat_id = missed(person)
    strike = queries.strike_of_seat(seat_id)
    assert strike is not None
    now = NOON + DAY

    with refused("strike.no_reason"):
        services.forgive(strike_id=strike.id, note=" ", by=Actor.staff(1), now=now)
    services.forgive(strike_id=strike.id, note="hospital", by=Actor.staff(1), now=now)
    with refused("strike.forgiven"):
        services.forgive(strike_id=strike.id, note="again", by=Actor.staff(1), now=now)

    assert live(person, now) == 0
    fact = AuditFact.objects.get(action="strike.forgiven")
    assert (fact.object_key, fact.reason) == (str(strike.id), "hospital")
