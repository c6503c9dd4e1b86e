"""Digests in the formats of other programs: HTML, Markdown, text, Atom."""

from __future__ import annotations

from uuid import UUID

from bot.i18n import Words
from bot.newsroom.models import Digest
from bot.rendering.atom_feed import atom_feed
from bot.rendering.format_names import DigestFormat
from bot.rendering.html_page import html_page
from bot.rendering.markdown_page import markdown_page
from bot.rendering.pages.digest import digest_page
from bot.rendering.plain_page import plain_page

__all__ = ["format_digest"]


def format_digest(digest: Digest, words: Words, form: DigestFormat, *, installation: UUID | None = None) -> str:
    """Return a digest in a format other than JSON; Atom needs `installation`, for its ids."""
    if installation is not None:
        return atom_feed(digest, words, installation=installation)
    draw = {DigestFormat.HTML: html_page, DigestFormat.MARKDOWN: markdown_page, DigestFormat.TEXT: plain_page}
    return draw[form](digest_page(digest, words))
