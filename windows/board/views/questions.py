"""What scans left to the owner: conflicts, disputes, prices."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from commerce.places.queries import StoreCard
from iceshop.infra.db import run_operation
from iceshop.infra.http.middleware import TimedRequest
from iceshop.infra.http.responses import page, see
from iceshop.kernel.errors import NotFound
from windows.board.asking import question_lines
from windows.board.forms import AnswerForm
from windows.board.pages import actor, decider_page, frame, store_page
from windows.passes import services as passes
from windows.passes.domain import Answer


@require_safe
@store_page
def questions(request: TimedRequest, store: StoreCard) -> HttpResponse:
    """Show what waits; people who only serve see it, the owner and managers decide."""
    context = {
        **frame(request, store, "till"),
        "questions": question_lines(store, now=request.now),
    }
    return page(request, "windows/board/questions.html", context)


@require_POST
@decider_page
def answer(request: TimedRequest, store: StoreCard, question_id: UUID) -> HttpResponse:
    """Decide one."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise NotFound("question.unknown")
    is_first = run_operation(
        passes.answer_question,
        question_id=question_id,
        store_id=store.id,
        answer=Answer(form.cleaned_data["answer"]),
        by=actor(request),
        now=request.now,
    )
    words = gettext("Decided.") if is_first else gettext("Somebody had decided this before.")
    messages.success(request, words)
    return see(request, "board:questions", store.id)
