"""Claims on Discord's interactions: which process carries each out, and how far it has come.

An interaction is claimed by its id. Its effect is recorded in the transaction that has the effect, by the claim's holder
only, so that a process whose claim was taken over can no longer change anything. Rows are of use for as long as Discord
may still bring the interaction again, and are deleted after that.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.schema import interaction
from bot.store.sql_helpers import upsert

__all__ = [
    "InteractionState",
    "InteractionTaken",
    "Takeover",
    "claim_interactions",
    "delete_interactions",
    "extend_claims",
    "find_interaction",
    "mark_answered",
    "mark_effect",
    "take_over",
]


class InteractionTaken(StoreError):
    """Another process carries the interaction out."""

    def __init__(self, interaction_id: int) -> None:
        super().__init__(f"interaction {interaction_id} is carried out by another process")


class Takeover(Enum):
    """The result of taking over a claim."""

    TAKEN = "taken"
    """The claim is the new holder's, and nothing was done yet."""
    CARRIED_OUT = "carried out"
    """The claim is the new holder's; the effect is there, but nothing says that it was answered."""
    LOST = "lost"
    """It was answered, or another process was quicker."""


@dataclass(frozen=True, slots=True)
class InteractionState:
    """A claim as it is stored."""

    holder: str
    held_until: datetime
    answered: bool


async def claim_interactions(
    conn: AsyncConnection, ids: Collection[int], holder: str, now: datetime, until: datetime
) -> set[int]:
    """Claim those interactions that nobody has claimed; return them."""
    query = upsert(conn, interaction).on_conflict_do_nothing().returning(interaction.c.id)
    # In one order, so that two processes that claim the same ones don't wait for each other.
    rows = [{"id": each, "holder": holder, "claimed_at": now, "held_until": until} for each in sorted(ids)]
    return set((await conn.execute(query, rows)).scalars()) if rows else set()


async def find_interaction(conn: AsyncConnection, number: int) -> InteractionState | None:
    """Return an interaction's claim, or None."""
    query = select(interaction.c.holder, interaction.c.held_until, interaction.c.answered_at)
    row = (await conn.execute(query.where(interaction.c.id == number))).first()
    return InteractionState(row.holder, row.held_until, row.answered_at is not None) if row is not None else None


async def mark_effect(conn: AsyncConnection, number: int, holder: str, now: datetime) -> None:
    """Record, in the transaction that has the effect, that it is there. Raises InteractionTaken."""
    own = update(interaction).where(interaction.c.id == number, interaction.c.holder == holder)
    if (await conn.execute(own.values(effect_at=now).returning(interaction.c.id))).first() is None:
        raise InteractionTaken(number)


async def mark_answered(conn: AsyncConnection, ids: Collection[int], holder: str, now: datetime) -> None:
    """Record that interactions were answered, so that nobody takes them over."""
    own = update(interaction).where(interaction.c.id.in_(sorted(ids)), interaction.c.holder == holder)
    await conn.execute(own.values(answered_at=now))


async def extend_claims(conn: AsyncConnection, ids: Collection[int], holder: str, until: datetime) -> None:
    """Hold claims for longer."""
    own = update(interaction).where(interaction.c.id.in_(sorted(ids)), interaction.c.holder == holder)
    await conn.execute(own.values(held_until=until))


async def take_over(conn: AsyncConnection, number: int, former: str, holder: str, until: datetime) -> Takeover:
    """Take over the claim of a holder that is gone or hangs; its transaction is waited for."""
    still = (
        interaction.c.id == number,
        interaction.c.holder == former,
        interaction.c.answered_at.is_(None),
    )
    query = update(interaction).where(*still).values(holder=holder, held_until=until)
    row = (await conn.execute(query.returning(interaction.c.effect_at))).first()
    if row is None:
        return Takeover.LOST
    return Takeover.TAKEN if row.effect_at is None else Takeover.CARRIED_OUT


async def delete_interactions(conn: AsyncConnection, before: datetime) -> None:
    """Delete claims made before a moment. Served by ix_interaction_claimed_at."""
    await conn.execute(delete(interaction).where(interaction.c.claimed_at < before))
