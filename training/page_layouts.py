"""Fit of the layout model: the lines of a page that are text of stories, and headlines.

Fits the weights in summarizers/data/layout.json on pages whose article is known (`--data`, the folder of the
development sets: pages, and rows of news for plain text) and on pages of our own in twenty languages, which are made
of words that pages use (data/page_words.toml), invented lines (layout_pages.toml) and the project's own stories. No
text goes into the file: only weights of shapes, places and groups of words.

Each page comes twice, with bullets before its list items and without. Front pages are made from pages by putting
openings of other articles where the article stood.

`--check` prints what models reach that were fitted without the hosts they are measured on (five folds). `--write` fits
on all and writes the file; `--verify` fits in the same way and says whether the shipped file is what comes out.

    python -m training.page_layouts --data ../shared/data [--check] [--write] [--verify]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from benchmarks.quality_stories import own_stories
from summarizers.models import LinearModel, Network, read_thresholds
from summarizers.segmentation.layout_features import FIRST_PASS, SECOND_PASS, first_pass, second_pass
from summarizers.segmentation.layout_model import (
    HEADS,
    PAGE_FEATURES,
    LayoutModel,
    LayoutThresholds,
    LineScores,
    find_regions,
    page_features,
    score_lines,
)
from summarizers.segmentation.layout_titles import TITLE_FEATURES, first_candidate, title_candidates
from summarizers.segmentation.line_features import Floats, LineTable, bare_lines, read_lines
from summarizers.text.language import LANGUAGES, identify_language
from summarizers.text.scripts import HAN, HANGUL, KANA, SOUTHEAST_ASIAN
from summarizers.text.tables import load_table
from training.concatenations import concatenate, own_reports, read_reports
from training.layout_heads import LONGEST_LIST, vary_head

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "layout.json"
LINES = Path(__file__).parent / "layout_pages.toml"

FOLDS = 5
MEMBERS, HIDDEN = 3, 24
"""Networks whose mean is shipped, and units of the hidden layer of each."""

EPOCHS, BATCH, RATE, DECAY, DROPPED = 14, 256, 2e-3, 3e-4, 0.25
"""Passes over the data, rows in a step, step size, weight decay, and share of units left out in a step."""

EDGE_WEIGHT = 6.0
"""How much a line where a text begins or ends counts against one where none does."""

TITLE_PENALTY = 0.06
FIRST_PENALTY = 0.3
"""Penalties of the linear models: L2 of standardised weights, and scikit-learn's C."""

MADE_WEIGHT, UNTITLED_WEIGHT = 0.1, 0.3
"""How much a made page counts for the ranking of headlines, and a page whose headline was taken out, against a page."""

HEAD_WEIGHT = 0.5
"""How much a page with another head counts against the page."""


@dataclass
class TrainingPage:
    """A page's lines and which of them are text (1), which are not (0), which don't count (-1).

    Only the ranking of headlines is fitted to pages that are not `judged`.
    """

    name: str
    host: str
    lines: list[str]
    body: NDArray[np.int8]
    titles: frozenset[int] = frozenset()
    article: Counter[str] = field(default_factory=Counter)
    weight: float = 1.0
    front: bool = False
    judged: bool = True


# Words, as ../shared/measures counts them

_UNSPACED = re.compile(f"[{HAN}{HANGUL}{KANA}{SOUTHEAST_ASIAN}]")


def words_of(text: str) -> list[str]:
    """Casefolded words; those of scripts without spaces a character each."""
    found: list[str] = []
    for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").lower()):
        found += list(word) if _UNSPACED.search(word) else [word]
    return found


def word_f1(ours: Counter[str], theirs: Counter[str]) -> float:
    """F1 of two bags of words."""
    both = sum((ours & theirs).values())
    return 2 * both / max(1, sum(ours.values()) + sum(theirs.values()))


# Pages of the data

_SHORTEST_ALIGNED = 6
"""Words from which on a line is found in an article by its runs of four words."""

_BEFORE, _BEHIND = 25, 40
"""Lines between an article and a lonely line that repeats some of it, such as a teaser."""


def read_pages(folder: Path) -> list[TrainingPage]:
    """Pages of the development set, each as it is and without bullets."""
    found = []
    with gzip.open(folder / "pages" / "dev.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            lines = [line for line in row["dump"].split("\n") if line.strip()]
            body = align(lines, row["article"])
            article = Counter(words_of(row["article"]))
            for name, bare in (
                ("", lines),
                (" without bullets", [re.sub(r"^\s*[*+o•-](?:\s+|$)", "", line) for line in lines]),
            ):
                kept = [at for at, line in enumerate(bare) if line.strip()]
                left = [bare[at] for at in kept]
                titles = _title_lines(left, row["title"])
                found.append(TrainingPage(row["id"] + name, host_of(row), left, body[kept], titles, article))
    return found


def host_of(row: dict[str, str]) -> str:
    """Return a page's host where the page names it, else its id."""
    for pattern in (
        r"rel=[\"']?canonical[\"']?[^>]*href=[\"']https?://([^/\"']+)", r"og:url[\"'][^>]*content=[\"']https?://([^/\"']+)",
        r"content=[\"']https?://([^/\"']+)[^>]*og:url",
    ):  # fmt: skip
        if match := re.search(pattern, row["html"]):
            return match[1].lower().removeprefix("www.")
    return row["id"]


def _fours(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))]


