"""The parser of the filter language.

One language for commands, subscriptions and the command line:

    country:jp,kr -topic:sport lang:en source:taipei* "sea drills" since:2d
    (country:japan or region:africa) and not kicker:opinion

Words search the full text, quotes make a phrase; conditions side by side all have to match, `or` and brackets make
alternatives, `-` and `not` negate. Values are codes, names, demonyms or aliases, several with commas; source, path and
kicker take `*`. `since` and `until` take 12h, 2d, 1w, today, a weekday, a date or a date with time, in normal form or
as people write them; values of several words need quotes. Keys have names in every language: `land:japan`.

`str(Filter.parse(text))` is the normal form: parsing it again gives an equal filter, and filters that differ only in
order, case, spelling of names or repetition have the same one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import FilterInvalid, GazetteError
from bot.newsroom.filters.ast import And, Match, Node, Period, Phrase
from bot.newsroom.filters.keys import KEYS, TimeKey, aliases
from bot.newsroom.filters.normal_form import OPERATORS, conjunction, disjunction, negation
from bot.newsroom.search_terms import fold, search_terms
from bot.newsroom.typed_values import fold_typed

__all__ = ["LIMITS", "QUOTES", "parse"]

LIMITS = {"characters": 2000, "depth": 16, "words": 24, "values": 250}
"""What a filter may hold at most, so that one of them can't make a query slow; more is refused."""

_SIMILAR_KEY = 0.6
"""difflib's ratio from which a known key is suggested for a mistyped one; its default, which suits short words."""


def parse(text: str, language: str = "en") -> Node:
    """Return the tree of a filter in normal form; its times are read in a language.

    Empty text matches everything. Raises FilterInvalid.
    """
    if len(text) > LIMITS["characters"]:
        excerpt = text[:60] + "…"
        problem = f"a filter has at most {LIMITS['characters']:,} characters, not {len(text):,}"
        raise FilterInvalid(excerpt, len(excerpt) - 1, problem, "long", most=LIMITS["characters"])
    return _Parser(text, language).read()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """One of ( ) or and not key word end."""
    text: str
    at: int


QUOTES = {
    '"': '"',
    "“": '”"“',
    "”": '”"',
    "„": '“”"',
    "«": '»"',
    "»": '«»"',
    "「": "」",
    "」": "」",
    "『": "』",
    "』": "』",
    "＂": '＂"',
    "‟": '”"',
}
"""Marks that begin a phrase, with those that end it; in some languages an ending mark also begins one."""

_BRACKETS = {"(": "(", ")": ")", "（": "(", "）": ")"}
_NO_VALUE = re.escape("".join([*QUOTES, *_BRACKETS]))
_KEY = re.compile(r"([^\W\d_]+)[:：]")
_BARE = re.compile(rf"[^\s{_NO_VALUE}]+")
_VALUE = re.compile(rf"[^\s{_NO_VALUE},，、]+")
_COMMAS = (",", "，", "、")
_BLANK = re.compile(r"\s*")


