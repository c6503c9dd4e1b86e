"""Forms of a place's name: cases, stems, and letters that change before an ending.

The rules are tables of territories_languages.toml: `cut` takes last letters off a name to make a stem, before which
any of `endings` may stand; `last` has the endings before which the stem changes ("ha:ze" for Praha, Praze); `parts` has
the endings of a name's words before its last one ("á:é ou" for Nová Karolína), and `short` those of a name that is too
short for a stem ("a:y ě u" for Kuba). `spellings` has letters that are
written in two ways ("ヴァ:バ"), which are changed one by one and all at once. Case is the text's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

__all__ = ["LEAST_STEM", "NameForm", "name_forms"]

LEAST_STEM = 4
"""Letters of a name from which on it is looked for with endings; a shorter one would be the beginning of other
words."""

_MOST_FORMS = 64
"""Forms of a name's words before its last one: two Russian adjectives have 49."""


class NameForm(NamedTuple):
    """A form of a name; a stem may be followed by any of the language's endings."""

    word: str
    stem: bool


@dataclass(frozen=True, slots=True)
class _Paradigms:
    """Endings and what they change to, the longest first, and all endings of the language."""

    last: tuple[tuple[str, tuple[str, ...]], ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    short: tuple[tuple[str, tuple[str, ...]], ...]
    endings: frozenset[str]


def name_forms(name: str, rules: Mapping[str, Any]) -> Iterator[NameForm]:
    """Yield the forms of a name by the rules of a language.

    A stem stands for the name itself as well.
    """
    if not rules["endings"]:
        yield from (NameForm(spelling, stem=False) for spelling in _spellings(name, rules.get("spellings", "")))
        return
    *first, last = name.split(" ")
    paradigms = _paradigms(*(rules.get(kind, "") for kind in ("last", "parts", "short", "endings")))
    fronts = [
        "".join(f"{word} " for word in words)
        for words in product(*(_changed(word, paradigms.parts, itself=True) for word in first))
    ][:_MOST_FORMS]
    lasts = [NameForm(word, stem=len(word) > LEAST_STEM) for word in _changed(last, paradigms.last, itself=False)]
    cut = last[:-1] if last[-1] in rules["cut"] else last
    if len(cut) >= LEAST_STEM:
        lasts.append(NameForm(cut, stem=True))
    if len(cut) < LEAST_STEM or (cut != last and last[-1] not in paradigms.endings):
        lasts.append(NameForm(last, stem=len(last) >= LEAST_STEM))
    if len(cut) < LEAST_STEM:
        lasts += [NameForm(word, stem=False) for word in _changed(last, paradigms.short, itself=False)]
    for front in fronts:
        yield from (NameForm(front + word, stem) for word, stem in lasts)


def _spellings(name: str, rules: str) -> Iterator[str]:
    """Yield a name, the name with each of its other spellings, and with all of them."""
    yield name
    everywhere = name
    for written, others in _read_rules(rules):
        other = others[0] if others else ""
        if written in name and len(spelling := name.replace(written, other)) >= LEAST_STEM:
            yield spelling
            everywhere = everywhere.replace(written, other)
    if len(everywhere) >= LEAST_STEM:
        yield everywhere


def _changed(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...], *, itself: bool) -> tuple[str, ...]:
    """Return a word with its ending changed in each way that the first matching rule allows."""
    unchanged = (word,) if itself else ()
    for ending, changes in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            bare = word[: -len(ending)]
            return (*unchanged, *(bare + change for change in changes))
    return unchanged


@lru_cache(maxsize=64)
def _paradigms(last: str, parts: str, short: str, endings: str) -> _Paradigms:
    return _Paradigms(_read_rules(last), _read_rules(parts), _read_rules(short), frozenset(endings.split()))


def _read_rules(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Read "ending:change change | ending:change", the longest ending first."""
    rules = [rule.strip().partition(":") for rule in text.split("|") if rule.strip()]
    return tuple(
        sorted(((ending, tuple(changes.split())) for ending, _, changes in rules), key=lambda rule: -len(rule[0]))
    )
