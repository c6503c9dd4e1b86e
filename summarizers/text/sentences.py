"""Which characters of a text are its sentences and words, and in which language?

Sentences are found by rule: every stop is a candidate, and what stands before it (abbreviation, initial, number)
and after it (small letter, a word that sentences begin with) decides. The idea of deciding "U.S. The" by the next
word's habit of opening sentences is Punkt's orthographic heuristic (Kiss and Strunk, Computational Linguistics 32,
2006); we take a language's stop words for those openers instead of counting. Words of each language:
data/language.toml, written by hand.
"""

from __future__ import annotations

import re
import threading
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

__all__ = [
    "LANGUAGES",
    "SumyTokenizer",
    "ending",
    "first_sentence_spans",
    "identify",
    "is_fragment",
    "normalise",
    "paragraph_spans",
    "sentence_spans",
    "sentences",
    "stem",
    "stopwords",
    "terms",
    "words",
]

LANGUAGES = (
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv"),
    *("uk", "ru", "tr", "ar", "he", "hi", "el", "zh", "ja", "ko"),
)

_DATA = Path(__file__).parents[1] / "data" / "language.toml"
_SNOWBALL = dict(
    pair.split(":")
    for pair in [
        "en:english",
        "de:german",
        "fr:french",
        "es:spanish",
        "pt:portuguese",
        "it:italian",
        "nl:dutch",
        "pl:polish",
        "cs:czech",
        "sv:swedish",
        "ru:russian",
        "tr:turkish",
        "ar:arabic",
        "hi:hindi",
        "el:greek",
    ]
)
_ORDINALS = frozenset({"de", "cs", "pl", "tr", "da", "no", "nb", "fi", "hu", "sk", "sl", "hr", "et", "lv"})