class _Parser:
    """Recursive descent over the text: alternatives, conditions, one condition."""

    def __init__(self, text: str, language: str) -> None:
        self._text, self._language = text, language
        self._at = 0
        self._words = self._values = 0

    def read(self) -> Node:
        if self._peek().kind == "end":
            return And()
        node = self._alternatives(0)
        left = self._peek()
        if left.kind == ")":
            raise self._error(left.at, "this bracket closes nothing", "bracket-closes")
        return node

    def _alternatives(self, depth: int) -> Node:
        nodes = [self._conditions(depth)]
        while self._peek().kind == "or":
            self._next()
            nodes.append(self._conditions(depth))
        return disjunction(nodes)

    def _conditions(self, depth: int) -> Node:
        nodes = [self._condition(depth)]
        while True:
            kind = self._peek().kind
            if kind == "and":
                self._next()
            elif kind in ("end", ")", "or"):
                return conjunction(nodes)
            nodes.append(self._condition(depth))

    def _condition(self, depth: int) -> Node:
        token = self._next()
        if depth > LIMITS["depth"]:
            raise self._error(
                token.at, f"brackets and not may lie at most {LIMITS['depth']} deep", "deep", most=LIMITS["depth"]
            )
        match token.kind:
            case "not":
                return negation(self._condition(depth + 1))
            case "(":
                node = self._alternatives(depth + 1)
                if self._next().kind != ")":
                    raise self._error(token.at, "this bracket is not closed", "bracket-open")
                return node
            case "key":
                return self._match(token)
            case "word":
                return self._phrase(token)
            case "end":
                raise self._error(token.at, "something is missing at the end", "end")
            case ")":
                raise self._error(token.at, "nothing stands before this bracket", "bracket-before")
            case _:
                raise self._error(token.at, f"{token.text!r} needs something before it", "before", given=token.text)

    def _phrase(self, token: _Token) -> Node:
        self._words += 1
        if self._words > LIMITS["words"]:
            raise self._error(
                token.at,
                f"a filter has at most {LIMITS['words']} words and phrases",
                "many-words",
                most=LIMITS["words"],
            )
        text = " ".join(fold(token.text).replace('"', " ").split())
        count = len(search_terms(text, "und"))
        if not count:
            raise self._error(token.at, f"{token.text!r} has no word to search for", "no-word", given=token.text)
        if count > LIMITS["words"]:
            raise self._error(
                token.at, f"a phrase has at most {LIMITS['words']} words", "long-phrase", most=LIMITS["words"]
            )
        return Phrase(text)

    def _match(self, token: _Token) -> Node:
        written = token.text
        key = fold_typed(written)
        key = aliases().get(key, key)
        if key not in KEYS:
            close = _close_key(key)
            hint = f"did you mean {close}:?" if close else f"there are {', '.join(KEYS)}."
            raise self._error(
                token.at,
                f'there is no key {written!r}; {hint} Text with a colon needs quotes: "{written}: …"',
                "key",
                given=written,
                hint=f"{close}:" if close else ", ".join(f"{name}:" for name in KEYS),
                near=close or "",
            )
        values = [self._resolve(key, value, at) for value, at in self._typed_values(written)]
        if isinstance(KEYS[key], TimeKey):
            return conjunction([Period(key, value) for value in values])
        return Match(key, tuple(sorted(set(values))))

    def _resolve(self, key: str, typed: str, at: int) -> str:
        self._values += 1
        if self._values > LIMITS["values"]:
            raise self._error(
                at, f"a filter has at most {LIMITS['values']} values", "many-values", most=LIMITS["values"]
            )
        try:
            return KEYS[key].resolve(typed, self._language)
        except GazetteError as error:
            raise self._error(at, str(error), "value-invalid") from error

    def _typed_values(self, key: str) -> Iterator[tuple[str, int]]:
        """The values after a key: at least one, with commas between them."""
        while True:
            self._at = _blank_end(self._text, self._at)
            at = self._at
            if self._text[at : at + 1] in QUOTES:
                yield self._quoted(), at
            else:
                found = _VALUE.match(self._text, at)
                if found is None:
                    raise self._error(at, f"a value is missing after {key}:", "value", given=key)
                self._at = found.end()
                yield found[0], at
            if self._text[self._at : self._at + 1] not in _COMMAS:
                return
            self._at += 1

    def _quoted(self) -> str:
        start = self._at
        own = [self._text.find(char, start + 1) for char in QUOTES[self._text[start]]]
        ends = [end for end in own if end >= 0] or [
            end for end in (self._text.find(char, start + 1) for char in QUOTES) if end >= 0
        ]
        end = min(ends, default=len(self._text))  # one that is never closed goes on to the end
        self._at = min(end + 1, len(self._text))
        return self._text[start + 1 : end]

    def _peek(self) -> _Token:
        before = self._at
        token = self._next()
        self._at = before
        return token

    def _next(self) -> _Token:
        at = self._at = _blank_end(self._text, self._at)
        if at == len(self._text):
            return _Token("end", "", at)
        char = self._text[at]
        if char in _BRACKETS:
            self._at += 1
            return _Token(_BRACKETS[char], char, at)
        if char in QUOTES:
            return _Token("word", self._quoted(), at)
        # Phones turn hyphens into dashes.
        if char in "-!−–":
            self._at += 1
            return _Token("not", char, at)
        if char in "|&":
            self._at += (
                len(self._text[at:]) - len(self._text[at:].lstrip(char)) if self._text[at : at + 2] == char * 2 else 1
            )
            return _Token("or" if char == "|" else "and", char, at)
        if found := _KEY.match(self._text, at):
            self._at = found.end()
            return _Token("key", found[1], at)
        found = _BARE.match(self._text, at)
        word = found[0] if found else char
        self._at += len(word)
        operator = word.lower()
        return _Token(operator if operator in OPERATORS else "word", word, at)

    def _error(self, at: int, problem: str, name: str, **facts: object) -> FilterInvalid:
        return FilterInvalid(self._text, at, problem, name, **facts)


def _blank_end(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _close_key(key: str) -> str | None:
    import difflib  # on the first mistake: half of what a filter costs at start-up

    close = difflib.get_close_matches(key, [*KEYS, *aliases()], n=1, cutoff=_SIMILAR_KEY)
    return aliases().get(close[0], close[0]) if close else None
