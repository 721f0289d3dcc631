"""Phones as tills: let in with a PIN, throttled, ended at once."""

from __future__ import annotations

import doctest
from datetime import timedelta

import pytest
from django.utils import translation

from iceshop.infra.audit.models import AuditFact
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import DomainError, LimitReached
from iceshop.kernel.ids import new_id
from iceshop.tests.witness import nothing_written
from windows.tests.stories import NOON, Shop, minutes, new_shop
from windows.tills import domain, links, services
from windows.tills.models import TillDevice
from windows.tills.queries import TillCard, linked_tills, till_names

pytestmark = pytest.mark.django_db

OWNER = Actor.staff(7)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def till(shop: Shop) -> TillCard:
    return services.add_till(
        store_id=shop.store_id, name="  Ön   kasa ", pin="7391", by=OWNER, now=NOON
    )


def enter(till: TillCard, pin: str, after: int = 0) -> TillCard:
    return services.enter_pin(till_id=till.id, pin=pin, now=NOON + minutes(after))


def test_examples_of_the_docstrings_hold() -> None:
    assert doctest.testmod(domain).failed == 0


def test_phone_is_let_in_with_a_name_and_a_pin(shop: Shop, till: TillCard) -> None:
    assert (till.label, till.number, till.is_linked) == ("Ön kasa", 1, True)
    assert "7391" not in TillDevice.objects.get().pin_hash
    assert enter(till, "7391").seen_at == NOON
    assert linked_tills(shop.store_id) == (enter(till, "7391"),)
    assert AuditFact.objects.get(action="till.added").object_key == str(till.id)


@pytest.mark.parametrize("pin", ["", "0000", "1234", "4321", "739", "739173917", "73a1", "٧٣٩١"])
def test_weak_pin_is_refused_and_there_is_no_default(shop: Shop, pin: str) -> None:
    with nothing_written(), pytest.raises(DomainError, match=r"till\.pin_weak"):
        services.add_till(store_id=shop.store_id, name="x", pin=pin, by=OWNER, now=NOON)


def test_five_wrong_pins_make_the_phone_wait(till: TillCard) -> None:
    for _ in range(5):
        with pytest.raises(DomainError, match=r"till\.pin_wrong"):
            enter(till, "0000")
    with pytest.raises(LimitReached) as caught:
        enter(till, "7391", after=4)
    assert (caught.value.retry_after_seconds, caught.value.params["minutes"]) == (360, 6)

    assert enter(till, "7391", after=10).id == till.id
    with pytest.raises(DomainError, match=r"till\.pin_wrong"):
        enter(till, "0000", after=10)


def test_new_pin_ends_the_shift_and_the_waiting(shop: Shop, till: TillCard) -> None:
    shift = links.shift_token(enter(till, "7391"))
    assert links.till_of_shift(shift) is not None

    services.set_pin(till_id=till.id, store_id=shop.store_id, pin="5820", by=OWNER, now=NOON)

    assert links.till_of_shift(shift) is None
    assert enter(till, "5820").pin_version == 2


def test_ended_till_opens_nothing(shop: Shop, till: TillCard) -> None:
    link = links.link_token(till)
    shift = links.shift_token(till)
    assert links.till_of_link(link) == till
    assert links.till_link(till).endswith(f"/board/till/{link}")

    for _ in range(2):
        services.revoke_till(till_id=till.id, store_id=shop.store_id, by=OWNER, now=NOON)

    assert links.till_of_link(link) is None
    ended = links.till_of_shift(shift)
    assert ended is not None
    assert ended.is_revoked
    assert linked_tills(shop.store_id) == ()
    with pytest.raises(DomainError, match=r"till\.unknown"):
        enter(till, "7391")
    assert AuditFact.objects.filter(action="till.revoked").count() == 1


def test_forged_links_and_shifts_open_nothing(till: TillCard) -> None:
    for token in ("", "x", links.link_token(till)[:-1], f"{new_id().hex}~abc"):
        assert links.till_of_link(token) is None
        assert links.till_of_shift(token) is None


def test_till_of_another_store_is_unknown(till: TillCard) -> None:
    other = new_shop(name="Bahariye")
    named = {"till_id": till.id, "store_id": other.store_id, "by": OWNER, "now": NOON}
    with nothing_written(), pytest.raises(DomainError, match=r"till\.unknown"):
        services.revoke_till(**named)  # type: ignore[arg-type]  # the names say the types
    with nothing_written(), pytest.raises(DomainError, match=r"till\.unknown"):
        services.set_pin(pin="5820", **named)  # type: ignore[arg-type]  # the names say the types


def test_browsers_get_numbers_once(shop: Shop, till: TillCard) -> None:
    for key in ("a" * 22, "b" * 22, "a" * 22):
        services.know_till(store_id=shop.store_id, key=key, now=NOON + timedelta(hours=1))

    with translation.override("en"):
        names = till_names(shop.store_id)
    assert names == {
        till.key: "Ön kasa",
        "a" * 22: "Till 2",
        "b" * 22: "Till 3",
    }
