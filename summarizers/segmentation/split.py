"""Where does one story of a document end and the next begin?

page.py reads the paragraphs, and boundaries.py judges of each how likely a story begins there. Where the document has
marks of its own (drawn lines, headings of one level, larger gaps, numbers, a feed's records), these are taken at
their word, provided that the words of the text don't speak against it: a long report may have drawn lines between its
parts, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from summarizers.segmentation.boilerplate import dateline_at, deck_end, kicker_at, trailing_credit
from summarizers.segmentation.boundary_features import chances, key_of, model_for
from summarizers.segmentation.paragraphs import BLANK, NUMBERED, Paragraph, read_page
from summarizers.text.language import identify_language
from summarizers.text.sentences import is_fragment, sentence_ending
from summarizers.text.words import stopwords, words
from summarizers.types import Story

__all__ = ["as_one_story", "split_stories"]


def split_stories(text: str) -> list[Story]:
    """Divide a document into its stories, in the document's order.

    Each story's paragraphs are verbatim parts of the text, ascending and disjoint, and so are the stories' spans.
    Furniture of the page is in none. A text without words gives []. Equal text gives equal stories; time is linear.
    """
    language = identify_language(text)
    paragraphs = read_page(text, language)
    if not paragraphs:
        return []
    begins = [0, *_beginnings(text, paragraphs, language), len(paragraphs)]
    found: list[Story] = []
    for begin, end in pairwise(begins):
        story = _story(text, paragraphs[begin:end], len(found), language)
        if story.paragraphs:
            found.append(story)
    return found


def as_one_story(text: str, language: str | None = None) -> Story:
    """The whole text as one story, its furniture, kicker, dateline, byline and credits taken off.

    `language` is an ISO 639-1 code, found out when it is None. A text without words gives a story without paragraphs.
    """
    language = language or identify_language(text)
    paragraphs = read_page(text, language)
    if not paragraphs:
        return Story(position=0, paragraphs=())
    _forget_numbers(paragraphs)
    return _story(text, paragraphs, 0, language)


# Marks

# Marks count when the mean of what the words say where they stand is above this. At every second to fourth paragraph of
# single reports it is so in two or three of a hundred; where reports meet in 97 of a hundred, short ones included.
_TRUSTED = -3.0
# A report has some drawn lines, headings or numbers; dozens of them are a page's, however alike its stories are. Gaps
# don't count so: where a few lines happen to touch, all the others stand apart.
_MANY, _EACH = 12, 0.15
_TRUSTED_TITLES = -4.5
_SURE = 4.0  # where marks count, only this much makes a boundary where there is none
_LIMIT = 8.0
# A line that has all of a headline's form is one unless the words speak against it more than this; the scorer knows
# least of other languages. The last is for one whose words the paragraph behind it takes up, and none before it has.
_HEADLINE = -4.0
_HEADLINE_ELSEWHERE = -6.0
_ANNOUNCED = -12.0
_UNTITLED = 1.7
# What furniture, a credit or a byline between two paragraphs adds: they stand where stories meet, and within stories as
# well. By rows with such lines put between half of the stories and after every twelfth paragraph: from 1 to 3 pages of
# short reports gain (Pk 0.031 instead of 0.037), up to 2 single stories stay whole as often as without.
_PARTED = 2.0
_LONGEST_HEADLINE = 130
# What is enough where no English words help: there, at -1.5 our own pages in other languages are divided better (Pk lower by
# 0.01 to 0.03), but of single reports 97.8 in a hundred stay whole instead of 98.9.
_ELSEWHERE = -6.0
_ANNOUNCED = -12.0
_UNTITLED = 1.7
# What furniture, a credit or a byline between two paragraphs adds: they stand where stories meet, and within stories as
# well. By rows with such lines put between half of the stories and after every twelfth paragraph: from 1 to 3 pages of
# short reports gain (Pk 0.031 instead of 0.037), up to 2 single stories stay whole as often as without.
_PARTED = 2.0
_LONGEST_HEADLINE = 130
# What is enough where no English words help, by rows that these models judged: the best exact counts, and 98.8 percent
# of single reports stay whole.
_ELSEWHERE = -1.0


def _beginnings(text: str, paragraphs: list[Paragraph], language: str) -> list[int]:
    """The paragraphs other than the first with which a story begins, ascending."""
    if len(paragraphs) < 2:
        return []
    if any(paragraph.record for paragraph in paragraphs):
        return [at for at, paragraph in enumerate(paragraphs) if at and paragraph.record]
    scores = [0.0, *chances(text, paragraphs, language, model_for(language))]
    if not text.isascii():
        scripts = [_script(text[paragraph.start : paragraph.end][:120]) for paragraph in paragraphs]
        for at in range(1, len(paragraphs)):
            if None is not scripts[at] != scripts[at - 1] is not None:
                scores[at] = max(scores[at], _SURE + 1)
    for at in range(1, len(paragraphs)):
        before = paragraphs[at - 1]
        # a headline's own byline parts nothing
        headed = text[before.end - 1] not in _STOPS and before.end - before.start < _LONGEST_HEADLINE
        if (paragraphs[at].parted or paragraphs[at].bylines or before.credits) and not headed:
            scores[at] += _PARTED
    headlines = _headlines(text, paragraphs, language)
    for kind, marked in _marks(paragraphs, headlines, language):
        mean = sum(max(-_LIMIT, min(_LIMIT, scores[at])) for at in marked) / len(marked)
        least = _TRUSTED_TITLES if kind in {"title", "link"} else _TRUSTED
        if kind in {"rule", "heading", "number"}:
            least -= _EACH * max(0, len(marked) - _MANY)
        if mean > least:
            if kind != "number":
                _forget_numbers(paragraphs)
            return [at for at in range(1, len(paragraphs)) if at in marked or scores[at] > _SURE]
    _forget_numbers(paragraphs)
    # Where each story has its headline, a paragraph without one seldom begins another.
    page = paragraphs[0].titles and sum(least == _ANNOUNCED for least in headlines.values()) > 1
    usual = 0.0 if language == "en" else _ELSEWHERE
    plain = _UNTITLED if page else usual
    return [
        at
        for at, paragraph in enumerate(paragraphs)
        if at and scores[at] > headlines.get(at, usual if paragraph.titles or paragraph.kickers else plain)
    ]


_SCRIPTS = tuple(
    re.compile(f"[{span}]")
    for span in (
        "A-Za-zÀ-ɏ", "\u0400-\u04ff", "\u0600-\u06ff", "\u0590-\u05ff", "\u0900-\u097f", "\u0370-\u03ff", "\uac00-\ud7a3",
        "\u3040-\u30ff\u3400-\u9fff", "\u0e00-\u0e7f",
    )
)  # fmt: skip


def _script(piece: str) -> int | None:
    """Which script a paragraph is written in, where it is long enough to tell and holds little of another."""
    counts = [len(script.findall(piece)) for script in _SCRIPTS]
    most = max(counts)
    return counts.index(most) if most >= 20 and most * 10 >= sum(counts) * 8 else None


def _forget_numbers(paragraphs: list[Paragraph]) -> None:
    """A number that marks no story belongs to the text ("1. FC Köln")."""
    for paragraph in paragraphs:
        paragraph.number = None


def _marks(
    paragraphs: list[Paragraph], headlines: Mapping[int, float], language: str
) -> Iterator[tuple[str, set[int]]]:
    """For each kind of mark that the document has, the paragraphs other than the first before which it stands."""
    places = range(1, len(paragraphs))
    numbers = [(at, paragraph.number) for at, paragraph in enumerate(paragraphs) if paragraph.number is not None]
    ordered = len(numbers) > 1 and all(after == before + 1 for (_, before), (_, after) in pairwise(numbers))
    blanks = [paragraphs[at].blank for at in places]
    kinds: list[tuple[str, set[int]]] = [
        ("rule", {at for at in places if paragraphs[at].rule}),
        *(
            ("heading", {at for at in places if paragraphs[at].level == level})
            for level in sorted({paragraph.level for paragraph in paragraphs} - {0})
        ),
        ("number", {at for at, _ in numbers if at} if ordered else set()),
        # Larger gaps mark groups only where smaller ones stand between the lines of a group.
        ("gap", {at for at in places if paragraphs[at].blank == max(blanks)} if min(blanks) < max(blanks) else set()),
        ("link", {at for at in places if paragraphs[at].link} if paragraphs[0].link else set()),
        ("title", _titled(paragraphs, language) if any(least < 0 for least in headlines.values()) else set()),
    ]
    return ((kind, marked) for kind, marked in kinds if marked)


def _titled(paragraphs: list[Paragraph], language: str) -> set[int]:
    """The paragraphs with a headline where the first has one, too, in a language that the scorer wasn't fitted to.

    There it knows too little of how leads are worded. A heading within a story is shorter than a headline.
    """
    if language == "en" or not paragraphs[0].titles:
        return set()
    least = 8 if language in {"zh", "ja", "ko"} else 25
    return {
        at for at, found in enumerate(paragraphs) if at and any(end - start >= least for start, end in found.titles)
    }


def _headlines(text: str, paragraphs: list[Paragraph], language: str) -> dict[int, float]:
    """For each paragraph with a headline line before it what the words there have to say at least to divide.

    A headline stands behind a whole sentence, is one clause without a stop or an open quotation, and is longer than
    what stands over a part of a report. The lead says its words again, which the report before didn't use; a
    crosshead is followed by what was spoken of before. So lines of which no half announces what follows are taken for
    crossheads.
    """
    long = 12 if language == "ko" else 8 if language in {"zh", "ja"} else 25
    announced: dict[int, bool] = {}
    hints = 0
    for at, paragraph in enumerate(paragraphs):
        if not at or not paragraph.titles or text[paragraphs[at - 1].end - 1] not in _STOPS:
            continue
        title = text[slice(*paragraph.titles[-1])]
        if not title[-1].isalnum() or title[0] in '"“„«' or title.count('"') % 2 or _INNER_STOP.search(title):
            continue
        if len(title) * 4 < long * 3:
            continue
        said = _terms(title, language)
        again = said & _terms(text[paragraph.start : paragraph.end][:400], language)
        known = said & _terms(text[paragraphs[max(0, at - 6)].first : paragraphs[at - 1].end], language)
        fresh = len(again) >= 2 and len(known) * 2 <= len(again)
        if fresh or len(title) >= long:
            announced[at] = fresh
            hints += fresh or (bool(again) and not known)
    page = hints * 2 >= len(announced)
    plain = (_HEADLINE if language == "en" else _HEADLINE_ELSEWHERE) if page else 0.0
    return {at: _ANNOUNCED if fresh else plain for at, fresh in announced.items()}


def _terms(piece: str, language: str) -> set[str]:
    """The beginnings of a text's words, without those that say nothing."""
    stop = stopwords(language)
    return {
        key_of(low, language) for word in words(piece, language) if len(low := word.lower()) > 1 and low not in stop
    }


