"""Quality of splitting and of headlines, beside TextTiling, C99 and simple rules.

Documents are concatenations of news rows (training/concatenations.py) of which only three in ten, by a
hash of their id, are used: the table can be made with a scorer that was fitted to the other seven (`--fit`, the honest
figure on rows; it takes a minute) or with the shipped one, which has seen all rows of this data.

Pk (Beeferman et al. 1999; lower is better) over words; boundary similarity (Fournier 2013; higher is better), where a
boundary that is one paragraph off counts half; how often the number of stories is exact; and how often a document of
one story stays whole, over rows as they came.

TextTiling is NLTK's; C99 (Choi 2000) is written out below over paragraphs. Both are given the
paragraphs, and C99 is shown a second time, given the true number of stories.

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
Row = tuple[str, ...]


# Methods: a document in, the paragraphs (other than the first) that begin a story out


def pieces_of(document: Document) -> list[str]:
    return [document.made.text[paragraph.start : paragraph.end] for paragraph in document.paragraphs]


def shipped(document: Document) -> set[int]:
    """split_stories itself, marks and all."""
    begins = [story.span[0] for story in split_stories(document.made.text)]
    firsts = [paragraph.last for paragraph in document.paragraphs]
    return {int(np.searchsorted(firsts, begin, side="right")) for begin in begins} - {0}


def never(document: Document) -> set[int]:
    return set()


def each_line(document: Document) -> set[int]:
    return set(range(1, len(document.paragraphs)))


def text_tiling(document: Document) -> set[int]:
    """NLTK's TextTiling; it wants paragraphs with blank lines between and refuses short texts, which stay whole."""
    from nltk.tokenize.texttiling import TextTilingTokenizer

    pieces = pieces_of(document)
    text = "\n\n".join(pieces)
    tokenizer = TextTilingTokenizer(stopwords=sorted(stopwords("en")))
    try:
        tiles = tokenizer.tokenize(text)
    except ValueError:
        return set()
    ends = np.cumsum([len(piece) + 2 for piece in pieces])
    at, found = 0, set()
    for tile in tiles[:-1]:
        at += len(tile)
        found.add(int(np.argmin(np.abs(ends - at))) + 1)
    return {place for place in found if place < len(pieces)}


def stems_of(text: str) -> list[str]:
    """Stems of an English text's words in order, without stop words."""
    lower = map(str.casefold, words(text, "en"))
    return [snowball_stem(word, "en") for word in lower if word not in stopwords("en")]


def c99_count_given(document: Document) -> set[int]:
    """C99, given the number of stories."""
    return c99(document, len(document.starts))


def c99(document: Document, wanted: int | None = None) -> set[int]:
    """C99 (Choi 2000) over paragraphs: cosine ranks in an 11 x 11 mask, then divisive clustering by density.

    It stops where the gain in density falls by more than its mean and 1.2 deviations, as in the paper, or after
    `wanted` cuts.
    """
    vectors = [stems_of(piece) for piece in pieces_of(document)]
    count = len(vectors)
    if count < 3:
        return set()
    vocabulary = {term: at for at, term in enumerate(sorted({term for some in vectors for term in some}))}
    table = np.zeros((count, len(vocabulary)))
    for row, some in enumerate(vectors):
        for term in some:
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
    if wanted is not None:
        return set(order[:wanted])
    gains = np.diff(densities)
    smooth = np.convolve(gains, np.array([1, 2, 4, 8, 4, 2, 1]) / 22, mode="same") if len(gains) > 7 else gains
    drops = -np.diff(smooth)
    limit = drops.mean() + 1.2 * drops.std() if len(drops) else 0.0
    above = np.flatnonzero(drops > limit)
    return set(order[: int(above[-1]) + 1 if len(above) else 1])


# Measures


