"""Pages of stories that match a filter, at a cost that doesn't grow with the store.

Conditions on countries, topics and languages become labels, conditions on time become bounds, and the rest becomes SQL
on `story`. Without a rest a page is read from `story_label` alone, the newest rows of each label merged, and its total
from `label_count`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, Select, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import And, Filter, Match, Node, Period, conjuncts
from bot.newsroom.filters.keys import KEYS, LabelKey, LanguageKey
from bot.newsroom.models import StoryLine
from bot.newsroom.typed_values import resolve_time
from bot.store import labels
from bot.store.audiences import owning_guilds, visible_to
from bot.store.filters import scoped_condition
from bot.store.schema import document, story, story_label
from bot.store.story_rows import get_lines

__all__ = ["PageQuery", "list_stories"]

_MAX_LABELS = 300
"""Labels of one query, by judgement; more become a condition on each story, since the statement would grow long."""

_MAX_MERGED_ROWS = 30_000
"""Rows that are merged for one page; deeper pages of many labels read the labels' rows in one sorted scan."""


async def list_stories(
    conn: AsyncConnection, query: Filter, *, page: int, per_page: int, now: datetime, audience: Audience = PUBLIC
) -> tuple[list[StoryLine], int]:
    """Return one page (from 1) of the stories that match a filter, and their exact total.

    Newest first, of those that the audience may see. Countries, regions, topics and languages, with or without bounds in time, are served by the primary
    keys of story_label and label_count; no filter at all by ix_story_published_at_id. Other conditions are checked on
    each story of the narrowest labels.
    """
    page_query = await PageQuery.of(conn, query, now, audience)
    total = await page_query.total(conn)
    offset = max(page - 1, 0) * per_page
    if offset >= total or per_page <= 0:
        return [], total
    return await get_lines(conn, await page_query.ids(conn, offset, per_page), audience), total