# Stories


def _story(text: str, paragraphs: list[Paragraph], position: int, language: str) -> Story:
    """Paragraphs as a story, with all that is no body in its field."""
    head = paragraphs[0]
    span = (head.first, max(paragraph.last for paragraph in paragraphs))
    # Of several headings the last is the story's own; those above it are the page's or a section's.
    title = text[slice(*head.titles[-1])] if head.titles else None
    kicker = text[slice(*head.kickers[-1])] if head.kickers else None
    deck = dateline = None
    start, end = head.start, head.end
    if head.number is not None:
        number = NUMBERED.match(title if title is not None else text[start:end])
        if number and title is not None:
            title = title[number.end() :]
        elif number:
            start += number.end()
    if title is not None and kicker is None and (found := kicker_at(title)) and found.body < len(title):
        kicker, title = found.text, title[found.body :]
    if kicker is None and (label := kicker_at(text[start:end])) and label.body < end - start:
        kicker = label.text
        start += label.body
    if kicker is not None:
        seam = deck_end(text[start:end], 0)
        if seam is not None:
            deck = text[start : start + seam].strip()
            start += seam
        elif _is_deck(text, start, end, paragraphs):
            deck = text[start:end].strip(BLANK)
            start = end
    place = dateline_at(text[start:end])
    if place:
        dateline = place.text
        start += place.body
    elif head.dates:
        dateline = text[slice(*head.dates[0])]
    bodies: list[str] = []
    credits: list[str] = []
    bylines = [text[slice(*span)] for span in head.bylines]
    for number_of, paragraph in enumerate(paragraphs):
        if number_of:
            start, end = paragraph.start, paragraph.end
            bodies.extend(text[slice(*span)] for span in (*paragraph.titles, *paragraph.kickers))
            credits.extend(text[slice(*span)] for span in (*paragraph.bylines, *paragraph.dates))
        piece = text[start:end].strip(BLANK)
        if number_of == len(paragraphs) - 1 and (cut := trailing_credit(piece)):
            credits.append(piece[cut:].strip())
            piece = piece[:cut].rstrip()
        if piece:
            bodies.append(piece)
        credits.extend(text[slice(*span)] for span in paragraph.credits)
    if not bodies and title is not None:
        bodies, title = [title], None
    return Story(
        position=position,
        paragraphs=tuple(bodies),
        kicker=kicker,
        deck=deck,
        title=title,
        dateline=dateline,
        byline="; ".join(bylines) or None,
        credits=tuple(credits),
        truncated=_breaks_off(bodies, language),
        span=span,
    )