def align(lines: Sequence[str], article: str) -> NDArray[np.int8]:
    """Return which lines are the article's: 1, 0, or -1 where it can't be told."""
    known = set(_fours(words_of(article)))
    whole = {" ".join(words_of(line)) for line in article.split("\n")}
    joined = f" {' '.join(words_of(article))} "
    read = [words_of(line) for line in lines]
    sure = [
        at
        for at, words in enumerate(read)
        if len(words) >= _SHORTEST_ALIGNED and 2 * sum(four in known for four in _fours(words)) >= len(words) - 3
    ]
    total = sum(len(lines[at]) for at in sure)
    while len(sure) > 1:
        if sure[1] - sure[0] > _BEFORE and len(lines[sure[0]]) < 0.1 * total:
            sure.pop(0)
        elif sure[-1] - sure[-2] > _BEHIND and len(lines[sure[-1]]) < 0.05 * total:
            sure.pop()
        else:
            break
    body = np.zeros(len(lines), dtype=np.int8)
    if not sure:
        return body
    body[sure] = 1
    inside = set(sure)
    for at in range(sure[0], sure[-1] + 1):
        text = " ".join(read[at])
        if at not in inside and len(read[at]) < _SHORTEST_ALIGNED:
            body[at] = 1 if text in whole else -1 if f" {text} " in joined else 0
    for step, at in ((-1, sure[0] - 1), (1, sure[-1] + 1)):
        missed = 0
        while 0 <= at < len(lines) and missed < 3:
            text = " ".join(read[at])
            missed = 0 if text in whole and text else missed + bool(text)
            body[at] = max(body[at], int(text in whole and bool(text)))
            at += step
    return body


def _title_lines(lines: Sequence[str], title: str | None) -> frozenset[int]:
    """Return the lines that are a page's title; where none is, those nearly so."""
    title = " ".join(words_of(title or ""))
    read = [" ".join(words_of(line)) for line in lines]
    exact = [at for at, text in enumerate(read) if title and text == title]
    near = [at for at, text in enumerate(read) if title and len(text) > 20 and (text in title or title in text)]
    shortest = min((len(read[at]) for at in near), default=0)
    return frozenset(exact or [at for at in near if len(read[at]) <= shortest + 12])


# Pages made of others


def with_promos(pages: Sequence[TrainingPage], seed: int) -> list[TrainingPage]:
    """Return pages with invented lines of a site about itself within their articles."""
    rng = random.Random(seed)
    invented = tomllib.loads(LINES.read_text("utf-8"))
    made = []
    for page in pages:
        text = np.flatnonzero(page.body == 1)
        language = page_language(page.lines)
        if len(text) < _FEWEST_AROUND or language not in invented:
            continue
        lines, body = list(page.lines), page.body.tolist()
        places = sorted(rng.sample(text[1:].tolist(), rng.randint(1, 3)), reverse=True)
        for at in places:
            group = "promos" if rng.random() < 0.7 else "notices"
            lines.insert(at, rng.choice(invented[language][group]))
            body.insert(at, 0)
        titles = frozenset(at + sum(place <= at for place in places) for at in page.titles)
        marks = np.array(body, dtype=np.int8)
        made.append(
            TrainingPage(page.name + " with promos", page.host, lines, marks, titles, page.article, page.weight)
        )
    return made


_FEWEST_AROUND = 4
"""Lines of an article that lines are put into."""


def with_heads(pages: Sequence[TrainingPage], seed: int) -> list[TrainingPage]:
    """Return pages with other heads: details, captions, standfirsts, lists of headlines."""
    rng = random.Random(seed)
    made = []
    invented = tomllib.loads(LINES.read_text("utf-8"))
    pool = [page.lines[min(page.titles)].lstrip("*+ ") for page in pages if page.titles]
    for page in pages:
        if page.front:
            continue
        language = page_language(page.lines)
        own = page.host.startswith("own ")
        others = invented[language]["headlines"] if own else [rng.choice(pool) for _ in range(2 * LONGEST_LIST)]
        notices = invented.get(language, {}).get("notices", [])
        head = vary_head(page.lines, page.body.tolist(), page.titles, others, notices, language, rng)
        if head is not None:
            marks = np.array(head.body, dtype=np.int8)
            made.append(
                TrainingPage(
                    page.name + " with head",
                    page.host,
                    head.lines,
                    marks,
                    head.titles,
                    page.article,
                    HEAD_WEIGHT * page.weight,
                    judged=False,
                )
            )
    return made


