"""Where does one story of a document end and the next begin?

A document is read as lines: what is furniture, byline, credit or headline is told by form (furniture.py), lines that
were wrapped at a fixed width are joined, and what is left are paragraphs. Whether a paragraph begins a story is
judged by boundaries.py.
"""

from __future__ import annotations

from itertools import pairwise

from summarizers.boundaries import starts
from summarizers.furniture import dateline_at, deck_end, kicker_at, trailing_credit
from summarizers.model import Story
from summarizers.page import BLANK, Paragraph, read_page
from summarizers.text import ending, identify

__all__ = ["as_one_story", "split_stories"]


def split_stories(text: str) -> list[Story]:
    """Divide a document into its stories, in the document's order.

    Each story's paragraphs are verbatim parts of the text, ascending and disjoint, and so are the stories' spans.
    Furniture of the page is in none. A text without words gives []. Equal text gives equal stories; time is linear.
    """
    language = identify(text)
    paragraphs = read_page(text, language)
    if not paragraphs:
        return []
    begins = [0, *starts(text, paragraphs, language), len(paragraphs)]
    return [_story(text, paragraphs[begin:end], position) for position, (begin, end) in enumerate(pairwise(begins))]


def as_one_story(text: str) -> Story:
    """The whole text as one story, its furniture, kicker, dateline, byline and credits taken off.

    A text without words gives a story without paragraphs.
    """
    paragraphs = read_page(text)
    if not paragraphs:
        return Story(position=0, paragraphs=())
    return _story(text, paragraphs, 0)


# Stories


def _story(text: str, paragraphs: list[Paragraph], position: int) -> Story:
    """Paragraphs as a story, with all that is no body in its field."""
    head = paragraphs[0]
    span = (head.first, max(paragraph.last for paragraph in paragraphs))
    title = text[slice(*head.titles[0])] if head.titles else None
    kicker = deck = dateline = None
    start, end = head.start, head.end
    if title is not None and (found := kicker_at(title)) and found.body < len(title):
        kicker, title = found.text, title[found.body :]
    label = kicker_at(text[start:end])
    if label and kicker is None:
        kicker = label.text
        body = deck_end(text[start:end], label.body)
        if body is not None:
            deck = text[start + label.body : start + body].strip()
            start += body
        else:
            start += label.body
    place = dateline_at(text[start:end])
    if place:
        dateline = place.text
        start += place.body
    elif head.dates:
        dateline = text[slice(*head.dates[0])]
    bodies: list[str] = []
    credits = [text[slice(*span)] for paragraph in paragraphs for span in paragraph.credits]
    for number, paragraph in enumerate(paragraphs):
        if number:
            start, end = paragraph.start, paragraph.end
            bodies.extend(text[slice(*span)] for span in paragraph.titles)
        piece = text[start:end].strip(BLANK)
        if number == len(paragraphs) - 1 and (cut := trailing_credit(piece)):
            credits.append(piece[cut:].strip())
            piece = piece[:cut].rstrip()
        if piece:
            bodies.append(piece)
    byline = "; ".join(text[slice(*span)] for span in head.bylines) or None
    return Story(
        position=position,
        paragraphs=tuple(bodies),
        kicker=kicker,
        deck=deck,
        title=title,
        dateline=dateline,
        byline=byline,
        credits=tuple(credits),
        truncated=_breaks_off(bodies),
        span=span,
    )


def _breaks_off(bodies: list[str]) -> bool:
    """Whether a story's last words say that more should come."""
    if not bodies:
        return False
    last = bodies[-1]
    how = ending(last, identify(last))
    if how == "unstopped":
        return any(body[-1] in '.!?。！？।؟”"’' for body in bodies[:-1]) or (". " in last and len(last) > 200)
    return how == "cut"
