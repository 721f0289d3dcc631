"""What counts as heard, and how long a recording is."""

from __future__ import annotations

import pytest

from whatsapp.voice.domain import Heard, Stretch, Transcript, Unheard, judge, ogg_seconds
from whatsapp.voice.remote import read_answer
from whatsapp.voice.tests.conftest import COFFEE, SILENCE

_HINT = "Kahve, döner, lahmacun, Kadıköy, Moda."
_SURE = (Stretch(no_speech=0.01, logprob=-0.2, compression=1.1),)


def test_length_of_real_recordings() -> None:
    assert round(ogg_seconds(COFFEE) or 0, 1) == 5.3
    assert ogg_seconds(SILENCE) == 2.0


@pytest.mark.parametrize("content", [b"", b"OggS" + bytes(60), b"ID3" + bytes(200), COFFEE[4:]])
def test_length_of_what_is_no_recording(content: bytes) -> None:
    assert ogg_seconds(content) is None


@pytest.mark.parametrize("text", ["yarın iki kahve", "two coffees", "250"])
@pytest.mark.parametrize("language", ["", "tr", "turkish", "English"])
def test_sure_words_are_heard(text: str, language: str) -> None:
    assert judge(Transcript(f" {text}\0 ", language, _SURE), hint=_HINT) == Heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ... ",
        "🎵",
        "Altyazı M.K.",
        "İzlediğiniz için teşekkürler.",
        "Thanks for watching!",
        "döner, lahmacun, Kadıköy",
    ],
)
def test_nobodys_words_are_silence(text: str) -> None:
    assert judge(Transcript(text, "tr", _SURE), hint=_HINT) is Unheard.SILENT


@pytest.mark.parametrize(
    "stretch",
    [
        Stretch(no_speech=0.9, logprob=-0.8),
        Stretch(no_speech=0.1, logprob=-1.4),
        Stretch(no_speech=0.1, logprob=-0.2, compression=3.1),
    ],
)
def test_unsure_words_are_not_heard(stretch: Stretch) -> None:
    assert judge(Transcript("iki kahve", "tr", (stretch,)), hint=_HINT) is Unheard.SILENT


@pytest.mark.parametrize(
    ("text", "language"),
    [("zwei Kaffee bitte", "german"), ("два кофе", ""), ("قهوة من فضلك", "tr")],
)
def test_other_languages_are_not_guessed(text: str, language: str) -> None:
    assert judge(Transcript(text, language, _SURE), hint=_HINT) is Unheard.OTHER_LANGUAGE


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[]", b"{}", b'{"text": 7}', b"<html>", b"[" * 100_000],
)
def test_nonsense_is_no_transcript(content: bytes) -> None:
    assert read_answer(content) is None


def test_odd_measures_do_no_harm() -> None:
    answer = b'{"text": "kahve", "language": 7, "segments": ["x", null, {"avg_logprob": "low"}]}'

    transcript = read_answer(answer)

    assert transcript == Transcript("kahve", "", (Stretch(), Stretch()))
