"""What the platform takes and refuses, without a database."""

from __future__ import annotations

from typing import Any

import pytest

from whatsapp.simulator.domain.codes import CODES, Refusal
from whatsapp.simulator.domain.outbound import Mark, Outbound, parse_outbound
from whatsapp.simulator.domain.pieces import Button, Kind
from whatsapp.simulator.domain.templates import Template, TemplateButton, fill, parse_template
from whatsapp.simulator.domain.wire import compact, signed_headers
from whatsapp.simulator.tests.conftest import buttons_to, text_to

PHONE = "905550000101"
ASK = Template(
    name="seller_ask",
    language="tr",
    category="UTILITY",
    body="Bugün {{interval}} için {{people}} kişi var. Yanıtlar mısınız?",
    footer="Iceshop",
    buttons=(
        TemplateButton("quick_reply", "Kabul"),
        TemplateButton("quick_reply", "Hayır"),
        TemplateButton("url", "Panoyu aç", "https://iceshop.example/b/{{1}}"),
    ),
    life_seconds=600,
)


def parse(body: dict[str, Any]) -> Outbound | Mark:
    return parse_outbound(
        {"messaging_product": "whatsapp"} | body,
        find_template=lambda name, language: (
            ASK if (name, language) == ("seller_ask", "tr") else None
        ),
        has_media=lambda media_id: media_id == "1000000000000001",
    )


def interactive(inner: dict[str, Any]) -> dict[str, Any]:
    return {"to": PHONE, "type": "interactive", "interactive": {"body": {"text": "?"}} | inner}


def listing(rows: list[dict[str, str]], **more: Any) -> dict[str, Any]:
    action = {"button": "Seçin", "sections": [{"rows": rows}]} | more
    return interactive({"type": "list", "action": action})


def link(title: str, url: str) -> dict[str, Any]:
    action = {"name": "cta_url", "parameters": {"display_text": title, "url": url}}
    return interactive({"type": "cta_url", "action": action})


ROW = {"id": "district:kadikoy", "title": "Kadıköy", "description": "Moda, Caferağa"}
PARAMETERS = [
    {"type": "text", "parameter_name": "interval", "text": "14.00–14.20"},
    {"type": "text", "parameter_name": "people", "text": "16"},
]
BODY_PART: dict[str, Any] = {"type": "body", "parameters": PARAMETERS}
URL_PART: dict[str, Any] = {
    "type": "button",
    "sub_type": "url",
    "index": "2",
    "parameters": [{"type": "text", "text": "tok3n"}],
}


def accept_part(payload: str) -> dict[str, Any]:
    given = [{"type": "payload", "payload": payload}]
    return {"type": "button", "sub_type": "quick_reply", "index": "0", "parameters": given}


