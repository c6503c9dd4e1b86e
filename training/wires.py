"""Reports in the templates of agencies, drawn for measuring the clustering of events.

Two happenings of one template share most words and differ in towns, people and figures. The templates are in
training/wires.toml, in two wordings each; names and figures are drawn. Nothing is fitted on them: with them the pair model
parts reports of one happening elsewhere.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["WireReport", "wire_reports"]

TEMPLATES = Path(__file__).parent / "wires.toml"

_HAPPENINGS = 7
"""Happenings drawn of each kind."""

_REPORTS = ("whole", "reworded", "mixed", "teaser", "lead")
"""Forms of a report: both wordings, facts of each, and the beginning alone, cut or not."""

_SYLLABLES = ("ba", "dor", "fe", "gan", "ki", "lu", "mer", "no", "pa", "ris", "sol", "ta", "vin", "wa", "zel")
_CLUBS = ("United", "Rovers", "Athletic", "City", "Wanderers", "Dynamo")
_LANDS = (("Peru", "Peruvian"), ("Poland", "Polish"), ("Ghana", "Ghanaian"), ("Vietnam", "Vietnamese"))
_DAYS = {
    "en": ("Monday", "Wednesday", "Friday", "Sunday"),
    "de": ("Montag", "Mittwoch", "Freitag", "Sonntag"),
    "fr": ("lundi", "mercredi", "vendredi", "dimanche"),
    "es": ("lunes", "miércoles", "viernes", "domingo"),
}


@dataclass(frozen=True, slots=True)
class WireReport:
    """A report in a template, by kind and happening; its headline comes first if it has one."""

    kind: str
    happening: str
    language: str
    text: str


def wire_reports() -> list[WireReport]:
    """Return the reports of all kinds, always the same."""
    table = tomllib.loads(TEMPLATES.read_text("utf-8"))
    return [
        report
        for language, kinds in table.items()
        for kind, entry in kinds.items()
        for report in _draw(f"{language}-{kind}", language, entry["facts"])
    ]


def _draw(kind: str, language: str, facts: Sequence[Sequence[str]]) -> Iterator[WireReport]:
    draw = random.Random(kind)
    for number in range(_HAPPENINGS):
        drawn = _fillers(draw, language)
        first, second = ([fact[choice].format(**drawn) for fact in facts] for choice in (0, 1))
        texts = {
            "whole": "\n".join((f"{drawn['town']}: {kind.partition('-')[2]}", *first)),
            "reworded": "\n".join(second),
            "mixed": " ".join((second[0], *first[1:])),
            "teaser": f"{first[0]} {first[1][: len(first[1]) // 2]}…",
            "lead": first[0],
        }
        for form in draw.sample(_REPORTS, draw.choice((2, 3, 4))):
            yield WireReport(kind, f"{kind}-{number}", language, texts[form])


def _fillers(draw: random.Random, language: str) -> Mapping[str, Any]:
    """Draw the names and figures of a happening."""

    def name() -> str:
        return "".join(draw.sample(_SYLLABLES, draw.choice((2, 3)))).capitalize()

    country, people = draw.choice(_LANDS)
    club, club2 = draw.sample(_CLUBS, 2)
    return {
        "town": name(), "river": name(), "first": name(), "last": name(), "other": f"{name()} {name()}",
        "country": country, "people": people, "club": club, "club2": club2, "day": draw.choice(_DAYS[language]),
        **{f"n{digits}": draw.randrange(10 ** (digits - 1) + (digits == 1), 10**digits) for digits in range(1, 7)},
    }  # fmt: skip
