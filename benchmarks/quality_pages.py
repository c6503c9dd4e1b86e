"""Articles found in page dumps, and articles followed by cut-off teasers, beside jusText, trafilatura and a rule.

Dumps: whole pages as text, menus and footers included (../shared/data/pages). F1 of words between the article and the
story that is most like it; how many pages reach .8; whether its headline is the page's title; how many summaries have a
sentence that isn't the article's; stories beside it. The shipped model has seen all of these pages. `--fit` measures a
model that was fitted without a third of the hosts, on that third; `--folds` measures all pages, each by one of five
models that was fitted without its host: the figure to go by.

jusText and trafilatura read HTML: they get each line as a paragraph, which is all that a dump has left. They divide
nothing and find no headline. The rule is ten lines long: the run of lines with the most words above sixteen a line.

Teasers: the paragraphs of an article, then the first lines of six others, cut off (../shared/data/teasers).

    python -m benchmarks.quality_pages [--data ../shared/data] [--fit] [--folds]
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import justext
import trafilatura
from rich.console import Console
from rich.table import Table

from summarizers.analysis import analyse_story
from summarizers.segmentation.layout_model import LayoutModel
from summarizers.segmentation.split import divide
from summarizers.text.language import identify_language
from training.page_layouts import fit_on, host_of, made_pages, read_pages, word_f1, words_of

SHARED = Path(__file__).parents[2] / "shared" / "data"
Row = Mapping[str, Any]

PARTS = 3
"""One part of the hosts in so many is kept away from the fit."""

FOLDS = 5
"""Parts of the hosts of which each is measured by a model that was fitted to the others."""

GOOD, OWN_TEASER = 0.8, 0.7
"""F1 from which on an article, and a teaser, counts as found."""

SHORT_TITLE = 20
"""Characters of a headline up to which it has to be the whole title."""

RULE_WORDS = 16
"""Words of a line that weigh nothing in the run of long lines."""

STOPLISTS = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian", "nl": "Dutch", "pl": "Polish",
    "cs": "Czech", "sv": "Swedish", "uk": "Ukrainian", "ru": "Russian", "tr": "Turkish", "ar": "Arabic", "he": "Hebrew", "hi": "Hindi",
    "el": "Greek", "ko": "Korean",
}  # fmt: skip
"""jusText's names of languages; it has no lists for others."""


@dataclass(frozen=True, slots=True)
class Found:
    """A story as a method gives it; None where the method says nothing of it."""

    body: str
    headline: str | None = None
    summary: tuple[str, ...] | None = None


Method = Callable[[str], Sequence[Found]]


def ours(model: LayoutModel | None = None) -> Method:
    """Divide and analyse with a layout model, the shipped one by default."""

    def find(text: str) -> list[Found]:
        analyses = [analyse_story(story) for story in divide(text, model=model).stories]
        return [
            Found(" ".join(each.sentences), each.headline, tuple(sentence.text for sentence in each.summary))
            for each in analyses
        ]

    return find


def without_host(data: Path, rows: Sequence[Row]) -> Method:
    """Divide each page by the model of five that was fitted without its host."""
    pages, made = read_pages(data), made_pages(data)
    models = [fit_on([page for page in pages if fold_of(page.host) != fold], made, fold) for fold in range(FOLDS)]
    methods = {row["dump"]: ours(models[fold_of(host_of(dict(row)))]) for row in rows}
    return lambda text: methods[text](text)


def fold_of(host: str) -> int:
    """Return the part of the hosts that a host is in."""
    return blake2b(f"f{host}".encode(), digest_size=2).digest()[0] % FOLDS


def long_lines(text: str) -> list[Found]:
    """Return the run of lines with the most words above a number for each line."""
    best = total = 0
    start = 0
    chosen: list[str] = []
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if total <= 0:
            total, start = 0, at
        total += len(words_of(line)) - RULE_WORDS
        if total > best:
            best, chosen = total, lines[start : at + 1]
    return [Found("\n".join(chosen))]


def whole_page(text: str) -> list[Found]:
    """Take the page for one story."""
    return [Found(text)]


def as_html(text: str) -> str:
    """Return lines as the paragraphs of a page."""
    return "<html><body>" + "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n")) + "</body></html>"


def by_justext(text: str) -> list[Found]:
    """Return the paragraphs that jusText keeps, with the function words of the page's language."""
    name = STOPLISTS.get(identify_language(text))
    stoplist = justext.get_stoplist(name) if name else frozenset[str]()
    kept = justext.justext(as_html(text).encode(), stoplist, **({} if name else NO_STOPLIST))
    return [Found("\n".join(paragraph.text for paragraph in kept if not paragraph.is_boilerplate))]


NO_STOPLIST = {"stopwords_low": 0, "stopwords_high": 0}
"""jusText's own settings for a language without a list."""


def by_trafilatura(text: str) -> list[Found]:
    """Return what trafilatura extracts."""
    return [Found(trafilatura.extract(as_html(text), include_comments=False) or "")]


def fours(text: str) -> list[tuple[str, ...]]:
    """Return the runs of four words of a text."""
    found = words_of(text)
    return [tuple(found[at : at + 4]) for at in range(max(1, len(found) - 3))]


