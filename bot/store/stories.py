"""Writing stories: a document's stories replaced, withdrawn and brought back.

A story's row has what lists show; `story_body` has the rest as one JSON text; `story_label` and the full-text index
find it. All four are written and removed together, here.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.newsroom.assigned_labels import assigned_topics
from bot.newsroom.models import COUNTRY_THRESHOLD, DateOrigin
from bot.newsroom.news_factors import encode_factors
from bot.newsroom.search_terms import IndexedStory, fold, language_code
from bot.store import events, labels, recut_stories
from bot.store.labels import LabelledStory
from bot.store.recut_stories import Recut
from bot.store.schema import event, label_count, story, story_body, story_label
from bot.store.search import index_stored_stories, index_words, unindex_words
from bot.store.sql_helpers import batches, upsert
from summarizers.types import Analysis

__all__ = [
    "IncomingStory",
    "StoreResult",
    "add_stories",
    "find_withdrawn",
    "hide_stories",
    "rebuild_labels",
    "replace_stories",
    "reveal_stories",
    "withdraw_stories",
]

_INSERTED_AT_ONCE = 40
"""Stories per INSERT: passing the rows of a large document on at once would block the event loop."""

_BUILT_AT_ONCE = 4
"""Stories whose rows are built before the event loop serves others: about a millisecond."""


@dataclass(frozen=True, slots=True)
class IncomingStory:
    """A story on its way into the store."""

    indexed: IndexedStory
    published_at: datetime | None = None
    source: str | None = None
    url: str | None = None
    arrived_at: datetime | None = None
    guild_id: int | None = None
    """The server that alone sees it; None for all."""
    picture: str | None = None
    date_origin: DateOrigin = DateOrigin.ARRIVAL


@dataclass(frozen=True, slots=True)
class _NewStory:
    """A story to insert at a position of a document, with the time at which its text arrived."""

    document_id: int
    position: int
    item: IncomingStory
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class StoreResult:
    """Ids of a document's stories, in order.

    `new` are those of them that became visible, `withdrawn` the former stories that are not any more.
    """

    ids: tuple[int, ...]
    new: tuple[int, ...]
    withdrawn: tuple[int, ...]


async def replace_stories(
    conn: AsyncConnection, document_id: int, incoming: Sequence[IncomingStory], now: datetime, *, known: bool = True
) -> StoreResult:
    """Store `incoming`, in order, as the document's stories.

    A text that the document had before, or that was withdrawn anywhere, keeps its id, event and time of arrival; for how
    long it was hidden is recorded, so that digests can catch up. So does a story that is cut differently and says
    nothing new. A withheld story stays hidden. `known` is false for a new document.
    """
    fingerprints = [item.indexed.fingerprint for item in incoming]
    guild_id = incoming[0].guild_id if incoming else None  # a document's stories are all for the same readers
    existing, present = await _existing_rows(conn, document_id, fingerprints, guild_id, known=known)
    ids: dict[int, int] = {}
    unknown: list[int] = []
    appeared: set[int] = set()
    changed_events: set[int] = set()
    for position, (item, fingerprint) in enumerate(zip(incoming, fingerprints, strict=True)):
        match = existing[fingerprint].pop(0) if existing[fingerprint] else None
        if match is None:
            unknown.append(position)
            continue
        await _update(conn, document_id, position, item, match, now)
        ids[position] = match.id
        present.pop(match.id, None)
        if not match.present and not match.withheld:
            appeared.add(match.id)
            changed_events.add(match.event_id)
    recut, former = await _match_recut(conn, present, {at: incoming[at] for at in unknown})
    for position, story_id in recut.same.items():
        await _update(conn, document_id, position, incoming[position], former[story_id], now)
        ids[position] = story_id
        del present[story_id]
    new_stories = [
        _NewStory(document_id, position, incoming[position], former[recut.origins[position]].arrived_at)
        if position in recut.origins
        else _NewStory(document_id, position, incoming[position], incoming[position].arrived_at or now)
        for position in unknown
        if position not in recut.same
    ]
    for batch in batches(new_stories, _INSERTED_AT_ONCE):
        inserted = await _insert(conn, batch, now)
        ids.update({each.position: story_id for each, story_id in zip(batch, inserted, strict=True)})
        appeared.update(inserted)
    await recut_stories.add_successors(
        conn, {former_id: ids[at] for former_id, at in recut.successors.items() if former_id in present}
    )
    withdrawn = await withdraw_stories(conn, present, now)
    await events.recount(conn, changed_events)
    ordered = tuple(ids[position] for position in range(len(incoming)))
    return StoreResult(ordered, tuple(story_id for story_id in ordered if story_id in appeared), withdrawn)


async def find_withdrawn(conn: AsyncConnection, fingerprints: Iterable[str]) -> set[str]:
    """Return those fingerprints whose story was withdrawn somewhere.

    Served by ix_story_fingerprint.
    """
    found: set[str] = set()
    for batch in batches(set(fingerprints)):
        withdrawn = select(story.c.fingerprint).where(story.c.fingerprint.in_(batch), story.c.withdrawn_at.is_not(None))
        found.update((await conn.execute(withdrawn)).scalars())
    return found


async def add_stories(
    conn: AsyncConnection, incoming: Mapping[int, Sequence[IncomingStory]], now: datetime
) -> dict[int, tuple[int, ...]]:
    """Store the stories of new documents, by the documents' ids; return the stories' ids.

    None of them was withdrawn anywhere: otherwise `replace_stories` brings it back.
    """
    new_stories = [
        _NewStory(document_id, position, item, item.arrived_at or now)
        for document_id, items in incoming.items()
        for position, item in enumerate(items)
    ]
    ids: dict[int, list[int]] = {document_id: [] for document_id in incoming}
    for batch in batches(new_stories, _INSERTED_AT_ONCE):
        for each, story_id in zip(batch, await _insert(conn, batch, now), strict=True):
            ids[each.document_id].append(story_id)
    return {document_id: tuple(story_ids) for document_id, story_ids in ids.items()}


async def withdraw_stories(conn: AsyncConnection, ids: Iterable[int], now: datetime) -> tuple[int, ...]:
    """Remove stories from all lists; return those that were visible.

    They keep their rows, and `replace_stories` brings them back. One that is withheld doesn't return when that ends.
    """
    rows = await _rows_by_id(conn, list(ids))
    for batch in batches(row.id for row in rows if row.withheld):
        await conn.execute(update(story).where(story.c.id.in_(batch)).values(withheld_at=None))
    present = [row for row in rows if row.present]
    await _remove_from_lists(conn, present, withdrawn_at=now)
    return tuple(row.id for row in present)


async def hide_stories(conn: AsyncConnection, ids: Iterable[int], now: datetime) -> tuple[int, ...]:
    """Hide stories that are withheld from all lists; return those that were visible.

    `reveal_stories` undoes it.
    """
    present = [row for row in await _rows_by_id(conn, list(ids)) if row.present]
    await _remove_from_lists(conn, present, withdrawn_at=now, withheld_at=now)
    return tuple(row.id for row in present)


async def reveal_stories(conn: AsyncConnection, ids: Iterable[int], now: datetime) -> tuple[int, ...]:
    """Bring back stories that `hide_stories` hid; return those that are visible again.

    Those whose document has lost them meanwhile stay withdrawn.
    """
    rows = [row for row in await _rows_by_id(conn, list(ids)) if row.withheld]
    for row in rows:
        visible = {"withdrawn_at": None, "withheld_at": None, "hidden_from": row.hidden_since, "returned_at": now}
        await conn.execute(update(story).where(story.c.id == row.id).values(visible))
    await labels.add_labels(conn, [row.labelled for row in rows])
    await index_stored_stories(conn, [row.id for row in rows])
    await events.recount(conn, {row.event_id for row in rows})
    return tuple(row.id for row in rows)


async def rebuild_labels(conn: AsyncConnection) -> None:
    """Build labels, their counts and the events' counts anew from the visible stories."""
    await conn.execute(delete(story_label))
    await conn.execute(delete(label_count))
    visible = select(story.c.id).where(story.c.withdrawn_at.is_(None)).order_by(story.c.id)
    for batch in batches((await conn.execute(visible)).scalars()):
        await labels.add_labels(conn, [row.labelled for row in await _rows_by_id(conn, batch)])
    for events_batch in batches((await conn.execute(select(event.c.id))).scalars()):
        await events.recount(conn, set(events_batch))


