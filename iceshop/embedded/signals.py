"""Ctrl-C, SIGTERM and a closed terminal: the first one ends in order, the next one at once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from iceshop.embedded.process import Family


class Stopped(BaseException):
    """Somebody asked for the end."""


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Leave the block, wherever it is, when a signal asks for the end."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup has said to go on
        numbers.append(signal.SIGHUP)
    before = [(number, signal.signal(number, _stop)) for number in numbers]
    try:
        yield
    except Stopped:
        return
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def orderly_end_of(family: Family) -> Iterator[None]:
    """From the end of this block on, signals no longer interrupt: they end ``family`` by force."""
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is _stop:
                signal.signal(number, lambda *_: family.kill())


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
