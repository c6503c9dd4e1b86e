"""Quality of story splitting and of made headlines beside TextTiling, C99 and simple rules.

Documents are concatenations of news rows (training/concatenations.py), of which only three in ten, by a hash of their
id, are used: the table can be made with a model that is fitted to the other seven (`--fit`, the honest figure on
rows; it takes a minute) or with the shipped one, which has seen all rows of this data.

Pk (Beeferman et al. 1999; lower is better) over words; boundary similarity (Fournier 2013; higher is better), where a
boundary that is one paragraph off counts half; how often the number of stories is exact; and how often a document of
one story stays whole, over rows as they came.

TextTiling is NLTK's; C99 (Choi 2000) is implemented below over paragraphs. Both get the paragraphs, and C99 is shown
a second time with the true number of stories given.

    python -m benchmarks.quality_stories [--data ../shared/data] [--fit] [--documents 300]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from summarizers.headlines.made import MAX_LENGTH, make_headline
from summarizers.segmentation.boundary_model import model_for
from summarizers.segmentation.split import single_story, split_stories
from summarizers.text.language import identify_language
from summarizers.text.sentences import sentences
from summarizers.text.stems import snowball_stem
from summarizers.text.words import stopwords, words
from summarizers.types import Story
from training.boundaries import Document, as_document, documents, pk, splitter, train
from training.concatenations import Concatenation, Report, held_out, read_reports

SHARED = Path(__file__).parents[2] / "shared" / "data"
TableRow = tuple[str, ...]

TRAINING_DOCUMENTS = 2600
"""Documents that the held-out model is fitted on."""


# Methods: each takes a document and returns the numbers of the paragraphs, other than the first, that begin a story.


def paragraph_texts(document: Document) -> list[str]:
    """Return the paragraphs of a document."""
    return [document.made.text[paragraph.start : paragraph.end] for paragraph in document.paragraphs]


def split_as_shipped(document: Document) -> set[int]:
    """Split with `split_stories`, separators included."""
    begins = [story.span[0] for story in split_stories(document.made.text)]
    firsts = [paragraph.last for paragraph in document.paragraphs]
    return {int(np.searchsorted(firsts, begin, side="right")) for begin in begins} - {0}


def split_never(document: Document) -> set[int]:
    """Leave a document whole."""
    return set()


def split_every_line(document: Document) -> set[int]:
    """Begin a story at every paragraph."""
    return set(range(1, len(document.paragraphs)))


def text_tiling(document: Document) -> set[int]:
    """Split with NLTK's TextTiling.

    It needs blank lines between paragraphs and refuses short texts: these stay whole.
    """
    from nltk.tokenize.texttiling import TextTilingTokenizer

    pieces = paragraph_texts(document)
    text = "\n\n".join(pieces)
    tokenizer = TextTilingTokenizer(stopwords=sorted(stopwords("en")))
    try:
        tiles = tokenizer.tokenize(text)
    except ValueError:
        return set()
    ends = np.cumsum([len(piece) + 2 for piece in pieces])
    end, starts = 0, set()
    for tile in tiles[:-1]:
        end += len(tile)
        starts.add(int(np.argmin(np.abs(ends - end))) + 1)
    return {start for start in starts if start < len(pieces)}


def stems_of(text: str) -> list[str]:
    """Return the stems of an English text's words in order, without stop words."""
    lower = map(str.casefold, words(text, "en"))
    return [snowball_stem(word, "en") for word in lower if word not in stopwords("en")]


def c99_given_count(document: Document) -> set[int]:
    """Split with C99, given the number of stories."""
    return c99(document, len(document.starts))