async def _remove_from_lists(conn: AsyncConnection, rows: Sequence[_ExistingRow], **values: datetime) -> None:
    """Remove visible stories from labels, words and counts, and set columns of their rows."""
    if not rows:
        return
    await labels.drop_labels(conn, [row.labelled for row in rows])
    await unindex_words(conn, [row.id for row in rows])
    for batch in batches(row.id for row in rows):
        await conn.execute(update(story).where(story.c.id.in_(batch)).values(values))
    await events.recount(conn, {row.event_id for row in rows})


@dataclass(frozen=True, slots=True)
class _ExistingRow:
    """A story's row before a change."""

    id: int
    event_id: int
    published_at: datetime
    arrived_at: datetime
    withdrawn_at: datetime | None
    withheld_at: datetime | None
    hidden_from: datetime | None
    pruned: bool
    labels: frozenset[int]

    @property
    def present(self) -> bool:
        return self.withdrawn_at is None

    @property
    def withheld(self) -> bool:
        """Return whether the document has the story, and only an editor's decision hides it."""
        return self.withheld_at is not None

    @property
    def hidden_since(self) -> datetime | None:
        """The first time at which the story was hidden: since then digests may have missed it."""
        known = [at for at in (self.hidden_from, self.withdrawn_at) if at is not None]
        return min(known, default=None)

    @property
    def labelled(self) -> LabelledStory:
        return LabelledStory(self.id, self.published_at, self.labels)


