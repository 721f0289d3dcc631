"""One round over a hundred thousand open intents in ten cities, in two processes."""

import json
import os
import resource
import sys
from time import monotonic

from bench.matching.cities import market
from windows.engine import instance
from windows.engine.regions import regions

SEED, INTENTS = 1, 100_000
PROCESSES = 2


def rounded(seconds, intents=INTENTS):
    """Return seconds taken, objective in milli, and MiB of all processes at their largest."""
    raw = market(SEED, intents)
    snapshot = instance.snapshot(raw)
    del raw
    began = monotonic()
    parts = regions(snapshot)
    shares = [parts[lane::PROCESSES] for lane in range(PROCESSES)]
    children = [_started(share, began + seconds) for share in shares]
    answers = [_ended(*child) for child in children]
    spent = monotonic() - began
    total = sum(one["total"] for one in answers)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return spent, total, (own + sum(one["kib"] for one in answers)) / 1024


def proven(seconds, intents=INTENTS):
    """Return the sum of the bounds that ``seconds`` prove for each city."""
    total = 0
    for part in regions(instance.snapshot(market(SEED, intents))):
        until = monotonic() + seconds
        total += _bound(part, lambda until=until: until - monotonic())
    return total


def _started(share, deadline):
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    os.close(reader)
    status = 1
    try:
        with os.fdopen(writer, "w") as out:
            json.dump(_solved(share, deadline), out)
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


def _ended(child, reader):
    with os.fdopen(reader) as source:
        text = source.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit("a process of the round failed")
    return json.loads(text)


def _solved(share, deadline):
    from windows.engine.search.solve import solve

    total = 0
    for number, part in enumerate(share):
        waiting = sum(len(one.intents) for one in share[number:])
        until = monotonic() + 0.97 * (deadline - monotonic()) * len(part.intents) / waiting
        problem = _board(part).problem
        found = solve(problem, seed=SEED, left=lambda until=until: until - monotonic(), hands=1)
        total += found.total_milli
    return {"total": total, "kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}


def _bound(part, left):
    from windows.engine.search.bound import prove

    return prove(_board(part).problem, left).bound_milli


def _board(part):
    from windows.engine.market import Market
    from windows.engine.search.build import build

    known = Market(part, instance.EXPECTATION, SEED)
    return build(known, known.intents, {})
