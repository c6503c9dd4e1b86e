"""What does text become? `gazette analyze`, `ingest`, `group`, `watch`."""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import json_output
from bot.cli.common import counted, emit, emit_line, in_newsroom, note, run, screen, settings
from bot.cli.query import Json
from bot.errors import InputInvalid, SeedRejected, UnknownName
from bot.newsroom.rejections import Rejection, RejectReason

__all__ = ["analyze", "group", "ingest", "watch"]

_INLINE = 64
"""Rows that are analysed before a pool of processes is worth starting."""

_CHUNK = 32


def analyze(
    files: Annotated[list[str], typer.Argument(help="Files to read; - is standard input.", metavar="FILE")],
    *,
    as_json: Json = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help='Read rows {"id", "text"}, print a row each.')] = False,
    engine: Annotated[str | None, typer.Option(help="Who chooses the sentences: newsrank, lead, lexrank …")] = None,
    sentences: Annotated[int | None, typer.Option(min=1, max=100, help="Sentences in a summary.")] = None,
    as_one_story: Annotated[bool, typer.Option("--as-one-story", help="Don't split the text.")] = False,
    workers: Annotated[int, typer.Option(min=0, max=64, help="Processes for --jsonl; 0: one a core.")] = 0,
) -> None:
    """Split and analyse files without storing anything."""
    loaded = settings()
    options = _Options(engine or loaded.summary.engine, sentences or loaded.summary.sentences, as_one_story)
    _check_engine(options.engine)
    if jsonl:
        _stream(files, options, workers)
        return
    from bot.intake.file_reader import read_document

    documents: list[dict[str, Any]] = []
    failed: list[SeedRejected] = []
    for name in files:
        try:
            if name == "-":
                document = _from_stdin(loaded.intake.max_bytes)
            elif Path(name).exists():
                document = read_document(Path(name), loaded.intake.max_bytes)
            else:
                raise SeedRejected(name, Rejection(RejectReason.MISSING).message)
        except SeedRejected as error:
            failed.append(error)
            continue
        analyses = document.analyse(engine=options.engine, sentences=options.sentences, one_story=options.whole)
        documents.append(
            {
                "path": name,
                "encoding": document.encoding,
                "stories": [json_output.analysis_shape(item) for item in analyses],
            }
        )
    if as_json:
        emit({"documents": documents})
    else:
        for document_shape in documents:
            _show(document_shape)
    for rejection in failed:
        note(f"gazette: {rejection}")
    if failed:
        raise typer.Exit(1)


class _Options:
    """How a text is analysed; goes to the worker processes."""

    def __init__(self, engine: str, sentences: int, whole: bool) -> None:
        self.engine, self.sentences, self.whole = engine, sentences, whole


def _check_engine(name: str) -> None:
    from summarizers import ENGINES

    if name not in ENGINES:
        raise UnknownName("engine", name, list(ENGINES))


def _from_stdin(most: int) -> Any:
    from bot.intake.file_reader import read_bytes

    raw = sys.stdin.buffer.read(most + 1)
    return read_bytes(raw, "-", most)


def _show(document: dict[str, Any]) -> None:
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    from bot.rendering.escape import clean

    out = screen()
    number = counted(len(document["stories"]), "story", "stories")
    out.print(Rule(Text(f"{clean(document['path'])} · {number}"), align="left"))
    for story in document["stories"]:
        head = Text()
        if story["kicker"]:
            head.append(f"{clean(story['kicker'])}: ", style="bold yellow")
        head.append(clean(story["headline"]), style="bold")
        out.print(head)
        for chosen in story["summary"]:
            out.print(Padding(Text(clean(chosen["text"])), (0, 0, 0, 2)))
        about = [country["code"] for country in story["countries"] if country["salience"] >= 0.25]
        topics = [f"{topic['slug']} {topic['score']:.0%}" for topic in story["topics"][:3]]
        cut = ["breaks off"] if story["truncated"] else []
        out.print(Padding(Text(" · ".join([story["language"], *about, *topics, *cut]), style="dim"), (0, 0, 1, 2)))


# Rows


def _stream(files: list[str], options: _Options, workers: int) -> None:
    """Rows in, rows out, in order, in memory that doesn't grow with their number."""
    failures = 0
    for row in _analysed(_lines(files), options, workers or os.cpu_count() or 1):
        failures += "error" in row
        emit_line(row)
    if failures:
        note(f"gazette: {counted(failures, 'row')} could not be read; each is printed with its error")
        raise typer.Exit(1)


