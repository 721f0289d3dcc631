"""Scratch paper of the kernels: a group being weighed, and what to put back after a bad step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from windows.engine.search.arrays import Floats, Ints, Problem, Random


class Desk(NamedTuple):
    """``items`` (most, 5) and rows over them; ``best`` the entries of the best group so far.

    Journal: ``stamp`` (places,) the step that touched a place last; ``touched`` places, whose
    members before the step are ``saved[since:until]`` with ``span`` (places touched, 2).
    ``sizes``: touched, saved, freed, step. ``freed``: intents sent home in this step.
    ``quiet`` (1,): a generator that draws nothing.
    """

    items: Ints
    order: Ints
    scores: Floats
    chosen: Ints
    kept: Ints
    best: Ints
    stamp: Ints
    touched: Ints
    span: Ints
    was_open: Ints
    saved: Ints
    freed: Ints
    sizes: Ints
    quiet: Random


def new_desk(problem: Problem) -> Desk:
    """Return paper large enough for a problem."""
    sizes = problem.places["last"] - problem.places["first"]
    most = int(sizes.max()) + 1 if len(sizes) else 1
    places, intents = len(problem.places), len(problem.intents)
    journal = min(places, 4096) + 1
    return Desk(
        items=np.zeros((most, 5), np.int64),
        order=np.zeros(most, np.int64),
        scores=np.zeros(most, np.float64),
        chosen=np.zeros(most, np.int64),
        kept=np.zeros(most, np.int64),
        best=np.zeros(most, np.int64),
        stamp=np.zeros(places, np.int64),
        touched=np.zeros(journal, np.int64),
        span=np.zeros((journal, 2), np.int64),
        was_open=np.zeros(journal, np.int64),
        saved=np.zeros(intents + 1, np.int64),
        freed=np.zeros(8 * intents + 64, np.int64),
        sizes=np.zeros(4, np.int64),
        quiet=np.zeros(1, np.uint64),
    )
