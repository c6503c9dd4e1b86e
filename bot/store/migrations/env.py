"""Run the steps on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from bot.store.partial_indexes import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
    render_as_batch=False,
)
context.run_migrations()
