"""Which stories does somebody want?

One language for commands, subscriptions and the command line:

    country:jp,kr -topic:sport lang:en source:taipei* "sea drills" since:2d
    (country:japan or region:africa) and not kicker:opinion

Words stand for full text, quotes for a phrase; what stands side by side has to hold together, `or` and brackets part
alternatives, `-` and `not` turn round. Values are codes, names, demonyms or aliases, several with commas; source,
path and kicker take `*`. `since` and `until` take 12h, 2d, 1w, today, yesterday, a date or a date with time.

`str(Filter.parse(text))` is the normal form: parsing it again gives an equal filter, and filters that differ only in
order, case, spelling of names or repetition have the same one. `Filter.accepts` is the meaning; bot/store/filters.py
turns the same tree into SQL and is tested against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from bot.errors import FilterInvalid, InputInvalid, UnknownName
from bot.newsroom import name_lookup
from bot.newsroom.models import parse_id
from bot.newsroom.regions import region_members
from bot.newsroom.search_terms import contains_phrase, fold, search_terms

__all__ = [
    "EVERYTHING",
    "KEYS",
    "LIMITS",
    "All",
    "Either",
    "Filter",
    "FilterSubject",
    "Match",
    "Node",
    "Not",
    "Period",
    "Words",
    "moment",
    "pattern",
    "topics_about",
]

LIMITS = {"characters": 2000, "depth": 16, "words": 24, "values": 250, "stars": 3}
"""What a filter may hold at most; more is refused."""

_TOPIC_CERTAIN, _TOPIC_BEST = 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Match:
    """The story's `key` is one of `values`: sorted, in the form of codes; patterns for source, path and kicker."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Published from (`since`) or before (`until`) a moment; `value` is as people write it: 2d, today, 2026-11-01."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Words:
    """The text holds these words, next to each other and in this order; folded."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """The story is none of those."""

    node: Node


@dataclass(frozen=True, slots=True)
class All:
    """Every one holds; of none, everything does."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one holds."""

    nodes: tuple[Node, ...]


Node = Match | Period | Words | Not | All | Either


@dataclass(frozen=True, slots=True)
class FilterSubject:
    """What a filter looks at in a story.

    `countries` and `topics` are those that the story is about (`ABOUT`, `topics_about`); `fields` are the search terms
    of head and body as `searching.search_fields` gives them, in the story's `language`.
    """

    published_at: datetime
    language: str = "und"
    countries: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    source: str | None = None
    path: str = ""
    kicker: str | None = None
    event_id: int = 0
    fields: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """A question about stories. Equal filters have equal normal forms and the other way round."""

    node: Node = field(default=All())

    @classmethod
    def parse(cls, text: str) -> Filter:
        """Read a filter; empty text is EVERYTHING. Raises FilterInvalid, which knows the place."""
        return _parse(text)

    @classmethod
    def of(
        cls,
        *,
        country: str | None = None,
        topic: str | None = None,
        since: str | None = None,
        text: str | None = None,
    ) -> Filter:
        """Put together a filter from a command's options; `text` is in the filter language, the others are values.

        Empty options don't count. Several values have commas between them. Raises UnknownName with suggestions,
        InputInvalid for a time that can't be read, FilterInvalid for the text.
        """
        nodes: list[Node] = [cls.parse(text).node] if text and text.strip() else []
        for key, given in (("country", country), ("topic", topic)):
            if given and given.strip():
                nodes.append(Match(key, tuple(sorted(_names(key, given)))))
        if since and since.strip():
            value = _period("since", since)
            if value is None:
                raise InputInvalid(
                    f"{since.strip()!r} is not a time; {_TIME_HELP}", "error-period", given=since.strip()
                )
            nodes.append(Period("since", value))
        return cls(_all(nodes))

    def __and__(self, other: Filter) -> Filter:
        return Filter(_all([self.node, other.node]))

    def __str__(self) -> str:
        return _text(self.node)

    def __bool__(self) -> bool:
        """False for EVERYTHING."""
        return self.node != All()

    def accepts(self, story: FilterSubject, now: datetime) -> bool:
        """Does the story belong to the answer? `now` (aware) anchors relative times; its zone says where days begin."""
        return _accepts(self.node, story, now)


