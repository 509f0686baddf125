"""How often somebody may ask: so many requests a minute, counted in Django's cache.

Counted per process where the cache is each process's own (the default): with two workers up to twice as many pass.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import ngettext

from clusterpolisee.shell.api.problems import Problem

VISITOR, MEMBER = "visitor", "member"
WINDOW_SECONDS = 60


@dataclass(frozen=True)
class Budget:
    """What is left of this minute (draft-ietf-httpapi-ratelimit-headers)."""

    name: str
    limit: int
    remaining: int
    seconds: int

    def headers(self) -> dict[str, str]:
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.limit};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.name}";r={self.remaining};t={self.seconds}',
        }


def spend(name: str, key: str, *, now: float | None = None) -> Budget:
    """Take one request from the budget; raises the problem 429 when nothing is left."""
    moment = time.time() if now is None else now
    window = int(moment // WINDOW_SECONDS)
    seconds = max(1, math.ceil((window + 1) * WINDOW_SECONDS - moment))
    limit = settings.API_REQUESTS_PER_MINUTE[name]
    used = _count(f"api:{name}:{key}:{window}")
    budget = Budget(name, limit, max(0, limit - used), seconds)
    if used > limit:
        sentence = ngettext(
            "No more than %(limit)s requests a minute. Ask again in %(seconds)s second.",
            "No more than %(limit)s requests a minute. Ask again in %(seconds)s seconds.",
            seconds,
        ) % {"limit": limit, "seconds": seconds}
        raise Problem(429, sentence, headers={**budget.headers(), "Retry-After": str(seconds)})
    return budget


def _count(key: str) -> int:
    cache = caches["limits"]
    cache.add(key, 0, 2 * WINDOW_SECONDS)
    try:
        return int(cache.incr(key))
    except ValueError:  # swept in between
        cache.set(key, 1, 2 * WINDOW_SECONDS)
        return 1
