"""Counting people into a window and out of it, by one conditional update each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest, Least

from iceshop.infra.db import step
from iceshop.kernel.errors import Conflict, NotFound
from windows.flash.domain import GROUP_NOT_REACHED, LIVE_WINDOWS, WindowState
from windows.flash.models import Window
from windows.flash.queries import stated_total, window_of_row


def cancelled(window: Window) -> Conflict:
    """Why nobody can come to a cancelled window: the shop's word, or too small a group."""
    is_small = window.cancel_reason == GROUP_NOT_REACHED
    return Conflict("window.too_small") if is_small else Conflict("window.cancelled")


@step
def take_seats(*, window_id: UUID, people: int, now: datetime) -> Window:
    """Count ``people`` in by one conditional update; raises why not."""
    taken = Window.objects.filter(
        pk=window_id,
        state__in=LIVE_WINDOWS,
        ends_at__gt=now,
        joins_paused=False,
        seats_taken__lte=F("seats_max") - people,
    ).update(seats_taken=F("seats_taken") + people, version=F("version") + 1)
    window = Window.objects.filter(pk=window_id).first()
    if window is None:
        raise NotFound("window.unknown")
    if taken:
        return window
    state = window_of_row(window, now).state
    if state is WindowState.CANCELLED:
        raise cancelled(window)
    if state is WindowState.CLOSED:
        raise Conflict("window.closed")
    if window.joins_paused:
        raise Conflict("window.joins_paused")
    raise Conflict("window.full", free=window.seats_max - window.seats_taken)


@step
def free_seats(*, window_id: UUID, people: int) -> None:
    """Count ``people`` out; places for which the seller has nothing left are not given again."""
    window = Window.objects.filter(pk=window_id)
    window.update(seats_taken=F("seats_taken") - people, version=F("version") + 1)
    enough_for = stated_total(window_id)
    if enough_for is not None:
        window.update(seats_max=Least(F("seats_max"), Greatest(F("seats_taken"), enough_for)))