EVERYTHING = Filter()
"""The filter that accepts every story; its normal form is empty."""


def topics_about(scores: Iterable[tuple[str, float]]) -> frozenset[str]:
    """The topics that a story counts for: those scored 0.5 or more, and the best one from 0.25 on."""
    ranked = sorted(scores, key=lambda item: (-item[1], item[0]))
    certain = {slug for slug, score in ranked if score >= _TOPIC_CERTAIN}
    if ranked and ranked[0][1] >= _TOPIC_BEST:
        certain.add(ranked[0][0])
    return frozenset(certain)


def moment(node: Period, now: datetime) -> datetime:
    """The moment that a period begins (`since`) or ends (`until`, excluded).

    A date is a day in the zone of `now`: from its midnight, until its end. Times out of the calendar's range are its
    first and last moment.
    """
    span = _SPAN.fullmatch(node.value)
    try:
        if span:
            return now - int(span[1]) * _UNITS[span[2]]
        if node.value in _DAYS:
            day = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=_DAYS[node.value])
            return day if node.key == "since" else day + timedelta(days=1)
        at = datetime.fromisoformat(node.value)
        if at.tzinfo is None:
            at = at.replace(tzinfo=now.tzinfo)
        whole_day = len(node.value) == len("2026-11-01")
        return at + timedelta(days=1) if whole_day and node.key == "until" else at
    except OverflowError:
        return _LAST if node.key == "until" and not span else _FIRST


def pattern(value: str) -> re.Pattern[str]:
    """What a value of source, path or kicker means: the whole of it, folded; `*` is anything."""
    return re.compile(".*".join(re.escape(part) for part in value.split("*")), re.DOTALL)


# Meaning


def _accepts(node: Node, story: FilterSubject, now: datetime) -> bool:
    match node:
        case All(nodes):
            return all(_accepts(part, story, now) for part in nodes)
        case Either(nodes):
            return any(_accepts(part, story, now) for part in nodes)
        case Not(inner):
            return not _accepts(inner, story, now)
        case Words(text):
            wanted = search_terms(text, story.language)
            return any(contains_phrase(terms, wanted) for terms in story.fields)
        case Period(key):
            at = moment(node, now)
            return story.published_at >= at if key == "since" else story.published_at < at
        case Match(key, values):
            return _matches(key, values, story)


def _matches(key: str, values: tuple[str, ...], story: FilterSubject) -> bool:
    match key:
        case "country":
            return not story.countries.isdisjoint(values)
        case "region":
            return any(not story.countries.isdisjoint(region_members(value)) for value in values)
        case "topic":
            return not story.topics.isdisjoint(values)
        case "lang":
            return story.language in values
        case "event":
            return str(story.event_id) in values
        case _:
            text = fold({"source": story.source, "path": story.path, "kicker": story.kicker}[key] or "")
            return any(pattern(value).fullmatch(text) for value in values)


# Normal form


def _all(nodes: Iterable[Node]) -> Node:
    flat: dict[Node, None] = {}
    for node in nodes:
        flat.update(dict.fromkeys(node.nodes if isinstance(node, All) else [node]))
    ordered = tuple(sorted(flat, key=_order))
    return ordered[0] if len(ordered) == 1 else All(ordered)


def _either(nodes: Iterable[Node]) -> Node:
    flat: dict[Node, None] = {}
    values: dict[str, set[str]] = {}
    for node in nodes:
        for part in node.nodes if isinstance(node, Either) else [node]:
            if part == All():
                return part
            if isinstance(part, Match):
                values.setdefault(part.key, set()).update(part.values)
            else:
                flat[part] = None
    flat.update(dict.fromkeys(Match(key, tuple(sorted(found))) for key, found in values.items()))
    ordered = tuple(sorted(flat, key=_order))
    return ordered[0] if len(ordered) == 1 else Either(ordered)


