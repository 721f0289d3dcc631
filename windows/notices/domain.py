"""Kinds of notices, their classes, channels and forms. Pure."""

from __future__ import annotations

from enum import StrEnum


class NoticeKind(StrEnum):
    """Everything that is said without being asked in that moment."""

    ASK = "ask"
    ASK_REMINDER = "ask_reminder"
    ASK_EXPIRED = "ask_expired"
    INVITE = "invite"
    REMINDER = "reminder"
    LAST_FIVE_MINUTES = "last_five_minutes"
    SEAT_FREED = "seat_freed"
    SEAT_LAPSED = "seat_lapsed"
    LIST_ENDED = "list_ended"
    WINDOW_CANCELLED = "window_cancelled"
    GROUP_NOT_REACHED = "group_not_reached"
    WAIT_STATUS = "wait_status"
    NOTHING_FOUND = "nothing_found"
    SELLER_AGREED = "seller_agreed"
    SELLER_GET_READY = "seller_get_ready"
    SELLER_GROUP_NOT_REACHED = "seller_group_not_reached"
    SELLER_RESULT = "seller_result"
    DID_NOT_COME = "did_not_come"
    AFTER = "after"


class NoticeClass(StrEnum):
    """What the law and the platform make of it."""

    SERVICE = "service"
    UTILITY = "utility"
    MARKETING = "marketing"


class Channel(StrEnum):
    """Ways to a person, the usual one first."""

    WHATSAPP = "whatsapp"
    PANEL = "panel"
    SMS = "sms"
    VOICE = "voice"


class Form(StrEnum):
    """How a message is written: freely inside the reply window, or by an approved template."""

    FREE = "free"
    TEMPLATE = "template"


class Outcome(StrEnum):
    """What becomes of a notice now."""

    SAY = "say"
    LATER = "later"
    DROP = "drop"
