"""Everything that changes windows, invites and seats, one file a use-case."""

from windows.flash.services.check_in import NOTHING_TOLD, CheckInResult, Told, check_in
from windows.flash.services.deals import (
    DirectDeal,
    accept_ask,
    counter_ask,
    open_by_rule,
    open_directly,
)
from windows.flash.services.invites import (
    InvitedPerson,
    decline_invite,
    invite_reachable,
    withdraw_invites,
)
from windows.flash.services.joining import JoinResult, accept_invite, accept_or_wait, join
from windows.flash.services.lifecycle import (
    cancel_window,
    keep_window,
    limit_stock,
    mark_settled,
    move_due,
    set_joins_paused,
)
from windows.flash.services.offline import OfflineScan, Received, receive_scan
from windows.flash.services.seats import change_party, confirm_seat, release_seat, say_on_way
from windows.flash.services.undo import Undone, undo_check_in
from windows.flash.services.waitlist import ListPlace, leave_lists

__all__ = [
    "NOTHING_TOLD",
    "CheckInResult",
    "DirectDeal",
    "InvitedPerson",
    "JoinResult",
    "ListPlace",
    "OfflineScan",
    "Received",
    "Told",
    "Undone",
    "accept_ask",
    "accept_invite",
    "accept_or_wait",
    "cancel_window",
    "change_party",
    "check_in",
    "confirm_seat",
    "counter_ask",
    "decline_invite",
    "invite_reachable",
    "join",
    "keep_window",
    "leave_lists",
    "limit_stock",
    "mark_settled",
    "move_due",
    "open_by_rule",
    "open_directly",
    "receive_scan",
    "release_seat",
    "say_on_way",
    "set_joins_paused",
    "undo_check_in",
    "withdraw_invites",
]