def c99(document: Document, count_given: int | None = None) -> set[int]:
    """Split with C99 (Choi 2000) over paragraphs.

    Cosine ranks in an 11 x 11 mask, then divisive clustering by density.

    It stops where the gain in density falls by more than its mean and 1.2 deviations, as in the paper, or after
    `count_given` cuts.
    """
    vectors = [stems_of(piece) for piece in paragraph_texts(document)]
    count = len(vectors)
    if count < 3:
        return set()
    vocabulary = {term: column for column, term in enumerate(sorted({term for stems in vectors for term in stems}))}
    table = np.zeros((count, len(vocabulary)))
    for row, stems in enumerate(vectors):
        for term in stems:
            table[row, vocabulary[term]] += 1
    norms = np.linalg.norm(table, axis=1) + 1e-9
    similarity = (table @ table.T) / np.outer(norms, norms)
    ranks = np.zeros_like(similarity)
    for i in range(count):
        for j in range(count):
            around = similarity[max(0, i - 5) : i + 6, max(0, j - 5) : j + 6]
            ranks[i, j] = (around < similarity[i, j]).sum() / max(1, around.size - 1)
    sums = np.zeros((count + 1, count + 1))
    sums[1:, 1:] = ranks.cumsum(0).cumsum(1)

    def inside(start: int, end: int) -> float:
        return float(sums[end, end] - sums[start, end] - sums[end, start] + sums[start, start])

    bounds = [0, count]
    total, area = inside(0, count), float(count**2)
    densities, order = [total / area], []
    while len(bounds) < count + 1:
        best = (-1.0, 0, 0.0, 0.0)
        for start, end in pairwise(bounds):
            for cut in range(start + 1, end):
                new_total = total - inside(start, end) + inside(start, cut) + inside(cut, end)
                new_area = area - (end - start) ** 2 + (cut - start) ** 2 + (end - cut) ** 2
                best = max(best, (new_total / new_area, cut, new_total, new_area))
        density, cut, total, area = best
        bounds = sorted([*bounds, cut])
        order.append(cut)
        densities.append(density)
    if count_given is not None:
        return set(order[:count_given])
    gains = np.diff(densities)
    smooth = np.convolve(gains, np.array([1, 2, 4, 8, 4, 2, 1]) / 22, mode="same") if len(gains) > 7 else gains
    drops = -np.diff(smooth)
    limit = drops.mean() + 1.2 * drops.std() if len(drops) else 0.0
    above = np.flatnonzero(drops > limit)
    return set(order[: int(above[-1]) + 1 if len(above) else 1])


# Measures


def boundary_similarity(true: frozenset[int], guess: set[int], near: int = 1) -> float:
    """Compute Fournier's B: exact matches count 1, near ones a half, all others 0."""
    if not true and not guess:
        return 1.0
    matches = true & guess
    missed, superfluous = sorted(true - matches), sorted(guess - matches)
    halves = 0
    for boundary in missed:
        close = [other for other in superfluous if abs(other - boundary) <= near]
        if close:
            superfluous.remove(close[0])
            halves += 1
    return (len(matches) + 0.5 * halves) / (len(true | guess) - halves)


def measure_method(
    name: str, split: Callable[[Document], set[int]], test_documents: Sequence[Document], whole: Sequence[Document]
) -> TableRow:
    """Measure a method on concatenations and on single stories."""
    errors, similarities, exact = [], [], []
    began = time.process_time()
    for document in test_documents:
        guess = split(document)
        sizes = [len(piece.split()) for piece in paragraph_texts(document)]
        errors.append(pk(sizes, document.starts, guess))
        similarities.append(boundary_similarity(document.starts, guess))
        exact.append(len(guess) == len(document.made.begins) - 1)
    nanoseconds = (time.process_time() - began) / sum(len(document.made.text) for document in test_documents) * 1e9
    stays_whole = [not split(document) for document in whole]
    return (
        name, f"{np.mean(errors):.3f}", f"{np.mean(similarities):.3f}", f"{100 * np.mean(exact):.1f} %",
        f"{100 * np.mean(stays_whole):.1f} %", f"{nanoseconds:.0f}",
    )  # fmt: skip


def story_table(data: Path = SHARED, *, fit: bool = False, count: int = 300) -> list[TableRow]:
    """Return the table of concatenated stories, its head first."""
    reports = read_reports(data)
    fresh = [report for report in reports if held_out(report)]
    test_documents = [document for document in documents(fresh, count * 2, 2) if len(document.made.begins) > 1][:count]
    whole = [as_document(single_report(report)) for report in fresh]
    methods: list[tuple[str, Callable[[Document], set[int]]]] = [
        ("not split", split_never), ("every line", split_every_line), ("TextTiling (NLTK)", text_tiling), ("C99", c99), ("C99, number given", c99_given_count),
    ]  # fmt: skip
    if fit:
        training_reports = [report for report in reports if not held_out(report)]
        methods.append(
            (
                "ours, fitted without these rows",
                splitter(train(training_reports, set(), count=TRAINING_DOCUMENTS, english=True)),
            )
        )
        methods.append(("ours, no words known", splitter(model_for("any"))))
    methods.append(("ours, as shipped", split_as_shipped))
    head = ("method", "Pk", "boundary similarity", "exact count", "one story whole", "ns per character")
    return [head, *(measure_method(name, split, test_documents, whole) for name, split in methods)]