def _not(node: Node) -> Node:
    return node.node if isinstance(node, Not) else Not(node)


def _order(node: Node) -> tuple[int, str]:
    """Countries first, words after the keys, groups last; what is turned round comes after what is not."""
    inner, turned = (node.node, 100) if isinstance(node, Not) else (node, 0)
    match inner:
        case Match(key) | Period(key):
            rank = KEYS.index(key)
        case Words():
            rank = len(KEYS)
        case _:
            rank = len(KEYS) + 1
    return rank + turned, _text(inner)


def _text(node: Node, *, inside: bool = False) -> str:
    match node:
        case Match(key, values):
            return f"{key}:{','.join(_value(key, value) for value in values)}"
        case Period(key, value):
            return f"{key}:{value}"
        case Words(text):
            return text if _PLAIN_WORD.fullmatch(text) and text not in _OPERATORS else f'"{text}"'
        case Not(inner):
            return f"-{_text(inner, inside=True)}"
        case All(nodes) | Either(nodes):
            joined = (" " if isinstance(node, All) else " or ").join(_text(part, inside=True) for part in nodes)
            return f"({joined})" if inside else joined


def _value(key: str, value: str) -> str:
    if key == "country":
        return value.lower()
    if key == "event":
        return f"e{value}"
    return value if _PLAIN_VALUE.fullmatch(value) else f'"{value}"'


_PLAIN_WORD = re.compile(r"[^\W_]+")
_PLAIN_VALUE = re.compile(r"[\w.*/@+-]+")
_OPERATORS = {"and", "or", "not"}


# Values


def _names(key: str, given: str) -> set[str]:
    """The codes of a value from an option: one name as it is, or several with commas."""
    resolve = _RESOLVERS[key]
    if len(given) > LIMITS["characters"]:
        raise InputInvalid(f"the {key} is too long", "error-too-long")
    whole = resolve(given)
    if whole is not None:
        return {whole}
    codes = set()
    for part in filter(None, map(str.strip, given.split(","))):
        code = resolve(part)
        if code is None:
            raise UnknownName(key, part, name_lookup.suggest(key, part))
        codes.add(code)
    if not codes:
        raise UnknownName(key, given.strip())
    return codes


def _event(value: str) -> str | None:
    found = parse_id(value)
    return str(found[1]) if found is not None and found[0] in ("event", None) else None


def _pattern_value(value: str) -> str | None:
    value = re.sub(r"\*+", "*", fold(value).replace('"', ""))
    return value if value and value.count("*") <= LIMITS["stars"] else None


_RESOLVERS: dict[str, Callable[[str], str | None]] = {
    "country": lambda name: name_lookup.country_of(name),
    "region": lambda name: name_lookup.region_of(name),
    "topic": lambda name: name_lookup.topic_of(name),
    "lang": lambda name: name_lookup.language_of(name),
    "source": _pattern_value,
    "path": _pattern_value,
    "kicker": _pattern_value,
    "event": _event,
}

KEYS = (*_RESOLVERS, "since", "until")
"""The keys of the filter language."""

_ALIASES = {
    "countries": "country",
    "about": "country",
    "regions": "region",
    "topics": "topic",
    "language": "lang",
    "languages": "lang",
    "sources": "source",
    "from": "source",
    "file": "path",
    "after": "since",
    "before": "until",
}

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_SPAN = re.compile(r"(\d{1,7})([hdw])", re.ASCII)
_SPAN_WRITTEN = re.compile(r"(\d{1,7})\s*(h|d|w)(?:ours?|ays?|eeks?)?", re.ASCII)
_DAYS = {"today": 0, "yesterday": 1}
_TIME_HELP = "write 12h, 2d, 1w, today, yesterday or a date as 2026-11-01"