def _is_deck(text: str, start: int, end: int, paragraphs: list[Paragraph]) -> bool:
    """Whether all that stands behind a kicker is its deck: no full stop, and the body is the next paragraph."""
    if len(paragraphs) < 2 or end - start > 260 or text[end - 1] in '.!?。！？…"”’':
        return False
    return paragraphs[1].end - paragraphs[1].start > end - start


def _breaks_off(bodies: list[str], language: str) -> bool:
    """Whether a story's last words say that more should come."""
    if not bodies:
        return False
    last = bodies[-1]
    how = sentence_ending(last, language)
    if how == "unstopped":
        # Where no line ends with a stop (a list, lyrics, a table), the last needs none either; a few words behind whole
        # paragraphs are a caption or a list's last entry.
        if len(bodies) > 1 and last.count(" ") < 4 and bodies[-2][-1] in _STOPS:
            return False
        stops = sum(body[-1] in _STOPS for body in bodies[:-1])
        return stops * 2 >= len(bodies) - 1 if len(bodies) > 1 else len(last) > 160 and is_fragment(last, language)
    return how == "cut" or last.endswith(("…", "..."))


_STOPS = frozenset('.!?。！？।؟”"’」』…)')
_INNER_STOP = re.compile(r"(?<=[^\W\d_]{3})[.!?][”’\"']?\s|[。！？]")
