"""Division of a document into its stories.

paragraphs.py reads the paragraphs, and boundary_model.py judges of each how likely a story begins there. Where the
document has separators of its own (drawn lines, headings of one level, larger gaps, numbers, a feed's records), these
decide, provided that the words of the text don't speak against it: a long report may have drawn lines between its
parts, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from summarizers.headlines.deck import find_deck_end
from summarizers.headlines.kicker import find_kicker
from summarizers.segmentation.boundary_model import Thresholds, boundary_logits, model_for, thresholds
from summarizers.segmentation.furniture import find_trailing_credit
from summarizers.segmentation.layout_model import LayoutModel
from summarizers.segmentation.page_layout import PageLayout, read_layout
from summarizers.segmentation.paragraphs import (
    INNER_STOP,
    INVISIBLE,
    LIST_NUMBER,
    DocumentParagraph,
    ends_in_word,
    has_records,
    line_spans,
    read_paragraphs,
)
from summarizers.text import scripts
from summarizers.text.datelines import find_dateline, read_publication_line, strip_datelines
from summarizers.text.language import NO_PRIOR, Prior, identify_language
from summarizers.text.sentences import breaks_off, is_fragment, sentence_ending
from summarizers.text.stems import truncated_stem
from summarizers.text.words import stopwords, words
from summarizers.types import Division, Furniture, SetAside, Story

__all__ = ["divide", "single_story", "split_stories"]


def split_stories(text: str, prior: Prior = NO_PRIOR) -> list[Story]:
    """Divide a document into its stories, in the document's order.

    Each story's paragraphs are verbatim parts of the text, ascending and disjoint, and so are the stories' spans.
    Boilerplate is in none. A text without words gives []. Equal text gives equal stories; time is linear.
    """
    return list(divide(text, prior).stories)


def divide(text: str, prior: Prior = NO_PRIOR, *, model: LayoutModel | None = None) -> Division:
    """Divide a document into its stories, and say what of a page was set aside.

    `prior` is what is known of the document's language before it is read, `model` the layout model, the shipped one
    where it is None.
    """
    spans = line_spans(text)
    layout = None if has_records(text, spans) else read_layout(text, spans, model)
    language = identify_language(text, prior) if layout is None else layout.language
    paragraphs = read_paragraphs(text, language, layout, spans)
    aside = _set_aside(spans, layout)
    if not paragraphs:
        return Division((), aside)
    begins = [0, *_beginnings(text, paragraphs, language), len(paragraphs)]
    stories: list[Story] = []
    for begin, end in pairwise(begins):
        story = _story(text, paragraphs[begin:end], len(stories), language)
        if story.paragraphs:
            stories.append(story)
    return Division(tuple(stories), aside)


def _set_aside(spans: Sequence[tuple[int, int]], layout: PageLayout | None) -> tuple[SetAside, ...]:
    """Return what a page's layout sets aside, neighbouring lines of one reason together."""
    found: list[SetAside] = []
    if layout is None:
        return ()
    last = -2
    for at, (role, reason) in enumerate(zip(layout.roles, layout.reasons, strict=True)):
        if role != "aside":
            continue
        start, end = spans[at]
        if last == at - 1 and found[-1].reason == reason:
            found[-1] = SetAside((found[-1].span[0], end), reason)
        else:
            found.append(SetAside((start, end), reason))
        last = at
    return tuple(found)


def single_story(text: str, language: str | None = None) -> Story:
    """Return a text as one story, with kicker, dateline, byline and credits in their fields.

    `language` is an ISO 639-1 code, identified when it is None. A text without words gives a story without paragraphs.
    """
    language = language or identify_language(text)
    paragraphs = read_paragraphs(text, language)
    if not paragraphs:
        return Story(position=0, paragraphs=())
    _forget_list_numbers(paragraphs)
    return _story(text, paragraphs, 0, language)


# Beginnings

_Separator: TypeAlias = Literal["rule", "heading", "number", "gap", "link", "title"]

_LONGEST_HEADLINE = 130
"""Characters below which a paragraph without a full stop may be a headline, whose byline separates no stories."""


