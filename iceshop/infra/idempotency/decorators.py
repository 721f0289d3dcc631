"""The decorator for handlers of API views."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, Protocol

from django.http import Http404
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from iceshop.infra import clock
from iceshop.infra.idempotency import services
from iceshop.infra.idempotency.services import Attempt, KeptAnswer
from iceshop.kernel.errors import DomainError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"


class KeyedView(Protocol):
    """A view whose handlers may be idempotent; ``idempotency_id`` is one for all tries."""

    idempotency_id: int | None

    def handle_exception(self, exc: Exception) -> Response:
        """Turn a refusal into an answer."""


def idempotent(handler: Callable[..., Response]) -> Callable[..., Response]:
    """Answer a request with a known ``Idempotency-Key`` as the first time; without one do nothing.

    The handler finds ``idempotency_id`` at its view. Refusals are kept like other answers.
    Raises: Invalid("idempotency.key"), Invalid("idempotency.other_body"),
    Conflict("idempotency.in_progress").
    """

    @wraps(handler)
    def run(view: KeyedView, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **kwargs)
        attempt = Attempt(
            principal=str(request.user.id),
            route=f"{request.method} {request.path}"[:200],
            key=key,
            body_sha256=sha256(request.body).hexdigest(),
        )
        begun = services.begin(attempt=attempt, now=clock.now())
        if isinstance(begun, KeptAnswer):
            return _replayed(begun)
        view.idempotency_id = begun
        answer = None
        try:
            answer = _answer(handler, view, request, *args, **kwargs)
        finally:
            if answer is None:
                services.free(attempt=attempt)
        services.keep(attempt=attempt, answer=_kept(answer))
        return answer

    return run


def _answer(
    handler: Callable[..., Response], view: KeyedView, request: Request, *args: Any, **kwargs: Any
) -> Response:
    try:
        return handler(view, request, *args, **kwargs)
    except (DomainError, APIException, Http404) as refusal:
        return view.handle_exception(refusal)


def _kept(answer: Response) -> KeptAnswer:
    body = JSONRenderer().render(answer.data).decode()
    return KeptAnswer(answer.status_code, answer.content_type or "", body)


def _replayed(kept: KeptAnswer) -> Response:
    body = json.loads(kept.body) if kept.body else None
    answer = Response(body, status=kept.status, content_type=kept.content_type or None)
    answer.headers[REPLAYED] = "true"
    return answer
