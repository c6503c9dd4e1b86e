"""Which stories are there, what do lists show of them, and which of them hold some words?

A story's row has what lists show; `story_body` has the rest as one JSON text; `story_label` and the full-text index
find it. All four are written and taken back together, here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Row,
    and_,
    bindparam,
    func,
    insert,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.filters import And, Filter, Phrase, conjuncts
from bot.newsroom.models import ABOUT, SourceRef, StoryDetail, StoryLine
from bot.newsroom.search_terms import Indexed, fold, index_story, language_code
from bot.store import events, labels
from bot.store.filters import accepting, eras_of, index_text, index_vector, newest_hits, search_query
from bot.store.paths import path_of
from bot.store.schema import document, event, label_count, story, story_body
from bot.store.sql_helpers import upsert
from bot.store.story_pages import Plan
from summarizers.types import Analysis, Country, Evidence, Story, SummarySentence, Topic

__all__ = [
    "Incoming",
    "Placed",
    "count",
    "countries_of",
    "country_counts",
    "details_after",
    "fingerprints_shown",
    "languages",
    "latest_arrival",
    "lines",
    "news_mark",
    "page_of_stories",
    "reindex",
    "replace_stories",
    "search",
    "source_counts",
    "story_detail",
    "subject_labels",
    "topic_counts",
    "topics_of",
    "withdraw_stories",
]


_HEAD_WORTH = timedelta(days=30) // timedelta(microseconds=1)
_WEIGHED = 400
_LOOKED_AT = 2 << 14
"""Stories that PostgreSQL looks for words in, at first; for words in heads, which are shorter, eight times as many."""

_AT_ONCE = 40
"""Stories written with one statement: their rows are made on the event loop, which answers nobody meanwhile."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A story on its way into the store."""

    indexed: Indexed
    published_at: datetime | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a document's stories: an id for each, and which are new or gone."""

    ids: tuple[int, ...]
    new: tuple[int, ...]
    withdrawn: tuple[int, ...]


def subject_labels(line: StoryLine) -> tuple[frozenset[str], frozenset[str]]:
    """The countries and topics that a story is about, for `bot.newsroom.filters.FilterSubject`."""
    about = frozenset(country.code for country in line.countries if country.salience >= ABOUT)
    return about, assigned_topics((topic.slug, topic.score) for topic in line.topics)


# Reading


async def page_of_stories(
    conn: AsyncConnection, wanted: Filter, *, page: int, per_page: int, now: datetime
) -> tuple[list[StoryLine], int]:
    """One page (from 1) of the stories that a filter accepts, newest first, and how many there are in all, exactly.

    Countries, regions, topics and languages, with or without bounds in time, are answered from `story_label` and
    `label_count`: see plans.py. Other filters read the stories of the narrowest such labels that they hold to.
    """
    plan = await Plan.of(conn, wanted, now)
    total = await plan.total(conn)
    offset = max(page - 1, 0) * per_page
    if offset >= total or per_page <= 0:
        return [], total
    return await lines(conn, await plan.ids(conn, offset, per_page)), total


async def count(conn: AsyncConnection) -> int:
    """How many stories are shown."""
    return await labels.count_between(conn, labels.ANY, None, None)


async def story_detail(conn: AsyncConnection, number: int) -> StoryDetail | None:
    """All that is kept of a story; None when there is none with that id, or it was withdrawn."""
    if not 0 < number < 2**63:
        return None
    query = _LINES.add_columns(story_body.c.body).join(story_body, story_body.c.story_id == story.c.id)
    row = (await conn.execute(query.where(story.c.id == number, story.c.withdrawn_at.is_(None)))).first()
    return _detail(row) if row is not None else None


async def details_after(conn: AsyncConnection, after: int, limit: int) -> list[StoryDetail]:
    """All that is kept of the `limit` stories that follow the id `after`, by id."""
    query = _LINES.add_columns(story_body.c.body).join(story_body, story_body.c.story_id == story.c.id)
    query = query.where(story.c.id > after, story.c.withdrawn_at.is_(None)).order_by(story.c.id).limit(limit)
    return [_detail(row) for row in await conn.execute(query)]


