"""How long what people said is kept."""

from __future__ import annotations

from iceshop.settings import env

KEEP_WORDS_DAYS = env.number(
    "ICESHOP_KEEP_DAYS",
    group="privacy",
    effect="Days after which words, bodies and places are removed; totals stay.",
    default=90,
)
