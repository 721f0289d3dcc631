"""How many people come, in many words and both languages."""

from __future__ import annotations

import pytest

from whatsapp.nlu.tests.said import said


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("üç kişiyiz kahve", 3),
        ("ailecek 5 kahvaltı pazar", 5),
        ("table for six tonight", 6),
        ("4er kişi iki masa", 4),
        ("annem babam bi de ben balık yiyecez", 3),
        ("çift olarak spa istiyoruz", 2),
        ("just me, one burger", 1),
        ("tek kişiyim çorba", 1),
        ("bowling bakıyoruz beşimiz için", 5),
        ("looking for 2 pizzas in moda", None),
        ("coffee set for 400, moda", None),
        ("kız arkadaşımla sushi yemek istiyoruz", 2),
        ("eşimle yemek, bebek", 2),
        ("eşime gül alacağım", None),
        ("with my wife tonight, fish in bebek", 2),
        ("me my bf and his brother want pizza", 3),
        ("my wife, my two kids and i want breakfast", 4),
        ("two adults and three kids, aquarium", 5),
        ("6 öğrenciyiz pide istiyoruz", 6),
        ("10 çocuk için yüz boyama", 10),
        ("2 çocuk bisikleti lazım", None),
        ("sekiziz, halı saha", 8),
        ("8 kişi değil 9 kişi olacağız", 9),
        ("3 kişi değiliz 5 kişiyiz", 5),
        ("biz dört arkadaş mangal yapıcaz", 4),
        ("iki arkadaşımla birlikte kahve", 3),
        ("ben artı 3", 4),
        ("5 kişiyiz ben dahil", 5),
        ("my parents and me, brunch", 3),
        ("there'll be nine of us", 9),
        ("we're a group of fourteen", 14),
        ("a famly of five, fish and chips", 5),
        ("we r 16 uni students and want a picnic set", 16),
        ("karı koca pide yiyeceğiz", 2),
        ("12 kişi kişi başı 150", 12),
        ("my husband and i + 2 kids want breakfast", 4),
        ("beş altı kişiyiz bowling", 6),
        ("toplam bütçe 3 bin 5 kişi", 5),
        ("lunch for 400 lira", None),
        ("table for 6 pm", None),
        ("bugün 6 değil 7 olacak", None),
    ],
)
def test_group_size(text: str, size: int | None) -> None:
    assert said(text).get("group_size") == size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("dört", 4),
        ("altı", 6),
        ("tek", 1),
        ("just me", 1),
        ("ikimiz", 2),
        ("a couple", 2),
        ("eşim ve kızım", 3),
        ("it's me plus three mates", 4),
        ("8-10", 10),
        ("toplam 8", 8),
    ],
)
def test_group_size_in_answer(text: str, size: int) -> None:
    assert said(text, ask="ask_group_size").get("group_size") == size
