"""Events across languages: reports of one event in several languages, found among each other and among other news.

    python -m benchmarks.quality_interlingual [--data ../shared/data]

BCubed (Bagga and Baldwin, 1998) of online clustering, in the file's order and as the mean of two shuffled ones. The written
reports are those of training/interlingual_reports that nothing was fitted on: events told in two or three of twenty
languages, no translations, with look-alikes. The documents are news in English with professional translations (WMT 2021),
which lie beside the checkout: those that took no part in the fit, and all of them. "without the encoder" is what an
installation without the `meaning` extra gives. "among others" mixes 500 other stories in.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from rich.console import Console
from rich.table import Table

from benchmarks.quality_events import bcubed
from bot.newsroom.clustering import Clusterer
from summarizers import analyse
from summarizers.events.features import StoryFeatures, story_features, text_features
from summarizers.text.embeddings import EMBEDDING_LANGUAGES
from training.interlingual_pairs import EventStory, document_stories, report_stories
from training.interlingual_reports import interlingual_reports

SHARED = Path(__file__).parents[2] / "shared" / "data"

_OTHERS = 500
"""Other stories that are mixed in."""

_TURNS = 3
"""Runs of the time's measurement, of which the fastest counts: others may use the machine meanwhile."""


def without_encoder(story: EventStory) -> EventStory:
    """Return a story as it is where the encoder is missing."""
    assert story.features.interlingual is not None
    bare: StoryFeatures = replace(story.features, interlingual=replace(story.features.interlingual, vector=b""))
    return replace(story, features=bare)


def scores(stories: Sequence[EventStory], others: Sequence[EventStory] = ()) -> list[str]:
    """Return precision, recall and F1 in the file's order, and the mean F1 of two shuffled orders."""
    gold = {story.id: story.event for story in stories}
    found = []
    for order in (None, 1, 2):
        mixed = [*stories, *others]
        if order is not None:
            random.Random(order).shuffle(mixed)
        clusterer = Clusterer()
        placed = {story.id: clusterer.add(number, story.features).event for number, story in enumerate(mixed)}
        found.append(bcubed(gold, {name: clusterer.current_event(event) for name, event in placed.items()}))
    return [*(f"{value:.3f}" for value in found[0]), f"{(found[1][2] + found[2][2]) / 2:.3f}"]


def other_stories(data: Path) -> list[EventStory]:
    """Return stories of other news, in equal parts of the sets that are beside the checkout."""
    stories = []
    for name in ("countries", "topics"):
        lines = (data / name / "dev.jsonl").read_text("utf-8").splitlines()[: _OTHERS // 2]
        stories += [
            EventStory(f"other {row['id']}", row["id"], row["id"], text_features(row["text"]))
            for row in map(json.loads, lines)
        ]
    return stories


def stories_a_second() -> float:
    """Return how many written reports are analysed with their features in a second of one core."""
    texts = [report.text for half in ("choosing", "aside") for report in interlingual_reports(half)]
    fastest = float("inf")
    for _ in range(_TURNS):
        begin = time.process_time()
        for text in texts:
            for analysis in analyse(text, as_one_story=True):
                story_features(analysis)
        fastest = min(fastest, time.process_time() - begin)
    return len(texts) / fastest


def main() -> None:
    """Print how well events are joined across languages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    data = parser.parse_args().data
    console = Console(width=110)
    table = Table(
        "stories", "number", "precision", "recall", "BCubed F1", "F1, shuffled", title="one event in any language"
    )

    def add(name: str, stories: Sequence[EventStory], others: Sequence[EventStory] = ()) -> None:
        table.add_row(name, str(len(stories)), *scores(stories, others))

    written = report_stories("aside")
    add("written reports, 20 languages", written)
    add("the same without the encoder", [without_encoder(story) for story in written])
    documents = data / "languages" / "dev.jsonl"
    if documents.is_file():
        kept = document_stories(documents, even=False)
        every = kept + document_stories(documents, even=True)
        others = other_stories(data)
        add("written reports among others", written, others)
        add("documents not fitted on, 6 languages", kept)
        add(
            "the same in languages of the encoder",
            [story for story in kept if story.features.language in EMBEDDING_LANGUAGES],
        )
        add("all documents", sorted(every, key=lambda story: story.event))
        add("the same without the encoder", sorted(map(without_encoder, every), key=lambda story: story.event))
        add("all documents among others", sorted(every, key=lambda story: story.event), others)
    else:
        console.print("skipped: languages/dev.jsonl is not beside the checkout (../shared/data)")
    console.print(table)
    console.print(f"analysis with representation: {stories_a_second():.0f} written reports a second of one core")


if __name__ == "__main__":
    main()
