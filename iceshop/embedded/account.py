"""PostgreSQL refuses to run as root: borrow an account that exists already.

No account is made and no folder's rights are widened. Where the borrowed account cannot reach
the binaries (an environment below a 0700 home), they are copied once to a place of root's own.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from iceshop.embedded.refusal import Refused

SYSTEM_FOLDER = Path("/var/lib/iceshop")
_CANDIDATES = ("postgres", "nobody")


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Account:
    """A user of the system under which a server runs."""

    uid: int
    gid: int

    def as_popen(self) -> _Identity:
        """Return the arguments of `subprocess` that change to this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        """Say whether the account can pass through ``folder`` and all above it."""
        return self._passes("-x", folder)

    def _passes(self, condition: str, path: Path) -> bool:
        test = ["test", condition, str(path)]
        return subprocess.run(test, cwd="/", check=False, **self.as_popen()).returncode == 0


def borrowed_account(owned: Path) -> Account | None:
    """Return the account for PostgreSQL when this is root, None otherwise.

    The owner of ``owned``, if it exists, else the first account that the system has.
    Raises: Refused when the system has none.
    """
    if os.geteuid() != 0:
        return None
    if owned.exists() and (owner := owned.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Refused(
        "PostgreSQL does not run as root and this system has neither a `postgres` nor a `nobody` "
        "account: start as an ordinary user."
    )