_CLOSERS = "\"'”’“»›«)\\]}）］」』】〉》〕＂＇"
_CLOSE = rf"(?:[ \u00a0\u202f]?[»]|[{_CLOSERS}]|\[\d{{1,3}}\])*"
_CANDIDATE = re.compile(
    rf"(?P<stop>[.!?…‼⁇⁈⁉؟۔։።।॥]+)(?P<close>{_CLOSE})(?=\s|\Z)"
    rf"|(?P<wide>[。！？｡!?…।॥]*[。！？｡।॥][。！？｡!?…]*|[!?](?=[{_CLOSERS}]*[぀-ヿ一-鿿]))(?P<wideclose>[{_CLOSERS}]*)"
    r"|(?P<glued>(?<=[^\W\dA-Z_]{2})[.!?][”\"’]?(?=[^\W\d_a-z][^\W\d_]*\s))"
)
_STOP = re.compile("[.!?…‼⁇⁈⁉؟۔։።।॥。！？｡;\u037e]")
_GREEK = re.compile(_CANDIDATE.pattern.replace("[.!?…‼", "[.!?;\u037e…‼", 1))
_OPENERS = "\"'“‘„‚«‹»(\\[{¿¡—–\\-•*（「『【〈《＂"
_NEXT = re.compile(rf"\s*(?P<open>[{_OPENERS}]*[ \u00a0\u202f]?)(?P<word>\d+|[^\W\d_]+(?:['’][^\W\d_]+)?)?(?P<dot>\.?)")
_BEFORE = re.compile(r"[^\s(\[{\"“„«‘]*\Z")
_ELIDED = re.compile(r"\A[^\W\d_]{1,4}['’]")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")
_ROMAN = re.compile(r"[IVXLC]{1,6}\Z")
_ENUMERATION = re.compile(r"[\s\-•*(\[]*(?:\d{1,3}|[A-Za-zА-я])\Z")
_CLOSING_QUOTES = frozenset("\"'”’“»›«」』")
_JAPANESE_GOES_ON = frozenset("とはがのをにもでやなだっ、，,・")
_JAPANESE_SPEECH = re.compile(r"\w{0,12}?[がは](?:叫|述べ|尋ね|話|語|言|答え|問い)\w{0,4}。")
_CHINESE_SPEECH = re.compile(
    r"[\w]{0,8}?(?:说|說|道|问|問|表示|称|稱|喊|答|写道|寫道|指出)(?:[，。：:,]|\w{0,6}[。，])"
)
_KOREAN_PARTICLE = re.compile("[”\"’'][가-힣]")
_DATE_GOES_ON = re.compile(r"\d\.\s*\Z")  # Korean "2027. 5. 3."
_DUTCH_CLITIC = re.compile(r"\s*['’‘][stnk]\s[^\W\d_a-z]")  # "'s Avonds"
_SPACED = re.compile(r"\b(?:[^\W\d_]\.[ \u00a0])+[^\W\d_]\Z")  # "т. д.", "z. B."
_AFTER_NUMBER = re.compile(r"\d\s*\Z")  # "1998 г." is a year, "г. Тула" a town
_TIME = frozenset({"a.m", "p.m", "am", "pm"})
_STRIP = re.compile(r"\S(?:.*\S)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Habits:
    """What a language's writers do around a full stop; words are casefolded and without the last stop."""

    stop: frozenset[str]
    openers: frozenset[str]
    title: frozenset[str]
    either: frozenset[str]
    closing: frozenset[str]
    number: frozenset[str]
    months: frozenset[str]
    days: frozenset[str]
    speech: frozenset[str]


@cache
def _table() -> dict[str, dict[str, str]]:
    """The hand-written table, read once."""
    with _DATA.open("rb") as file:
        return tomllib.load(file)


@cache
def _habits(language: str) -> _Habits:
    """The habits of a language, those that all share included."""
    own, common = _table().get(language, {}), _table()["any"]

    def listed(key: str) -> frozenset[str]:
        return frozenset(f"{own.get(key, '')} {common.get(key, '')}".casefold().split())

    stop = listed("stop")
    return _Habits(
        stop,
        stop | listed("openers"),
        (listed("title") - stop) | listed("initial"),  # Swedish "hon" is "she"
        listed("either"),
        listed("closing"),
        listed("number"),
        listed("months"),
        listed("days"),
        listed("speech"),
    )


def stopwords(language: str) -> frozenset[str]:
    """The casefolded function words of a language; empty for one that has no list."""
    return _habits(language).stop


def normalise(text: str) -> str:
    """The text in NFC with soft hyphens, zero-width and control characters taken out and blanks made plain.

    For comparing and counting, never for showing: extracts stay verbatim.
    """
    text = unicodedata.normalize("NFC", text)
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text))


_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[^\S\n]+")


# Sentences


def sentences(text: str, language: str | None = None) -> list[str]:
    """The sentences of a text, verbatim and in order, without blanks around them.

    Every character that is no blank is in exactly one. A line break ends a sentence, except in a text that was
    wrapped at a fixed width. `language` is an ISO 639-1 code; without it the text's language is identified.
    """
    return [text[start:end] for start, end in sentence_spans(text, language)]