def boundary_similarity(true: frozenset[int], guess: set[int], near: int = 1) -> float:
    """Fournier's B: exact matches count 1, near ones a half, all that is missed or too much 0."""
    if not true and not guess:
        return 1.0
    matches = true & guess
    left, over = sorted(true - matches), sorted(guess - matches)
    halves = 0
    for place in left:
        close = [other for other in over if abs(other - place) <= near]
        if close:
            over.remove(close[0])
            halves += 1
    return (len(matches) + 0.5 * halves) / (len(true | guess) - halves)


def row_of(
    name: str, split: Callable[[Document], set[int]], made: Sequence[Document], whole: Sequence[Document]
) -> Row:
    errors, similarities, exact = [], [], []
    taken = time.process_time()
    for document in made:
        guess = split(document)
        sizes = [len(piece.split()) for piece in pieces_of(document)]
        errors.append(pk(sizes, document.starts, guess))
        similarities.append(boundary_similarity(document.starts, guess))
        exact.append(len(guess) == len(document.made.begins) - 1)
    taken = (time.process_time() - taken) / sum(len(document.made.text) for document in made) * 1e9
    one = [not split(document) for document in whole]
    return (
        name, f"{np.mean(errors):.3f}", f"{np.mean(similarities):.3f}", f"{100 * np.mean(exact):.1f} %",
        f"{100 * np.mean(one):.1f} %", f"{taken:.0f}",
    )  # fmt: skip


def table(data: Path = SHARED, *, fit: bool = False, count: int = 300) -> list[Row]:
    """The rows of the first table, its head first."""
    reports = read_reports(data)
    fresh = [report for report in reports if held_out(report)]
    made = [document for document in documents(fresh, count * 2, 2) if len(document.made.begins) > 1][:count]
    whole = [as_document(as_it_came(report)) for report in fresh]
    methods: list[tuple[str, Callable[[Document], set[int]]]] = [
        ("not split", never), ("every line", each_line), ("TextTiling (NLTK)", text_tiling), ("C99", c99), ("C99, number given", c99_count_given),
    ]  # fmt: skip
    if fit:
        known = [report for report in reports if not held_out(report)]
        methods.append(("ours, fitted without these rows", splitter(train(known, set(), count=2600, english=True))))
        methods.append(("ours, no words known", splitter(model_for("any"))))
    methods.append(("ours, as shipped", shipped))
    head = ("method", "Pk", "boundary similarity", "exact count", "one story whole", "ns per character")
    return [head, *(row_of(name, split, made, whole) for name, split in methods)]


def short_table(data: Path = SHARED, *, fit: bool = False, count: int = 300) -> list[Row]:
    """The same for pages of short reports, 2 to 8 of them; the last column is of single reports of two to five lines."""
    reports = read_reports(data)
    fresh = [report for report in reports if held_out(report)]
    made = [document for document in documents(fresh, count * 2, 3, short=1.0) if len(document.made.begins) > 1][:count]
    alone = documents(fresh, count * 2, 4, 1, short=1.0)
    whole = [document for document in alone if 2 <= len(document.paragraphs) <= 5]
    methods: list[tuple[str, Callable[[Document], set[int]]]] = [
        ("not split", never), ("every line", each_line), ("TextTiling (NLTK)", text_tiling), ("C99", c99),
        ("C99, number given", c99_count_given),
    ]  # fmt: skip
    if fit:
        known = [report for report in reports if not held_out(report)]
        methods.append(("ours, fitted without these rows", splitter(train(known, set(), count=2600, english=True))))
    methods.append(("ours, as shipped", shipped))
    head = ("short reports", "Pk", "boundary similarity", "exact count", "one story whole", "ns per character")
    return [head, *(row_of(name, split, made, whole) for name, split in methods)]


def as_it_came(report: Report) -> Concatenation:
    return Concatenation(
        "\n".join([*filter(None, [report.title]), *report.paragraphs]), (0,), "lines", (report.source,)
    )


# Languages

OWN = Path(__file__).parents[1]
_LAYOUTS = ("headline lines", "lines", "one line each", "mixed")