def front_pages(pages: Sequence[TrainingPage], count: int, seed: int) -> list[TrainingPage]:
    """Front pages: around the openings of other articles, what stood around an article."""
    rng = random.Random(seed)
    made = []
    sources = [page for page in pages if page.titles and (page.body == 1).sum() > 1]
    for number in range(count):
        around = rng.choice(sources)
        text = np.flatnonzero(around.body == 1)
        head = min(around.titles | {int(text[0])})
        above, rest = list(around.lines[:head]), list(around.lines[text[-1] + 1 :])
        if rng.random() < 0.5:  # a page of few lines
            above, rest = above[: rng.randint(1, 8)], rest[-rng.randint(1, 8) :]
        lines, body, rest_body = list(above), [0] * len(above), [0] * len(rest)
        side = [line for line, mark in zip(around.lines, around.body, strict=True) if mark == 0]
        bullets = any(line.startswith("* ") for line in around.lines)
        titles = []
        style = rng.random()
        for other in rng.sample(sources, min(len(sources), rng.randint(2, 9))):
            if other.host == around.host:
                continue
            if rng.random() < 0.4:
                lines.append(
                    rng.choice(["2 hours ago", "Yesterday", "3h", "Business", "WORLD", "19 Nov 2019", "10:42 am"])
                )
                body.append(0)
            if style < 0.8:
                titles.append(len(lines))
                lines.append(("* " if bullets and style < 0.3 else "") + other.lines[min(other.titles)].lstrip("* "))
                body.append(-1)
            for piece in _opening([other.lines[at] for at in np.flatnonzero(other.body == 1)], rng):
                lines.append(piece)
                body.append(1)
            if rng.random() < 0.3:
                lines.append(
                    rng.choice(
                        ["Read more", "Continue reading", "Share", "12 comments", "Photo: Lantern", "By Ada Quill"]
                    )
                )
                body.append(0)
            if rng.random() < 0.25 and len(side) > 12:
                at = rng.randrange(len(side) - 8)
                some = side[at : at + rng.randint(2, 8)]
                lines += some
                body += [0] * len(some)
        lines += rest
        body += rest_body
        made.append(
            TrainingPage(
                f"front {number}",
                around.host,
                lines,
                np.array(body, dtype=np.int8),
                frozenset(titles),
                front=True,
            )
        )
    return made


def _opening(paragraphs: Sequence[str], rng: random.Random) -> list[str]:
    """Return an article's opening as a teaser has it: a paragraph or two, or cut off."""
    text = [piece for piece in paragraphs if len(piece) > 60][:2] or list(paragraphs[:1])
    first = text[0]
    way = rng.random()
    if way < 0.5 or len(first) < 120:
        return text[: 1 + (rng.random() < 0.25)]
    cut = first[: rng.randint(110, min(len(first), 400))].rsplit(" ", 1)[0]
    return [cut + rng.choice(["", "…", "...", " Read more", " [...]"])]


PLAIN_BETWEEN = (
    "",
    "",
    "",
    "---",
    "* * *",
    "By Ada Quill",
    "12 March 2026",
    "(Lantern)",
    "Photo: Lantern",
    "Read more",
)
"""Lines between the stories of plain documents, one kind in a document."""


def plain_documents(folder: Path, count: int, seed: int) -> list[TrainingPage]:
    """Documents without anything but stories."""
    rng = random.Random(seed)
    reports = [*read_reports(folder), *own_reports()]
    made = []
    for number in range(count):
        document = concatenate(reports, rng, count=rng.choice([1, 1, 2, 3, 5, 8, 30]), short=0.3)
        between = rng.choice(PLAIN_BETWEEN)
        begins = set(document.begins)
        lines: list[str] = []
        at = 0
        for line in document.text.split("\n"):
            if line.strip():
                if at in begins and between and lines:
                    lines.append(between)
                lines.append(line)
            at += len(line) + 1
        body = np.array([1 if len(line) > 100 or line.strip()[-1] in '.!?”"' else -1 for line in lines], dtype=np.int8)
        made.append(TrainingPage(f"plain {number}", f"plain {number}", lines, body, weight=0.3))
    return made


def plain_lists(pages: Sequence[TrainingPage], count: int, seed: int) -> list[TrainingPage]:
    """Return lists of teasers of one form with nothing around them."""
    rng = random.Random(seed)
    sources = [page for page in pages if page.titles and (page.body == 1).sum() > 1]
    made = []
    for number in range(count):
        head = rng.sample(["https://example.org/{}", "{} March 2026", "By Ada Quill", "{} min read"], rng.randint(0, 3))
        foot = rng.choice([[], [], ["Read more"], ["Share"], ["{} comments", "Share"]])
        lines: list[str] = []
        body: list[int] = []
        for at, other in enumerate(rng.sample(sources, min(len(sources), rng.randint(3, 12)))):
            title = other.lines[min(other.titles)].lstrip("* ")
            text = _opening([other.lines[place] for place in np.flatnonzero(other.body == 1)], rng)
            for mark, some in ((-1, [title]), (0, head), (1, text), (0, foot)):
                lines += [line.format(at + 1) if mark == 0 else line for line in some]
                body += [mark] * len(some)
        made.append(
            TrainingPage(
                f"list {number}", f"plain {number}", lines, np.array(body, dtype=np.int8), weight=0.4, front=True
            )
        )
    return made


