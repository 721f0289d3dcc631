"""What notices say, against the wording of the journeys, and with their buttons."""

from collections.abc import Mapping
from typing import Any

import pytest

from whatsapp.dialogue.notices import NOTICES
from whatsapp.dialogue.phrasebook import notice
from whatsapp.dialogue.tests.compact import NOW, ZONE, clock, lira

LINK = "https://iceshop.example/w/abc"
SPAN = {"starts_at": clock("14:00"), "ends_at": clock("14:20")}
SEAT = {"key": "w1", "product": "kahve", "store": "Moda Fırın", "now": NOW}
ASK = {
    "key": "a1",
    "product": "kruvasan",
    "people": 12,
    "starts_at": clock("+1 15:00"),
    "ends_at": clock("+1 15:20"),
    "price": lira(100),
    "asked": lira(90),
    "worst": lira(120),
    "left": lira(38),
    "answer_by": clock("13:10"),
    "now": NOW,
}
CASES: Mapping[str, Mapping[str, Any]] = {
    "invite": {
        **SEAT,
        **SPAN,
        "price": lira(118),
        "before": lira(145),
        "answer_by": clock("13:40"),
        "people": 6,
        "walk_m": 1240,
        "map_link": "https://iceshop.example/m/1",
        "party": 2,
    },
    "reminder": {**SEAT, **SPAN, "code": "K7M2XQ", "panel_link": LINK},
    "last_five_minutes": {"key": "w1", "ends_at": clock("14:20"), "now": NOW},
    "window_open": {"store": "Moda Fırın", "ends_at": clock("14:20"), "code": "K7M2XQ"}
    | {"panel_link": LINK},
    "seat_freed": {**SEAT, **SPAN, "answer_by": clock("13:40"), "now": NOW},
    "seat_lapsed": {"store": "Moda Fırın", "starts_at": clock("14:00"), "now": NOW},
    "list_ended": {"store": "Moda Fırın", "starts_at": clock("14:00"), "now": NOW},
    "window_cancelled": {"store": "Moda Fırın", "starts_at": clock("14:00"), "now": NOW}
    | {"reason": "fırın arızalı"},
    "group_not_reached": {"store": "Moda Fırın", "starts_at": clock("14:00"), "now": NOW}
    | {"have": 2, "need": 3},
    "seller_group_not_reached": {"product": "kahve", "starts_at": clock("14:00"), "now": NOW}
    | {"have": 2, "need": 3},
    "wait_status": {"key": "i1", "product": "kahve", "waiting": 4, "needed": 6}
    | {"answer_by": clock("13:00")},
    "nothing_found": {"key": "i1", "product": "kahve"},
    "ask": ASK,
    "ask_reminder": ASK,
    "ask_expired": {"product": "kruvasan", "people": 12, "answer_by": clock("13:10")},
    "ask_closed": {"product": "kruvasan", "starts_at": clock("+1 15:00"), "now": NOW},
    "seller_agreed": {**SPAN, "product": "kahve", "price": lira(90), "people": 12, "now": NOW}
    | {"board_link": LINK},
    "seller_get_ready": {**SPAN, "product": "kahve", "expected": 14, "low": 11, "high": 16}
    | {"prepare": 16, "board_link": LINK, "first_at": clock("14:02")},
    "seller_result": {"product": "kahve", "starts_at": clock("14:00"), "came": 13, "now": NOW}
    | {"expected": 14, "board_link": LINK, "revenue": lira(1534)},
    "did_not_come": {"key": "w1", "starts_at": clock("14:00")},
    "after": {"key": "w1", "store": "Moda Fırın", "saved": lira(27)},
    "full": {"store": "Moda Fırın", "starts_at": clock("14:00"), "now": NOW},
}


def words(kind: str, language: str, **changes: Any) -> str:
    text = notice(kind, {**CASES[kind], **changes}, language, ZONE).text
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("kind", sorted(NOTICES))
def test_notice_fits_the_platform(kind: str, language: str) -> None:
    said = notice(kind, CASES[kind], language, ZONE)
    assert 0 < len(said.text) <= 1024
    assert len(said.buttons) <= 3
    assert all(len(title) <= 20 for _, title in said.buttons)
    assert "{" not in said.text


