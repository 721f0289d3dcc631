"""One row for each kind of notice: what it is, how it may go, when it may wait. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from windows.notices.domain import Channel, Form, NoticeClass, NoticeKind


class Quiet(StrEnum):
    """What a notice does in the quiet hours of the person that it goes to."""

    SAY = "say"  # asked for now, or about a promise that runs
    SHIFT = "shift"  # waits for the morning if it is of use then, else it is said at once
    WAIT = "wait"  # waits for the morning if it is of use then, else it is not said
    OPEN_STORE = "open_store"  # as WAIT, but said at once while the store is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How notices of one kind are handled.

    ``spare_seconds``: with less time of use left it is not said. ``merge_group``: what is due of
    one group for one person goes as one message. ``most_a_day``: to one person in 24 hours, 0 for
    no limit. ``priority``: lower is sooner.
    """

    notice_class: NoticeClass
    ladder: tuple[Channel, ...]
    forms: tuple[Form, ...] = (Form.FREE, Form.TEMPLATE)
    quiet: Quiet = Quiet.SAY
    spare_seconds: int = 0
    merge_group: str = ""
    most_a_day: int = 0
    priority: int = 4


_WHATSAPP = (Channel.WHATSAPP,)
# A promise that was made: it must arrive.
_PROMISE = (Channel.WHATSAPP, Channel.PANEL, Channel.SMS, Channel.VOICE)
_SELLER = (Channel.WHATSAPP, Channel.SMS, Channel.VOICE)
_INVITE = (Channel.WHATSAPP, Channel.SMS)

_SERVICE, _UTILITY = NoticeClass.SERVICE, NoticeClass.UTILITY

# Answers to a wish that the person declared are service; what concerns a promise already made is
# utility. Nothing here is marketing: nobody is written to who did not ask for it.
RULES: Mapping[NoticeKind, Rule] = MappingProxyType(
    {
        NoticeKind.ASK: Rule(
            notice_class=_UTILITY,
            ladder=_SELLER,
            quiet=Quiet.OPEN_STORE,
            spare_seconds=15,
            priority=2,
        ),
        NoticeKind.ASK_REMINDER: Rule(
            notice_class=_UTILITY, ladder=_WHATSAPP, quiet=Quiet.OPEN_STORE, spare_seconds=15
        ),
        NoticeKind.ASK_EXPIRED: Rule(
            notice_class=_UTILITY, ladder=_WHATSAPP, quiet=Quiet.OPEN_STORE
        ),
        NoticeKind.INVITE: Rule(
            notice_class=_SERVICE, ladder=_INVITE, quiet=Quiet.SHIFT, spare_seconds=30, priority=2
        ),
        NoticeKind.REMINDER: Rule(notice_class=_UTILITY, ladder=_PROMISE, spare_seconds=30),
        NoticeKind.LAST_FIVE_MINUTES: Rule(notice_class=_UTILITY, ladder=_PROMISE, priority=2),
        NoticeKind.SEAT_FREED: Rule(
            notice_class=_UTILITY, ladder=_INVITE, spare_seconds=30, priority=1
        ),
        NoticeKind.SEAT_LAPSED: Rule(notice_class=_UTILITY, ladder=_WHATSAPP, quiet=Quiet.WAIT),
        NoticeKind.LIST_ENDED: Rule(notice_class=_UTILITY, ladder=_WHATSAPP, quiet=Quiet.WAIT),
        NoticeKind.WINDOW_CANCELLED: Rule(
            notice_class=_UTILITY, ladder=_PROMISE, quiet=Quiet.SHIFT, priority=1
        ),
        NoticeKind.GROUP_NOT_REACHED: Rule(
            notice_class=_UTILITY, ladder=_PROMISE, quiet=Quiet.SHIFT, priority=1
        ),
        NoticeKind.WAIT_STATUS: Rule(
            notice_class=_SERVICE, ladder=_WHATSAPP, quiet=Quiet.WAIT, most_a_day=3
        ),
        # By the promised time, whatever the hour.
        NoticeKind.NOTHING_FOUND: Rule(
            notice_class=_SERVICE, ladder=_WHATSAPP, merge_group="wishes", most_a_day=10
        ),
        NoticeKind.SELLER_AGREED: Rule(
            notice_class=_UTILITY, ladder=_SELLER, quiet=Quiet.SHIFT, merge_group="agreed"
        ),
        NoticeKind.SELLER_GET_READY: Rule(
            notice_class=_UTILITY, ladder=_SELLER, merge_group="preparation"
        ),
        NoticeKind.SELLER_GROUP_NOT_REACHED: Rule(
            notice_class=_UTILITY, ladder=_SELLER, quiet=Quiet.SHIFT, priority=2
        ),
        NoticeKind.SELLER_RESULT: Rule(
            notice_class=_UTILITY, ladder=_WHATSAPP, quiet=Quiet.OPEN_STORE, merge_group="results"
        ),
        NoticeKind.DID_NOT_COME: Rule(
            notice_class=_SERVICE, ladder=_WHATSAPP, quiet=Quiet.WAIT, most_a_day=1
        ),
        # Whoever has just been in the store is awake.
        NoticeKind.AFTER: Rule(
            notice_class=_SERVICE, ladder=_WHATSAPP, quiet=Quiet.OPEN_STORE, most_a_day=3
        ),
    }
)
