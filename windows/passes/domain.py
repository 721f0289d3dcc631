"""What a pass shows at the till and how it is read: rotating QR, short code, words. Pure."""

from __future__ import annotations

import hmac
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from iceshop.kernel.ids import normal_code

# What the QR code begins with; a code behind it counts like a typed one.
QR_PREFIX = "ICESHOP:"
# The QR code is another one every half minute. The one before still counts, so that a code which
# changes while it is scanned is good; clocks of phones and tills may differ by the skew.
STEP_SECONDS = 30
STEPS_BACK = 1
SKEW_SECONDS = 15
# 80 bits: nobody guesses one within its minute.
_MAC_BYTES = 10
_KEY_ID_LENGTH = 2


class Means(StrEnum):
    """How a pass was shown."""

    QR = "qr"
    CODE = "code"
    WORDS = "words"
    NAME = "name"


class Question(StrEnum):
    """What a person of the shop has to decide about a scan.

    ``conflict``: two tills without connection admitted the same people. ``gone``: a till without
    connection admitted a pass that no longer counted. ``dispute``: who shows a used pass says that
    somebody else used it. ``price``: more was paid than promised.
    """

    CONFLICT = "conflict"
    GONE = "gone"
    DISPUTE = "dispute"
    PRICE = "price"


class Answer(StrEnum):
    """How such a question was decided: who bears the difference, or that there is none."""

    SAME_PEOPLE = "same_people"
    SHOP_PAYS = "shop_pays"
    GUEST_PAYS = "guest_pays"


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets by their id, the one that signs first; older ones are still believed."""

    by_id: Mapping[str, bytes]

    @classmethod
    def of(cls, secrets: list[bytes]) -> Keys:
        """Name each secret by its digest, so that it has the same id in every process."""
        return cls({_key_id(secret): secret for secret in secrets})

    @property
    def current(self) -> str:
        """Id of the one that signs."""
        return next(iter(self.by_id))


@dataclass(frozen=True, slots=True)
class RotatingCode:
    """The text of a QR code taken apart."""

    code: str
    step: int
    key_id: str
    mac: str

    def is_genuine(self, window_id: UUID, keys: Keys) -> bool:
        """Whether it was made here for a pass of this window."""
        secret = keys.by_id.get(self.key_id)
        if secret is None:
            return False
        made = mac_of(window_secret(secret, window_id), self.code, self.step)
        return hmac.compare_digest(made.encode(), self.mac.encode())


def step_of(now: datetime) -> int:
    """The half minute of ``now``, counted from 1970.

    >>> step_of(datetime(2025, 11, 19, 11, 0, 29, tzinfo=UTC)) * 30 == 1763550000
    True
    """
    return int(now.timestamp()) // STEP_SECONDS


def shown_at(step: int) -> datetime:
    """When a step began."""
    return datetime.fromtimestamp(step * STEP_SECONDS, UTC)


def is_fresh(step: int, now: datetime) -> bool:
    """Whether a code of ``step`` counts at ``now``: this step or the one before, give or take."""
    age_seconds = now.timestamp() - step * STEP_SECONDS
    return -SKEW_SECONDS <= age_seconds < (1 + STEPS_BACK) * STEP_SECONDS + SKEW_SECONDS


def window_secret(secret: bytes, window_id: UUID) -> bytes:
    """The secret of one window: all that its till needs to tell a genuine code."""
    return hmac.digest(secret, b"window" + window_id.bytes, sha256)


def mac_of(secret: bytes, code: str, step: int) -> str:
    """The proof that a code was shown by us in ``step``; sixteen letters and digits."""
    digest = hmac.digest(secret, f"{code}.{step}".encode(), sha256)
    return b32encode(digest[:_MAC_BYTES]).decode()


def qr_text(code: str, window_id: UUID, keys: Keys, now: datetime) -> str:
    """What the QR code of a pass holds at ``now``; only signs that QR codes pack tightly."""
    step, key_id = step_of(now), keys.current
    mac = mac_of(window_secret(keys.by_id[key_id], window_id), code, step)
    return f"{QR_PREFIX}{code}.{step}.{key_id}.{mac}"


def rotating_code(text: str) -> RotatingCode | None:
    """Take the text of a QR code apart; ``None`` where it is none of ours."""
    parts = text.strip().upper().removeprefix(QR_PREFIX).split(".")
    if len(parts) != 4 or not (parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 10):
        return None
    return RotatingCode(parts[0], int(parts[1]), parts[2], parts[3])


def short_code_of(text: str) -> str:
    """The code that was typed, spoken or scanned without its proof."""
    return normal_code(text.strip().upper().removeprefix(QR_PREFIX))


def _key_id(secret: bytes) -> str:
    return b32encode(sha256(b"id" + secret).digest()).decode()[:_KEY_ID_LENGTH]