def _period(key: str, given: str) -> str | None:
    """The normal form of a time; None when it can't be read."""
    value = given.strip().casefold()
    if found := _SPAN_WRITTEN.fullmatch(value):
        number, unit = int(found[1]), found[2]
        if unit == "d" and number % 7 == 0 and number:
            number, unit = number // 7, "w"
        return f"{number}{unit}"
    if value in _DAYS:
        return value
    if not re.fullmatch(r"\d{4}-\d\d-\d\d([t ]\d\d:\d\d(:\d\d)?(z|[+-]\d\d:\d\d)?)?", value, re.ASCII):
        return None
    try:
        at = datetime.fromisoformat(value.replace("t", "T").replace("z", "+00:00"))
    except ValueError:
        return None
    return value if len(value) == len("2026-11-01") else at.isoformat()


# Reading


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """One of ( ) or and not key word end."""
    text: str
    at: int


_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」"}
_KEY = re.compile(r"([^\W\d_]+):")
_BARE = re.compile(r"[^\s()\"“”„«»「」]+")
_VALUE = re.compile(r"[^\s()\"“”„«»「」,，]+")
_BLANK = re.compile(r"\s*")


@lru_cache(maxsize=512)
def _parse(text: str) -> Filter:
    if len(text) > LIMITS["characters"]:
        excerpt = text[:60] + "…"
        problem = f"a filter has at most {LIMITS['characters']:,} characters, not {len(text):,}"
        raise FilterInvalid(excerpt, len(excerpt) - 1, problem, "long", most=LIMITS["characters"])
    return Filter(_Reader(text).read())


