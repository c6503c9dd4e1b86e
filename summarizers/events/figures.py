"""Figures, weekdays, dates and years in a story, for comparing it with others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from summarizers.text.dates import calendar
from summarizers.text.scripts import UNSPACED
from summarizers.text.stems import snowball_stem
from summarizers.text.words import stopwords

__all__ = [
    "MAX_FIGURE_WEIGHT",
    "UNSPACED_LANGUAGES",
    "FigureCounts",
    "calendar_dates",
    "figure_weight",
    "is_unspaced",
    "latest_year",
    "read_figures",
    "total_weight",
    "weekdays",
]

_LEAD_CHARACTERS = 700
"""Characters in which a figure belongs to the lead. By judgement: two to three paragraphs, where a report gives its
toll."""

_UNIT_CHARACTERS = 60
"""Characters after a figure in which the words it counts are looked for: two long words with function words
between."""

_LABEL_CHARACTERS = 30
"""Characters before a figure in which its label is looked for, as in "magnitude 4.6"."""

_UNIT_WORDS = 2
"""Words after a figure that are read as what it counts, as in "26 armed pirates"."""

_DATE_CHARACTERS = 20
"""Characters on either side of a number in which the other half of a date may lie; the longest month name has 11."""

_SCRIPT_CHARACTERS = 400
"""Characters by which the script is judged: title and lead, where a report in Latin letters quotes no other
script."""

_SCALED_WEIGHT, _ONE_DIGIT_WEIGHT, _TWO_DIGIT_WEIGHT, _LONG_WEIGHT = 2.5, 0.4, 1.2, 2.2
"""How much sharing a figure says, without unit. By judgement: small numbers coincide in stories that have nothing in
common, numbers with a decimal or a scale ("2.5 million") almost never do. The pair model was fitted on these."""

MAX_FIGURE_WEIGHT = _SCALED_WEIGHT
"""The most that sharing a figure says."""

_SCALES = {
    "million": "m", "mn": "m", "m": "m", "billion": "b", "bn": "b", "b": "b", "thousand": "k", "hundred": "h",
    "percent": "%", "per": "%", "millionen": "m", "mio": "m", "milliarden": "b", "mrd": "b", "prozent": "%",
    "millones": "m", "millions": "m", "milliards": "b", "milhões": "m", "milioni": "m", "miliardi": "b", "mln": "m",
    "miljoen": "m", "miljard": "b", "mil": "k", "tausend": "k", "mille": "k", "pour": "%", "por": "%",
}  # fmt: skip
"""Words that scale the figure before them, and the letter that stands for them."""

_SCALE_LETTERS = "mbkh%"
_UNSPACED_SCALES = "万億亿萬"
UNSPACED_LANGUAGES = frozenset({"zh", "ja", "ko", "th"})
"""Languages read in pairs of characters, and searched for names of weekdays without word boundaries."""

# These patterns are part of the pair model's definition: it was fitted on what they find, so that they differ in detail
# from the word patterns of summarizers.text and can only change together with a new fit.
_UNSPACED_SCRIPT = re.compile(f"[{UNSPACED}]")
_FIGURE = re.compile(r"\d{1,2}:\s?\d\d(?::\d\d)?|\d+(?:[.,]\d+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[.!?;,。！？、，]\s|[。！？、，\n]")
_YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-4]\d)\b")
_DATE = re.compile(
    r"(?P<word>[^\W\d_]{3,})\.?,? (?P<day>\d{1,2})(?:st|nd|rd|th)?\b|\b(?P<first>\d{1,2})(?:st|nd|rd|th|\.|º)?"
    r" (?:de |of )?(?P<month>[^\W\d_]{3,})|(?<!\d)(?P<number>\d{1,2})(?:月|월 ?)(?P<of>\d{1,2})(?:日|일|号)"
    r"|\b(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.]\d{2,4}\b"
)


class FigureCounts(NamedTuple):
    """A story's figures in order, those of its lead, and these with their neighbours.

    `counted` holds a figure after the word that it counts ("pirat 26") or after its label ("<magnitud 4.6"), as
    stems.
    """

    figures: list[str]
    lead: set[str]
    counted: set[str]


def read_figures(text: str, language: str) -> FigureCounts:
    """Read the figures of a text; times, dates and years are none, and "2.5 million" is one."""
    stop, numbers = stopwords(language), calendar(language).numbers
    unspaced = is_unspaced(text)
    figures: dict[str, None] = {}
    lead: set[str] = set()
    counted: set[str] = set()
    for match in _number_pattern(language).finditer(text):
        word, start, end = match[0], match.start(), match.end()
        if word[0].isdigit():
            figure = word.replace(",", "")
            if ":" in word or _YEAR.fullmatch(figure) or _in_date(text, start, end, language):
                continue
            figure = figure.removesuffix(".0")
        else:
            figure = numbers[word.lower()]
        units: list[str] = []
        for after in _LETTERS.finditer(text, end, end + _UNIT_CHARACTERS):
            lower = after[0].lower()
            if _CLAUSE_END.search(text, end, after.start()):
                break
            if lower in _SCALES and not units:
                figure += _SCALES[lower] if figure[-1] not in _SCALE_LETTERS else ""
            elif unspaced:
                if lower[0] in _UNSPACED_SCALES:
                    figure, lower = figure + lower[0], lower[1:]
                units.append(lower[:1])
                break
            elif lower in stop:
                if units:
                    break
            else:
                units.append(snowball_stem(lower, language))
                if len(units) == _UNIT_WORDS:
                    break
        figures[figure] = None
        if start < _LEAD_CHARACTERS:
            lead.add(figure)
            label = [] if unspaced else _label(text, start, language, stop)
            counted.update(f"{neighbour} {figure}" for neighbour in [*units, *label] if neighbour)
    return FigureCounts(list(figures), lead, counted)


def _label(text: str, start: int, language: str, stop: frozenset[str]) -> list[str]:
    """The content word before a figure, as a list of one stem marked by "<", or an empty list."""
    before = [word.lower() for word in _LETTERS.findall(text[max(0, start - _LABEL_CHARACTERS) : start])[-2:]]
    return [f"<{snowball_stem(word, language)}" for word in before if word not in stop][-1:]


def is_unspaced(text: str) -> bool:
    """Return whether a story is in a script without spaces between words, judged by its start."""
    return _UNSPACED_SCRIPT.search(text[:_SCRIPT_CHARACTERS]) is not None


def total_weight(figures: Iterable[str]) -> float:
    """Sum of the weights of some figures, exact in any order."""
    return fsum([figure_weight(figure) for figure in figures])


@lru_cache(maxsize=4096)
def figure_weight(figure: str) -> float:
    """Return the evidence in sharing a figure: little for a small one."""
    if "." in figure or figure[-1] in _SCALE_LETTERS:
        return _SCALED_WEIGHT
    return {1: _ONE_DIGIT_WEIGHT, 2: _TWO_DIGIT_WEIGHT}.get(len(figure), _LONG_WEIGHT)


def latest_year(text: str) -> int:
    """Latest year from 1950 to 2049 that a text names; 0 if it names none."""
    return max((int(year) for year in _YEAR.findall(text)), default=0)


def weekdays(text: str, language: str) -> frozenset[str]:
    """Days of the week named in a lower-case text, as their numbers."""
    days = calendar(language).days
    if language in UNSPACED_LANGUAGES:
        return frozenset(str(number) for word, number in days.items() if word in text)
    return frozenset(str(days[word]) for word in _LETTERS.findall(text) if word in days)


def calendar_dates(text: str, language: str) -> frozenset[str]:
    """Days of the year named in a lower-case text, as month-day: "5-12"."""
    dates = (_month_day(match, language) for match in _DATE.finditer(text))
    return frozenset(date for date in dates if date is not None)


def _in_date(text: str, start: int, end: int, language: str) -> bool:
    """Return whether the number at `start` is the day or month of a date."""
    return any(
        match.start() <= start < match.end() and _month_day(match, language) is not None
        for match in _DATE.finditer(text, max(0, start - _DATE_CHARACTERS), end + _DATE_CHARACTERS)
    )


def _month_day(match: re.Match[str], language: str) -> str | None:
    """Month and day of a match of `_DATE`; None if it is no date."""
    months = calendar(language).months
    if match["word"]:
        month, day = months.get(match["word"].lower(), 0), int(match["day"])
    elif match["month"]:
        month, day = months.get(match["month"].lower(), 0), int(match["first"])
    elif match["number"]:
        month, day = int(match["number"]), int(match["of"])
    else:
        month, day = int(match["one"]), int(match["two"])
        if month > 12 or "." in match[0]:
            month, day = day, month
    return f"{month}-{day}" if 1 <= month <= 12 and 1 <= day <= 31 else None


@lru_cache(maxsize=64)
def _number_pattern(language: str) -> re.Pattern[str]:
    """Pattern of figures in digits and of a language's words for small numbers."""
    words = "|".join(re.escape(word) for word in sorted(calendar(language).numbers, key=len, reverse=True))
    return re.compile(rf"{_FIGURE.pattern}|\b(?:{words})\b", re.IGNORECASE) if words else _FIGURE
