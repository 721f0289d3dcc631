"""Values with which nobody could be asked stop the start, by the variable's name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from iceshop.settings.providers import LANGUAGE_MODEL, SPEECH, SPOKEN, check


@pytest.mark.parametrize(
    ("group", "values", "name"),
    [
        ("speech", {"URL": "speech.example/v1"}, "SPEECH_URL"),
        ("speech", {"URL": "file:///etc/passwd"}, "SPEECH_URL"),
        ("speech", {"FORMAT": "srt"}, "SPEECH_FORMAT"),
        ("speech", {"WAIT_SECONDS": 0}, "SPEECH_WAIT_SECONDS"),
        ("speech", {"MODEL_DIR": "/nowhere/whisper"}, "SPEECH_MODEL_DIR"),
        ("spoken", {"URL": "https://"}, "SPOKEN_URL"),
        ("model", {"PROTOCOL": "telepathy"}, "LANGUAGE_MODEL_PROTOCOL"),
        ("model", {"URL": "https://model.example/v1"}, "LANGUAGE_MODEL_NAME"),
    ],
)
def test_unfit_value_names_its_variable(group: str, values: dict[str, Any], name: str) -> None:
    wanted = {"speech": dict(SPEECH), "spoken": dict(SPOKEN), "model": dict(LANGUAGE_MODEL)}
    wanted[group] |= values

    with pytest.raises(ImproperlyConfigured, match=f"^{name} "):
        check(**wanted)


def test_address_wins_over_a_folder_that_is_not_there(tmp_path: Path) -> None:
    speech = SPEECH | {"URL": "http://127.0.0.1:9/v1", "MODEL_DIR": str(tmp_path / "none")}

    check(speech, SPOKEN, LANGUAGE_MODEL)
