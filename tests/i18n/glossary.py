"""Glossaries of the catalogues, and the check that holds a catalogue to its glossary."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

__all__ = ["FOLDER", "Glossary", "Term", "deviations", "read_glossary", "texts"]

FOLDER = Path(__file__).parents[2] / "bot" / "i18n" / "glossary"

UNSPACED = ("ja", "zh-TW")
"""Languages that write no blanks between words: a form may stand anywhere."""

_FILTER_SYNTAX = re.compile(r"\b[a-z]+:\S+")
"""A filter as it is typed in every language, `country:jp`, is no text."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term's word in one language, how it may be written, and what must not stand for it.

    `avoid` and `exceptions` give a reason for each word or key. A star at the end of a form stands for any ending.
    """

    word: str
    forms: tuple[str, ...]
    avoid: Mapping[str, str] = field(default_factory=dict)
    exceptions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of one language by name, and the words that no message of it may use."""

    locale: str
    terms: Mapping[str, Term]
    avoid: Mapping[str, str] = field(default_factory=dict)


def read_glossary(locale: str, text: str | None = None) -> Glossary:
    """Read the glossary of `locale` from its file, or from `text`."""
    raw: dict[str, Any] = tomllib.loads(text or (FOLDER / f"{locale}.toml").read_text("utf-8"))
    avoid = raw.pop("avoid", {})
    terms = {}
    for name, entry in raw.items():
        forms = tuple(entry.get("forms") or (entry["word"],))
        word = entry.get("word", forms[0])
        terms[name] = Term(word, forms, entry.get("avoid", {}), entry.get("exceptions", {}))
    return Glossary(locale, terms, avoid)


class _Text(Visitor):
    """Collects what a message says itself, without its arguments and the messages it refers to."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def visit_TextElement(self, node: ftl.TextElement) -> None:
        self.parts.append(_FILTER_SYNTAX.sub("", node.value))

    def visit_StringLiteral(self, node: ftl.StringLiteral) -> None:
        self.parts.append(node.parse()["value"])


def texts(source: str) -> dict[str, str]:
    """The text of each message of a catalogue by key: all variants, arguments left out."""
    found = {}
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ftl.Message):
            visitor = _Text()
            visitor.visit(entry)
            found[entry.id.name] = "\n".join(visitor.parts)
    return found


def deviations(
    english: Mapping[str, str], terms: Glossary, catalogue: Mapping[str, str], glossary: Glossary
) -> list[str]:
    """Every message of `catalogue` that leaves its glossary, as `key: what is wrong`; exceptions without need, too.

    A message leaves it by a word that is to be avoided, or when the English message uses a term and the translation
    doesn't have the term's word.
    """
    wrong = list(_avoided("", glossary.avoid, catalogue, glossary.locale))
    for name, source in terms.terms.items():
        term = glossary.terms[name]
        wrong += _avoided(name, term.avoid, catalogue, glossary.locale)
        used = {key for key, text in english.items() if _has(source.forms, text, terms.locale)}
        lacking = {key for key in used if not _has(term.forms, catalogue[key], glossary.locale)}
        excepted = {*source.exceptions, *term.exceptions}
        wrong += [f"{key}: {name} is {term.word!r} here" for key in sorted(lacking - excepted)]
        wrong += [f"{key}: needs no exception for {name}" for key in sorted({*term.exceptions} - lacking)]
    return wrong


def _avoided(name: str, words: Mapping[str, str], catalogue: Mapping[str, str], locale: str) -> Iterator[str]:
    for word, reason in words.items():
        for key, text in catalogue.items():
            if _has((word,), text, locale):
                yield f"{key}: {word!r}{f' for {name}' if name else ''} ({reason})"


def _has(forms: Sequence[str], text: str, locale: str) -> bool:
    return any(_pattern(form, locale).search(text) for form in forms)


def _pattern(form: str, locale: str) -> re.Pattern[str]:
    stem = form.removesuffix("*")
    if locale in UNSPACED:
        return re.compile(re.escape(stem))
    end = "" if form.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(stem)}{end}", re.IGNORECASE)