def _beginnings(text: str, paragraphs: list[DocumentParagraph], language: str) -> list[int]:
    """Return the paragraphs other than the first with which a story begins, ascending."""
    if len(paragraphs) < 2:
        return []
    if any(paragraph.starts_record for paragraph in paragraphs):
        return [at for at, paragraph in enumerate(paragraphs) if at and paragraph.starts_record]
    limits = thresholds()
    cut_off = _find_cut_off(text, paragraphs, language)
    if any(paragraph.starts_region for paragraph in paragraphs) and not _may_divide_regions(paragraphs, cut_off):
        begins = [at for at, paragraph in enumerate(paragraphs) if at and paragraph.starts_region]
        _forget_list_numbers(paragraphs, begins)
        return begins
    logits = _logits(text, paragraphs, language, limits, cut_off)
    headlines = _headlines(text, paragraphs, language, limits, cut_off)
    if any(paragraph.starts_region for paragraph in paragraphs):
        begins = _region_beginnings(paragraphs, logits, headlines, limits)
        _forget_list_numbers(paragraphs, begins)
        return begins
    for kind, marked in _separators(paragraphs, headlines, language):
        # Teasers prove nothing of the lines in the article above them.
        judged = [at for at in marked if not (cut_off[at] or cut_off[at - 1])] or marked
        mean = sum(max(-limits.limit, min(limits.limit, logits[at])) for at in judged) / len(judged)
        least = limits.headlines if kind in {"title", "link"} else limits.separators
        # A few gaps in a page without others prove nothing, however many paragraphs stand apart.
        if kind in {"rule", "heading", "number"}:
            least -= limits.each_separator * max(0, len(marked) - limits.many_separators)
        if mean > least or _open_reports(text, paragraphs, {0, *marked}, headlines, kind):
            if kind != "number":
                _forget_list_numbers(paragraphs)
            return [at for at in range(1, len(paragraphs)) if at in marked or logits[at] > limits.beside_separators]
    listed = _list_entries(paragraphs)
    _forget_list_numbers(paragraphs)
    # Where each story has its headline, a paragraph without one seldom begins another.
    page = paragraphs[0].titles and sum(least == limits.announced_headline for least in headlines.values()) > 1
    usual = 0.0 if language == "en" else limits.other_languages
    # and where the first one has, others would
    plain = limits.untitled if page else max(usual, 0.0) if paragraphs[0].titles else usual
    return [
        at
        for at, paragraph in enumerate(paragraphs)
        if at
        and at not in listed
        and logits[at] > headlines.get(at, usual if paragraph.titles or paragraph.kickers else plain)
    ]


def _may_divide_regions(paragraphs: Sequence[DocumentParagraph], cut_off: Sequence[bool]) -> bool:
    """Return whether anything within a page's regions speaks for a further story.

    Texts that break off do, links and ages, a label, and headings where every second paragraph has one. Headings of an
    article alone don't, nor does one age of a whole page.
    """
    starts = [at for at, paragraph in enumerate(paragraphs) if at == 0 or paragraph.starts_region]
    links = sum(paragraph.before_link for paragraph in paragraphs) > 1
    ages = sum(paragraph.after_age for paragraph in paragraphs) > 1
    teasers = sum(cut_off) > 1
    for start, end in pairwise([*starts, len(paragraphs)]):
        if _is_list(paragraphs, start, end):
            return True
        for at in range(start + 1, end):
            before, paragraph = paragraphs[at - 1], paragraphs[at]
            if before.ends_story or paragraph.kickers or (teasers and cut_off[at]):
                return True
            if (links and before.before_link) or (ages and paragraph.after_age):
                return True
    return False


def _is_list(paragraphs: Sequence[DocumentParagraph], start: int, end: int) -> bool:
    """Return whether every second paragraph of a region has a headline."""
    titled = sum(bool(paragraphs[at].titles) for at in range(start + 1, end))
    return titled > 0 and 2 * (titled + 1) >= end - start


def _open_reports(
    text: str,
    paragraphs: Sequence[DocumentParagraph],
    marked: set[int],
    headlines: Mapping[int, float],
    kind: _Separator,
) -> bool:
    """Return whether a report opens behind each separator, whatever words the reports share.

    Each has a headline and either a dateline or, behind a drawn line, words of its own in both headline and lead.
    """
    announced = thresholds().announced_headline
    return all(
        paragraphs[at].titles
        and (
            find_dateline(text[paragraphs[at].start : paragraphs[at].end]) is not None
            or (kind == "rule" and (at == 0 or headlines.get(at) == announced))
        )
        for at in marked
    )