@dataclass(frozen=True)
class Own:
    """A story of this project: its language, its headline, its paragraphs."""

    language: str
    title: str
    paragraphs: tuple[str, ...]


def own_stories() -> list[Own]:
    """The project's own stories, those of tests/stories, of the golden file and of the seeds, whose form is known."""
    found = [
        Own(entry["language"], entry["title"], tuple(entry["text"].strip().split("\n")))
        for entry in tomllib.loads((OWN / "tests/summarizers/golden/stories.toml").read_text("utf-8"))["story"]
    ]
    for name in ("stories", "languages"):
        for line in (OWN / f"tests/stories/{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            title, _, body = row["text"].rpartition("\n")
            found.append(_own(row["language"], title, [body]))
    for path in sorted((OWN / "seeds").iterdir()):
        text = path.read_text("utf-8")
        if path.suffix == ".md":
            for block in text.split("\n## ")[1:]:
                title, *lines = [line for line in block.splitlines() if line.strip() and line[0] not in "#-*_["]
                found.append(_own(identify_language(text), title, lines))
        elif path.suffix == ".json":
            found.extend(
                _own(identify_language(text), row["title"], row["text"].splitlines()) for row in json.loads(text)
            )
        elif path.suffix == ".txt":
            found.extend(_own(identify_language(text), title, lines) for title, lines in _titled(text))
    return found


def _own(language: str, title: str, lines: Sequence[str]) -> Own:
    """A story; a single paragraph is laid out in lines of one or two sentences, by its length."""
    lines = [line for line in lines if line.strip()]
    if len(lines) == 1:
        said = sentences(lines[0], language)
        joint = "" if language in {"zh", "ja"} else " "
        step = 1 + len(lines[0]) % 2
        lines = [joint.join(said[at : at + step]) for at in range(0, len(said), step)]
    title = title or make_headline(Story(0, tuple(lines)), language)
    return Own(language, title, tuple(lines))


def _titled(text: str) -> list[tuple[str, list[str]]]:
    """The stories of a seed of plain lines; its headlines are its short lines without a stop."""
    found: list[tuple[str, list[str]]] = []
    for line in filter(str.strip, text.splitlines()):
        if len(line) < 90 and line[-1].isalnum():
            found.append((line, []))
        elif found and not re.match(r"[^a-z]{3,30}: ", line):  # a teaser behind the stories
            found[-1][1].append(line)
    return [(title, lines) for title, lines in found if len(lines) > 1]


def own_document(stories: Sequence[Own], layout: str, rng: random.Random) -> Concatenation:
    """Stories of one language with nothing between them but line breaks."""
    joint = "" if stories[0].language in {"zh", "ja"} else " "
    text, begins = "", []
    for story in stories:
        begins.append(len(text))
        here = rng.choice(_LAYOUTS[:3]) if layout == "mixed" else layout
        lines = list(story.paragraphs)
        # Under its headline a lead is longer than the headline, as on any page.
        if here == "one line each" or (here == "headline lines" and len(lines[0]) < 1.4 * len(story.title)):
            lines = [joint.join(lines)]
        for line in [story.title, *lines] if here == "headline lines" else lines:
            text += line + "\n"
    return Concatenation(text, tuple(begins), layout, (stories[0].language,))


def language_table(count: int = 60) -> list[Row]:
    """Documents of two to five own stories by language and layout: Pk and exact counts; and single stories whole."""
    by_language: dict[str, list[Own]] = {}
    for story in own_stories():
        by_language.setdefault(story.language, []).append(story)
    head = ("language", "stories", *(f"{layout}: Pk, exact" for layout in _LAYOUTS), "one story whole")
    rows: list[Row] = [head]
    for language, stories in sorted(by_language.items()):
        rng = random.Random(language)
        cells = []
        for layout in _LAYOUTS:
            # a report of one sentence has no headline that is shorter
            fit = [s for s in stories if layout != "headline lines" or len(" ".join(s.paragraphs)) > 1.4 * len(s.title)]
            if len(fit) < 5:
                cells.append("–")
                continue
            made = [
                as_document(own_document(rng.sample(fit, rng.randint(2, 5)), layout, rng), language)
                for _ in range(count)
            ]
            guessed = [shipped(document) for document in made]
            errors = [
                pk([len(piece) for piece in pieces_of(document)], document.starts, guess)
                for document, guess in zip(made, guessed, strict=True)
            ]
            exact = [len(guess) + 1 == len(document.made.begins) for document, guess in zip(made, guessed, strict=True)]
            cells.append(f"{np.mean(errors):.3f}  {100 * np.mean(exact):.0f} %")
        alone = [
            len(split_stories(own_document([story], layout, rng).text)) == 1
            for story in stories
            for layout in _LAYOUTS[:2]
        ]
        rows.append((language, str(len(stories)), *cells, f"{100 * np.mean(alone):.1f} %"))
    return rows


# Headlines

_NEVER_LAST = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "but", "nor", "as", "that",
               "its", "their", "his", "her"}  # fmt: skip


