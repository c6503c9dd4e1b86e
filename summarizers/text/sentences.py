"""Sentences of a text, verbatim and in order.

They are found by rule: every stop is a candidate, and what stands before it (abbreviation, initial, number) and after it
(small letter, a word that sentences begin with) decides. The idea of deciding "U.S. The" by the next
word's habit of opening sentences is Punkt's orthographic heuristic (Kiss and Strunk, Computational Linguistics 32,
2006); we take a language's stop words for those openers instead of counting. Words of each language:
data/language.toml, written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizers.text.dates import date_forms
from summarizers.text.language import identify_language
from summarizers.text.lines import iter_paragraph_spans
from summarizers.text.scripts import CYRILLIC_CAPITALS, CYRILLIC_SMALL, HAN_BASIC, HANGUL, KANA, THAI_AND_LAO
from summarizers.text.speech import speech_phrases
from summarizers.text.tables import language_words
from summarizers.text.words import MARKED_WORD

__all__ = ["is_fragment", "iter_sentence_spans", "sentence_ending", "sentence_spans", "sentences"]

_ORDINAL_LANGUAGES = frozenset({"de", "cs", "pl", "tr", "da", "no", "nb", "fi", "hu", "sk", "sl", "hr", "et", "lv"})
"""Languages that write an ordinal number with a full stop."""

_CLOSERS = "\"'”’“»›«)\\]}）］」』】〉》〕＂＇"
_CLOSE = rf"(?:[ \u00a0\u202f]?[»]|[{_CLOSERS}]|\[\d{{1,3}}\])*"
_CANDIDATE = re.compile(
    rf"(?P<stop>[.!?…‼⁇⁈⁉؟۔։።।॥]+)(?P<close>{_CLOSE})(?=\s|\Z)"
    rf"|(?P<wide>[。！？｡!?…।॥]*[。！？｡।॥][。！？｡!?…]*|[!?](?=[{_CLOSERS}]*[{KANA}{HAN_BASIC}]))(?P<wideclose>[{_CLOSERS}]*)"
    r"|(?P<glued>(?<=[^\W\dA-Z_]{2})[.!?][”\"’]?(?=[^\W\d_a-z][^\W\d_]*\s))"
)
_STOP = re.compile("[.!?…‼⁇⁈⁉؟۔։።।॥。！？｡;\u037e]")
_GREEK = re.compile(_CANDIDATE.pattern.replace("[.!?…‼", "[.!?;\u037e…‼", 1))
_OPENERS = "\"'“‘„‚«‹»(\\[{¿¡—–\\-•*（「『【〈《＂"
_NEXT = re.compile(rf"\s*(?P<open>[{_OPENERS}]*[ \u00a0\u202f]?)(?P<word>\d+|[^\W\d_]+(?:['’][^\W\d_]+)?)?(?P<dot>\.?)")
_TOKEN_END = re.compile(r"[^\s(\[{\"“„«‘]*\Z")
_ELIDED = re.compile(r"\A[^\W\d_]{1,4}['’]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")
_ROMAN = re.compile(r"[IVXLC]{1,6}\Z")
_ENUMERATION = re.compile(rf"[\s\-•*(\[]*(?:\d{{1,3}}|[A-Za-z{CYRILLIC_CAPITALS}{CYRILLIC_SMALL}])\Z")
_CLOSING_QUOTES = frozenset("\"'”’“»›«」』")
_JAPANESE_CONTINUATION = frozenset("とはがのをにもでやなだっ、，,・")
_JAPANESE_SPEECH = re.compile(r"\w{0,12}?[がは](?:叫|述べ|尋ね|話|語|言|答え|問い)\w{0,4}。")
_CHINESE_SPEECH = re.compile(
    r"[\w]{0,8}?(?:说|說|道|问|問|表示|称|稱|喊|答|写道|寫道|指出)(?:[，。：:,]|\w{0,6}[。，])"
)
_KOREAN_PARTICLE = re.compile(f"[”\"’'][{HANGUL}]")
_KOREAN_DATE = re.compile(r"\d\.\s*\Z")  # Korean "2027. 5. 3."
_DUTCH_CLITIC = re.compile(r"\s*['’‘][stnk]\s[^\W\d_a-z]")  # "'s Avonds"
_SPACED_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.[ \u00a0])+[^\W\d_]\Z")  # "т. д.", "z. B."
_AFTER_NUMBER = re.compile(r"\d\s*\Z")  # "1998 г." is a year, "г. Тула" a town
_INSERTED = re.compile(r" {0,2}\([^()\n]{1,60}\)(?=[,;.]| [^\W\d_A-Z])")
"""A bracket behind a full stop after which the sentence goes on: "5:00 p.m. (2100 UTC) in court", "Kft. (HDT) bought"."""

_ZONE = re.compile(r" [A-Z][a-z]+(?: [A-Z][a-z]+)? [Tt]ime\b")
"""What follows a time of day where it is that time: "Eastern time"."""

_TIMES_OF_DAY = frozenset({"a.m", "p.m", "am", "pm"})


_FOLLOWING_READ = 60
"""Characters behind a stop that decide: marks and the next words."""

_TOKEN_READ = 30
"""Characters before a stop that may hold its abbreviation."""

_LIST_NUMBER_READ = 8
"""Characters before a stop that may hold nothing but a list's number."""

