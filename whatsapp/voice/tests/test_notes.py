"""A voice note from the phone to the wish: fetched, heard, read, read back."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.fixtures import Settings
from structlog.testing import capture_logs

from whatsapp.conversation.models import ConversationLine
from whatsapp.gateway.tests.graph_server import Answer, GraphServer, Request
from whatsapp.providers.models import ProviderCall
from whatsapp.tests.town import Town, known, open_town
from whatsapp.voice import services as voice
from whatsapp.voice.domain import GIVE_UP
from whatsapp.voice.models import VoiceNote
from whatsapp.voice.tests.conftest import COFFEE, COFFEE_WORDS, SILENCE, heard
from whatsapp.webhook.models import WebhookItem
from whatsapp.webhook.tests.posting import PAYLOADS
from whatsapp.webhook.tests.rows import START_SECONDS

pytestmark = pytest.mark.django_db

_FAILED = "Sesli mesajınızı açamadım. Yazar veya yeniden dener misiniz?"
_SILENT = "Sesinizi duyamadım. Yazar veya yeniden dener misiniz?"


def _results() -> list[str]:
    return list(ProviderCall.objects.order_by("pk").values_list("result", flat=True))


def test_voice_note_becomes_a_wish_that_is_read_back(town: Town, speech: GraphServer) -> None:
    phone = known(town)

    (answer,) = phone.speaks(COFFEE)

    assert answer.text.startswith(f"Duyduğum: “{COFFEE_WORDS}”")
    assert "kahve" in answer.text
    assert "Kadıköy" in answer.text
    assert town.intents_of(phone) == ()
    phone.presses("reading.confirm")
    (intent,) = town.intents_of(phone)
    assert (intent.product_text, intent.budget_minor) == ("kahve", 20_000)


def test_service_gets_the_recording_and_nothing_of_the_person(
    town: Town, speech: GraphServer
) -> None:
    phone = known(town)

    phone.speaks(COFFEE)

    (request,) = speech.requests
    assert request.path == "/v1/audio/transcriptions"
    assert request.headers["Authorization"] == "Bearer secret-of-speech"
    assert COFFEE in request.body
    assert b'name="model"\r\n\r\nwhisper-1' in request.body
    assert phone.number.encode() not in request.body
    assert phone.user_id.encode() not in request.body


def test_words_are_kept_once_and_never_logged(town: Town, speech: GraphServer) -> None:
    phone = known(town)

    with capture_logs() as logs:
        phone.speaks(COFFEE)

    assert "kahve" not in json.dumps(logs, default=str)
    assert ConversationLine.objects.get(kind="audio").text == COFFEE_WORDS
    assert not VoiceNote.objects.exists()
    (call,) = ProviderCall.objects.all()
    assert (call.service, call.provider, call.model, call.result) == (
        "speech",
        "127.0.0.1",
        "whisper-1",
        "ok",
    )


def test_what_was_written_after_a_note_waits_for_it(town: Town, speech: GraphServer) -> None:
    phone = known(town)
    phone.records(COFFEE)
    phone.sends("en fazla 150 TL")

    town.settle()

    texts = [message.text for message in phone.news()]
    assert "en çok 150\xa0₺" in texts[-1]
    rows = ConversationLine.objects.filter(is_inbound=True, act__in=("declare", "inform"))
    assert [row.kind for row in rows.order_by("pk")] == ["audio", "text"]


def test_other_lanes_go_on_while_a_note_is_waited_for(town: Town, speech: GraphServer) -> None:
    speaker, writer = known(town), known(town, "Can Ak")
    speaker.news()
    speech.answers(503, {})
    speaker.records(COFFEE)
    town.settle()

    (answer,) = writer.writes("kahve")

    assert "Ne zaman" in answer.text
    assert speaker.news() == []


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (heard(""), _SILENT),
        (heard("Altyazı M.K."), _SILENT),
        (heard("iki kahve", no_speech_prob=0.95, avg_logprob=-1.2), _SILENT),
        (
            heard("zwei Kaffee bitte sehr", "german"),
            "Bunu anlayamadım. Türkçe veya İngilizce yazar mısınız?",
        ),
    ],
)
def test_unsure_note_is_said_and_stores_no_guess(
    town: Town, speech: GraphServer, given: dict[str, object], answer: str
) -> None:
    phone = known(town)
    speech.answers(200, given)

    (said,) = phone.speaks(COFFEE)

    assert said.text.startswith(answer)
    assert town.intents_of(phone) == ()
    assert ConversationLine.objects.get(kind="audio").text == ""


def test_short_note_is_heard_again_in_the_persons_own_language(
    town: Town, speech: GraphServer
) -> None:
    phone = known(town)

    def answer(request: Request) -> Answer:
        is_fixed = b'name="language"\r\n\r\ntr' in request.body
        given = heard("iki kahve", "tr") if is_fixed else heard("iki qəhvə", "azerbaijani")
        return 200, json.dumps(given).encode()

    speech.answer = answer

    (said,) = phone.speaks(SILENCE)

    assert said.text.startswith("Duyduğum: “iki kahve”")
    assert len(speech.requests) == 2


def test_listener_that_names_no_language_is_told_the_persons_own(
    town: Town, speech: GraphServer, settings: Settings
) -> None:
    settings.SPEECH = {**settings.SPEECH, "FORMAT": "json"}
    phone = known(town, language="en")
    speech.answers(200, {"text": "two coffees"})

    (said,) = phone.speaks(COFFEE)

    assert said.text.startswith("I heard: “two coffees”")
    (request,) = speech.requests
    assert b'name="language"\r\n\r\nen' in request.body
    assert b'name="response_format"\r\n\r\njson' in request.body


@pytest.mark.parametrize("status", [429, 500, 503])
def test_passing_failure_is_tried_again_later(town: Town, speech: GraphServer, status: int) -> None:
    phone = known(town)
    speech.answers(status, {"error": {"message": "later"}})
    phone.records(COFFEE)
    town.settle()
    assert phone.news() == []
    speech.answers(200, heard(COFFEE_WORDS))

    town.settle()
    assert len(speech.requests) == 1
    town.pass_time(seconds=10)

    (answer,) = phone.news()
    assert answer.text.startswith("Duyduğum:")
    assert _results()[1:] == ["ok"]


def test_service_that_is_down_leads_back_to_typing(town: Town, speech: GraphServer) -> None:
    phone = known(town)
    speech.answers(500, {})

    phone.records(COFFEE)
    town.pass_time(seconds=30)

    (answer,) = phone.news()
    assert answer.text.startswith(_FAILED)
    assert _results() == ["failed"] * 3
    (next_answer,) = phone.writes("kahve")
    assert "Ne zaman" in next_answer.text


def test_service_that_is_down_rests_and_costs_nobody_a_wait(
    town: Town, speech: GraphServer
) -> None:
    speech.answers(500, {})
    first, second, third = (known(town, name) for name in ("Ela Su", "Can Ak", "Ege Er"))
    for phone in (first, second):
        phone.records(COFFEE)
    town.pass_time(seconds=30)
    asked = len(speech.requests)

    (answer,) = third.speaks(COFFEE)

    assert answer.text.startswith(_FAILED)
    assert len(speech.requests) == asked
    speech.answers(200, heard(COFFEE_WORDS))
    town.pass_time(minutes=2)
    assert third.speaks(COFFEE)[0].text.startswith("Duyduğum:")


def test_slow_service_is_cut_off(town: Town, speech: GraphServer, settings: Settings) -> None:
    phone = known(town)
    settings.SPEECH = {**settings.SPEECH, "WAIT_SECONDS": 0.05}
    released = threading.Event()

    def answer(_: Request) -> Answer:
        released.wait(20)
        return 200, b"{}"

    speech.answer = answer
    phone.records(COFFEE)
    town.settle()
    released.set()

    assert _results() == ["too_slow"]
    assert phone.news() == []


@pytest.mark.parametrize(
    ("content", "result"),
    [
        (b"no json", "unreadable"),
        (b'{"words": "kahve"}', "unreadable"),
        (b'{"text": "' + b"a" * 600_000 + b'"}', "too_large"),
    ],
)
def test_nonsense_of_the_service_is_no_word(
    town: Town, speech: GraphServer, content: bytes, result: str
) -> None:
    phone = known(town)
    speech.answer = lambda _: (200, content)

    phone.records(COFFEE)
    town.pass_time(seconds=30)

    (answer,) = phone.news()
    assert answer.text.startswith(_FAILED)
    assert set(_results()) == {result}


@pytest.mark.parametrize(("status", "result"), [(401, "not_allowed"), (400, "refused")])
def test_final_refusal_is_not_tried_again(
    town: Town, speech: GraphServer, status: int, result: str
) -> None:
    phone = known(town)
    speech.answers(status, {})

    (answer,) = phone.speaks(COFFEE)

    assert answer.text.startswith(_FAILED)
    assert _results() == [result]


def test_redirect_of_the_service_is_not_followed(town: Town, speech: GraphServer) -> None:
    phone = known(town)
    speech.answers(307, {})

    (answer,) = phone.speaks(COFFEE)

    assert answer.text.startswith(_FAILED)
    assert _results() == ["redirected"]


def test_too_long_recording_is_not_sent_out(
    town: Town, speech: GraphServer, settings: Settings
) -> None:
    settings.SPEECH = {**settings.SPEECH, "MOST_SECONDS": 5}
    phone = known(town)

    (answer,) = phone.speaks(COFFEE)

    assert answer.text.startswith("Bu kayıt benim için çok uzun.")
    assert speech.requests == []


def test_what_is_no_opus_is_not_sent_out(town: Town, speech: GraphServer) -> None:
    phone = known(town)

    (answer,) = phone.speaks(b"OggS" + bytes(60))

    assert answer.text.startswith(_FAILED)
    assert speech.requests == []


def test_dead_listener_does_not_hold_the_lane_for_ever(town: Town, speech: GraphServer) -> None:
    phone = known(town)
    speech.answers(503, {})
    phone.records(COFFEE)
    town.settle()
    VoiceNote.objects.update(due_at=town.now + timedelta(days=1))
    WebhookItem.objects.filter(state="new").update(lease_until=None)

    town.clock.now += GIVE_UP
    town.settle()

    (answer,) = phone.news()
    assert answer.text.startswith(_FAILED)


def test_message_that_comes_twice_is_heard_once(town: Town, speech: GraphServer) -> None:
    phone = known(town)
    phone.speaks(COFFEE)
    body = bytes(WebhookItem.objects.get(variant="audio").delivery.body)

    town.receive(body)
    town.settle()

    assert len(speech.requests) == 1
    assert phone.news() == []


def test_nobody_listens_without_a_setting(town: Town) -> None:
    phone = known(town)

    (answer,) = phone.speaks(COFFEE)

    assert answer.text.startswith(_FAILED)
    assert not VoiceNote.objects.exists()
    assert voice.drain(now=town.now) == 0


@pytest.mark.parametrize(
    "name",
    [
        "message_audio_file",
        "message_audio_voice_note",
        "malformed/audio_id_missing",
        "malformed/audio_id_path_characters",
        "malformed/audio_mime_type_wrong",
        "malformed/audio_url_foreign_host",
        "malformed/audio_voice_flag_missing",
    ],
)
def test_samples_of_recordings_send_nothing_out(speech: GraphServer, name: str) -> None:
    """None of their ids is known to the simulated platform, whatever address stands beside it."""
    with open_town(datetime.fromtimestamp(START_SECONDS, UTC) + timedelta(minutes=5)) as town:
        town.receive((PAYLOADS / f"{name}.json").read_bytes())
        town.settle()

        assert speech.requests == []
        assert not WebhookItem.objects.filter(state="new").exclude(kind="status").exists()
        assert not VoiceNote.objects.exists()


def test_spoken_stop_stops(town: Town, speech: GraphServer) -> None:
    phone = known(town)
    speech.answers(200, heard("bana artık mesaj atmayın"))

    (answer,) = phone.speaks(COFFEE)

    assert "Mesajları durdurdum" in answer.text
