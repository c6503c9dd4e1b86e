"""The tables, in one description for SQLite and PostgreSQL.

migrations/ builds them step by step, and a test holds the two together. Times are whole microseconds since 1970 in UTC,
so that both databases compare and store them alike. Text passes through `CleanText`, since PostgreSQL takes neither NUL
nor half of a surrogate pair.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

__all__ = [
    "CleanText",
    "Timestamp",
    "button_state",
    "delivery",
    "delivery_message",
    "document",
    "event",
    "event_key",
    "from_micros",
    "interaction",
    "label_count",
    "lease",
    "member",
    "member_setting",
    "meta",
    "metadata",
    "mute",
    "shown",
    "shown_story",
    "source",
    "story",
    "story_body",
    "story_label",
    "story_signs",
    "story_trait",
    "subscription",
    "to_micros",
    "withheld_story",
    "withheld_text",
    "withholding",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
"""Resolution of stored times: that of Python and PostgreSQL."""

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def to_micros(at: datetime) -> int:
    """Return an aware time as the database stores it."""
    return (at - _EPOCH) // _TICK


def from_micros(ticks: int) -> datetime:
    """Return the UTC time that the database stores as `ticks`."""
    return _EPOCH + ticks * _TICK


class Timestamp(TypeDecorator[datetime]):
    """Type of an aware time, stored as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Convert to the database's form."""
        return None if value is None else to_micros(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Convert from the database's form."""
        return None if value is None else from_micros(value)


class CleanText(TypeDecorator[str]):
    """Type of text of any origin: NUL and halves of surrogate pairs become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Convert to the database's form."""
        return None if value is None else _UNKEEPABLE.sub("\ufffd", value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows with INTEGER keys; AUTOINCREMENT never gives a number again, so that an id that was posted
# never comes to mean another story.
_Id = BigInteger().with_variant(Integer(), "sqlite")
_BARE: dict[str, Any] = {"sqlite_with_rowid": False}


def _numbered(name: str, *columns: Any) -> Table:
    return Table(
        name, metadata, Column("id", _Id, primary_key=True, autoincrement=True), *columns, sqlite_autoincrement=True
    )


meta = Table(
    "meta",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("value", CleanText, nullable=False),
    Column("changed_at", Timestamp, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("holder", String(200), nullable=False),
    Column("token", BigInteger, nullable=False),
    Column("expires_at", Timestamp, nullable=False),
    Column("length_seconds", Float),
)

button_state = Table(
    "button_state",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("state", CleanText, nullable=False),
    Column("used_at", Timestamp, nullable=False, index=True),
)

# Who carries out what a member asked for in Discord: see claimed_interactions.py. The ids are Discord's.
interaction = Table(
    "interaction",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("holder", String(200), nullable=False),
    Column("claimed_at", Timestamp, nullable=False, index=True),
    Column("held_until", Timestamp, nullable=False),
    Column("effect_at", Timestamp),
    Column("answered_at", Timestamp),
)

document = _numbered(
    "document",
    Column("path", Text, nullable=False, unique=True),
    Column("path_folded", CleanText, nullable=False),
    Column("status", String(20), nullable=False),
    Column("reason", CleanText),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("inode", String(40), nullable=False),
    Column("sha256", String(64), index=True),
    Column("encoding", String(60)),
    Column("duplicate_of", _Id, ForeignKey("document.id", ondelete="SET NULL"), index=True),
    Column("stories", Integer, nullable=False, server_default=text("0")),
    Column("changed_at", Timestamp, nullable=False),
    Column("missing_since", Timestamp),
    Column("guild_id", BigInteger),
)

event = _numbered(
    "event",
    Column("first_at", Timestamp, nullable=False),
    Column("last_at", Timestamp, nullable=False),
    Column("stories", Integer, nullable=False, server_default=text("0")),
    Column("merged_into", _Id, index=True),
    Column("by_hand", Boolean),
)

story = _numbered(
    "story",
    Column("document_id", _Id, ForeignKey("document.id", ondelete="RESTRICT"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("event_id", _Id, ForeignKey("event.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False, index=True),
    Column("published_at", Timestamp, nullable=False),
    Column("arrived_at", Timestamp, nullable=False),
    Column("withdrawn_at", Timestamp),
    Column("language", String(8), nullable=False),
    Column("headline", CleanText, nullable=False),
    Column("kicker", CleanText),
    Column("kicker_folded", CleanText, nullable=False),
    Column("place", CleanText),
    Column("source", CleanText),
    Column("source_folded", CleanText, nullable=False),
    Column("url", CleanText),
    Column("picture", CleanText),
    Column("date_origin", String(10)),
    Column("summary", CleanText, nullable=False),
    Column("countries", CleanText, nullable=False),
    Column("topics", CleanText, nullable=False),
    Column("truncated", Boolean, nullable=False),
    Column("size", Integer),
    Column("news_value", Float),
    Column("news_factors", CleanText),
    Column("hidden_from", Timestamp),
    Column("returned_at", Timestamp),
    Column("withheld_at", Timestamp),
    Column("guild_id", BigInteger),
    Index("ix_story_document_id_position", "document_id", "position"),
)

# What lists don't show. `body` is one JSON text: see stories.py.
story_body = Table(
    "story_body",
    metadata,
    Column("story_id", _Id, ForeignKey("story.id", ondelete="CASCADE"), primary_key=True),
    Column("body", CleanText, nullable=False),
)

# A row per label and pair of labels of every story that is shown (see labels.py): what /news reads instead of `story`.
story_label = Table(
    "story_label",
    metadata,
    Column("label", BigInteger, primary_key=True, autoincrement=False),
    Column("published_at", Timestamp, primary_key=True, autoincrement=False),
    Column("story_id", _Id, primary_key=True, autoincrement=False),
    **_BARE,
)

# How many rows `story_label` has per label and UTC day; day -1000000 counts all of them.
label_count = Table(
    "label_count",
    metadata,
    Column("label", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("stories", Integer, nullable=False),
    Index("ix_label_count_day_label", "day", "label"),
    **_BARE,
)

# What grouping looks candidates up by: hashes of rare terms, MinHash bands, names. Newest first within one.
event_key = Table(
    "event_key",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("arrived_at", Timestamp, primary_key=True, autoincrement=False),
    Column("story_id", _Id, primary_key=True, autoincrement=False),
    **_BARE,
)

# What grouping compares candidates by, in its own form (JSON).
story_trait = Table(
    "story_trait",
    metadata,
    Column("story_id", _Id, ForeignKey("story.id", ondelete="CASCADE"), primary_key=True),
    Column("trait", CleanText, nullable=False),
    Column("hashes", CleanText, nullable=False),
)

# What stories in other languages are found by: signs of the embedding, empty without one. Read in order of ids.
story_signs = Table(
    "story_signs",
    metadata,
    Column("story_id", _Id, ForeignKey("story.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String(8), nullable=False),
    Column("signs", LargeBinary, nullable=False),
)

# What is read, beside the seeds folder. `guild_id` is the server that alone sees what it brings; `url` may hold a key.
# The state of fetching is JSON of sources.py, so that more can be remembered without a migration.
source = _numbered(
    "source",
    Column("path", Text, nullable=False, unique=True),
    Column("url", CleanText, nullable=False),
    Column("guild_id", BigInteger, index=True),
    Column("configured", Boolean, nullable=False),
    Column("title", CleanText),
    Column("options", CleanText, nullable=False, server_default=text("'{}'")),
    Column("added_by", BigInteger),
    Column("added_at", Timestamp, nullable=False),
    Column("paused_at", Timestamp),
    Column("next_at", Timestamp),
    Column("tried_at", Timestamp),
    Column("succeeded_at", Timestamp),
    Column("failed_since", Timestamp),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("error", CleanText),
    Column("reported_at", Timestamp),
    Column("state", CleanText, nullable=False, server_default=text("'{}'")),
)

subscription = _numbered(
    "subscription",
    Column("channel_id", BigInteger, nullable=False, index=True),
    Column("guild_id", BigInteger, index=True),
    Column("member_id", BigInteger, index=True),
    Column("created_by", BigInteger),
    Column("times", String(200), nullable=False),
    Column("days", String(20), nullable=False),
    Column("timezone", String(80), nullable=False),
    Column("filter", CleanText, nullable=False),
    Column("language", String(20), nullable=False),
    Column("sentences", Integer, nullable=False),
    Column("most", Integer, nullable=False),
    Column("engine", String(40)),
    Column("look", String(20), nullable=False),
    Column("late", String(20), nullable=False),
    Column("late_hours", Integer, nullable=False),
    Column("quiet", String(20), nullable=False),
    Column("created_at", Timestamp, nullable=False),
    Column("after", Timestamp, nullable=False),
    Column("paused_at", Timestamp),
    Column("pause_reason", CleanText),
    Column("removed_at", Timestamp),
    Column("sender_name", CleanText),
    Column("sender_avatar", CleanText),
    Column("posts", String(20)),
    Column("stories", String(200)),
    Column("alerts", String(80)),
    Column("mention_role", BigInteger),
    Column("notify", String(10)),
    Column("talk", String(10)),
    Column("every", String(10)),
    Column("sections", String(20)),
    Column("size", String(20)),
)

# The outbox. A row per subscription and slot, or alert, for ever: that is what keeps one from going out twice.
# `alert_event_id` is the event that an alert posts, as it was numbered then; empty for digests.
delivery = _numbered(
    "delivery",
    Column("subscription_id", _Id, ForeignKey("subscription.id", ondelete="RESTRICT"), nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("slot_at", Timestamp, nullable=False),
    Column("slot_local", String(120)),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("reason", CleanText),
    Column("created_at", Timestamp, nullable=False),
    Column("changed_at", Timestamp, nullable=False),
    Column("next_try_at", Timestamp),
    Column("holder", String(200)),
    Column("held_until", Timestamp),
    Column("alert_event_id", _Id),
    UniqueConstraint("subscription_id", "slot_at"),
    Index("ix_delivery_subscription_id_slot_local", "subscription_id", "slot_local", unique=True),
    Index("ix_delivery_alert_event_id_subscription_id", "alert_event_id", "subscription_id", unique=True),
    CheckConstraint("state IN ('planned','composed','sending','sent','failed','expired','skipped')", name="state"),
)
Index("ix_delivery_channel_id_slot_at", delivery.c.channel_id, delivery.c.slot_at)

delivery_message = Table(
    "delivery_message",
    metadata,
    Column("delivery_id", _Id, ForeignKey("delivery.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("nonce", String(25), nullable=False, unique=True),
    Column("marker", String(100), nullable=False),
    Column("payload", CleanText, nullable=False),
    Column("tried_at", Timestamp),
    Column("message_id", BigInteger),
    Column("sent_at", Timestamp),
    Column("original", CleanText),
)

# What a channel was shown. No foreign keys to news: it outlives pruned stories.
shown = _numbered(
    "shown",
    Column("channel_id", BigInteger, nullable=False),
    Column("event_id", _Id, nullable=False, index=True),
    Column("delivery_id", _Id, ForeignKey("delivery.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("sentences", CleanText, nullable=False),
    Column("score", Float, nullable=False, server_default=text("0")),
    Column("shown_at", Timestamp, nullable=False),
    Column("posted_as", BigInteger),
    Column("struck_at", Timestamp),
    Index("ix_shown_channel_id_event_id", "channel_id", "event_id"),
)

shown_story = Table(
    "shown_story",
    metadata,
    Column("shown_id", _Id, ForeignKey("shown.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", _Id, primary_key=True, autoincrement=False, index=True),
    Column("withheld_at", Timestamp),
)

# What an editor withheld: the rule, and after its end the log.
withholding = _numbered(
    "withholding",
    Column("kind", String(10), nullable=False),
    Column("target_id", _Id, nullable=False),
    Column("made_by", CleanText, nullable=False),
    Column("made_at", Timestamp, nullable=False),
    Column("reason", CleanText),
    Column("until", Timestamp),
    Column("released_at", Timestamp),
    Column("released_by", CleanText),
    Column("release_reason", CleanText),
)

# The stories that a withholding covers. No foreign key to stories: it outlives pruned ones.
withheld_story = Table(
    "withheld_story",
    metadata,
    Column("withholding_id", _Id, ForeignKey("withholding.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", _Id, primary_key=True, autoincrement=False, index=True),
)

# The fingerprints of withheld stories and hashes of their sentences, by which copies are recognized.
withheld_text = Table(
    "withheld_text",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("story_id", _Id, primary_key=True, autoincrement=False, index=True),
)

member = Table(
    "member",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("seen_at", Timestamp, nullable=False),
    Column("settings", CleanText, nullable=False, server_default=text("'{}'")),
)

member_setting = Table(
    "member_setting",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(40), primary_key=True),
    Column("value", CleanText, nullable=False),
)

mute = Table(
    "mute",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("filter", String(500), primary_key=True),
    Column("until", Timestamp),
    Column("created_at", Timestamp, nullable=False),
)
