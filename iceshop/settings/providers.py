"""Speech and language models: everything is off until an address or a folder is named."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from iceshop.settings import env

# Speech to text: an address, or a model on this machine; the address wins.
SPEECH: dict[str, Any] = {
    "URL": env.text(
        "SPEECH_URL",
        group="speech",
        effect="Address of a speech to text service up to /v1, as of OpenAI's API; empty: none.",
        default="",
    ).rstrip("/"),
    "KEY": env.text("SPEECH_KEY", group="speech", effect="Its key, if it wants one.", default=""),
    "MODEL": env.text(
        "SPEECH_MODEL", group="speech", effect="Its model's name.", default="whisper-1"
    ),
    "FORMAT": env.text(
        "SPEECH_FORMAT",
        group="speech",
        effect="Form of its answers: verbose_json, or json for models that know no other.",
        default="verbose_json",
    ),
    "MODEL_DIR": env.text(
        "SPEECH_MODEL_DIR",
        group="speech",
        effect="Folder of a Whisper model for faster-whisper, when that package is installed.",
        default="",
    ),
    "MOST_SECONDS": env.number(
        "SPEECH_MOST_SECONDS",
        group="speech",
        effect="Longer recordings are not listened to.",
        default=120,
    ),
    "WAIT_SECONDS": env.number(
        "SPEECH_WAIT_SECONDS",
        group="speech",
        effect="How long one answer of the service may take.",
        default=20,
    ),
}

# Text to speech, beside the written answer to a voice note.
SPOKEN: dict[str, Any] = {
    "URL": env.text(
        "SPOKEN_URL",
        group="speech",
        effect="Address of a text to speech service up to /v1; empty: answers are only written.",
        default="",
    ).rstrip("/"),
    "KEY": env.text("SPOKEN_KEY", group="speech", effect="Its key, if it wants one.", default=""),
    "MODEL": env.text("SPOKEN_MODEL", group="speech", effect="Its model's name.", default="tts-1"),
    "VOICE": env.text("SPOKEN_VOICE", group="speech", effect="The voice's name.", default="alloy"),
    "WAIT_SECONDS": env.number(
        "SPOKEN_WAIT_SECONDS",
        group="speech",
        effect="How long one answer of the service may take.",
        default=20,
    ),
}

# A language model for what the rules are unsure of.
LANGUAGE_MODEL: dict[str, Any] = {
    "URL": env.text(
        "LANGUAGE_MODEL_URL",
        group="language model",
        effect="Address of a language model up to /v1; empty: the rules read alone.",
        default="",
    ).rstrip("/"),
    "PROTOCOL": env.text(
        "LANGUAGE_MODEL_PROTOCOL",
        group="language model",
        effect="How it is spoken to: openai (chat completions) or anthropic (messages).",
        default="openai",
    ),
    "KEY": env.text(
        "LANGUAGE_MODEL_KEY", group="language model", effect="Its key, if it wants one.", default=""
    ),
    "NAME": env.text(
        "LANGUAGE_MODEL_NAME", group="language model", effect="The model's name.", default=""
    ),
    "BELOW_PERCENT": env.number(
        "LANGUAGE_MODEL_BELOW_PERCENT",
        group="language model",
        effect="It is asked when the rules are less sure than this; 0: the calibrated value.",
        default=0,
    ),
    "WAIT_SECONDS": env.number(
        "LANGUAGE_MODEL_WAIT_SECONDS",
        group="language model",
        effect="How long an answer may take; then the rules' reading stands.",
        default=4,
    ),
    "DAILY_CALLS": env.number(
        "LANGUAGE_MODEL_DAILY_CALLS",
        group="language model",
        effect="At most so many questions a day (UTC).",
        default=2000,
    ),
    "DAILY_TOKENS": env.number(
        "LANGUAGE_MODEL_DAILY_TOKENS",
        group="language model",
        effect="At most so many tokens a day (UTC), in and out.",
        default=2_000_000,
    ),
}


def _refuse(name: str, problem: str) -> None:
    raise ImproperlyConfigured(f"{name} {problem}.")


def check(speech: dict[str, Any], spoken: dict[str, Any], model: dict[str, Any]) -> None:
    """Refuse values with which nobody could be asked, by the variable's name."""
    named = {"SPEECH": speech, "SPOKEN": spoken, "LANGUAGE_MODEL": model}
    for name, wanted in named.items():
        address = urlsplit(wanted["URL"])
        if wanted["URL"] and (address.scheme not in ("http", "https") or not address.hostname):
            _refuse(f"{name}_URL", "is no address")
        if wanted["WAIT_SECONDS"] <= 0:
            _refuse(f"{name}_WAIT_SECONDS", "must be above 0")
    if speech["FORMAT"] not in ("verbose_json", "json"):
        _refuse("SPEECH_FORMAT", "must be verbose_json or json")
    if speech["MODEL_DIR"] and not speech["URL"]:
        if find_spec("faster_whisper") is None:
            _refuse("SPEECH_MODEL_DIR", "needs the package faster-whisper")
        if not Path(speech["MODEL_DIR"]).is_dir():
            _refuse("SPEECH_MODEL_DIR", "is no folder")
    if model["PROTOCOL"] not in ("openai", "anthropic"):
        _refuse("LANGUAGE_MODEL_PROTOCOL", "must be openai or anthropic")
    if model["URL"] and not model["NAME"]:
        _refuse("LANGUAGE_MODEL_NAME", "is not set")


check(SPEECH, SPOKEN, LANGUAGE_MODEL)