@dataclass(frozen=True, slots=True)
class PageQuery:
    """A filter as labels, bounds in time and a remaining condition.

    `labels` are alternatives; none means every story. `disjoint` is true when no story has two of them. `rest` is
    None when labels and bounds say everything. `counted` are the labels whose counts together are those of every story
    that the audience may see.
    """

    audience: Audience
    counted: tuple[int, ...]
    labels: tuple[int, ...]
    disjoint: bool
    since: datetime | None
    until: datetime | None
    rest: ColumnElement[bool] | None

    @classmethod
    async def of(cls, conn: AsyncConnection, query: Filter, now: datetime, audience: Audience = PUBLIC) -> PageQuery:
        """Translate a filter; reads the languages present when full text needs them."""
        known: dict[str, tuple[str, ...]] = {}
        bounds: dict[str, list[datetime]] = {"since": [], "until": []}
        rest: list[Node] = []
        for part in conjuncts(query.node):
            kind, values = _labelled(part)
            if isinstance(part, Period):
                bounds[part.key].append(resolve_time(part.value, part.key, now))
            elif kind and kind not in known and len(values) <= _MAX_LABELS:
                known[kind] = values
            else:
                rest.append(part)
        if "language" in known and len(known) > 1:
            rest.append(Match("lang", known.pop("language")))
        countries, topics = known.get("country", ("",)), known.get("topic", ("",))
        if len(countries) * len(topics) > _MAX_LABELS:
            rest.append(Match("topic", topics))
            topics = ("",)
        alternatives = {labels.label_of(country, topic) for country in countries for topic in topics}
        if "language" in known:
            alternatives = {labels.language_label(code) for code in known["language"] if len(code) <= 7}
        alternatives.discard(labels.ANY)
        guilds = await owning_guilds(conn, audience)
        own = {labels.own_label(label, guild) for guild in guilds for label in alternatives}
        left = await scoped_condition(conn, And(tuple(rest)), now, audience, guilds) if rest else None
        return cls(
            audience,
            (labels.ANY, *(labels.own_label(labels.ANY, guild) for guild in guilds)),
            tuple(sorted(alternatives | own)),
            "language" in known or len(alternatives) == 1,
            max(bounds["since"], default=None),
            min(bounds["until"], default=None),
            left,
        )

    async def total(self, conn: AsyncConnection) -> int:
        """Return the exact number of matching stories."""
        if self.since is not None and self.until is not None and self.since >= self.until:
            return 0
        if self.rest is None and (len(self.labels) <= 1 or self.disjoint):
            counts = [
                await labels.count_between(conn, label, self.since, self.until) for label in self.labels or self.counted
            ]
            return sum(counts)
        source, _number, _at = self._source()
        return int((await conn.execute(self._filtered(select(func.count()), source))).scalar_one())

    async def ids(self, conn: AsyncConnection, offset: int, limit: int) -> list[int]:
        """Return the ids of a page, newest first; stories of the same moment by id, highest first."""
        if self.rest is None and len(self.labels) > 1 and len(self.labels) * (offset + limit) <= _MAX_MERGED_ROWS:
            query = self._merged()
            bounds = {"since": self.since, "until": self.until}
            values = {name: at for name, at in bounds.items() if at is not None}
            result = await conn.execute(query, values | {"most": offset + limit, "page": limit, "skip": offset})
        else:
            source, number, at = self._source()
            rows = self._filtered(select(number), source).order_by(at.desc(), number.desc())
            result = await conn.execute(rows.limit(limit).offset(offset))
        return list(result.scalars())

    def _bounded(self, query: Select[Any], at: ColumnElement[datetime]) -> Select[Any]:
        if self.since is not None:
            query = query.where(at >= self.since)
        return query if self.until is None else query.where(at < self.until)

    def _source(self) -> tuple[FromClause, ColumnElement[int], ColumnElement[datetime]]:
        """Return the table to read, with its columns of story id and time of publication."""
        if not self.labels:
            return story, story.c.id, story.c.published_at
        columns = select(story_label.c.story_id, story_label.c.published_at)
        rows = self._bounded(columns.where(story_label.c.label.in_(self.labels)), story_label.c.published_at)
        labelled = (rows if len(self.labels) == 1 or self.disjoint else rows.distinct()).subquery()
        return labelled, labelled.c.story_id, labelled.c.published_at

    def _filtered(self, query: Select[Any], source: FromClause) -> Select[Any]:
        if not self.labels:
            query = query.select_from(story.join(document) if self.rest is not None else story)
            query = self._bounded(query.where(visible_to(self.audience)), story.c.published_at)
        elif self.rest is not None:
            query = query.select_from(source.join(story, story.c.id == source.c.story_id).join(document))
        else:
            query = query.select_from(source)
        return query if self.rest is None else query.where(self.rest)

    def _merged(self) -> Any:
        """Return the union of the newest rows of each label.

        As text, since SQLAlchemy takes long to build hundreds of parts.
        """
        bounds = ""
        binds = []
        for name, sign, at in (("since", ">=", self.since), ("until", "<", self.until)):
            if at is not None:
                bounds += f" AND published_at {sign} :{name}"
                binds.append(bindparam(name, type_=story.c.published_at.type))
        newest = "ORDER BY published_at DESC, story_id DESC LIMIT"
        parts = " UNION ".join(
            f"SELECT * FROM (SELECT story_id, published_at FROM story_label WHERE label = {label}{bounds} {newest} :most)"  # noqa: S608 - only our own numbers are put in
            f" AS part{at}"
            for at, label in enumerate(self.labels)
        )
        query = text(f"SELECT story_id FROM ({parts}) AS found {newest} :page OFFSET :skip")  # noqa: S608 - as above
        return query.bindparams(*binds).columns(story_id=BigInteger)


def _labelled(node: Node) -> tuple[str, tuple[str, ...]]:
    """Return the kind of label that a node matches, and its values in order; "" for none."""
    if not isinstance(node, Match):
        return "", ()
    key = KEYS[node.key]
    if isinstance(key, LabelKey):
        return key.label, node.values if key.expand is None else tuple(sorted(key.labels(node.values)))
    return ("language", node.values) if isinstance(key, LanguageKey) else ("", ())
