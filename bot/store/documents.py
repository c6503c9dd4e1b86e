"""Documents: the files and feed items that the store knows, with their status.

A path is relative to the seeds folder, with forward slashes. Replacing a document keeps the ids of stories whose text
is the same, since ids are posted. A withdrawn story stays in its table, out of all lists, so that it gets its id and
event back when its file returns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.newsroom.audience import OPERATOR, Audience
from bot.newsroom.models import DateOrigin, DocumentLine, DocumentStatus
from bot.newsroom.rejections import Rejection
from bot.newsroom.search_terms import IndexedStory, fold, index_story
from bot.store import stories
from bot.store.audiences import documents_for
from bot.store.paths import decode_path, encode_path
from bot.store.schema import document, story
from bot.store.sql_helpers import batches, upsert
from summarizers.types import Analysis

__all__ = [
    "FileFacts",
    "KnownFile",
    "NewDocument",
    "Origin",
    "StoredDocument",
    "Withdrawal",
    "add_documents",
    "count_by_status",
    "count_missing",
    "find_duplicates",
    "find_files",
    "find_new",
    "find_original",
    "list_files_after",
    "list_rejected",
    "mark_duplicate",
    "mark_missing",
    "reject_document",
    "store_document",
    "update_facts",
    "withdraw_document",
]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was when it was last read; `id` is the document's.

    `missing_since` is set for a file that is gone and whose withdrawal is held.
    """

    size: int
    mtime_ns: int
    inode: int
    sha256: str | None
    status: DocumentStatus
    rejection: Rejection | None
    id: int
    missing_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file's size, time, inode, hash and encoding.

    `sha256` is in hex, None for a file that could not be read.
    """

    size: int
    mtime_ns: int
    inode: int
    sha256: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """The time of publication, publisher and address that a source gives for a story.

    `arrived_at` is when the newsroom that exported it had it first, `picture` the address of a picture, and
    `date_origin` where the time of publication comes from.
    """

    published_at: datetime | None = None
    source: str | None = None
    url: str | None = None
    arrived_at: datetime | None = None
    picture: str | None = None
    date_origin: DateOrigin = DateOrigin.STATED


_STORING_LOCK = 4_205_319
"""Key of PostgreSQL's advisory lock for storing documents; any number that nothing else of ours uses."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """The result of storing a document, with one story id per analysis, in their order.

    `new` are those of them that were not visible before, `withdrawn` the stories that only the former version had.
    `stored_before` says that the same bytes were stored at the same path already, as by another process meanwhile.
    """

    id: int
    story_ids: tuple[int, ...]
    new: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()
    stored_before: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The stories that a document's withdrawal hid.

    `heir` is the path of the duplicate that took them over instead.
    """

    story_ids: tuple[int, ...] = ()
    heir: str | None = None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document to add, with one origin per story."""

    path: str
    facts: FileFacts
    stories: Sequence[IndexedStory]
    origins: Sequence[Origin]
    guild_id: int | None = None


_KNOWN = select(
    document.c.path,
    document.c.size,
    document.c.mtime_ns,
    document.c.inode,
    document.c.sha256,
    document.c.status,
    document.c.reason,
    document.c.id,
    document.c.missing_since,
)


def _known_row(row: Row[*tuple[Any, ...]]) -> tuple[str, KnownFile]:
    path, size, mtime, inode, sha256, status, reason, number, missing = row
    rejection = Rejection.decode(reason) if reason is not None else None
    return decode_path(path), KnownFile(
        size, mtime, int(inode), sha256, DocumentStatus(status), rejection, number, missing
    )


async def list_files_after(conn: AsyncConnection, after: int, limit: int) -> list[tuple[str, KnownFile]]:
    """Return the first `limit` files with an id above `after`, withdrawn ones left out.

    For reading all of them in portions. Served by the primary key.
    """
    query = _KNOWN.where(document.c.id > after, document.c.status != DocumentStatus.WITHDRAWN.value)
    return [_known_row(row) for row in await conn.execute(query.order_by(document.c.id).limit(limit))]


async def find_files(conn: AsyncConnection, paths: Sequence[str]) -> dict[str, KnownFile]:
    """Return the known ones of these files by path, withdrawn and rejected ones included."""
    files: dict[str, KnownFile] = {}
    for batch in batches(paths):
        query = _KNOWN.where(document.c.path.in_([encode_path(path) for path in batch]))
        files.update(_known_row(row) for row in await conn.execute(query))
    return files


async def find_original(conn: AsyncConnection, sha256: str, path: str, guild_id: int | None = None) -> str | None:
    """Return the path of another stored document with the same bytes and readers, or None.

    Served by ix_document_sha256.
    """
    query = (
        select(document.c.path)
        .where(
            document.c.sha256 == sha256,
            document.c.status == DocumentStatus.STORED.value,
            document.c.path != encode_path(path),
            document.c.guild_id.is_not_distinct_from(guild_id),
        )
        .order_by(document.c.id)
        .limit(1)
    )
    path_there = (await conn.execute(query)).scalar()
    return decode_path(path_there) if path_there is not None else None


async def store_document(
    conn: AsyncConnection,
    path: str,
    facts: FileFacts,
    analyses: Sequence[Analysis | IndexedStory],
    *,
    now: datetime,
    origin: Origin | None = None,
    origins: Sequence[Origin | None] | None = None,
    guild_id: int | None = None,
) -> StoredDocument:
    """Store a document's stories in place of those of its former version.

    `guild_id` is the server that alone sees them; None for all.

    `origin` is the document's; `origins`, one per analysis, take precedence. A story without a time of publication is
    published when it arrives, at `now` (aware). Stories as `index_story` makes them, in the process that analysed them,
    keep that work off the event loop; plain analyses are indexed here.
    """
    if origins is not None and len(origins) != len(analyses):
        raise ValueError("origins must have one entry per analysis")
    await _lock_storing(conn)
    former = await _find(conn, path)
    if former is not None and former[1] is DocumentStatus.STORED and former[2] != facts.sha256:
        await _hand_over(conn, former[0])
    number = await _write(
        conn, path, facts, DocumentStatus.STORED, None, now, stories_in_it=len(analyses), guild_id=guild_id
    )
    merged = [_merged(origin, origins[at] if origins else None) for at in range(len(analyses))]
    incoming = [
        _incoming(item if isinstance(item, IndexedStory) else index_story(item), from_, now, guild_id)
        for item, from_ in zip(analyses, merged, strict=True)
    ]
    result = await stories.replace_stories(conn, number, incoming, now, known=former is not None)
    before = former is not None and former[1] is DocumentStatus.STORED and former[2] == facts.sha256
    return StoredDocument(number, result.ids, result.new, result.withdrawn, before)


async def find_new(conn: AsyncConnection, incoming: Sequence[NewDocument]) -> list[bool]:
    """Return which of these documents `add_documents` can add.

    Their paths are unknown and none of their stories was withdrawn anywhere, which `store_document` would bring back.
    It stays so until the transaction ends, unless this transaction stores or withdraws something itself. Served by the
    unique index of document.path and ix_story_fingerprint.
    """
    await _lock_storing(conn)
    known: set[str] = set()
    for batch in batches([encode_path(each.path) for each in incoming]):
        known.update((await conn.execute(select(document.c.path).where(document.c.path.in_(batch)))).scalars())
    withdrawn = await stories.find_withdrawn(conn, [item.fingerprint for each in incoming for item in each.stories])
    return [
        encode_path(each.path) not in known and withdrawn.isdisjoint(item.fingerprint for item in each.stories)
        for each in incoming
    ]


async def add_documents(
    conn: AsyncConnection, incoming: Sequence[NewDocument], *, now: datetime
) -> list[StoredDocument]:
    """Store documents that `find_new` found to be new, as `store_document` would.

    A few statements for all of them, so that each should have few stories.
    """
    rows = [
        _columns(
            each.path,
            each.facts,
            DocumentStatus.STORED,
            None,
            now,
            stories_in_it=len(each.stories),
            guild_id=each.guild_id,
        )
        for each in incoming
    ]
    numbers = [int(number) for number in (await conn.execute(_ADD, rows)).scalars()]
    items = {
        number: [
            _incoming(item, from_, now, each.guild_id) for item, from_ in zip(each.stories, each.origins, strict=True)
        ]
        for number, each in zip(numbers, incoming, strict=True)
    }
    ids = await stories.add_stories(conn, items, now)
    return [StoredDocument(number, ids[number], ids[number]) for number in numbers]


async def _lock_storing(conn: AsyncConnection) -> None:
    """Of two programs that read a new file at once, let the second see what the first stored."""
    if conn.dialect.name == "postgresql":
        await conn.execute(select(func.pg_advisory_xact_lock(_STORING_LOCK)))


def _incoming(item: IndexedStory, origin: Origin, now: datetime, guild_id: int | None) -> stories.IncomingStory:
    arrived_at = min(origin.arrived_at or now, now)
    dated = origin.date_origin if origin.published_at is not None else DateOrigin.ARRIVAL
    return stories.IncomingStory(
        item, origin.published_at, origin.source, origin.url, arrived_at, guild_id, origin.picture, dated
    )


async def mark_duplicate(
    conn: AsyncConnection, path: str, facts: FileFacts, original: str, *, now: datetime, guild_id: int | None = None
) -> int:
    """Record that a file has the text of the document at `original`; return its id.

    Both are for the same readers.

    Its former content is withdrawn, or handed to a duplicate of it.
    """
    source = await _find(conn, original)
    if source is None or source[1] is not DocumentStatus.STORED:
        raise ValueError(f"{original!r} is no stored document")
    await _empty(conn, path, now)
    number = await _write(conn, path, facts, DocumentStatus.DUPLICATE, None, now, guild_id=guild_id)
    await conn.execute(update(document).where(document.c.id == number).values(duplicate_of=source[0], stories=0))
    return number


async def reject_document(
    conn: AsyncConnection,
    path: str,
    facts: FileFacts,
    rejection: Rejection,
    *,
    now: datetime,
    guild_id: int | None = None,
) -> int:
    """Record why a file can't be read, and withdraw its former content; return its id."""
    await _empty(conn, path, now)
    return await _write(conn, path, facts, DocumentStatus.REJECTED, rejection, now, guild_id=guild_id)


