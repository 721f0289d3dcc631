"""Tables of the windows app."""

from windows.flash.models import Invite, Seat, Window, WindowEvent
from windows.intents.models import Intent, IntentEvent, IntentSpan
from windows.negotiation.models import Ask, AskEvent, AskMember
from windows.notices.models import Notice
from windows.outcomes.models import SeatOutcome, WindowResult
from windows.passes.models import Pass, PassScan
from windows.rounds.models import DecisionRecord, Round, RoundRecord

__all__ = [
    "Ask",
    "AskEvent",
    "AskMember",
    "DecisionRecord",
    "Intent",
    "IntentEvent",
    "IntentSpan",
    "Invite",
    "Notice",
    "Pass",
    "PassScan",
    "Round",
    "RoundRecord",
    "Seat",
    "SeatOutcome",
    "Window",
    "WindowEvent",
    "WindowResult",
]