def is_headline(headline: str, title: str) -> bool:
    """Return whether a headline is a page's title, or a large part of it."""
    ours_, theirs = " ".join(words_of(headline)), " ".join(words_of(title))
    return ours_ == theirs or (len(ours_) > SHORT_TITLE and (ours_ in theirs or theirs in ours_))


def is_foreign(sentence: str, known: set[tuple[str, ...]]) -> bool:
    """Return whether most of a sentence is not in the article or its title."""
    runs = fours(sentence)
    return 2 * sum(run in known for run in runs) < len(runs)


def mean(values: Sequence[float]) -> float:
    """Mean of values, 0 without any."""
    return sum(values) / max(1, len(values))


def measure_dumps(rows: Sequence[Row], method: Method) -> tuple[str, ...]:
    """Return a method's figures on page dumps."""
    scores: list[float] = []
    headlines: list[bool] = []
    foreign: list[bool] = []
    others: list[int] = []
    for row in rows:
        found = method(row["dump"])
        article = Counter(words_of(row["article"]))
        best = max(found, key=lambda each: word_f1(Counter(words_of(each.body)), article), default=Found(""))
        scores.append(word_f1(Counter(words_of(best.body)), article))
        others.append(max(0, len(found) - 1))
        if best.headline is not None and row["title"]:
            headlines.append(is_headline(best.headline, row["title"]))
        if best.summary is not None:
            known = set(fours(f"{row['article']} {row['title'] or ''}"))
            foreign.append(any(is_foreign(sentence, known) for sentence in best.summary))
    return (
        f"{mean(scores):.3f}",
        f"{mean([score >= GOOD for score in scores]):.0%}",
        f"{mean(headlines):.0%}" if headlines else "–",
        f"{mean(foreign):.0%}" if foreign else "–",
        f"{mean(others):.1f}",
    )


def measure_teasers(rows: Sequence[Row], method: Method) -> tuple[str, ...]:
    """Return a method's figures on articles followed by teasers."""
    exact: list[bool] = []
    own: list[bool] = []
    whole: list[bool] = []
    for row in rows:
        lines = row["text"].split("\n")
        parts: list[Counter[str]] = []
        for size in row["stories"]:
            at = sum(row["stories"][: len(parts)])
            parts.append(Counter(words_of(" ".join(lines[at : at + size]))))
        bodies = [Counter(words_of(f"{each.headline or ''} {each.body}")) for each in method(row["text"])]
        exact.append(len(bodies) == len(parts))
        best = [max((word_f1(body, part) for body in bodies), default=0.0) for part in parts]
        whole.append(best[0] >= GOOD)
        own += [score >= OWN_TEASER for score in best[1:]]
    return f"{mean(exact):.0%}", f"{mean(own):.0%}", f"{mean(whole):.0%}"


def every_line(text: str) -> list[Found]:
    """Take each line for a story."""
    return [Found(line) for line in text.split("\n")]


def parted(text: str) -> list[Found]:
    """Divide as shipped, with headline and body as they stand."""
    return [
        Found(story.body, f"{story.kicker or ''} {story.title or ''} {story.dateline or ''}")
        for story in divide(text).stories
    ]


def is_aside(host: str) -> bool:
    """Return whether a host belongs to the third that is kept away."""
    return blake2b(f"h{host}".encode(), digest_size=2).digest()[0] % PARTS == 0


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--folds", action="store_true")
    arguments = parser.parse_args()
    console = Console(width=110)
    pages = arguments.data / "pages" / "dev.jsonl.gz"
    if not pages.is_file():
        console.print("skipped: pages/dev.jsonl.gz is not beside the checkout (../shared/data/pages)")
        return
    with gzip.open(pages, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    aside = [row for row in rows if is_aside(host_of(row))]
    methods: list[tuple[str, Method]] = [
        ("whole page", whole_page), ("jusText", by_justext), ("trafilatura", by_trafilatura), ("run of long lines", long_lines),
    ]  # fmt: skip
    fitted: list[tuple[str, Method]] = []
    if arguments.fit:
        known = [page for page in read_pages(arguments.data) if not is_aside(page.host)]
        fitted.append(("ours, fitted without these hosts", ours(fit_on(known, made_pages(arguments.data), 0))))
    folded: list[tuple[str, Method]] = []
    if arguments.folds:
        folded.append((f"ours, {FOLDS} models without their hosts", without_host(arguments.data, rows)))
    for title, chosen, used in (
        (
            f"page dumps of a third of the hosts ({len(aside)})",
            aside,
            [*methods, *fitted, ("ours, as shipped", ours())],
        ),
        (f"page dumps, all ({len(rows)})", rows, [*methods, *folded, ("ours, as shipped", ours())]),
    ):
        table = Table("method", "F1", "at least .8", "headline right", "foreign sentence", "other stories", title=title)
        for name, method in used:
            table.add_row(name, *measure_dumps(chosen, method))
        console.print(table)
    teasers = [json.loads(line) for line in (arguments.data / "teasers" / "dev.jsonl").read_text("utf-8").splitlines()]
    table = Table(
        "method", "right number", "teasers apart", "article whole", title=f"articles and teasers ({len(teasers)})"
    )
    for name, method in (("whole page", whole_page), ("every line", every_line), ("ours, as shipped", parted)):
        table.add_row(name, *measure_teasers(teasers, method))
    console.print(table)


if __name__ == "__main__":
    main()