def template(*components: dict[str, Any], language: str = "tr") -> dict[str, Any]:
    inner = {"name": "seller_ask", "language": {"code": language}, "components": list(components)}
    return {"to": PHONE, "type": "template", "template": inner}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"messaging_product": "sms"}, 100),
        ({"type": "text", "text": {"body": "x"}}, 131008),
        ({"to": "12", "type": "text", "text": {"body": "x"}}, 131009),
        ({"recipient": "TR-1", "type": "text", "text": {"body": "x"}}, 131009),
        ({"to": PHONE, "type": "poll", "poll": {}}, 131051),
        ({"to": PHONE, "type": "text"}, 131008),
        (text_to(PHONE, ""), 131009),
        (text_to(PHONE, "x" * 4097), 100),
        (text_to(PHONE, "a\0b"), 100),
        (text_to(PHONE, "\ud83d"), 100),
        (text_to(PHONE) | {"biz_opaque_callback_data": "x" * 513}, 131009),
        (buttons_to(PHONE), 131009),
        (buttons_to(PHONE, "a", "b", "c", "d"), 131009),
        (buttons_to(PHONE, "a", "a"), 131009),
        (buttons_to(PHONE, "x" * 257), 131009),
        (listing([]), 131009),
        (listing([ROW | {"id": str(n)} for n in range(11)]), 131009),
        (listing([ROW, ROW]), 131009),
        (listing([ROW | {"id": "x" * 201}]), 131009),
        (listing([ROW | {"title": "x" * 25}]), 131009),
        (listing([ROW | {"description": "x" * 73}]), 131009),
        (listing([ROW], button="x" * 21), 131009),
        (listing([ROW], sections=[{"rows": [ROW]}, {"rows": [ROW | {"id": "b"}]}]), 131008),
        (link("x" * 21, "https://iceshop.example/"), 131009),
        (link("Aç", "/w/abc"), 131009),
        (interactive({"type": "location_request_message", "action": {"name": "other"}}), 131009),
        (interactive({"type": "carousel", "action": {}}), 131009),
        ({"to": PHONE, "type": "location", "location": {"latitude": 91, "longitude": 0}}, 131009),
        ({"to": PHONE, "type": "location", "location": {"latitude": 41}}, 131008),
        ({"to": PHONE, "type": "audio", "audio": {"id": "9"}}, 131009),
        (template(BODY_PART, URL_PART, language="en"), 132001),
        (template(URL_PART), 132000),
        (template({"type": "body", "parameters": PARAMETERS[:1]}, URL_PART), 132000),
        (template(BODY_PART), 131008),
        (template({"type": "body", "parameters": [*PARAMETERS[:1] * 2]}, URL_PART), 132012),
        (
            template(
                {"type": "body", "parameters": [PARAMETERS[0], PARAMETERS[1] | {"text": "a\nb"}]},
                URL_PART,
            ),
            132018,
        ),
        (template(BODY_PART, URL_PART, URL_PART | {"index": "5"}), 131009),
        (template(BODY_PART, URL_PART, accept_part("x" * 257)), 131009),
        ({"status": "delivered", "message_id": "wamid.1"}, 100),
    ],
)
def test_request_that_breaks_a_rule_is_refused_with_its_code(
    body: dict[str, Any], code: int
) -> None:
    with pytest.raises(Refusal) as refused:
        parse(body)
    assert refused.value.code == code
    error = refused.value.body("trace")["error"]
    assert isinstance(error, dict)
    assert set(error) >= {"message", "type", "code", "error_data", "fbtrace_id"}
    assert error["error_data"]["details"]


@pytest.mark.parametrize("size", [20, 21])
def test_button_title_has_at_most_20_signs(size: int) -> None:
    body = buttons_to(PHONE, "a")
    body["interactive"]["action"]["buttons"][0]["reply"]["title"] = "ş" * size
    if size == 20:
        assert isinstance(parse(body), Outbound)
    else:
        with pytest.raises(Refusal, match="Button title length invalid"):
            parse(body)


def test_button_titles_of_a_message_differ() -> None:
    body = buttons_to(PHONE, "a", "b")
    for button in body["interactive"]["action"]["buttons"]:
        button["reply"]["title"] = "Evet"
    with pytest.raises(Refusal, match="Duplicated button titles"):
        parse(body)


def test_text_body_lengths_at_the_limit_are_accepted() -> None:
    assert isinstance(parse(text_to(PHONE, "x" * 4096)), Outbound)
    assert isinstance(parse(listing([ROW | {"id": str(n)} for n in range(10)])), Outbound)


def test_interactive_body_over_1024_is_refused_but_a_list_may_have_4096() -> None:
    body = buttons_to(PHONE, "a")
    body["interactive"]["body"]["text"] = "x" * 1025
    with pytest.raises(Refusal, match="Body text length invalid"):
        parse(body)
    long_list = listing([ROW])
    long_list["interactive"]["body"]["text"] = "x" * 4096
    assert isinstance(parse(long_list), Outbound)


def test_links_are_found_in_texts_and_behind_buttons() -> None:
    parsed = parse(text_to(PHONE, "Kartınız: https://ice.example/w/a1. (http://b.example/x)"))
    assert isinstance(parsed, Outbound)
    assert parsed.piece.links == ("https://ice.example/w/a1", "http://b.example/x")
    behind = parse(link("Aç", "https://ice.example/w/a1"))
    assert isinstance(behind, Outbound)
    assert behind.piece.kind is Kind.LINK
    assert (behind.piece.links, behind.piece.link_title) == (("https://ice.example/w/a1",), "Aç")


