"""Read the tables of a data set: plain or compressed CSV, no pandas."""

import csv
import gzip
from pathlib import Path

import numpy as np

from iceshop.embedded.refusal import Refused


class Absent(Refused):
    """A data set is not there."""


def folder(data, name):
    """The folder of a set. Raises: Absent when it is not there."""
    found = Path(data) / name
    if not found.is_dir():
        raise Absent(f"{found} is not there; name the folder of the data sets with --data")
    return found


def table(*paths):
    """The columns of the files, one below the other, as {name: array}; numbers where all are."""
    columns = {}
    for path in paths:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", newline="", encoding="utf-8") as lines:
            reader = csv.reader(lines)
            names = next(reader)
            for name, values in zip(names, zip(*reader, strict=True), strict=False):
                columns.setdefault(name, []).extend(values)
    return {name: _array(values) for name, values in columns.items()}


def unseen(final, name):
    """The rows of a set in the folder of unseen rows. Raises: Refused when there are none."""
    return table(*_unseen_paths(final, name))


def with_unseen(public, final, name):
    """The public rows with the unseen ones below them, read as one table, and which are unseen.

    Columns that are not in all files are left out; without ``final`` no row is unseen.
    """
    known = len(next(iter(table(public).values())))
    found = table(public, *(() if final is None else _unseen_paths(final, name)))
    count = max(len(values) for values in found.values())
    whole = {name: values for name, values in found.items() if len(values) == count}
    return whole, np.arange(count) >= known


def _unseen_paths(final, name):
    paths = sorted((Path(final) / name).glob("*.csv.gz"))
    if not paths:
        raise Refused(f"no *.csv.gz in {Path(final) / name}")
    return paths


def _array(values):
    try:
        return np.array(values, dtype=float)
    except ValueError:
        return np.array(values)
