"""Everything that decides, applies and keeps rounds, one file a use-case."""

from windows.rounds.services.answering import answer
from windows.rounds.services.applying import apply
from windows.rounds.services.claiming import holding
from windows.rounds.services.keeping import forget_old, keep
from windows.rounds.services.modes import switch_mode
from windows.rounds.services.running import RoundReport, run
from windows.rounds.services.seeds import commit_seed

__all__ = [
    "RoundReport",
    "answer",
    "apply",
    "commit_seed",
    "forget_old",
    "holding",
    "keep",
    "run",
    "switch_mode",
]
