# The scorer of the shared data sets, unchanged but for these lines.
# ruff: noqa: D103
# fmt: off
"""Metric definitions used by every data set in this folder.  NumPy only.

Every number quoted in a README or in a goal is computed by these functions,
so that "ECE", "coverage" or "RMSSE" means one thing.
"""
from __future__ import annotations

import numpy as np


# ---------------------------------------------------------------- probabilities
def log_loss(y, p, eps=1e-6):
    y = np.asarray(y, float)
    p = np.clip(np.asarray(p, float), eps, 1 - eps)
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p)))


def brier(y, p):
    return float(np.mean((np.asarray(p, float) - np.asarray(y, float)) ** 2))


def auc(y, p):
    """Area under the ROC curve, ties counted half."""
    y = np.asarray(y).astype(bool)
    p = np.asarray(p, float)
    order = np.argsort(p, kind="mergesort")
    ranks = np.empty(len(p))
    ranks[order] = np.arange(1, len(p) + 1)
    _, inv, cnt = np.unique(p, return_inverse=True, return_counts=True)
    ranks = (np.bincount(inv, ranks) / cnt)[inv]
    n1, n0 = y.sum(), (~y).sum()
    return float((ranks[y].sum() - n1 * (n1 + 1) / 2) / (n1 * n0))


def _mass_bins(p, bins):
    order = np.argsort(p, kind="mergesort")
    idx = np.empty(len(p), int)
    idx[order] = np.arange(len(p)) * bins // len(p)
    return idx


def ece(y, p, bins=15):
    """Expected calibration error, equal-mass bins."""
    y, p = np.asarray(y, float), np.asarray(p, float)
    b = _mass_bins(p, bins)
    n = np.bincount(b, minlength=bins)
    gap = np.abs(np.bincount(b, y, bins) - np.bincount(b, p, bins))
    return float(gap.sum() / n.sum())


def ece_floor(p, bins=15, draws=200, seed=0, q=None):
    """ECE that a perfectly calibrated model would show on this many rows.

    Mean over draws of y ~ Bernoulli(p); with q=0.95 the 95th percentile.
    An ECE goal below this number cannot be met except by luck.
    """
    rng = np.random.default_rng(seed)
    p = np.asarray(p, float)
    e = [ece(rng.random(len(p)) < p, p, bins) for _ in range(draws)]
    return float(np.mean(e) if q is None else np.quantile(e, q))


def count_bias(y, p, group):
    """Mean over groups of |sum p - sum y| divided by the mean of sum y."""
    _, g = np.unique(np.asarray(group), return_inverse=True)
    sp, sy = np.bincount(g, p), np.bincount(g, np.asarray(y, float))
    return float(np.mean(np.abs(sp - sy)) / np.mean(sy))


# ---------------------------------------------------------------- sums of shows
def poisson_binomial_pmf(p):
    """Exact pmf of the number of successes of independent Bernoulli(p_i)."""
    pmf = np.array([1.0])
    for q in np.asarray(p, float):
        pmf = np.convolve(pmf, [1 - q, q])
    return pmf


def central_interval(pmf, level=0.90):
    c = np.cumsum(pmf)
    a = (1 - level) / 2
    return int(np.searchsorted(c, a)), int(np.searchsorted(c, 1 - a))


def randomized_pit(y, cdf_at_y, cdf_below_y, seed=0):
    """Uniform(0,1) when the predictive count distribution is right."""
    u = np.random.default_rng(seed).random(len(y))
    return np.asarray(cdf_below_y) + u * (np.asarray(cdf_at_y) - np.asarray(cdf_below_y))


def pit_coverage(pit, level=0.90):
    a = (1 - level) / 2
    pit = np.asarray(pit)
    return float(np.mean((pit >= a) & (pit <= 1 - a)))


# ---------------------------------------------------------------- intervals
def coverage(y, lo, hi):
    y = np.asarray(y)
    return float(np.mean((y >= lo) & (y <= hi)))


