"""Numbers that may be sums of money, each with the words beside it that speak of money."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from whatsapp.nlu import money_words as words

_NUMBER = re.compile(r"(?<= )(?P<v>\d+(?:\.\d+)?)(?:'(?P<e>[a-z]+))?(?= )")
_CURRENCY = re.compile(rf" {words.CURRENCY}(?= )")
_COUNTED = re.compile(rf" (?:{words.COUNTED})(?= )")
_LEFT = (
    ("per", words.PER_WORDS),
    ("cap", words.CAP_LEFT),
    ("floor", words.FLOOR_LEFT),
    ("budget", words.BUDGET),
    ("hint", words.HINT),
    ("covered", "#+"),
)
_RIGHT = (
    ("floor", words.FLOOR_RIGHT),
    ("bound", words.BOUND),
    ("per", words.PER_WORDS),
    ("cap", words.CAP_RIGHT),
    ("budget", words.SUM_RIGHT),
    ("about", words.ABOUT),
)
_BEFORE = re.compile(
    r"(?<= )(?:" + "|".join(f"(?P<{tag}>{pattern})" for tag, pattern in _LEFT) + r") $"
)
_BEHIND = re.compile(
    r" (?:" + "|".join(f"(?P<{tag}>{pattern})" for tag, pattern in _RIGHT) + r")(?= )"
)
_A_NUMBER = re.compile(r" \d")
_FARTHEST = 60
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Sum:
    """A number with what stands beside it.

    ``start`` and ``end`` span the number with all its words; ``at`` is where the number begins.
    ``tags`` are of: per, cap, floor, budget, hint, bound, about, currency.
    """

    value: float
    ending: str
    currency: str | None
    per: str | None
    tags: frozenset[str]
    start: int
    at: int
    number_end: int
    end: int
    least: float | None = None


def read_sums(text: str) -> list[Sum]:
    """All numbers of the canonical ``text`` that do not count something else."""
    found = (_sum(text, match) for match in _NUMBER.finditer(text))
    return [one for one in found if one is not None]


def _sum(text: str, match: re.Match[str]) -> Sum | None:
    tags: set[str] = set()
    end = match.end()
    said = _CURRENCY.match(text, end)
    if said is not None:
        end = said.end()
        tags.add("currency")
    elif _COUNTED.match(text, end) or match["e"] in ("th", "nci", "inci", "lik", "li", "lu"):
        return None
    number_end = end
    end, right = _walk(lambda at: _BEHIND.match(text, at), end, tags, forward=True)
    start, left = _walk(
        lambda at: _BEFORE.search(text[max(0, at - _FARTHEST) : at]), match.start(), tags,
        forward=False,
    )  # fmt: skip
    per = words.per_of(" ".join(left)) if left else "total"
    per = per if per != "total" else words.per_of(" ".join(right)) if right else "total"
    return Sum(
        value=float(match["v"]),
        ending=match["e"] or "",
        currency=_code(said.group()) if said else None,
        per=None if per == "total" else per,
        tags=frozenset(tags),
        start=start,
        at=match.start(),
        number_end=number_end,
        end=end,
    )


def _walk(
    look: Callable[[int], re.Match[str] | None], at: int, tags: set[str], *, forward: bool
) -> tuple[int, list[str]]:
    """Follow words of money away from the number; returns how far and the words about units."""
    per: list[str] = []
    for _ in range(_STEPS):
        found = look(at)
        if found is None or found.lastgroup is None:
            break
        if (
            forward
            and found.lastgroup in ("cap", "floor")
            and _A_NUMBER.match(found.string, found.end())
        ):
            break  # "en az 200 en çok 300": the words speak of the next number
        tags.add(found.lastgroup)
        if found.lastgroup == "per":
            per.append(found.group())
        at = found.end() if forward else at - len(found.group())
    return at, per


def _code(said: str) -> str:
    return words.CURRENCIES[said.strip().rpartition(" ")[2].partition("'")[0]]


def join_ranges(text: str, sums: list[Sum], *, loose: bool) -> list[Sum]:
    """Replace "200-250" by its upper end, with the lower as ``least``.

    ``loose`` joins numbers that only stand side by side: "100 150".
    """
    joined: list[Sum] = []
    for one in sums:
        before = joined[-1] if joined else None
        if before is not None and _is_range(text, before, one, loose=loose):
            low = _scaled(before.value, one.value)
            joined[-1] = replace(
                one,
                start=before.start,
                least=low,
                tags=one.tags | before.tags | {"range"},
                per=one.per or before.per,
                currency=one.currency or before.currency,
            )
        else:
            joined.append(one)
    return joined


def _is_range(text: str, low: Sum, high: Sum, *, loose: bool) -> bool:
    if low.least is not None or high.at <= low.at:
        return False
    between = text[low.number_end : high.at]
    least = _scaled(low.value, high.value)
    if not 0 < least < high.value or least < high.value / 20:
        return False
    vague = "about" in high.tags or "currency" in high.tags or loose
    if between == " ":
        # "bi 300 falan" is one sum, "1 2 yüz" two.
        if low.value == 1 and high.value not in (200, 2000):
            return False
        return vague and low.ending == "" and (least >= 10 or loose)
    return re.fullmatch(rf" (?:tl |usd |eur |gbp )?{words.TO} ", between) is not None


def _scaled(low: float, high: float) -> float:
    """The lower number in the scale of the upper: "8-9 yüz", "2-3 bin"."""
    return next(
        (
            low * scale
            for scale in (1000, 100)
            if high % (scale / 2) == 0 and high >= scale and low * scale < high and low < 100
            and high < 20 * scale
        ),
        low,
    )  # fmt: skip
