"""Servers of real processes, in data directories that pytest throws away."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from iceshop.embedded.environment import ROOT
from iceshop.embedded.guardian import is_running

_PATIENCE_SECONDS = 30.0


class Owner:
    """A running `owner` process and the servers that it started."""

    def __init__(self, data: Path) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "REDIS_URL")
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "iceshop.tests.embedded.owner", str(data)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        first = self.process.stdout.readline()
        shown: dict[str, Any] = json.loads(first) if first else {"urls": {}, "pids": []}
        self.database_url: str = shown["urls"].get("DATABASE_URL", "")
        self.redis_url: str = shown["urls"].get("REDIS_URL", "")
        self.server_pids: list[int] = shown["pids"]

    def end(self, how: signal.Signals) -> tuple[int, str]:
        """Send ``how``; return exit status and standard error."""
        self.process.send_signal(how)
        _, stderr = self.process.communicate(timeout=_PATIENCE_SECONDS)
        return self.process.returncode, stderr

    def refusal(self) -> str:
        """Return what an owner that could not start said, after checking its exit status."""
        _, stderr = self.process.communicate(timeout=_PATIENCE_SECONDS)
        assert self.process.returncode == 2
        assert len(stderr.splitlines()) == 1
        return stderr

    def query(self, sql: str) -> Any:
        """Run one statement and return the first value of its answer, if it has one."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            row = cursor.fetchone() if cursor.description else None
            return row[0] if row else None


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Give a path for a data directory that PostgreSQL's account can reach."""
    let_others_pass(tmp_path)
    return tmp_path / "data"


@pytest.fixture
def own(data: Path) -> Iterator[Callable[[], Owner]]:
    """Start owners of ``data``, one after the other."""
    owners: list[Owner] = []

    def start() -> Owner:
        owners.append(Owner(data))
        return owners[-1]

    yield start
    for owner in owners:
        with owner.process:
            owner.process.terminate()


def let_others_pass(folder: Path) -> None:
    """As root, open pytest's private folders for passing through, as `/tmp` itself is."""
    below = Path(tempfile.gettempdir())
    if os.geteuid() == 0:
        for part in (folder, *folder.parents):
            if below in part.parents:
                part.chmod(0o711)


def wait_until_gone(pids: list[int]) -> None:
    """Return once none of the processes runs; fail when one outlives its time."""
    patience_until = time.monotonic() + _PATIENCE_SECONDS
    while left := [pid for pid in pids if is_running(pid)]:
        assert time.monotonic() < patience_until, f"still running: {left}"
        time.sleep(0.02)