def _region_beginnings(
    paragraphs: list[DocumentParagraph], logits: list[float], headlines: Mapping[int, float], limits: Thresholds
) -> list[int]:
    """Return the beginnings in a page: those of regions, and those within one of many stories.

    A region is one story more often than not: its headings are crossheads unless every second paragraph has one.
    """
    starts = [at for at, paragraph in enumerate(paragraphs) if at == 0 or paragraph.starts_region]
    begins: list[int] = []
    for start, end in pairwise([*starts, len(paragraphs)]):
        teasers = _is_list(paragraphs, start, end)
        begins.append(start)
        begins.extend(
            at
            for at in range(start + 1, end)
            if logits[at] > (headlines.get(at, 0.0) if teasers else limits.within_region)
        )
    return begins[1:]


_SHORTEST_CUT, _SHORTEST_CUT_UNSPACED = 80, 40
"""Characters of a paragraph, from which on one without a full stop breaks off; the second where ideographs and Korean
syllables are written."""

_SHORTEST_DOUBTFUL = 115
"""Characters of one that holds no whole sentence; headlines and list entries are shorter."""


def _find_cut_off(text: str, paragraphs: Sequence[DocumentParagraph], language: str) -> list[bool]:
    """Return which paragraphs break off in the middle of a sentence, as teasers do.

    They hold a whole sentence or an omission mark, so that no list entry and no heading is taken for one. Those that
    hold neither count where enough of them end in a word that nothing ends in, and those that end in a few words, which
    may be the next part's heading, beside others only. What goes on with a small letter was wrapped; a document with
    more such lines than others has no teasers.
    """
    found = [False] * len(paragraphs)
    doubtful: list[int] = []
    headed: list[int] = []
    wrapped = ends = 0
    for at, paragraph in enumerate(paragraphs):
        piece = text[paragraph.start : paragraph.end]
        shortest = _SHORTEST_CUT_UNSPACED if _UNSPACED.search(piece[:_SCRIPT_SAMPLE]) else _SHORTEST_CUT
        omitted = piece.endswith(_OMISSIONS)
        if len(piece) < shortest or not (omitted or ends_in_word(piece)):
            continue
        following = text[paragraphs[at + 1].first] if at + 1 < len(paragraphs) else ""
        if following.islower():
            wrapped += 1
        elif omitted:
            found[at] = True
        elif stops := [stop.end() for stop in INNER_STOP.finditer(piece)]:
            heading = len(words(piece[stops[-1] :], language)) <= _HEADING_WORDS and not breaks_off(piece, language)
            if heading:
                headed.append(at)
            else:
                found[at] = True
        elif (
            len(piece) >= _SHORTEST_DOUBTFUL and paragraph.list_number is None and text[paragraph.start] not in "-•*–—"
        ):
            doubtful.append(at)
            ends += breaks_off(piece, language)
    if ends >= _FEWEST_ENDS and ends >= _ENDS_SHARE * len(doubtful):
        for at in doubtful:
            found[at] = True
    if any(found):
        for at in headed:
            found[at] = True
    return found if 2 * wrapped < sum(found) else [False] * len(paragraphs)


_HEADING_WORDS = 4
"""Words behind a last full stop that may be a heading."""

_FEWEST_ENDS, _ENDS_SHARE = 2, 0.2
"""Paragraphs that end in such a word; text that is cut at any word has more than this share of them."""

_OMISSIONS = ("…", "...", "[…]", "[...]", "(…)", "(...)")
_UNSPACED = re.compile(f"[{scripts.IDEOGRAPHIC}{scripts.HANGUL}]")


def _logits(
    text: str, paragraphs: list[DocumentParagraph], language: str, limits: Thresholds, cut_off: Sequence[bool]
) -> list[float]:
    """Return for each paragraph the log odds that a story begins there, 0 for the first."""
    logits = [0.0, *boundary_logits(text, paragraphs, language, model_for(language))]
    if not text.isascii():
        written = [_script(text[paragraph.start : paragraph.end][:_SCRIPT_SAMPLE]) for paragraph in paragraphs]
        for at in range(1, len(paragraphs)):
            if None is not written[at] != written[at - 1] is not None:
                logits[at] = max(logits[at], limits.beside_separators + 1)
    teasers = sum(cut_off)
    lone = teasers == 1 and _breaks_off_within(text, paragraphs, cut_off.index(True), language)
    teaser = limits.teaser if language == "en" else limits.teaser_elsewhere
    links = sum(paragraph.before_link for paragraph in paragraphs) > 1
    ages = sum(paragraph.after_age for paragraph in paragraphs) > 1
    for at in range(1, len(paragraphs)):
        before = paragraphs[at - 1]
        # a headline's own byline separates nothing
        headed = text[before.end - 1] not in _STOPS and before.end - before.start < _LONGEST_HEADLINE
        if before.ends_story:
            logits[at] += limits.linked
        # one alone may be a button within an article, or say how old a whole page is
        elif (links and before.before_link) or (ages and paragraphs[at].after_age):
            logits[at] += limits.marked
        # one text alone may lack its last full stop, if it doesn't break off and stands before no other
        if teasers > 1 or lone:
            logits[at] += limits.cut_off if cut_off[at - 1] else 0.0
            logits[at] += teaser if cut_off[at] else 0.0 if cut_off[at - 1] else -limits.beside_teasers
        if (paragraphs[at].after_boilerplate or paragraphs[at].bylines or before.credits) and not headed:
            logits[at] += limits.separated
    return logits


