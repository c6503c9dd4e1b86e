"""Words of page furniture: what labels, beginnings and phrases say of a line or a sentence.

Table: data/furniture.toml, by hand, in twenty languages. All of them count at once, as a page's furniture need not be in
the language of its story; only beginnings are looked for in a language and in English where it is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, Literal, NamedTuple

from summarizers.text import scripts
from summarizers.text.tables import load_table

__all__ = [
    "Label",
    "begins_like_credit",
    "begins_like_notice",
    "byline_begins",
    "counter_rest",
    "flag_sentences",
    "has_footer_words",
    "is_feed_footer",
    "is_list_head",
    "is_whole_credit",
    "is_whole_line",
    "read_label",
    "reports_speech",
    "speaks_politely",
]

TABLE: Final = "furniture.toml"

LabelKind = Literal["related", "tags", "notes", "credits", "media", "sources", "questions", "answers"]
_LABEL_KINDS: Final[tuple[LabelKind, ...]] = (
    "related", "tags", "notes", "credits", "media", "sources", "questions", "answers",
)  # fmt: skip

_AROUND = " \t\u00a0>»›→▶►•·|-–—*_[]()【】（）<■▲◆#:.…!"
_LONGEST_LABEL = 40
"""Characters of a line in which a label ends."""

_LONGEST_FOOTER = 260
"""Characters of the longest footer of a feed."""

_LABEL_END = re.compile(r"\s*(?:[:：︰]|(?:[=＝／｜]|・)(?=\s*[^\W\d]))\s*")
_SIGNED_ONLY: Final = frozenset("=＝／｜・")
"""Signs that close the label of a credit only."""


class Label(NamedTuple):
    """A label at a line's beginning, and where what it labels begins."""

    kind: LabelKind
    text: str
    body: int


def _phrases(key: str, language: str | None = None) -> list[str]:
    """Return the casefolded phrases of a list, of all languages or of one and English."""
    table = load_table(TABLE)
    names = table if language is None else [name for name in dict.fromkeys(("en", language)) if name in table]
    return [phrase.casefold() for name in names for phrase in table[name].get(key, "").split("|") if phrase.strip()]


@cache
def byline_begins() -> tuple[str, ...]:
    """Return what bylines begin with, as it is written, in all languages."""
    return tuple(load_table(TABLE)["any"]["byline"].split("|"))


# Labels


@cache
def _labels() -> Mapping[str, LabelKind]:
    return {phrase: kind for kind in reversed(_LABEL_KINDS) for phrase in _phrases(kind)}


def read_label(line: str) -> Label | None:
    """Return the label that a line begins with, before a colon; an unknown one is none."""
    sign = _LABEL_END.search(line, 0, _LONGEST_LABEL)
    if sign is None:
        return None
    text = line[: sign.start()].strip(_AROUND)
    kind = _labels().get(text.casefold())
    if kind is None or (kind != "credits" and sign.group().strip() in _SIGNED_ONLY):
        return None
    return Label(kind, text, sign.end())


# Beginnings

_LONGEST_BEGINNING = 100
"""Characters of a line that its beginning is looked for in: more than the longest phrase has."""

_KEY = 3
"""First characters by which beginnings are found: nearly all lines differ in them from every phrase."""

_Beginnings = Mapping[str, tuple[str, ...]]


def _by_key(phrases: Sequence[str]) -> _Beginnings:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(set(phrases), key=len, reverse=True):
        found[phrase[:_KEY]] = (*found.get(phrase[:_KEY], ()), phrase)
    return found


@cache
def _notices(language: str | None) -> _Beginnings:
    return _by_key([phrase.lstrip(_AROUND) for phrase in _phrases("begins", language)])


@cache
def _credits() -> _Beginnings:
    return _by_key([phrase.lstrip("([") for phrase in _phrases("signed")])


def begins_like_notice(line: str, language: str | None = None) -> bool:
    """Return whether a line begins as a notice to the reader does, in a language or in any."""
    return _begins(line.lstrip(_AROUND), _notices(language))


