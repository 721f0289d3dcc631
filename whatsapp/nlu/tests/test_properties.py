"""What holds for every text."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from whatsapp.nlu.corpus import ZONE, expect
from whatsapp.nlu.lexicon import bundled
from whatsapp.nlu.parse import explain
from whatsapp.nlu.reading import Act, Budget, Question
from whatsapp.nlu.tests.said import read

WORDS = (
    "yarın akşam 7 gibi kadıköyde kahve en fazla 200 TL 2 kişilik pizza saat 5'e çeyrek"
    " kala bin beş"
    " yüz lira 10-12 arası %15 3/7 31 şubat ayın 99'u 25:00 at half past 24 every monday except the"
    " weekend before noon 20 kruvasan var için 1.5.3 ₺ % ' - , . 0 999999999999 in 5000 weeks"
    " 3-5 ekim iptal değil yerine her gün gece yarısı"
).split(" ")
ASKS = [
    "",
    "ask_time",
    "ask_budget",
    "ask_place",
    "ask_quantity",
    "offer",
    "s_discount",
    "s_hours",
    "s_price",
]
TEXTS = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
MOMENTS = st.integers(0, 6 * 365 * 1440).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=ZONE) + timedelta(minutes=minutes)
)


@settings(max_examples=250, deadline=None)
@given(
    text=TEXTS, now=MOMENTS, ask=st.sampled_from(ASKS), role=st.sampled_from(["buyer", "seller"])
)
def test_any_text_is_read(text: str, now: datetime, ask: str, role: str) -> None:
    question = Question(ask, "bugün 19:00", "tr") if ask else None

    found = explain(
        text, now=now, zone=ZONE, language="tr", lexicon=bundled(), role=role, question=question
    )

    reading = found.reading
    assert reading.act in Act
    assert reading.language in ("tr", "en")
    assert 0 <= reading.confidence <= 1
    assert expect(reading)["act"] == reading.act.value
    minute = now.replace(second=0, microsecond=0)
    ends = [minute - timedelta(seconds=1)]
    for span in reading.intervals:
        assert span.start.tzinfo is not None
        assert span.start >= minute
        assert span.start > ends[-1]
        assert span.start < span.end
        ends.append(span.end)
    for find in found.finds:
        assert 0 <= find.start < find.end <= len(found.source)


def test_longest_message_reads_its_beginning() -> None:
    wish = "kadıköyde kahve en fazla 200 TL, "

    reading = read(wish + "en fazla " * 450)

    assert (reading.product, reading.budget) == ("kahve", Budget(20_000))