async def withdraw_document(conn: AsyncConnection, path: str, *, now: datetime) -> Withdrawal:
    """Withdraw a document's stories; a remaining duplicate takes them over instead.

    A path that is unknown, or was withdrawn before, changes nothing.
    """
    known = await _find(conn, path)
    if known is None or known[1] is DocumentStatus.WITHDRAWN:
        return Withdrawal()
    withdrawal = await _empty(conn, path, now)
    await conn.execute(
        update(document)
        .where(document.c.id == known[0])
        .values(
            status=DocumentStatus.WITHDRAWN.value,
            reason=None,
            duplicate_of=None,
            stories=0,
            changed_at=now,
            missing_since=None,
        )
    )
    return withdrawal


async def mark_missing(conn: AsyncConnection, paths: Sequence[str], since: datetime | None) -> None:
    """Record since when files are missing while their stories are kept; None if they are back."""
    for batch in batches(map(encode_path, paths)):
        present = and_(document.c.path.in_(batch), document.c.status != DocumentStatus.WITHDRAWN.value)
        await conn.execute(update(document).where(present).values(missing_since=since))


async def count_missing(conn: AsyncConnection) -> tuple[int, datetime | None]:
    """Return the number of missing files whose stories are kept, and when the first was missed."""
    query = select(func.count(), func.min(document.c.missing_since)).where(document.c.missing_since.is_not(None))
    row = (await conn.execute(query)).one()
    return int(row[0]), row[1]


