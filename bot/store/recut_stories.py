"""Stories of a document that is divided in another way than before.

A newer version does that, or an edit elsewhere in the document. A story that says nothing new is the former story from its place, so that what was told stays told. Texts are compared as
letters and digits, by paragraphs or sentences. A text with a word more or less is another text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.search_terms import fold
from bot.store.schema import shown_story, story, story_body
from bot.store.sql_helpers import batches, upsert
from summarizers.types import Analysis

__all__ = ["Recut", "StoryText", "add_successors", "former_texts", "match_recut", "text_of"]


_LONGEST = 1_000_000
"""Characters of all former and new texts that are compared: some 0.1 s of the event loop. Others are new stories."""

_MOST_OWNERS = 8
"""Stories that may share a sentence that still tells which story is which: a line below all stories doesn't."""


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story's title and deck, paragraphs and sentences, each in letters and digits."""

    heads: frozenset[str]
    paragraphs: frozenset[str]
    sentences: frozenset[str]
    length: int

    @property
    def units(self) -> frozenset[str]:
        """All of them."""
        return self.heads | self.paragraphs | self.sentences

    def is_within(self, units: Set[str]) -> bool:
        """Return whether a text with these units has all of this one."""
        return self.heads <= units and (self.paragraphs <= units or self.sentences <= units)


@dataclass(frozen=True, slots=True)
class Recut:
    """Former stories found again in a document's new stories, by position.

    `same` are those that go on as the story there. `origins` has the former story from which any story without news
    comes, `successors` by former story the position where most of its text is now.
    """

    same: Mapping[int, int] = field(default_factory=dict)
    origins: Mapping[int, int] = field(default_factory=dict)
    successors: Mapping[int, int] = field(default_factory=dict)


def text_of(analysis: Analysis) -> StoryText:
    """Return the text of an incoming story."""
    story = analysis.story
    return _text([story.title, story.deck], story.paragraphs, analysis.sentences)


async def former_texts(conn: AsyncConnection, story_ids: Sequence[int]) -> dict[int, StoryText]:
    """Return the texts of stored stories by id; pruned ones have none.

    Served by the primary keys.
    """
    query = select(story.c.id, story_body.c.body).join(story_body, story_body.c.story_id == story.c.id)
    texts: dict[int, StoryText] = {}
    for batch in batches(story_ids):
        for row in await conn.execute(query.where(story.c.id.in_(batch)).order_by(story.c.id)):
            body: dict[str, Any] = orjson.loads(row.body)
            texts[row.id] = _text([body["title"], body["deck"]], body["paragraphs"], body["sentences"])
    return texts


def match_recut(former: Mapping[int, StoryText], incoming: Mapping[int, StoryText]) -> Recut:
    """Find the former stories, by id, in the incoming ones, by position.

    Only stories of which nothing was taken back, in those that add nothing. Each goes on as the one that has most of
    its text.
    """
    if sum(text.length for texts in (former, incoming) for text in texts.values()) > _LONGEST:
        return Recut()
    before, now = (set().union(*(text.units for text in texts.values())) for texts in (former, incoming))
    kept = {story_id: text for story_id, text in former.items() if text.is_within(now)}
    old_news = {position: text for position, text in incoming.items() if text.is_within(before)}
    overlaps = sorted((-shared, *pair) for pair, shared in _overlaps(old_news, kept).items())
    same: dict[int, int] = {}
    origins: dict[int, int] = {}
    successors: dict[int, int] = {}
    taken: set[int] = set()
    for _, position, story_id in overlaps:
        origins.setdefault(position, story_id)
        successors.setdefault(story_id, position)
        if position not in same and story_id not in taken:
            same[position] = story_id
            taken.add(story_id)
    return Recut(same, origins, successors)


async def add_successors(conn: AsyncConnection, successors: Mapping[int, int]) -> None:
    """Let messages that showed a story show its successor, too.

    So they aren't struck: it is still said. Served by the index of shown_story.
    """
    for former, successor in successors.items():
        told = select(shown_story.c.shown_id, literal(successor)).where(shown_story.c.story_id == former)
        query = upsert(conn, shown_story).from_select(["shown_id", "story_id"], told)
        await conn.execute(query.on_conflict_do_nothing())


def _overlaps(incoming: Mapping[int, StoryText], former: Mapping[int, StoryText]) -> dict[tuple[int, int], int]:
    """Return how many characters each pair of position and former story shares, if any."""
    owners: dict[str, list[int]] = defaultdict(list)
    for story_id, text in former.items():
        for unit in text.paragraphs | text.sentences:
            owners[unit].append(story_id)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for position, text in incoming.items():
        for unit in text.paragraphs | text.sentences:
            for story_id in owners[unit] if len(owners.get(unit, ())) <= _MOST_OWNERS else ():
                shared[position, story_id] += len(unit)
    return shared


def _text(heads: Sequence[str | None], paragraphs: Sequence[str], sentences: Sequence[str]) -> StoryText:
    length = sum(map(len, paragraphs))
    return StoryText(_plain(heads), _plain(paragraphs), _plain(sentences), length)


def _plain(texts: Iterable[str | None]) -> frozenset[str]:
    plain = ("".join(filter(str.isalnum, fold(text))) for text in texts if text)
    return frozenset(filter(None, plain))
