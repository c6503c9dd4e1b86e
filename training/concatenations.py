"""Documents of several stories with only line breaks between, made from rows of news.

Stories of different sources are laid out in different ways (native paragraphs, a sentence a line, some sentences a
line, wrapped at a fixed width, all in one line and cut off) and joined; where each begins is known. For training and
measuring only: nothing of these texts is shipped.
"""

from __future__ import annotations

import json
import random
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from summarizers.text.sentences import sentences

__all__ = ["Concatenation", "Report", "concatenate", "held_out", "own_reports", "read_reports"]


@dataclass(frozen=True)
class Report:
    """A story of the data: where it is from, its headline where known, its paragraphs."""

    id: str
    source: str
    title: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Concatenation:
    """A document and where its stories begin (characters); `kind` names its layout."""

    text: str
    begins: tuple[int, ...]
    kind: str
    sources: tuple[str, ...]


def held_out(report: Report) -> bool:
    """Return True for rows kept for measuring: three of ten, by a hash of their id."""
    return blake2b(report.id.encode(), digest_size=2).digest()[0] < 77


def read_reports(folder: Path) -> list[Report]:
    """All stories of ../shared/data; a row that is in two sets comes once."""
    reports: dict[str, Report] = {}
    for name in ("summarization", "countries", "topics", "events"):
        for line in (folder / name / "dev.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            report = _report(name, row)
            if sum(map(len, report.paragraphs)) >= 80:
                reports.setdefault(" ".join(report.paragraphs)[:200], report)
    return list(reports.values())


def own_reports() -> list[Report]:
    """Read the project's own stories: those that topics are learned from, and longer ones."""
    here = Path(__file__).parent
    short = [
        Report(f"{path.stem}-{number}", "own", None, (line,))
        for path in sorted((here / "topics_stories").glob("*.txt"))
        for number, line in enumerate(path.read_text("utf-8").splitlines())
        if len(line) > 80 and not line.startswith("#")
    ]
    _, *blocks = (here / "boundaries_stories.txt").read_text("utf-8").strip().split("\n\n")
    return short + [
        Report(f"long-{number}", "own long", None, tuple(block.splitlines())) for number, block in enumerate(blocks)
    ]


def _report(name: str, row: dict[str, str]) -> Report:
    """Return a row as a report, its headline taken off where its source puts one first."""
    lines = [line.strip() for line in row["text"].splitlines() if line.strip()]
    source = _source(name, row)
    title = row.get("title")
    if len(lines) > 1 and (
        source in {"reuters", "masakha", "bbc-topics"} or (source == "ecb" and _like_title(lines[0]))
    ):
        title, lines = lines[0], lines[1:]
    return Report(row["id"], source, title, tuple(lines))


def _like_title(line: str) -> bool:
    """Return whether a first line has the form of a headline."""
    return len(line) < 120 and line[-1] not in ".,"


def _source(name: str, row: dict[str, str]) -> str:
    """Return the short name of a row's source."""
    if name == "countries":
        return "reuters"
    if name == "events" or row["source"] == "ECB+":
        return "ecb"
    for part, source in (
        ("Tiiiger", "writers"), ("SummEval", "summeval"), ("REALSumm", "realsumm"), ("Newsroom", "newsroom"),
        ("Masakha", "masakha"),
    ):  # fmt: skip
        if part in row["source"]:
            return source
    return "bbc-topics" if name == "topics" else "bbc"


# PageLayout


def _grouped(report: Report, style: str, rng: random.Random) -> list[str]:
    """Paragraphs in a style: as they came, a sentence each, or a few sentences each."""
    native = len(report.paragraphs) > 2
    if style == "native" and native:
        return list(report.paragraphs)
    pieces = [sentence for paragraph in report.paragraphs for sentence in sentences(paragraph, "en")]
    if style == "sentence":
        return pieces
    result, at = [], 0
    most = rng.choice([2, 3, 4])
    while at < len(pieces):
        size = rng.randint(1, most)
        result.append(" ".join(pieces[at : at + size]))
        at += size
    return result


def _teaser(report: Report, with_title: bool, rng: random.Random) -> list[str]:
    """All in one line, most often cut off within a sentence."""
    whole = " ".join(([report.title] if with_title and report.title else []) + list(report.paragraphs))
    if rng.random() < 0.15:
        return [report.paragraphs[0]] if len(report.paragraphs[0]) > 60 else [whole[:900].rsplit(" ", 1)[0]]
    length = rng.randint(250, 1100)
    if len(whole) <= length:
        return [whole]
    cut = whole[:length].rsplit(" ", 1)[0]
    return [cut + rng.choice(["", "", "", "", "…", "..."])]


def _lines(report: Report, style: str, titles: bool, brief: bool, rng: random.Random) -> list[str]:
    """Return a report's lines in a style, with its title or cut short if asked for."""
    body = _grouped(report, style, rng)
    if brief:
        body = body[: rng.randint(2, 7)]
    if len(body) > 45:
        body = body[: rng.randint(20, 45)]
    return ([report.title] if titles and report.title else []) + body


def concatenate(
    reports: Sequence[Report], rng: random.Random, *, count: int | None = None, short: float = 0.0
) -> Concatenation:
    """Make a document of `count` stories, drawn from `reports`, in a layout drawn too.

    By default there is 1 story, or 2 to 8.

    `short` is how many in one of the documents are pages of short reports: of one paragraph, of a few lines of a
    sentence or two, teasers, and whole reports among them.
    """
    if count is None:
        count = 1 if rng.random() < 0.25 else rng.randint(2, 8)
    # Sources of very different size: first the source, then the story, else most would be Reuters.
    by_source: dict[str, list[Report]] = {}
    for report in reports:
        by_source.setdefault(report.source, []).append(report)
    names = sorted(by_source)
    weights = [_DRAWN.get(name, min(len(by_source[name]), 120)) for name in names]
    same = rng.random() < 0.3
    only = rng.choices(names, [weight if weight >= 10 else 0 for weight in weights])[0]
    chosen: list[Report] = []
    while len(chosen) < count:
        report = rng.choice(by_source[only if same else rng.choices(names, weights)[0]])
        if report not in chosen:
            chosen.append(report)
    if short and rng.random() < short:
        shape = rng.choice(_SHAPES) if rng.random() < 0.6 else None
        page = [_brief(report, shape or rng.choice(_SHAPES), rng) for report in chosen]
        return _joined(page, "lines", tuple(report.source for report in chosen))
    titles = rng.random() < 0.5
    teasers = rng.choice([0.0, 0.0, 0.25, 0.5, 0.75, 1.0])
    style = rng.choice(["native", "native", "native", "sentence", "few"])
    mixed = rng.random() < 0.3
    briefs = rng.choice([0.0, 0.0, 0.0, 0.3, 1.0])
    kickers = rng.random() < 0.12
    stories = []
    for report in chosen:
        if rng.random() < teasers:
            stories.append(_teaser(report, titles and rng.random() < 0.4, rng))
        else:
            own = rng.choice(["native", "sentence", "few"]) if mixed else style
            stories.append(_lines(report, own, titles, rng.random() < briefs, rng))
        if kickers and report.title and rng.random() < 0.6:
            label = " ".join(report.title.split()[: rng.randint(1, 3)]).strip(" :,;.'\"").upper()
            stories[-1][0] = f"{label}: {stories[-1][0]}"
    kind = rng.choices(["lines", "blank", "wrapped", "wrapped tight"], [78, 12, 6, 4])[0]
    return _joined(stories, kind, tuple(report.source for report in chosen))


_DRAWN = {"own": 50, "own long": 50}
"""How often the project's own reports are drawn, where a large source counts 120."""

_SHAPES = ("paragraph", "sentences", "pairs", "teaser", "report")


def _brief(report: Report, shape: str, rng: random.Random) -> list[str]:
    """Shorten a report as pages of short reports do; one shape is the whole report."""
    if shape == "teaser":
        return _teaser(report, False, rng)
    if shape == "report":
        return _lines(report, "native", False, False, rng)
    split = [sentence for paragraph in report.paragraphs for sentence in sentences(paragraph, "en")]
    if shape == "paragraph":
        return [" ".join(split[: rng.randint(1, 3)])]
    if shape == "sentences":
        return split[: rng.randint(2, 5)]
    return [" ".join(split[at : at + 2]) for at in range(0, min(len(split), 2 * rng.randint(2, 3)), 2)]


def _joined(stories: Sequence[Sequence[str]], kind: str, sources: tuple[str, ...]) -> Concatenation:
    """Join stories with nothing between them but line breaks."""
    between = "\n\n" if kind in {"blank", "wrapped"} else "\n"
    text, begins = "", []
    for story in stories:
        begins.append(len(text))
        for line in story:
            shown = "\n".join(textwrap.wrap(line, 72)) if kind.startswith("wrapped") else line
            text += shown + between
    return Concatenation(text, tuple(begins), kind, sources)
