"""Will an invited person accept: `coupon_accept`, for people never seen, and answer by answer."""

import numpy as np

from bench.forecasting import files, metrics
from bench.forecasting.row import SCIKIT_LEARN, Row
from commerce.forecast.numerics import trees
from commerce.forecast.numerics.chance import chance_of, log_odds_of, new_offset

SET = "coupon_accept"
HABIT = ["never", "less1", "1~3", "4~8", "gt8"]
ORDERED = {
    "time": ["7AM", "10AM", "2PM", "6PM", "10PM"],
    "expiration": ["2h", "1d"],
    "age": ["below21", "21", "26", "31", "36", "41", "46", "50plus"],
    "education": [
        "Some High School", "High School Graduate", "Some college - no degree",
        "Associates degree", "Bachelors degree", "Graduate degree (Masters or Doctorate)",
    ],
    "income": [
        "Less than $12500", "$12500 - $24999", "$25000 - $37499", "$37500 - $49999",
        "$50000 - $62499", "$62500 - $74999", "$75000 - $87499", "$87500 - $99999",
        "$100000 or More",
    ],
}  # fmt: skip
# The habit that belongs to each kind of place.
HABITS = {
    "Bar": "Bar",
    "Coffee House": "CoffeeHouse",
    "Carry out & Take away": "CarryAway",
    "Restaurant(<20)": "RestaurantLessThan20",
    "Restaurant(20-50)": "Restaurant20To50",
}
NUMBERS = ["temperature", "has_children", "toCoupon_GEQ15min", "toCoupon_GEQ25min"]
NUMBERS += ["direction_same"]
KINDS = ["destination", "passenger", "weather", "coupon", "gender", "maritalStatus", "occupation"]


def rows(data, final):
    """The figures of the set."""
    public = files.folder(data, SET) / "offers_public.csv.gz"
    found, scored = files.with_unseen(public, final, SET)
    unseen = final is not None
    if not unseen:
        scored = found["split"] == "dev"
    features, categorical = figures(found)
    accepted = found["accepted"]
    forest = trees.train(
        "log_loss", features[~scored], accepted[~scored], categorical=categorical,
        rounds=300, learning_rate=0.03, leaves=31, min_leaf=20, shrink=5.0, share_of_features=0.2,
    )  # fmt: skip
    cold = forest.score(features[scored])
    came, people = accepted[scored], found["respondent"][scored]
    learnt = answer_by_answer(cold, came, people)
    for name, chance, development, aim in (
        ("coupon, people never seen: log loss", cold, 0.549, 0.587),
        ("coupon, with the answers before: log loss", learnt, 0.518, 0.536),
    ):
        yield Row(
            name, metrics.log_loss(came, chance), "nats",
            high=aim if unseen else development, limit=_possible(chance), allowed=SCIKIT_LEARN,
        )  # fmt: skip
    yield Row(
        "coupon, with the answers before: calibration error above its floor",
        metrics.ece(came, learnt) - metrics.ece_floor(learnt), "share", high=0.01, limit=0.0,
    )  # fmt: skip


def figures(found):
    """Rows by columns of what is known before the answer, and which columns are kinds."""
    columns = [_steps(found[name], steps) for name, steps in ORDERED.items()]
    habits = {name: _steps(found[name], HABIT) for name in HABITS.values()}
    columns += habits.values()
    columns.append(_of_the_kind(found["coupon"], habits))
    columns += [found[name].astype(float) for name in NUMBERS]
    kinds = [np.unique(found[name], return_inverse=True)[1].astype(float) for name in KINDS]
    first = len(columns)
    return np.column_stack([*columns, *kinds]), list(range(first, first + len(kinds)))


def answer_by_answer(chance, accepted, people):
    """The chances with an offset of the person's own, learnt from the answers before each."""
    odds, shifted = log_odds_of(chance), np.empty(len(chance))
    offsets = {}
    for row, person in enumerate(people):
        offset = offsets.get(person, new_offset())
        shifted[row] = odds[row] + offset.mean
        offsets[person] = offset.updated(odds[row : row + 1], accepted[row : row + 1])
    return chance_of(shifted)


def _steps(values, steps):
    place = {name: float(number) for number, name in enumerate(steps)}
    return np.array([place.get(value, np.nan) for value in values])


def _of_the_kind(coupons, habits):
    found = np.full(len(coupons), np.nan)
    for kind, habit in HABITS.items():
        here = coupons == kind
        found[here] = habits[habit][here]
    return found


def _possible(chance):
    """The log loss if these chances were the truth."""
    return float(-np.mean(chance * np.log(chance) + (1 - chance) * np.log1p(-chance)))