async def fingerprints_shown(conn: AsyncConnection, prints: Sequence[str]) -> frozenset[str]:
    """Those of these fingerprints (see `bot.newsroom.search_terms.fingerprint`) that a story has which is shown."""
    found: set[str] = set()
    for start in range(0, len(prints), 500):
        wanted = story.c.fingerprint.in_(list(prints[start : start + 500]))
        found |= set(
            (await conn.execute(select(story.c.fingerprint).where(wanted, story.c.withdrawn_at.is_(None)))).scalars()
        )
    return frozenset(found)


async def lines(conn: AsyncConnection, ids: Sequence[int]) -> list[StoryLine]:
    """The stories of these ids, in their order; withdrawn and unknown ones are left out."""
    found: dict[int, StoryLine] = {}
    for start in range(0, len(ids), 500):
        query = _LINES.where(story.c.id.in_(ids[start : start + 500]), story.c.withdrawn_at.is_(None))
        found.update({row.id: _line(row) for row in await conn.execute(query)})
    return [found[number] for number in ids if number in found]


async def search(conn: AsyncConnection, words: str, wanted: Filter, limit: int, *, now: datetime) -> list[int]:
    """The ids of the stories that hold all `words` and phrases, the best first, at most `limit`.

    `words` is in the filter language. A story that has them in its head comes before one that has them in its body
    only, as if it were thirty days younger; among equals the newer first. Only the newest 400 of either kind are
    weighed, so that common words cost no more than rare ones.
    """
    parts = conjuncts((Filter.parse(words) & wanted).node)
    searched = [part.text for part in parts if isinstance(part, Phrase)]
    rest = Filter(And(tuple(part for part in parts if not isinstance(part, Phrase))))
    dialect = conn.dialect.name
    present = await labels.languages_present(conn)
    source, fits = await accepting(conn, rest, now)
    accepts = and_(story.c.withdrawn_at.is_(None), fits)
    scored: dict[int, int] = {}
    text_query = search_query(searched, present, dialect)
    if searched and not text_query:
        return []
    most = max(_WEIGHED, limit)
    last = 0
    if text_query and dialect != "sqlite":
        last = (await conn.execute(select(func.max(story.c.id)))).scalar() or 0
    for in_heads, worth in ((False, 0), (True, _HEAD_WORTH)) if searched else ((False, 0),):
        if text_query:
            rows = await _newest(conn, text_query, source, accepts, most, last, in_heads=in_heads)
        else:
            found = select(story.c.id, type_coerce(story.c.published_at, BigInteger)).select_from(source)
            rows = (await conn.execute(found.where(accepts).order_by(story.c.id.desc()).limit(most))).all()
        for number, published in rows:
            scored[number] = published + worth
    return sorted(scored, key=lambda number: (-scored[number], -number))[:limit]