def _breaks_off_within(text: str, paragraphs: Sequence[DocumentParagraph], at: int, language: str) -> bool:
    """Return whether a paragraph that isn't the last ends in a word that no sentence ends in.

    Outside English, where fewer such words are known, it is enough that its sentence has no end and all others have one.
    """
    if at + 1 >= len(paragraphs):
        return False
    if breaks_off(text[paragraphs[at].start : paragraphs[at].end], language):
        return True
    return language != "en" and all(
        text[paragraph.end - 1] in _STOPS for number, paragraph in enumerate(paragraphs) if number != at
    )


_SCRIPTS = tuple(
    re.compile(f"[{span}]")
    for span in (
        scripts.LATIN,
        scripts.CYRILLIC,
        scripts.ARABIC,
        scripts.HEBREW,
        scripts.DEVANAGARI,
        scripts.GREEK,
        scripts.HANGUL,
        scripts.KANA + scripts.HAN,
        scripts.THAI,
    )
)
_LATIN = 0
"""Number of the Latin script."""

_SCRIPT_SAMPLE = 120
"""Characters of a paragraph that tell its script."""

_FEWEST_LETTERS = 20
"""Letters that a paragraph has at least of its script."""

_CLEAR_SHARE = 0.8
"""Share of a paragraph's letters that are of its script at least."""


def _script(piece: str) -> int | None:
    """Return the number of a paragraph's script; None for a short or mixed paragraph."""
    if piece.isascii():
        return _LATIN if len(_SCRIPTS[_LATIN].findall(piece)) >= _FEWEST_LETTERS else None
    counts = [len(script.findall(piece)) for script in _SCRIPTS]
    most = max(counts)
    return counts.index(most) if most >= _FEWEST_LETTERS and most >= sum(counts) * _CLEAR_SHARE else None


def _forget_list_numbers(paragraphs: list[DocumentParagraph], begins: Sequence[int] = ()) -> None:
    """Take numbers that separate no stories for text, as in "1. FC Köln".

    Those of the stories that `begins` has are kept where they follow one another.
    """
    numbers = [number for at in (0, *begins) if (number := paragraphs[at].list_number) is not None]
    counted = len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
    kept = {0, *begins} if counted else set()
    for at, paragraph in enumerate(paragraphs):
        if at not in kept:
            paragraph.list_number = None


_FEWEST_ENTRIES = 3
"""Entries of a numbered list within a text."""


def _list_entries(paragraphs: Sequence[DocumentParagraph]) -> set[int]:
    """Return the paragraphs of a numbered list below an introduction, which is one text with it.

    Its numbers were not taken for separators: single ones are none either.
    """
    numbered = [(at, paragraph.list_number) for at, paragraph in enumerate(paragraphs) if paragraph.list_number]
    counted = [number for _, number in numbered]
    if len(numbered) < _FEWEST_ENTRIES or numbered[0][0] == 0 or counted != list(range(1, len(numbered) + 1)):
        return set()
    return {at for at, _ in numbered}


