"""The child process of `trees.train`: scikit-learn lives here and nowhere else.

Called as a script with the path of what is to be learnt and the path of what was learnt, so that
nobody who only scores pays for the import, and so that no process that learns was forked from one
that has threads.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]
# Categories are whole numbers from 0; scikit-learn knows at most 255 of a column.
CATEGORIES = 256


def learnt(given: Arrays) -> Arrays:
    """Learn histogram boosted trees and return them as flat arrays."""
    settings = json.loads(str(given["settings"]))
    categorical = settings["categorical"]
    model = _model(settings)
    weights = given.get("weights")
    model.fit(given["features"], given["targets"], sample_weight=weights)
    columns = categorical + [one for one in range(settings["columns"]) if one not in categorical]
    categories = _categories(model, len(categorical))
    predictors = [one[0] for one in model._predictors]  # noqa: SLF001 - there is no public export
    flat = _flat(predictors, columns, categories)
    flat["base"] = np.ravel(model._baseline_prediction)[:1].reshape(())  # noqa: SLF001
    return flat


def _model(settings: dict[str, Any]) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    names = {"poisson": "poisson", "squared": "squared_error", "log_loss": "log_loss"}
    kind = settings["kind"]
    made = HistGradientBoostingClassifier if kind == "log_loss" else HistGradientBoostingRegressor
    return made(
        loss=names[kind],
        learning_rate=settings["learning_rate"],
        max_iter=settings["rounds"],
        max_leaf_nodes=settings["leaves"],
        min_samples_leaf=settings["min_leaf"],
        l2_regularization=settings["shrink"],
        max_features=settings["share_of_features"],
        monotonic_cst=settings["monotone"],
        categorical_features=settings["categorical"] or None,
        early_stopping=False,
        random_state=settings["seed"],
    )


def _categories(model: Any, count: int) -> list[npt.NDArray[Any]]:
    """The values that stand behind the codes of each categorical column."""
    if not count:
        return []
    encoder = model._preprocessor.named_transformers_["encoder"]  # noqa: SLF001
    return [np.asarray(one, float) for one in encoder.categories_]


def _flat(predictors: list[Any], columns: list[int], categories: list[npt.NDArray[Any]]) -> Arrays:
    """Number the nodes anew so that siblings are neighbours: the right one is ``child + 1``."""
    total = sum(len(one.nodes) for one in predictors)
    feature = np.zeros(total, np.int32)
    threshold = np.full(total, np.inf)
    child = np.arange(total, dtype=np.int32)
    value = np.zeros(total)
    missing_right = np.zeros(total, bool)
    table = np.full(total, -1, np.int32)
    lists: list[npt.NDArray[np.bool_]] = []
    roots, deepest, free = [], 0, 0
    for predictor in predictors:
        nodes, placed = predictor.nodes, {0: free}
        roots.append(free)
        free += 1
        for old in _from_the_top(nodes):
            node, new = nodes[old], placed[old]
            deepest = max(deepest, int(node["depth"]))
            value[new] = node["value"]
            if node["is_leaf"]:
                continue
            feature[new] = columns[node["feature_idx"]]
            missing_right[new] = not node["missing_go_to_left"]
            child[new] = free
            placed[int(node["left"])], placed[int(node["right"])] = free, free + 1
            free += 2
            if node["is_categorical"]:
                table[new] = len(lists)
                bits = predictor.raw_left_cat_bitsets[node["bitset_idx"]]
                lists.append(_goes_left(bits, categories[node["feature_idx"]]))
            else:
                threshold[new] = node["num_threshold"]
    return {
        "feature": feature,
        "threshold": threshold,
        "child": child,
        "value": value,
        "missing_right": missing_right,
        "table": table,
        "goes_left": np.array(lists) if lists else np.zeros((0, CATEGORIES), bool),
        "known": _known(categories, columns),
        "roots": np.array(roots, np.int32),
        "depth": np.array(deepest),
    }


def _from_the_top(nodes: npt.NDArray[Any]) -> list[int]:
    order, at = [0], 0
    while at < len(order):
        node = nodes[order[at]]
        if not node["is_leaf"]:
            order += [int(node["left"]), int(node["right"])]
        at += 1
    return order


def _goes_left(bits: npt.NDArray[Any], values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """For each category whether the split sends it to the left."""
    left = np.zeros(CATEGORIES, bool)
    for code, value in enumerate(values):
        if np.isfinite(value):
            left[int(value)] = bool(int(bits[code // 32]) >> (code % 32) & 1)
    return left


def _known(categories: list[npt.NDArray[Any]], columns: list[int]) -> npt.NDArray[np.bool_]:
    """For each column and category whether it was seen while learning; others count as missing."""
    known = np.zeros((len(columns), CATEGORIES), bool)
    for at, values in enumerate(categories):
        known[columns[at], values[np.isfinite(values)].astype(int)] = True
    return known


if __name__ == "__main__":
    with np.load(sys.argv[1], allow_pickle=False) as stored:
        arrays = dict(stored)
    np.savez(sys.argv[2], **learnt(arrays))  # type: ignore[arg-type] # stubs want a flag there
