"""Measure the sets one after another and show the table."""

import sys
from importlib import import_module

from bench.forecasting.files import Absent

# Each is a module beside this one that offers `rows(data, final)`.
SETS = (
    "taxi",
    "bike",
    "hotel",
    "coupon",
    "worker",
    "avocado",
)


def measured(data, final, only=""):
    """The rows of the sets whose data are there; one that was asked for by name must be."""
    made = []
    for name in SETS:
        if only not in ("", name):
            continue
        try:
            for row in import_module(f"bench.forecasting.{name}").rows(data, final):
                sys.stderr.write(f"{line(row)}\n")
                made.append(row)
        except Absent as absent:
            if only:
                raise
            sys.stderr.write(f"{name} is left out: {absent}\n")
    return made


def line(row, width=62):
    """One row for people."""
    limit = "-" if row.limit is None else f"{row.limit:.4f}"
    verdict = "ok" if row.ok else "short"
    return (
        f"{row.name:<{width}}  {row.value:8.4f}  {row.unit:<10}  {row.goal:>12}  {limit:>8}"
        f"  {verdict}{' (1 % allowed)' if row.allowed else ''}"
    )


def show(rows):
    """Write the table for people."""
    head = f"{'name':<62}  {'value':>8}  {'unit':<10}  {'goal':>12}  {'limit':>8}"
    foot = "1 % allowed: boosted trees by scikit-learn; the goals were measured with LightGBM"
    sys.stdout.write("\n".join([head, *map(line, rows), foot, ""]))