def begins_like_credit(line: str) -> bool:
    """Return whether a line begins like a credit without a label: "Reporting by"."""
    return _begins(line.lstrip("([-–—* \t"), _credits())


def _begins(line: str, known: _Beginnings) -> bool:
    low = line[:_LONGEST_BEGINNING].casefold()
    phrases = known.get(low[:_KEY])
    return phrases is not None and any(
        low.startswith(phrase) and not _goes_on(phrase, low[len(phrase) : len(phrase) + 1]) for phrase in phrases
    )


_UNSPACED = re.compile(f"[{scripts.IDEOGRAPHIC}{scripts.HANGUL}]")


def _goes_on(phrase: str, following: str) -> bool:
    """Return whether a phrase ends within a word, in scripts that part words."""
    return phrase[-1].isalpha() and following.isalpha() and _UNSPACED.match(phrase[-1]) is None


# Words of news and of notices

_SPEECH_END = 40
"""Characters at a line's end in which Japanese and Korean say who speaks."""


@cache
def _speech(language: str) -> re.Pattern[str]:
    """Words of a language that say that somebody speaks or reports."""
    words = sorted(load_table(TABLE).get(language, {}).get("speech", "").split("|"), key=len, reverse=True)
    parts = (
        re.escape(word) if _UNSPACED.search(word) else rf"(?<!\w){re.escape(word)}(?!\w)" for word in words if word
    )
    # a verb of Japanese and Korean stands last
    end = r"\W*\Z" if language in {"ja", "ko"} else ""
    return re.compile(rf"(?:{'|'.join(parts) or '(?!)'}){end}", re.IGNORECASE)


def reports_speech(line: str, language: str) -> bool:
    """Return whether a line says that somebody speaks or reports, as news does."""
    start = max(0, len(line) - _SPEECH_END) if language in {"ja", "ko"} else 0
    return _speech(language).search(line, start) is not None


@cache
def _polite(language: str) -> tuple[str, ...]:
    return tuple(filter(None, load_table(TABLE).get(language, {}).get("polite", "").split("|")))


def speaks_politely(line: str, language: str) -> bool:
    """Return whether a line ends like a sentence said to a reader, where verbs tell."""
    endings = _polite(language)
    return bool(endings) and line.rstrip(_AROUND + "。！？।?").endswith(endings)


# Author boxes

_LONGEST_BOX = 600
"""Characters of the longest box about an author."""

_NAME_WORDS = 5
"""Words of an author's name at most, with an article before it."""

_AUTHOR_NAME = r"(?P<name>[^\W\d_][^.,;:!?()\d\n。！？，、：「」“”\"]{1,45}?)"
_NAME_WORD = r"[^\W\d_][^\s.,;:!?()\"“”]*"
_AUTHOR_WHAT = r"[^.!?。！？\n]{0,80}?"


class _AuthorWords(NamedTuple):
    """A language's beginnings of boxes about an author, and what they tell besides."""

    opening: re.Pattern[str]
    signs: re.Pattern[str]


@cache
def _author_words(language: str) -> _AuthorWords | None:
    table = load_table(TABLE).get(language, {})
    if "author_roles" not in table:
        return None

    def any_word(key: str) -> str:
        words = sorted(table[key].split("|"), key=len, reverse=True)
        return "|".join(
            re.escape(word) if _UNSPACED.search(word) else rf"(?<!\w){re.escape(word.rstrip('*'))}" + _word_end(word)
            for word in words
        )

    if table["author_is"]:
        name = rf"{_AUTHOR_NAME}\s*(?:{any_word('author_is')})"
    else:  # nothing but the name's own words tells where it ends
        further = "{1,3}" if table["author_roles"][0].islower() else "{0,3}"
        name = rf"(?P<name>{_NAME_WORD}(?:\s{_NAME_WORD}){further}?)(?=[\s,])"
    opening = rf"\W*{name}{_AUTHOR_WHAT}(?:{any_word('author_roles')})"
    return _AuthorWords(re.compile(opening, re.IGNORECASE), re.compile(any_word("author_signs"), re.IGNORECASE))


