"""Every night: learn anew, test on what happened since, take what is better, keep the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from commerce.forecast.numerics.trees import CannotLearn
from iceshop.infra.db import outside
from windows.flash import turnout
from windows.learning.domain import fitting
from windows.learning.domain.fitting import Candidate, SeatLesson, WindowLesson
from windows.learning.domain.judgement import (
    LEAST_OUTCOMES,
    LEAST_TESTED,
    LEAST_TESTED_WINDOWS,
    Reason,
    judged,
)
from windows.learning.domain.parameters import Kind, Model, Parameters, read_show
from windows.learning.queries import in_force
from windows.learning.services.keeping import (
    Verdict,
    champion_saw,
    first_tested,
    is_due,
    store,
)
from windows.outcomes import lessons as taught
from windows.outcomes.lessons import Lesson

log = structlog.get_logger(__name__)

_MOST_LESSONS = 50_000
_ANSWERS_FOR, _ANSWERS_TESTED = timedelta(days=28), timedelta(days=7)
# Answers that the usual share of yes is worth before any came.
_USUAL_WEIGHT = 20


@outside
def refit(*, now: datetime) -> int:
    """Learn each model anew and let it compete; returns how many were taken.

    Once for what happened up to the same moment, and not more often than every twenty hours. Where
    learning fails, what is in force stays, and the reason is kept.
    """
    through = taught.lessons_through()
    taken = 0
    if through is not None:
        lessons = taught.latest_lessons(limit=_MOST_LESSONS)
        if is_due(Model.SHOW, through=through, now=now):
            taken += _refit(Model.SHOW, _judge_show, lessons, through, now)
        if is_due(Model.SHOCK, through=through, now=now):
            taken += _refit(Model.SHOCK, _judge_shock, lessons, through, now)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if is_due(Model.ACCEPT, through=day, now=now):
        taken += _refit_accepts(day, now)
    return taken


def _refit(
    model: Model,
    judge: Callable[[Sequence[Lesson], int, Parameters], Verdict],
    lessons: Sequence[Lesson],
    through: datetime,
    now: datetime,
) -> bool:
    if len(lessons) < LEAST_OUTCOMES:
        return store(
            model,
            verdict=Verdict(Reason.TOO_FEW),
            lessons=lessons,
            through=through,
            now=now,
            count=None,
        )
    first = first_tested(lessons, seen=champion_saw(model))
    if len(lessons) - first < LEAST_TESTED:
        return store(
            model,
            verdict=Verdict(Reason.TOO_FEW_NEW),
            lessons=lessons,
            through=through,
            now=now,
            count=None,
        )
    try:
        verdict = judge(lessons, first, in_force())
    except CannotLearn:
        log.exception("learning.failed", model=model.value)
        verdict = Verdict(Reason.CANNOT_LEARN)
    return store(model, verdict=verdict, lessons=lessons, through=through, now=now, count=None)


def _judge_show(lessons: Sequence[Lesson], first: int, force: Parameters) -> Verdict:
    """Back-test every way to learn; the best of them meets the champion."""
    seats = [SeatLesson(one.figures, one.came) for one in lessons]
    early, late = seats[:first], seats[first:]
    tried = []
    for learn in fitting.candidates(len(early)):
        made = learn(early)
        model = read_show(0, made.kind, made.payload, made.trees)
        tried.append((fitting.show_score(model, late), learn))
    score, learn = min(tried, key=lambda one: one[0].loss)
    champion = fitting.show_score(force.show, late)
    reason = judged(champion, score)
    return Verdict(reason, learn(seats) if reason is Reason.BETTER else None, (champion, score))


def _judge_shock(lessons: Sequence[Lesson], first: int, force: Parameters) -> Verdict:
    while 0 < first < len(lessons) and lessons[first].window_id == lessons[first - 1].window_id:
        first += 1  # a window is tested as a whole
    early, late = _windows(lessons[:first]), _windows(lessons[first:])
    if len(late) < LEAST_TESTED_WINDOWS:
        return Verdict(Reason.TOO_FEW_NEW)
    made = fitting.shocks(early)
    champion = fitting.shock_score(lambda region: force.shocks.of(region) / 1000, late)
    score = fitting.shock_score(
        lambda region: made["regions"].get(region, made["general"]) / 1000, late
    )
    reason = judged(champion, score)
    anew = fitting.shocks([*early, *late]) if reason is Reason.BETTER else None
    return Verdict(
        reason, None if anew is None else Candidate(Kind.SPREAD, anew), (champion, score)
    )


def _windows(lessons: Sequence[Lesson]) -> list[WindowLesson]:
    return [
        WindowLesson(
            region=rows[0].region,
            chances=tuple(one.permille / 1000 for one in rows),
            people=tuple(one.party_size for one in rows),
            came=sum(one.people_in for one in rows),
        )
        for rows in taught.by_window(lessons).values()
    ]


def _refit_accepts(day: datetime, now: datetime) -> bool:
    """The share of invites that are accepted; tested on the last week."""
    last_week = day - _ANSWERS_TESTED
    early = turnout.answers(since=day - _ANSWERS_FOR, until=last_week)
    late = turnout.answers(since=last_week, until=day)
    count = early.answered + late.answered
    if not count:
        return False
    if early.answered < LEAST_OUTCOMES or late.answered < LEAST_TESTED:
        return store(
            Model.ACCEPT,
            verdict=Verdict(Reason.TOO_FEW),
            lessons=(),
            through=day,
            now=now,
            count=count,
        )
    usual = in_force().accepts.permille
    early_share = _share(usual, early.accepted, early.answered)
    scores = tuple(
        fitting.share_score(permille, late.accepted, late.answered)
        for permille in (usual, early_share)
    )
    reason = judged(scores[0], scores[1])
    share = _share(usual, early.accepted + late.accepted, count)
    made = Candidate(Kind.SHARE, {"permille": share}) if reason is Reason.BETTER else None
    return store(
        Model.ACCEPT,
        verdict=Verdict(reason, made, (scores[0], scores[1])),
        lessons=(),
        through=day,
        now=now,
        count=count,
    )


def _share(usual_permille: int, accepted: int, answered: int) -> int:
    found = (usual_permille * _USUAL_WEIGHT + 1000 * accepted) / (_USUAL_WEIGHT + answered)
    return min(990, max(10, round(found)))
