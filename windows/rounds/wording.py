"""Sentences for the engine's reasons in both languages, from ``reasons.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from iceshop.infra.templatetags.words import clock, distance, language, money

_TIMES = frozenset({"start", "end", "until", "arrival_min"})


@cache
def sentences() -> dict[str, dict[str, str]]:
    """Every code with its sentences: ``{"seats.free": {"tr": ..., "en": ...}}``."""
    with Path(__file__).with_name("reasons.toml").open("rb") as file:
        return tomllib.load(file)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says reasons in the language of the page; ``names`` are the offers' shops and products.

    Minutes count from ``t0`` and are told as wall times of ``zone``.
    """

    t0: datetime
    zone: ZoneInfo
    names: Mapping[str, str]

    def say(self, code: str, facts: Mapping[str, int | str]) -> str:
        """The sentence of a reason; its code where there is none."""
        less = int(facts.get("less_milli", 0))
        told = sentences().get(f"{code}.more" if less < 0 else code)
        if told is None:
            return code
        return told[language()].format_map(
            {name: self._figure(name, value) for name, value in facts.items()}
        )

    def _figure(self, name: str, value: int | str) -> str:
        if name == "offer":
            return self.names.get(str(value), str(value))
        if isinstance(value, str):
            return value
        if name in _TIMES:
            return clock(self.t0 + timedelta(minutes=value), self.zone)
        if name.endswith("_minor"):
            return money(value)
        if name.endswith("_milli"):
            return money(value // 1000)
        return distance(value) if name.endswith("_m") else str(value)
