"""Filters in SQL.

`condition` turns a filter into one boolean expression over `story` (joined with `document`), the same on both
databases; `bot.newsroom.filters.evaluate` says what it means, and tests hold the two together. `search_query` is the
full-text part: terms carry their story's language, so that each story is searched by its own language's stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnClause,
    ColumnElement,
    FromClause,
    Select,
    TableClause,
    Text,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import ARRAY, UserDefinedType

from bot.newsroom.audience import PUBLIC, Audience
from bot.newsroom.filters import And, Filter, Match, Node, Not, Or, Period, Phrase, walk
from bot.newsroom.filters.keys import KEYS, EventKey, Key, LabelKey, LanguageKey, PatternKey
from bot.newsroom.search_terms import search_terms
from bot.newsroom.typed_values import resolve_time
from bot.store.audiences import owning_guilds, seen_by, visible_to
from bot.store.labels import country_label, languages_present, own_label, topic_label
from bot.store.schema import document, story, story_label

__all__ = [
    "accepting",
    "condition",
    "eras_of",
    "hits",
    "index_text",
    "index_vector",
    "newest_hits",
    "readable_in",
    "scoped_condition",
    "search_query",
]


class _TextVector(UserDefinedType[str]):
    """PostgreSQL's type of indexed words.

    SQLAlchemy's own loads the whole dialect, 25 ms, with SQLite, too.
    """

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        """Return the type's name in SQL."""
        return "TSVECTOR"


class _TextQuery(UserDefinedType[str]):
    """PostgreSQL's type of a full-text query."""

    cache_ok = True

    def get_col_spec(self, **_options: object) -> str:
        """Return the type's name in SQL."""
        return "TSQUERY"


_rowid: ColumnClause[int] = sql_column("rowid", BigInteger)
_rowid.key = "story_id"
_indexes = {
    "sqlite": sql_table("story_words", _rowid, sql_column("story_words", Text)),
    "postgresql": sql_table("story_words", sql_column("story_id", BigInteger), sql_column("words", _TextVector())),
}
_ODD = re.compile(r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]")
_MARK = "·"
_FIELD_GAP = 10
"""Positions left between head and body in a tsvector, so that no phrase spans both."""


async def accepting(
    conn: AsyncConnection, wanted: Filter, now: datetime, audience: Audience = PUBLIC
) -> tuple[FromClause, ColumnElement[bool]]:
    """Return the tables that a query for a filter's stories selects from, and its condition.

    The condition keeps other servers' own stories from the audience. Reads which languages there are, and joins the
    documents, only for filters that need it.
    """
    nodes = list(walk(wanted.node))
    joined = any(isinstance(node, Match) and _is_on_document(KEYS[node.key]) for node in nodes)
    accepts = await scoped_condition(conn, wanted.node, now, audience)
    return (story.join(document) if joined else story), accepts


async def scoped_condition(
    conn: AsyncConnection, node: Node, now: datetime, audience: Audience, guilds: Sequence[int] | None = None
) -> ColumnElement[bool]:
    """Return the condition on `story` for what a filter accepts and these readers may see.

    `guilds` are those of `owning_guilds` where the caller knows them. Reads the languages present when full text needs
    them.
    """
    kinds = {type(part) for part in walk(node)}
    if guilds is None:
        guilds = await owning_guilds(conn, audience) if kinds & {Phrase, Match} else ()
    present = await languages_present(conn, guilds) if Phrase in kinds else []
    return and_(seen_by(audience), condition(node, now, present, conn.dialect.name, guilds))


def _is_on_document(key: Key) -> bool:
    return isinstance(key, PatternKey) and key.column in document.c


def readable_in(languages: Sequence[str], audience: Audience, until: datetime) -> ColumnElement[bool]:
    """Return the condition on `story` that its event has a report in one of these languages.

    Without languages it is true. Reports count that the audience may see and that arrived by `until`. Served by ix_story_event_id.
    """
    if not languages:
        return true()
    other = story.alias()
    report = select(literal(1)).where(
        other.c.event_id == story.c.event_id,
        other.c.language.in_(languages),
        other.c.arrived_at <= until,
        visible_to(audience, other),
    )
    return or_(story.c.language.in_(languages), exists(report.correlate(story)))


