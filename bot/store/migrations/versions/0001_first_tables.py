"""The first tables.

Why: documents and their stories, what finds them (labels, counts, full text, grouping's keys), subscriptions, the
outbox with what channels were shown, leases, and what members asked for.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "button_state",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_button_state")),
    )
    op.create_index(op.f("ix_button_state_used_at"), "button_state", ["used_at"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("path_folded", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("inode", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("encoding", sa.String(length=60), nullable=True),
        sa.Column("duplicate_of", _ID, nullable=True),
        sa.Column("stories", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["document.id"], name=op.f("fk_document_duplicate_of_document"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("path", name=op.f("uq_document_path")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_document_duplicate_of"), "document", ["duplicate_of"], unique=False)
    op.create_index(op.f("ix_document_sha256"), "document", ["sha256"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("stories", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("merged_into", _ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_merged_into"), "event", ["merged_into"], unique=False)
    op.create_table(
        "event_key",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", _ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("hash", "arrived_at", "story_id", name=op.f("pk_event_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "label_count",
        sa.Column("label", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("label", "day", name=op.f("pk_label_count")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_label_count_day_label", "label_count", ["day", "label"], unique=False)
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("settings", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )
    op.create_table(
        "mute",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("filter", sa.String(length=500), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("member_id", "filter", name=op.f("pk_mute")),
    )
    op.create_table(
        "story_label",
        sa.Column("label", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("published_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("story_id", _ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("label", "published_at", "story_id", name=op.f("pk_story_label")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "subscription",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.Column("times", sa.String(length=200), nullable=False),
        sa.Column("days", sa.String(length=20), nullable=False),
        sa.Column("timezone", sa.String(length=80), nullable=False),
        sa.Column("filter", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(length=40), nullable=True),
        sa.Column("look", sa.String(length=20), nullable=False),
        sa.Column("late", sa.String(length=20), nullable=False),
        sa.Column("late_hours", sa.Integer(), nullable=False),
        sa.Column("quiet", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("after", sa.BigInteger(), nullable=False),
        sa.Column("paused_at", sa.BigInteger(), nullable=True),
        sa.Column("pause_reason", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subscription_channel_id"), "subscription", ["channel_id"], unique=False)
    op.create_index(op.f("ix_subscription_guild_id"), "subscription", ["guild_id"], unique=False)
    op.create_index(op.f("ix_subscription_member_id"), "subscription", ["member_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("slot_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("next_try_at", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.String(length=200), nullable=True),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned','composed','sending','sent','failed','expired','skipped')",
            name=op.f("ck_delivery_state"),
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscription.id"],
            name=op.f("fk_delivery_subscription_id_subscription"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("subscription_id", "slot_at", name=op.f("uq_delivery_subscription_id_slot_at")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_delivery_channel_id_slot_at", "delivery", ["channel_id", "slot_at"], unique=False)
    op.create_index(
        "ix_delivery_open_next_try_at",
        "delivery",
        ["next_try_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('planned','composed','sending')"),
        postgresql_where=sa.text("state IN ('planned','composed','sending')"),
    )
    op.create_table(
        "story",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("arrived_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("kicker", sa.Text(), nullable=True),
        sa.Column("kicker_folded", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("source_folded", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("countries", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_story_document_id_document"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_story_event_id_event"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_story_arrived_at_id",
        "story",
        ["arrived_at", "id"],
        unique=False,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index("ix_story_document_id_position", "story", ["document_id", "position"], unique=False)
    op.create_index(op.f("ix_story_event_id"), "story", ["event_id"], unique=False)
    op.create_index(op.f("ix_story_fingerprint"), "story", ["fingerprint"], unique=False)
    op.create_index(
        "ix_story_published_at_id",
        "story",
        ["published_at", "id"],
        unique=False,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "delivery_message",
        sa.Column("delivery_id", _ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nonce", sa.String(length=25), nullable=False),
        sa.Column("marker", sa.String(length=100), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_message_delivery_id_delivery"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("delivery_id", "ordinal", name=op.f("pk_delivery_message")),
        sa.UniqueConstraint("nonce", name=op.f("uq_delivery_message_nonce")),
    )
    op.create_table(
        "shown",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("event_id", _ID, nullable=False),
        sa.Column("delivery_id", _ID, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), server_default=sa.text("0"), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_shown_delivery_id_delivery"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shown")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shown_channel_id_event_id", "shown", ["channel_id", "event_id"], unique=False)
    op.create_index(op.f("ix_shown_delivery_id"), "shown", ["delivery_id"], unique=False)
    op.create_index(op.f("ix_shown_event_id"), "shown", ["event_id"], unique=False)
    op.create_table(
        "story_body",
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_body_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_story_body")),
    )
    op.create_table(
        "story_trait",
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("trait", sa.Text(), nullable=False),
        sa.Column("hashes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_story_trait_story_id_story"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_story_trait")),
    )
    op.create_table(
        "shown_story",
        sa.Column("shown_id", _ID, nullable=False),
        sa.Column("story_id", _ID, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["shown_id"], ["shown.id"], name=op.f("fk_shown_story_shown_id_shown"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("shown_id", "story_id", name=op.f("pk_shown_story")),
    )
    op.create_index(op.f("ix_shown_story_story_id"), "shown_story", ["story_id"], unique=False)

    # Full text. The program cuts texts into terms itself, so that both databases find the same: FTS5's ascii tokenizer
    # parts only at ASCII signs, which terms don't have, and tsvectors are written out.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE story_words USING fts5(head, body, tokenize='ascii')")
        # By itself FTS5 merges its segments in bursts that hold up every 64th story: stories.py merges in small steps.
        op.execute("INSERT INTO story_words (story_words, rank) VALUES ('automerge', 0)")
    else:
        op.execute(
            "CREATE TABLE story_words (story_id BIGINT PRIMARY KEY REFERENCES story (id) ON DELETE CASCADE, "
            "words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_story_words_words ON story_words USING gin (words) WITH (fastupdate = off)")


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("the first schema has none before it: delete the database instead")