# Pages of our own


def own_pages(count: int, seed: int) -> list[TrainingPage]:
    """Invented pages in each language: articles and front pages."""
    rng = random.Random(seed)
    invented = tomllib.loads(LINES.read_text("utf-8"))
    stories: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for story in own_stories():
        stories[story.language].append((story.title, list(story.paragraphs)))
    for language, table in invented.items():
        for text in table.get("stories", ()):
            stories[language].append((rng.choice(table["headlines"]), text.split("\n")))
    return [
        _own_page(language, invented[language], stories[language], rng, number)
        for language in LANGUAGES
        for number in range(count)
    ]


def _own_page(
    language: str, invented: dict[str, list[str]], stories: list[tuple[str, list[str]]], rng: random.Random, number: int
) -> TrainingPage:
    """One page; four of ten are front pages."""
    groups = {
        name: [entry.strip() for entry in words.split("|") if "*" not in entry]
        for name, words in load_table("page_words.toml")[language].items()
    }
    bullet = rng.choice(["* ", "", "", "+ "])
    lines: list[str] = []
    body: list[int] = []
    titles: list[int] = []

    def add(mark: int, *some: str) -> None:
        lines.extend(some)
        body.extend([mark] * len(some))

    def said(group: str) -> str:
        entry = rng.choice(groups[group])
        return str(entry[:1].upper() + entry[1:])

    def menu(least: int, most: int) -> None:
        names = [said("menu") for _ in range(rng.randint(least, most))]
        if rng.random() < 0.2:
            add(0, " | ".join(names))
        else:
            add(0, *(bullet + name for name in names))

    def moment() -> str:
        date = rng.choice(["{d}.{m:02}.{y} {h}:{n:02}", "{y}-{m:02}-{d:02}", "{d}/{m:02}/{y}", "{h}:{n:02}"])
        when = date.format(
            d=rng.randint(1, 28),
            m=rng.randint(1, 12),
            y=rng.randint(2015, 2026),
            h=rng.randint(7, 22),
            n=rng.randint(0, 59),
        )
        return rng.choice([when, f"{said('ages')} {when}", f"{said('ages')}: {when}"])

    def links(most: int) -> None:
        add(0, said("related"))
        add(0, *(bullet + rng.choice(invented["headlines"]) for _ in range(rng.randint(1, most))))

    if rng.random() < 0.4:
        add(0, rng.choice(invented["notices"]), said("consent"))
    menu(3, 22)
    if rng.random() < 0.4:
        add(0, *(said("share") for _ in range(rng.randint(1, 3))))
    front = number % 10 in {5, 6, 7, 8}
    chosen = rng.sample(stories, min(len(stories), rng.randint(3, 6)))
    if front:
        for title, paragraphs in chosen:
            if rng.random() < 0.5:
                add(0, rng.choice([moment(), said("menu")]))
            titles.append(len(lines))
            add(-1, title)
            add(1, *_opening([" ".join(paragraphs) if rng.random() < 0.5 else paragraphs[0]], rng))
            if rng.random() < 0.3:
                add(0, said("more"))
    else:
        title = chosen[0][0]
        if rng.random() < 0.3:
            add(0, f"{said('menu')} > {said('menu')} > {title}")
        titles.append(len(lines))
        add(-1, title)
        head = [
            moment(),
            f"{said('share')}",
            rng.choice(["Ada Quill", "A. Quill", "Jonas Berg"]),
            f"{said('captions')}: Lantern",
        ]
        add(0, *rng.sample(head, rng.randint(0, 4)))
        paragraphs = [paragraph for _, some in chosen for paragraph in some][: rng.randint(2, 9)]
        for at, paragraph in enumerate(paragraphs):
            add(1, paragraph)
            if at + 1 < len(paragraphs) and rng.random() < 0.25:
                add(
                    0,
                    rng.choice(
                        [
                            said("offers"),
                            said("more"),
                            f"{said('captions')}: Lantern",
                            rng.choice(invented["notices"]),
                            rng.choice(invented["promos"]),
                        ]
                    ),
                )
        add(0, *(said("share") for _ in range(rng.randint(0, 5))))
    if rng.random() < 0.7:
        links(6)
    if rng.random() < 0.5:
        add(0, *rng.sample(invented["notices"], 2))
    if not front and rng.random() < 0.5:
        add(0, said("comments"))
        for remark in rng.sample(invented["remarks"], rng.randint(1, len(invented["remarks"]))):
            add(0, rng.choice(["Ada", "jberg_77", "Reader 12"]), moment(), remark, said("comments"))
    menu(2, 10)
    add(0, f"© {rng.randint(2010, 2026)} Lantern. {said('rights')}")
    if rng.random() < 0.5:
        add(0, rng.choice(invented["notices"]))
    return TrainingPage(
        f"own {language} {number}",
        f"own {language}",
        lines,
        np.array(body, dtype=np.int8),
        frozenset(titles),
        weight=0.4,
        front=front,
    )


