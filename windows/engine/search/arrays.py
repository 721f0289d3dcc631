"""The problem and its state as flat arrays.

An *intent* is a row number in the order of the market (fair: the longest waiting first), a *place*
is an offer at a start, an *entry* is an intent that fits a place. Strength is in thousandths of a
person, money in thousandths of a minor unit ("milli"), time in slots of the snapshot.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.int8]
Random = npt.NDArray[np.uint64]
Records = Any  # arrays of the types below; kernels read their fields by name

INTENT = np.dtype(
    [
        ("strength", "i8"),  # what it adds to the size of a group
        ("units", "i8"),  # what it takes from the stock
        ("load", "i8"),  # what it takes from the room of a slot
        ("worth", "i8"),  # expected units in thousandths: gain = worth * unit value + base
        ("first", "i8"),  # its entries: `back[first:last]`
        ("last", "i8"),
        ("sibling", "i4"),  # next intent of the same person in a ring; itself when alone
    ],
    align=True,
)
OFFER = np.dtype(
    [
        ("cost", "i8"),  # of opening a window, in milli
        ("most", "i8"),  # units in one window
        ("first", "i4"),  # its tiers: `tiers[first:last]`
        ("last", "i4"),
        ("store", "i4"),
        ("slots", "i4"),  # length of a window
    ],
    align=True,
)
TIER = np.dtype([("least", "i8"), ("value", "i8")])  # strength needed; minor units a unit is worth
PLACE = np.dtype([("first", "i8"), ("last", "i8"), ("offer", "i4"), ("slot", "i4")], align=True)
ENTRY = np.dtype([("base", "i8"), ("intent", "i4"), ("tiers", "i4")], align=True)
BACK = np.dtype([("place", "i4"), ("entry", "i4")], align=True)
SEAT = np.dtype([("place", "i4"), ("entry", "i4"), ("next", "i4"), ("before", "i4")], align=True)
HELD = np.dtype(
    [
        ("strength", "i8"),
        ("units", "i8"),
        ("load", "i8"),
        ("worth", "i8"),
        ("base", "i8"),
        ("gain", "i8"),  # sum of the members' gains at the tier
        ("head", "i4"),  # first member, a chain through the seats
        ("tier", "i4"),
        ("next", "i4"),  # chain of the store's windows
        ("before", "i4"),
    ],
    align=True,
)

CLOSED = -2  # in place of a tier


class Problem(NamedTuple):
    """What does not change while groups are searched.

    Shapes: ``room`` and ``parallel`` (stores, slots), ``apart`` (offers, slots) with 1 where a
    window may be, or (1, 1) when windows of one offer may overlap; ``stock`` (offers,);
    ``bonus`` (stores,) in milli, 0 where a store holds something already.
    ``reach`` (3,): most strength that one unit, one place in a room can bring; 1 when a person is
    a thousand in strength and one in stock and room.
    ``tiers`` of an entry is a bit for each tier whose price the intent accepts.
    """

    intents: Records
    offers: Records
    tiers: Records
    places: Records
    entries: Records
    back: Records
    bonus: Ints
    room: Ints
    parallel: Ints
    stock: Ints
    apart: Ints
    reach: Ints


class State(NamedTuple):
    """Which windows are open with whom, and what is left of everything.

    ``seats`` (intents,), ``held`` and ``members`` (places,), ``heads`` and ``open`` (stores,),
    ``total`` (1,): the objective in milli.
    """

    seats: Records
    held: Records
    members: Ints
    heads: Ints
    open: Ints
    room: Ints
    parallel: Ints
    stock: Ints
    apart: Ints
    total: Ints


def empty(problem: Problem) -> State:
    """Return the state without any new window."""
    seats = np.zeros(len(problem.intents), SEAT)
    seats["place"] = seats["entry"] = seats["next"] = seats["before"] = -1
    held = np.zeros(len(problem.places), HELD)
    held["head"] = held["next"] = held["before"] = -1
    held["tier"] = CLOSED
    stores = len(problem.bonus)
    return State(
        seats=seats,
        held=held,
        members=np.zeros(len(problem.places), np.int64),
        heads=np.full(stores, -1, np.int64),
        open=np.zeros(stores, np.int64),
        room=problem.room.copy(),
        parallel=problem.parallel.copy(),
        stock=problem.stock.copy(),
        apart=problem.apart.copy(),
        total=np.zeros(1, np.int64),
    )
