"""What a child process is to do, before it runs."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from iceshop.embedded.account import Account


@dataclass(frozen=True, kw_only=True)
class Program:
    """A command, where it runs, and how it is asked to end."""

    name: str
    command: tuple[str | Path, ...]
    environment: Mapping[str, str]
    directory: Path
    log: Path
    account: Account | None = None
    pass_fds: tuple[int, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    """Asks for an orderly end."""
    orphan_signal: signal.Signals = signal.SIGKILL
    """Arrives when the parent is gone."""
    stop_seconds: float = 10
    """How long an orderly end may take before it is forced."""

    @property
    def is_python(self) -> bool:
        """Whether a copy of this Python process can run it."""
        return self.command[0] == sys.executable
