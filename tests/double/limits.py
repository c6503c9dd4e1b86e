"""When does Discord say 429?

Windows start with their first request and end after their period, for each route and major parameter (channel, guild,
webhook), as the response headers of Discord show them. The figures per route are what clients have seen; Discord
promises none of them, which is why a client has to read the headers.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections import Counter
from dataclasses import dataclass, field

__all__ = ["DEFAULT_LIMITS", "Limits", "Verdict"]

DEFAULT_LIMITS: dict[str, tuple[int, float]] = {
    "POST /channels/{channel_id}/messages": (5, 5.0),
    "PATCH /channels/{channel_id}/messages/{message_id}": (5, 5.0),
    "DELETE /channels/{channel_id}/messages/{message_id}": (5, 1.0),
    "GET /channels/{channel_id}/messages": (5, 5.0),
    "GET /channels/{channel_id}/messages/{message_id}": (5, 5.0),
    "POST /channels/{channel_id}/messages/{message_id}/crosspost": (10, 3600.0),
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me": (1, 0.25),
    "POST /channels/{channel_id}/threads": (50, 300.0),
    "POST /channels/{channel_id}/messages/{message_id}/threads": (50, 300.0),
    "POST /webhooks/{webhook_id}/{webhook_token}": (5, 2.0),
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": (5, 2.0),
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original": (5, 2.0),
    "POST /users/@me/channels": (10, 10.0),
    "PUT /applications/{application_id}/commands": (5, 20.0),
    "PUT /applications/{application_id}/guilds/{guild_id}/commands": (5, 20.0),
    "GET /gateway/bot": (2, 5.0),
}
_MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")


@dataclass(slots=True)
class _Window:
    limit: int
    period: float
    ends: float = 0.0
    used: int = 0

    def take(self, now: float) -> bool:
        if now >= self.ends:
            self.ends, self.used = now + self.period, 0
        self.used += 1
        return self.used <= self.limit


@dataclass(slots=True)
class Verdict:
    """The headers of an answer, and for a 429 how long to wait and whether it is the global limit."""

    headers: dict[str, str] = field(default_factory=dict)
    retry_after: float | None = None
    everywhere: bool = False


class Limits:
    """The limits in force and a count of what was refused; `on = False` lets everything through."""

    def __init__(
        self, *, on: bool = True, a_second: int = 50, routes: dict[str, tuple[int, float]] | None = None
    ) -> None:
        self.on, self.routes = on, DEFAULT_LIMITS if routes is None else routes
        self.everywhere = _Window(a_second, 1.0)
        self.refused: Counter[str] = Counter()
        self._windows: dict[tuple[str, ...], _Window] = {}
        self._buckets: dict[str, str] = {}

    def judge(self, route: str, params: dict[str, str], *, exempt: bool) -> Verdict:
        """Count a request. `exempt` ones (interactions' and webhooks' addresses) don't count for the global limit."""
        verdict = Verdict()
        if not self.on:
            return verdict
        now = time.monotonic()
        if not exempt and not self.everywhere.take(now):
            return self.refuse(route, self.everywhere.ends - now, everywhere=True)
        if (rule := self.routes.get(route)) is None:
            return verdict
        key = (route, *(params[name] for name in _MAJOR if name in params))
        if (window := self._windows.get(key)) is None:
            if len(self._windows) > 20_000:
                self._windows = {old: each for old, each in self._windows.items() if each.ends > now}
            window = self._windows[key] = _Window(*rule)
        good = window.take(now)
        left = max(window.ends - now, 0.0)
        headers = self._headers(route, window, left)
        if good:
            verdict.headers = headers
            return verdict
        refused = self.refuse(route, left)
        refused.headers = headers | refused.headers
        return refused

    def refuse(self, route: str, wait: float, *, everywhere: bool = False, scope: str | None = None) -> Verdict:
        """A 429 for this route, counted."""
        self.refused["global" if everywhere else route] += 1
        headers = {
            "Retry-After": str(math.ceil(wait)),
            "X-RateLimit-Scope": scope or ("global" if everywhere else "user"),
        }
        if everywhere:
            headers["X-RateLimit-Global"] = "true"
        return Verdict(headers, math.ceil(wait * 1000) / 1000, everywhere)

    def _headers(self, route: str, window: _Window, left: float) -> dict[str, str]:
        if (bucket := self._buckets.get(route)) is None:
            bucket = self._buckets[route] = hashlib.sha256(route.encode()).hexdigest()[:32]
        return {
            "X-RateLimit-Limit": str(window.limit),
            "X-RateLimit-Remaining": str(max(window.limit - window.used, 0)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{math.ceil(left * 1000) / 1000:.3f}",
            "X-RateLimit-Bucket": bucket,
        }