async def _newest(
    conn: AsyncConnection,
    text_query: str,
    source: FromClause,
    accepts: ColumnElement[bool],
    most: int,
    last: int,
    *,
    in_heads: bool,
) -> Sequence[Row[int, int]]:
    """The newest `most` hits that are accepted.

    PostgreSQL's index gives all hits or none: it is asked for the newest stories first, back from the id `last`, and for
    more as long as there are too few, as many as their density says. 0 asks for all at once, as SQLite can stop.
    """
    span = 8 * _LOOKED_AT if in_heads else _LOOKED_AT
    while True:
        eras = eras_of(last - span, last) if span < last else None
        found = newest_hits(text_query, conn.dialect.name, source, in_heads=in_heads, eras=eras)
        rows = (await conn.execute(found.where(accepts).limit(most))).all()
        if eras is None or len(rows) >= most:
            return rows
        span *= min(8, max(2, 1 + most * 3 // (2 * len(rows)))) if rows else 8


async def country_counts(conn: AsyncConnection, since: datetime | None = None) -> list[tuple[str, int]]:
    """(code, stories) of each country that stories are about, most first; since the UTC day of `since`."""
    return await labels.counts_of_kind(conn, "country", since)


async def topic_counts(conn: AsyncConnection, since: datetime | None = None) -> list[tuple[str, int]]:
    """(slug, stories) of each topic, most first; since the UTC day of `since`."""
    return await labels.counts_of_kind(conn, "topic", since)


async def languages(conn: AsyncConnection, since: datetime | None = None) -> list[tuple[str, int]]:
    """(code, stories) of each language, most first; since the UTC day of `since`."""
    return await labels.counts_of_kind(conn, "language", since)


async def source_counts(
    conn: AsyncConnection, since: datetime | None = None, limit: int = 100
) -> list[tuple[str, int]]:
    """(source, stories) of the sources with most stories among the newest 20,000 that are shown."""
    newest = select(story.c.source).where(story.c.withdrawn_at.is_(None))
    if since is not None:
        newest = newest.where(story.c.published_at >= since)
    recent = newest.order_by(story.c.published_at.desc(), story.c.id.desc()).limit(20_000).subquery()
    number = func.count()
    query = (
        select(recent.c.source, number)
        .where(recent.c.source.is_not(None))
        .group_by(recent.c.source)
        .order_by(number.desc(), recent.c.source)
        .limit(limit)
    )
    return [(source, int(stories)) for source, stories in await conn.execute(query)]


async def latest_arrival(conn: AsyncConnection) -> datetime | None:
    """When the newest story that is shown came in; None in an empty store."""
    query = select(story.c.arrived_at).where(story.c.withdrawn_at.is_(None))
    found: datetime | None = (await conn.execute(query.order_by(story.c.arrived_at.desc()).limit(1))).scalar()
    return found


async def news_mark(conn: AsyncConnection) -> tuple[Any, ...]:
    """A value that is another one after a story has come, gone or returned, or an event has begun. Four look-ups."""
    gone = select(func.max(story.c.withdrawn_at)).where(text("withdrawn_at IS NOT NULL"))
    query = select(
        select(func.max(story.c.id)).scalar_subquery(),
        select(func.max(event.c.id)).scalar_subquery(),
        gone.scalar_subquery(),
        select(label_count.c.stories).where(label_count.c.label == labels.ANY, label_count.c.day == labels.IN_ALL)
        .scalar_subquery(),
    )  # fmt: skip
    return tuple((await conn.execute(query)).one())


# Rows and values

_LINES = select(
    story.c.id,
    story.c.event_id,
    story.c.headline,
    story.c.kicker,
    story.c.language,
    story.c.published_at,
    story.c.arrived_at,
    story.c.position,
    story.c.source,
    story.c.url,
    story.c.summary,
    story.c.countries,
    story.c.topics,
    story.c.truncated,
    document.c.path,
).select_from(story.join(document))


def _line(row: Row[*tuple[Any, ...]]) -> StoryLine:
    return StoryLine(
        id=row.id,
        event_id=row.event_id,
        headline=row.headline,
        kicker=row.kicker,
        language=row.language,
        published_at=row.published_at,
        arrived_at=row.arrived_at,
        ref=SourceRef(row.id, path_of(row.path), row.position, row.source, row.url),
        summary=_summary(row.summary),
        countries=countries_of(row.countries),
        topics=topics_of(row.topics),
        truncated=bool(row.truncated),
    )


# A morning's digests read the same stories for thousands of channels: what was decoded is kept for a while.


@lru_cache(maxsize=4096)
def _summary(kept: str) -> tuple[SummarySentence, ...]:
    return tuple(SummarySentence(at, said) for at, said in orjson.loads(kept))


@lru_cache(maxsize=4096)
def countries_of(kept: str) -> tuple[Country, ...]:
    """The countries in the column of that name."""
    return tuple(Country(code, salience) for code, salience in orjson.loads(kept))


@lru_cache(maxsize=4096)
def topics_of(kept: str) -> tuple[Topic, ...]:
    """The topics in the column of that name."""
    return tuple(Topic(slug, score) for slug, score in orjson.loads(kept))


def _detail(row: Row[*tuple[Any, ...]]) -> StoryDetail:
    body = orjson.loads(row.body)
    line = _line(row)
    shown = {
        code: tuple(Evidence(start, end, words, kind) for start, end, words, kind in found)
        for code, found in body["evidence"].items()
    }
    line = replace(
        line, countries=tuple(replace(country, evidence=shown.get(country.code, ())) for country in line.countries)
    )
    parts = [body["title"], line.kicker, body["deck"], body["dateline"], *body["paragraphs"]]
    return StoryDetail(
        line=line,
        text="\n".join(part for part in parts if part),
        sentences=tuple(body["sentences"]),
        paragraphs=tuple(body["paragraphs"]),
        title=body["title"],
        deck=body["deck"],
        dateline=body["dateline"],
        byline=body["byline"],
        credits=tuple(body["credits"]),
    )


def _json(value: object) -> str:
    """JSON without half surrogate pairs, which orjson refuses."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return orjson.dumps(_whole(value)).decode()


def _whole(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {str(_whole(key)): _whole(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    return value


def _values(incoming: Incoming) -> dict[str, Any]:
    """The columns of `story` that come from the text and its source."""
    analysis = incoming.indexed.analysis
    return {
        "language": language_code(analysis.language),
        "headline": analysis.headline,
        "kicker": analysis.story.kicker,
        "kicker_folded": fold(analysis.story.kicker or ""),
        "source": incoming.source,
        "source_folded": fold(incoming.source or ""),
        "url": incoming.url,
        "summary": _json([[sentence.position, sentence.text] for sentence in analysis.summary]),
        "countries": _json([[country.code, round(country.salience, 4)] for country in analysis.countries]),
        "topics": _json([[topic.slug, round(topic.score, 4)] for topic in analysis.topics]),
        "truncated": analysis.story.truncated,
        "size": sum(map(len, analysis.story.paragraphs)),
    }


def _body(analysis: Analysis) -> str:
    told = analysis.story
    return _json(
        {
            "title": told.title,
            "deck": told.deck,
            "dateline": told.dateline,
            "byline": told.byline,
            "credits": told.credits,
            "paragraphs": told.paragraphs,
            "sentences": analysis.sentences,
            "evidence": {
                country.code: [[item.start, item.end, item.text, item.kind] for item in country.evidence]
                for country in analysis.countries
            },
        }
    )


def _labels(countries: str, topics: str, language: str) -> frozenset[int]:
    """A story's labels, from its columns."""
    about = [code for code, salience in orjson.loads(countries) if salience >= ABOUT]
    return labels.labels_of(about, assigned_topics(orjson.loads(topics)), language)


# Writing


@dataclass(frozen=True, slots=True)
class _Former:
    """A story's row as it stands before a change."""

    id: int
    document_id: int
    event_id: int
    published_at: datetime
    arrived_at: datetime
    present: bool
    labels: frozenset[int]


async def replace_stories(
    conn: AsyncConnection, document_id: int, incoming: Sequence[Incoming], now: datetime, *, known: bool = True
) -> Placed:
    """Make these, in their order, the stories of a document.

    Texts that the document had before, or that were withdrawn anywhere, keep id, event and time of arrival. `known`
    False says that the document is new.
    """
    prints = [item.indexed.fingerprint for item in incoming]
    former, present = await _former(conn, document_id, prints, known=known)
    ids: dict[int, int] = {}
    fresh: list[_Fresh] = []
    revived: set[int] = set()
    touched: set[int] = set()
    for position, (item, mark) in enumerate(zip(incoming, prints, strict=True)):
        match = former[mark].pop(0) if former[mark] else None
        if match is None:
            fresh.append(_Fresh(position, item))
            continue
        await _update(conn, document_id, position, item, match)
        ids[position] = match.id
        present.pop(match.id, None)
        if not match.present:
            revived.add(match.id)
            touched.add(match.event_id)
    for start in range(0, len(fresh), _AT_ONCE):
        part = fresh[start : start + _AT_ONCE]
        made = await _insert(conn, document_id, part, now)
        ids.update({item.position: number for item, number in zip(part, made, strict=True)})
        revived.update(made)
    gone = tuple(present)
    await withdraw_stories(conn, gone, now)
    await events.settle(conn, touched)
    placed = tuple(ids[position] for position in range(len(incoming)))
    return Placed(placed, tuple(number for number in placed if number in revived), gone)


async def withdraw_stories(conn: AsyncConnection, ids: Iterable[int], now: datetime) -> None:
    """Take stories out of all lists. They keep their rows, and come back by `replace_stories`."""
    rows = await _rows(conn, list(ids))
    present = [row for row in rows if row.present]
    if not present:
        return
    numbers = [row.id for row in present]
    await labels.drop_labels(conn, [(row.id, row.published_at, row.labels) for row in present])
    await _unindex(conn, numbers)
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        await conn.execute(update(story).where(story.c.id.in_(part)).values(withdrawn_at=now))
    await events.settle(conn, {row.event_id for row in present})


async def _former(
    conn: AsyncConnection, document_id: int, prints: Sequence[str], *, known: bool
) -> tuple[dict[str, list[_Former]], dict[int, None]]:
    """Rows that may become these stories, by fingerprint, the document's own first; and its present ones."""
    found: dict[str, list[_Former]] = defaultdict(list)
    here: Sequence[Row[*tuple[Any, ...]]] = ()
    if known:
        here = (await conn.execute(_FORMER.where(story.c.document_id == document_id).order_by(story.c.position))).all()
    present = {row.id: None for row in here if row.withdrawn_at is None}
    wanted = list(set(prints))
    away: list[Row[*tuple[Any, ...]]] = []
    for start in range(0, len(wanted), 500):
        asked = {"marks": wanted[start : start + 500], "here": document_id}
        away += (await conn.execute(_WITHDRAWN_ELSEWHERE, asked)).all()
    for row in sorted(here, key=lambda row: row.withdrawn_at is not None) + away:
        found[row.fingerprint].append(_former_row(row))
    return found, present


_FORMER = select(
    story.c.id,
    story.c.document_id,
    story.c.event_id,
    story.c.fingerprint,
    story.c.published_at,
    story.c.arrived_at,
    story.c.withdrawn_at,
    story.c.countries,
    story.c.topics,
    story.c.language,
)


_WITHDRAWN_ELSEWHERE = _FORMER.where(
    story.c.fingerprint.in_(bindparam("marks", expanding=True)),
    story.c.withdrawn_at.is_not(None),
    story.c.document_id != bindparam("here"),
).order_by(story.c.id)


def _former_row(row: Row[*tuple[Any, ...]]) -> _Former:
    return _Former(
        row.id,
        row.document_id,
        row.event_id,
        row.published_at,
        row.arrived_at,
        row.withdrawn_at is None,
        _labels(row.countries, row.topics, row.language),
    )


async def _rows(conn: AsyncConnection, ids: Sequence[int]) -> list[_Former]:
    found: list[_Former] = []
    for start in range(0, len(ids), 500):
        query = _FORMER.where(story.c.id.in_(ids[start : start + 500])).order_by(story.c.id)
        found += [_former_row(row) for row in await conn.execute(query)]
    return found


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A story that the store has not seen."""

    position: int
    incoming: Incoming


async def _insert(conn: AsyncConnection, document_id: int, fresh: Sequence[_Fresh], now: datetime) -> list[int]:
    """Write new stories, each with an event of its own; their ids, in their order."""
    event_ids = await events.new_events(conn, now, len(fresh))
    rows = [
        {
            "document_id": document_id,
            "position": item.position,
            "event_id": event_id,
            "fingerprint": item.incoming.indexed.fingerprint,
            "published_at": item.incoming.published_at or now,
            "arrived_at": now,
            "withdrawn_at": None,
            **_values(item.incoming),
        }
        for item, event_id in zip(fresh, event_ids, strict=True)
    ]
    ids = [int(number) for number in (await conn.execute(_NEW, rows)).scalars()]
    bodies = [
        {"story_id": number, "body": _body(item.incoming.indexed.analysis)}
        for number, item in zip(ids, fresh, strict=True)
    ]
    await conn.execute(_NEW_BODY, bodies)
    labelled = [
        (number, row["published_at"], _labels(row["countries"], row["topics"], row["language"]))
        for number, row in zip(ids, rows, strict=True)
    ]
    await labels.add_labels(conn, labelled)
    await _index(conn, [(number, item.incoming.indexed) for number, item in zip(ids, fresh, strict=True)])
    return ids


async def _update(conn: AsyncConnection, document_id: int, position: int, item: Incoming, match: _Former) -> None:
    values = _values(item)
    published = item.published_at or match.arrived_at
    wanted = _labels(values["countries"], values["topics"], values["language"])
    await conn.execute(
        update(story)
        .where(story.c.id == match.id)
        .values(document_id=document_id, position=position, published_at=published, withdrawn_at=None, **values)
    )
    query = upsert(conn, story_body).values(story_id=match.id, body=_body(item.indexed.analysis))
    # A pruned story has no body any more.
    await conn.execute(query.on_conflict_do_update(index_elements=["story_id"], set_={"body": query.excluded.body}))
    if match.present and (match.labels, match.published_at) != (wanted, published):
        await labels.drop_labels(conn, [(match.id, match.published_at, match.labels)])
    if not match.present or (match.labels, match.published_at) != (wanted, published):
        await labels.add_labels(conn, [(match.id, published, wanted)])
    await _unindex(conn, [match.id])
    await _index(conn, [(match.id, item.indexed)])


async def _index(conn: AsyncConnection, rows: Sequence[tuple[int, Indexed]]) -> None:
    """Put stories into the full-text index."""
    found = [(number, item.fields, language_code(item.analysis.language)) for number, item in rows]
    if conn.dialect.name == "sqlite":
        texts = [
            {"number": number, "head": index_text(head, language), "body": index_text(body, language)}
            for number, (head, body), language in found
        ]
        await conn.execute(_INDEX_SQLITE, texts)
        await conn.execute(_MERGE_SQLITE, {"pages": _MERGED_PAGES * len(texts)})
    else:
        vectors = [{"number": number, "words": index_vector(fields, language)} for number, fields, language in found]
        await conn.execute(_INDEX_POSTGRES, vectors)


async def reindex(conn: AsyncConnection, after: int = 0, limit: int = 500) -> int | None:
    """Build the full-text index anew for the `limit` stories that follow the id `after`; the last id, None at the end.

    For stores that come from a backup, and when the way of cutting texts into terms has changed.
    """
    query = (
        select(story.c.id, story.c.headline, story.c.kicker, story.c.language, story_body.c.body)
        .join(story_body, story_body.c.story_id == story.c.id)
        .where(story.c.id > after, story.c.withdrawn_at.is_(None))
        .order_by(story.c.id)
        .limit(limit)
    )
    rows = (await conn.execute(query)).all()
    if not rows:
        return None
    await _unindex(conn, [row.id for row in rows])
    await _index(conn, [(row.id, _indexed(row)) for row in rows])
    return int(rows[-1].id)


def _indexed(row: Row[*tuple[Any, ...]]) -> Indexed:
    body = orjson.loads(row.body)
    told = Story(
        0,
        tuple(body["paragraphs"]),
        kicker=row.kicker,
        deck=body["deck"],
        title=body["title"],
        dateline=body["dateline"],
    )
    return index_story(Analysis(told, row.headline, row.language, (), (), (), ()))


async def _unindex(conn: AsyncConnection, ids: Sequence[int]) -> None:
    query = _UNINDEX_SQLITE if conn.dialect.name == "sqlite" else _UNINDEX_POSTGRES
    if ids:
        await conn.execute(query, [{"number": number} for number in ids])


_NEW = insert(story).returning(story.c.id, sort_by_parameter_order=True)
_NEW_BODY = insert(story_body)
_INDEX_SQLITE = text("INSERT INTO story_words (rowid, head, body) VALUES (:number, :head, :body)")
_MERGE_SQLITE = text("INSERT INTO story_words (story_words, rank) VALUES ('merge', :pages)")
_MERGED_PAGES = 4
"""Pages of the index that are merged per story: enough to keep up; FTS5 itself does it in bursts of hundreds."""
_INDEX_POSTGRES = text("INSERT INTO story_words (story_id, words) VALUES (:number, CAST(:words AS tsvector))")
_UNINDEX_SQLITE = text("DELETE FROM story_words WHERE rowid = :number")
_UNINDEX_POSTGRES = text("DELETE FROM story_words WHERE story_id = :number")