def sentence_spans(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Where `sentences` stand, as (first character, one past the last), ascending and disjoint. Linear time."""
    return list(first_sentence_spans(text, language or identify(text)))


def first_sentence_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """`sentence_spans`, found one by one, for those who need only the first."""
    habits = _habits(language)
    pattern = _GREEK if language == "el" else _CANDIDATE
    for start, end in _paragraphs(text):
        first = start
        for match in _stops(pattern, text, start, end):
            cut = match.end()
            if cut < end and _ends(text, match, first, end, language, habits):
                if span := _bare(text, first, cut):
                    yield span
                first = cut
        if span := _bare(text, first, end):
            yield span


def _stops(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds, tried only where a stop stands: most characters are none."""
    behind = start
    for stop in _STOP.finditer(text, start, end):
        here = stop.start()
        if here >= behind:
            match = pattern.match(text, here, end)
            if match:
                yield match
                behind = match.end()


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without the blanks around it; one of blanks alone is no sentence."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if left < len(piece) else None


def _ends(text: str, match: re.Match[str], first: int, end: int, language: str, habits: _Habits) -> bool:
    """Whether a sentence that began at `first` ends with this stop."""
    cut = match.end()
    if match["wide"] is not None:
        return _wide_ends(text, match, end)
    following = _NEXT.match(text, cut, min(end, cut + 60))
    word = (following["word"] if following else None) or ""
    if match["glued"] is not None:
        return word.casefold() in habits.openers and not word.islower()
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
        if quoted and stop[-1] in "!?؟…;" and _speech_follows(text, cut, end, habits):
            return False
        if dash and quoted:
            return False
        # Dots may be a pause: where neither a capital nor a mark opens what follows, nothing says that they close.
        return not (set(stop) <= {".", "…"} and word and not word[0].isupper() and (word[0].isdigit() or not opened))
    if language == "ko" and _quoted_clause(text, cut, end):
        return False
    return _full_stop_ends(
        text, match, first, word, bool(opened), bool(following and following["dot"]), language, habits
    )


def _full_stop_ends(
    text: str, match: re.Match[str], first: int, word: str, opened: bool, dot: bool, language: str, habits: _Habits
) -> bool:
    """Whether a single full stop closes a sentence; `word` comes next, `opened` by a mark or followed by a `dot`."""
    at = match.start()
    if match["close"] and any(mark in _CLOSING_QUOTES for mark in match["close"]):
        return True
    low = max(first, at - 30)
    token = _token_before(text, low, at)
    key = token.casefold()
    if not key:
        return True
    opener = word.casefold() in habits.openers and not (len(word) == 1 and dot)
    numeral = word[:1].isdigit()
    if at - first < 8 and (token.isdigit() or len(token) == 1) and _ENUMERATION.match(text[first:at]):
        return False
    if key in _TIME and "." in key:
        return opener or not (
            key in habits.either
            and (word.casefold() in habits.months or word.casefold() in habits.days or word.isupper())
        )
    if len(token) == 1 and (spaced := _SPACED.search(text, low, at)):
        joined = spaced[0].replace(" ", "").replace("\u00a0", "").casefold()
        key = joined if joined in habits.closing or joined in habits.title else key
    if key in habits.title and not (key in habits.either and _AFTER_NUMBER.search(text, low, at - len(token))):
        return False
    if key in habits.number and (numeral or (_ROMAN.match(word) and word != "I")):
        return False
    if key in habits.months and numeral:
        return False
    if key in habits.either:
        return opener and not numeral
    if key in habits.closing:
        return not numeral
    if token.isdigit():
        if language == "ko" and (numeral or _DATE_GOES_ON.search(text, low, at - len(token))):
            return False
        if language in _ORDINALS and len(token) <= 3 and not opened:
            return opener or (numeral and len(token) > 2)
        return True
    if len(token) == 1 and token.isalpha():
        if language in {"zh", "ja", "ko", "th"} and ord(token) > 0x2E80:
            return True
        return opener and not match["close"] and not numeral
    if _DOTTED.match(token):
        return opener or opened
    if language in _ORDINALS and _ROMAN.match(token) and not opened:
        return opener
    return True


def _token_before(text: str, low: int, at: int) -> str:
    """What stands before a stop without a blank or an opening mark between; of what is joined, the last part."""
    piece = text[low:at]
    if not piece or piece[-1].isspace():
        return ""
    token = piece.split()[-1]
    if token.isalnum():
        return token
    found = _BEFORE.search(token)
    return _ELIDED.sub("", found[0] if found else "").rpartition("-")[2]  # "l'avv.", "J.-P."


def _speech_follows(text: str, cut: int, end: int, habits: _Habits) -> bool:
    """Whether `"Really?"` is followed by who asked: a verb of speech among the next words, names and pronouns only."""
    for number, word in enumerate(_MARKED_WORD.findall(text, cut, min(end, cut + 60))):
        low = word.casefold()
        if low in habits.speech:
            return True
        if number >= 3:
            break
    return False


def _quoted_clause(text: str, cut: int, end: int) -> bool:
    """Whether the stop before `cut` is in a Korean quotation that a particle makes a part of its sentence."""
    opens = text.find("“", cut, min(end, cut + 160))
    closes = text.find("”", cut, min(end, cut + 160))
    return closes >= 0 and not 0 <= opens < closes and _KOREAN_PARTICLE.match(text, closes) is not None


def _introduced(text: str, at: int) -> bool:
    """Whether the quotation that ends at `at` follows a colon, so that its speaker stands before it."""
    behind = text[max(0, at - 120) : at]
    opens = max(behind.rfind(mark) for mark in "“「『‘")
    return opens > 0 and behind[opens - 1] in "：:"


def _wide_ends(text: str, match: re.Match[str], end: int) -> bool:
    """Whether an ideographic stop ends its sentence: not where the quotation it closes is part of a longer one."""
    cut = match.end()
    following = text[cut : min(end, cut + 24)].lstrip()
    if not following:
        return True
    close = match["wideclose"]
    if following[0] in "，、,；;：）)」』”’》":
        return False
    if close:
        if following[0] in _JAPANESE_GOES_ON:
            return False
        if close[0] in "》〉":
            return False  # the stop is a title's own
        if close[0] in "）)":
            bracket = max(text.rfind("（", max(0, cut - 120), cut), text.rfind("(", max(0, cut - 120), cut))
            return bracket < 1 or not text[bracket - 1].isalnum()
        if close[0] not in '”」』’"':
            return True
        attributed = _CHINESE_SPEECH.match(following) or _JAPANESE_SPEECH.match(following)
        return not attributed or _introduced(text, match.start())
    # 「行く。帰る。」と: a quotation in corner brackets is one part of its sentence.
    behind = text[max(0, match.start() - 120) : match.start()]
    opened, closed = behind.rfind("「"), behind.rfind("」")
    if opened > closed:
        closing = text.find("」", cut, min(end, cut + 160))
        return closing < 0 or text[closing + 1 : closing + 2] not in _JAPANESE_GOES_ON
    return True


# Lines

_LINE = re.compile(r"[^\n\r\u2028\u2029\x85\x0b\x0c]+")
_TERMINAL = frozenset('.!?…。！？؟۔।॥:;|"”’»)」』')
_MARKED = re.compile(r"\s*(?:[-•*–—▪◦‣·#>|]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Where the lines of a text stand, those joined that were wrapped at a fixed width; blank lines are left out."""
    return [(start, end) for start, end in _paragraphs(text) if text[start:end].strip()]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines, joined where their breaks come from wrapping at a fixed width."""
    lines = [match.span() for match in _LINE.finditer(text)]
    if len(lines) < 2:
        yield from lines
        return
    block: list[tuple[int, int]] = []
    for line in lines:
        blank = not text[line[0] : line[1]].strip()
        if blank or (block and text.count("\n", block[-1][1], line[0]) > 1):
            yield from _unwrapped(text, block)
            block = []
        if not blank:
            block.append(line)
    yield from _unwrapped(text, block)


def _unwrapped(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Undo greedy wrapping in lines between blank ones.

    A wrapped line is one that the next line's first word would have made too long: that, and not likeness of
    lengths, tells a wrap from a list.
    """
    width = max((end - start for start, end in block), default=0)
    if len(block) < 2 or not 30 <= width <= 130:
        yield from block
        return
    wraps: list[bool] = []
    strays = breaks = continued = 0
    for (start, end), (after, after_end) in pairwise(block):
        line = text[start:end].rstrip()
        head = text[after : min(after_end, after + 80)].lstrip()
        if not line or not head or _MARKED.match(head):
            wraps.append(False)
            continue
        full = len(line) + 1 + len(head.split(None, 1)[0]) >= width - 3
        small = head[0].islower()
        if line[-1] not in _TERMINAL:
            breaks += 1
            strays += not full
            continued += small
        wraps.append(full)
    if not breaks or strays * 5 > breaks or continued * 3 < breaks:
        yield from block
        return
    start, end = block[0]
    for wrapped, (after, after_end) in zip(wraps, block[1:], strict=True):
        if not wrapped:
            yield start, end
            start = after
        end = after_end
    yield start, end


# Endings

_STOP_SIGNS = frozenset(".!?…‼⁇⁈⁉؟۔։።।॥。！？｡;\u037e")
_COMPLETE = re.compile(rf"[.!?…‼⁇⁈⁉؟۔։።।॥。！？｡;\u037e][\s{_CLOSERS}]*(?:\[\d{{1,3}}\])*\s*\Z")
_LAST_WORD = re.compile(r"([^\W_]+(?:[.'’-][^\W_]+)*)[^\w]*\Z")
_TRAILS = re.compile(r"(?:\s(?:\.\.\.|…)|\[(?:\.\.\.|…)\]|\((?:\.\.\.|…)\))\s*\Z")


def ending(sentence: str, language: str | None = None) -> Literal["stop", "unstopped", "cut"]:
    """How a sentence ends.

    `stop`: with its punctuation, closing quotes and brackets behind it allowed. `unstopped`: no stop, but nothing
    says that words are missing either, as in a headline or a paragraph whose full stop was forgotten. `cut`: the
    last word can't be the last (an article, a preposition, a title), a comma or an open bracket stands there, or
    dots that mark an omission.
    """
    tail = sentence[-400:].rstrip()
    habits = _habits(language or identify(sentence[:400]))
    piece = tail[-80:]
    last = _LAST_WORD.search(piece, piece.rfind(" ") + 1) or _LAST_WORD.search(piece)
    word = last[1].casefold() if last else ""
    if _TRAILS.search(tail[-8:]):  # the longest is "(...)"
        return "cut"
    if tail[-1:] in _STOP_SIGNS or _COMPLETE.search(tail):
        if tail.endswith(".") and word in habits.title and word not in habits.stop:
            return "cut"
        return "cut" if tail.endswith((";", "\u037e")) and (language != "el") else "stop"
    if not tail or tail[-1] in ",:—–-;(“«„/&、，：":
        return "cut"
    if tail.count("(") > tail.count(")") or tail.count("（") > tail.count("）"):
        return "cut"
    if tail[-1].isalnum() and (word in habits.stop or word in habits.title):
        return "cut"
    return "unstopped"


def is_fragment(sentence: str, language: str | None = None) -> bool:
    """Whether a sentence breaks off or was never one: its `ending` is not `stop`.

    Scripts that write no stop (Thai, Lao, Khmer's neighbours) can't be told, so their sentences are taken as whole.
    """
    if ending(sentence, language) == "stop":
        return False
    return not _STOPLESS.search(sentence[-20:])


_STOPLESS = re.compile(r"[\u0e00-\u0eff]")


# Words

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|(?<=\d)[.,](?=\d)[^\W_]+|\.(?=[A-Za-z]\b)[A-Za-z])*")
_MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05f3\u05f4\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d"
    "\u0abc-\u0acd\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_MARKED_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}]|\u200c|['’\"״](?=[^\W_])|(?<=\d)[.,](?=\d))*")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_EAST_RUN = re.compile(
    r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々]+)|(?P<kata>[\u30a0-\u30ff]+)|(?P<hira>[\u3040-\u309f]+)|[^\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


def words(text: str, language: str | None = None) -> list[str]:
    """The words of a text as they are written, in order, without punctuation.

    Han characters are given in overlapping pairs, kana in runs, unless the package of the `cjk` extra for the
    `language` (zh: jieba, ja: sudachipy) is installed.
    """
    if text.isascii():
        return _WORD.findall(text)
    if not _EAST.search(text):
        return _MARKED_WORD.findall(text)
    segment = _segmenter(language) if language in {"zh", "ja"} else None
    found: list[str] = []
    for token in _MARKED_WORD.findall(text):
        if not _EAST.search(token):
            found.append(token)
        elif segment is not None:
            found.extend(segment(token))
        else:
            found.extend(_pairs(token))
    return found


def _pairs(token: str) -> Iterator[str]:
    """Han runs in overlapping pairs, other runs whole."""
    for match in _EAST_RUN.finditer(token):
        run = match[0]
        if match["han"] and len(run) > 2:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


@cache
def _segmenter(language: str | None) -> Any:
    """A word finder for Chinese or Japanese when its package is installed, else None."""
    try:
        if language == "zh":
            import jieba

            jieba.setLogLevel(60)
            return jieba.lcut
        from sudachipy import Dictionary

        tokenizer = Dictionary().create()
    except ImportError:
        return None
    # Sudachi refuses more than 49,149 bytes at once.
    return lambda run: [m.surface() for at in range(0, len(run), 8000) for m in tokenizer.tokenize(run[at : at + 8000])]


def terms(text: str, language: str) -> list[str]:
    """The words of a text for counting and matching: casefolded, stop words left out, stemmed, in order."""
    stop = stopwords(language)
    return [stem(word, language) for word in map(str.casefold, words(text, language)) if word not in stop]


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """The stem of a casefolded word: by Snowball where it knows the language, else by cutting common endings."""
    if len(word) > 60 or not word[:1].isalpha():
        return word
    if language == "en":
        word = word.removesuffix("'s").removesuffix("’s")
    if language in _SNOWBALL:
        return _snowball(language).stemWord(word) or word
    endings = _table().get(language, {}).get("endings", "").split()
    for suffix in endings:
        if len(word) - len(suffix) >= (2 if language == "ko" else 4) and word.endswith(suffix):
            return word[: -len(suffix)]
    return word


_stemmers = threading.local()


def _snowball(language: str) -> Any:
    """This thread's stemmer: they keep state between calls."""
    known: dict[str, Any] = _stemmers.__dict__
    if language not in known:
        import snowballstemmer

        known[language] = snowballstemmer.stemmer(_SNOWBALL[language])
    return known[language]


# Languages

_SCRIPTS = tuple(
    (name, re.compile(f"[{span}]"))
    for name, span in (
        ("latin", "A-Za-z\u00c0-\u024f"),
        ("cyrillic", "\u0400-\u04ff"),
        ("kana", "\u3040-\u30ff"),
        ("han", "\u3400-\u4dbf\u4e00-\u9fff"),
        ("ko", "\uac00-\ud7a3"),
        ("arabic", "\u0620-\u06d3"),
        ("he", "\u05d0-\u05ea"),
        ("hi", "\u0904-\u0939"),
        ("el", "\u0370-\u03ff"),
        ("th", "\u0e01-\u0e30"),
    )
)
_LATIN = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "sv", "tr")
_SIGNS = {
    **dict.fromkeys("ß", ("de",)),
    **dict.fromkeys("ä", ("de", "sv")),
    **dict.fromkeys("ö", ("de", "sv", "tr")),
    **dict.fromkeys("ü", ("de", "tr")),
    **dict.fromkeys("å", ("sv",)),
    **dict.fromkeys("ñ¿¡", ("es",)),
    **dict.fromkeys("ãõ", ("pt",)),
    **dict.fromkeys("ç", ("pt", "fr", "tr")),
    **dict.fromkeys("êâ", ("fr", "pt")),
    **dict.fromkeys("ùœîûë", ("fr",)),
    **dict.fromkeys("è", ("fr", "it")),
    **dict.fromkeys("ìò", ("it",)),
    **dict.fromkeys("łąęśćńźż", ("pl",)),
    **dict.fromkeys("řěůčšžďťň", ("cs",)),
    **dict.fromkeys("ýí", ("cs",)),
    **dict.fromkeys("ğış", ("tr",)),
}
_SIGN = re.compile("[" + "".join(_SIGNS) + "]")
_LETTERS = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = re.compile(r"[a-z]+")


