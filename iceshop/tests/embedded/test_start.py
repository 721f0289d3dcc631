"""`bin/start` as a user sees it: ready, stopped, refused, killed."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from iceshop.embedded.environment import ROOT
from iceshop.tests.embedded.conftest import let_others_pass, wait_until_gone

pytestmark = pytest.mark.slow

_GIVEN = ("DATABASE_URL", "REDIS_URL", "ICESHOP_ENV", "DJANGO_SETTINGS_MODULE", "ICESHOP_DATA")
_PATIENCE_SECONDS = 120
_COMPILE_SECONDS = 900
_LOW_PRIORITY = 15


class System:
    """A system that `bin/start` runs on a free port."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.data = data
        self._process = subprocess.Popen(
            [ROOT / "bin" / "start", "--port", "0", "--data", data, *arguments],
            env={name: value for name, value in os.environ.items() if name not in _GIVEN},
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = ""
        self.pids: list[int] = []

    def await_ready(self) -> "System":
        assert self._process.stdout
        for line in self._process.stdout:
            if found := re.fullmatch(r"Ready (http://127\.0\.0\.1:\d+/)\n", line):
                self.url = found[1]
                break
        self.pids = _descendants(self._process.pid)
        return self

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(self.url + path, timeout=10) as response:
            return response.status, response.read().decode()

    def pid_of(self, word: str) -> int:
        return next(pid for pid in self.pids if word in Path(f"/proc/{pid}/cmdline").read_text())

    def end(self, how: signal.Signals | None = None) -> tuple[int, str]:
        """Send a signal, if any; return exit status and standard error."""
        if how:
            self._process.send_signal(how)
        _, stderr = self._process.communicate(timeout=_PATIENCE_SECONDS)
        return self._process.returncode, stderr


Start = Callable[..., System]


def _descendants(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in _descendants(int(child)))]


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one data directory to all: each test also starts on what the one before left."""
    folder = tmp_path_factory.mktemp("installation")
    let_others_pass(folder)
    return folder / "data"


@pytest.fixture
def start(installation: Path) -> Iterator[Start]:
    """Start systems on the same data directory."""
    systems: list[System] = []

    def run(*arguments: str) -> System:
        systems.append(System(installation, *arguments))
        return systems[-1]

    yield run
    for system in systems:
        with system._process as process:
            process.terminate()


def _credentials(system: System) -> dict[str, Any]:
    credentials: dict[str, Any] = json.loads((system.data / "credentials.json").read_text())
    return credentials


def test_system_gets_ready_and_ends_without_a_trace(start: Start) -> None:
    system = start().await_ready()

    status, body = system.get("health/ready")
    assert (status, json.loads(body)) == (
        200,
        {
            "status": "ok",
            "checks": dict.fromkeys(["database", "redis", "migrations", "worker", "beat"], "ok"),
        },
    )
    assert (system.data / "credentials.json").stat().st_mode & 0o777 == 0o600
    assert _credentials(system)["url"] == system.url
    assert set(_credentials(system)["webhook"]) == {
        "app_secret",
        "verify_token",
        "phone_number_id",
    }
    assert system.end(signal.SIGTERM) == (0, "")
    wait_until_gone(system.pids)


def test_second_start_keeps_log_ins_and_reset_makes_new_ones(start: Start) -> None:
    first = start().await_ready()
    log_ins = _credentials(first)["users"]
    assert first.end(signal.SIGINT)[0] == 0

    second = start().await_ready()
    assert _credentials(second)["users"] == log_ins
    assert second.end(signal.SIGINT)[0] == 0

    third = start("--reset").await_ready()
    assert _credentials(third)["users"] != log_ins
    assert {user["username"] for user in _credentials(third)["users"]} == {
        user["username"] for user in log_ins
    }


def test_nothing_outlives_a_killed_supervisor(start: Start) -> None:
    system = start().await_ready()

    assert system.end(signal.SIGKILL)[0] == -9

    wait_until_gone(system.pids[1:])
    assert start().await_ready().get("health/ready")[0] == 200


@pytest.mark.parametrize(
    ("word", "name"), [("celery worker", "worker"), ("postgres", "PostgreSQL"), ("beat", "beat")]
)
def test_everything_ends_when_a_part_dies(start: Start, word: str, name: str) -> None:
    system = start().await_ready()
    victim = system.pid_of("-A iceshop.celery worker" if name == "worker" else word)

    os.kill(victim, signal.SIGKILL)
    status, stderr = system.end()

    assert status == 1
    assert re.match(rf"{name} ended \(signal 9\); see .+\.log\.$", stderr.splitlines()[-1])
    wait_until_gone(system.pids)


def test_taken_port_is_refused(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = subprocess.run(
            [ROOT / "bin" / "start", "--port", str(port), "--data", data],
            capture_output=True,
            text=True,
            check=False,
        )

    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert f"127.0.0.1:{port} cannot be listened on" in result.stderr


def test_data_directory_in_use_is_refused(start: Start) -> None:
    start().await_ready()

    status, stderr = start().end()

    assert status == 2
    assert re.fullmatch(r"The data directory .+ is in use by process \d+\.\n", stderr)


def test_command_joins_the_running_servers(start: Start) -> None:
    system = start().await_ready()
    environment = {name: value for name, value in os.environ.items() if name not in _GIVEN}

    shown = subprocess.run(
        [ROOT / "manage.py", "shell", "--no-imports", "-c", _SHOW_CONNECTIONS],
        env=environment | {"ICESHOP_DATA": str(system.data)},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )

    socket_folder, public_url = shown.stdout.split()
    assert socket_folder == str(system.data / "sockets")
    assert f"{public_url}/" == system.url


_SHOW_CONNECTIONS = """
from django.conf import settings
from django.db import connection
print(connection.settings_dict["HOST"], settings.PUBLIC_URL)
"""


def test_kernels_are_compiled_by_a_child_of_low_priority(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("ICESHOP_WARM_AFTER_SECONDS", "0")
    system = start().await_ready()
    log = system.data / "logs" / "kernels.log"
    before = set(system.pids)
    patience_until = time.monotonic() + _PATIENCE_SECONDS
    while not (younger := set(_descendants(system._process.pid)) - before):
        assert time.monotonic() < patience_until, log.read_text()
        time.sleep(0.05)
    (child,) = younger
    while os.getpriority(os.PRIO_PROCESS, child) < _LOW_PRIORITY:
        assert time.monotonic() < patience_until, log.read_text()
        time.sleep(0.05)
    patience_until = time.monotonic() + _COMPILE_SECONDS
    while child in _descendants(system._process.pid):
        assert time.monotonic() < patience_until, log.read_text()
        time.sleep(1)
    assert len(list(tmp_path.glob("iceshop/kernels-*/ready"))) == 1
    assert system.get("health/ready")[0] == 200
    assert system.end(signal.SIGTERM) == (0, "")
