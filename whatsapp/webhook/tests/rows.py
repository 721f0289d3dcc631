"""The sample bodies' cast, and stored rows in the words of the expectations.

The times are seconds after the cast's clock start (20 November 2026, 13:30 in Istanbul);
``ARRIVAL`` is the moment of the post. What happens to a row afterwards, in conversations and to
sent messages, is tested where it happens.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from whatsapp.gateway.codes import Flag, Reason
from whatsapp.gateway.items import Sender

START_SECONDS = 1_795_170_600
ARRIVAL = 4_400

AYSE = Sender(phone="905550000101", user_id="TR.10000000000000000101", name="Ayşe Yılmaz")
MEHMET = Sender(phone="905550000102", user_id="TR.10000000000000000102", name="Mehmet Işık")
ZEYNEP = Sender(user_id="TR.10000000000000000103", name="Zeynep Ç.", username="zeynep.c")
JANE = Sender(phone="447700900104", user_id="GB.10000000000000000104", name="Jane Cooper")
MODA_SPOR = Sender(phone="905550000201", user_id="TR.10000000000000000201", name="Moda Spor")
NOBODY = Sender()

WISH = (
    "Merhaba, bugün 14:00-16:00 arası Kadıköy'de 42 numara koşu ayakkabısı bakıyorum. "
    "Bütçem en fazla 3.500 TL 🙂"
)
LONG_TEXT = ("Ayakkabı " * 600)[:4096].strip()
AUDIO = {
    "media_id": "1403383421380001",
    "mime_type": "audio/ogg; codecs=opus",
    "sha256": "dmal+eQkJwM//Z+fL7HWTU+nHCgaquu7vdywEQpcRi8=",
}
VOICE = AUDIO | {"is_voice": True}
WISH_ID = "wamid.HBgMOTA1NTUwMDAwMTAxFQIAEhgUM0FFN0JCOEFGOUU2MjI0NjQ5OUUA"
INVITE_ID = "wamid.HBgMOTA1NTUwMDAwMTAxFQIAERgSRDQxOUE3QUFGREJDNTk3NTcxAA=="
REPLY_ID = "wamid.HBgMOTA1NTUwMDAwMTAxFQIAEhgUM0EyODU2MTk4NkFGMDdCNDgxQ0IA"


@dataclass(frozen=True)
class Row:
    """A stored item; ``says`` holds what its content says beyond the defaults."""

    kind: str
    state: str
    at: int
    variant: str = ""
    reason: str = ""
    who: Sender = NOBODY
    lane_key: str = ""
    flags: tuple[str, ...] = ()
    says: dict[str, object] = field(default_factory=dict)


def lane(who: Sender) -> str:
    return f"id:{who.user_id}" if who.user_id else f"phone:{who.phone}"


def phone_only(who: Sender) -> Sender:
    return replace(who, user_id="")


def message(at: int, variant: str, who: Sender, *flags: Flag, **says: object) -> Row:
    return Row("message", "new", at, variant, "", who, lane(who), flags, says)


def status(at: int, word: str, whom: Sender, *flags: Flag, **says: object) -> Row:
    return Row("status", "new", at, word, "", whom, "", flags, says)


def call(at: int, who: Sender, outcome: str, seconds: int) -> Row:
    says = {"event": "terminate", "is_from_person": True, "outcome": outcome}
    if seconds:
        says["duration_seconds"] = seconds
    return Row("call", "new", at, "terminate", "", who, lane(who), (), says)


def preference(at: int, who: Sender, word: str) -> Row:
    says = {"category": "marketing_messages", "is_stopped": word == "stop"}
    return Row("preference", "new", at, word, "", who, lane(who), (), says)


def identity(at: int, previous: str, current: str, phone: str) -> Row:
    says: dict[str, object] = {"previous_user_id": previous, "user_id": current, "phone": phone}
    who = Sender(phone=phone, user_id=previous)
    return Row("identity", "new", at, "", "", who, lane(who), (), says)


def template(at: int, change: str, event: str, name: str) -> Row:
    says: dict[str, object] = {"field": change, "event": event, "name": name, "language": "tr"}
    return Row("template", "new", at, change, says=says)


def account(at: int, change: str, event: str) -> Row:
    return Row("account", "new", at, change, says={"field": change, "event": event})


def error(code: int) -> Row:
    return Row("error", "new", ARRIVAL, says={"code": code, "title": "Rate limit hit"})


def quarantined(reason: Reason, at: int = ARRIVAL) -> Row:
    return Row("invalid", "quarantined", at, reason=reason)


def ignored(reason: Reason, at: int = ARRIVAL) -> Row:
    return Row("ignored", "ignored", at, reason=reason)
