"""Page furniture: advertisements, credits, counters, notices, no text of a story.

One place decides for HTML, Markdown, feeds and text alike. `classify_line` tells what a line is by its form and known
words (data/furniture.toml); `find_furniture` judges the lines of a document that this leaves open, with what stands
around them and the model of furniture_model.py: behind a story less proof is needed than within it, and below a heading such as
"Sources" a list of them ends a document. Sentences within a story's paragraphs: text/furniture_words.py.
Spans are given, never rewritten text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import Literal

from summarizers.segmentation.bylines import is_byline, may_be_byline
from summarizers.segmentation.furniture_model import judge_lines, may_be_notice, speaks_to_reader, thresholds
from summarizers.segmentation.line_features import Floats
from summarizers.segmentation.teaser_lines import tells_time
from summarizers.text import scripts
from summarizers.text.dateline_words import agency_names
from summarizers.text.datelines import find_dateline, read_publication_line
from summarizers.text.dates import any_of
from summarizers.text.furniture_words import (
    begins_like_credit,
    begins_like_notice,
    counter_rest,
    has_footer_words,
    is_author_box,
    is_feed_footer,
    is_link_head,
    is_list_head,
    is_whole_credit,
    is_whole_line,
    read_label,
)
from summarizers.text.sentences import breaks_off

__all__ = [
    "LineKind",
    "classify_line",
    "find_caption_end",
    "find_furniture",
    "find_question_labels",
    "find_trailing_credit",
    "find_trailing_omission",
]

LineKind = Literal["text", "rule", "boilerplate", "byline", "credit", "date"]

_LONGEST_LINE = 240
"""Characters of the longest line that may be something else than text."""

_SIGN_BELOW = 20
"""Characters from which on a line marks no story's end."""

_NAME_BELOW = 120
"""Characters from which on a line is neither byline nor agency credit."""

_SHORTEST_SENTENCE = 40
"""Characters from which on a line with a full stop is a sentence and names nobody."""

_SENTENCE_WORDS, _SHORTEST_WIDE = 4, 12
"""Spaces, or characters of Chinese, Japanese and Korean, from which on a line with a full stop may be news."""

_ADDRESS_BELOW = 90
"""Characters from which on a line is neither address nor count of shares."""

_NETWORKS_BELOW = 60
"""Characters from which on a line does more than name social networks."""

_TAIL = 60
"""Characters at a paragraph's end that may hold a credit."""

