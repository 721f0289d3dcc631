"""The virtual environment: skipped when it is right, made anew when it was left half-made."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from iceshop.embedded.environment import ROOT, Environment
from iceshop.embedded.refusal import Refused


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    (tmp_path / "requirements-dev.txt").write_text("# nothing more\n")
    return tmp_path


def _pretend_installed(checkout: Path, lock: str) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch(mode=0o755)
    digest = hashlib.sha256((checkout / lock).read_bytes()).hexdigest()
    (checkout / ".venv" / f"iceshop.{Path(lock).stem}.sha256").write_text(digest)


def test_environment_of_this_lock_is_ready(checkout: Path) -> None:
    _pretend_installed(checkout, "requirements.txt")

    environment = Environment(checkout)

    assert environment.is_ready(development=False)
    assert not environment.is_ready(development=True)


def test_development_environment_serves_for_running_too(checkout: Path) -> None:
    _pretend_installed(checkout, "requirements-dev.txt")

    assert Environment(checkout).is_ready(development=False)


def test_changed_lock_is_not_ready(checkout: Path) -> None:
    _pretend_installed(checkout, "requirements.txt")
    (checkout / "requirements.txt").write_text("# something else\n")

    assert not Environment(checkout).is_ready(development=False)


def test_unfinished_environment_is_not_ready(checkout: Path) -> None:
    _pretend_installed(checkout, "requirements.txt")
    (checkout / ".venv" / "iceshop.unfinished").touch()

    assert not Environment(checkout).is_ready(development=False)


def test_folder_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(Refused, match=r"^/proc/sys cannot be written, so \.venv"):
        _Unstamped(Path("/proc/sys")).ensure(development=False)


class _Unstamped(Environment):
    """An environment without a lock, as in a folder where nothing lies."""

    def is_ready(self, *, development: bool) -> bool:
        return False


def test_python_that_is_missing_is_told_in_one_sentence() -> None:
    finder = ROOT / "iceshop" / "embedded" / "find-python.sh"
    result = subprocess.run(
        ["/bin/sh", str(finder), "script"],
        env={"PATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert result.stderr.startswith("Iceshop needs Python 3.11 or newer: install it")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.slow
def test_environment_is_made_and_an_interrupted_one_made_anew(checkout: Path) -> None:
    environment = Environment(checkout)
    environment.ensure(development=False)
    assert environment.is_ready(development=False)
    litter = checkout / ".venv" / "half-installed"
    litter.touch()
    (checkout / ".venv" / "iceshop.unfinished").touch()

    environment.ensure(development=False)

    assert environment.is_ready(development=False)
    assert not litter.exists()
