"""Readings of typed text: in the asker's language, then in all others.

A reader takes text and a language and returns a value, or `Partial` with what it understood. Nothing is taken by
halves: a word that is left over refuses the whole, and languages that disagree are named instead of guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.errors import InputInvalid

__all__ = ["Partial", "TypedKind", "ValueNotUnderstood", "read_typed"]

TypedKind = Literal["days", "times", "period"]

_EXAMPLES: dict[TypedKind, str] = {
    "days": "write mon-fri, or sat,sun, or daily",
    "times": "write 08:00, or 08:00,18:30 for two",
    "period": "write 12h, 2d, 1w, today, yesterday or a date such as 2026-11-01",
}
_NOUNS: dict[TypedKind, str] = {"days": "a day", "times": "a time of day", "period": "a time"}
_MESSAGES: dict[TypedKind, str] = {"days": "error-day", "times": "error-time-of-day", "period": "error-period"}

MAX_TYPED = 200
"""Characters of a typed value that are read; no list of days or times is longer."""

_SHOWN = 60
"""Characters of a typed value that a message repeats."""


@dataclass(frozen=True, slots=True)
class Partial:
    """Typed text that was read in part: `understood` in normal form, `rest` as typed."""

    understood: str
    rest: str
    readings: tuple[str, ...] = ()
    """The values that it could mean, in normal form, if it is understood but ambiguous."""


class ValueNotUnderstood(InputInvalid):
    """A typed value that is not read, with what was understood of it or all that it could mean."""

    def __init__(self, kind: TypedKind, given: str, partial: Partial) -> None:
        shown = given if len(given) <= _SHOWN else given[: _SHOWN - 1] + "…"
        example, readings = _EXAMPLES[kind], partial.readings
        if readings:
            problem, key = f"{shown!r} can mean {' or '.join(readings)}; {example}", "error-typed-ambiguous"
        elif partial.understood and partial.rest:
            problem = f"{shown!r} is understood as {partial.understood} but for {partial.rest!r}; {example}"
            key = "error-typed-partly"
        else:
            problem, key = f"{shown!r} is not {_NOUNS[kind]}; {example}", _MESSAGES[kind]
        super().__init__(problem, key, given=shown, rest=partial.rest)
        self.kind, self.understood, self.readings = kind, partial.understood, readings


def read_typed(
    kind: TypedKind, text: str, language: str, languages: Sequence[str], read: Callable[[str, str], str | Partial]
) -> str:
    """Return the normal form of typed text, as `read` gives it for a text and a language.

    The reader's own language is taken at its word; otherwise all languages that can read the text have to agree.
    Raises ValueNotUnderstood.
    """
    given = text.strip()
    if len(given) > MAX_TYPED:
        raise ValueNotUnderstood(kind, given, Partial("", given))
    own = read(given, language)
    if isinstance(own, str):
        return own
    if own.readings:
        raise ValueNotUnderstood(kind, given, own)
    answers = [read(given, each) for each in languages if each != language]
    values = list(dict.fromkeys(each for each in answers if isinstance(each, str)))
    if len(values) == 1:
        return values[0]
    if values:
        raise ValueNotUnderstood(kind, given, Partial("", "", tuple(values)))
    partials = [own, *(each for each in answers if isinstance(each, Partial))]
    ambiguous = next((each for each in partials if each.readings), None)
    understood = [each for each in partials if each.understood]
    best = ambiguous or min(understood, key=lambda each: len(each.rest), default=own)
    raise ValueNotUnderstood(kind, given, best)
