"""A process of its own that owns bundled servers, for tests that kill it.

Usage: python -m iceshop.tests.embedded.owner DATA. Prints one JSON line once the servers run and
stays until it is told to end.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from iceshop.embedded.directory import DataDirectory
from iceshop.embedded.process import Family
from iceshop.embedded.refusal import refusals_on_stderr
from iceshop.embedded.servers import start_servers
from iceshop.embedded.signals import stopped_by_signals


def main(path: str) -> None:
    data = DataDirectory(Path(path))
    with refusals_on_stderr(), stopped_by_signals():
        data.claim()
        with Family() as family:
            urls = start_servers(data, family, {})
            pids = [child.pid for child in family.children]
            sys.stdout.write(json.dumps({"urls": urls, "pids": pids}) + "\n")
            sys.stdout.flush()
            signal.pause()


if __name__ == "__main__":
    main(sys.argv[1])
