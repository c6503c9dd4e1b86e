"""Days of the week as people type them: `Mo-Fr`, `lunes a viernes`, 平日, `every day`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.newsroom.typed_values.reading import Partial, read_typed
from bot.newsroom.typed_values.vocabulary import DAY_LANGUAGES, Lexicon, babel_locale, typed_words

__all__ = ["WEEKDAYS", "add_day_names", "format_days", "parse_days"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Days in normal form, in the order of ISO weekdays 1 to 7."""

_NORMAL = re.compile(rf"(?:{'|'.join(WEEKDAYS)})(?:,(?:{'|'.join(WEEKDAYS)}))*")
_GROUPS = {"daily": range(1, 8), "weekdays": range(1, 6), "weekend": range(6, 8)}
_WIDTHS = ("wide", "abbreviated", "short", "narrow")


def format_days(days: tuple[int, ...]) -> str:
    """Return ISO weekdays in normal form: `mon,tue`."""
    return ",".join(WEEKDAYS[number - 1] for number in days)


def parse_days(text: str, language: str = "en") -> tuple[int, ...]:
    """Return ISO weekdays, ascending, for days typed in a language.

    Other languages are read where all that can read the text agree. Raises ValueNotUnderstood.
    """
    typed = text.strip().lower()
    normal = typed if _NORMAL.fullmatch(typed) else read_typed("days", text, language, DAY_LANGUAGES, _read)
    return tuple(sorted({WEEKDAYS.index(name) + 1 for name in normal.split(",")}))


def _read(text: str, language: str) -> str | Partial:
    """Read days, ranges and groups in one language, with or without marks between them."""
    tokens = [token for token in _lexicon(language).tokens(text) if token.kind != "fill"]
    days: set[int] = set()
    at = 0
    joined = True  # a day or group may follow
    while at < len(tokens):
        token = tokens[at]
        if token.kind == "group" or token.kind == "day":
            days.update([token.value] if token.kind == "day" else token.value)
            at += 1
            if token.kind == "day" and [each.kind for each in tokens[at : at + 2]] == ["to", "day"]:
                days.update(_days_between(token.value, tokens[at + 1].value))
                at += 2
            joined = False
        elif token.kind == "," and not joined and at + 1 < len(tokens):
            at += 1
            joined = tokens[at].kind != ","  # "Sat, and Sun" has two marks
        else:
            return Partial(_listed(days), " ".join(each.text for each in tokens[at:]))
    return _listed(days) or Partial("", text)


def _days_between(first: int, last: int) -> list[int]:
    return [(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)]


def _listed(days: set[int]) -> str:
    return format_days(tuple(sorted(days)))


@lru_cache(maxsize=len(DAY_LANGUAGES))
def _lexicon(language: str) -> Lexicon:
    words, lexicon = typed_words(language).get("days", {}), Lexicon(language)
    for name, days in _GROUPS.items():
        lexicon.add("group", tuple(days), [*words.get(name, ()), *([name] if language == "en" else ())])
    lexicon.add("to", None, words.get("to", ()))
    lexicon.add(",", None, words.get("and", ()))
    add_day_names(lexicon, language)
    lexicon.add("fill", None, words.get("fill", ()))
    return lexicon


def add_day_names(lexicon: Lexicon, language: str, *, widths: Sequence[str] = _WIDTHS, shortest: int = 1) -> None:
    """Add the names of weekdays in CLDR's widths that tell all seven apart.

    Full names also get their plural in -s. Names of fewer characters than `shortest` are left out.
    """
    names = babel_locale(language).days
    for position, extra in enumerate(typed_words(language).get("days", {}).get("names", ())):
        lexicon.add("day", position + 1, filter(None, extra.split("|")))
    for width in widths:
        for context in ("format", "stand-alone"):
            by_day = names[context].get(width, {})
            if len(set(by_day.values())) == len(WEEKDAYS):
                for index, name in by_day.items():
                    plural = [f"{name}s"] if width == "wide" and name[-1:].isascii() and name[-1:] != "s" else []
                    lexicon.add("day", index + 1, [each for each in (name, *plural) if len(each) >= shortest])