def condition(
    node: Node, now: datetime, languages: Sequence[str], dialect: str, guilds: Sequence[int] = ()
) -> ColumnElement[bool]:
    """The filter as a condition on `story`, which the query joins with `document`.

    `languages` are those that stories are in (`labels.languages_present`); the own stories of `guilds` are looked up by
    their labels, too. Who may see a story isn't asked here, but in `scoped_condition`.
    """
    match node:
        case And(nodes) | Or(nodes):
            texts = [part.text for part in nodes if isinstance(part, Phrase)]
            parts = [condition(part, now, languages, dialect, guilds) for part in nodes if not isinstance(part, Phrase)]
            if texts:
                parts.append(_holds(texts, isinstance(node, And), languages, dialect))
            return and_(true(), *parts) if isinstance(node, And) else or_(false(), *parts)
        case Not(inner):
            return not_(condition(inner, now, languages, dialect, guilds))
        case Phrase(text):
            return _holds([text], True, languages, dialect)
        case Period(key):
            at = resolve_time(node.value, node.key, now)
            return story.c.published_at >= at if key == "since" else story.c.published_at < at
        case Match(key, values):
            return _match(key, values, guilds)


def _match(name: str, values: Sequence[str], guilds: Sequence[int]) -> ColumnElement[bool]:
    key = KEYS[name]
    match key:
        case LabelKey():
            to_label = country_label if key.label == "country" else topic_label
            plain = [to_label(label) for label in key.labels(values)]
            return _labelled([*plain, *(own_label(label, guild) for guild in guilds for label in plain)])
        case PatternKey():
            return _like((document if _is_on_document(key) else story).c[key.column], values)
        case EventKey():
            numbers = [int(value) for value in values if int(value) <= _LARGEST_ID]
            return story.c[key.column].in_(numbers) if numbers else false()
        case LanguageKey():
            return story.c[key.column].in_(values)
        case _:
            raise TypeError(f"{name}: a key of no kind that the store knows")


_LARGEST_ID = 2**63 - 1
"""Both databases keep ids in 64 bits, signed; people can type more digits."""


def _labelled(labels: Iterable[int]) -> ColumnElement[bool]:
    # An alias: the query around it may read story_label, too.
    own = story_label.alias()
    found = select(literal(1)).where(
        own.c.label.in_(sorted(set(labels))),
        own.c.published_at == story.c.published_at,
        own.c.story_id == story.c.id,
    )
    return exists(found.correlate(story))


def _like(text: ColumnElement[str], values: Sequence[str]) -> ColumnElement[bool]:
    """Texts and patterns are folded; a pattern without a star is the whole text."""
    tests: list[ColumnElement[bool]] = []
    for value in values:
        if "*" in value:
            escaped = re.sub(r"([\\%_])", r"\\\1", value).replace("*", "%")
            tests.append(text.like(escaped, escape="\\"))
        else:
            tests.append(text == value)
    return or_(false(), *tests)


def _holds(texts: Sequence[str], together: bool, languages: Sequence[str], dialect: str) -> ColumnElement[bool]:
    query = search_query(texts, languages, dialect, together=together)
    return story.c.id.in_(hits(query, dialect)) if query else false()


def hits(query: str, dialect: str) -> Select[int]:
    """SELECT the ids of the stories that a `search_query` finds."""
    index = _indexes[dialect]
    return select(index.c.story_id).where(_found_in(index, query))


