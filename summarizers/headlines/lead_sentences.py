"""The sentences that a headline may be made from, without what headlines do without.

Datelines, kickers, brackets, insertions and days are taken off before a sentence is parsed: they go anyway, and they mislead the parser
about what stands beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from summarizers.headlines.clauses import VERB_SECOND, day_words, headline_endings, headline_words
from summarizers.headlines.kicker import find_kicker
from summarizers.text.datelines import find_dateline
from summarizers.text.dates import any_of, calendar
from summarizers.text.sentences import iter_sentence_spans
from summarizers.text.words import stopwords
from summarizers.types import Story

__all__ = ["iter_lead_sentences", "shortest_headline"]

_MIN_LENGTH, _CJK_MIN_LENGTH = 20, 8
"""Characters below which a headline says too little."""

_BODY_READ = 1600
"""Characters of a body that a headline may be taken from."""

_SENTENCES_READ = 3
"""Sentences of a body that a headline may be taken from."""

_BLOCKS = ("█", "▓", "▒", "░")
"""Blocks that rows of a chart begin with, such as the seats of each party."""

_BRACKETS = re.compile(r"\s?(?:\([^()]{0,120}\)|（[^（）]{0,120}）|\[[^\[\]]{0,120}\])")
"""What stands in brackets, which headlines do without."""

_INSERTION = re.compile(r"(?:\s[–-]|\s?—)\s?[^—–]{2,120}?\s?(?:[–-]\s|—\s?)(?=\w)")
"""What stands between two dashes."""

_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


def iter_lead_sentences(story: Story, language: str) -> Iterator[str]:
    """Yield the sentences that a headline may be taken from: the body's first, then the deck.

    Where all are too short, it is one of these. A deck often adds to a headline that the text no longer has, and says less without it than the first sentences do.
    """
    body = story.body[:_BODY_READ]
    short = ""
    count = _SENTENCES_READ - (len(story.deck) >= _MIN_LENGTH if story.deck else 0)
    for start, end in iter_sentence_spans(body, language):
        sentence = _SPACES.sub(" ", _BRACKETS.sub("", body[start:end])).strip()
        place = find_dateline(sentence)
        if place is not None:
            sentence = sentence[place.body :]
        label = find_kicker(sentence)
        if label is not None and label.body < len(sentence):
            sentence = sentence[label.body :]
        sentence = _plain(sentence, language)
        if sentence[:1] in _BLOCKS:
            continue
        short = short or sentence
        if len(sentence) >= shortest_headline(language):
            short = sentence
            yield sentence
            count -= 1
        if not count:
            break
    if story.deck and len(story.deck) >= _MIN_LENGTH:
        yield _plain(_SPACES.sub(" ", _BRACKETS.sub("", story.deck)), language)
    elif len(short) < shortest_headline(language):
        yield short


def shortest_headline(language: str) -> int:
    """Return the characters below which a headline says too little."""
    return _CJK_MIN_LENGTH if language in {"zh", "ja"} else _MIN_LENGTH


def _plain(sentence: str, language: str) -> str:
    """Return a sentence without insertions, days, and what follows a semicolon."""
    if "—" in sentence or "–" in sentence or " - " in sentence:
        sentence = _INSERTION.sub(" ", sentence)
    sentence = _without_opening_day(_without_opening_source(sentence, language), language)
    if language == "en" and (match := _EXPLETIVE.match(sentence)):
        sentence = sentence[match.end() :][:1].upper() + sentence[match.end() + 1 :]
    if (days := _days(language)) is not None:
        sentence = days.sub(_joint, sentence)
    semicolon = _SEMICOLON.search(sentence, 2 * shortest_headline(language))
    return sentence[: semicolon.start()] + sentence[-1:] if semicolon else sentence


_EXPLETIVE = re.compile(
    r"It (?:was|is|has been) (?:reported|announced|confirmed|revealed|understood|claimed|alleged)"
    r"(?: (?:on|late on|early on|last) \w+| yesterday| today)?(?: that)? (?=[A-Z]|a |an |the |\d)"
)
"""What an English sentence begins with that only then says what happened."""

_SEMICOLON = re.compile("[;；]")
"""A mark behind which another sentence begins."""


def _without_opening_source(sentence: str, language: str) -> str:
    """Return a Chinese or Japanese sentence without who said it, up to the first comma."""
    sources = headline_endings(language, "sources") if language in {"zh", "ja"} else ()
    match = _FIRST_COMMA.search(sentence, 0, _LONGEST_SOURCE) if sources else None
    if match is None or not sentence[: match.start()].endswith(sources):
        return sentence
    rest = sentence[match.end() :]
    return rest if len(rest) >= _CJK_MIN_LENGTH else sentence


_FIRST_COMMA = re.compile("[，、,]")
_LONGEST_SOURCE = 30
"""Characters of a Chinese or Japanese sentence that may name a source."""


def _without_opening_day(sentence: str, language: str) -> str:
    """Return a sentence without a day at the beginning ("On Friday evening,").

    In languages whose verb would come first it stays where no comma follows.
    """
    if language in {"zh", "ja"}:
        match = _WIDE_DAY.match(sentence)
        rest = sentence[match.end() :] if match else ""
    else:
        opening, comma, _ = sentence[:_LONGEST_DAY].partition(", ")
        rest = sentence[len(opening) + len(comma) :] if comma else ""
        words = [word.lower() for word in _WORD.findall(opening)]
        if not comma or not _is_day(words, language):
            day = None if language in VERB_SECOND else _days(language)
            match = day.match(f" {sentence}") if day else None
            if match is None:
                return sentence
            rest = sentence[match.end() - 1 :].lstrip(" ,")
    return rest[:1].upper() + rest[1:] if len(rest) >= shortest_headline(language) else sentence


def _is_day(words: list[str], language: str) -> bool:
    """Return whether words say nothing but on which day."""
    days = day_words(language)
    others = headline_words(language, "parts_of_day") | stopwords(language) | calendar(language).months.keys()
    return (
        not days.isdisjoint(words)
        and headline_words(language, "kept_with_days").isdisjoint(words)
        and all(word in days or word in others or word.isdigit() for word in words)
    )


_LONGEST_DAY = 40
"""Characters of a sentence that may hold a day and the comma behind it."""

_WIDE_DAY = re.compile(
    "(?:当地时间|當地時間|現地時間|[\\d年月日昨今明天晚早上下午前后後時时分点點頃周週星期一二三四五六曜火水木金土末夜夕朝凌晨清晨])+[，、]"
)
"""A day and the comma behind it at the beginning of a Chinese or Japanese sentence."""


@cache
def _days(language: str) -> re.Pattern[str] | None:
    """Return a pattern for days within sentences, None for a language without one.

    It takes the words that tie a day to a verb along, and needs a name in full, and no word before it that makes it part of another phrase ("until Friday", "the Friday",
    "is on Friday").
    """
    if language in _WIDE_DATES:
        return re.compile(_WIDE_DATES[language])
    joined = headline_words(language, "with_days")
    bare = headline_words(language, "bare_days_behind_none_of")
    names = {name for name in day_words(language) if len(name) > _SHORTEST_NAME}
    if not names or not (joined or bare):
        return None
    parts = _one_of(headline_words(language, "parts_of_day"))
    months = _one_of(calendar(language).months)
    date = rf"(?P<date>,?\s(?:{months}\s\d{{1,2}}|\d{{1,2}}\.?\s(?:de\s)?{months})(?:,?\s\d{{4}})?)?"
    unbound = "".join(rf"(?<!\b{re.escape(word)})" for word in sorted(bare)) + r"\s" if bare else r"(?!)"
    day = rf"(?:\s{_one_of(joined)}\s(?:{parts}\s)?|{unbound}){_one_of(names)}(?:\s{parts})?+{date}"
    copulas = "".join(rf"(?<!\b{re.escape(word)})" for word in sorted(headline_words(language, "copulas")))
    return re.compile(rf"{copulas}(?P<before>,?){day}(?![\w’'-])(?P<behind>,?)(?!\s(?:and|or)\s)", re.IGNORECASE)


def _one_of(words: Iterable[str]) -> str:
    """Return a group that matches any of the words, nothing where there are none."""
    return any_of(tuple(words)) if words else "(?!)"


_WIDE_DATES = {
    "ja": r"(?<![年月日（(第~〜から\d])(?:同月|今月|先月)?(?:\d+年)?(?:\d+月)?\d+日(?:午前|午後|未明|早朝|朝|昼|夜|夕方|深夜)?(?:\d+時)?(?:\d+分)?"
    r"(?:ごろ|頃)?(?![からまで間以よ付ぶ目連現にの約あ当平分-]|\d|夜|朝)(?:、(?=.))?|(?<![年月日（(第~〜から\d])(?:\d+月)?\d+日に(?=[^はもか、約\d])|[月火水木金土日]曜日?、(?=.)",
    "zh": r"(?<![从自至到截由])(?:于|在)?(?:本|上)?(?:周|星期|礼拜)[一二三四五六日天](?:早上|上午|下午|晚上|晚间|凌晨|清晨)?(?![起至前后之到和、])(?:，(?=.))?",
}
"""Days within Chinese and Japanese sentences, but for those from or until which something lasts."""

_SHORTEST_NAME = 4
"""Characters of a day's name from which on it is no abbreviation."""


def _joint(match: re.Match[str]) -> str:
    """Return the mark that stays where a day goes: none where two marks enclosed it."""
    if "before" not in match.re.groupindex:
        return ""
    before, behind = match["before"], match["behind"]
    if behind and (match["date"] or "").startswith(","):
        return before
    closed = behind or match.string[match.end() : match.end() + 1] in {".", "!", "?", ""}
    return "" if before and closed else before or behind
