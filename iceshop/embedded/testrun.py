"""`bin/test`: the environment with development packages, then pytest in place of this process."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from iceshop.embedded.chromium import HOW_TO_GET_IT, find_chromium
from iceshop.embedded.environment import ROOT, run_inside
from iceshop.embedded.refusal import refusals_on_stderr


def main() -> NoReturn:
    """Hand over to pytest with the arguments as they are; `conftest.py` brings the servers."""
    with refusals_on_stderr():
        run_inside(development=True)
    if find_chromium() is None:
        sys.stdout.write(f"Browser tests are skipped: {HOW_TO_GET_IT}\n")
        sys.stdout.flush()
    os.environ["ICESHOP_ENV"] = "test"
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]])  # noqa: S606 - ours