def _separators(
    paragraphs: list[DocumentParagraph], headlines: Mapping[int, float], language: str
) -> Iterator[tuple[_Separator, set[int]]]:
    """Yield each kind of separator in the document, with the paragraphs behind one.

    The first paragraph is left out.
    """
    places = range(1, len(paragraphs))
    numbers = [
        (at, paragraph.list_number) for at, paragraph in enumerate(paragraphs) if paragraph.list_number is not None
    ]
    ordered = len(numbers) > 1 and all(after == before + 1 for (_, before), (_, after) in pairwise(numbers))
    blanks = [paragraphs[at].blank_lines for at in places]
    most = max(blanks)
    kinds: list[tuple[_Separator, set[int]]] = [
        ("rule", {at for at in places if paragraphs[at].after_rule}),
        *(
            ("heading", {at for at in places if paragraphs[at].heading_level == level})
            for level in sorted({paragraph.heading_level for paragraph in paragraphs} - {0})
        ),
        ("number", {at for at, _ in numbers if at} if ordered else set()),
        # Larger gaps mark groups only where smaller ones stand between the lines of a group.
        ("gap", {at for at in places if paragraphs[at].blank_lines == most} if min(blanks) < most else set()),
        ("link", {at for at in places if paragraphs[at].has_link} if paragraphs[0].has_link else set()),
        ("title", _titled(paragraphs, language) if any(least < 0 for least in headlines.values()) else set()),
    ]
    return ((kind, marked) for kind, marked in kinds if marked)


_SHORTEST_HEADLINE = {"ko": 12, "zh": 8, "ja": 8}
_SHORTEST_TITLE = {"ko": 8, "zh": 8, "ja": 8}
_SHORTEST_ELSEWHERE = 25
"""Characters of a story's shortest headline; a heading within a story is shorter. `_SHORTEST_TITLE` is for documents
whose first paragraph has a headline, too."""


def _titled(paragraphs: list[DocumentParagraph], language: str) -> set[int]:
    """Return the paragraphs with a headline if the first has one, outside English.

    There the model knows too little of how leads are worded.
    """
    if language == "en" or not paragraphs[0].titles:
        return set()
    shortest = _SHORTEST_TITLE.get(language, _SHORTEST_ELSEWHERE)
    return {
        at
        for at, paragraph in enumerate(paragraphs)
        if at and any(end - start >= shortest for start, end in paragraph.titles)
    }


_LEAD_READ = 400
"""Characters of the paragraph behind a headline that may take up its words."""

_PARAGRAPHS_BEFORE = 6
"""Paragraphs before a headline that may have its words already, if it is a crosshead."""


def _headlines(
    text: str, paragraphs: list[DocumentParagraph], language: str, limits: Thresholds, cut_off: Sequence[bool]
) -> dict[int, float]:
    """Return the paragraphs behind a headline line, and the log odds that make a beginning.

    A headline stands behind a whole sentence or a text that breaks off, is one clause without a stop or an open quotation, and is longer than
    what stands over a part of a report. The lead repeats its words, which the report before didn't use; a crosshead is
    followed by what was spoken of before. So lines of which no half announces what follows are taken for crossheads.
    Headlines of teasers, whose texts break off, say nothing of the others.
    """
    shortest = _SHORTEST_HEADLINE.get(language, _SHORTEST_ELSEWHERE)
    announced: dict[int, bool] = {}
    teasers: dict[int, float] = {}
    hints = 0
    for at, paragraph in enumerate(paragraphs):
        if not at or not paragraph.titles:
            continue
        if text[paragraphs[at - 1].end - 1] not in _STOPS and not cut_off[at - 1]:
            continue
        title = text[slice(*paragraph.titles[-1])]
        if not ends_in_word(title) or title[0] in '"“„«' or title.count('"') % 2 or INNER_STOP.search(title):
            continue
        if len(title) * 4 < shortest * 3:
            continue
        terms = _terms(title, language)
        again = terms & _terms(text[paragraph.start : paragraph.end][:_LEAD_READ], language)
        earlier = text[paragraphs[max(0, at - _PARAGRAPHS_BEFORE)].first : paragraphs[at - 1].end]
        known = terms & _terms(earlier, language)
        fresh = len(again) >= 2 and len(known) * 2 <= len(again)
        if cut_off[at] or cut_off[at - 1]:
            teasers[at] = limits.announced_headline
        elif fresh or len(title) >= shortest:
            announced[at] = fresh
            hints += fresh or (bool(again) and not known)
    page = hints * 2 >= len(announced)
    plain = (limits.headline if language == "en" else limits.headline_elsewhere) if page else 0.0
    return teasers | {at: limits.announced_headline if fresh else plain for at, fresh in announced.items()}


def _terms(piece: str, language: str) -> set[str]:
    """Return the beginnings of a text's words without stop words."""
    stop = stopwords(language)
    return {
        truncated_stem(low, language)
        for word in words(piece, language)
        if len(low := word.lower()) > 1 and low not in stop
    }


# Stories