class _Reader:
    """Recursive descent over the text: either → all → one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._words = self._values = 0

    def read(self) -> Node:
        if self._peek().kind == "end":
            return All()
        node = self._either(0)
        left = self._peek()
        if left.kind == ")":
            raise self._wrong(left.at, "this bracket closes nothing", "bracket-closes")
        return node

    def _either(self, depth: int) -> Node:
        nodes = [self._all(depth)]
        while self._peek().kind == "or":
            self._next()
            nodes.append(self._all(depth))
        return _either(nodes)

    def _all(self, depth: int) -> Node:
        nodes = [self._one(depth)]
        while True:
            kind = self._peek().kind
            if kind == "and":
                self._next()
            elif kind in ("end", ")", "or"):
                return _all(nodes)
            nodes.append(self._one(depth))

    def _one(self, depth: int) -> Node:
        token = self._next()
        if depth > LIMITS["depth"]:
            raise self._wrong(
                token.at, f"brackets and not may lie at most {LIMITS['depth']} deep", "deep", most=LIMITS["depth"]
            )
        match token.kind:
            case "not":
                return _not(self._one(depth + 1))
            case "(":
                node = self._either(depth + 1)
                if self._next().kind != ")":
                    raise self._wrong(token.at, "this bracket is not closed", "bracket-open")
                return node
            case "key":
                return self._match(token)
            case "word":
                return self._search(token)
            case "end":
                raise self._wrong(token.at, "something is missing at the end", "end")
            case ")":
                raise self._wrong(token.at, "nothing stands before this bracket", "bracket-before")
            case _:
                raise self._wrong(token.at, f"{token.text!r} needs something before it", "before", given=token.text)

    def _search(self, token: _Token) -> Node:
        self._words += 1
        if self._words > LIMITS["words"]:
            raise self._wrong(
                token.at,
                f"a filter has at most {LIMITS['words']} words and phrases",
                "many-words",
                most=LIMITS["words"],
            )
        text = " ".join(fold(token.text).replace('"', " ").split())
        count = len(search_terms(text, "und"))
        if not count:
            raise self._wrong(token.at, f"{token.text!r} has no word to search for", "no-word", given=token.text)
        if count > LIMITS["words"]:
            raise self._wrong(
                token.at, f"a phrase has at most {LIMITS['words']} words", "long-phrase", most=LIMITS["words"]
            )
        return Words(text)

    def _match(self, token: _Token) -> Node:
        written = token.text
        key = fold(written)
        key = _ALIASES.get(key, key)
        if key not in KEYS:
            close = _close_key(key)
            hint = f"did you mean {close}:?" if close else f"there are {', '.join(KEYS)}."
            raise self._wrong(
                token.at,
                f'there is no key {written!r}; {hint} Text with a colon needs quotes: "{written}: …"',
                "key",
                given=written,
                hint=f"{close}:" if close else ", ".join(f"{name}:" for name in KEYS),
            )
        values = [self._resolved(key, value, at) for value, at in self._listed(written)]
        if key in ("since", "until"):
            return _all([Period(key, value) for value in values])
        return Match(key, tuple(sorted(set(values))))

    def _resolved(self, key: str, value: str, at: int) -> str:
        self._values += 1
        if self._values > LIMITS["values"]:
            raise self._wrong(
                at, f"a filter has at most {LIMITS['values']} values", "many-values", most=LIMITS["values"]
            )
        if key in ("since", "until"):
            when = _period(key, value)
            if when is None:
                raise self._wrong(at, f"{value!r} is not a time; {_TIME_HELP}", "time", given=value)
            return when
        found = _RESOLVERS[key](value)
        if found is not None:
            return found
        if key == "event":
            raise self._wrong(at, f"{value!r} is not an event's id, as e34", "event", given=value)
        if key in ("source", "path", "kicker"):
            problem = f"a {key} needs a letter or digit, and at most {LIMITS['stars']} stars"
            raise self._wrong(at, problem, "pattern", key_name=key, most=LIMITS["stars"])
        close = name_lookup.suggest(key, value)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        what = "language" if key == "lang" else key
        problem = f"there is no {what} called {value!r}{hint}"
        raise self._wrong(at, problem, "name", what=what, given=value, hint=", ".join(close) or "none")

    def _listed(self, key: str) -> Iterator[tuple[str, int]]:
        """The values after a key: at least one, with commas between them."""
        while True:
            self._at = _blank_end(self._text, self._at)
            at = self._at
            if self._text[at : at + 1] in _QUOTES:
                yield self._quoted(), at
            else:
                found = _VALUE.match(self._text, at)
                if found is None:
                    raise self._wrong(at, f"a value is missing after {key}:", "value", given=key)
                self._at = found.end()
                yield found[0], at
            if self._text[self._at : self._at + 1] not in (",", "，"):
                return
            self._at += 1

    def _quoted(self) -> str:
        start = self._at
        closing = _QUOTES[self._text[start]]
        closers = closing + ('"' if closing != '"' else "") + ("”" if closing == "“" else "")
        ends = [end for end in (self._text.find(char, start + 1) for char in closers) if end >= 0]
        if not ends:
            raise self._wrong(start, "this quotation mark is not closed", "quote-open")
        self._at = min(ends) + 1
        return self._text[start + 1 : min(ends)]

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
        if char in "()":
            self._at += 1
            return _Token(char, char, at)
        if char in _QUOTES:
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
        if found is None:  # a closing quotation mark that nothing opened
            raise self._wrong(at, "this quotation mark opens nothing", "quote-closes")
        self._at = found.end()
        operator = found[0].lower()
        return _Token(operator if operator in _OPERATORS else "word", found[0], at)

    def _wrong(self, at: int, problem: str, name: str, **facts: object) -> FilterInvalid:
        return FilterInvalid(self._text, at, problem, name, **facts)


def _blank_end(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _close_key(key: str) -> str | None:
    import difflib

    known: Sequence[str] = [*KEYS, *_ALIASES]
    close = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
    return _ALIASES.get(close[0], close[0]) if close else None