def own_lists(count: int, seed: int) -> list[TrainingPage]:
    """Return an article and teasers in each language with nothing around them but marks between.

    A mark closes or opens each: a link to the rest, how long ago it came out, a button.
    """
    rng = random.Random(seed)
    invented = tomllib.loads(LINES.read_text("utf-8"))
    ago = load_table("page_words.toml")["ago"]
    stories: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for story in own_stories():
        stories[story.language].append((story.title, list(story.paragraphs)))
    made = []
    for language in LANGUAGES:
        words = load_table("page_words.toml")[language]
        for text in invented[language].get("stories", ()):
            stories[language].append((rng.choice(invented[language]["headlines"]), text.split("\n")))
        for number in range(count):
            group = ("more", "ago", "share", "")[number % 4]
            table = {**words, "ago": ago[language]}
            marks = [entry.strip() for entry in table.get(group, "").split("|") if "*" not in entry]
            titled = rng.random() < 0.5
            lines: list[str] = []
            body: list[int] = []
            chosen = rng.sample(stories[language], min(len(stories[language]), rng.randint(3, 6)))
            mark = rng.choice(marks)
            for at, (title, paragraphs) in enumerate(chosen):
                said = f"{rng.randint(2, 23)} {mark}" if group == "ago" else mark
                pieces = paragraphs if not at else [" ".join(paragraphs[:2])]
                above = [(0, said)] if group == "ago" else []
                behind = [(0, said)] if group in {"more", "share"} else []
                for kind, line in (
                    *above,
                    *([(-1, title)] if titled else []),
                    *((1, piece) for piece in pieces),
                    *behind,
                ):
                    lines.append(line[:1].upper() + line[1:])
                    body.append(kind)
            made.append(
                TrainingPage(
                    f"own list {language} {number}",
                    f"plain own {language}",
                    lines,
                    np.array(body, dtype=np.int8),
                    weight=0.4,
                    front=True,
                )
            )
    return made


# Fit


@dataclass
class Described:
    """A page with the tables that the model sees."""

    page: TrainingPage
    table: LineTable
    first: Floats
    marks: NDArray[np.float64]
    weights: NDArray[np.float64]


def describe(page: TrainingPage) -> Described:
    """Read a page's lines; mark where its text begins and ends."""
    text = "\n".join(page.lines)
    ends = np.cumsum([len(line) + 1 for line in page.lines])
    spans = [(int(end) - len(line) - 1, int(end) - 1) for line, end in zip(page.lines, ends, strict=True)]
    table = read_lines(text, spans, page_language(page.lines))
    marks = np.zeros((len(page.lines), len(HEADS)))
    marks[:, 0] = page.body == 1
    is_text = np.flatnonzero(page.body == 1)
    if page.front:
        regions = [(int(at), int(at) + 1) for at in is_text]
        for (start, end), (after, _) in pairwise([*regions, (len(page.lines) + 9, 0)]):
            if not start or page.body[start - 1] != 1:
                marks[start, 1] = 1
            if end < len(page.lines) and after > end:
                marks[end, 2] = 1
    elif len(is_text) and page.host[:6] != "plain ":
        marks[is_text[0], 1] = 1
        if is_text[-1] + 1 < len(page.lines):
            marks[is_text[-1] + 1, 2] = 1
    weights = page.weight * page.judged * np.sqrt(table.units + 1) * (page.body >= 0)
    return Described(page, table, first_pass(table), marks, weights)


def page_language(lines: Sequence[str]) -> str:
    """Return the language of a page, by its longest lines."""
    return identify_language("\n".join(sorted(lines, key=len)[-8:]))


def fit_first(pages: Sequence[Described]) -> LinearModel:
    """Fit the first judgement: logistic regression, with weights for raw features."""
    judged = [page for page in pages if page.page.judged]
    rows = np.concatenate([page.first for page in judged])
    target = np.concatenate([page.marks[:, 0] for page in judged])
    weights = np.concatenate([page.weights for page in judged])
    return _logistic(rows, target, weights, FIRST_PASS)


def _logistic(rows: Floats, target: Floats, weights: Floats, names: Sequence[str]) -> LinearModel:
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    model = LogisticRegression(C=FIRST_PENALTY, max_iter=400).fit((rows - mean) / scale, target, sample_weight=weights)
    raw = model.coef_[0] / scale
    table = dict(zip(names, raw.tolist(), strict=True))
    return LinearModel.from_table(float(model.intercept_[0] - raw @ mean), table, names)


