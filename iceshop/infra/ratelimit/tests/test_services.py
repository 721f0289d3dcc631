from __future__ import annotations

from typing import Any

from iceshop.infra.ratelimit.services import Bucket, take
from iceshop.kernel.ids import new_id

SLOW = Bucket(capacity=2, per_second=0.001)


def test_bucket_gives_its_capacity_and_then_says_how_long() -> None:
    key = str(new_id())

    waits = [take(key=key, bucket=SLOW) for _ in range(3)]

    assert waits[:2] == [0, 0]
    assert 900 < waits[2] <= 1000


def test_bucket_fills_with_time() -> None:
    key, fast = str(new_id()), Bucket(capacity=1, per_second=1_000_000)

    assert [take(key=key, bucket=fast) for _ in range(3)] == [0, 0, 0]


def test_keys_have_buckets_of_their_own() -> None:
    one, other = str(new_id()), str(new_id())
    for _ in range(3):
        take(key=one, bucket=SLOW)

    assert take(key=other, bucket=SLOW) == 0


def test_everybody_passes_where_redis_is_gone(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1"

    assert [take(key="x", bucket=SLOW) for _ in range(3)] == [0, 0, 0]
