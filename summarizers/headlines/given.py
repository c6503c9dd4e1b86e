"""Headlines that documents give themselves."""

from __future__ import annotations

import re

from summarizers.types import Story

__all__ = ["given_headline"]

_SPACES = re.compile(r"\s+")
_MARKUP = " \t#*_"
"""Characters of Markdown around a headline."""


def given_headline(story: Story) -> str:
    """Return the title that the document gave a story, "" where it gave none.

    It is on one line and without markup.
    """
    return _SPACES.sub(" ", story.title).strip(_MARKUP) if story.title else ""
