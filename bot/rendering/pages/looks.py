"""The page of a digest in each look."""

from __future__ import annotations

from collections.abc import Sequence

from bot.i18n import Words
from bot.newsroom.models import Digest, DigestStyle
from bot.rendering.layout import Button, Page, Span
from bot.rendering.pages.digest import digest_page
from bot.rendering.pages.front import front_page

__all__ = ["page_of_digest"]


def page_of_digest(
    digest: Digest,
    words: Words,
    look: DigestStyle,
    *,
    more: str = "",
    details: str = "",
    buttons: Sequence[Button] = (),
    title: str | Sequence[Span] | None = None,
) -> Page:
    """Return the digest's page in a look; the options are those of `digest_page`."""
    if look is DigestStyle.FRONT:
        return front_page(digest, words, more=more, details=details, buttons=buttons, title=title)
    return digest_page(
        digest,
        words,
        more=more,
        details=details,
        buttons=buttons,
        title=title,
        chart=look is DigestStyle.CHART,
    )
