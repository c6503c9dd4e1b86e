"""Boilerplate: lines of a page that are no sentences of a story.

Everything here looks at one line, by rule; the words of each language are in data/boilerplate.toml, written by hand.
Spans are given, never rewritten text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from summarizers.text.dateline_words import agency_names
from summarizers.text.datelines import read_publication_line
from summarizers.text.dates import any_of
from summarizers.text.sentences import sentence_ending
from summarizers.text.tables import load_table

__all__ = ["LineKind", "breaks_off", "byline_begins", "classify_line", "find_trailing_credit", "find_trailing_link"]

LineKind = Literal["text", "rule", "boilerplate", "byline", "credit", "date"]

_LONGEST_LINE = 240
"""Characters of the longest line that may be something else than text."""

_SIGN_BELOW = 20
"""Characters from which on a line marks no story's end."""

_NAME_BELOW = 120
"""Characters from which on a line is neither byline nor agency credit."""

_SHORTEST_SENTENCE = 40
"""Characters from which on a line with a full stop is a sentence."""

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
_SHARES = re.compile(
    r"(?:\d[\d.,]*\s?[KMkm]?\s(?:shares?|comments?|likes?|views?|retweets?|reactions?|followers?|replies|"
    r"votes?|points?)\b(?:[\s|·•,]*\d[\d.,]*\s?[KMkm]?\s(?:shares?|comments?|likes?|views?|retweets?|reactions?|replies))*"
    r"|(?:share|tweet|pin|like|likes|email|print|comments?|views?|shares?)[\s:(]*\d[\d.,]*\s?[KMkm]?\)?"
    r"|\d{1,2}[\s-]min(?:ute)?s?\sread)\W*\Z",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\Z|\S+@\S+\.\w+\Z|@\w{2,20}\Z", re.IGNORECASE)
_NAMED = r"[^\W\d_a-z][\w.'’-]*(?:\s(?:[^\W\d_a-z][\w.'’-]*|de|da|di|del|der|den|van|von|bin|al|el|la|le|du|dos|ter|y|e)){0,4}"
_BYLINE_NAME = re.compile(
    rf"{_NAMED}(?:\s*(?:,|and|und|et|y|e|en|og|och|i|&|/|и|та)\s*{_NAMED}){{0,5}}"
    r"(?:\s*(?:,|\||-|–|—|/|\bin\b|\bat\b|\bfor\b|\bof\b|@)\s*[^\Wa-z].{1,60})?\s*(?:\|.*)?\Z"
)
_ROLE_WORD = re.compile(
    r"staff|report|writer|correspond|editor|column|contrib|photographer|bureau|redakt|korresp|redac|redaz",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"{_NAMED}\s*(?:,|\||-|–|—|/)\s*(?:[A-Z][\w'’&.]*\s){{0,4}}(?:(?i:staff|senior|chief|political|sports?|business|science|special|"
    r"contributing|local|foreign|health|technology|education|deputy)\s)*(?i:staff|reporter|writer|correspondent|editor|columnist|"
    r"contributor|photographer|bureau|redakteur(?:in)?|korrespondent(?:in)?|correspondant|corresponsal|redactor|redazione)"
    r"(?:\s(?:in|at|for|of)\s.{2,40})?\Z"
)
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
_AROUND = " \t\u00a0>»›→▶►•·|-–—*_[]()#:.…!"
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


@cache
def _phrases() -> tuple[Mapping[LineKind, tuple[frozenset[str], Mapping[str, tuple[str, ...]]]], tuple[str, ...]]:
    """Return whole lines and beginnings of each kind, and the beginnings of bylines.

    Beginnings are found by their first four characters.
    """
    table = load_table("boilerplate.toml")
    kinds: dict[LineKind, tuple[frozenset[str], Mapping[str, tuple[str, ...]]]] = {}
    named: tuple[LineKind, ...] = ("boilerplate", "credit")
    for kind in named:
        begins: dict[str, tuple[str, ...]] = {}
        for phrase in sorted(entry.casefold().lstrip(_AROUND) for entry in table[kind]["begins"]):
            begins[phrase[:4]] = (*begins.get(phrase[:4], ()), phrase)
        kinds[kind] = (frozenset(phrase.casefold() for phrase in table[kind]["whole"]), begins)
    return kinds, tuple(table["byline"]["begins"])


def byline_begins() -> tuple[str, ...]:
    """Return what bylines begin with, as it is written, in all languages."""
    return _phrases()[1]


def classify_line(line: str) -> LineKind:
    """Return what a line of a page is; `text` where nothing says that it is something else.

    `rule`: a drawn line or other sign that parts. `boilerplate`: words of the page and not of a story. `byline`: who
    wrote it. `credit`: agency, further reporters, photographer, copyright. `date`: when it was published.
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
    kinds, bylines = _phrases()
    signed = line.startswith(bylines)
    if not signed and read_publication_line(line) is not None:
        return "date"
    bare = line.strip(_AROUND).casefold()
    for kind, (whole, begins) in kinds.items():
        # nearly all lines differ in their first four characters from every phrase
        if bare in whole or (bare[:4] in begins and bare.startswith(begins[bare[:4]])):
            return kind
    if "©" in line[:20] or ("contribu" in bare and _CONTRIBUTED.search(bare)):
        return "credit"
    if _social(bare):
        return "boilerplate"
    if length >= _NAME_BELOW or (line[-1] in ".!?" and length > _SHORTEST_SENTENCE):
        return "text"
    if line[0] in "(©[–—-" or line[0].isupper():
        if _AGENCY_ONLY.match(line):
            return "credit"
        if signed and _BYLINE_NAME.match(_named_in(line)):
            return "byline"
        if _ROLE_WORD.search(bare) and _ROLE.match(line.rstrip(".")):
            return "byline"
    elif signed and _BYLINE_NAME.match(_named_in(line)):
        return "byline"
    if length < _ADDRESS_BELOW and (_SHARES.match(line) or _ADDRESS.match(line)):
        return "boilerplate"
    return "date" if signed and read_publication_line(line) is not None else "text"


def breaks_off(line: str, language: str) -> bool:
    """Return whether a line breaks off, so that it can't be a headline.

    Headlines end in words that few sentences end in ("walk out", "tritt ab"), but not in an article or "and".
    """
    if not line[-1:].isalnum():
        return sentence_ending(line, language) == "cut"
    if line.count("(") > line.count(")") or line.count("（") > line.count("）"):
        return True
    return line[-24:].split()[-1].casefold().lstrip(_AROUND) in _never_last(language)


@cache
def _never_last(language: str) -> frozenset[str]:
    """Return the words that no headline of a language ends in."""
    return frozenset(load_table("boilerplate.toml")["never last"].get(language, "").split())


def _named_in(line: str) -> str:
    """Return what follows a byline's first word, or its "by"."""
    return (
        re.split(r"\bby\s", line, maxsplit=1)[-1].rstrip(" .")
        if " by " in line[:14]
        else line.split(None, 1)[-1].rstrip(" .")
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


_LINK_TAIL = 60
"""Characters at a line's end that may hold a link to the rest of a text."""


@cache
def _trailing_link() -> re.Pattern[str]:
    """A link to the rest of a text behind a sentence, in any language: "Read more »"."""
    phrases = {
        phrase.strip()
        for name, table in load_table("page_words.toml").items()
        for phrase in table.get("more", "").split("|")
        if " " in phrase.strip() or (name in _UNSPACED and len(phrase.strip()) >= _SHORTEST_UNSPACED_LINK)
    }
    return re.compile(
        rf"(?<=[.!?…。！？।\])”\"’»」』])[\s(\[]*(?:{'|'.join(map(re.escape, sorted(phrases, key=len, reverse=True)))})"
        r"[\s.…:»›>→)\]]*\Z",
        re.IGNORECASE,
    )


_UNSPACED = frozenset({"zh", "ja", "ko"})
_SHORTEST_UNSPACED_LINK = 4
"""Characters of such a link in scripts where one word may be part of another."""


def find_trailing_link(line: str) -> int | None:
    """Return where a closing link to the rest of a text begins ("… Read more"), or None."""
    if line[-1:] in _SENTENCE_STOPS or not _STOP_BEFORE_LINK.search(
        line, max(0, len(line) - _LINK_TAIL), len(line) - 1
    ):
        return None
    match = _trailing_link().search(line, max(0, len(line) - _LINK_TAIL))
    return match.start() if match and match.start() else None


_STOP_BEFORE_LINK = re.compile(r"[.!?…。！？।\])”\"’»」』]")
"""What stands before such a link; few other lines have one within."""

_SENTENCE_STOPS = frozenset('!?。！？।"”’»')
