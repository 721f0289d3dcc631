"""The one sentence for each answer of a check-in, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from iceshop.infra.http.wording import say
from iceshop.infra.templatetags.words import clock, day, distance, language, locative
from iceshop.kernel.time import local_day
from windows.flash.domain import ADMITTED, Refusal

# A scan at a till that had no connection and not this code on its list.
NOT_LISTED = "pass.not_listed"
_INSTANTS = ("starts_at", "ends_at", "used_at", "shown_at")


def times(facts: Mapping[str, Any], zone: ZoneInfo) -> dict[str, str]:
    """Each instant among the facts as a wall time; empty where it is not known."""
    return {
        name: clock(datetime.fromisoformat(facts[name]), zone) if facts.get(name) else ""
        for name in _INSTANTS
    }


def sentence(
    code: str, facts: Mapping[str, Any], *, zone: ZoneInfo, tills: Mapping[str, str], now: datetime
) -> str:
    """What the person at the till reads; ``tills`` are the names of the store's devices.

    Times are by the clock of the store where the pass counts.
    """
    zone = ZoneInfo(facts["right_zone"]) if "right_zone" in facts else zone
    starts_at = datetime.fromisoformat(facts["starts_at"]) if facts.get("starts_at") else None
    words = {name: locative(word) for name, word in times(facts, zone).items()}
    used_device = tills.get(facts.get("used_device", ""))
    return say(
        _variant(code, facts, starts_at, zone, now),
        language(),
        words
        | {
            "day": day(starts_at, zone) if starts_at else "",
            "till": gettext("on %(till)s") % {"till": locative(used_device)}
            if used_device
            else gettext("on another till"),
            "right_store": facts.get("right_store", ""),
            "distance": distance(facts.get("metres", 0)),
            "booked": facts.get("booked", 0),
            "free": facts.get("free", 0),
            "rest": facts.get("still_to_come", 0),
        },
    )


def _variant(
    code: str,
    facts: Mapping[str, Any],
    starts_at: datetime | None,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """A code whose sentence depends on the facts has a second one."""
    if code == ADMITTED and facts.get("still_to_come"):
        return "pass.admitted_part"
    is_other_day = starts_at is not None and local_day(starts_at, zone) != local_day(now, zone)
    return "pass.other_day" if is_other_day and code == Refusal.TOO_EARLY else code
