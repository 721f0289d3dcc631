"""Compile every kernel once, so that no round ever waits for the compiler."""

from __future__ import annotations

from datetime import UTC, datetime

from windows.engine.features import geo_at
from windows.engine.instance import EXPECTATION
from windows.engine.market import Market
from windows.engine.search import folder
from windows.engine.search.bound import prove
from windows.engine.search.build import build
from windows.engine.search.close import listed
from windows.engine.search.effort import Effort
from windows.engine.search.live import Resident
from windows.engine.search.solve import groups, solve
from windows.engine.types import (
    Intent,
    Offer,
    Parameters,
    Product,
    Snapshot,
    Store,
    Tier,
    Want,
    Weights,
)


def warm() -> None:
    """Search a market of two buyers, which calls every kernel; some half a minute."""
    market = Market(_smallest(), EXPECTATION, 0)
    board = build(market, market.intents, {})
    found = solve(board.problem, seed=1, effort=Effort(1))
    alike = Market(_smallest(), Parameters(), 0)
    solve(build(alike, alike.intents, {}).problem, seed=1, effort=Effort(1))
    proof = prove(board.problem, lambda: 1.0)
    listed(board.problem, proof.duals, 1, 9)
    resident = Resident(market, market.intents, {})
    resident.group_of("i1")
    resident.nearest_of("i1")
    resident.place("i1")
    if len(groups(board.problem, found.entries)) != 1:
        raise RuntimeError("the kernels do not find the only window there is")
    folder.note_warm()


def _smallest() -> Snapshot:
    place = 41_000_000, 29_000_000
    return Snapshot(
        t0=datetime(2026, 1, 1, tzinfo=UTC),
        currency="TRY",
        slot_min=10,
        horizon_min=60,
        geo=geo_at(place[0]),
        weights=Weights(),
        products=(Product("p", "c", 200),),
        stores=(Store("s", *place, ((0, 60),), 2, 1),),
        offers=(Offer("o", "s", "p", 2, 150, 50, 0, (Tier(2, 100),), 2, 1, mandate=True),),
        intents=tuple(
            Intent(f"i{row}", f"b{row}", (Want("p"),), *place, 100, ((0, 60),)) for row in (1, 2)
        ),
    )
