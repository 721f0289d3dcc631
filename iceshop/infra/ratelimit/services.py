"""Taking from a bucket."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import redis
import structlog
from django.conf import settings

log = structlog.get_logger(__name__)

# One round trip, atomic: fill by the time passed, then take one or say how long until there is one.
# The server's own clock counts, so that all processes agree.
_TAKE = """
local now = redis.call('TIME')
local at = now[1] + now[2] / 1000000
local capacity, per_second = tonumber(ARGV[1]), tonumber(ARGV[2])
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = tonumber(kept[1]) or capacity
level = math.min(capacity, level + math.max(0, at - (tonumber(kept[2]) or at)) * per_second)
local wait = 0
if level >= 1 then level = level - 1 else wait = (1 - level) / per_second end
redis.call('HSET', KEYS[1], 'level', tostring(level), 'at', tostring(at))
redis.call('PEXPIRE', KEYS[1], math.ceil(capacity / per_second * 1000) + 1000)
return tostring(wait)
"""


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many may come at once, and how many a second in the long run."""

    capacity: int
    per_second: float


def take(*, key: str, bucket: Bucket) -> float:
    """Take one from the bucket of ``key``; seconds to wait until there is one, 0 when taken.

    Where Redis does not answer, everybody passes: a limit is no reason to stand still.
    """
    try:
        wait = _client(settings.REDIS_URL).eval(
            _TAKE, 1, f"ratelimit:{key}", bucket.capacity, bucket.per_second
        )
    except (redis.RedisError, OSError):
        log.warning("ratelimit.unreachable")
        return 0.0
    return float(wait)


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
