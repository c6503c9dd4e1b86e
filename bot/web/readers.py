"""The reader of a request: language, page and host, from what a browser sends.

Everything here comes from strangers: what can't be read counts as not given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from bot.i18n import DEFAULT, LOCALES, Words, negotiate, words
from bot.newsroom.web_hosts import ascii_host, is_address_of_machine, valid_port
from bot.services.editions import MAX_PAGE

__all__ = ["Reader", "allowed_host", "page_number", "preferred_locale", "reader_of"]

_MAX_HEADER: Final = 500
"""Characters of Accept-Language that are read; browsers send up to a hundred."""

_RANGE = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)(?:\s*;\s*q=([01](?:\.\d{0,3})?))?", re.ASCII)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9._-]{1,253})(?::(\d{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader's language; `chosen` if an address asks for it, so that links keep it."""

    words: Words
    chosen: bool

    @property
    def locale(self) -> str:
        """The language as HTML names it."""
        return self.words.locale

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of stories that the reader reads, as codes."""
        return (self.locale.partition("-")[0],)

    def link(self, path: str, **query: object) -> str:
        """Return the address of a page in the reader's language; empty values are left out."""
        given = {name: str(value) for name, value in query.items() if value is not None and str(value) not in ("", "1")}
        if self.chosen:
            given.setdefault("language", self.locale)
        return quote(path, safe="/:") + (f"?{urlencode(given)}" if given else "")


def reader_of(header: str, asked: str) -> Reader:
    """Return the reader who sends this Accept-Language and asks for that language."""
    chosen = next((name for name in LOCALES if name.casefold() == asked.strip().casefold()), None)
    return Reader(words(chosen or preferred_locale(header)), chosen is not None)


def preferred_locale(header: str) -> str:
    """Return the first language of Accept-Language that there is a catalogue for."""
    ranges = []
    for place, part in enumerate(header[:_MAX_HEADER].split(",")):
        match = _RANGE.fullmatch(part.strip())
        weight = float(match[2] or 1) if match is not None else 0.0
        if match is not None and weight > 0:
            ranges.append((-weight, place, match[1]))
    for _weight, _place, tag in sorted(ranges):
        nearest = negotiate(tag)
        if nearest != DEFAULT or tag.partition("-")[0].lower() == DEFAULT:
            return nearest
    return DEFAULT


def page_number(typed: str) -> int:
    """Return the number of a page within bounds."""
    return min(max(int(typed), 1), MAX_PAGE) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 1


def allowed_host(header: str, own_hosts: frozenset[str]) -> str | None:
    """Return the host and port that a request names, if this site answers to it.

    It does to its own hosts, to IP addresses and to localhost: pages elsewhere that let their name point here can use
    none of these.
    """
    match = _HOST.fullmatch(header)
    host = ascii_host(match[1]) if match is not None else None
    if match is None or host is None or not valid_port(match[2] or ""):
        return None
    if host not in own_hosts and not is_address_of_machine(host):
        return None
    shown = f"[{host}]" if ":" in host else host
    return f"{shown}:{int(match[2])}" if match[2] else shown
