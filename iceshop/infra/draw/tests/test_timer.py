from datetime import UTC, datetime, timedelta

import pytest

from iceshop.infra.draw.timer import Face, Phase, countdown, dashes, face

STARTS_AT = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
ENDS_AT = STARTS_AT + timedelta(minutes=20)
GRACE_UNTIL = ENDS_AT + timedelta(minutes=5)


def at(minutes: float, grace: datetime | None = GRACE_UNTIL) -> Face:
    now = STARTS_AT + timedelta(minutes=minutes)
    return face(starts_at=STARTS_AT, ends_at=ENDS_AT, now=now, grace_until=grace)


@pytest.mark.parametrize(
    ("minutes", "phase", "figure"),
    [
        (-42, Phase.BEFORE, "42"),
        (-0.5, Phase.BEFORE, "1"),
        (0, Phase.OPEN, "20:00"),
        (7 + 20 / 60, Phase.OPEN, "12:40"),
        (19.99, Phase.OPEN, "0:00"),
        (20, Phase.GRACE, "0:00"),
        (25, Phase.OVER, "0:00"),
    ],
)
def test_face_by_time(minutes: float, phase: Phase, figure: str) -> None:
    shown = at(minutes)
    assert (shown.phase, shown.figure) == (phase, figure)


def test_face_without_grace_is_over_at_the_end() -> None:
    assert at(20, grace=None).phase is Phase.OVER


def test_edge_splits_into_elapsed_running_and_left() -> None:
    shown = at(7 + 20 / 60)
    assert shown.segments == 20
    assert shown.elapsed == dashes(0, 7, 20)
    assert shown.running == "0 7 .76 12.24"
    assert shown.left == dashes(8, 12, 20)


@pytest.mark.parametrize(
    ("first", "count", "total"), [(0, 3, 20), (7, 1, 20), (8, 12, 20), (0, 1, 1)]
)
def test_dashes_cover_the_whole_edge_once(first: int, count: int, total: int) -> None:
    lengths = [float(part) for part in dashes(first, count, total).split()]
    covered = sum(lengths)
    assert covered == pytest.approx(1 if count == total else total)
    assert sum(lengths[offset] for offset in _shown(first, lengths)) == pytest.approx(
        0.76 if count == total else 0.76 * count
    )


def _shown(first: int, lengths: list[float]) -> range:
    return range(2 if first else 0, len(lengths), 2)


def test_last_minute_of_a_window_leaves_nothing_behind_the_running_one() -> None:
    shown = at(19.5)
    assert (shown.running, shown.left) == ("0 19 .76 .24", "0 20")


def test_long_span_counts_five_minutes_a_segment() -> None:
    shown = face(
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + timedelta(hours=2),
        now=STARTS_AT + timedelta(minutes=11),
    )
    assert (shown.segments, shown.elapsed) == (24, dashes(0, 2, 24))


def test_countdown_never_goes_below_zero() -> None:
    assert countdown(-90) == "0:00"