def newest_hits(
    query: str, dialect: str, source: FromClause, *, in_heads: bool = False, eras: Sequence[int] | None = None
) -> Select[int, int]:
    """Return a SELECT of (id, published, in ticks) of a search's hits, latest stored first.

    Joined with `source`, as `accepting` gives it; `in_heads` wants the words in the head. SQLite reads its index
    backwards, so that a LIMIT ends it. PostgreSQL's gives all that is found, so that it is asked for `eras`, see
    `eras_of`, or for all; left to itself, it would rather read all stories backwards and look for the words in each,
    as it doesn't know what unpacking them costs (1.5 s instead of 0.1 s for common words in 100,000).
    """
    index = _indexes[dialect]
    columns = select(story.c.id, type_coerce(story.c.published_at, BigInteger))
    if dialect == "sqlite":
        joined = columns.select_from(index.join(source, story.c.id == index.c.story_id))
        wanted = f"head : ({query})" if in_heads else query
        return joined.where(_found_in(index, wanted)).order_by(index.c.story_id.desc())
    words = func.ts_filter(index.c.words, literal_column("'{a}'"), type_=_TextVector()) if in_heads else index.c.words
    there = select(index.c.story_id).where(words.op("@@")(cast(query, _TextQuery())))
    if eras is not None:
        there = there.where(_ERA.op("&&")(cast(list(eras), ARRAY(BigInteger))))
    found = there.cte("found").prefix_with("MATERIALIZED")
    return columns.select_from(found.join(source, story.c.id == found.c.story_id)).order_by(found.c.story_id.desc())


_ERA_BITS = 14
"""An era is 2^14 = 16,384 stories; the index ix_story_words_era is built with this number."""

_ERA: ColumnElement[list[int]] = literal_column(f"ARRAY[story_words.story_id >> {_ERA_BITS}]")
"""As the index ix_story_words_era has it: one that is only ever read together with the words' own."""


def eras_of(first: int, last: int) -> range:
    """The eras, of 16,384 stories each, that the stories from one id to another are in."""
    return range(first >> _ERA_BITS, (last >> _ERA_BITS) + 1)


def _found_in(index: TableClause, query: str) -> ColumnElement[bool]:
    if "story_words" in index.c:
        return index.c.story_words.op("MATCH")(query)
    return index.c.words.op("@@")(cast(query, _TextQuery()))


def search_query(texts: Sequence[str], languages: Sequence[str], dialect: str, *, together: bool = True) -> str:
    """Words and phrases in the form of FTS5's MATCH or of a tsquery.

    "" when nothing can be found.
    """
    ways = []
    for language in languages:
        phrases = [search_terms(text, language) for text in texts]
        if together and not all(phrases):
            continue
        parts = [_phrase(language, terms, dialect) for terms in phrases if terms]
        if parts:
            glue = (" AND " if together else " OR ") if dialect == "sqlite" else (" & " if together else " | ")
            ways.append(f"({glue.join(parts)})")
    return (" OR " if dialect == "sqlite" else " | ").join(ways)


def index_text(terms: Sequence[str], language: str) -> str:
    """The terms of a field as SQLite's index takes them: one token each, places kept."""
    return " ".join(_token(term, language) for term in terms)


def index_vector(fields: Sequence[Sequence[str]], language: str) -> str:
    """The terms of head and body as a tsvector: head weighed A.

    No phrase goes over from one to the other.
    """
    places: dict[str, list[str]] = {}
    at = 1
    for weight, terms in zip(("A", ""), fields, strict=True):
        for place, term in enumerate(terms, start=at):
            if term:
                places.setdefault(_token(term, language), []).append(f"{place}{weight}")
        at += len(terms) + _FIELD_GAP
    return " ".join(f"'{_quoted(token)}':{','.join(found)}" for token, found in places.items())


def _phrase(language: str, terms: Sequence[str], dialect: str) -> str:
    tokens = [_token(term, language) for term in terms]
    if dialect == "sqlite":
        return f'"{" ".join(tokens)}"'
    return "(" + " <-> ".join(f"'{_quoted(token)}'" for token in tokens) + ")"


def _token(term: str, language: str) -> str:
    """Return a term as one token of FTS5's ascii tokenizer, which splits at ASCII signs only."""
    if not term:
        return _MARK
    plain = _ODD.sub(lambda found: f"{_MARK}{ord(found[0]):02x}", term)
    return f"{language.replace('-', '')}{_MARK}{plain}"


def _quoted(token: str) -> str:
    return token.replace("'", "''").replace("\\", "\\\\")