async def find_duplicates(conn: AsyncConnection, paths: Sequence[str]) -> dict[str, list[str]]:
    """Return the paths of the duplicates that these documents have, by the document's path."""
    copy = document.alias()
    query = select(document.c.path, copy.c.path).join(copy, copy.c.duplicate_of == document.c.id)
    duplicates: dict[str, list[str]] = {}
    for batch in batches(map(encode_path, paths)):
        for path, copy_path in await conn.execute(query.where(document.c.path.in_(batch)).order_by(copy.c.id)):
            duplicates.setdefault(decode_path(path), []).append(decode_path(copy_path))
    return duplicates


async def update_facts(conn: AsyncConnection, path: str, facts: FileFacts) -> None:
    """Store a file's new size, time and inode; its bytes are the same."""
    await conn.execute(
        update(document)
        .where(document.c.path == encode_path(path))
        .values(size=facts.size, mtime_ns=facts.mtime_ns, inode=str(facts.inode), missing_since=None)
    )


async def list_rejected(conn: AsyncConnection, limit: int = 1000) -> list[DocumentLine]:
    """Return the files that could not be read, by path. Reads the whole table: for statistics."""
    query = (
        select(document)
        .where(document.c.status == DocumentStatus.REJECTED.value)
        .order_by(document.c.path)
        .limit(limit)
    )
    return [
        DocumentLine(
            id=row.id,
            path=decode_path(row.path),
            status=DocumentStatus(row.status),
            rejection=Rejection.decode(row.reason or ""),
            size=row.size,
            sha256=row.sha256,
            encoding=row.encoding,
            stories=row.stories,
            changed_at=row.changed_at,
        )
        for row in await conn.execute(query)
    ]