_RULE = re.compile(r"(?:[-–—_=*#~•·.+⁂⸻※☆★◆─━═]\s*){3,}\Z|(?:⁂|⸻|\*|•|#{1,6}|%%|\* \*)\Z")
_LETTERLESS = re.compile(r"[\W_]*\Z")
_END_SIGN = re.compile(
    r"[\W_]*(?:30|ends|end|endit|ende|fin|конец)[\W_]*\Z|(?:story|article|item|news|text|report|artikel|meldung|article|noticia)"
    r"\s?(?:no\.?\s?)?#?\d{1,3}\W{0,3}\Z",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z|\S+@\S+\.\w+\Z|@\w{2,20}\Z", re.IGNORECASE)
_PARTS = re.compile(r"[\s,/:.|@()+·•–—-]+")
_INVITES = re.compile(
    r"\b(?:follow|find|like|join|sign up|subscribe|send|visit|download|abonnieren|folgen|suivez|síguenos|siga|segui|volg)\b",
    re.IGNORECASE,
)
_NETWORKS = frozenset(
    {"facebook", "twitter", "x", "whatsapp", "email", "e-mail", "linkedin", "instagram", "telegram", "reddit", "pinterest", "print",
     "share", "tweet", "on", "via", "copy", "link", "pin", "it", "bluesky", "threads", "messenger", "save", "comment", "like", "sms", "mail"}
)  # fmt: skip
_LETTER = re.compile(r"[^\W_]")
_CONTRIBUTED = re.compile(
    r"contribut\w+ (?:reporting|to (?:this|the) (?:report|story|article))|(?:trug|haben) zu diesem (?:bericht|artikel)|"
    r"ont? contribué à cet article|contribuy\w+ (?:a|con) est\w",
    re.IGNORECASE,
)
_AGENCIES = any_of(agency_names())
_AGENCY_ONLY = re.compile(
    rf"[(\[–—-]?\s*(?:(?:{_AGENCIES})[\s,/&;+and-]*)+[)\]]?(?:\s(?:contributed|photo|Photo).{{0,60}})?[.\s]*\Z"
)
_TRAILING = re.compile(
    rf"\s*(?:[–—-]\s*(?:{_AGENCIES})|\((?:{_AGENCIES})(?:[/,\s]+(?:{_AGENCIES}|[a-z]{{2,4}}))*\)|(?:REUTERS?|Reuter|ENDS)(?:\^M|\.\.\.|;)?)\s*\Z"
)


# Single lines


def classify_line(line: str) -> LineKind:
    """Return what a line of a page is; `text` where nothing says that it is something else.

    `rule`: a drawn line or other sign that parts. `boilerplate`: words of the page and not of a story. `byline`: who
    wrote it. `credit`: agency, further reporters, photographer, copyright. `date`: when it was published. A sentence that
    begins as notices do, and a label that headlines have as well, is left to `find_furniture`.
    """
    line = line.strip()
    length = len(line)
    if length > _LONGEST_LINE:
        return "text"
    if not _LETTER.search(line, 0, 12) and _LETTERLESS.match(line):
        return "rule" if not line or _RULE.match(line) else "boilerplate"
    if (
        length < _SIGN_BELOW
        and _END_SIGN.match(line)
        and (line[0] in "-–—(*[#" or line[-1].isdigit() or line.isupper())
    ):
        return "rule"
    label = read_label(line)
    if label is not None and label.kind in {"related", "tags", "notes"}:
        return "boilerplate"
    if label is not None and label.kind == "credits" and find_caption_end(line) is None:
        return "credit"
    if _is_head(line):
        return "byline"
    signed = may_be_byline(line)
    if not signed and read_publication_line(line) is not None:
        return "date"
    if is_whole_line(line) or _PLACE_IN_ROW.match(line) or _counts(line):
        return "boilerplate"
    if is_whole_credit(line) or begins_like_credit(line) or "©" in line[:20]:
        return "credit"
    bare = line.casefold()
    if "contribu" in bare and _CONTRIBUTED.search(bare):
        return "credit"
    stopped = line[-1] in _STOPS
    worded = line.count(" ") >= _SENTENCE_WORDS or (length > _SHORTEST_WIDE and _WIDE.search(line) is not None)
    if _social(bare) or (not (stopped and worded) and begins_like_notice(line)):
        return "boilerplate"
    if length >= _NAME_BELOW or (stopped and length > _SHORTEST_SENTENCE):
        return "text"
    if (line[0] in "(©[–—-" or line[0].isupper()) and _AGENCY_ONLY.match(line):
        return "credit"
    if is_byline(line):
        return "byline"
    if length < _ADDRESS_BELOW and _ADDRESS.match(line):
        return "boilerplate"
    return "date" if signed and read_publication_line(line) is not None else "text"


_PLACE_IN_ROW = re.compile(r"\W*\d{1,3}\s?/\s?\d{1,3}\W*\Z")
"""Number of a picture among others: "2/4"."""

_PART_SIGN = re.compile(r"\s+[·•|]\s+")


def _is_head(line: str) -> bool:
    """Return whether a line is a byline with a date or reading time behind signs."""
    if len(line) > _NAME_BELOW or not may_be_byline(line):
        return False
    name, *rest = _PART_SIGN.split(line)
    return bool(rest) and is_byline(name) and all(read_publication_line(part) or tells_time(part) for part in rest)


def _counts(line: str) -> bool:
    """Return whether a line is nothing but counters, with the time of a change or without."""
    rest = counter_rest(line)
    return rest is not None and all(
        read_publication_line(part) is not None or tells_time(part) or part.casefold() in _NETWORKS for part in rest
    )


def _social(bare: str) -> bool:
    """Return whether a casefolded line asks to follow, like or subscribe; a quotation doesn't."""
    named = "facebook" in bare or "twitter" in bare or "instagram" in bare or "newsletter" in bare or "whatsapp" in bare
    if (
        len(bare) < _NETWORKS_BELOW
        and len(words := _PARTS.split(bare)) > 1
        and all(word in _NETWORKS for word in words)
    ):
        return True
    return named and '"' not in bare and "“" not in bare and _INVITES.search(bare) is not None


def find_trailing_credit(paragraph: str) -> int | None:
    """Return where a credit begins that closes a paragraph ("… he said. (AFP)"), or None."""
    tail = paragraph[-_TAIL:]
    if not tail or (tail[-1] not in ").;" and not tail[-1].isalpha()):
        return None
    match = _TRAILING.search(tail)
    if match is None or not match.start():
        return None
    before = tail[: match.start()].rstrip()
    return len(paragraph) - len(tail) + match.start() if before[-1:] in '.!?”"’»' else None


# Parts of lines

_LONGEST_CREDIT = 80
"""Characters of a photographer's name and agency."""

_MOST_NAME_WORDS = 8
"""Words of a photographer's name and agency: each may be followed by a dateline, which takes a look."""

_SHORTEST_BODY = 40
"""Characters of a report's first sentence behind a dateline."""

_NAME_END = re.compile(r"[\s.)\]|]+(?=[^\W\d_a-z])")


def find_caption_end(line: str) -> int | None:
    """Return where a report begins behind a picture's credit in one line, or None.

    "Photo: Ann Lee/PA LONDON (AP) — The council met."
    """
    label = read_label(line)
    if label is None or label.kind != "credits" or len(line) < label.body + _SHORTEST_BODY:
        return None
    found = None
    for gap in islice(_NAME_END.finditer(line, label.body, label.body + _LONGEST_CREDIT), _MOST_NAME_WORDS):
        opening = find_dateline(line[gap.end() :])
        if (
            opening is not None
            and opening.place
            and (opening.agency or opening.date or opening.place.isupper())
            and len(line) - gap.end() - opening.body >= _SHORTEST_BODY
        ):
            found = gap.end()  # the last, so that no part of a name is taken for a place
    return found


_OMISSION = re.compile(r"\s*[\[(（［]\s*(?:…|\.{2,4}|&hellip;)\s*[\])）］]\s*\Z")
_OMISSION_READ = 12
"""Characters at a line's end that may hold the mark of an omission."""


def find_trailing_omission(line: str) -> int | None:
    """Return where the mark of a cut text stands ("… in May. […]"), or None.

    Only behind a whole sentence: of a cut one it says that words are missing.
    """
    if line[-1:] not in _CLOSING_BRACKETS:
        return None
    match = _OMISSION.search(line, max(0, len(line) - _OMISSION_READ))
    return match.start() if match and match.start() and line[match.start() - 1] in _STOPS else None


_CLOSING_BRACKETS = frozenset(")]）］")

_LONGEST_SPEAKER = 30
"""Characters of the label of who asks in an interview."""

_SPEAKER = re.compile(
    r"\s*([^\W\d_][^:：.!?\n]{0,29}?)\s*[:：]\s+(?=\S)|([^\W\d_][^:：。！？\n]{0,11}?)[：]\s*(?=\S)"
    r"|\s*[(\[]{1,2}([^\W\d_a-z]{1,5})[)\]]{1,2}\s+(?=\S)"
)
_QUESTION_MARKS = ("?", "？", "؟", ";", '?"', "?”", "?»")
_FEWEST_QUESTIONS = 2
"""Questions with one unknown label that make it the label of who asks."""


def find_question_labels(lines: Sequence[str], language: str) -> dict[int, int]:
    """Return the lines with the label of a question or answer, and where their text begins.

    Known labels ("Q:", "Frage:") count where a question stands behind one of them, others ("WN:", "((WN))") where two do. The name
    of who answers stays.
    """
    labels: dict[int, tuple[str, int]] = {}
    for at, line in enumerate(lines):
        head = line[:_LONGEST_SPEAKER]
        if (":" in head or "：" in head or head[:1] in "([") and (found := _SPEAKER.match(line)):
            labels[at] = (found[1] or found[2] or found[3], found.end())
    if not labels:
        return {}
    asked = Counter(label for at, (label, _) in labels.items() if _asks(lines[at], language))
    known = {label: read_label(f"{label}: x") for label in {label for label, _ in labels.values()}}
    asking = {
        label
        for label, count in asked.items()
        if count >= _FEWEST_QUESTIONS or ((mark := known[label]) is not None and mark.kind == "questions")
    }
    counts = Counter(label for label, _ in labels.values())
    asking = {label for label in asking if 2 * asked[label] >= counts[label]}
    if not asking:
        return {}
    answering = {label for label, mark in known.items() if mark is not None and mark.kind == "answers"}
    return {at: body for at, (label, body) in labels.items() if label in asking | answering}


def _asks(line: str, language: str) -> bool:
    return line.rstrip().endswith(_QUESTION_MARKS if language == "el" else _QUESTION_MARKS[:3] + _QUESTION_MARKS[4:])


# Lines of a document

_LIST_FROM = 0.4
"""Share of a document behind which a heading such as "Sources" opens a list of them; by judgement."""

_LONGEST_ENTRY = 300
"""Characters of a list's longest entry."""

_TAIL_LINES = 2
"""Lines behind a story that are judged at once; more only where these are furniture."""

_STOPS = frozenset('.!?。！？।؟”"')
_WIDE = re.compile(f"[{scripts.IDEOGRAPHIC}{scripts.HANGUL}]")


def find_furniture(
    lines: Sequence[str], is_text: Sequence[bool], language: str, local: Floats | None = None
) -> dict[int, str]:
    """Return the lines of a document that are furniture, each with the reason.

    `is_text` marks those that are nothing else so far; only these are judged. A reason is a group of
    data/page_words.toml, `notice`, `feed` for a feed's footer, `author`, `media`, or `sources`. A document keeps at least one line.
    `local` has the lines' features, where they are known (line_features.py).
    """
    texts = [at for at, text in enumerate(is_text) if text]
    if len(texts) < 2:
        return {}
    found = _source_list(lines, texts) | _labelled(lines, is_text, texts) | _footers_within(lines, texts)
    found |= _captions(lines, texts) | _links_behind(lines, texts, language)
    behind = [at for at in texts if at not in found]
    while len(behind) > 1 and is_feed_footer(lines[behind[-1]]):
        found[behind.pop()] = "feed"
    limits = thresholds()
    judged: dict[int, tuple[float, str]] = {}
    while len(behind) > 1:
        tail = behind[-_TAIL_LINES:]
        # the whole story is judged with its last lines, since most of the time goes by calls and not by lines
        candidates = [at for at in tail if at not in judged and may_be_notice(lines[at], language)]
        if not judged:
            inner = (at for at in behind[:-_TAIL_LINES] if speaks_to_reader(lines[at], language))
            candidates = [*inner, *candidates]
        judged |= zip(
            candidates,
            judge_lines([lines[at] for at in candidates], language, None if local is None else local[candidates]),
            strict=True,
        )
        notices = {at: judged[at][1] for at in tail if at in judged and judged[at][0] > limits.behind}
        notices |= {at: "author" for at in tail if at not in found and is_author_box(lines[at], language)}
        count = len(list(takewhile(notices.__contains__, reversed(tail))))
        found |= {at: notices[at] for at in tail[len(tail) - count :]}
        del behind[len(behind) - count :]
        if count < len(tail):
            break
    found = {at: reason for at, (logit, reason) in judged.items() if logit > limits.within} | found
    return found if len(found) < len(texts) else {}


def _heads(lines: Sequence[str], is_text: Sequence[bool], at: int) -> bool:
    """Return whether a line may be the headline of the text below it."""
    return (
        lines[at][-1:] not in _STOPS and at + 1 < len(lines) and is_text[at + 1] and len(lines[at + 1]) > len(lines[at])
    )


def _labelled(lines: Sequence[str], is_text: Sequence[bool], texts: Sequence[int]) -> dict[int, str]:
    """Return lines with a label that headlines have, too, where no text follows: "Source:"."""
    found: dict[int, str] = {}
    for at in texts:
        line = lines[at]
        if len(line) > _LONGEST_LINE or _heads(lines, is_text, at):
            continue
        label = read_label(line)
        if label is not None and label.kind in {"media", "sources"} and line[-1] not in _STOPS:
            found[at] = label.kind
    return found


def _footers_within(lines: Sequence[str], texts: Sequence[int]) -> dict[int, str]:
    """Return the footers among a feed's entries; a single one with a stop may be a sentence."""
    if not has_footer_words(lines):
        return {}
    footers = [at for at in texts[:-1] if is_feed_footer(lines[at])]
    many = len(footers) + is_feed_footer(lines[texts[-1]]) > 1
    return {at: "feed" for at in footers if many or lines[at][-1] not in _STOPS}


_LONGEST_CAPTION = 240
"""Characters of the longest line that may be a caption with its credit."""

_FEWEST_LINKS = 3
"""Links to other stories below a text, at least, where no heading stands above them."""

_LONGEST_LINK, _SHORTEST_LINK = 110, 15
_FEWEST_LINK_WORDS = 3
"""Characters and words of such a link: a headline."""

_FEWEST_SENTENCES = 2
"""Lines with a full stop that a text has above links."""

_LAST_SENTENCE = re.compile(r"[.!?…]['\"”’»)]*\s+(?=[^\W\d_])|[。！？]\s*")


def _captions(lines: Sequence[str], texts: Sequence[int]) -> dict[int, str]:
    """Return lines that end in a picture's credit behind a sentence."""
    found: dict[int, str] = {}
    for at in texts:
        line = lines[at]
        if len(line) > _LONGEST_CAPTION or (":" not in line and "：" not in line) or line[-1] in _STOPS:
            continue
        *_, last = [0, *(stop.end() for stop in _LAST_SENTENCE.finditer(line))]
        label = read_label(line[last:]) if last else None
        if label is not None and label.kind == "credits" and len(line) - last - label.body < _LONGEST_CREDIT:
            found[at] = "captions"
    return found


def _links_behind(lines: Sequence[str], texts: Sequence[int], language: str) -> dict[int, str]:
    """Return headlines of other stories that end a document, below sentences."""
    count = len(list(takewhile(lambda at: _is_link(lines[at], language), reversed(texts))))
    links = texts[len(texts) - count :]
    if not links or links[0] != texts[-1] - count + 1:
        return {}
    headed = links[0] > 0 and links[0] - 1 not in texts and is_link_head(lines[links[0] - 1])
    stopped = sum(lines[at][-1] in _STOPS for at in texts[: len(texts) - count])
    if stopped < _FEWEST_SENTENCES or (count < _FEWEST_LINKS and not headed):
        return {}
    above = lines[texts[-count - 1]]
    return {} if above[-1] not in _STOPS and not headed else dict.fromkeys(links, "related")


def _is_link(line: str, language: str) -> bool:
    """Return whether a line is worded like a headline: a few words, no stop, no list's signs."""
    wide = _WIDE.search(line) is not None
    return (
        (_SHORTEST_WIDE if wide else _SHORTEST_LINK) <= len(line) <= _LONGEST_LINK
        and (wide or line.count(" ") >= _FEWEST_LINK_WORDS)
        and line[-1] not in _STOPS
        and line[-1] not in ":：,;"
        and (line[0].isalpha() or line[0] in '"“„«「')
        and not line[0].islower()
        and ":" not in line
        and "\t" not in line
        and not breaks_off(line, language)
    )


def _source_list(lines: Sequence[str], texts: Sequence[int]) -> dict[int, str]:
    """Return a heading such as "Sources" and the entries below it, if they end the document."""
    for place, at in enumerate(texts):
        if place >= len(texts) * _LIST_FROM and is_list_head(lines[at]):
            below = texts[place + 1 :]
            if below and all(len(lines[entry]) <= _LONGEST_ENTRY for entry in below):
                return dict.fromkeys(texts[place:], "sources")
    return {}
