"""Signature vectors of the samples' README, and what is refused."""

from __future__ import annotations

import pytest

from whatsapp.gateway.signature import Verdict, check, same_token, sign

SECRET = "iceshop-test-app-secret"
ESCAPED = (
    rb'{"object":"whatsapp_business_account","entry":[{"id":"301122334455667","changes":[{"value":'
    rb'{"messaging_product":"whatsapp","metadata":{"display_phone_number":"908500000100",'
    rb'"phone_number_id":"210987654321098"},"contacts":[{"profile":{"name":"Ay\u015fe"},'
    rb'"wa_id":"905550000101"}],"messages":[{"from":"905550000101","id":"wamid.TEST",'
    rb'"timestamp":"1795170600","text":{"body":"\u015eaps\u0131k http:\/\/example.com\/a"},'
    rb'"type":"text"}]},"field":"messages"}]}]}'
)
VECTORS = [
    (b"{}", "9014003305029fc07beee36a2087ad10c15dd82f9ebf0b1d253dcc50f38bf1df"),
    (
        b'{"object":"whatsapp_business_account","entry":[]}',
        "c6b150863432e74bceca2476cb9c2c35aacfd3b8caaee448fb75f7d133fdeeca",
    ),
    (ESCAPED, "9a7a389a604982e442af2435e0fd2b2a6b7f37b2062c079b956dac8716e637f4"),
    (b"", "64ec360d96b81189d85d2edb1fef5ffc4d62178e0932f1735649259b0d56d9b7"),
]


@pytest.mark.parametrize(("body", "digest"), VECTORS)
def test_vector_is_signed_and_valid(body: bytes, digest: str) -> None:
    assert sign(body, SECRET) == f"sha256={digest}"
    assert check(body, f"sha256={digest}", [SECRET]) is Verdict.VALID


def test_either_secret_is_good_while_they_rotate() -> None:
    header = sign(b"{}", "older")
    assert check(b"{}", header, ["newer", "older"]) is Verdict.VALID
    assert check(b"{}", header, ["newer"]) is Verdict.WRONG


@pytest.mark.parametrize("secrets", [[], [""], ["", ""]])
def test_without_a_secret_nothing_is_valid(secrets: list[str]) -> None:
    assert check(b"{}", sign(b"{}", ""), secrets) is Verdict.NO_SECRET


@pytest.mark.parametrize(
    ("header", "verdict"),
    [
        (None, Verdict.MISSING),
        ("", Verdict.MISSING),
        ("sha256", Verdict.MALFORMED),
        (sign(b"{}", SECRET).removeprefix("sha256="), Verdict.MALFORMED),
        (sign(b"{}", SECRET).replace("sha256", "sha1"), Verdict.MALFORMED),
        (sign(b"{}", SECRET) + "\n", Verdict.MALFORMED),
        (sign(b"{} ", SECRET), Verdict.WRONG),
    ],
)
def test_other_headers_are_told_apart(header: str | None, verdict: Verdict) -> None:
    assert check(b"{}", header, [SECRET]) is verdict


def test_handshake_token_must_be_set_and_equal() -> None:
    assert same_token("a", "a")
    assert not same_token("a", "b")
    assert not same_token("", "")
    assert not same_token(None, "a")
    assert not same_token("\ud83d", "a")
