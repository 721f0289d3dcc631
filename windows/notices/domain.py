"""Kinds of notices and their classes. Pure."""

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
    WAIT_STATUS = "wait_status"
    NOTHING_FOUND = "nothing_found"
    SELLER_AGREED = "seller_agreed"
    SELLER_GET_READY = "seller_get_ready"
    SELLER_RESULT = "seller_result"
    DID_NOT_COME = "did_not_come"
    AFTER = "after"


class NoticeClass(StrEnum):
    """What the law and the platform make of it."""

    SERVICE = "service"
    UTILITY = "utility"
    MARKETING = "marketing"


# Answers to a wish that the person declared are service; what concerns a promise already made is
# utility. Nothing here is marketing: nobody is written to who did not ask for it.
CLASS_OF: dict[NoticeKind, NoticeClass] = {
    NoticeKind.ASK: NoticeClass.UTILITY,
    NoticeKind.ASK_REMINDER: NoticeClass.UTILITY,
    NoticeKind.ASK_EXPIRED: NoticeClass.UTILITY,
    NoticeKind.INVITE: NoticeClass.SERVICE,
    NoticeKind.REMINDER: NoticeClass.UTILITY,
    NoticeKind.LAST_FIVE_MINUTES: NoticeClass.UTILITY,
    NoticeKind.SEAT_FREED: NoticeClass.UTILITY,
    NoticeKind.SEAT_LAPSED: NoticeClass.UTILITY,
    NoticeKind.LIST_ENDED: NoticeClass.UTILITY,
    NoticeKind.WINDOW_CANCELLED: NoticeClass.UTILITY,
    NoticeKind.WAIT_STATUS: NoticeClass.SERVICE,
    NoticeKind.NOTHING_FOUND: NoticeClass.SERVICE,
    NoticeKind.SELLER_AGREED: NoticeClass.UTILITY,
    NoticeKind.SELLER_GET_READY: NoticeClass.UTILITY,
    NoticeKind.SELLER_RESULT: NoticeClass.UTILITY,
    NoticeKind.DID_NOT_COME: NoticeClass.SERVICE,
    NoticeKind.AFTER: NoticeClass.SERVICE,
}

# Lower is sooner. An ask and an invite stop being useful within minutes.
PRIORITY_OF: dict[NoticeKind, int] = {
    NoticeKind.ASK: 2,
    NoticeKind.INVITE: 2,
    NoticeKind.SEAT_FREED: 1,
    NoticeKind.WINDOW_CANCELLED: 1,
    NoticeKind.LAST_FIVE_MINUTES: 2,
}
USUAL_PRIORITY = 4