def test_phone_wins_over_recipient_and_may_be_written_with_signs() -> None:
    parsed = parse(text_to("+90 555 000 01 01") | {"recipient": "TR.1"})
    assert isinstance(parsed, Outbound)
    assert (parsed.to.phone, parsed.to.user_id) == (PHONE, "")


def test_read_mark_with_typing_is_understood() -> None:
    mark = parse({"status": "read", "message_id": "wamid.1", "typing_indicator": {"type": "text"}})
    assert mark == Mark(wamid="wamid.1", is_typing=True)


def test_template_is_filled_in_with_its_buttons_and_links() -> None:
    piece = fill(ASK, [BODY_PART, accept_part("ask.accept:91b2"), URL_PART])
    assert piece.text == ("Bugün 14.00–14.20 için 16 kişi var. Yanıtlar mısınız?\nIceshop")
    assert piece.buttons == (Button("ask.accept:91b2", "Kabul"), Button("Hayır", "Hayır"))
    assert piece.links == ("https://iceshop.example/b/tok3n",)
    assert (piece.category, piece.life_seconds) == ("utility", 600)


DEFINITION: dict[str, Any] = {
    "name": "last_call",
    "language": "tr",
    "category": "UTILITY",
    "message_send_ttl_seconds": 240,
    "components": [
        {"type": "BODY", "text": "Son beş dakika, {{store}} mağazasında bekleniyorsunuz."}
    ],
}


def body_text(text: str) -> dict[str, Any]:
    return {"components": [{"type": "BODY", "text": text}]}


def test_template_definition_is_read() -> None:
    made = parse_template(DEFINITION)
    assert (made.name, made.category, made.life_seconds) == ("last_call", "UTILITY", 240)


@pytest.mark.parametrize(
    ("change", "subcode"),
    [
        ({"name": "Last Call"}, None),
        ({"language": "turkish"}, None),
        ({"category": "SERVICE"}, None),
        ({"components": []}, None),
        (body_text("{{store}} sizi bu saatte bekliyor olacak."), 2388299),
        (body_text("Sizi bu saatte bekleyen mağaza {{store}}"), 2388299),
        (body_text("Bugün saat tam {{a}}{{b}} için burada olun."), 2388299),
        (body_text("Yer {{a}} ve {{b}} olur."), 2388293),
        (body_text("Bugün saat {{1}} için {{store}} mağazasına bekleniyorsunuz."), None),
        (body_text("Bugün saat {{2}} için burada olun lütfen."), None),
        ({"message_send_ttl_seconds": 29}, None),
        ({"message_send_ttl_seconds": 43_201}, None),
        ({"category": "MARKETING", "message_send_ttl_seconds": 600}, None),
    ],
)
def test_template_definition_that_breaks_a_rule_is_refused(
    change: dict[str, Any], subcode: int | None
) -> None:
    with pytest.raises(Refusal) as refused:
        parse_template(DEFINITION | change)
    error = refused.value.body("t")["error"]
    assert isinstance(error, dict)
    assert (error["code"], error.get("error_subcode")) == (100, subcode)


def test_compact_json_escapes_as_the_platform_does_and_the_signature_is_over_it() -> None:
    body = compact({"text": "Şapşık http://example.com/a"})
    assert body == '{"text":"\\u015eap\\u015f\\u0131k http:\\/\\/example.com\\/a"}'
    headers = signed_headers("{}", app_secret="iceshop-test-app-secret")
    assert headers["X-Hub-Signature-256"] == (
        "sha256=9014003305029fc07beee36a2087ad10c15dd82f9ebf0b1d253dcc50f38bf1df"
    )


def test_documented_codes_are_reported_when_the_platform_reports_them() -> None:
    later = {code for code, entry in CODES.items() if entry.later}
    assert later == {
        130472, 131026, 131042, 131047, 131048, 131049, 131050, 131052, 131053, 132015,
    }  # fmt: skip
