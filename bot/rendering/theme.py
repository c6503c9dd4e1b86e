"""Colours of topics and flags of countries."""

from __future__ import annotations

from summarizers.labels.topic_table import topic_table

__all__ = ["accent_of", "flag_emoji"]


def accent_of(topic: str | None) -> int | None:
    """The colour of a topic as 0xRRGGBB.

    None without a topic, or for one that is not in the table.
    """
    row = topic_table().get(topic) if topic else None
    return row.color if row is not None else None


def flag_emoji(code: str) -> str:
    """The flag emoji of an ISO 3166-1 alpha-2 code; "" for anything else."""
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        return ""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code.upper())
