"""Time of each step of analysing a story.

Made-up stories of 25 sentences, one core, processor time. The last lines are whole analyses, of a text whose headline is
made and of one whose headline is given. With the `meaning` extra, topics take 6 ms more where words leave them open;
GAZETTE_EMBEDDINGS=off measures without it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.speed_summaries import make_story
from summarizers.analysis import analyse
from summarizers.headlines.made import make_headline
from summarizers.labels.countries import countries
from summarizers.labels.topics import topics
from summarizers.segmentation.split import split_stories
from summarizers.summarization.summarize import summarise_sentences
from summarizers.text.language import identify_language
from summarizers.text.sentences import sentences
from summarizers.types import Story

SENTENCES = 25
"""Sentences of a story, as news reports have."""

TITLE = "Harbour crews cancel the sailings before the autumn"
"""A headline that a source gives."""

STORIES = 40
"""Stories of a round."""


def make_texts() -> list[str]:
    """Make different stories, so that no cache helps; four sentences to a paragraph."""
    texts = []
    for seed in range(STORIES):
        body = make_story(SENTENCES, seed)
        texts.append("\n".join(" ".join(body[start : start + 4]) for start in range(0, len(body), 4)))
    return texts


def milliseconds(work: Callable[[int], object], repeats: int = 5) -> float:
    """Return the milliseconds of a story, the median of some rounds over all stories."""
    rounds = []
    for _ in range(repeats):
        start = time.process_time()
        for number in range(STORIES):
            work(number)
        rounds.append((time.process_time() - start) / STORIES * 1000)
    return sorted(rounds)[len(rounds) // 2]


def main() -> None:
    """Print the table."""
    bodies = make_texts()
    split = [sentences(text, "en") for text in bodies]
    stories = [Story(0, tuple(text.split("\n"))) for text in bodies]
    parts: dict[str, Callable[[int], object]] = {
        "split into stories": lambda number: split_stories(bodies[number]),
        "language": lambda number: identify_language(bodies[number]),
        "sentences": lambda number: sentences(bodies[number], "en"),
        "headline": lambda number: make_headline(stories[number], "en"),
        "countries": lambda number: countries(bodies[number], "en"),
        "topics": lambda number: topics(bodies[number], "en"),
        "summary": lambda number: summarise_sentences(split[number], language="en"),
        "all, headline made": lambda number: analyse(bodies[number]),
        "all, headline given": lambda number: analyse(bodies[number], title=TITLE),
    }
    for work in parts.values():
        work(0)
    print(f"{'part':22} {'ms a story':>10} {'a second':>10}")
    for name, work in parts.items():
        duration = milliseconds(work)
        print(f"{name:22} {duration:10.3f} {1000 / duration:10.0f}")


if __name__ == "__main__":
    main()
