"""What a message is expected to cost, from a table with effective dates. Pure but for its file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from windows.notices.domain import Channel, NoticeClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Prices from ``effective_on`` on, in millionths of ``currency``."""

    effective_on: date
    currency: str
    whatsapp_service: int
    whatsapp_utility: int
    whatsapp_marketing: int
    sms_part: int
    voice_minute: int


@cache
def all_rates() -> tuple[Rates, ...]:
    """The table, newest last."""
    with Path(__file__).with_name("rates.toml").open("rb") as file:
        rows = tomllib.load(file)["rates"]
    return tuple(sorted((Rates(**row) for row in rows), key=lambda row: row.effective_on))


def rates_on(day: date) -> Rates:
    """The prices of a day; before the first ones those."""
    rows = all_rates()
    return next((row for row in reversed(rows) if row.effective_on <= day), rows[0])


def cost_micros(channel: Channel, notice_class: NoticeClass, *, on: date, units: int = 1) -> int:
    """Expected cost of one message; ``units`` are parts of an SMS or minutes of a call."""
    rates = rates_on(on)
    if channel is Channel.WHATSAPP:
        return int(getattr(rates, f"whatsapp_{notice_class.value}"))
    if channel is Channel.SMS:
        return rates.sms_part * units
    if channel is Channel.VOICE:
        return rates.voice_minute * units
    return 0
