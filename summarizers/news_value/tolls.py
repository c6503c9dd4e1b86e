"""Figures that count people, money or magnitude: which number belongs to which word.

A number belongs to the nearest word of harm in its sentence: in "killing 14 and injuring 30", 14 to the dead. Years,
dates, times, ages, ordinals and numbers of other things count nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from summarizers.news_value.word_hits import WordHit

__all__ = ["Figures", "read_figures_of"]

_HARMS = ("dead", "injured", "missing", "arrested")
"""Kinds of words whose number of people is read, before or after them."""

_BEFORE = 48
"""Characters between a number and the word of harm behind it: "14 people on their way to work were killed"."""

_AFTER = 20
"""Characters between a word of harm and the number behind it: "killing an estimated 300"."""

_AGAINST_ORDER = 8
"""Characters by which a number seems farther on the other side than the sentence's first: where "7 dead" comes first,
numbers stand before what they count, and after it where "killing 7" does."""

_BESIDE = 2
"""Characters between a number and its unit, scale or age: a blank and a sign."""

_FEW, _DOZENS, _HUNDREDS, _THOUSANDS, _MILLIONS = 5.0, 24.0, 200.0, 2_000.0, 2_000_000.0
"""What "several", "dozens", "hundreds", "thousands" and "millions" count as: the least that the word promises."""

_VAGUE = {"few": _FEW, "dozens": _DOZENS, "hundreds": _HUNDREDS, "thousands": _THOUSANDS, "millions": _MILLIONS}

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
"""Bare numbers of four digits that are taken for years, from the one to the other."""

_FIRST_PAST_YEAR, _LAST_PAST_YEAR = 1400, 1999
"""Years that tell of history and not of news, from the one to the other."""

_MAGNITUDES = (3.0, 10.0)
"""Numbers that beside "magnitude" or "category" are one; quakes below 3 aren't felt."""

_MONEY_WORTH_NAMING = 1_000_000
"""The least sum of money that is read: below it, a number and a currency are a price."""

