"""Verbs and phrases of speech by language, and by the place where they are looked for.

Table: data/speech.toml, written by hand; its head says what each place is.
"""

from __future__ import annotations

import re
from functools import cache

from summarizers.text.tables import load_table

__all__ = ["speech_group", "speech_phrases"]


@cache
def speech_phrases(language: str, place: str) -> tuple[str, ...]:
    """Return a language's phrases of speech for a place; empty where there are none.

    Places: the head of data/speech.toml.
    """
    listed = load_table("speech.toml").get(language, {}).get(place, "")
    return tuple(listed.split("|")) if listed else ()


@cache
def speech_group(language: str, place: str) -> str:
    """Return the same as a regular expression's group; "" where there are none."""
    phrases = speech_phrases(language, place)
    return f"(?:{'|'.join(map(_pattern, phrases))})" if phrases else ""


def _pattern(phrase: str) -> str:
    """Return a phrase as a regular expression.

    A star is any ending, an ellipsis a few words up to a comma.
    """
    return re.escape(phrase).replace(r"\ ", r"\s").replace(r"\*", r"\w*").replace("…", "[^,]{3,30}")
