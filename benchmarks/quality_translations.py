"""Labels and summaries of one document in several languages, held against those of its English version.

    python -m benchmarks.quality_translations [--data ../shared/data]

WMT's news test set of 2021, which professionals translated; without ../shared/data there is nothing to measure. Each
version is analysed alone. Countries: F1 of those from a salience of 0.25 on; topic: the best one is the same; summary:
part of the English summary's segments. A third of the documents, by a hash of their id, is shown apart.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

import summarizers

SHARED = Path(__file__).parents[2] / "shared" / "data"

_LANGUAGES = ("ja", "zh", "ru", "uk", "de", "cs")
_ASIDE = 3
"""One document in so many is set aside."""

_ABOUT = 0.25
"""Salience from which on a story is about a country."""

_OPENING = 40
"""Characters of a sentence by which its segment is found."""


class Labels(NamedTuple):
    """A version's countries, best topic, and segments that its summary was taken from."""

    countries: set[str]
    topic: str | None
    segments: set[int]


def labels(segments: list[str]) -> Labels:
    """Analyse a version of a document."""
    (story,) = summarizers.analyse("\n".join(segments), as_one_story=True)[:1]
    plain = [re.sub(r"\s+", "", segment) for segment in segments]
    ends, flat = list(accumulate(map(len, plain))), "".join(plain)
    found = (flat.find(re.sub(r"\s+", "", sentence.text)[:_OPENING]) for sentence in story.summary)
    return Labels(
        {country.code for country in story.countries if country.salience >= _ABOUT},
        story.topics[0].slug if story.topics else None,
        {next(number for number, end in enumerate(ends) if start < end) for start in found if start >= 0},
    )


def agreement(own: Labels, english: Labels) -> tuple[float, float, float]:
    """Return the agreement of countries, topic and summary, each in 0..1."""
    named = len(own.countries) + len(english.countries)
    return (
        2 * len(own.countries & english.countries) / named if named else 1.0,
        float(own.topic == english.topic),
        len(own.segments & english.segments) / max(1, len(english.segments)),
    )


def main() -> None:
    """Print the agreement by language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    path = parser.parse_args().data / "languages" / "dev.jsonl"
    console = Console(width=110)
    if not path.exists():
        console.print("skipped: the translated documents are not beside the checkout (../shared/data)")
        return
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for document in map(json.loads, path.read_text("utf-8").splitlines()):
        english = labels(document["en"])
        is_aside = int(sha256(document["id"].encode()).hexdigest(), 16) % _ASIDE == 0
        for language in _LANGUAGES:
            if language in document:
                score = agreement(labels(document[language]), english)
                for group in (language, "all", *(["set aside", f"{language}, set aside"] if is_aside else [])):
                    scores[group].append(score)
    table = Table(
        "documents", "number", "countries, F1", "topic", "summary", title="agreement with the English version"
    )
    for group in sorted(scores, key=lambda group: (group in {"all", "set aside"}, group)):
        means = [sum(column) / len(scores[group]) for column in zip(*scores[group], strict=True)]
        table.add_row(group, str(len(scores[group])), *(f"{mean:.2f}" for mean in means))
    console.print(table)


if __name__ == "__main__":
    main()