def _lines(files: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for name in files:
        if name == "-":
            yield from ((f"standard input, line {at}", line) for at, line in enumerate(sys.stdin.buffer, 1))
        else:
            try:
                with Path(name).open("rb") as file:
                    yield from ((f"{name}, line {at}", line) for at, line in enumerate(file, 1))
            except OSError as error:
                raise InputInvalid(f"{name} can't be read: {error.strerror}") from None


def _analysed(lines: Iterator[tuple[str, bytes]], options: _Options, workers: int) -> Iterator[dict[str, Any]]:
    for line in islice(lines, _INLINE):
        yield from _rows([line], options)
    if workers == 1:
        for line in lines:
            yield from _rows([line], options)
        return
    first = list(islice(lines, _CHUNK))
    if not first:
        return
    waiting: deque[Future[list[dict[str, Any]]]] = deque()
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool:
        chunk = first
        while chunk:
            waiting.append(pool.submit(_rows, chunk, options))
            if len(waiting) >= workers * 3:
                yield from waiting.popleft().result()
            chunk = list(islice(lines, _CHUNK))
        while waiting:
            yield from waiting.popleft().result()


def _rows(lines: list[tuple[str, bytes]], options: _Options) -> list[dict[str, Any]]:
    """The rows of some lines; a line that can't be read becomes a row with the reason."""
    from summarizers import analyse

    rows: list[dict[str, Any]] = []
    for place, raw in lines:
        if not raw.strip():
            continue
        identity: object = None
        try:
            identity, text = _row(raw)
        except ValueError as error:
            rows.append({"id": identity, "stories": [], "error": f"{place}: {error}"})
            continue
        found = analyse(text, engine=options.engine, sentences=options.sentences, as_one_story=options.whole)
        rows.append({"id": identity, "stories": [json_output.analysis_shape(item) for item in found]})
    return rows


def _row(raw: bytes) -> tuple[object, str]:
    try:
        row = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"is no JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('has to be an object with "id" and "text"')
    return row.get("id"), row["text"]


# Storing


def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; the seeds folder when none is given.", metavar="PATH"),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Read the seeds folder (or these paths) into the store. Doing it again changes nothing."""

    async def work(newsroom: Any) -> Any:
        from bot.app import open_intake

        async with open_intake(newsroom) as intake:
            if as_json or not screen().is_terminal:
                return await intake.scan(paths)
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            with Progress(*columns, transient=True, console=screen()) as bar:
                task = bar.add_task("Reading", total=None)
                return await intake.scan(
                    paths, progress=lambda done, total: bar.update(task, completed=done, total=total)
                )

    report = in_newsroom(work)
    rejected = [
        {"path": path, "reason": rejection.message, "code": rejection.reason.value}
        for path, rejection in report.rejected
    ]
    shape = {
        "files": report.files,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "rejected": rejected,
        "stories": report.stories,
    }
    if as_json:
        emit(shape)
        return
    from bot.rendering.escape import clean

    out = screen()
    out.print(
        f"{counted(report.files, 'file')}: {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged, "
        f"{report.removed:,} removed, {len(rejected):,} rejected; {counted(report.stories, 'story', 'stories')}",
        markup=False,
    )
    for item in rejected:
        out.print(f"  {clean(item['path'])}: {clean(item['reason'])}", markup=False, style="yellow")


def watch() -> None:
    """Read what comes into the seeds folder, without Discord.

    Until stopped: the intake as a process of its own.
    """
    from bot.app import run_intake

    raise typer.Exit(run(run_intake(settings())))


def group(
    file: Annotated[str, typer.Argument(help='Rows {"id", "text", "published"?, "source"?}; - is standard input.')],
    *,
    as_they_come: Annotated[
        bool,
        typer.Option("--as-they-come", help="Answer each row before the next is read, and never think better of it."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Rows are JSON anyway.", hidden=True)] = False,
) -> None:
    """Group stories of the same happening; nothing is stored.

    In order of arrival, as the bot would have met them. Two events that a later story shows to be one are merged, so
    that the answer comes when all rows are read.
    """
    from bot.newsroom.clustering import cluster_rows, cluster_rows_online

    settings()
    given: deque[object] = deque()
    failed: list[InputInvalid] = []

    def rows() -> Iterator[dict[str, Any]]:
        try:
            for row in _group_rows(_lines([file])):
                given.append(row["id"])
                yield row
        except InputInvalid as error:  # the rows before it are answered first
            failed.append(error)

    for _, event in (cluster_rows_online if as_they_come else cluster_rows)(rows()):
        emit_line({"id": given.popleft(), "event": event})
    if failed:
        raise failed[0]


def _group_rows(lines: Iterator[tuple[str, bytes]]) -> Iterator[dict[str, Any]]:
    for place, raw in lines:
        if not raw.strip():
            continue
        try:
            identity, text = _row(raw)
        except ValueError as error:
            raise InputInvalid(f"{place}: {error}") from None
        if identity is None:
            raise InputInvalid(f'{place}: has no "id"')
        yield json.loads(raw) | {"text": text}
