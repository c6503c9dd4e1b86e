"""Language identification of short texts, alone and with what a source declares.

    python -m benchmarks.quality_languages [--data ../shared/data]

Slices of 5 to 15 words (25 characters in Chinese and Japanese) from treebanks of eighteen languages and from WMT's news in
six, and English headlines of five to fifteen words; without ../shared/data there is nothing to measure. "declared right"
gives the true language as declared, "declared en" English for every text. py3langid, restricted to the same languages,
is the peer.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from summarizers.text.language import LANGUAGES, identify_language, language_prior

SHARED = Path(__file__).parents[2] / "shared" / "data"

_WORDS = (5, 10, 15)
_CHARACTERS = 25
"""Characters of a slice in Chinese and Japanese, about fifteen words."""

_SENTENCES = 400
"""Sentences of each treebank."""

Slice = tuple[str, str, str]
"""Kind, language, text."""


def slices(data: Path) -> Iterator[Slice]:
    """Yield labelled texts, the same in each run."""
    chance = random.Random(7)
    for path in sorted((data / "treebanks").glob("*.conllu.gz")):
        language = path.name[:2]
        with gzip.open(path, "rt", encoding="utf-8") as file:
            sentences = [line[9:].strip() for line in file if line.startswith("# text = ")]
        for sentence in chance.sample(sentences, min(_SENTENCES, len(sentences))):
            yield from _cut("treebanks", language, sentence)
    for line in (data / "languages" / "dev.jsonl").read_text("utf-8").splitlines():
        for language, segments in json.loads(line).items():
            if language in LANGUAGES:
                for segment in segments or []:
                    yield from _cut("WMT", language, segment)
    for line in (data / "headlines" / "dev.jsonl").read_text("utf-8").splitlines():
        words = json.loads(line)["title"].split()
        if len(words) >= min(_WORDS):
            yield "headlines", "en", " ".join(words[: max(_WORDS)])


def _cut(kind: str, language: str, sentence: str) -> Iterator[Slice]:
    if language in {"zh", "ja"}:
        yield f"{kind}, {_CHARACTERS} characters", language, sentence[:_CHARACTERS]
        return
    words = sentence.split()
    for count in _WORDS:
        if len(words) >= count:
            yield f"{kind}, {count} words", language, " ".join(words[:count])


def _peer() -> Callable[[str], str]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: Any = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return lambda text: str(identifier.classify(text)[0])


def main() -> None:
    """Print the share of texts whose language is right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    data = parser.parse_args().data
    console = Console(width=110)
    if not (data / "treebanks").is_dir():
        console.print("skipped: treebanks, languages and headlines are not beside the checkout (../shared/data)")
        return
    rows = list(slices(data))
    peer = _peer()
    right: dict[str, list[list[bool]]] = defaultdict(list)
    for kind, language, text in rows:
        right[kind].append(
            [
                identify_language(text) == language,
                identify_language(text, language_prior(language)) == language,
                identify_language(text, language_prior("en")) == language,
                peer(text) == language,
            ]
        )
    table = Table("texts", "number", "gazette", "declared right", "declared en", "py3langid", title="language right")
    for kind, answers in right.items():
        shares = [sum(column) / len(answers) for column in zip(*answers, strict=True)]
        table.add_row(kind, str(len(answers)), *(f"{share:.1%}" for share in shares))
    console.print(table)


if __name__ == "__main__":
    main()
