"""What goes wrong on order?

A `Fault` waits for the next requests of a route and makes them fail in one way. A route is written as in the
description ("POST /channels/{channel_id}/messages", whatever the names in braces), as a real path, or as None for any.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Fault", "Faults"]

Kind = Literal["status", "limit", "delay", "drop", "drop_after", "delay_after", "status_after"]
_DELAYS = ("delay", "delay_after")
_BRACES = re.compile(r"\{[^}]*\}")


@dataclass(slots=True)
class Fault:
    """One order. `times` is how often it still strikes, `skip` how many requests it lets pass first."""

    kind: Kind
    route: str | None
    times: int = 1
    skip: int = 0
    status: int = 500
    seconds: float = 0.0
    everywhere: bool = False
    scope: str = "user"
    struck: int = 0

    def strikes(self, template: str, path: str) -> bool:
        """Is this request one to fail? Counts it."""
        if self.times < 1:
            return False
        if (
            self.route is not None
            and self.route not in (template, path)
            and _BRACES.sub("{}", self.route) != _BRACES.sub("{}", template)
        ):
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.times -= 1
        self.struck += 1
        return True


class Faults:
    """The orders in force, oldest first."""

    def __init__(self) -> None:
        self.orders: list[Fault] = []

    def fail(self, route: str | None = None, status: int = 500, *, times: int = 1, skip: int = 0) -> Fault:
        """Answer with `status` and do nothing. 502, 503 and 504 come as HTML, as from the proxy before Discord."""
        return self.order(Fault("status", route, times, skip, status=status))

    def limit(
        self,
        route: str | None = None,
        *,
        retry_after: float = 0.2,
        everywhere: bool = False,
        scope: str = "user",
        times: int = 1,
        skip: int = 0,
    ) -> Fault:
        """Answer 429 with this wait; `everywhere` makes it the global limit, `scope` may be "shared"."""
        order = Fault("limit", route, times, skip, seconds=retry_after, everywhere=everywhere, scope=scope)
        return self.order(order)

    def delay(self, route: str | None = None, seconds: float = 1.0, *, times: int = 1, skip: int = 0) -> Fault:
        """Answer late."""
        return self.order(Fault("delay", route, times, skip, seconds=seconds))

    def delay_after(self, route: str | None = None, seconds: float = 1.0, *, times: int = 1, skip: int = 0) -> Fault:
        """Do what was asked for at once, but answer late."""
        return self.order(Fault("delay_after", route, times, skip, seconds=seconds))

    def drop(self, route: str | None = None, *, times: int = 1, skip: int = 0) -> Fault:
        """Close the connection without doing anything."""
        return self.order(Fault("drop", route, times, skip))

    def drop_after(self, route: str | None = None, *, times: int = 1, skip: int = 0) -> Fault:
        """Do what was asked for, then close the connection without an answer."""
        return self.order(Fault("drop_after", route, times, skip))

    def fail_after(self, route: str | None = None, status: int = 502, *, times: int = 1, skip: int = 0) -> Fault:
        """Do what was asked for, then answer with `status`, as when the proxy before Discord loses the answer."""
        return self.order(Fault("status_after", route, times, skip, status=status))

    def order(self, fault: Fault) -> Fault:
        """Put an order in force."""
        self.orders.append(fault)
        return fault

    def clear(self) -> None:
        """Withdraw all orders."""
        self.orders.clear()

    def take(self, template: str, path: str) -> list[Fault]:
        """The orders that strike this request: delays add up, of the others the first one counts."""
        if not self.orders:
            return []
        found: list[Fault] = []
        for each in self.orders:
            if (each.kind in _DELAYS or all(other.kind in _DELAYS for other in found)) and each.strikes(template, path):
                found.append(each)
        self.orders = [each for each in self.orders if each.times > 0]
        return found
