"""Servers for tests: fast, in a temporary folder, gone with the process that started them.

As a program it lends them to another one: ``python -m iceshop.embedded.throwaway COMMAND...``
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from iceshop.embedded.directory import DataDirectory
from iceshop.embedded.postgres import THROWAWAY
from iceshop.embedded.process import Family
from iceshop.embedded.refusal import refusals_on_stderr
from iceshop.embedded.servers import start_servers


@contextmanager
def throwaway_servers(given: dict[str, str]) -> Iterator[dict[str, str]]:
    """Give both URLs; start the servers whose URL is not ``given``. Raises: Refused."""
    with Family() as family:
        folder = Path(tempfile.mkdtemp(prefix="iceshop-test-"))
        folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        family.guardian.watch_folder(folder)
        data = DataDirectory(folder / "data")
        data.make()
        cluster, _ = data.cluster()
        family.guardian.watch_folder(cluster)
        yield start_servers(data, family, given, THROWAWAY)


def main(command: list[str]) -> int:
    """Run ``command`` with DATABASE_URL and REDIS_URL of servers that end with it."""
    with refusals_on_stderr(), throwaway_servers({}) as urls:
        return subprocess.run(command, env=os.environ | urls, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
