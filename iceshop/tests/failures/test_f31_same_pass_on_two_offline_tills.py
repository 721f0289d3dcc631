"""F31: two tills without connection let in the same pass: both are kept, the owner decides."""

from __future__ import annotations

import pytest

from iceshop.tests.failures.at_the_till import late, page, scene, tell
from whatsapp.tests.town import Town
from windows.passes.models import PassScan
from windows.passes.queries import open_questions
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_both_scans_stay_and_the_owner_decides_who_pays(town: Town) -> None:
    at = scene(town)
    store_id, starts_at = at.place.shop.store_id, at.window.starts_at
    front, back = at.till("Ön kasa"), at.till("Arka kasa")
    town.jump_to(starts_at + minutes(10))

    # The later scan is heard of first.
    first = tell(back, store_id, late(at, "late-scan-back-0001", starts_at + minutes(5)))
    second = tell(front, store_id, late(at, "late-scan-front-001", starts_at + minutes(3)))

    assert [one["question"] for one in first + second] == [None, "conflict"]
    assert PassScan.objects.filter(is_admitted=True).count() == 2
    owner = at.staff()
    shown = page(owner, at, "questions")
    assert "Aynı kart iki kasada içeri alındı" in shown
    assert "Ön kasa" in shown
    assert "Arka kasa" in shown
    (question,) = open_questions(store_id)
    answer = owner.post(
        f"/board/{store_id}/questions/{question.id}", {"answer": "shop_pays"}, follow=True
    )
    assert "Karar kaydedildi." in answer.content.decode()
    assert "Karar bekleyen yok" in page(owner, at, "questions")
    assert PassScan.objects.filter(is_admitted=True).count() == 2