_SPEECH_WORDS = 4
"""Words behind a quotation among which a verb of speech may stand."""

_QUOTATION_READ = 160
"""Characters behind a stop in which the quotation around it may close."""

_INTRODUCTION_READ = 120
"""Characters before a stop in which the quotation or bracket around it may open."""

_CJK_FOLLOWING_READ = 24
"""Characters behind an ideographic stop that decide."""

_ORDINAL_DIGITS = 3
"""Digits of the longest ordinal number."""

_YEAR_DIGITS = 3
"""Digits from which on a number before another one is no ordinal."""

_CJK_FROM = 0x2E80
"""Code points from which on letters are Chinese, Japanese or Korean."""


@dataclass(frozen=True, slots=True)
class _StopRules:
    """Words that decide around a full stop in one language.

    They are casefolded and without their last stop.

    See data/language.toml for the lists, dates.py for months and words after a time, speech.py for verbs of speech.
    """

    stop: frozenset[str]
    openers: frozenset[str]
    never_ends: frozenset[str]
    may_end: frozenset[str]
    ends_unless_number: frozenset[str]
    before_number: frozenset[str]
    months: frozenset[str]
    after_time: frozenset[str]
    speech: frozenset[str]


@cache
def _rules(language: str) -> _StopRules:
    """Return the rules of a language, those for any language included."""

    def listed(kind: str) -> frozenset[str]:
        """Return a list of the language and of any language."""
        return frozenset((*language_words(language, kind), *language_words("any", kind)))

    stop = listed("stop")
    months = (*date_forms(language, "month_before_number"), *date_forms("any", "month_before_number"))
    return _StopRules(
        stop=stop,
        openers=stop | listed("openers"),
        never_ends=(listed("never_ends") - stop) | listed("initials"),  # Swedish "hon" is "she"
        may_end=listed("may_end"),
        ends_unless_number=listed("ends_unless_number"),
        before_number=listed("before_number"),
        months=frozenset(months),
        after_time=frozenset(date_forms(language, "after_time")),
        speech=frozenset(speech_phrases(language, "after_quote")),
    )


# Sentences


def sentences(text: str, language: str | None = None) -> list[str]:
    """Return the sentences of a text, verbatim and in order, without blanks around them.

    Every character that is no blank is in exactly one. A line break ends a sentence, except in a text that was
    wrapped at a fixed width. `language` is an ISO 639-1 code; without it the text's language is identified.
    """
    return [text[start:end] for start, end in sentence_spans(text, language)]


