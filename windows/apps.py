"""The windows app."""

from django.apps import AppConfig


class WindowsConfig(AppConfig):
    """App label ``windows``."""

    name = "windows"

    def ready(self) -> None:
        """Tell what violated constraints mean, and how a person is erased."""
        from iceshop.infra.db import CONSTRAINT_CODES
        from windows.keeper import register

        register()
        CONSTRAINT_CODES.update(
            {
                "ask_offering_once_at_a_time": "ask.already_asked",
                "ask_member_live_once": "intent.in_other_ask",
                "window_offering_no_overlap": "window.overlaps",
                "window_seats_within_cap": "window.full",
                "seat_person_no_overlap": "seat.overlap",
                "seat_once_per_person": "seat.already",
            }
        )