def _word_end(word: str) -> str:
    return "" if word.endswith("*") else r"(?!\w)"


def is_author_box(line: str, language: str) -> bool:
    """Return whether a line tells who wrote a text: "Jane Doe is a reporter covering courts."."""
    words = _author_words(language)
    if words is None or len(line) > _LONGEST_BOX:
        return False
    found = words.opening.match(line)
    if found is None or not words.signs.search(line, found.end("name")):
        return False
    # Korean tells nearly all news with the verbs of speech
    if language != "ko" and reports_speech(line, language):
        return False
    name = found["name"].split()
    cased = name[0][0].isupper()
    return len(name) <= _NAME_WORDS and (
        not name[0][0].islower() if not cased else len(name) > 1 and name[-1][0].isupper()
    )


# Whole lines


@cache
def _whole(key: str) -> tuple[frozenset[str], int]:
    """Return the phrases of a list and the length of its longest."""
    phrases = frozenset(_phrases(key))
    return phrases, max(map(len, phrases))


def _is_whole(bare: str, key: str) -> bool:
    """Return whether a text is a phrase of a list; most are longer than all of them."""
    phrases, longest = _whole(key)
    return len(bare) <= longest and bare.casefold() in phrases


def is_whole_line(line: str) -> bool:
    """Return whether a line is nothing but a known phrase of pages: "Read more »"."""
    return _is_whole(line.strip(_AROUND), "whole")


def is_whole_credit(line: str) -> bool:
    """Return whether a line is nothing but a known credit: "All rights reserved"."""
    return _is_whole(line.strip(_AROUND), "whole_credits")


def is_list_head(line: str) -> bool:
    """Return whether a line is the heading of a list of sources or links."""
    return _is_whole(line.strip(" #*=:：—–-"), "lists")


def is_link_head(line: str) -> bool:
    """Return whether a line is the heading of links to other stories."""
    bare = line.strip(" #*=:：—–-")
    return _labels().get(bare.casefold()) == "related" or _is_whole(bare, "lists")


_NUMBER = r"\d[\d.,\u00a0\u202f ]*\s?(?:[KkMm]|万|만|тыс\.?|mil|bin)?"
_COUNTER_PARTS = re.compile(
    r"(?:\s*[·|•/;–—-]\s+|(?<=\D)\s*[.。।,，]\s+|(?<=\d)[.。]\s+(?=\D)|。\s*|(?<=\d)\s*,\s+(?=\D))"
)
_DIGIT = re.compile(r"\d")
_LONGEST_COUNTER = 90
"""Characters of the longest line of counters."""


@cache
def _counters() -> re.Pattern[str]:
    patterns = sorted(_phrases("counters"), key=len, reverse=True)
    return re.compile(
        "|".join(re.escape(pattern).replace(r"\#", f"{_NUMBER}").replace(r"\ ", r"\s?") for pattern in patterns)
    )


@cache
def _counter_words() -> re.Pattern[str]:
    """The longest word of each counter: few other lines with numbers have one."""
    words = {max(re.findall(r"[^\W\d_]+", pattern), key=len) for pattern in _phrases("counters")}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def counter_rest(line: str) -> list[str] | None:
    """Return what a line of counters says besides them; None for a line without one."""
    if len(line) > _LONGEST_COUNTER or not _DIGIT.search(line) or not _counter_words().search(line.casefold()):
        return None
    counters = _counters()
    parts = [part for piece in _COUNTER_PARTS.split(line) if (part := piece.strip(_AROUND + "。।"))]
    rest = [part for part in parts if not counters.fullmatch(_SIGNS.sub(" ", part.casefold()).strip())]
    return rest if len(rest) < len(parts) else None


