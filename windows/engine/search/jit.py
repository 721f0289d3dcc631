"""Compile kernels once per machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from windows.engine.search.folder import folder

F = TypeVar("F", bound=Callable[..., Any])
_FOLDER = str(folder())


def kernel(function: F) -> F:
    """Compile a function on its first call; later processes load the machine code.

    The machine code of all kernels lies in one folder, named after all their sources: a kernel is
    compiled again when one that it calls has changed.
    """
    settings: Any = numba.config
    before, settings.CACHE_DIR = settings.CACHE_DIR, _FOLDER
    try:
        compiled: Any = numba.njit(cache=True, nogil=True)(function)
    finally:
        settings.CACHE_DIR = before
    return cast("F", compiled)