def interval_score(y, lo, hi, level=0.90):
    """Winkler score: width plus 2/alpha times the distance outside."""
    y, lo, hi = (np.asarray(v, float) for v in (y, lo, hi))
    a = 1 - level
    return float(np.mean(hi - lo + 2 / a * (np.maximum(lo - y, 0) + np.maximum(y - hi, 0))))


def pinball(y, q, tau):
    d = np.asarray(y, float) - np.asarray(q, float)
    return float(np.mean(np.maximum(tau * d, (tau - 1) * d)))


# ---------------------------------------------------------------- forecasts
def poisson_deviance(y, mu, eps=1e-4):
    """Mean Poisson deviance; proper for the mean of a count, zeros allowed."""
    y = np.asarray(y, float)
    mu = np.maximum(np.asarray(mu, float), eps)
    t = np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / mu), 0.0)
    return float(2 * np.mean(t - (y - mu)))


def rmsse(y, f, history, m=1):
    """Root mean squared scaled error per series (rows), then averaged.

    y, f: (series, horizon); history: (series, past).  Scale: the in-sample
    mean squared m-step naive error.  Series whose scale is 0 are left out.
    """
    y, f, h = (np.atleast_2d(np.asarray(v, float)) for v in (y, f, history))
    scale = np.mean((h[:, m:] - h[:, :-m]) ** 2, axis=1)
    ok = scale > 0
    return float(np.mean(np.sqrt(np.mean((y - f) ** 2, axis=1)[ok] / scale[ok])))


def mase(y, f, history, m=1):
    y, f, h = (np.atleast_2d(np.asarray(v, float)) for v in (y, f, history))
    scale = np.mean(np.abs(h[:, m:] - h[:, :-m]), axis=1)
    ok = scale > 0
    return float(np.mean(np.mean(np.abs(y - f), axis=1)[ok] / scale[ok]))


def wape(y, f):
    y, f = np.asarray(y, float), np.asarray(f, float)
    return float(np.abs(y - f).sum() / np.abs(y).sum())


def bias(y, f):
    """Signed relative bias of the total: +0.05 means 5 % too high."""
    return float(np.sum(f) / np.sum(y) - 1)


# ---------------------------------------------------------------- best time
def best_slot_capture(y, f, group, min_total=1):
    """Share of the best slot's count that the chosen slot really got.

    Rows are slots; per group (one place on one day) the slot with the largest
    forecast is taken (the earliest of equals).  Sum of counts at the chosen
    slots over the sum of the groups' best counts, groups with fewer than
    min_total events left out.
    """
    y, f = np.asarray(y, float), np.asarray(f, float)
    _, g = np.unique(np.asarray(group), return_inverse=True)
    got = best = 0.0
    order = np.argsort(g, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(g))[:-1]):
        if y[rows].sum() < min_total:
            continue
        got += y[rows[np.argmax(f[rows])]]
        best += y[rows].max()
    return got / best


# ---------------------------------------------------------------- rankings
def spearman(a, b):
    ra = np.argsort(np.argsort(np.asarray(a, float)))
    rb = np.argsort(np.argsort(np.asarray(b, float)))
    return float(np.corrcoef(ra, rb)[0, 1])


def ndcg_at(gain, score, k):
    """NDCG with linear gain."""
    gain = np.asarray(gain, float)
    disc = 1 / np.log2(np.arange(2, k + 2))
    top = gain[np.argsort(-np.asarray(score, float), kind="stable")[:k]]
    ideal = np.sort(gain)[::-1][:k]
    return float((top * disc[: len(top)]).sum() / (ideal * disc[: len(ideal)]).sum())


def interval_loglik(cdf, lower, upper, right_open, eps=1e-9):
    """Mean log P(lower < willingness to pay <= upper) of censored answers.

    cdf: function price -> P(WTP <= price), called on arrays aligned with rows.
    """
    hi = np.where(right_open, 1.0, cdf(np.where(right_open, lower, upper)))
    lo = np.where(np.asarray(lower, float) <= 0, 0.0, cdf(lower))
    return float(np.mean(np.log(np.maximum(hi - lo, eps))))
