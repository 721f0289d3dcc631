"""Tables of the windows app."""

from windows.flash.models import Invite, Seat, Window, WindowEvent
from windows.intents.models import Intent, IntentEvent, IntentSpan
from windows.learning.models import DriftCheck, Offset, ParameterSet, RangeCheck
from windows.negotiation.models import Ask, AskEvent, AskMember
from windows.notices.models import Notice
from windows.outcomes.models import SeatEstimate, SeatOutcome, WindowResult
from windows.passes.models import Pass, PassScan, ScanQuestion
from windows.rounds.models import (
    DecisionRecord,
    EngineMode,
    Round,
    RoundPart,
    RoundRecord,
    RoundSeed,
)
from windows.strikes.models import Strike
from windows.tills.models import TillDevice
from windows.twin.models import TwinCheck

__all__ = [
    "Ask",
    "AskEvent",
    "AskMember",
    "DecisionRecord",
    "DriftCheck",
    "EngineMode",
    "Intent",
    "IntentEvent",
    "IntentSpan",
    "Invite",
    "Notice",
    "Offset",
    "ParameterSet",
    "Pass",
    "PassScan",
    "RangeCheck",
    "Round",
    "RoundPart",
    "RoundRecord",
    "RoundSeed",
    "ScanQuestion",
    "Seat",
    "SeatEstimate",
    "SeatOutcome",
    "Strike",
    "TillDevice",
    "TwinCheck",
    "Window",
    "WindowEvent",
    "WindowResult",
]
