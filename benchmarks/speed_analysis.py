"""How long does each part of analysing a story take?

A story of 25 sentences, invented here; one core. The last line is what counts: stories a second with everything.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.speed_summaries import story as invented
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
STORIES = 40


def texts() -> list[str]:
    """Different stories, so that no cache answers for a second one; four sentences to a paragraph."""
    found = []
    for seed in range(STORIES):
        body = invented(SENTENCES, seed)
        found.append("\n".join(" ".join(body[at : at + 4]) for at in range(0, len(body), 4)))
    return found


def milliseconds(work: Callable[[int], object], repeats: int = 5) -> float:
    """Per story: the median of some rounds over all stories."""
    rounds = []
    for _ in range(repeats):
        start = time.perf_counter()
        for at in range(STORIES):
            work(at)
        rounds.append((time.perf_counter() - start) / STORIES * 1000)
    return sorted(rounds)[len(rounds) // 2]


def main() -> None:
    """Print the table."""
    bodies = texts()
    split = [sentences(text, "en") for text in bodies]
    one = [Story(0, tuple(text.split("\n"))) for text in bodies]
    parts: dict[str, Callable[[int], object]] = {
        "split into stories": lambda at: split_stories(bodies[at]),
        "language": lambda at: identify_language(bodies[at]),
        "sentences": lambda at: sentences(bodies[at], "en"),
        "headline": lambda at: make_headline(one[at], "en"),
        "countries": lambda at: countries(bodies[at], "en"),
        "topics": lambda at: topics(bodies[at], "en"),
        "summary": lambda at: summarise_sentences(split[at], language="en"),
        "everything": lambda at: analyse(bodies[at]),
    }
    for work in parts.values():
        work(0)
    print(f"{'part':22} {'ms a story':>10} {'a second':>10}")
    for name, work in parts.items():
        took = milliseconds(work)
        print(f"{name:22} {took:10.3f} {1000 / took:10.0f}")


if __name__ == "__main__":
    main()