_SIGNS = re.compile(r"\s*[:：()（）]\s*")


@cache
def _footers() -> re.Pattern[str]:
    """Footers of feeds: a star in the table stands for any words."""
    return re.compile(
        "|".join(r".{1,160}?".join(map(re.escape, pattern.split("*"))) for pattern in _phrases("feed")), re.IGNORECASE
    )


@cache
def _footer_parts() -> tuple[str, ...]:
    """The longest fixed part of each footer, one of which a footer has."""
    return tuple({max(pattern.split("*"), key=len).strip() for pattern in _phrases("feed")})


def has_footer_words(lines: Sequence[str]) -> bool:
    """Return whether some lines hold the words of a feed's footer; few documents do."""
    whole = "\n".join(lines).casefold()
    return any(part in whole for part in _footer_parts())


def is_feed_footer(line: str) -> bool:
    """Return whether a line is what a blog's or aggregator's feed puts below its texts."""
    if len(line) > _LONGEST_FOOTER:
        return False
    low = line.casefold()
    return any(part in low for part in _footer_parts()) and (
        _footers().fullmatch(line.strip(" .。।\u200b")) is not None
    )


# Sentences

_SENTENCE_READ = 400
"""Characters of a sentence that are searched."""

_LONGEST_NOTICE = 220
"""Characters below which a sentence with a phrase of pages is one of them; a longer one only mentions it."""


class _SentencePhrases(NamedTuple):
    """Phrases of a language in notices and captions, and an automaton that finds them all."""

    within: tuple[str, ...]
    captions: tuple[str, ...]
    automaton: Any


@cache
def _sentence_phrases(language: str) -> _SentencePhrases:
    import ahocorasick  # not at import: most callers read no sentences

    within, captions = (tuple(dict.fromkeys(_phrases(key, language))) for key in ("within", "captions"))
    automaton = ahocorasick.Automaton()
    for phrase in (*within, *captions):
        automaton.add_word(phrase, phrase)
    automaton.make_automaton()
    return _SentencePhrases(within, captions, automaton)


_CITATION = re.compile(r"[^。「」『』]{1,40}『[^』]{6,}』。?|[^。「」『』]{1,20}、\d{4}年\d{1,2}月\d{1,2}日。?")
"""An entry of a Japanese list of sources, without a verb: who wrote it or where, and its title or its day."""


def flag_sentences(sentences: Sequence[str], language: str) -> list[bool]:
    """Return for each sentence of a story whether it is a caption, a credit or a notice.

    Phrases that occur anywhere are looked for in the whole story first: most have none, and pay for one pass only.
    """
    phrases = _sentence_phrases(language)
    starts = [sentence[:_SENTENCE_READ] for sentence in sentences]
    whole = "\n".join(starts).casefold()
    found = {phrase for _, phrase in phrases.automaton.iter(whole)} if phrases.automaton else set()
    labelled = ":" in whole or "：" in whole
    cited = language == "ja" and ("』" in whole or "日。" in whole)
    if not (found or labelled or cited):
        return [False] * len(sentences)
    within, captions = found.intersection(phrases.within), found.intersection(phrases.captions)
    flags: list[bool] = []
    for sentence, start in zip(sentences, starts, strict=True):
        flag = (labelled and _is_labelled(start)) or (cited and _CITATION.fullmatch(sentence) is not None)
        if not flag and found:
            low = start.casefold()
            flag = any(phrase in low for phrase in captions) or (
                len(sentence) < _LONGEST_NOTICE and any(phrase in low for phrase in within)
            )
        flags.append(flag)
    return flags


def _is_labelled(sentence: str) -> bool:
    """Return whether a sentence stands behind a label of a picture, of links or of a note."""
    if ":" not in sentence[:_LONGEST_LABEL] and "：" not in sentence[:_LONGEST_LABEL]:
        return False
    label = read_label(sentence)
    return label is not None and label.kind in {"credits", "media", "related", "notes", "tags"}
