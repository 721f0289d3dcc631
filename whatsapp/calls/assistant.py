"""The assistant as Vapi takes it: what it says first, how it behaves, what it can do. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whatsapp.dialogue.phrasebook import phrases

_SERVER_MESSAGES = ("tool-calls", "status-update", "end-of-call-report", "hang")
_MOST_SECONDS = 600
_SYSTEM = (
    "You are the telephone voice of Iceshop. You never decide, promise or make up anything. "
    "Whatever the caller says, hand it over word for word with the tool say, and speak the answer "
    "as it is. When the answer has options, read out their titles; when the caller picks one, use "
    "the tool choose with its id. When a caller wants to open a shop here, ask for the shop's name "
    "and its neighbourhood, then use open_shop. When a caller says whether they may be called "
    "back, use allow_calls. Speak {language}. One sentence at a time."
)
_LANGUAGES = {"tr": "Turkish", "en": "English"}


def assistant(
    *, language: str, first: str, voice: Mapping[str, Any], server_url: str
) -> dict[str, Any]:
    """The configuration of one call; ``voice`` are the settings of the installation."""
    model_provider, _, model = voice["MODEL"].partition(":")
    transcriber, _, transcriber_model = voice["TRANSCRIBER"].partition(":")
    speaker, _, speaker_voice = voice["SPEAKER"].partition(":")
    system = _SYSTEM.format(language=_LANGUAGES[language])
    return {
        "name": "Iceshop",
        "firstMessage": first,
        "model": {
            "provider": model_provider,
            "model": model,
            "messages": [{"role": "system", "content": system}],
            "tools": tools(),
        },
        "transcriber": {
            "provider": transcriber,
            "model": transcriber_model,
            "language": language,
        },
        "voice": {"provider": speaker, "voiceId": speaker_voice},
        "server": {"url": server_url},
        "serverMessages": list(_SERVER_MESSAGES),
        "maxDurationSeconds": _MOST_SECONDS,
        "artifactPlan": {"recordingEnabled": False},
    }


def greeting(language: str) -> str:
    """What a caller hears first: who speaks, that it is automatic, how to stop."""
    return phrases(language)["call.hello"]


def tools() -> list[dict[str, Any]]:
    """What the assistant can do."""
    return [
        _tool("say", "Hand over what the caller said; returns what to answer.", words="string"),
        _tool("choose", "Take one of the options of the last answer.", option="string"),
        _tool(
            "open_shop",
            "Enter a new shop of the caller; the house checks it.",
            name="string",
            place="string",
        ),
        _tool("allow_calls", "Note whether the caller may be called.", allowed="boolean"),
    ]


def _tool(name: str, description: str, /, **parameters: str) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {
            "name": name,
            "description": description,
            "parameters": {
                "type": "object",
                "properties": {key: {"type": kind} for key, kind in parameters.items()},
                "required": list(parameters),
            },
        },
    }
