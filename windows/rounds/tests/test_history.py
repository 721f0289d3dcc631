"""The operator's pages about rounds: why a match was or was not made, in both languages."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from accounts.credentials.domain import StaffRole
from accounts.credentials.models import StaffUser
from accounts.credentials.services import create_staff_user
from iceshop.kernel.geo import Point
from iceshop.tests.architecture.sources import ROOT
from windows.engine import record
from windows.rounds.models import DecisionRecord, EngineMode, Round, RoundRecord
from windows.rounds.tests.deeds import refuse, run, shop_with_ladder
from windows.rounds.wording import sentences
from windows.tests.stories import NOON, buyer, minutes

pytestmark = pytest.mark.django_db

PAGE = "/ops/rounds/"


def browser_of(role: StaffRole, language: str = "en") -> Client:
    card = create_staff_user(username=f"{role}-1", password="kiraz-ağacı-42", role=role, now=NOON)
    browser = Client()
    browser.cookies["django_language"] = language
    browser.force_login(StaffUser.objects.get(pk=card.id))
    return browser


def words(response: object) -> str:
    """What a page says, without markup and needless space."""
    text = response.content.decode()  # type: ignore[attr-defined]
    main = text[text.index("<main") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def decision(action: str) -> DecisionRecord:
    return DecisionRecord.objects.filter(action=action).latest("pk")


def test_decision_to_ask_says_why_this_shop_and_what_more_people_would_change() -> None:
    shop_with_ladder(people=2)
    shop_with_ladder(name="Bahariye", people=2)
    for name in ("Elif", "Mert"):
        buyer(name)
    run()
    asked = decision("ASK_SELLER")

    said = words(browser_of(StaffRole.OPERATOR).get(f"{PAGE}decisions/{asked.id}"))

    assert "The group is large enough: 2 people, 2 needed." in said
    assert "The seller is asked." in said
    assert "The best other shop is" in said
    assert "2 people at ₺120, worth ₺0 less." in said
    assert "With 2 more people the price would stay." in said


def test_wish_that_waits_says_what_stands_in_the_way_and_what_would_lift_it() -> None:
    shop_with_ladder(people=3)
    buyer(budget_minor=11_000)
    run()
    waits = decision("WAIT_FOR_BUYERS")

    english = words(browser_of(StaffRole.OPERATOR).get(f"{PAGE}decisions/{waits.id}"))
    assert "The best price is ₺120, the buyer's limit ₺110: ₺10 too much." in english

    buyer("Mert")
    run(NOON + minutes(1))
    waits = decision("WAIT_FOR_BUYERS")
    turkish = words(browser_of(StaffRole.ADMIN, "tr").get(f"{PAGE}decisions/{waits.id}"))
    assert "En yakın grupta 1 kişi var, 3 gerekiyor: 2 kişi eksik." in turkish
    assert "Aynı şeyi isteyen 2 kişi daha olsaydı bir grup olurdu (Moda Fırını" in turkish


def test_rounds_are_found_by_decision_wish_and_day() -> None:
    shop_with_ladder(people=2)
    far = buyer("Far", point=Point(41.0425, 29.0090))
    for name in ("Elif", "Mert"):
        buyer(name)
    run()
    refuse(NOON)
    run(NOON + minutes(1))
    browser = browser_of(StaffRole.OPERATOR)

    everything = words(browser.get(PAGE))
    assert "Ask the shop · Moda Fırını" in everything
    assert "left in peace until 14:00" in everything

    asked = words(browser.get(PAGE, {"action": "ASK_SELLER"}))
    assert "Ask the shop · Moda Fırını" in asked
    assert "left in peace" not in asked

    own = words(browser.get(PAGE, {"wish": str(far.intent_id)}))
    assert "too far." in own
    assert "Ask the shop · Moda" not in own
    assert "No round decided anything like that" in words(browser.get(PAGE, {"day": "2024-01-01"}))
    assert "Ask the shop · Moda" in words(browser.get(PAGE, {"day": "never"}))


def test_round_can_be_taken_home_and_its_seed_is_shown() -> None:
    shop_with_ladder(people=2)
    for name in ("Elif", "Mert"):
        buyer(name)
    run()
    kept = Round.objects.get()
    browser = browser_of(StaffRole.OPERATOR)

    assert str(kept.seed) in words(browser.get(f"{PAGE}{kept.id}"))
    taken = browser.get(f"{PAGE}{kept.id}/export")
    assert record.difference(record.load(taken.content.decode())) == ""

    RoundRecord.objects.all().delete()
    assert browser.get(f"{PAGE}{kept.id}/export").status_code == 404
    asked = decision("ASK_SELLER")
    assert "no longer stored" in words(browser.get(f"{PAGE}decisions/{asked.id}"))


def test_administrator_switches_to_the_plain_rule_with_a_reason() -> None:
    browser = browser_of(StaffRole.ADMIN)

    browser.post(f"{PAGE}mode", {"mode": "rule", "reason": " "})
    assert not EngineMode.objects.exists()

    browser.post(f"{PAGE}mode", {"mode": "rule", "reason": "odd groups today"})
    assert EngineMode.objects.get().actor_kind == "staff"
    assert "odd groups today" in words(browser.get(PAGE))
    assert "Groups are chosen by the plain rule." in words(browser.get("/ops/"))

    browser.post(f"{PAGE}mode", {"mode": "search", "reason": "repaired"})
    assert "Groups are chosen by the plain rule." not in words(browser.get("/ops/"))


def test_pages_are_for_operators_and_the_switch_for_administrators() -> None:
    shop_with_ladder(people=3)
    buyer()
    run()
    seller, operator = browser_of(StaffRole.SELLER), browser_of(StaffRole.OPERATOR)
    one = DecisionRecord.objects.get()
    for path in ("", f"{one.round_id}", f"{one.round_id}/export", f"decisions/{one.id}"):
        assert seller.get(PAGE + path).status_code == 403
        assert operator.get(PAGE + path).status_code == 200
        assert Client().get(PAGE + path).status_code == 302
    for browser in (seller, operator):
        assert browser.post(f"{PAGE}mode", {"mode": "rule", "reason": "x"}).status_code == 403
    assert operator.get(f"{PAGE}{one.id}").status_code == 404


def test_every_reason_of_the_engine_is_said_in_both_languages() -> None:
    source = "".join(path.read_text() for path in (ROOT / "windows/engine").glob("*.py"))
    codes = set(re.findall(r'Reason(?:\.of)?\(\s*"([a-z_]+\.[a-z_]+)"', source))
    codes |= set(re.findall(r'"((?:change|chosen)\.[a-z_]+)"', source))
    assert len(codes) > 30
    assert codes - sentences().keys() == set()
    assert all(set(said) == {"tr", "en"} for said in sentences().values())
