#!/usr/bin/env python3
"""Django's commands: in `.venv`, on the running servers or on ones that end with the command."""

import os
import sys

from iceshop.embedded.directory import chosen_directory
from iceshop.embedded.environment import run_inside
from iceshop.embedded.refusal import refusals_on_stderr
from iceshop.embedded.servers import servers_for_command


def main() -> None:
    """Run one command. In production nothing is bundled: packages and addresses are given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iceshop.settings")
    with refusals_on_stderr():
        if os.environ.get("ICESHOP_ENV") == "production":
            _execute()
            return
        run_inside()
        with servers_for_command(chosen_directory(None)):
            _execute()


def _execute() -> None:
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
