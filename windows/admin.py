"""Admin pages of the windows app."""

from windows.flash.admin import InviteAdmin, SeatAdmin, WindowAdmin, WindowEventAdmin
from windows.intents.admin import IntentAdmin, IntentEventAdmin, IntentSpanAdmin
from windows.learning.admin import DriftCheckAdmin, OffsetAdmin, ParameterSetAdmin, RangeCheckAdmin
from windows.negotiation.admin import AskAdmin, AskEventAdmin, AskMemberAdmin
from windows.notices.admin import NoticeAdmin
from windows.outcomes.admin import SeatEstimateAdmin, SeatOutcomeAdmin, WindowResultAdmin
from windows.passes.admin import PassAdmin, PassScanAdmin, ScanQuestionAdmin
from windows.rounds.admin import (
    DecisionRecordAdmin,
    EngineModeAdmin,
    RoundAdmin,
    RoundPartAdmin,
    RoundRecordAdmin,
    RoundSeedAdmin,
)
from windows.strikes.admin import StrikeAdmin
from windows.tills.admin import TillDeviceAdmin
from windows.twin.admin import TwinCheckAdmin

__all__ = [
    "AskAdmin",
    "AskEventAdmin",
    "AskMemberAdmin",
    "DecisionRecordAdmin",
    "DriftCheckAdmin",
    "EngineModeAdmin",
    "IntentAdmin",
    "IntentEventAdmin",
    "IntentSpanAdmin",
    "InviteAdmin",
    "NoticeAdmin",
    "OffsetAdmin",
    "ParameterSetAdmin",
    "PassAdmin",
    "PassScanAdmin",
    "RangeCheckAdmin",
    "RoundAdmin",
    "RoundPartAdmin",
    "RoundRecordAdmin",
    "RoundSeedAdmin",
    "ScanQuestionAdmin",
    "SeatAdmin",
    "SeatEstimateAdmin",
    "SeatOutcomeAdmin",
    "StrikeAdmin",
    "TillDeviceAdmin",
    "TwinCheckAdmin",
    "WindowAdmin",
    "WindowEventAdmin",
    "WindowResultAdmin",
]
