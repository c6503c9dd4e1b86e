"""The identity of this database, by which its ids differ from those of any other."""

from __future__ import annotations

from uuid import UUID, uuid4

from bot.store.key_values import KeyValues

__all__ = ["installation_id"]

_NAME = "installation-id"


async def installation_id(key_values: KeyValues) -> UUID:
    """Return the database's identity, which is made on first use. Raises StoreError."""
    return UUID(await key_values.get_or_set(_NAME, str(uuid4())))