def headline_table(data: Path = SHARED) -> list[Row]:
    """Made headlines against the rows' own titles, beside the lead's first 90 characters; the table's head first."""
    from rouge_score import rouge_scorer

    scorer = rouge_scorer.RougeScorer(["rouge1"], use_stemmer=True)
    pairs = [(report.title, report) for report in read_reports(data) if report.title and held_out(report)]
    stories = [(title, replace(single_story("\n".join(report.paragraphs)), title=None)) for title, report in pairs]
    stories = [(title, story) for title, story in stories if story.paragraphs]

    def first_ninety(text: str) -> str:
        return re.sub(r"\s+", " ", text)[:MAX_LENGTH]

    rows: list[Row] = [("headline", "ROUGE-1", "ends well", "at most 90", "mean length", "rows")]
    for name, made in (
        ("first 90 characters of the lead", [first_ninety(story.body) for _, story in stories]),
        ("ours", [make_headline(story, "en") for _, story in stories]),
    ):
        scores = [scorer.score(title, text)["rouge1"].fmeasure for (title, _), text in zip(stories, made, strict=True)]
        well = [ends_well(text, story.body) for (_, story), text in zip(stories, made, strict=True)]
        rows.append(
            (
                name, f"{np.mean(scores):.3f}", f"{100 * np.mean(well):.1f} %",
                f"{100 * np.mean([len(text) <= MAX_LENGTH for text in made]):.1f} %",
                f"{np.mean([len(text) for text in made]):.0f}", str(len(made)),
            )
        )  # fmt: skip
    return rows


def ends_well(text: str, body: str) -> bool:
    """Whether the last word is whole and may be last."""
    words = re.findall(r"[\w'’.-]+", text)
    whole = set(re.findall(r"[\w'’-]+", body))
    return bool(words) and words[-1].casefold() not in _NEVER_LAST and re.findall(r"[\w'’-]+", words[-1])[-1] in whole


def show(rows: Sequence[Row]) -> None:
    from rich.console import Console
    from rich.table import Table

    drawn = Table()
    for at, head in enumerate(rows[0]):
        drawn.add_column(head, justify="right" if at else "left")
    for row in rows[1:]:
        drawn.add_row(*row)
    Console().print(drawn)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--languages", action="store_true", help="only the table of languages")
    arguments = parser.parse_args()
    if arguments.languages:
        show(language_table())
        return
    tables = {
        "languages": language_table(),
        "stories": table(arguments.data, fit=arguments.fit, count=arguments.documents),
        "short reports": short_table(arguments.data, fit=arguments.fit, count=arguments.documents),
        "headlines": headline_table(arguments.data),
    }
    if arguments.json:
        print(json.dumps(tables, indent=1))
        return
    for rows in tables.values():
        show(rows)


if __name__ == "__main__":
    main()