def test_ask_tells_what_the_deal_means_for_the_shop() -> None:
    known = {**ASK, "break_even": 4, "till_minutes": 6, "larger": (300, 12, 14)}
    said = {language: notice("ask", known, language, ZONE).text for language in ("tr", "en")}
    assert (
        "Bunu 4 yeni müşteri karşılar.\n"
        "Kasanızda yaklaşık 6 dakikalık iş demek.\n"
        "İndirim %3 daha fazla olursa uyan grup 12 kişiden yaklaşık 14 kişiye çıkar.\n"
    ) in said["tr"]
    assert (
        "4 new customers pay for that.\n"
        "It is about 6 minutes of work at your till.\n"
        "3% more off would raise the group that fits from 12 to about 14.\n"
    ) in said["en"]


def test_ask_has_the_wording_of_the_journeys() -> None:
    assert words("ask", "tr") == (
        "Yarın 15.00–15.20 için kruvasan isteyen 12 kişi var.\n"
        "%10 indirimle adedi 90 ₺ olur, size adet başına 38 ₺ kalır; "
        "en kötü durumda toplam 120 ₺ indirim verirsiniz.\n"
        "Lütfen 13.10'a kadar yanıtlayın."
    )
    assert words("ask", "en") == (
        "12 people want kruvasan tomorrow 15:00–15:20.\n"
        "At 10% off (₺90 a piece) you keep ₺38 per piece; "
        "at worst you give away ₺120 in total.\n"
        "Please answer by 13:10."
    )


def test_ask_without_cost_says_no_margin() -> None:
    assert "size adet başına" not in words("ask", "tr", left=None)


def test_invite_says_all_that_a_buyer_needs() -> None:
    assert words("invite", "tr") == (
        "Sizin için kahve buldum: Moda Fırın, bugün 14.00–14.20.\n"
        "Fiyat: 145 ₺ yerine 118 ₺ (%18 indirim).\n"
        "Yakınınızda bunu isteyen 6 kişi bir araya geldi.\n"
        "Yürüyerek 1,2 km.\n"
        "2 kişi için.\n"
        "Harita: https://iceshop.example/m/1\n"
        "Yanıtınızı 13.40'a kadar bekliyorum.\n"
        "Geliyor musunuz?"
    )


@pytest.mark.parametrize("before", [None, 118, 100])
def test_invite_without_evidence_has_no_percentage(before: float | None) -> None:
    text = words("invite", "tr", before=lira(before))
    assert "%" not in text
    assert "Fiyat: 118 ₺." in text


def test_get_ready_has_the_wording_of_the_journeys() -> None:
    assert words("seller_get_ready", "en") == (
        "14 people are expected (11–16) between 14:00–14:20.\n"
        "First arrivals about 14:02.\nTo prepare: 16 × kahve."
    )
    assert words("last_five_minutes", "tr") == "Yeriniz 14.20'de sona eriyor. Geliyor musunuz?"
    assert words("did_not_come", "en") == "We missed you at 14:00. What happened?"


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("invite", ["invite.accept:w1", "invite.decline:w1", "invite.other:w1"]),
        ("ask", ["ask.accept:a1", "ask.counter:a1", "ask.refuse:a1"]),
        ("ask_reminder", ["ask.accept:a1", "ask.counter:a1", "ask.refuse:a1"]),
        ("reminder", ["seat.on_way:w1", "seat.release:w1"]),
        ("wait_status", ["intent.widen:i1", "intent.pause:i1"]),
        ("nothing_found", ["intent.widen:i1", "intent.retime:i1", "intent.cancel:i1"]),
        ("did_not_come", ["absence.late:w1", "absence.store:w1", "absence.forgot:w1"]),
    ],
)
def test_notice_carries_its_buttons(kind: str, ids: list[str]) -> None:
    assert [id_ for id_, _ in notice(kind, CASES[kind], "en", ZONE).buttons] == ids


def test_notice_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        notice("lottery", {}, "tr", ZONE)