async def _existing_rows(
    conn: AsyncConnection, document_id: int, fingerprints: Sequence[str], guild_id: int | None, *, known: bool
) -> tuple[dict[str, list[_ExistingRow]], dict[int, None]]:
    """Return rows that may become these stories, by fingerprint, and the visible ids.

    They are seen by the readers of `guild_id`. These are the ids of the document's visible and withheld stories. The document's own rows come first, those that it
    has now before withdrawn ones. Served by ix_story_document_id_position and ix_story_fingerprint.
    """
    own: Sequence[Row[*tuple[Any, ...]]] = ()
    if known:
        query = _EXISTING.where(story.c.document_id == document_id).order_by(story.c.position)
        own = (await conn.execute(query)).all()
    elsewhere: list[Row[*tuple[Any, ...]]] = []
    for batch in batches(set(fingerprints)):
        values = {"fingerprints": batch, "own_document": document_id}
        rows = (await conn.execute(_WITHDRAWN_ELSEWHERE, values)).all()
        elsewhere += [row for row in rows if row.guild_id == guild_id]
    by_fingerprint: dict[str, list[_ExistingRow]] = defaultdict(list)
    has = [row.withdrawn_at is None or row.withheld_at is not None for row in own]
    ordered = [row for row, there in zip(own, has, strict=True) if there]
    ordered += [row for row, there in zip(own, has, strict=True) if not there]
    for row in ordered + elsewhere:
        by_fingerprint[row.fingerprint].append(_existing_row(row))
    return by_fingerprint, {row.id: None for row, there in zip(own, has, strict=True) if there}


_EXISTING = select(
    story.c.id,
    story.c.event_id,
    story.c.fingerprint,
    story.c.published_at,
    story.c.arrived_at,
    story.c.withdrawn_at,
    story.c.withheld_at,
    story.c.hidden_from,
    story.c.headline,
    story.c.countries,
    story.c.topics,
    story.c.language,
    story.c.guild_id,
)
_WITHDRAWN_ELSEWHERE = _EXISTING.where(
    story.c.fingerprint.in_(bindparam("fingerprints", expanding=True)),
    story.c.withdrawn_at.is_not(None),
    story.c.withheld_at.is_(None),
    story.c.document_id != bindparam("own_document"),
).order_by(story.c.id)


def _existing_row(row: Row[*tuple[Any, ...]]) -> _ExistingRow:
    labels_then = _labels(row.countries, row.topics, row.language, row.guild_id)
    pruned = not row.headline  # `retention` empties it, and every story has one
    return _ExistingRow(
        row.id,
        row.event_id,
        row.published_at,
        row.arrived_at,
        row.withdrawn_at,
        row.withheld_at,
        row.hidden_from,
        pruned,
        labels_then,
    )


async def _rows_by_id(conn: AsyncConnection, ids: Sequence[int]) -> list[_ExistingRow]:
    rows: list[_ExistingRow] = []
    for batch in batches(ids):
        query = _EXISTING.where(story.c.id.in_(batch)).order_by(story.c.id)
        rows += [_existing_row(row) for row in await conn.execute(query)]
    return rows


async def _match_recut(
    conn: AsyncConnection, present: Iterable[int], unknown: Mapping[int, IncomingStory]
) -> tuple[Recut, dict[int, _ExistingRow]]:
    """Find the document's former stories in those that it has by other texts, by position."""
    former = {row.id: row for row in await _rows_by_id(conn, list(present))} if unknown else {}
    if not former:
        return Recut(), {}
    texts = await recut_stories.former_texts(conn, list(former))
    incoming = {position: recut_stories.text_of(item.indexed.analysis) for position, item in unknown.items()}
    return recut_stories.match_recut(texts, incoming), former


