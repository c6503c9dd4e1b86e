"""Markdown: an article with headings inside, or a list of stories.

Stories of a list have headings or links of their own. A page with neither is split as text is.
"""

from __future__ import annotations

from dataclasses import replace

from bot.intake.encodings import decode
from bot.intake.readers.front_matter import split_front_matter
from bot.intake.readers.json_fields import NOTHING_SHARED, Record, describe_record, read_record
from bot.intake.readers.markdown_text import markdown_blocks
from bot.intake.readers.metadata import strip_title
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.readers.text_blocks import stories_of_blocks
from bot.intake.types import ReadDocument

__all__ = ["read_markdown"]


def read_markdown(data: bytes) -> ReadDocument:
    """Read the article of a page, or the stories that it lists. Raises Unreadable."""
    decoded = decode(data)
    values, text = split_front_matter(decoded.text)
    record = Record(values)
    page = describe_record(record, NOTHING_SHARED)
    blocks = markdown_blocks(text)
    parts = [
        replace(
            page,
            text=strip_title(story.text, page.title) if story.heading is None else story.text,
            one_story=story.one_story or page.title is not None,
            title=story.heading.text if story.heading is not None else page.title,
            url=(story.heading.link if story.heading is not None else None) or page.url,
        )
        for story in stories_of_blocks(blocks, titled=page.title is not None)
        if story.text
    ]
    if not parts and values and (described := read_record(record, NOTHING_SHARED)) is not None:
        parts = [described]
    return ReadDocument(with_neighbours(parts), decoded.encoding, decoded.notes)
