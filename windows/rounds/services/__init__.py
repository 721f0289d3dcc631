"""Everything that decides, applies and keeps rounds, one file a use-case."""

from windows.rounds.services.applying import apply
from windows.rounds.services.keeping import forget_old, keep
from windows.rounds.services.running import RoundReport, only_one, run

__all__ = ["RoundReport", "apply", "forget_old", "keep", "only_one", "run"]