def short_table(data: Path = SHARED, *, fit: bool = False, count: int = 300) -> list[TableRow]:
    """Return the table of pages of 2 to 8 short reports.

    The column of single stories is of reports of two to five lines.
    """
    reports = read_reports(data)
    fresh = [report for report in reports if held_out(report)]
    test_documents = [
        document for document in documents(fresh, count * 2, 3, short=1.0) if len(document.made.begins) > 1
    ][:count]
    alone = documents(fresh, count * 2, 4, 1, short=1.0)
    whole = [document for document in alone if 2 <= len(document.paragraphs) <= 5]
    methods: list[tuple[str, Callable[[Document], set[int]]]] = [
        ("not split", split_never), ("every line", split_every_line), ("TextTiling (NLTK)", text_tiling), ("C99", c99),
        ("C99, number given", c99_given_count),
    ]  # fmt: skip
    if fit:
        training_reports = [report for report in reports if not held_out(report)]
        methods.append(
            (
                "ours, fitted without these rows",
                splitter(train(training_reports, set(), count=TRAINING_DOCUMENTS, english=True)),
            )
        )
    methods.append(("ours, as shipped", split_as_shipped))
    head = ("short reports", "Pk", "boundary similarity", "exact count", "one story whole", "ns per character")
    return [head, *(measure_method(name, split, test_documents, whole) for name, split in methods)]


def single_report(report: Report) -> Concatenation:
    """Return a row as it is, as a document of one story."""
    return Concatenation(
        "\n".join([*filter(None, [report.title]), *report.paragraphs]), (0,), "lines", (report.source,)
    )


# Languages

ROOT = Path(__file__).parents[1]
LEAD_RATIO = 1.4
"""Length of a lead in headlines, at least."""

_LAYOUTS = ("headline lines", "lines", "one line each", "mixed")


@dataclass(frozen=True)
class OwnStory:
    """A story written for this project."""

    language: str
    title: str
    paragraphs: tuple[str, ...]


def own_stories() -> list[OwnStory]:
    """Read the project's own stories: tests/stories, the golden file and the seeds."""
    stories = [
        OwnStory(entry["language"], entry["title"], tuple(entry["text"].strip().split("\n")))
        for entry in tomllib.loads((ROOT / "tests/summarizers/golden/stories.toml").read_text("utf-8"))["story"]
    ]
    for name in ("stories", "languages"):
        for line in (ROOT / f"tests/stories/{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            title, _, body = row["text"].rpartition("\n")
            stories.append(_lay_out(row["language"], title, [body]))
    for path in sorted((ROOT / "seeds").iterdir()):
        text = path.read_text("utf-8")
        if path.suffix == ".md":
            for block in text.split("\n## ")[1:]:
                title, *lines = [line for line in block.splitlines() if line.strip() and line[0] not in "#-*_["]
                stories.append(_lay_out(identify_language(text), title, lines))
        elif path.suffix == ".json":
            stories.extend(
                _lay_out(identify_language(text), row["title"], row["text"].splitlines()) for row in json.loads(text)
            )
        elif path.suffix == ".txt":
            stories.extend(_lay_out(identify_language(text), title, lines) for title, lines in _split_titled(text))
    return stories


def _lay_out(language: str, title: str, lines: Sequence[str]) -> OwnStory:
    """Return a story; a single paragraph is split into lines of one or two sentences."""
    lines = [line for line in lines if line.strip()]
    if len(lines) == 1:
        split = sentences(lines[0], language)
        joint = "" if language in {"zh", "ja"} else " "
        step = 1 + len(lines[0]) % 2
        lines = [joint.join(split[start : start + step]) for start in range(0, len(split), step)]
    title = title or make_headline(Story(0, tuple(lines)), language)
    return OwnStory(language, title, tuple(lines))


def _split_titled(text: str) -> list[tuple[str, list[str]]]:
    """Split a seed of plain lines; its headlines are its short lines without a full stop."""
    stories: list[tuple[str, list[str]]] = []
    for line in filter(str.strip, text.splitlines()):
        if len(line) < 90 and line[-1].isalnum():
            stories.append((line, []))
        elif stories and not re.match(r"[^a-z]{3,30}: ", line):  # a teaser after the stories
            stories[-1][1].append(line)
    return [(title, lines) for title, lines in stories if len(lines) > 1]


def own_document(stories: Sequence[OwnStory], layout: str, rng: random.Random) -> Concatenation:
    """Concatenate stories of one language with nothing but line breaks between them."""
    joint = "" if stories[0].language in {"zh", "ja"} else " "
    text, begins = "", []
    for story in stories:
        begins.append(len(text))
        own_layout = rng.choice(_LAYOUTS[:3]) if layout == "mixed" else layout
        lines = list(story.paragraphs)
        # On any page a lead is longer than its headline.
        if own_layout == "one line each" or (
            own_layout == "headline lines" and len(lines[0]) < LEAD_RATIO * len(story.title)
        ):
            lines = [joint.join(lines)]
        for line in [story.title, *lines] if own_layout == "headline lines" else lines:
            text += line + "\n"
    return Concatenation(text, tuple(begins), layout, (stories[0].language,))


def language_table(count: int = 60) -> list[TableRow]:
    """Return Pk and exact counts of documents of own stories, by language and layout.

    A document has two to five stories; the last column is of single stories.
    """
    by_language: dict[str, list[OwnStory]] = {}
    for story in own_stories():
        by_language.setdefault(story.language, []).append(story)
    head = ("language", "stories", *(f"{layout}: Pk, exact" for layout in _LAYOUTS), "one story whole")
    rows: list[TableRow] = [head]
    for language, stories in sorted(by_language.items()):
        rng = random.Random(language)
        cells = []
        for layout in _LAYOUTS:
            # a report of one sentence has no headline that is shorter
            fit = [
                s
                for s in stories
                if layout != "headline lines" or len(" ".join(s.paragraphs)) > LEAD_RATIO * len(s.title)
            ]
            if len(fit) < 5:
                cells.append("–")
                continue
            test_documents = [
                as_document(own_document(rng.sample(fit, rng.randint(2, 5)), layout, rng), language)
                for _ in range(count)
            ]
            guessed = [split_as_shipped(document) for document in test_documents]
            errors = [
                pk([len(piece) for piece in paragraph_texts(document)], document.starts, guess)
                for document, guess in zip(test_documents, guessed, strict=True)
            ]
            exact = [
                len(guess) + 1 == len(document.made.begins)
                for document, guess in zip(test_documents, guessed, strict=True)
            ]
            cells.append(f"{np.mean(errors):.3f}  {100 * np.mean(exact):.0f} %")
        alone = [
            len(split_stories(own_document([story], layout, rng).text)) == 1
            for story in stories
            for layout in _LAYOUTS[:2]
        ]
        rows.append((language, str(len(stories)), *cells, f"{100 * np.mean(alone):.1f} %"))
    return rows


# Headlines

_LEAD_CHARACTERS = 90
"""Characters that the beginning of a lead has as a headline."""

_NEVER_LAST = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "but", "nor", "as", "that",
               "its", "their", "his", "her"}  # fmt: skip


