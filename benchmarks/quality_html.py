"""Articles of HTML pages beside trafilatura and jusText.

    python -m benchmarks.quality_html [--data ../shared/data]

Rows: real pages with the text of their article, ../shared/data/pages/dev.jsonl.gz; without them there is nothing to
measure. F1 counts words. Every text is summarised in the same way; a sentence of the summary is foreign if fewer than
half of its runs of four words stand in the article or headline. The model of blocks was fitted on these pages, so that
one line shows it fitted in thirds, without the hosts that it is measured on: that is what other sites give.

Times of publication have no other truth than what a page says. So those that say it for machines (JSON-LD or <meta>)
are read again without, and the day is compared.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import htmldate
import justext
import numpy as np
import trafilatura
from lxml import html
from rich.console import Console
from rich.table import Table

from bot.intake.readers import read_parts
from bot.intake.readers.html_article import TABLE
from bot.intake.readers.html_blocks import read_blocks
from bot.intake.readers.html_dates import publication_time
from bot.intake.readers.html_features import FEATURES, PAGE_WORDS, tokens
from bot.intake.readers.html_metadata import PageMetadata, read_metadata
from bot.intake.readers.html_tree import parse_html, remove_hidden
from summarizers.analysis import analyse
from summarizers.models import read_thresholds
from summarizers.text.tables import load_table
from training.article_blocks import MODELS, LabelledPage, f1, fit, label_page

SHARED = Path(__file__).parents[2] / "shared" / "data"

_THIRDS = 3
_RUN = 4
"""Words that have to follow each other in the article for a sentence to be its own."""

_ENOUGH = 20
"""Characters of a headline that may be a part of the other's."""

_GOOD = (0.8, 0.9)
"""Values of F1 whose share of pages is shown."""

Story = tuple[str | None, Sequence[str], Sequence[str]]
"""Headline, sentences and summary."""


def stories_of(text: str | None, title: str | None) -> list[Story]:
    """Analyse what a library extracted as one story."""
    if not text or not text.strip():
        return []
    found = analyse(text, as_one_story=True, title=title)
    return [(title, story.sentences, [sentence.text for sentence in story.summary]) for story in found]


def ours(row: Mapping[str, Any]) -> list[Story]:
    """Read a page as the program does."""
    document = read_parts(row["html"].encode(), "page.html")
    return [
        (story.headline, story.sentences, [sentence.text for sentence in story.summary]) for story in document.analyse()
    ]


def by_trafilatura(row: Mapping[str, Any]) -> list[Story]:
    """Extract with trafilatura's defaults."""
    found = trafilatura.bare_extraction(row["html"], include_comments=False, with_metadata=True)
    return stories_of(found.text, found.title) if found is not None else []


@cache
def all_stopwords() -> frozenset[str]:
    """Return the stop words of all of jusText's languages: pages don't always say theirs."""
    return frozenset(word for language in justext.get_stoplists() for word in justext.get_stoplist(language))


def by_justext(row: Mapping[str, Any]) -> list[Story]:
    """Extract with jusText."""
    paragraphs = justext.justext(row["html"].encode(), all_stopwords(), encoding="utf-8")
    return stories_of("\n".join(part.text for part in paragraphs if not part.is_boilerplate), None)


def fitted_apart(rows: Sequence[Mapping[str, Any]]) -> list[list[Story]]:
    """Choose each page's blocks with a model that was fitted without the pages of its host's third."""
    pages = [label_page(row) for row in rows]
    thirds = [int(hashlib.sha256(page.host.encode()).hexdigest(), 16) % _THIRDS for page in pages]
    models = [
        fit([page for page, own in zip(pages, thirds, strict=True) if own != third], MODELS["with trafilatura"])
        for third in range(_THIRDS)
    ]
    thresholds = read_thresholds(load_table(TABLE)["thresholds"])
    return [_chosen(page, models[third], thresholds) for page, third in zip(pages, thirds, strict=True)]


def _chosen(page: LabelledPage, model: Any, thresholds: Mapping[str, float]) -> list[Story]:
    words = page.rows[:, [FEATURES.index(name) for name in PAGE_WORDS]].sum(axis=1)
    logits = model.decision_function(page.rows) - thresholds["page words"] * words
    name = tokens(page.title or "")
    texts = [
        block.text for block, logit in zip(page.blocks, logits, strict=True) if logit >= thresholds["with trafilatura"]
    ]
    return stories_of("\n".join(dict.fromkeys(text for text in texts if tokens(text) != name)), page.title)