_HAN_DIGITS = {
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "〇": 0,
    "零": 0,
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN_NUMBER = "[一二两兩三四五六七八九〇零十百千]"

# A number begins with its first digit, so that searching skips all other characters quickly.
_NUMBER = re.compile(r"\d(?:\d{0,2}(?:[.,’'\u00a0\u202f ]\d{3})+(?!\d)|\d*(?:[.,]\d+)?)")
_COUNTED_HAN_NUMBER = re.compile(f"{_HAN_NUMBER}+(?=[多余餘]?[人名])")
_GROUPED = re.compile(r"\d{1,3}(?:[.,’'\u00a0\u202f ]\d{3})+")
_STOP = re.compile(r"[;!?。；！？]|[.:] ")
_COUNTER = re.compile(r"[多余餘]?[人名]")
_MONEY_SIGNS = frozenset("$€£¥₽₹")
_SIGNS_OF_TIME_OR_SHARE, _SIGNS_OF_TIME_OR_RANGE = frozenset(":%％"), frozenset(":-")
_HAN_LANGUAGES, _UNSPACED = frozenset({"zh", "ja"}), frozenset({"zh", "ja", "ko"})


class Figures(NamedTuple):
    """The figures of a sentence; 0 where it has none.

    `harm` has the number of people by kind, None for a word without a number. `money` is a sum in any currency.
    """

    harm: dict[str, float | None]
    died: float
    magnitude: float
    money: float
    past: bool


class _Number(NamedTuple):
    start: int
    end: int
    value: float


def read_figures_of(text: str, hits: Sequence[WordHit], language: str) -> Figures:
    """Read the figures of a casefolded sentence, whose words of news value are `hits`."""
    numbers, money, past = _numbers(text, hits, language)
    harm_hits = [(hit, kind) for hit in hits for kind in hit.kinds if kind in _HARMS or kind == "dies"]
    harm: dict[str, float | None] = {kind: None for hit, kind in harm_hits if kind in _HARMS}
    died = magnitude = 0.0
    bound: dict[int, list[tuple[int, bool, float]]] = defaultdict(list)
    scales = [hit for hit in hits if "magnitude" in hit.kinds]
    first = harm_hits[0][0].start if harm_hits else 0
    numbers_lead = bool(numbers) and numbers[0].start < first
    for number in numbers:
        beside = [hit for hit in scales if _gap(text, number, hit) <= _AFTER]
        if beside and _MAGNITUDES[0] <= number.value <= _MAGNITUDES[1]:
            magnitude = max(magnitude, number.value)
            continue
        reach = [
            (gap + _AGAINST_ORDER * ((number.start < hit.start) != numbers_lead), at)
            for at, (hit, kind) in enumerate(harm_hits)
            if (gap := _gap(text, number, hit)) <= (_BEFORE if hit.start >= number.end else _AFTER)
            and not (kind == "dies" and hit.start < number.start)
        ]
        if reach and number.value == int(number.value):
            gap, at = min(reach)
            bound[at].append((gap, harm_hits[at][0].start < number.start, number.value))
    for at, found in bound.items():
        kind = harm_hits[at][1]
        behind = [(gap, value) for gap, after, value in found if after]
        value = min(behind)[1] if behind else max(value for _, _, value in found)
        if kind == "dies":
            died = max(died, value)
        else:
            harm[kind] = max(harm[kind] or 0.0, value)
    return Figures(harm, died, magnitude, money, past)


def _gap(text: str, number: _Number, hit: WordHit) -> int:
    """Return the characters between a number and a word.

    Across the end of a sentence they are more than any reach.
    """
    start, end = (number.end, hit.start) if hit.start >= number.end else (hit.end, number.start)
    if end - start > _BEFORE or _STOP.search(text, start, end):
        return _BEFORE + 1
    return max(0, end - start)


def _numbers(text: str, hits: Sequence[WordHit], language: str) -> tuple[list[_Number], float, bool]:
    """Return the numbers that can count people, the largest sum, and whether a past year occurs."""
    found: list[_Number] = []
    money, past = 0.0, False
    written = [_Number(match.start(), match.end(), _value(match[0])) for match in _NUMBER.finditer(text)]
    if language in _HAN_LANGUAGES:
        counted = _COUNTED_HAN_NUMBER.finditer(text)
        written += [_Number(match.start(), match.end(), _han_value(match[0])) for match in counted]
    vague: set[int] = set()
    for hit in hits:
        for kind in hit.kinds:
            if kind == "number" and hit.value > 1:
                written.append(_Number(hit.start, hit.end, hit.value))
            elif kind in _VAGUE:
                vague.add(hit.start)
                written.append(_Number(hit.start, hit.end, _VAGUE[kind]))
    if not written:
        return found, money, past
    starts, ends = {hit.start: hit for hit in hits}, {hit.end: hit for hit in hits}

    def follows(end: int) -> WordHit | None:
        return starts.get(end) or starts.get(end + 1) or starts.get(end + _BESIDE)

    for number in sorted(written):
        if number.start in vague:
            found.append(number)
            continue
        start, end, value = number
        following = follows(end)
        if following is not None and "scale" in following.kinds:
            value, end = value * following.value, following.end
            following = follows(end)
        preceding = ends.get(start) or ends.get(start - 1) or ends.get(start - _BESIDE)
        around = {kind for hit in (following, preceding) if hit is not None for kind in hit.kinds}
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        if "currency" in around or before in _MONEY_SIGNS or after in _MONEY_SIGNS:
            money = max(money, value)
            continue
        bare_year = _FIRST_PAST_YEAR <= value <= _LAST_PAST_YEAR and end - start == 4 and text[start:end].isdigit()
        if bare_year and not _COUNTER.match(text, end):
            past = True
        if _counts_people(text, _Number(start, end, value), around, following, language):
            found.append(_Number(start, end, value))
    return found, money if money >= _MONEY_WORTH_NAMING else 0.0, past


def _counts_people(text: str, number: _Number, around: Iterable[str], following: WordHit | None, language: str) -> bool:
    """Return whether a number may count people or be a magnitude."""
    start, end, value = number
    if "magnitude" in around:
        return True
    if (following is not None and "unit" in following.kinds) or {"age", "month"} & set(around):
        return False
    after, before = text[end : end + 1], text[max(0, start - 1) : start]
    if after in _SIGNS_OF_TIME_OR_SHARE or before in _SIGNS_OF_TIME_OR_RANGE:
        return False
    if (
        _FIRST_YEAR <= value <= _LAST_YEAR
        and end - start == 4
        and text[start:end].isdigit()
        and not _COUNTER.match(text, end)
    ):
        return False
    # "14th", "200-room" and "A14" count nobody; Chinese, Japanese and Korean write what is counted right behind.
    if language in _UNSPACED:
        return True
    hyphenated = after == "-" and text[end + 1 : end + 2].isalpha()
    return not (after.isalpha() or before.isalpha() or hyphenated)


def _value(written: str) -> float:
    if _GROUPED.fullmatch(written):
        return float(re.sub(r"\D", "", written))
    return float(written.replace(",", "."))


def _han_value(written: str) -> float:
    """Return the value of a number below ten thousand in Chinese numerals."""
    total, digit = 0, 0
    for sign in written:
        if sign in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[sign]
            digit = 0
        else:
            digit = _HAN_DIGITS[sign]
    return float(total + digit)
