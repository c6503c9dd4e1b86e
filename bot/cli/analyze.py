"""`gazette analyze`, `group`: what text becomes, without storing anything."""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import json_output
from bot.cli.aside import aside_lines
from bot.cli.common import (
    count_noun,
    load_configured,
    print_json,
    print_json_line,
    print_note,
    stdout_console,
)
from bot.cli.json_output import Shape
from bot.cli.options import JsonFlag
from bot.errors import InputInvalid, SeedRejected, UnknownName
from bot.newsroom.models import COUNTRY_THRESHOLD
from bot.newsroom.rejections import Rejection, RejectReason

if TYPE_CHECKING:
    from bot.intake.types import ReadDocument

__all__ = ["analyze", "group"]

_INLINE_ROWS = 64
"""Rows that are analyzed in this process: starting others takes longer than these."""

_ROWS_PER_TASK = 32
"""Rows that a worker process gets at once: enough to make the way there cheap, few enough to keep all cores busy."""

_TASKS_PER_WORKER = 3
"""Tasks in flight for each worker, so that none waits for the next while memory stays bounded."""

_SHOWN_TOPICS = 3
"""Topics that are printed of a story."""


def analyze(
    files: Annotated[list[str], typer.Argument(help="Files to read; - is standard input.", metavar="FILE")],
    *,
    as_json: JsonFlag = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read rows of {"id", "text"}, print one row for each.')
    ] = False,
    engine: Annotated[str | None, typer.Option(help="Summarizer: newsrank, lead, lexrank and others.")] = None,
    sentences: Annotated[int | None, typer.Option(min=1, max=100, help="Sentences per summary.")] = None,
    as_one_story: Annotated[bool, typer.Option("--as-one-story", help="Don't split the text into stories.")] = False,
    workers: Annotated[int, typer.Option(min=0, max=64, help="Processes for --jsonl; 0 is one per core.")] = 0,
) -> None:
    """Split and analyze files without storing them."""
    settings = load_configured()
    options = _Options(engine or settings.summary.engine, sentences or settings.summary.sentences, as_one_story)
    _check_engine(options.engine)
    if jsonl:
        _stream(files, options, workers)
        return
    documents: list[Shape] = []
    failures: list[SeedRejected] = []
    for name in files:
        try:
            document = _read(name, settings.intake.max_bytes)
        except SeedRejected as error:
            failures.append(error)
            continue
        analyses = document.analyse(engine=options.engine, sentences=options.sentences, one_story=options.as_one_story)
        stories = [json_output.analysis_shape(analysis) for analysis in analyses]
        aside = [] if options.as_one_story else [json_output.aside_shape(each) for each in document.set_aside()]
        documents.append({"path": name, "encoding": document.encoding, "stories": stories, "set_aside": aside})
    if as_json:
        print_json({"documents": documents})
    else:
        for shape in documents:
            _show_document(shape)
    for failure in failures:
        print_note(f"gazette: {failure}")
    if failures:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Options:
    """Options of the analysis, as worker processes get them."""

    engine: str
    sentences: int
    as_one_story: bool


def _check_engine(name: str) -> None:
    from summarizers import ENGINES

    if name not in ENGINES:
        raise UnknownName("engine", name, list(ENGINES))


def _read(name: str, max_bytes: int) -> ReadDocument:
    """Read a file or standard input. Raises SeedRejected."""
    from bot.intake.file_reader import read_bytes, read_document

    if name == "-":
        return read_bytes(sys.stdin.buffer.read(max_bytes + 1), "-", max_bytes)
    if not Path(name).exists():
        raise SeedRejected(name, Rejection(RejectReason.MISSING).message)
    return read_document(Path(name), max_bytes)


def _show_document(document: Shape) -> None:
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    from bot.rendering.escape import clean

    out = stdout_console()
    count = count_noun(len(document["stories"]), "story", "stories")
    out.print(Rule(Text(f"{clean(document['path'])} · {count}"), align="left"))
    if document["set_aside"] and not document["stories"]:
        out.print(Padding(Text(Rejection(RejectReason.NAVIGATION_PAGE).message), (0, 0, 1, 2)))
    for story in document["stories"]:
        headline = Text()
        if story["kicker"]:
            headline.append(f"{clean(story['kicker'])}: ", style="bold yellow")
        headline.append(clean(story["headline"]), style="bold")
        out.print(headline)
        for sentence in story["summary"]:
            out.print(Padding(Text(clean(sentence["text"])), (0, 0, 0, 2)))
        countries = [each["code"] for each in story["countries"] if each["salience"] >= COUNTRY_THRESHOLD]
        topics = [f"{topic['slug']} {topic['score']:.0%}" for topic in story["topics"][:_SHOWN_TOPICS]]
        truncated = ["truncated"] if story["truncated"] else []
        facts = " · ".join([story["language"], *countries, *topics, *truncated])
        out.print(Padding(Text(facts, style="dim"), (0, 0, 1, 2)))
    for line in aside_lines(document["set_aside"]):
        out.print(Padding(Text(line, style="dim"), (0, 0, 0, 2)))


