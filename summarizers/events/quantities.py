"""Quantities of a text, written alike for all languages.

"2.5 million", "2,5 Mio." and "250万" are 2500000. Dates, years and times are no quantities. Words: data/quantities.toml, and data/calendar.json for small numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from math import fsum

from summarizers.text.dates import calendar
from summarizers.text.scripts import HANGUL, UNSPACED
from summarizers.text.tables import load_table

__all__ = ["is_telling", "quantities", "quantities_weight"]

_MAX_DIGITS = 18
"""Digits of a quantity: more are no figure of news, and 309 are beyond what a float holds."""

_GROUP_DIGITS = 3
"""Digits between marks that group them, as in 1,200."""

_SMALL, _TWO_DIGITS = 10, 100
"""Bounds of small and of two-digit quantities."""

_SMALL_WEIGHT, _TWO_DIGIT_WEIGHT, _LARGE_WEIGHT = 0.4, 1.2, 2.2
"""How much sharing a quantity says, by its size, as in the figures of one language (`events.figures`)."""

_MARKED_WEIGHT = 2.5
"""The same for a percentage with decimals, and for what isn't round."""

_EASTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९０１２３４５６７８９", "0123456789" * 4)
_HAN_DIGITS = {
    digit: value for value, digit in enumerate("零一二三四五六七八九")
} | {"〇": 0, "两": 2, "兩": 2}  # fmt: skip
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}

_NUMBER = re.compile(
    r"(?<![\d:])(?P<percent>%\s?)?(?P<digits>\d+(?:[.,'’٫٬\u00a0\u202f]\d+)*(?: \d{3}(?!\d))*)(?!:?\d)"
)
_HAN_NUMBER = re.compile(r"[一二三四五六七八九两兩十百〇零][一二三四五六七八九十百千〇零]*")
_HAN_COUNTER = re.compile("[名人个個件岁歳年级億亿万萬割棟頭台本枚匹組社カか]")
_FOLLOWING = re.compile(r"[\s\u00a0]*(?P<percent>[%％٪])|[\s\u00a0-]*(?P<word>[^\W\d_][^\s\d.,;:!?।()]*)")
_AFTER_UNSPACED = re.compile(rf"(?P<percent>[%％])|(?P<word>[千百十万萬亿億兆]+|パーセント|[{HANGUL}]+)")
_PRECEDING_WORD = re.compile(r"(?P<word>[^\W\d_]+)\s*$")
_CLOCK = re.compile(r"[:：]\d|\s?(?:Uhr|时|時|点|시|часов|ч\.|h\d)")
_YEAR = re.compile(r"(?:19[5-9]\d|20[0-4]\d)")
_DATE_MARK = re.compile(r"\s?(?:年|月|日|号|년|월|일)")
_ORDINAL_DATE = re.compile(r"\.?\s?(?:de |of |the )?(?P<word>[^\W\d_]+)")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(r"[^\W\d_][^\s\d.,;:!?।()\"»“”]*")
_PRECEDING_CHARACTERS = 24
"""Characters before a number in which a word that makes it a date or percentage may lie."""


def quantities(text: str, language: str) -> list[str]:
    """Return the quantities of a text in order, each once, percentages with "%" behind them."""
    text = text.translate(_EASTERN_DIGITS)
    found: dict[str, None] = {}
    for position, value in sorted([*_digits(text, language), *_words(text, language)]):
        del position
        found[value] = None
    return list(found)


def quantities_weight(values: Iterable[str]) -> float:
    """Return the evidence in sharing quantities: little in small ones. Exact in any order."""
    return fsum(map(_weight, values))


def is_telling(value: str) -> bool:
    """Return whether a quantity says something by itself: small numbers are in any text."""
    return _weight(value) >= _TWO_DIGIT_WEIGHT


def _weight(value: str) -> float:
    number = value.removesuffix("%")
    if "." in number:
        return _MARKED_WEIGHT
    size = int(number)
    if size <= _SMALL:
        return _SMALL_WEIGHT
    if size < _TWO_DIGITS:
        return _TWO_DIGIT_WEIGHT
    return _LARGE_WEIGHT if number.rstrip("0")[1:] == "" else _MARKED_WEIGHT


