"""What forecasts cost the processes that serve them."""

import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from bench.forecasting.row import Row
from commerce.forecast.numerics import rate
from commerce.forecast.numerics.rate import WEEK
from commerce.forecast.numerics.trees import train

ROOT = Path(__file__).resolve().parents[2]
SERIES = 100_000
# As many trees and leaves as the study scored with.
TREES = {"rounds": 300, "leaves": 31, "min_leaf": 20}
# Linux counts what a process held before it became this one in `ru_maxrss`, but not in `VmHWM`.
LOADED = (
    "import re, time; import django.db.models, h3, commerce.forecast.numerics.rate,"
    " commerce.forecast.numerics.backtest; spent = time.process_time();"
    "held = re.search(r'VmHWM:\\s+([0-9]+)', open('/proc/self/status').read()).group(1);"
    "print(spent, held)"
)


def rows(data, final):
    """The figures; they need no data."""
    spent, held = min(_loaded() for _ in range(3))
    yield Row("worker, import of django and numerics: CPU", spent, "s", high=0.4)
    yield Row("worker, import of django and numerics: memory", held, "MB", high=80)
    yield Row("worker, one score of 300 trees", _one_score(), "ms", high=1)
    yield Row("worker, a week ahead for 100,000 series: CPU", _week_ahead(), "s", high=1)


def _loaded():
    """CPU seconds of a fresh interpreter with its start, and megabytes at most."""
    answer = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, kilobytes = answer.stdout.split()
    return float(seconds), float(kilobytes) / 1024


def _one_score():
    source = np.random.default_rng(0)
    features = source.normal(size=(5_000, 12))
    forest = train("poisson", features, source.poisson(np.exp(features[:, 0] / 2)), **TREES)
    spent = []
    for row in features[:200]:
        begun = time.process_time()
        forest.score(row)
        spent.append((time.process_time() - begun) * 1000)
    return float(np.median(spent))


def _week_ahead():
    """From the stored statistics to the rates of every hour of the coming week."""
    source = np.random.default_rng(0)
    held = rate.Statistics(
        counts=source.poisson(0.05, (SERIES, WEEK)).astype(np.float32),
        exposure=np.full(WEEK, 6.0),
        group=source.integers(0, 200, SERIES),
        place=source.integers(0, 5_000, SERIES),
    )
    begun = time.process_time()
    rate.fitted(held).at(np.arange(WEEK))
    return time.process_time() - begun