# Rows


def _stream(files: list[str], options: _Options, workers: int) -> None:
    """Print a row for each row read, in order, in memory that doesn't grow with their number."""
    failures = 0
    for row in _analyze_lines(_read_lines(files), options, workers or os.cpu_count() or 1):
        failures += "error" in row
        print_json_line(row)
    if failures:
        print_note(f"gazette: {count_noun(failures, 'row')} could not be read; each is printed with its error")
        raise typer.Exit(1)


def _read_lines(files: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield each line with its place, for error messages."""
    for name in files:
        if name == "-":
            yield from ((f"standard input, line {number}", line) for number, line in enumerate(sys.stdin.buffer, 1))
        else:
            try:
                with Path(name).open("rb") as file:
                    yield from ((f"{name}, line {number}", line) for number, line in enumerate(file, 1))
            except OSError as error:
                raise InputInvalid(f"{name} can't be read: {error.strerror}") from None


def _analyze_lines(lines: Iterator[tuple[str, bytes]], options: _Options, workers: int) -> Iterator[Shape]:
    for line in islice(lines, _INLINE_ROWS):
        yield from _analyze_task([line], options)
    if workers == 1:
        for line in lines:
            yield from _analyze_task([line], options)
        return
    task = list(islice(lines, _ROWS_PER_TASK))
    if not task:
        return
    in_flight: deque[Future[list[Shape]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        while task:
            in_flight.append(pool.submit(_analyze_task, task, options))
            if len(in_flight) >= workers * _TASKS_PER_WORKER:
                yield from in_flight.popleft().result()
            task = list(islice(lines, _ROWS_PER_TASK))
        while in_flight:
            yield from in_flight.popleft().result()


def _analyze_task(lines: list[tuple[str, bytes]], options: _Options) -> list[Shape]:
    """Return a row for each line; one for an unreadable line has the reason."""
    from summarizers import analyse
    from summarizers.text.language import language_prior

    rows: list[Shape] = []
    for place, raw in lines:
        if not raw.strip():
            continue
        identity: object = None
        try:
            identity, text, declared = _parse_row(raw)
        except ValueError as error:
            rows.append({"id": identity, "stories": [], "error": f"{place}: {error}"})
            continue
        analyses = analyse(
            text,
            engine=options.engine,
            sentences=options.sentences,
            as_one_story=options.as_one_story,
            prior=language_prior(declared),
        )
        rows.append({"id": identity, "stories": [json_output.analysis_shape(analysis) for analysis in analyses]})
    return rows


def _parse_row(raw: bytes) -> tuple[object, str, str | None]:
    """Return a row's id and text, and the language that it declares."""
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is not valid JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('must be an object with "id" and "text"')
    declared = row.get("language")
    return row.get("id"), row["text"], declared if isinstance(declared, str) else None


def group(
    file: Annotated[str, typer.Argument(help='Rows of {"id", "text", "published"?, "source"?}; - is standard input.')],
    *,
    as_they_come: Annotated[
        bool,
        typer.Option("--as-they-come", help="Print each row's event before reading the next row; never merge events."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Rows are always JSON.", hidden=True)] = False,
) -> None:
    """Group stories by event, without storing them.

    Rows are in order of arrival. Events that a later story shows to be the same are merged, so the answer comes when
    all rows are read.
    """
    from bot.newsroom.clustering import cluster_rows, cluster_rows_online

    load_configured()
    ids: deque[object] = deque()
    failures: list[InputInvalid] = []

    def rows() -> Iterator[Shape]:
        try:
            for row in _rows_to_group(_read_lines([file])):
                ids.append(row["id"])
                yield row
        except InputInvalid as error:  # the rows before it are answered first
            failures.append(error)

    for _, event in (cluster_rows_online if as_they_come else cluster_rows)(rows()):
        print_json_line({"id": ids.popleft(), "event": event})
    if failures:
        raise failures[0]


def _rows_to_group(lines: Iterator[tuple[str, bytes]]) -> Iterator[dict[str, Any]]:
    for place, raw in lines:
        if not raw.strip():
            continue
        try:
            identity, text, _declared = _parse_row(raw)
        except ValueError as error:
            raise InputInvalid(f"{place}: {error}") from None
        if identity is None:
            raise InputInvalid(f'{place}: has no "id"')
        yield json.loads(raw) | {"text": text}
