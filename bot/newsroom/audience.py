"""The readers whom an answer is for, which decides from which sources it may tell.

A source is read for all servers, or for the one server whose manager added it. Stories of such an own source are seen
in that server alone. `bot.store.audiences` turns an audience into SQL.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["OPERATOR", "PUBLIC", "Audience"]


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers in the server `guild_id`; outside of servers if it is None.

    `all_servers` is for the operator's tools, which see the own stories of every server.
    """

    guild_id: int | None = None
    all_servers: bool = False


PUBLIC = Audience()
"""Readers anywhere: they see only what is for all servers."""

OPERATOR = Audience(all_servers=True)
"""The operator's tools, such as withholding and correcting events."""
