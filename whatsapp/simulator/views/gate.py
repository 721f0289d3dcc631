"""Whether the simulator exists here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.conf import settings
from django.http import Http404

P = ParamSpec("P")
Q = TypeVar("Q")
R = TypeVar("R")


def only_simulated(view: Callable[Concatenate[Q, P], R]) -> Callable[Concatenate[Q, P], R]:
    """Let ``view`` answer 404 unless the simulator is switched on."""

    @wraps(view)
    def run(request: Q, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not settings.SIMULATOR_ENABLED:
            raise Http404
        return view(request, *args, **kwargs)

    return run
