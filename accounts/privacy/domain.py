"""Deadlines of erasure, and consents in the shape of the national register (İYS). Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# The law gives thirty days; a held seat is waited for at most that long.
ERASE_WITHIN = timedelta(days=30)
_TURKEY = ZoneInfo("Europe/Istanbul")


class RecipientType(StrEnum):
    """Consumer or business."""

    INDIVIDUAL = "BIREYSEL"
    MERCHANT = "TACIR"


class MessageType(StrEnum):
    """What the consent is for."""

    MESSAGE = "MESAJ"
    CALL = "ARAMA"


# How the register calls the ways on which a consent may come.
SOURCES = {"whatsapp": "HS_EORTAM", "sms": "HS_MESAJ", "voice": "HS_CAGRI_MERKEZI"}
COLUMNS = ("recipient", "type", "status", "source", "consentDate", "recipientType")


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One consent as the register takes it; the names are its own."""

    recipient: str
    type: str
    status: str
    source: str
    consentDate: str  # noqa: N815  the register's name
    recipientType: str  # noqa: N815  the register's name

    def as_row(self) -> dict[str, str]:
        """Its fields in the order of ``COLUMNS``."""
        return asdict(self)


def register_time(at: datetime) -> str:
    """An instant as the register writes it: Turkish wall time.

    >>> from datetime import UTC
    >>> register_time(datetime(2026, 11, 18, 21, 5, tzinfo=UTC))
    '2026-11-19 00:05:00'
    """
    return at.astimezone(_TURKEY).strftime("%Y-%m-%d %H:%M:%S")