@cache
def _votes() -> dict[str, tuple[tuple[str, float], ...]]:
    """For each function word of a Latin-script language, which languages use it; a shared word counts less."""
    users: dict[str, list[str]] = {}
    for language in _LATIN:
        for word in _table()[language]["stop"].split():
            users.setdefault(word.casefold(), []).append(language)
    return {word: tuple((language, 1.0 / len(who) ** 1.5) for language in who) for word, who in users.items()}


def identify(text: str) -> str:
    """The language of a text as ISO 639-1 code, one of `LANGUAGES` or `th`; `en` where nothing can be told.

    By script first, then by function words and letters that few languages share, on the first 700 characters.
    Only a short Latin text that has neither is given to py3langid, which takes 0.6 s to load.
    """
    sample = text[:700]
    if sample.isascii():
        return _latin(sample)
    counts = {name: len(pattern.findall(sample)) for name, pattern in _SCRIPTS}
    # An ideograph or a kana says as much as two letters.
    east = 2 * (counts["kana"] + counts["han"])
    script, most = max(counts.items(), key=lambda item: item[1])
    if east > most or script in {"kana", "han"}:
        return "ja" if counts["kana"] * 12 > counts["han"] else "zh"
    if not most or script == "latin":
        return _latin(sample)
    if script == "cyrillic":
        return _cyrillic(sample.casefold())
    return {"arabic": "ar"}.get(script, script)


