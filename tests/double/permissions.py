"""What may somebody do in a channel?

Bits as in Discord's documentation; `effective` computes them as it describes: the guild's roles first, then the
channel's overwrites (everyone, roles, member), and nothing at all without the right to see the channel.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["ALL", "BITS", "BOT_DEFAULT", "EVERYONE_DEFAULT", "Overwrite", "bits", "effective", "names"]

BITS: dict[str, int] = {
    "create_instant_invite": 1 << 0,
    "kick_members": 1 << 1,
    "ban_members": 1 << 2,
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "add_reactions": 1 << 6,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "use_external_emojis": 1 << 18,
    "connect": 1 << 20,
    "speak": 1 << 21,
    "change_nickname": 1 << 26,
    "manage_roles": 1 << 28,
    "manage_webhooks": 1 << 29,
    "use_application_commands": 1 << 31,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "create_private_threads": 1 << 36,
    "send_messages_in_threads": 1 << 38,
    "pin_messages": 1 << 51,
}
ALL = (1 << 53) - 1


def bits(*names_: str) -> int:
    """The permissions of these names (as discord.py calls them) as a number."""
    total = 0
    for name in names_:
        total |= BITS[name]
    return total


def names(value: int) -> set[str]:
    """The names of the permissions in `value`, as far as they are known here."""
    return {name for name, bit in BITS.items() if value & bit}


EVERYONE_DEFAULT = bits(
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "read_message_history",
    "add_reactions",
    "embed_links",
    "attach_files",
    "use_external_emojis",
    "use_application_commands",
    "connect",
    "speak",
    "change_nickname",
)
BOT_DEFAULT = EVERYONE_DEFAULT


@dataclass(slots=True)
class Overwrite:
    """What a channel allows and denies to a role (`kind` 0) or a member (1) beyond the guild's roles."""

    id: int
    kind: int
    allow: int = 0
    deny: int = 0


def effective(
    *,
    user: int,
    owner: bool,
    guild: int,
    everyone: int,
    roles: Iterable[tuple[int, int]],
    overwrites: dict[int, Overwrite],
) -> int:
    """Someone's permissions in a channel; `roles` are pairs of id and permissions, without @everyone."""
    held = list(roles)
    base = everyone
    for _, granted in held:
        base |= granted
    if owner or base & BITS["administrator"]:
        return ALL
    if (own := overwrites.get(guild)) is not None:
        base = base & ~own.deny | own.allow
    allow = deny = 0
    for role, _ in held:
        if (own := overwrites.get(role)) is not None:
            allow, deny = allow | own.allow, deny | own.deny
    base = base & ~deny | allow
    if (own := overwrites.get(user)) is not None:
        base = base & ~own.deny | own.allow
    return base if base & BITS["view_channel"] else 0
