"""Pages that were made for the present state of the news, kept to be sent again."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Final

from bot.store.story_rows import NewsState

__all__ = ["MadePage", "PageCache"]

_MAX_PAGES: Final = 256
"""Pages that are kept: some 15 MB of the largest ones."""

_SECONDS: Final = 60.0
"""Seconds for which a page is kept: corrections of events by hand change no version of the news."""

_GROWING_SECONDS: Final = 5.0
"""Seconds for which a page may lack new stories: while files are read, each moment brings some."""

_GZIP_LEVEL: Final = 5
"""Level of compression: a page takes a millisecond, and is 3% larger than at the highest."""

_TAG_BYTES: Final = 12
"""Bytes of a hash: two versions of a page never share it by chance."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page as it is sent: plain and compressed, with the tag that changes with it."""

    status: int
    content_type: str
    body: bytes
    compressed: bytes
    etag: str

    @classmethod
    def of(cls, text: str, content_type: str, status: int = 200) -> MadePage:
        """Make a page of its text. Half a surrogate pair becomes a question mark."""
        body = text.encode("utf-8", "replace")
        tag = hashlib.blake2b(body, digest_size=_TAG_BYTES).hexdigest()
        return cls(status, content_type, body, gzip.compress(body, _GZIP_LEVEL, mtime=0), tag)


@dataclass(frozen=True, slots=True)
class _KeptPage:
    """A page with the state of the news that it shows and the time at which it was made."""

    state: NewsState
    made_at: float
    page: MadePage


class PageCache:
    """Keeps pages by their address; the least recently used go first."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._pages: OrderedDict[Hashable, _KeptPage] = OrderedDict()

    def get(self, key: Hashable, state: NewsState) -> MadePage | None:
        """Return a page of this state of the news.

        It may lack the stories of the last seconds.
        """
        kept = self._pages.get(key)
        if kept is None or kept.state.removals != state.removals:
            return None
        if self._clock() - kept.made_at >= (_SECONDS if kept.state == state else _GROWING_SECONDS):
            return None
        self._pages.move_to_end(key)
        return kept.page

    def put(self, key: Hashable, state: NewsState, page: MadePage) -> None:
        """Keep a page."""
        self._pages[key] = _KeptPage(state, self._clock(), page)
        self._pages.move_to_end(key)
        while len(self._pages) > _MAX_PAGES:
            self._pages.popitem(last=False)