async def count_by_status(conn: AsyncConnection, audience: Audience = OPERATOR) -> dict[DocumentStatus, int]:
    """Return the number of documents of each status that these readers may know of.

    Reads the whole table: for statistics.
    """
    query = select(document.c.status, func.count()).where(documents_for(audience)).group_by(document.c.status)
    counts = {DocumentStatus(status): int(count) for status, count in await conn.execute(query)}
    return {status: counts.get(status, 0) for status in DocumentStatus}


_BY_PATH = select(document.c.id, document.c.status, document.c.sha256).where(document.c.path == bindparam("at_path"))


async def _find(conn: AsyncConnection, path: str) -> tuple[int, DocumentStatus, str | None] | None:
    row = (await conn.execute(_BY_PATH, {"at_path": encode_path(path)})).first()
    return (row[0], DocumentStatus(row[1]), row[2]) if row is not None else None


@cache
def _put(dialect: str) -> ReturningInsert[int]:
    """Return the statement that inserts or updates a document by its path.

    Built once, since building takes longer than running.
    """
    query = upsert(dialect, document)
    changed = {column.name: query.excluded[column.name] for column in document.c if column.name not in ("id", "path")}
    return query.on_conflict_do_update(index_elements=["path"], set_=changed).returning(document.c.id)


async def _write(
    conn: AsyncConnection,
    path: str,
    facts: FileFacts,
    status: DocumentStatus,
    rejection: Rejection | None,
    now: datetime,
    *,
    stories_in_it: int = 0,
    guild_id: int | None = None,
) -> int:
    """Insert or update a document's row, and return its id."""
    values = _columns(path, facts, status, rejection, now, stories_in_it=stories_in_it, guild_id=guild_id)
    return int((await conn.execute(_put(conn.dialect.name), values)).scalar_one())


def _columns(
    path: str,
    facts: FileFacts,
    status: DocumentStatus,
    rejection: Rejection | None,
    now: datetime,
    *,
    stories_in_it: int,
    guild_id: int | None,
) -> dict[str, Any]:
    return {
        "path": encode_path(path),
        "path_folded": fold(path),
        "status": status.value,
        "reason": rejection.encode() if rejection is not None else None,
        "size": facts.size,
        "mtime_ns": facts.mtime_ns,
        "inode": str(facts.inode),
        "sha256": facts.sha256,
        "encoding": facts.encoding,
        "duplicate_of": None,
        "stories": stories_in_it,
        "changed_at": now,
        "missing_since": None,
        "guild_id": guild_id,
    }


_ADD = insert(document).returning(document.c.id, sort_by_parameter_order=True)


async def _empty(conn: AsyncConnection, path: str, now: datetime) -> Withdrawal:
    """Withdraw what a document holds, before it becomes something else."""
    known = await _find(conn, path)
    if known is None or known[1] is not DocumentStatus.STORED:
        return Withdrawal()
    heir = await _hand_over(conn, known[0])
    if heir is not None:
        return Withdrawal((), heir)
    in_it = or_(story.c.withdrawn_at.is_(None), story.c.withheld_at.is_not(None))
    query = select(story.c.id).where(story.c.document_id == known[0], in_it).order_by(story.c.position)
    ids = (await conn.execute(query)).scalars().all()
    return Withdrawal(await stories.withdraw_stories(conn, ids, now))


async def _hand_over(conn: AsyncConnection, number: int) -> str | None:
    """Give a document's stories to the oldest of its duplicates, and return its path.

    The other duplicates then point to it.
    """
    query = select(document.c.id, document.c.path).where(document.c.duplicate_of == number).order_by(document.c.id)
    heirs = (await conn.execute(query)).all()
    if not heirs:
        return None
    heir, path = heirs[0]
    own = story.c.document_id == number
    count = (
        await conn.execute(select(func.count()).select_from(story).where(own, story.c.withdrawn_at.is_(None)))
    ).scalar_one()
    await conn.execute(update(story).where(own).values(document_id=heir))
    await conn.execute(
        update(document)
        .where(document.c.id == heir)
        .values(status=DocumentStatus.STORED.value, duplicate_of=None, stories=count)
    )
    await conn.execute(update(document).where(document.c.duplicate_of == number).values(duplicate_of=heir))
    return decode_path(path)


def _merged(whole: Origin | None, own: Origin | None) -> Origin:
    whole, own = whole or Origin(), own or Origin()
    return Origin(
        own.published_at if own.published_at is not None else whole.published_at,
        own.source or whole.source,
        own.url or whole.url,
        own.arrived_at or whole.arrived_at,
        own.picture or whole.picture,
        (own if own.published_at is not None else whole).date_origin,
    )