async def _insert(conn: AsyncConnection, new_stories: Sequence[_NewStory], now: datetime) -> list[int]:
    """Insert stories, each with an event of its own; return their ids in order."""
    event_ids = await events.create_events(conn, now, len(new_stories))
    rows: list[dict[str, Any]] = []
    bodies: list[dict[str, Any]] = []
    for at, (each, event_id) in enumerate(zip(new_stories, event_ids, strict=True), 1):
        rows.append(
            {
                "document_id": each.document_id,
                "position": each.position,
                "event_id": event_id,
                "published_at": each.item.published_at or each.arrived_at,
                "arrived_at": each.arrived_at,
                "withdrawn_at": None,
                **_columns(each.item),
            }
        )
        bodies.append({"body": _body(each.item.indexed.analysis)})
        if at % _BUILT_AT_ONCE == 0:
            await asyncio.sleep(0)
    ids = [int(story_id) for story_id in (await conn.execute(_INSERT, rows)).scalars()]
    items = [each.item for each in new_stories]
    for body, story_id in zip(bodies, ids, strict=True):
        body["story_id"] = story_id
    await conn.execute(_INSERT_BODY, bodies)
    labelled = [
        LabelledStory(
            story_id,
            row["published_at"],
            _labels(row["countries"], row["topics"], row["language"], row["guild_id"]),
        )
        for story_id, row in zip(ids, rows, strict=True)
    ]
    await labels.add_labels(conn, labelled)
    await index_words(conn, [(story_id, item.indexed) for story_id, item in zip(ids, items, strict=True)])
    return ids


async def _update(
    conn: AsyncConnection, document_id: int, position: int, item: IncomingStory, match: _ExistingRow, now: datetime
) -> None:
    columns = _columns(item)
    if not match.withheld:
        columns |= {"withdrawn_at": None}
        if not match.present and not match.pruned:
            columns |= {"hidden_from": match.hidden_since, "returned_at": now}
    published = item.published_at or match.arrived_at
    await conn.execute(
        update(story)
        .where(story.c.id == match.id)
        .values(document_id=document_id, position=position, published_at=published, **columns)
    )
    query = upsert(conn, story_body).values(story_id=match.id, body=_body(item.indexed.analysis))
    # An upsert, since a pruned story has no body any more.
    await conn.execute(query.on_conflict_do_update(index_elements=["story_id"], set_={"body": query.excluded.body}))
    if match.withheld:
        return
    labels_now = _labels(columns["countries"], columns["topics"], columns["language"], columns["guild_id"])
    labelled = LabelledStory(match.id, published, labels_now)
    if match.present and match.labelled != labelled:
        await labels.drop_labels(conn, [match.labelled])
    if not match.present or match.labelled != labelled:
        await labels.add_labels(conn, [labelled])
    await unindex_words(conn, [match.id])
    await index_words(conn, [(match.id, item.indexed)])


_INSERT = insert(story).returning(story.c.id, sort_by_parameter_order=True)
_INSERT_BODY = insert(story_body)


def _columns(incoming: IncomingStory) -> dict[str, Any]:
    """Return the columns of `story` that come from the text and its source."""
    analysis = incoming.indexed.analysis
    return {
        "fingerprint": incoming.indexed.fingerprint,
        "language": language_code(analysis.language),
        "headline": analysis.headline,
        "kicker": analysis.story.kicker,
        "kicker_folded": fold(analysis.story.kicker or ""),
        "place": analysis.story.place,
        "source": incoming.source,
        "source_folded": fold(incoming.source or ""),
        "url": incoming.url,
        "picture": incoming.picture,
        "date_origin": incoming.date_origin.value,
        "guild_id": incoming.guild_id,
        "summary": _json([[sentence.position, sentence.text] for sentence in analysis.summary]),
        "countries": _json([[country.code, round(country.salience, 4)] for country in analysis.countries]),
        "topics": _json([[topic.slug, round(topic.score, 4)] for topic in analysis.topics]),
        "truncated": analysis.story.truncated,
        "size": sum(map(len, analysis.story.paragraphs)),
        "news_value": analysis.news_value.value,
        "news_factors": encode_factors(analysis.news_value.factors),
    }


def _body(analysis: Analysis) -> str:
    """Return the JSON of `story_body`."""
    parts = analysis.story
    return _json(
        {
            "title": parts.title,
            "deck": parts.deck,
            "dateline": parts.dateline,
            "place": parts.place,
            "stated_date": parts.stated_date,
            "agency": parts.agency,
            "byline": parts.byline,
            "credits": parts.credits,
            "furniture": [[line.text, line.reason] for line in parts.furniture],
            "paragraphs": parts.paragraphs,
            "sentences": analysis.sentences,
            "evidence": {
                country.code: [[item.start, item.end, item.text, item.kind] for item in country.evidence]
                for country in analysis.countries
            },
        }
    )


def _labels(countries: str, topics: str, language: str, guild_id: int | None) -> frozenset[int]:
    """Return a story's labels, from its columns."""
    about = [code for code, salience in orjson.loads(countries) if salience >= COUNTRY_THRESHOLD]
    return labels.labels_of(about, assigned_topics(orjson.loads(topics)), language, guild_id)


def _json(value: object) -> str:
    """Return JSON; halves of surrogate pairs, which orjson refuses, are replaced."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return orjson.dumps(_without_surrogates(value)).decode()


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {str(_without_surrogates(key)): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value
