"""The program's texts in the reader's language.

Catalogues are Fluent files (locales/*.ftl), one a language; English has every message and stands in for what is
missing elsewhere (a test says that nothing is). Arguments are isolated (FSI … PDI) so that a right-to-left name
cannot turn the sentence around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

__all__ = ["DEFAULT", "LOCALES", "Words", "negotiate", "words"]

DEFAULT = "en"
LOCALES = ("en", "de", "es", "fr", "ja", "pt-BR", "zh-TW")
"""The languages of the interface, as BCP 47 tags."""


_MESSAGE_START = re.compile(r"^(?=[a-zA-Z])", re.MULTILINE)
_REFERENCE = re.compile(r"\{\s*([a-zA-Z][\w-]*)\s*\}")
"""A message inside another one's text."""


class _Catalogue:
    """The messages of one language, each parsed on first use.

    All take 35 ms; a page needs ten of 480.
    """

    def __init__(self, locale: str) -> None:
        self._bundle = FluentBundle([locale], use_isolating=True)
        self._sources: dict[str, str] = {}
        self._parsed: set[str] = set()
        for file in (f"{locale}.ftl", f"{locale}.discord.ftl"):  # the second: names of commands, forms and menus
            part = resources.files(__name__) / "locales" / file
            if part.is_file():
                for source in _MESSAGE_START.split(part.read_text("utf-8")):
                    self._sources.setdefault(source.partition("=")[0].rstrip(), source)

    def __contains__(self, key: str) -> bool:
        return key in self._sources

    def format(self, key: str, facts: dict[str, str | int | float]) -> tuple[str, list[Exception]] | None:
        """Return the message filled with `facts`, and its faults; None if it has no text."""
        self._parse(key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            return None
        text, faults = self._bundle.format_pattern(pattern, facts)
        return str(text), list(faults)

    def _parse(self, key: str) -> None:
        """Parse a message and those that it refers to."""
        if key in self._parsed or key not in self._sources:
            return
        self._parsed.add(key)
        self._bundle.add_resource(FluentResource(self._sources[key]))
        for reference in _REFERENCE.findall(self._sources[key]):
            self._parse(reference)


class Words:
    """The catalogue of one language: call it with a message's key and its arguments."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self._catalogues = [_catalogue(name) for name in dict.fromkeys((locale, DEFAULT)) if name in available()]

    def __call__(self, key: str, /, **facts: object) -> str:
        """The message `key`, filled with `facts`; longer ones than 900 characters are cut.

        Raises KeyError for a key that even English lacks, and for a fact that is missing.
        """
        filled = {name: _fitting(value) for name, value in facts.items()}
        for catalogue in self._catalogues:
            formatted = catalogue.format(key, filled) if key in catalogue else None
            if formatted is None:
                continue
            text, faults = formatted
            if faults:
                raise KeyError(f"{key} in {self.locale}: {faults[0]}") from faults[0]
            return text if _RIGHT_TO_LEFT.search(text) else text.translate(_ISOLATES)
        raise KeyError(key)

    def plain(self, key: str, /, **facts: object) -> str:
        """Return a message without isolating marks, for logs and names of options."""
        return self(key, **facts).translate(_ISOLATES)

    def listed(self, items: Sequence[str], *, alternatives: bool = False) -> str:
        """Several things in a row: `a, b, c`; as alternatives, `a, b or c`."""
        if alternatives:
            return str(format_list(list(items), "or", locale=self.locale.replace("-", "_"))) if items else ""
        # CLDR's lists without "and" are not in all of babel's locales.
        return ("、" if self.locale in ("ja", "zh-TW") else ", ").join(items)

    def has(self, key: str) -> bool:
        """Return True if the catalogue has the message."""
        return any(key in catalogue for catalogue in self._catalogues)


def _fitting(value: object) -> str | int | float:
    """Return an argument as Fluent takes it: a number, or a text of at most 1,000 characters.

    Marks of direction are removed: they would end the argument's isolation.
    """
    if isinstance(value, int | float):
        return value
    told = str(value).translate(_DIRECTIONS)
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"


_LONGEST = 900
"""Characters of an argument; Fluent refuses a placeable of more than 1,000."""

_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_ISOLATES = {0x2068: None, 0x2069: None}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Isolating marks are kept only where something could turn the line around."""


@cache
def words(locale: str | None = None) -> Words:
    """Return the catalogue for a reader's locale, as Discord or BCP 47 names it (pt-BR, de_AT)."""
    return Words(negotiate(locale))


@cache
def negotiate(locale: str | None) -> str:
    """The nearest language that there is a catalogue for; English when none is near."""
    if not locale:
        return DEFAULT
    wanted = locale.replace("_", "-").casefold()
    by_folded = {name.casefold(): name for name in available()}
    if wanted in by_folded:
        return by_folded[wanted]
    language = wanted.split("-", 1)[0]
    if language == "zh" and wanted not in ("zh-hk", "zh-mo", "zh-hant"):
        return DEFAULT
    for folded, name in by_folded.items():
        if folded.split("-", 1)[0] == language:
            return name
    return DEFAULT


@cache
def available() -> tuple[str, ...]:
    """The locales whose catalogue is shipped."""
    folder = resources.files(__name__) / "locales"
    return tuple(name for name in LOCALES if (folder / f"{name}.ftl").is_file())


@cache
def _catalogue(locale: str) -> _Catalogue:
    return _Catalogue(locale)