def _story(text: str, paragraphs: list[DocumentParagraph], position: int, language: str) -> Story:
    """Return paragraphs as a story, with all that is no body in its field."""
    head = paragraphs[0]
    span = (head.first, max(paragraph.last for paragraph in paragraphs))
    # Of several headings the last is the story's own; those above it are the page's or a section's.
    title = text[slice(*head.titles[-1])] if head.titles else None
    kicker = text[slice(*head.kickers[-1])] if head.kickers else None
    deck = text[slice(*head.decks[0])] if head.decks else None
    start, end = head.start, head.end
    if head.list_number is not None:
        number = LIST_NUMBER.match(title if title is not None else text[start:end])
        if number and title is not None:
            title = title[number.end() :]
        elif number:
            start += number.end()
    if title is not None and kicker is None and (label := find_kicker(title)) and label.body < len(title):
        kicker, title = label.text, title[label.body :]
    if kicker is None and (label := find_kicker(text[start:end])) and label.body < end - start:
        kicker = label.text
        start += label.body
    if kicker is not None and deck is None:
        seam = find_deck_end(text[start:end], 0)
        if seam is not None:
            deck = text[start : start + seam].strip()
            start += seam
        elif _is_deck(text, start, end, paragraphs):
            deck = text[start:end].strip(INVISIBLE)
            start = end
    stated = [line for span in (*head.dates, *head.bylines) if (line := read_publication_line(text[slice(*span)]))]
    if title is not None and (line := find_dateline(title)) and (line.date or line.agency):
        stated.append(line)
        title = title[line.body :]
    if opening := strip_datelines(text[start:end]):
        stated[:0] = opening
        start += opening[-1].body
    dateline = stated[0].text if stated else text[slice(*head.dates[0])] if head.dates else None
    bodies: list[str] = []
    credits: list[str] = []
    bylines = [text[slice(*span)] for span in head.bylines]
    for number_of, paragraph in enumerate(paragraphs):
        if number_of:
            start, end = paragraph.start, paragraph.end
            bodies.extend(text[slice(*span)] for span in (*paragraph.titles, *paragraph.decks, *paragraph.kickers))
            credits.extend(text[slice(*span)] for span in (*paragraph.bylines, *paragraph.dates))
        piece = text[start:end].strip(INVISIBLE)
        if number_of == len(paragraphs) - 1 and (cut := find_trailing_credit(piece)):
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
        place=next((line.place for line in stated if line.place), None),
        stated_date=next((line.date for line in stated if line.date), None),
        agency=next((line.agency for line in stated if line.agency), None),
        byline="; ".join(bylines) or None,
        credits=tuple(credits),
        furniture=tuple(
            Furniture(text[start:end], reason) for paragraph in paragraphs for start, end, reason in paragraph.furniture
        ),
        truncated=_breaks_off(bodies, language),
        span=span,
    )


_LONGEST_DECK = 260
"""Characters of a deck that is a paragraph of its own."""


def _is_deck(text: str, start: int, end: int, paragraphs: list[DocumentParagraph]) -> bool:
    """Return whether all that stands behind a kicker is its deck.

    It has no full stop, and the body is the next paragraph, which is longer.
    """
    if len(paragraphs) < 2 or end - start > _LONGEST_DECK or text[end - 1] in '.!?。！？…"”’':
        return False
    return paragraphs[1].end - paragraphs[1].start > end - start


_CAPTION_WORDS = 4
"""Words, about, of the longest caption behind a story's last paragraph."""

_LONGEST_CAPTION = 160
"""Characters up to which a text that is one paragraph needs no full stop."""


def _breaks_off(bodies: list[str], language: str) -> bool:
    """Return whether a story's last words say that more should come."""
    if not bodies:
        return False
    last = bodies[-1]
    ending = sentence_ending(last, language)
    if ending == "unstopped":
        # Where no line ends with a stop (a list, lyrics, a table), the last needs none either; a few words behind whole
        # paragraphs are a caption or a list's last entry.
        if len(bodies) > 1 and last.count(" ") < _CAPTION_WORDS and bodies[-2][-1] in _STOPS:
            return False
        stops = sum(body[-1] in _STOPS for body in bodies[:-1])
        return (
            stops * 2 >= len(bodies) - 1
            if len(bodies) > 1
            else len(last) > _LONGEST_CAPTION and is_fragment(last, language)
        )
    return ending == "cut" or last.endswith(("…", "..."))


_STOPS = frozenset('.!?。！？।؟”"’」』…)')