def fit_network(rows: Floats, marks: Floats, weights: Floats) -> dict[str, Any]:
    """Fit the second judgement: the mean of some networks, itself a network."""
    members = [_fit_member(rows, marks, weights, seed) for seed in range(MEMBERS)]
    table = members[0]
    for member in members[1:]:
        table["hidden"] = np.hstack([table["hidden"], member["hidden"]]).tolist()
        table["hidden_bias"] = [*table["hidden_bias"], *member["hidden_bias"]]
        table["output"] = [*table["output"], *member["output"]]
        table["output_bias"] = np.add(table["output_bias"], member["output_bias"]).tolist()
    for name in ("output", "output_bias"):
        table[name] = np.round(np.array(table[name]) / MEMBERS, 4).tolist()
    return table


def _fit_member(rows: Floats, marks: Floats, weights: Floats, seed: int) -> dict[str, Any]:
    """Fit one network by Adam; each head is a logistic loss of its own."""
    rng = np.random.default_rng(seed)
    most = 4.0
    mean, scale = rows.mean(0), rows.std(0) + 1e-6
    inputs = np.clip((rows - mean) / scale, -most, most).astype(np.float32)
    costs = np.column_stack(
        [weights / weights.mean(), *((weights > 0) * np.where(marks[:, head] > 0, EDGE_WEIGHT, 1.0) for head in (1, 2))]
    ).astype(np.float32)
    target = marks.astype(np.float32)
    size = inputs.shape[1]
    layers = [
        rng.normal(0, size**-0.5, (size, HIDDEN)), np.zeros(HIDDEN), rng.normal(0, HIDDEN**-0.5, (HIDDEN, len(HEADS))), np.zeros(len(HEADS)),
    ]  # fmt: skip
    layers = [layer.astype(np.float32) for layer in layers]
    first = [np.zeros_like(layer) for layer in layers]
    second = [np.zeros_like(layer) for layer in layers]
    step = 0
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS) + 1e-4
        for batch in np.array_split(rng.permutation(len(inputs)), max(1, len(inputs) // BATCH)):
            seen = inputs[batch] * (rng.random((len(batch), size), dtype=np.float32) > DROPPED / 2) / (1 - DROPPED / 2)
            sums = seen @ layers[0] + layers[1]
            mask = (rng.random(sums.shape, dtype=np.float32) > DROPPED) / np.float32(1 - DROPPED)
            inner = np.maximum(0, sums) * mask
            chances = 1 / (1 + np.exp(-(inner @ layers[2] + layers[3])))
            slope = (chances - target[batch]) * costs[batch] / len(batch)
            back = slope @ layers[2].T * (sums > 0) * mask
            slopes = [seen.T @ back + DECAY * layers[0], back.sum(0), inner.T @ slope + DECAY * layers[2], slope.sum(0)]
            step += 1
            for at, gradient in enumerate(slopes):
                first[at] = 0.9 * first[at] + 0.1 * gradient
                second[at] = 0.999 * second[at] + 0.001 * gradient**2
                moved = first[at] / (1 - 0.9**step) / (np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
                layers[at] = (layers[at] - rate * moved).astype(np.float32)
    names = ("hidden", "hidden_bias", "output", "output_bias")
    table: dict[str, Any] = {"features": list(SECOND_PASS), "most": most}
    table |= {
        name: np.round(values, 5).tolist() for name, values in (("mean", mean), ("scale", np.maximum(scale, 1e-4)))
    }
    return table | {name: np.round(layer, 4).tolist() for name, layer in zip(names, layers, strict=True)}


PARTS = 3
"""Parts of the pages that are judged by models fitted to the others, for the models that build on these judgements."""


def fit(pages: Sequence[Described], limits: LayoutThresholds) -> LayoutModel:
    """Fit all parts of the model, each on judgements of pages that the earlier hasn't seen."""
    groups = [_part(page) for page in pages]
    logits: dict[int, Floats] = {}
    for part in range(PARTS):
        model = fit_first([page for page, group in zip(pages, groups, strict=True) if group != part])
        for at, page in enumerate(pages):
            if groups[at] == part:
                logits[at] = np.clip(page.first @ np.array(model.weights) + model.bias, -limits.clip, limits.clip)
    rows = [second_pass(page.table, page.first, logits[at]) for at, page in enumerate(pages)]
    first = fit_first(pages)
    heads: dict[int, Floats] = {}
    for part in range(PARTS):
        chosen = [at for at in range(len(pages)) if groups[at] != part]
        network = Network.from_table(_network(pages, rows, chosen), SECOND_PASS)
        for at in range(len(pages)):
            if groups[at] == part:
                heads[at] = np.clip(network.logits(rows[at]), -limits.clip, limits.clip)
    network = Network.from_table(_network(pages, rows, range(len(pages))), SECOND_PASS)
    scored = [(page, LineScores(rows[at], logits[at], heads[at])) for at, page in enumerate(pages)]
    return LayoutModel(first, network, fit_titles(scored, limits), fit_pages(scored), limits)


def _part(page: Described) -> int:
    return blake2b(page.page.host.encode(), digest_size=2).digest()[0] % PARTS


def _network(pages: Sequence[Described], rows: Sequence[Floats], some: Sequence[int]) -> dict[str, Any]:
    chosen = [at for at in some if pages[at].page.judged]
    return fit_network(
        np.concatenate([rows[at] for at in chosen]),
        np.concatenate([pages[at].marks for at in chosen]),
        np.concatenate([pages[at].weights for at in chosen]),
    )


def fit_pages(scored: Sequence[tuple[Described, LineScores]]) -> LinearModel:
    """Fit what tells a page from plain text."""
    rows = np.array([page_features(page.table, scores) for page, scores in scored])
    target = np.array([not page.page.host.startswith("plain ") for page, _ in scored])
    return _logistic(rows, target, np.ones(len(rows)), PAGE_FEATURES)


FRONT_TITLES = 3
"""Teasers of a front page whose headlines are fitted to."""


def front_regions(page: Described) -> list[tuple[int, int, int]]:
    """Return the teasers of a front page: the end of the one before, and the lines of each."""
    found: list[tuple[int, int, int]] = []
    at = 0
    text = page.page.body == 1
    while at < len(text):
        if text[at]:
            end = at
            while end < len(text) and text[end]:
                end += 1
            found.append((found[-1][2] if found else 0, at, end))
            at = end
        at += 1
    return found


def fit_titles(scored: Sequence[tuple[Described, LineScores]], limits: LayoutThresholds) -> LinearModel:
    """Fit the ranking of headlines: a softmax over the lines above a text, none with logit 0.

    Each page is seen once more without its headline, so that none is the right answer.
    """
    cases: list[tuple[Floats, NDArray[np.bool_], float]] = []
    for page, scores in scored:
        if page.page.host.startswith("plain "):
            continue
        if page.page.front:
            regions = front_regions(page)[:FRONT_TITLES]
        else:
            texts = find_regions(scores.heads, limits)
            sizes = [float(page.table.units[start:end].sum()) for start, end in texts]
            longest = sizes.index(max(sizes))
            regions = [(first_candidate(texts, longest, page.table.units), *texts[longest])]
        weight = MADE_WEIGHT if page.page.front or page.page.host.startswith("own ") else page.page.weight
        for first, start, end in regions:
            places, rows = title_candidates(
                bare_lines(page.page.lines), page.table, scores.rows, scores.heads[:, 0], first, start, end
            )
            right = np.array([int(at) in page.page.titles for at in places], dtype=bool)
            cases.append((rows, right, weight))
            if not page.page.front and right.any() and (~right).any():
                cases.append((rows[~right], right[~right], weight * UNTITLED_WEIGHT))
    every = np.concatenate([rows for rows, _, _ in cases])
    mean, scale = every.mean(0), every.std(0) + 1e-6
    standard = [(np.clip((rows - mean) / scale, -4, 4), right, weight) for rows, right, weight in cases]
    size = sum(weight for _, _, weight in cases)

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = 0.0, np.zeros_like(weights)
        for rows, right, weight in standard:
            logits = np.append(rows @ weights[:-1] + weights[-1], 0.0)
            wanted = np.append(right, not right.any())
            chances = np.exp(logits - logits.max())
            chances /= chances.sum()
            hit = (chances * wanted).sum() + 1e-12
            total -= weight * np.log(hit)
            moved = weight * (chances * wanted / hit - chances)
            slope[:-1] -= rows.T @ moved[:-1]
            slope[-1] -= moved[:-1].sum()
        kept = np.append(weights[:-1], 0.0)
        return total / size + TITLE_PENALTY * kept @ kept, slope / size + 2 * TITLE_PENALTY * kept

    found = minimize(loss, np.zeros(every.shape[1] + 1), jac=True, method="L-BFGS-B").x
    raw = found[:-1] / scale
    return LinearModel.from_table(
        float(found[-1] - raw @ mean), dict(zip(TITLE_FEATURES, raw.tolist(), strict=True)), TITLE_FEATURES
    )


# Measures


def judge(page: Described, model: LayoutModel) -> tuple[list[tuple[int, int]], LineScores]:
    """Return the regions of a page and its scores."""
    scores = score_lines(page.table, model)
    return find_regions(scores.heads, model.thresholds), scores


def title_of(
    page: Described, model: LayoutModel, scores: LineScores, region: tuple[int, int], first: int = 0
) -> int | None:
    """Return the line that the model takes for a region's headline."""
    places, rows = title_candidates(
        bare_lines(page.page.lines), page.table, scores.rows, scores.heads[:, 0], first, *region
    )
    if not len(places):
        return None
    logits = rows @ np.array(model.titles.weights) + model.titles.bias
    best = int(np.argmax(logits))
    return int(places[best]) if logits[best] > model.thresholds.title else None


def check(folder: Path) -> None:
    """Print what models reach on pages of hosts that they were not fitted to."""
    pages = read_pages(folder)
    others = made_pages(folder)
    found: dict[str, list[float]] = defaultdict(list)
    for fold in range(FOLDS):
        fresh = [page for page in pages if _fold(page) == fold]
        model = fit_on([page for page in pages if _fold(page) != fold], others, fold)
        for page in map(describe, fresh):
            regions, scores = judge(page, model)
            bags = [
                Counter(word for line in page.page.lines[start:end] for word in words_of(line))
                for start, end in regions
            ]
            best = max(range(len(regions)), key=lambda at: word_f1(bags[at], page.page.article))
            found["F1"].append(word_f1(bags[best], page.page.article))
            found["at least .8"].append(found["F1"][-1] >= 0.8)
            found["other regions"].append(len(regions) - 1)
            found["headline line"].append(title_of(page, model, scores, regions[best]) in page.page.titles)
        for page in map(describe, front_pages(fresh, FRONTS // FOLDS, fold)):
            regions, _ = judge(page, model)
            inside = {at for start, end in regions for at in range(start, end)}
            text = np.flatnonzero(page.page.body == 1).tolist()
            found["teasers of front pages"].append(float(np.mean([at in inside for at in text])))
            found["regions without text"].append(sum(not page.page.body[start:end].any() for start, end in regions))
    for name, values in found.items():
        print(f"{name:24} {np.mean(values):.3f}  ({len(values)} pages)")


FRONTS, LISTS, OWN, OWN_LISTS, PLAIN = 120, 60, 10, 8, 150
"""Made front pages, lists of teasers, own pages and lists of each language, and plain documents that are fitted to."""


def _fold(page: TrainingPage) -> int:
    return blake2b(page.host.encode(), digest_size=2).digest()[1] % FOLDS


def made_pages(folder: Path) -> list[Described]:
    """Return pages of our own and plain documents, described."""
    own = own_pages(OWN, 1)
    made = (*own, *with_heads(own, 4), *own_lists(OWN_LISTS, 3), *plain_documents(folder, PLAIN, 2))
    return [describe(page) for page in made]


def fit_on(pages: Sequence[TrainingPage], made: Sequence[Described], seed: int) -> LayoutModel:
    """Fit the model to pages, pages made of them and `made` ones, with the shipped thresholds."""
    altered = (
        *with_promos(pages, seed),
        *with_heads(pages, seed),
        *front_pages(pages, FRONTS, seed),
        *plain_lists(pages, LISTS, seed),
    )
    return fit([*map(describe, pages), *map(describe, altered), *made], read_limits())


def read_limits() -> LayoutThresholds:
    """Return the file's thresholds, which a new fit keeps."""
    return LayoutThresholds(**read_thresholds(json.loads(TABLE.read_text("utf-8"))["thresholds"]))


SOURCE = (
    "Weights, no text: fitted by training/page_layouts.py --write on the development pages (../shared/data, not part of the project), on rows of "
    "news as plain documents, and on invented pages in twenty languages (training/layout_pages.toml), with the versions of requirements/; "
    "--verify fits again and compares. first: logistic weights of raw features; second: a network of one hidden layer; titles: softmax "
    "weights of headlines, pages: logistic weights of documents. thresholds: each fitted or by judgement, kept by a new fit."
)


def fitted(folder: Path) -> str:
    """The file's text: the model fitted on all pages."""
    model = fit_on(read_pages(folder), made_pages(folder), 0)

    def linear(part: LinearModel, names: Sequence[str]) -> dict[str, Any]:
        weights = {name: round(value, 5) for name, value in zip(names, part.weights, strict=True)}
        return {"bias": round(part.bias, 5), "weights": weights}

    network = model.second
    layers = ("mean", "scale", "hidden", "hidden_bias", "output", "output_bias")
    table = {
        "source": SOURCE,
        "thresholds": json.loads(TABLE.read_text("utf-8"))["thresholds"],
        "first": linear(model.first, FIRST_PASS),
        "second": {
            "features": list(SECOND_PASS),
            "most": network.most,
            **{name: getattr(network, name).tolist() for name in layers},
        },
        "titles": linear(model.titles, TITLE_FEATURES),
        "pages": linear(model.pages, PAGE_FEATURES),
    }
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> None:
    """Check, fit, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--verify", action="store_true")
    arguments = parser.parse_args()
    if arguments.check:
        check(arguments.data)
    if arguments.write:
        TABLE.write_text(fitted(arguments.data), "utf-8")
    if arguments.verify:
        same = TABLE.read_text("utf-8") == fitted(arguments.data)
        print("the shipped file is what the fit gives, byte for byte" if same else "the fit gives another file")
        raise SystemExit(not same)


if __name__ == "__main__":
    main()
