"""Search by meaning: stories near a text in any language that the sentence encoder knows.

What it finds is fused with what words find, by the reciprocals of the ranks (Cormack, Clarke and Büttcher, Reciprocal
Rank Fusion, SIGIR 2009). Without the encoder of the `meaning` extra words alone find stories.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from weakref import WeakKeyDictionary

from numpy import float32
from numpy.typing import NDArray

from bot.newsroom.audience import Audience
from bot.newsroom.filters import Filter
from bot.newsroom.meaning_index import MeaningIndex
from bot.newsroom.sign_index import SIGN_BYTES
from bot.store import event_index
from bot.store.database import StoreConnection
from bot.store.search import keep_accepted
from summarizers.text.embeddings import encoder

__all__ = ["LEAST_COSINE", "find_by_meaning", "fuse"]

LEAST_COSINE = 0.2
"""Cosine from which on a story is found: on the written reports, of what single words in five languages find 86% is to the
point, and 43% of what is to the point is found."""

_MAX_FOUND = 50
"""Stories that are found by meaning: what is further away has little to do with the words."""

_RANK_OFFSET = 60
"""Constant of the fusion, as its authors chose it: how little the first ranks stand out."""

_READ_AT_ONCE = 20_000
"""Stories whose signs are read at once: 3 MB."""

_READ_AGAIN = 256
"""Ids before the last one that are read again: of transactions that ended in another order than they began."""


async def find_by_meaning(
    conn: StoreConnection,
    text: str,
    query: Filter,
    *,
    now: datetime,
    audience: Audience,
    least: float | None = LEAST_COSINE,
) -> list[int]:
    """Return the stories nearest to a text, best first.

    Only those that match `query`, that the audience may see, and whose cosine is at least `least`; None takes the nearest ones, however far. None without the encoder.
    """
    vectors = await asyncio.to_thread(_embed, text)
    if not len(vectors):
        return []
    index = await _stored.setdefault(conn.sync_engine, _StoredSigns()).read(conn)

    def find() -> list[int]:
        lowest = -1.0 if least is None else least
        return fuse(*(index.nearest(vector, least=lowest, limit=_MAX_FOUND) for vector in vectors))

    return await keep_accepted(conn, await asyncio.to_thread(find), query, now=now, audience=audience)


def fuse(*rankings: Sequence[int]) -> list[int]:
    """Return several rankings of stories as one, best first; the first ranking wins ties."""
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, story_id in enumerate(ranking):
            scores[story_id] += 1 / (_RANK_OFFSET + rank)
    return sorted(scores, key=lambda story_id: -scores[story_id])


def _embed(text: str) -> Sequence[NDArray[float32]]:
    """Return the vector of a text; none without the encoder.

    Text in small letters, as people type it, also has one with capitals: the encoder knows "Erdbeben" by its capital.
    """
    model = encoder()
    if model is None:
        return ()
    return list(model.embed([text, text.title()] if text.islower() else [text]))


class _StoredSigns:
    """Signs of the stories of a database, read as they come."""

    def __init__(self) -> None:
        self._index = MeaningIndex()
        self._last = 0
        self._lock = asyncio.Lock()

    async def read(self, conn: StoreConnection) -> MeaningIndex:
        """Add the stories that were stored since the last call, and return the index."""
        async with self._lock:
            after = max(0, self._last - _READ_AGAIN)
            while rows := await event_index.signs_after(conn, after, _READ_AT_ONCE):
                await asyncio.to_thread(self._index.add, [row for row in rows if len(row[1]) == SIGN_BYTES])
                after = rows[-1][0]
                self._last = max(self._last, after)
        return self._index


_stored: WeakKeyDictionary[object, _StoredSigns] = WeakKeyDictionary()
"""Signs of each database that this process searches."""
