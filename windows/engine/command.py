"""The command line of the engine: solve an instance, prepare the kernels."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from windows.engine import instance, record
from windows.engine.eligible import still_open
from windows.engine.market import Market
from windows.engine.search.folder import is_warm
from windows.engine.types import Intent, Parameters, Snapshot

FEASIBLE, DIFFERENT, UNREADABLE = 0, 1, 2
_LAST_WORD = 0.02, 0.1
"""What starting and writing the answer may take: a part of the time, and seconds."""
_MOST_PLACES = 4000
_READING = 0.3
"""Without kernels: places looked at, and the part of the time to find who fits what."""


def main(arguments: list[str], began: float) -> int:
    """Run one command; ``began``: when the process did, on the monotonic clock."""
    parser = argparse.ArgumentParser(prog="python -m windows.engine")
    commands = parser.add_subparsers(dest="command", required=True)
    solve = commands.add_parser("solve", help="find the best windows of an instance")
    solve.add_argument("instance", type=Path)
    solve.add_argument("--seed", type=int, default=1)
    solve.add_argument("--seconds", type=float, default=30.0)
    solve.add_argument("--steps", type=int, help="as a result named it, or a number of moves")
    solve.add_argument("--certificate", type=Path, help="write a proven bound here")
    replay = commands.add_parser("replay", help="decide a stored round again and compare")
    replay.add_argument("round", type=Path)
    warming = commands.add_parser("warm", help="compile the kernels, once per machine")
    warming.add_argument("--gently", action="store_true", help="with low priority")
    options = parser.parse_args(arguments)
    if options.command == "warm":
        return _warm(gently=options.gently)
    if options.command == "replay":
        return _replay(options.round)
    return _solve(options, began)


def _warm(*, gently: bool) -> int:
    if gently:
        os.nice(15)
    if not is_warm():
        # The compiler itself loads in a third of the time from byte code.
        sys.dont_write_bytecode = False
        from windows.engine.search.warm import warm

        warm()
    return FEASIBLE


def _replay(path: Path) -> int:
    try:
        stored = record.load(path.read_text())
    except (OSError, ValueError) as error:
        print(f"{path}: {error}", file=sys.stderr)  # noqa: T201
        return UNREADABLE
    found = record.difference(stored)
    if found:
        print(found)  # noqa: T201
        return DIFFERENT
    print(f"{len(stored.decisions)} decisions, seed {stored.seed}: the same")  # noqa: T201
    return FEASIBLE


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is to be solved: an instance of the benchmark, or a stored round."""

    name: str
    snapshot: Snapshot
    parameters: Parameters
    write: Callable[[str, list[tuple[str, int, tuple[str, ...]]]], dict[str, Any]]


def _problem(content: bytes) -> _Problem:
    """Read an instance or a stored round. Raises ``ValueError`` with the place."""
    text = "" if content[:2] == b"\x1f\x8b" else content.decode()
    if record.is_round(text):
        stored = record.load(text)
        name = stored.snapshot.t0.isoformat()
        return _Problem(name, stored.snapshot, stored.parameters, record.solution)
    read = instance.read(content)
    return _Problem(read.name, read.snapshot, instance.EXPECTATION, instance.solution)


def _solve(options: argparse.Namespace, began: float) -> int:
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    deadline = began + options.seconds * (1 - _LAST_WORD[0]) - _LAST_WORD[1]

    def left() -> float:
        return 0.0 if stopped else deadline - monotonic()

    try:
        read = _problem(options.instance.read_bytes())
        if options.certificate and read.write is record.solution:
            raise ValueError("certificates are for instances")
    except (OSError, ValueError) as error:
        print(f"{options.instance}: {error}", file=sys.stderr)  # noqa: T201
        return UNREADABLE
    print("searching", file=sys.stderr, flush=True)  # noqa: T201
    is_plain = options.steps is None and not is_warm()
    answer = (_plain if is_plain else _searched)(read, options, left)
    sys.stdout.write(json.dumps(answer) + "\n")
    return FEASIBLE


def _searched(
    read: _Problem, options: argparse.Namespace, left: Callable[[], float]
) -> dict[str, Any]:
    from windows.engine.search.build import build
    from windows.engine.search.crew import HANDS
    from windows.engine.search.effort import Effort
    from windows.engine.search.solve import groups, solve

    market = Market(read.snapshot, read.parameters, options.seed)
    board = build(market, list(_waiting(market)), market.busy)
    prover = None
    if options.certificate:
        prover = Thread(target=_certify, args=(read, board, options.certificate, left))
        prover.start()
    effort = None if options.steps is None else Effort.of(options.steps)
    hands = 1 if prover else HANDS
    found = solve(board.problem, seed=options.seed, effort=effort, left=left, hands=hands)
    if prover:
        prover.join()
    windows = [
        (
            board.offers[int(board.problem.places["offer"][place])].key,
            board.start(place),
            tuple(board.intents[row].key for row in rows),
        )
        for place, rows in groups(board.problem, found.entries)
    ]
    answer = read.write(read.name, windows)
    return {**answer, "objective_milli": found.total_milli, "steps": found.effort.steps}


def _plain(
    read: _Problem, options: argparse.Namespace, left: Callable[[], float]
) -> dict[str, Any]:
    """Answer without kernels, which would take longer to compile than there is time."""
    from windows.engine.assign import Assignment

    hasty = replace(read.parameters, places_max=_MOST_PLACES)
    market = Market(read.snapshot, hasty, options.seed)
    until = left() * (1 - _READING)
    told = takewhile(lambda _: left() > until, _waiting(market))
    assignment = Assignment(market, market.pairs(told)[0], market.placed)
    assignment.run(go_on=lambda: left() > 0)
    if options.certificate:
        print("no certificate: `warm` has not run yet", file=sys.stderr)  # noqa: T201
    windows = [
        (one.offer.key, one.start, tuple(pair.intent.key for pair in one.group.pairs))
        for one in assignment.chosen
    ]
    answer = read.write(read.name, windows)
    return {**answer, "objective_milli": assignment.value_milli, "steps": None}


def _waiting(market: Market) -> Iterator[Intent]:
    """Yield the intents without a place that can still be served."""
    return (one for one in market.intents if one.key not in market.placed and not still_open(one))


def _certify(read: _Problem, board: Any, path: Path, left: Callable[[], float]) -> None:
    from windows.engine.search.bound import certificate, prove

    proof = prove(board.problem, left)
    keys = [one.key for one in read.snapshot.intents]
    path.write_text(json.dumps(certificate(read.name, board, proof, keys)))