def _cyrillic(sample: str) -> str:
    """Ukrainian or Russian, by the letters that the other doesn't have and by function words."""
    ukrainian = sum(map(sample.count, "іїєґ"))
    russian = sum(map(sample.count, "ыэъё"))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    found = _LETTERS.findall(sample)
    return "uk" if _hits(found, "uk") > _hits(found, "ru") else "ru"


def _hits(found: Iterable[str], language: str) -> int:
    """How many of the words are function words of a language."""
    stop = stopwords(language)
    return sum(word in stop for word in found)


@lru_cache(maxsize=8)
def _latin(sample: str) -> str:
    """A language in Latin script, by votes of words and letters; a document and its first story ask the same."""
    low = sample.casefold() if "İ" not in sample else sample.replace("İ", "i").casefold()
    votes = _votes()
    score = dict.fromkeys(_LATIN, 0.0)
    tokens = Counter((_ASCII_LETTERS if low.isascii() else _LETTERS).findall(low))
    for word, times in tokens.items():
        for language, weight in votes.get(word, ()):
            score[language] += weight * min(times, 5)
    if not sample.isascii():
        for sign, times in Counter(_SIGN.findall(sample.lower())).items():
            for language in _SIGNS[sign]:
                score[language] += 0.7 * min(times, 8) / len(_SIGNS[sign])
    ranked = sorted(score.items(), key=lambda item: -item[1])
    (best, most), (_, second) = ranked[0], ranked[1]
    if most - second >= 0.3 and most >= 0.3:
        return best
    if not tokens or not any(len(word) > 2 for word in tokens):
        return "en"
    return _trained(sample)


@lru_cache(maxsize=4096)
def _trained(sample: str) -> str:
    """What py3langid takes a text for, among the languages in Latin script."""
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_LATIN))
    return identifier


# For sumy


class SumyTokenizer:
    """The two methods by which sumy's parsers and engines split text, over this module's rules."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of a paragraph, verbatim."""
        return tuple(sentences(paragraph, self.language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence, those of letters only as sumy's own tokenizer gives."""
        return tuple(word for word in words(sentence, self.language) if not word[0].isdigit())
