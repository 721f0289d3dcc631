"""How a reader says that an item cannot be worked on."""

from __future__ import annotations

from whatsapp.gateway.codes import Reason


class Refused(Exception):
    """This item cannot be worked on; ``is_harmless`` when there is nothing a person need do."""

    def __init__(self, reason: Reason, what: str = "", *, is_harmless: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.what = what
        self.is_harmless = is_harmless
