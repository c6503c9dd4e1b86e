"""What is a story called?

The headline that the document gives, or one made from the lead by deletion.
"""

from __future__ import annotations

from summarizers.model import Story
from summarizers.text import identify, sentences

__all__ = ["LONGEST", "headline", "make_headline"]

LONGEST = 90


def headline(text: str) -> str:
    """The headline of a text that is one story; '' for a text without words."""
    from summarizers.stories import as_one_story

    story = as_one_story(text)
    return make_headline(story, identify(story.text)) if story.paragraphs else ""


def make_headline(story: Story, language: str) -> str:
    """The title that the document gave, else the lead, shortened by leaving words out."""
    if story.title:
        return story.title
    lead = next(iter(sentences(story.body, language)), "")
    if len(lead) <= LONGEST:
        return lead.rstrip(".")
    return lead[:LONGEST].rsplit(" ", 1)[0]
