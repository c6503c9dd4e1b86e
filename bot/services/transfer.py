"""Export and import of stories and subscriptions, as rows that other programs can read.

A row is one JSON object. `{"kind": "story", …}` has title, text, url, published and source as intake reads them, so
that an exported file can also be dropped into a seeds folder; `{"kind": "subscription", …}` has the settings of
`SubscriptionInput`, whether it is paused and how many slots it has had; `{"kind": "withholding", …}` has hashes of what an editor withheld, and none of its text. A story's
`fingerprint` is the stored story's: importing splits the text anew, with the headline for a title, so the words can
differ, and the fingerprint is needed to recognize the story.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from bot.errors import InputInvalid
from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.models import DateOrigin, StoryDetail, Subscription
from bot.newsroom.obstacles import Obstacle
from bot.newsroom.pictures import picture_address
from bot.newsroom.rejections import Rejection, rejection_of_fault
from bot.newsroom.search_terms import IndexedStory, index_story, text_fingerprint
from bot.newsroom.subscription_input import SubscriptionInput, parse_subscription
from bot.services.event_assignment import assign_events
from bot.store import deliveries, documents, story_rows, subscriptions, withholdings
from bot.store.carried_withholdings import CarriedWithholding, active_withholdings, carry_over
from bot.store.database import Store
from summarizers.analysis import analyse
from summarizers.events.features import StoryFeatures, story_features

__all__ = [
    "ImportReport",
    "PreparedRow",
    "PreparedRows",
    "Row",
    "export_rows",
    "import_rows",
    "prepare_rows",
    "refuse_posted",
]

_BATCH = 100
"""Rows that are read or stored in one transaction: short ones keep writers from waiting for each other."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Numbers of stories and subscriptions that an import added.

    `refused` are the stories that can't be read, by title, each with the reason.
    """

    stories: int
    subscriptions: int
    refused: tuple[tuple[str, Rejection], ...] = ()


async def export_rows(store: Store, audience: Audience = PUBLIC) -> AsyncIterator[Row]:
    """Yield the audience's stories by id, then all subscriptions, then what is withheld.

    Each batch of rows is read in one transaction.
    """
    after = 0
    while True:
        async with store.reading() as conn:
            batch = await story_rows.list_stories_after(conn, after, _BATCH, audience)
        if not batch:
            break
        for story in batch:
            yield _story_row(story)
        after = batch[-1].line.id
    async with store.reading() as conn:
        listed = await subscriptions.list_subscriptions(conn)
        slots = await deliveries.count_slots(conn)
        withheld = await active_withholdings(conn)
    for subscription in listed:
        yield _subscription_row(subscription, slots.get(subscription.id, 0))
    for each in withheld:
        yield _withholding_row(each)


async def import_rows(
    store: Store,
    rows: Iterable[Row],
    name: str,
    clock: Callable[[], datetime],
    prepare: Callable[[list[Row]], PreparedRows],
) -> ImportReport:
    """Store rows, except stories and subscriptions that are stored already.

    `prepare` analyses stories as `prepare_rows` does, in a process that can be killed; it is called in a thread.
    Raises InputInvalid for a row that lacks what it needs; batches before it have been stored.
    """
    number = new_stories = new_subscriptions = 0
    refused: list[tuple[str, Rejection]] = []
    remaining = iter(rows)
    withheld: list[CarriedWithholding] = []
    while batch := list(islice(remaining, _BATCH)):
        number += 1
        story_rows = [row for row in batch if row["kind"] == "story"]
        if story_rows:
            prepared = await asyncio.to_thread(prepare, story_rows)
            stories: list[PreparedRow] = []
            for row, story in zip(story_rows, prepared, strict=True):
                if isinstance(story, InputInvalid):
                    raise story
                if isinstance(story, Rejection):
                    refused.append((str(row.get("title")), story))
                else:
                    stories.append(story)
            by_guild: dict[int | None, list[PreparedRow]] = defaultdict(list)
            for story in stories:
                by_guild[story.guild_id].append(story)
            for guild_id, own in by_guild.items():
                new_stories += await _import_stories(store, own, f"import:{name}:{number}", clock(), guild_id)
        for row in batch:
            if row["kind"] == "subscription":
                new_subscriptions += await _import_subscription(store, row, clock())
            elif row["kind"] == "withholding":
                withheld.append(_parse_withholding(row))
    async with store.writing() as conn:
        await carry_over(conn, withheld)
    return ImportReport(new_stories, new_subscriptions, tuple(refused))


def _story_row(story: StoryDetail) -> Row:
    line = story.line
    return {
        "kind": "story",
        "title": story.title or line.headline,
        "text": "\n".join(part for part in (story.dateline, *story.paragraphs) if part),
        "url": line.ref.url,
        "picture": line.ref.picture,
        "published": line.published_at.isoformat(),
        "date_origin": line.date_origin,
        "arrived": line.arrived_at.isoformat(),
        "source": line.ref.source,
        "path": line.ref.path,
        "position": line.ref.position,
        "fingerprint": text_fingerprint(story.text),
        **({"server": str(line.guild_id)} if line.guild_id is not None else {}),
    }


def _subscription_row(subscription: Subscription, slots: int) -> Row:
    reason = subscription.pause_reason
    return {
        "kind": "subscription",
        **SubscriptionInput.of(subscription).to_row(),
        "paused": subscription.paused_at.isoformat() if subscription.paused_at else None,
        "pause_reason": reason.encode() if reason is not None else None,
        "slots": slots,
    }


def refuse_posted(rows: Iterable[Row]) -> None:
    """Raise InputInvalid, with the way to move, if a subscription of these rows has posted.

    Rows can't say what its channel was told: events have other ids in another database.
    """
    posted = sum(1 for row in rows if row["kind"] == "subscription" and row.get("slots"))
    if posted:
        raise InputInvalid(
            f"subscriptions in this file have posted digests ({posted}), and would post them again: to take everything along, "
            "use `gazette move DATABASE_URL`, or `gazette backup` there and `gazette restore` here; "
            "to import the stories alone, add --stories-only"
        )


def _withholding_row(withheld: CarriedWithholding) -> Row:
    return {
        "kind": "withholding",
        "of": withheld.kind,
        "target": withheld.target_id,
        "by": withheld.made_by,
        "at": withheld.made_at.isoformat(),
        "reason": withheld.reason,
        "until": withheld.until.isoformat() if withheld.until else None,
        "texts": [[story_id, *hashes] for story_id, hashes in withheld.texts.items()],
    }


def _parse_withholding(row: Row) -> CarriedWithholding:
    try:
        made_at, until = _parse_time(row["at"]), _parse_time(row.get("until"))
        texts = {int(story_id): tuple(map(str, hashes)) for story_id, *hashes in row["texts"]}
        kind, target, made_by = str(row["of"]), int(row["target"]), str(row["by"])
    except (KeyError, TypeError, ValueError):
        made_at = None
    if made_at is None or kind not in ("story", "event"):
        raise InputInvalid("a withholding can't be read; was the file written by `gazette export`?")
    return CarriedWithholding(kind, target, made_by, made_at, row.get("reason"), until, texts)


async def _import_stories(
    store: Store, prepared: Sequence[PreparedRow], path: str, now: datetime, guild_id: int | None
) -> int:
    async with store.writing() as conn:
        fingerprints = [each for item in prepared for each in item.fingerprints]
        known = await story_rows.visible_fingerprints(conn, fingerprints, guild_id)
        known |= await withholdings.withheld_fingerprints(conn, fingerprints)
        new: dict[str, PreparedRow] = {}
        for item in prepared:
            if known.isdisjoint(item.fingerprints):
                new.setdefault(item.indexed.fingerprint, item)
        if not new:
            return 0
        digest = hashlib.sha256("".join(sorted(new)).encode()).hexdigest()
        facts = documents.FileFacts(0, 0, 0, digest, "utf-8")
        origins = [item.origin for item in new.values()]
        stored = await documents.store_document(
            conn,
            f"{path}:{digest[:12]}",
            facts,
            [item.indexed for item in new.values()],
            now=now,
            origins=origins,
            guild_id=guild_id,
        )
        by_id = dict(zip(stored.story_ids, new.values(), strict=True))
        await assign_events(conn, [[(identity, by_id[identity].features) for identity in stored.new]], now)
    return len(stored.new)


@dataclass(frozen=True, slots=True)
class PreparedRow:
    """A story ready to be stored."""

    indexed: IndexedStory
    features: StoryFeatures
    origin: documents.Origin
    exported_fingerprint: str | None = None
    guild_id: int | None = None
    """The server that alone sees it; None for all."""

    @property
    def fingerprints(self) -> list[str]:
        """The fingerprints of the text as just read and, if the row has it, as exported."""
        return [self.indexed.fingerprint, *([self.exported_fingerprint] if self.exported_fingerprint else [])]


PreparedRows = Sequence[PreparedRow | InputInvalid | Rejection]
"""Stories in the order of their rows, or what is wrong with a row."""


def prepare_rows(rows: Sequence[Row]) -> list[PreparedRow | InputInvalid | Rejection]:
    """Analyse the stories of rows."""
    return [_try_to_prepare(row) for row in rows]


def _try_to_prepare(row: Row) -> PreparedRow | InputInvalid | Rejection:
    try:
        return _prepare(row)
    except InputInvalid as error:
        return error
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile text here; the row is refused with it
        return rejection_of_fault(error)


def _prepare(row: Row) -> PreparedRow:
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputInvalid("a story has no text; was the file written by `gazette export`?")
    analyses = analyse(text, title=row.get("title") or None, as_one_story=True)
    if not analyses:
        raise InputInvalid(f"the story {row.get('title')!r} has no words")
    origin = documents.Origin(
        _parse_time(row.get("published")),
        row.get("source"),
        row.get("url"),
        _parse_time(row.get("arrived")),
        picture_address(row.get("picture")),
        _parse_date_origin(row.get("date_origin")),
    )
    fingerprint = row.get("fingerprint")
    return PreparedRow(
        index_story(analyses[0]),
        story_features(analyses[0]),
        origin,
        fingerprint if isinstance(fingerprint, str) else None,
        _parse_server(row.get("server")),
    )


def _parse_date_origin(value: object) -> DateOrigin:
    """Return the origin of a time; in rows of earlier versions it counts as stated."""
    return DateOrigin(value) if isinstance(value, str) and value in set(DateOrigin) else DateOrigin.STATED


def _parse_server(value: object) -> int | None:
    """Return the id of the server that alone sees a story. Raises InputInvalid."""
    if value is None:
        return None
    if not isinstance(value, str | int) or not re.fullmatch(r"[1-9]\d{0,18}", str(value), re.ASCII):
        raise InputInvalid(f"{value!r} is no server's id")
    return int(value)


def _parse_time(value: object) -> datetime | None:
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(str(value))
    except ValueError:
        raise InputInvalid(f"{value!r} is no time of publication") from None
    return parsed if parsed.tzinfo is not None else None


async def _import_subscription(store: Store, row: Mapping[str, Any], now: datetime) -> int:
    given = parse_subscription(SubscriptionInput.from_row(row), now)
    async with store.writing() as conn:
        existing = await subscriptions.list_subscriptions(conn, channel_id=given.channel_id)
        if any(_same_digests(each, given) for each in existing):
            return 0
        await subscriptions.add_subscription(conn, replace(given, **_state(row)))
    return 1


def _state(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return whether a subscription is paused, as exported."""
    state: dict[str, Any] = {}
    if (paused := _parse_time(row.get("paused"))) is not None:
        state["paused_at"] = paused
        state["pause_reason"] = Obstacle.decode(str(row["pause_reason"])) if row.get("pause_reason") else None
    return state


def _same_digests(first: Subscription, second: Subscription) -> bool:
    """Return whether two subscriptions of a channel have the same times, days, zone and filter."""
    names = ("times", "timezone", "days", "filter")
    return all(getattr(first, name) == getattr(second, name) for name in names)