def measure(rows: Sequence[Mapping[str, Any]], found: Sequence[Sequence[Story]]) -> list[str]:
    """Return the cells of a method: F1, shares of good pages, headlines, foreign sentences, further stories."""
    best = [
        max(stories, key=lambda story: f1(" ".join(story[1]), row["article"]), default=(None, (), ()))
        for row, stories in zip(rows, found, strict=True)
    ]
    scores = np.array([f1(" ".join(story[1]), row["article"]) for row, story in zip(rows, best, strict=True)])
    titled = [same_headline(story[0], row["title"]) for row, story in zip(rows, best, strict=True) if row["title"]]
    foreign = [
        not story[2] or any(is_foreign(sentence, row) for sentence in story[2])
        for row, story in zip(rows, best, strict=True)
    ]
    return [
        f"{scores.mean():.3f}",
        *(f"{(scores >= least).mean():.1%}" for least in _GOOD),
        f"{np.mean(titled):.1%}" if any(story[0] for story in best) else "–",
        f"{np.mean(foreign):.1%}",
        f"{np.mean([max(0, len(stories) - 1) for stories in found]):.2f}",
    ]


def same_headline(ours_: str | None, theirs: str) -> bool:
    """Tell whether two headlines are the same, or one is the other without a part."""
    one, other = " ".join(tokens(ours_ or "")), " ".join(tokens(theirs))
    return bool(one) and (one == other or (len(one) > _ENOUGH and (one in other or other in one)))


def is_foreign(sentence: str, row: Mapping[str, Any]) -> bool:
    """Tell whether a sentence doesn't stand in a page's article."""
    known, own = _runs(f"{row['article']} {row['title'] or ''}"), _runs(sentence)
    return sum(run in known for run in own) * 2 < len(own)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = tokens(text)
    return {tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))}


def dates(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Compare the day that is read from what people see with the one that the page states for machines."""
    results: dict[str, Counter[str]] = {"ours": Counter(), "htmldate": Counter()}
    for row in rows:
        tree = parse_html(row["html"])
        metadata = read_metadata(tree)
        stated = publication_time(html.fromstring("<p></p>"), replace(metadata, url=None), []).moment
        if stated is None:
            continue
        bare = without_statements(row["html"])
        seen = publication_time(
            bare, PageMetadata(metadata.title, None, None, None, {}, (), None), read_blocks(bare)
        ).moment
        results["ours"][_verdict(seen.date().isoformat() if seen else None, stated.date().isoformat())] += 1
        guess = htmldate.find_date(bare, original_date=True, extensive_search=True)
        results["htmldate"][_verdict(guess, stated.date().isoformat())] += 1
    table = Table(
        "day of publication", "right", "wrong", "none", title="Pages that state their time for machines, without it"
    )
    for name, counts in results.items():
        table.add_row(name, *(str(counts[verdict]) for verdict in ("right", "wrong", "none")))
    return table


def without_statements(markup: str) -> Any:
    """Return a page's tree without what it says for machines only."""
    tree = parse_html(markup)
    remove_hidden(tree)
    for element in list(tree.iter("meta", "script", "link")):
        element.clear(keep_tail=True)
    for element in tree.iter():
        if isinstance(element.tag, str):
            for name in ("itemprop", "property", "datetime", "content", "pubdate"):
                element.attrib.pop(name, None)
    return tree


def _verdict(found: str | None, right: str) -> str:
    return "none" if found is None else "right" if found == right else "wrong"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    arguments = parser.parse_args()
    pages = arguments.data / "pages" / "dev.jsonl.gz"
    console = Console(width=110)
    if not pages.is_file():
        console.print("skipped: pages/dev.jsonl.gz is not beside the checkout (../shared/data/pages)")
        return
    with gzip.open(pages, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    table = Table(
        *("method", "F1", *(f">= {least}" for least in _GOOD), "headline", "foreign sentence", "other stories"),
        title=f"{len(rows)} pages",
    )
    for name, read in (("jusText", by_justext), ("trafilatura", by_trafilatura)):
        table.add_row(name, *measure(rows, [read(row) for row in rows]))
    table.add_row("ours, fitted without the host's third", *measure(rows, fitted_apart(rows)))
    table.add_row("ours, as shipped", *measure(rows, [ours(row) for row in rows]))
    console.print(table)
    console.print(dates(rows))


if __name__ == "__main__":
    main()