def _digits(text: str, language: str) -> Iterable[tuple[int, str]]:
    months = calendar(language).months
    scales, percents = _scales(language), _percents(language)
    for match in _NUMBER.finditer(text):
        start, end = match.span("digits")
        digits = match["digits"]
        before = _PRECEDING_WORD.search(text, max(0, start - _PRECEDING_CHARACTERS), start)
        before_word = before["word"].lower() if before else ""
        if (
            _CLOCK.match(text, end)
            or _DATE_MARK.match(text, end)
            or (digits.count(".") > 1 and len(digits) <= len("00.00.0000"))
        ):
            continue
        if _YEAR.fullmatch(digits):
            continue
        date = _ORDINAL_DATE.match(text, end)
        if before_word in months or (date and date["word"].lower() in months):
            continue
        value = _value(digits)
        if value is None:
            continue
        is_percent = bool(match["percent"]) or before_word in percents
        after = (_AFTER_UNSPACED if _UNSPACED.match(text, end) else _FOLLOWING).match(text, end)
        if after and after["percent"]:
            is_percent = True
        elif after:
            word = after["word"].lower()
            power = next((power for scale, power in scales if word.startswith(scale)), 0)
            if power:
                value *= 10**power
            elif any(word.startswith(each) for each in percents):
                is_percent = True
        yield start, _written(value) + ("%" if is_percent else "")


def _words(text: str, language: str) -> Iterable[tuple[int, str]]:
    """Yield the numbers that are written as words."""
    if language in ("zh", "ja"):
        for match in _HAN_NUMBER.finditer(text):
            if _HAN_COUNTER.match(text, match.end()) and (value := _han_value(match[0])) > 1:
                yield match.start(), str(value)
        return
    numbers, scales = _numbers(language), _scales(language)
    for match in _WORD.finditer(text):
        digits = numbers.get(match[0].lower())
        if digits is None:
            continue
        after = _FOLLOWING.match(text, match.end())
        word = (after["word"] or "").lower() if after else ""
        power = next((power for scale, power in scales if word.startswith(scale)), 0)
        if digits != "1":
            yield match.start(), _written(float(digits) * 10**power)


def _value(digits: str) -> float | None:
    """Return what digits with marks stand for, whichever mark groups them.

    None for a version, an address or a number of more digits than news counts.
    """
    plain = re.sub("['’٬ \u00a0\u202f]", "", digits).replace("٫", ".")
    marks = [mark for mark in plain if mark in ".,"]
    if len(plain) > _MAX_DIGITS:
        return None
    if not marks:
        return float(plain)
    parts = re.split("[.,]", plain)
    grouped = all(len(part) == _GROUP_DIGITS for part in parts[1:]) and len(parts[0]) <= _GROUP_DIGITS
    if len(set(marks)) == 1 and grouped and parts[0] != "0":
        return float("".join(parts))
    if len(set(marks)) == 1 and len(parts) > len(("whole", "decimals")):
        return None
    return float(f"{''.join(parts[:-1])}.{parts[-1]}")


def _written(value: float) -> str:
    return str(round(value)) if abs(value - round(value)) < 1e-6 else f"{value:.3f}".rstrip("0")


def _han_value(number: str) -> int:
    """Return the value of a number in Chinese characters below ten thousand."""
    total = digit = 0
    for character in number:
        if character in _HAN_UNITS:
            total += (digit or 1) * _HAN_UNITS[character]
            digit = 0
        else:
            digit = digit * 10 * (total == 0) + _HAN_DIGITS[character]
    return total + digit


@cache
def _scales(language: str) -> tuple[tuple[str, int], ...]:
    """Words of scale and their powers of ten, the longest first."""
    listed = load_table("quantities.toml").get(language, {}).get("scales", "").split()
    pairs = [(word, int(power)) for word, power in (entry.split(":") for entry in listed)]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _percents(language: str) -> tuple[str, ...]:
    return tuple(load_table("quantities.toml").get(language, {}).get("percent", "").split())


@cache
def _numbers(language: str) -> dict[str, str]:
    listed = load_table("quantities.toml").get(language, {}).get("numbers", "").split()
    return {**calendar(language).numbers, **dict(entry.split(":") for entry in listed)}
