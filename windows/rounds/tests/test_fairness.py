"""Who gets a scarce place: by the written order, and by lot among equals."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from pytest_django import Settings

from windows.engine import record
from windows.flash.models import Invite
from windows.rounds import services
from windows.rounds.domain import PATIENCE, promise_of, seed_of
from windows.rounds.models import Round, RoundSeed
from windows.rounds.queries import record_of
from windows.rounds.tests.deeds import run, shop_with_ladder
from windows.tests.stories import NOON, buyer, new_window

pytestmark = pytest.mark.django_db


def test_seed_is_stored_before_anything_is_drawn_and_never_changes() -> None:
    first = services.commit_seed(now=NOON)
    shop_with_ladder()
    buyer("Elif")
    buyer("Mert")
    run()

    stored = RoundSeed.objects.get()
    kept = Round.objects.get()
    assert services.commit_seed(now=NOON + timedelta(hours=1)) == first == stored.secret
    assert stored.stored_at <= kept.at
    assert kept.seed == seed_of(stored.secret, kept.at, kept.part_key)
    assert services.commit_seed(now=NOON + timedelta(days=1)) != first
    assert len(promise_of(first, stored.day)) == 64


def test_round_makes_the_seed_of_its_day() -> None:
    shop_with_ladder(people=4)
    buyer()
    run()

    assert RoundSeed.objects.get().day == NOON.date()


def test_seed_is_repeatable_where_a_key_is_set(settings: Settings) -> None:
    settings.LOT_KEY = "city"
    first = services.commit_seed(now=NOON)
    RoundSeed.objects.all().delete()
    assert services.commit_seed(now=NOON) == first


def test_lot_among_equals_can_be_drawn_again_by_anybody() -> None:
    """Five who are alike in everything want the one seat that is free."""
    new_window(shop_with_ladder(), starts_in=20, seats=1)
    people = [buyer(f"Person {number}") for number in range(5)]

    run()

    kept = Round.objects.get()
    text = record_of(kept.id)
    assert text is not None
    stored = record.load(text)
    lots = {
        str(one.intent_id): sha256(f"{stored.seed}:{one.intent_id}".encode()).hexdigest()
        for one in people
    }
    drawn = min(lots, key=lambda key: lots[key])
    assert str(Invite.objects.get().intent_id) == drawn
    assert record.difference(stored) == ""
    assert stored.seed == seed_of(RoundSeed.objects.get().secret, kept.at, kept.part_key)


@pytest.mark.parametrize("is_past_patience", [False, True])
def test_who_has_waited_past_patience_comes_first(*, is_past_patience: bool) -> None:
    """A party of four is worth more than one person, until that one has waited long enough."""
    now = NOON + PATIENCE - timedelta(minutes=0 if is_past_patience else 1)
    shop = shop_with_ladder(people=9)
    elder = buyer("Elder", now=NOON)
    crowd = buyer("Crowd", party_size=4, now=now)
    new_window(shop, starts_in=int((now - NOON).total_seconds()) // 60 + 20, seats=4)

    run(now)

    first = elder if is_past_patience else crowd
    assert Invite.objects.get().intent_id == first.intent_id
