"""The page of a feed's entry: its article, if it is the entry's."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.intake.readers import reject_unsupported
from bot.intake.readers.html import read_html
from bot.intake.readers.html_metadata import resolve
from bot.intake.types import DocumentPart, Unreadable

__all__ = ["read_article"]

_WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Words, and characters of writing without spaces."""

_MIN_SHARE: Final = 0.6
"""Share of the excerpt's words, or else of the headline's, that the article has: others are of a page that asks for money
or consent, or of another story. By judgement."""

_EXCERPT_WORDS: Final = 8
"""Words from which on an excerpt tells more than the headline."""

_MIN_GROWTH: Final = 1.3
"""Length of an article that is worth taking, as a multiple of the entry's own text: less is the same text otherwise cut."""


def read_article(data: bytes, charset: str | None, address: str, entry: DocumentPart) -> DocumentPart | None:
    """Return an entry with its page's text, and the page's picture where it has none.

    None where the page isn't the entry's article, or has no more text. Runs in a worker process.
    """
    try:
        reject_unsupported(data)
        parts = read_html(data, charset=charset).parts
    except Unreadable:
        return None
    except Exception:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; the entry stays as it is
        return None
    if len(parts) != 1:
        return None
    (page,) = parts
    own = "" if entry.brief else entry.text
    if len(page.text) < len(own) * _MIN_GROWTH or not _is_about(page, entry):
        return None
    return replace(
        entry,
        text=page.text,
        brief=False,
        title=entry.title or page.title,
        published=entry.published or page.published,
        date_origin=entry.date_origin if entry.published else page.date_origin,
        language=entry.language or page.language,
        picture=entry.picture or resolve(page.picture, address),
    )


def _is_about(page: DocumentPart, entry: DocumentPart) -> bool:
    """Return whether a page has the words of an entry."""
    words = set(_WORD.findall(entry.text.casefold()))
    if len(words) < _EXCERPT_WORDS:
        words |= set(_WORD.findall((entry.title or "").casefold()))
    there = set(_WORD.findall(f"{page.title or ''} {page.text}".casefold()))
    return len(words & there) >= len(words) * _MIN_SHARE
