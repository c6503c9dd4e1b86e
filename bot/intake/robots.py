"""Rules of sites for robots: robots.txt, as RFC 9309 reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

__all__ = ["ALLOW_ALL", "ALLOW_NONE", "RobotRules", "parse_robots"]

_MOST_LINES: Final = 20_000
"""Lines of a file that are read; RFC 9309 asks for 500 kB."""

_MOST_RULES: Final = 5_000
"""Rules that are kept: sites have some dozens."""

_MOST_STARS: Final = 20
"""Stars of a rule; one with more is left out, so that no address takes long to match."""

_LONGEST_RULE: Final = 2_000
"""Characters of a rule that is kept: addresses have no more."""

_MAX_DELAY_SECONDS: Final = 30.0
"""The longest pause between two requests that is granted, in seconds; sites that ask for more are fetched little."""

_LINE = re.compile(r"\s*([A-Za-z-]{1,20})\s*:\s*([^#\r\n]*)")


@dataclass(frozen=True, slots=True)
class RobotRules:
    """Rules of a site: beginnings of addresses, each allowed or not, and a pause in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allow(self, address: str) -> bool:
        """Return whether an address may be fetched: the longest rule that fits it decides."""
        parts = urlsplit(address)
        path = _normal(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fitting = [(len(rule), allowed) for rule, allowed in self.rules if _fits(rule, path)]
        return max(fitting, default=(0, True))[1]


ALLOW_ALL: Final = RobotRules()
ALLOW_NONE: Final = RobotRules((("/", False),))


def parse_robots(text: str, robot: str) -> RobotRules:
    """Return the rules for a robot of that name: those of its own groups, else those for all."""
    own: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    named = False
    names: set[str] = set()
    in_names = False
    for line in text.splitlines()[:_MOST_LINES]:
        match = _LINE.match(line)
        if match is None:
            continue
        key, value = match[1].lower(), match[2].strip()
        if key == "user-agent":
            names = {value.lower()} if not in_names else names | {value.lower()}
            in_names = True
            named |= robot.lower() in names
            continue
        if key not in {"allow", "disallow", "crawl-delay"}:
            continue  # such as a sitemap's, which belongs to no group
        in_names = False
        if robot.lower() in names:
            own.append((key, value))
        elif "*" in names:
            others.append((key, value))
    return _rules(own if named else others)


def _rules(lines: Sequence[tuple[str, str]]) -> RobotRules:
    rules: list[tuple[str, bool]] = []
    delay: float | None = None
    for key, value in lines[:_MOST_RULES]:
        if key == "crawl-delay":
            try:
                delay = min(max(float(value), 0.0), _MAX_DELAY_SECONDS)
            except ValueError:
                continue
        elif value and len(value) <= _LONGEST_RULE and value.count("*") <= _MOST_STARS:
            rules.append((_normal(value), key == "allow"))
    # Of a rule that allows and one that forbids the same, the one that allows counts.
    return RobotRules(tuple(rules), delay if delay == delay else None)


def _normal(path: str) -> str:
    """Return a path in which every character is written in one way."""
    return quote(unquote(path), safe="/*$?=&;:@!'(),+~%")


def _fits(rule: str, path: str) -> bool:
    """Return whether a rule fits a path: `*` stands for any characters, `$` for the end."""
    ends = rule.endswith("$")
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for place, piece in enumerate(rest, 1):
        if ends and place == len(rest):
            return len(path) - len(piece) >= at and path.endswith(piece)
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return not ends or at == len(path)
