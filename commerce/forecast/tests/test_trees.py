import subprocess
import sys

import numpy as np
import pytest

from commerce.forecast.numerics.trees import CannotLearn, Forest, train


def rows(count: int = 2_000) -> tuple[np.ndarray, np.ndarray]:
    source = np.random.default_rng(0)
    features = source.normal(size=(count, 4))
    features[:, 1] = source.integers(0, 9, count) * 3
    features[source.random((count, 4)) < 0.05] = np.nan
    rate = np.exp(0.5 * np.nan_to_num(features[:, 0]) + np.sin(np.nan_to_num(features[:, 1])))
    return features, source.poisson(rate).astype(float)


def test_scores_are_those_of_scikit_learn() -> None:
    from sklearn.ensemble import HistGradientBoostingRegressor

    features, counts = rows()
    forest = train(
        "poisson", features, counts, categorical=[1], monotone=[1, 0, 0, 0], rounds=40, min_leaf=20
    )
    model = HistGradientBoostingRegressor(
        loss="poisson", learning_rate=0.05, max_iter=40, min_samples_leaf=20,
        categorical_features=[1], monotonic_cst=[1, 0, 0, 0], early_stopping=False, random_state=0,
    ).fit(features, counts)  # fmt: skip
    unseen = features.copy()
    unseen[:40, 1], unseen[40:60, 1], unseen[60:80, 1] = 22, -3, 300
    assert np.allclose(forest.score(unseen), model.predict(unseen), rtol=1e-10)


def test_same_seed_gives_the_same_forest_and_it_survives_storing() -> None:
    features, counts = rows()
    first, again = (train("log_loss", features, counts > 0, rounds=9, seed=4) for _ in range(2))
    stored = Forest.from_bytes(first.to_bytes())
    assert (first.score(features) == again.score(features)).all()
    assert (first.score(features) == stored.score(features)).all()
    assert (stored.kind, stored.depth) == (first.kind, first.depth)


def test_monotone_column_never_lowers_the_score() -> None:
    features, counts = rows()
    forest = train("squared", features, counts, monotone=[1, 0, 0, 0], rounds=30, min_leaf=20)
    grid = np.tile(np.nan_to_num(features[:50]), (21, 1))
    grid[:, 0] = np.repeat(np.linspace(-3, 3, 21), 50)
    steps = np.diff(forest.score(grid).reshape(21, 50), axis=0)
    assert steps.min() >= 0
    assert steps.max() > 0


def test_weights_count_as_repeated_rows() -> None:
    features, counts = rows(400)
    twice = train("squared", features, counts, weights=np.full(400, 2.0), rounds=5, min_leaf=20)
    once = train("squared", features, counts, rounds=5, min_leaf=20)
    assert np.allclose(twice.score(features), once.score(features))


def test_what_cannot_be_learnt_is_said() -> None:
    with pytest.raises(CannotLearn, match="y"):
        train("poisson", [[1.0], [2.0]], [-1.0, -2.0])


def test_scoring_imports_numpy_only() -> None:
    said = subprocess.run(
        [sys.executable, "-c", "import sys, commerce.forecast.numerics.trees as t;"
         "print([m for m in ('sklearn', 'scipy', 'django') if m in sys.modules])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.strip() == "[]"
