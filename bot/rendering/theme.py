"""Colours of topics and flags of countries."""

from __future__ import annotations

__all__ = ["TOPIC_COLORS", "accent_of", "flag_emoji"]

TOPIC_COLORS: dict[str, int] = {
    "arts-culture-entertainment-and-media": 0xB565D9,
    "conflict-war-and-peace": 0x8C2F2F,
    "crime-law-and-justice": 0x5B6770,
    "disaster-accident-and-emergency": 0xE8590C,
    "economy-business-and-finance": 0x2F9E44,
    "education": 0x4263EB,
    "environment": 0x37B24D,
    "health": 0xE64980,
    "human-interest": 0xF59F00,
    "labour": 0xA0522D,
    "lifestyle-and-leisure": 0x15AABF,
    "politics-and-government": 0x1C4E9A,
    "religion": 0x9C7A3C,
    "science-and-technology": 0x1098AD,
    "society": 0x7950F2,
    "sport": 0x099268,
    "weather": 0x4DABF7,
}
"""Topic slug -> RGB, told apart on dark and on light."""


def accent_of(topic: str | None) -> int | None:
    """The colour of a topic as 0xRRGGBB; None without a topic."""
    return TOPIC_COLORS.get(topic) if topic else None


def flag_emoji(code: str) -> str:
    """The flag emoji of an ISO 3166-1 alpha-2 code; "" for anything else."""
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        return ""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in code.upper())