def sentence_spans(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Return the spans of `sentences`, ascending and disjoint, without their ends. Linear time."""
    return list(iter_sentence_spans(text, language or identify_language(text)))


def iter_sentence_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield `sentence_spans` one by one, for callers that need only the first."""
    rules = _rules(language)
    pattern = _GREEK if language == "el" else _CANDIDATE
    for start, end in iter_paragraph_spans(text):
        first = start
        for match in _stops(pattern, text, start, end):
            cut = match.end()
            if cut < end and _ends_sentence(text, match, first, end, language, rules):
                if span := _trimmed(text, first, cut):
                    yield span
                first = cut
        if span := _trimmed(text, first, end):
            yield span


def _stops(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what `pattern.finditer` does, tried only at stops: most characters are none."""
    searched = start
    for stop in _STOP.finditer(text, start, end):
        here = stop.start()
        if here >= searched:
            match = pattern.match(text, here, end)
            if match:
                yield match
                searched = match.end()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a span without the blanks around it; None for one of blanks alone."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if left < len(piece) else None


def _ends_sentence(text: str, match: re.Match[str], first: int, end: int, language: str, rules: _StopRules) -> bool:
    """Return whether a sentence that began at `first` ends with this stop."""
    cut = match.end()
    if match["wide"] is not None:
        return _ideographic_stop_ends(text, match, end)
    following = _NEXT.match(text, cut, min(end, cut + _FOLLOWING_READ))
    word = (following["word"] if following else None) or ""
    if match["glued"] is not None:
        return word.casefold() in rules.openers and not word.islower()
    opened = following["open"].strip() if following else ""
    stop, close = match["stop"], match["close"]
    if not opened and not word:
        # Punctuation or a symbol goes on: "etc.), and" has its comma behind; an emoji or ideograph starts afresh.
        rest = text[cut : cut + 8].lstrip()
        return not rest or rest[0] not in ",;:)]}%&/=+<>»”.!?…"
    dash = opened[:1] in {"—", "–", "-"}
    if word[:1].islower():
        # "iPhone" and "eBay" open sentences in spite of their small letter; so does what a bullet marks.
        return (
            any(letter.isupper() for letter in word[1:3])
            or opened[:1] in {"•", "*"}
            or (opened[:1] in {"¿", "¡"} and stop != "…")
            or (language == "nl" and _DUTCH_CLITIC.match(text, cut, end) is not None)
        )
    if dash and word and not word[0].isupper():
        return opened[:1] == "-" and stop != "…"
    quoted = any(mark in _CLOSING_QUOTES for mark in close)
    if stop != ".":
        if quoted and stop[-1] in "!?؟…;" and _speech_follows(text, cut, end, rules):
            return False
        if dash and quoted:
            return False
        # Dots may be a pause: where neither a capital nor a mark opens what follows, nothing says that they close.
        return not (set(stop) <= {".", "…"} and word and not word[0].isupper() and (word[0].isdigit() or not opened))
    if language == "ko" and _quoted_clause(text, cut, end):
        return False
    return _full_stop_ends(
        text, match, first, word, bool(opened), bool(following and following["dot"]), language, rules
    )


def _full_stop_ends(
    text: str, match: re.Match[str], first: int, word: str, opened: bool, dot: bool, language: str, rules: _StopRules
) -> bool:
    """Return whether a single full stop ends a sentence.

    `word` comes next; `opened` says that a mark opens it, `dot` that a full stop follows it.
    """
    at = match.start()
    if match["close"] and any(mark in _CLOSING_QUOTES for mark in match["close"]):
        return True
    if _INSERTED.match(text, at + 1):
        return False
    low = max(first, at - _TOKEN_READ)
    token = _token_before(text, low, at)
    key = token.casefold()
    if not key:
        return True
    opener = word.casefold() in rules.openers and not (len(word) == 1 and dot)
    numeral = word[:1].isdigit()
    if at - first < _LIST_NUMBER_READ and (token.isdigit() or len(token) == 1) and _ENUMERATION.match(text[first:at]):
        return False
    if key in _TIMES_OF_DAY and "." in key:
        if _ZONE.match(text, at + 1):
            return False
        return opener or not (
            key in rules.may_end
            and (word.casefold() in rules.months or word.casefold() in rules.after_time or word.isupper())
        )
    if len(token) == 1 and (spaced := _SPACED_ABBREVIATION.search(text, low, at)):
        joined = spaced[0].replace(" ", "").replace("\u00a0", "").casefold()
        key = joined if joined in rules.ends_unless_number or joined in rules.never_ends else key
    if key in rules.never_ends and not (key in rules.may_end and _AFTER_NUMBER.search(text, low, at - len(token))):
        return False
    if key in rules.before_number and (numeral or (_ROMAN.match(word) and word != "I")):
        return False
    if key in rules.months and numeral:
        return False
    if key in rules.may_end:
        return opener and not numeral
    if key in rules.ends_unless_number:
        return not numeral
    if token.isdigit():
        if language == "ko" and (numeral or _KOREAN_DATE.search(text, low, at - len(token))):
            return False
        if language in _ORDINAL_LANGUAGES and len(token) <= _ORDINAL_DIGITS and not opened:
            return opener or (numeral and len(token) >= _YEAR_DIGITS)
        return True
    if len(token) == 1 and token.isalpha():
        if language in {"zh", "ja", "ko", "th"} and ord(token) > _CJK_FROM:
            return True
        return opener and not match["close"] and not numeral
    if _DOTTED.match(token):
        return opener or opened
    if language in _ORDINAL_LANGUAGES and _ROMAN.match(token) and not opened:
        return opener
    return True


def _token_before(text: str, low: int, at: int) -> str:
    """Return the word before a stop; of words joined by a hyphen the last."""
    piece = text[low:at]
    if not piece or piece[-1].isspace():
        return ""
    token = piece.split()[-1]
    if token.isalnum():
        return token
    match = _TOKEN_END.search(token)
    return _ELIDED.sub("", match[0] if match else "").rpartition("-")[2]  # "l'avv.", "J.-P."


def _speech_follows(text: str, cut: int, end: int, rules: _StopRules) -> bool:
    """Return whether a verb of speech follows a quotation, as in `"Really?" the mayor asked`."""
    words = MARKED_WORD.findall(text, cut, min(end, cut + _FOLLOWING_READ))
    return any(word.casefold() in rules.speech for word in words[:_SPEECH_WORDS])


def _quoted_clause(text: str, cut: int, end: int) -> bool:
    """Return whether the stop before `cut` is in a Korean quotation with a particle behind it.

    The particle makes the quotation a part of its sentence.
    """
    opens = text.find("“", cut, min(end, cut + _QUOTATION_READ))
    closes = text.find("”", cut, min(end, cut + _QUOTATION_READ))
    return closes >= 0 and not 0 <= opens < closes and _KOREAN_PARTICLE.match(text, closes) is not None


def _introduced(text: str, at: int) -> bool:
    """Return whether the quotation that ends at `at` follows a colon, and so its speaker."""
    before = text[max(0, at - _INTRODUCTION_READ) : at]
    opens = max(before.rfind(mark) for mark in "“「『‘")
    return opens > 0 and before[opens - 1] in "：:"


def _ideographic_stop_ends(text: str, match: re.Match[str], end: int) -> bool:
    """Return whether an ideographic stop ends its sentence.

    It doesn't if the quotation that it closes is part of a longer sentence.
    """
    cut = match.end()
    following = text[cut : min(end, cut + _CJK_FOLLOWING_READ)].lstrip()
    if not following:
        return True
    close = match["wideclose"]
    if following[0] in "，、,；;：）)」』”’》":
        return False
    if close:
        if following[0] in _JAPANESE_CONTINUATION:
            return False
        if close[0] in "》〉":
            return False  # the stop is a title's own
        if close[0] in "）)":
            bracket = max(
                text.rfind("（", max(0, cut - _INTRODUCTION_READ), cut),
                text.rfind("(", max(0, cut - _INTRODUCTION_READ), cut),
            )
            return bracket < 1 or not text[bracket - 1].isalnum()
        if close[0] not in '”」』’"':
            return True
        attributed = _CHINESE_SPEECH.match(following) or _JAPANESE_SPEECH.match(following)
        return not attributed or _introduced(text, match.start())
    # 「行く。帰る。」と: a quotation in corner brackets is one part of its sentence.
    before = text[max(0, match.start() - _INTRODUCTION_READ) : match.start()]
    opened, closed = before.rfind("「"), before.rfind("」")
    if opened > closed:
        closing = text.find("」", cut, min(end, cut + _QUOTATION_READ))
        return closing < 0 or text[closing + 1 : closing + 2] not in _JAPANESE_CONTINUATION
    return True


# Endings

_STOP_SIGNS = frozenset(".!?…‼⁇⁈⁉؟۔։።।॥。！？｡;\u037e")
_COMPLETE = re.compile(rf"[.!?…‼⁇⁈⁉؟۔։።।॥。！？｡;\u037e][\s{_CLOSERS}]*(?:\[\d{{1,3}}\])*\s*\Z")
_LAST_WORD = re.compile(r"([^\W_]+(?:[.'’-][^\W_]+)*)[^\w]*\Z")
_OMISSION = re.compile(r"(?:\s(?:\.\.\.|…)|\[(?:\.\.\.|…)\]|\((?:\.\.\.|…)\))\s*\Z")


_ENDING_READ = 400
"""Characters of a sentence's end that are read."""

_LAST_WORD_READ = 80
"""Characters of the end that may hold the last word."""


def sentence_ending(sentence: str, language: str | None = None) -> Literal["stop", "unstopped", "cut"]:
    """Return how a sentence ends.

    `stop`: with its punctuation, closing quotes and brackets behind it allowed. `unstopped`: no stop, but nothing
    says that words are missing either, as in a headline or a paragraph whose full stop was forgotten. `cut`: the
    last word can't be the last (an article, a preposition, a title), a comma or an open bracket stands there, or
    dots that mark an omission.
    """
    tail = sentence[-_ENDING_READ:].rstrip()
    rules = _rules(language or identify_language(sentence[:_ENDING_READ]))
    piece = tail[-_LAST_WORD_READ:]
    last = _LAST_WORD.search(piece, piece.rfind(" ") + 1) or _LAST_WORD.search(piece)
    word = last[1].casefold() if last else ""
    if _OMISSION.search(tail[-8:]):  # the longest is "(...)"
        return "cut"
    if tail[-1:] in _STOP_SIGNS or _COMPLETE.search(tail):
        if tail.endswith(".") and word in rules.never_ends and word not in rules.stop:
            return "cut"
        return "cut" if tail.endswith((";", "\u037e")) and (language != "el") else "stop"
    if not tail or tail[-1] in ",:—–-;(“«„/&、，：":
        return "cut"
    if tail.count("(") > tail.count(")") or tail.count("（") > tail.count("）"):
        return "cut"
    if tail[-1].isalnum() and (word in rules.stop or word in rules.never_ends):
        return "cut"
    return "unstopped"


_AROUND_WORD = " \t\u00a0>»›→▶►•·|-–—*_[]()#:.…!"


def breaks_off(line: str, language: str) -> bool:
    """Return whether a line breaks off, so that it can't be a headline.

    Headlines end in words that few sentences end in ("walk out", "tritt ab"), but not in an article or "and".
    """
    if not line[-1:].isalnum():
        return sentence_ending(line, language) == "cut"
    if line.count("(") > line.count(")") or line.count("（") > line.count("）"):
        return True
    return line[-_LAST_WORD_READ:].split()[-1].casefold().lstrip(_AROUND_WORD) in _never_last(language)


@cache
def _never_last(language: str) -> frozenset[str]:
    """Return the words that no headline of a language ends in."""
    return frozenset(language_words(language, "never_last"))


def is_fragment(sentence: str, language: str | None = None) -> bool:
    """Return whether a sentence breaks off or was never one: its ending is not `stop`.

    Thai and Lao write no stops, so that their sentences are taken as whole.
    """
    if sentence_ending(sentence, language) == "stop":
        return False
    return not _STOPLESS.search(sentence[-20:])


_STOPLESS = re.compile(f"[{THAI_AND_LAO}]")