def headline_table(data: Path = SHARED) -> list[TableRow]:
    """Return made headlines' scores against the rows' own titles, beside the lead's beginning."""
    from rouge_score import rouge_scorer

    scorer = rouge_scorer.RougeScorer(["rouge1"], use_stemmer=True)
    pairs = [(report.title, report) for report in read_reports(data) if report.title and held_out(report)]
    stories = [(title, replace(single_story("\n".join(report.paragraphs)), title=None)) for title, report in pairs]
    stories = [(title, story) for title, story in stories if story.paragraphs]

    leads = [re.sub(r"\s+", " ", next(iter(sentences(story.body, "en")), "")) for _, story in stories]
    rows: list[TableRow] = [("headline", "ROUGE-1", "ends well", "at most 120", "mean length", "rows")]
    for name, headlines in (
        ("first 90 characters of the lead", [lead[:_LEAD_CHARACTERS].rsplit(" ", 1)[0] for lead in leads]),
        ("the whole lead", leads),
        ("ours", [make_headline(story, "en") for _, story in stories]),
    ):
        scores = [
            scorer.score(title, text)["rouge1"].fmeasure for (title, _), text in zip(stories, headlines, strict=True)
        ]
        well = [ends_well(text, story.body) for (_, story), text in zip(stories, headlines, strict=True)]
        rows.append(
            (
                name, f"{np.mean(scores):.3f}", f"{100 * np.mean(well):.1f} %",
                f"{100 * np.mean([len(text) <= MAX_LENGTH for text in headlines]):.1f} %",
                f"{np.mean([len(text) for text in headlines]):.0f}", str(len(headlines)),
            )
        )  # fmt: skip
    return rows


def ends_well(text: str, body: str) -> bool:
    """Return whether the last word is whole and can be last."""
    words = re.findall(r"[\w'’.-]+", text)
    whole = set(re.findall(r"[\w'’-]+", body))
    last = re.findall(r"[\w'’-]+", words[-1]) if words else []
    return bool(last) and words[-1].casefold() not in _NEVER_LAST and last[-1] in whole


def print_table(rows: Sequence[TableRow]) -> None:
    """Print a table whose first row is its head."""
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for column, head in enumerate(rows[0]):
        table.add_column(head, justify="right" if column else "left")
    for row in rows[1:]:
        table.add_row(*row)
    Console().print(table)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--languages", action="store_true", help="only the table of languages")
    arguments = parser.parse_args()
    if arguments.languages:
        print_table(language_table())
        return
    tables = {
        "languages": language_table(),
        "stories": story_table(arguments.data, fit=arguments.fit, count=arguments.documents),
        "short reports": short_table(arguments.data, fit=arguments.fit, count=arguments.documents),
        "headlines": headline_table(arguments.data),
    }
    if arguments.json:
        print(json.dumps(tables, indent=1))
        return
    for rows in tables.values():
        print_table(rows)


if __name__ == "__main__":
    main()
