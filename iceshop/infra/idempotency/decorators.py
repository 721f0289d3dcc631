"""The decorator for handlers of API views."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar

from django.http import Http404
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from iceshop.infra.idempotency import services
from iceshop.infra.idempotency.services import Attempt, KeptAnswer
from iceshop.kernel.errors import DomainError

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
V = TypeVar("V", bound=APIView)


def idempotent(handler: Callable[..., Response]) -> Callable[..., Response]:
    """Answer a request with a known ``Idempotency-Key`` as its first time; without a key do nothing.

    The handler runs outside any transaction. Refusals are kept like other answers.
    Raises: Invalid("idempotency.key"), Invalid("idempotency.other_body"),
    Conflict("idempotency.in_progress").
    """

    @wraps(handler)
    def run(view: V, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **kwargs)
        attempt = Attempt(
            principal=str(request.user.id),
            route=f"{request.method} {request.path}"[:200],
            key=key,
            body_sha256=sha256(request.body).hexdigest(),
        )
        kept = services.begin(attempt=attempt, now=request.now)
        if kept is not None:
            return _replayed(kept)
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
    handler: Callable[..., Response], view: APIView, request: Request, *args: Any, **kwargs: Any
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
