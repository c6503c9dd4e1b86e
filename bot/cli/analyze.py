"""`gazette analyze`, `group`: what text becomes, without storing anything.

Text is worked on in processes with a deadline, as in intake, so that a file or row that hangs is refused and the others
go on.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, TypeVar

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
from bot.newsroom.rejections import Rejection, RejectReason, rejection_of_fault

if TYPE_CHECKING:
    from bot.intake.worker_pool import ProcessWorkers
    from bot.settings import IntakeSettings
    from summarizers.events.features import StoryFeatures

__all__ = ["analyze", "group"]

T = TypeVar("T")

_FIRST_ROWS = 64
"""Rows that are worked on one by one, so that each is answered at once; with more, several processes are worth it."""

_ROWS_PER_TASK = 32
"""Rows that a worker process gets at once: enough to make the way there cheap, few enough to keep all cores busy."""

_TASKS_PER_WORKER = 3
"""Tasks in flight for each worker, so that none waits for the next while memory stays bounded."""

_SHOWN_TOPICS = 3
"""Topics that are printed of a story."""

_MAX_DIGITS = 4_000
"""Digits of a whole number in a row: Python refuses to read more."""


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
        _stream(files, options, settings.intake, workers or os.cpu_count() or 1)
        return
    documents: list[Shape] = []
    failures: list[SeedRejected] = []
    for result in _analyze_files([_open_source(name, settings.intake) for name in files], options, settings.intake):
        if isinstance(result, SeedRejected):
            failures.append(result)
        else:
            documents.append(result)
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


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to analyze by its path, or `data` that is read already."""

    name: str
    size: int
    data: bytes | None = None


def _open_source(name: str, settings: IntakeSettings) -> _Source:
    if name == "-":
        data = sys.stdin.buffer.read(settings.max_bytes + 1)
        return _Source(name, len(data), data)
    try:
        return _Source(name, Path(name).stat().st_size)
    except (OSError, ValueError):
        return _Source(name, 0)  # reading it says why


def _analyze_files(
    sources: Sequence[_Source], options: _Options, settings: IntakeSettings
) -> Iterator[Shape | SeedRejected]:
    from bot.intake.row_workers import RowWorkers

    with _open_workers(1, "bot.intake.file_reader", "summarizers.analysis") as executor:
        work = partial(_analyze_sources, options=options, max_bytes=settings.max_bytes)
        runner: RowWorkers[_Source, Shape | SeedRejected] = RowWorkers(
            executor, settings, work, lambda source: source.size
        )
        for source, result in runner.run([source] for source in sources):
            yield _refused(source, result) if isinstance(result, Rejection) else result


def _analyze_sources(sources: Sequence[_Source], options: _Options, max_bytes: int) -> list[Shape | SeedRejected]:
    """Return what `--json` prints of each file, or why it is refused. Runs in a worker process."""
    return [_analyze_source(source, options, max_bytes) for source in sources]


def _analyze_source(source: _Source, options: _Options, max_bytes: int) -> Shape | SeedRejected:
    from bot.intake.file_reader import read_bytes, read_document

    if source.data is None and not Path(source.name).exists():
        return _refused(source, Rejection(RejectReason.MISSING))
    try:
        document = (
            read_document(Path(source.name), max_bytes)
            if source.data is None
            else read_bytes(source.data, source.name, max_bytes)
        )
        analyses = document.analyse(engine=options.engine, sentences=options.sentences, one_story=options.as_one_story)
    except SeedRejected as error:
        return error
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; the file is refused with it
        return _refused(source, rejection_of_fault(error))
    stories = [json_output.analysis_shape(analysis) for analysis in analyses]
    aside = [] if options.as_one_story else [json_output.aside_shape(each) for each in document.set_aside()]
    return {
        "path": source.name,
        "encoding": document.encoding,
        "notes": list(document.notes),
        "stories": stories,
        "set_aside": aside,
    }


def _refused(source: _Source, rejection: Rejection) -> SeedRejected:
    return SeedRejected(source.name, rejection.message, rejection.reason)


@contextmanager
def _open_workers(count: int, *modules: str) -> Iterator[ProcessWorkers]:
    """Open worker processes that have these modules loaded, and kill them at the end."""
    from bot.intake.worker_pool import ProcessWorkers

    for name in modules:
        import_module(name)  # here, so that each process has it as it starts
    workers = ProcessWorkers(count, forked=True, niceness=0)
    try:
        yield workers
    finally:
        workers.shutdown(wait=False)


def _show_document(document: Shape) -> None:
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    from bot.rendering.escape import clean
    from summarizers.headlines.kicker import shown_kicker

    out = stdout_console()
    count = count_noun(len(document["stories"]), "story", "stories")
    out.print(Rule(Text(f"{clean(document['path'])} · {count}"), align="left"))
    for note in document["notes"]:
        out.print(Padding(Text(clean(note), style="dim"), (0, 0, 0, 2)))
    if document["set_aside"] and not document["stories"]:
        out.print(Padding(Text(Rejection(RejectReason.NAVIGATION_PAGE).message), (0, 0, 1, 2)))
    for story in document["stories"]:
        headline = Text()
        if label := shown_kicker(story["kicker"], story["headline"]):
            headline.append(f"{clean(label)}: ", style="bold yellow")
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


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of input with its place, for error messages; `raw` is None if it is too long."""

    place: str
    raw: bytes | None

    @property
    def size(self) -> int:
        return len(self.raw or b"")


@dataclass(frozen=True, slots=True)
class _Refused:
    """A row that can't be used, with its id as far as known."""

    identity: object
    error: str


def _stream(files: list[str], options: _Options, settings: IntakeSettings, workers: int) -> None:
    """Print a row for each row read, in order, in memory that doesn't grow with their number."""
    failures = 0
    work = partial(_analyze_rows, options=options)
    lines = _read_lines(files, settings.max_bytes)
    for row in _work_on_rows(lines, work, "summarizers.analysis", settings, workers):
        if isinstance(row, _Refused):
            failures += 1
            print_json_line({"id": row.identity, "stories": [], "error": row.error})
        else:
            print_json_line(row)
    _end_with_failures(failures)


def _end_with_failures(failures: int) -> None:
    if failures:
        print_note(f"gazette: {count_noun(failures, 'row')} could not be read; each is printed with its error")
        raise typer.Exit(1)


def _read_lines(files: Iterable[str], max_bytes: int) -> Iterator[_Line]:
    """Yield each line that isn't blank."""
    for name in files:
        if name == "-":
            yield from _lines_of(sys.stdin.buffer, "standard input", max_bytes)
        else:
            try:
                with Path(name).open("rb") as file:
                    yield from _lines_of(file, name, max_bytes)
            except OSError as error:
                raise InputInvalid(f"{name} can't be read: {error.strerror}") from None


def _lines_of(file: IO[bytes], name: str, max_bytes: int) -> Iterator[_Line]:
    number = 0
    while raw := file.readline(max_bytes + 1):
        number += 1
        place, too_long = f"{name}, line {number}", len(raw) > max_bytes
        while len(raw) > max_bytes and not raw.endswith(b"\n"):
            raw = file.readline(max_bytes + 1)
        if too_long or raw.strip():
            yield _Line(place, None if too_long else raw)


def _work_on_rows(
    lines: Iterator[_Line],
    work: Callable[[Sequence[_Line]], Sequence[T | _Refused]],
    module: str,
    settings: IntakeSettings,
    workers: int,
) -> Iterator[T | _Refused]:
    """Yield the result of each line, in order.

    With one worker, and of the first lines, each is yielded before the next line is read. `work` runs in worker
    processes, which have `module` loaded.
    """
    with _open_workers(1, module) as executor:
        first = lines if workers == 1 else islice(lines, _FIRST_ROWS)
        yield from _run_rows(executor, work, settings, ([line] for line in first))
    head = next(lines, None)
    if head is None:
        return
    batches = iter(lambda: list(islice(lines, _ROWS_PER_TASK)), [])
    with _open_workers(workers, module) as executor:
        first_batch = [head, *islice(lines, _ROWS_PER_TASK - 1)]
        yield from _run_rows(executor, work, settings, chain([first_batch], batches), workers * _TASKS_PER_WORKER)


def _run_rows(
    executor: ProcessWorkers,
    work: Callable[[Sequence[_Line]], Sequence[T | _Refused]],
    settings: IntakeSettings,
    batches: Iterable[Sequence[_Line]],
    in_flight: int = 1,
) -> Iterator[T | _Refused]:
    from bot.intake.row_workers import RowWorkers

    runner: RowWorkers[_Line, T | _Refused] = RowWorkers(executor, settings, work, lambda line: line.size)
    for line, result in runner.run(batches, in_flight=in_flight):
        if isinstance(result, Rejection):
            yield _Refused(_identity(line), f"{line.place}: {result.message}")
        else:
            yield result


def _analyze_rows(lines: Sequence[_Line], options: _Options) -> list[Shape | _Refused]:
    """Return the stories of each row, or why it is refused. Runs in a worker process."""
    from summarizers import analyse
    from summarizers.text.language import language_prior

    def analyse_row(row: Shape) -> Shape:
        declared = row.get("language")
        analyses = analyse(
            row["text"],
            engine=options.engine,
            sentences=options.sentences,
            as_one_story=options.as_one_story,
            prior=language_prior(declared if isinstance(declared, str) else None),
        )
        return {"id": row.get("id"), "stories": [json_output.analysis_shape(analysis) for analysis in analyses]}

    return [_try_row(line, analyse_row) for line in lines]


def _try_row(line: _Line, work: Callable[[Shape], T]) -> T | _Refused:
    """Work on a row that has a text.

    Whatever is wrong with it costs this row only.
    """
    identity: object = None
    try:
        row = _parse_row(line)
        identity = row.get("id")
        return work(row)
    except _InvalidRow as error:
        return _Refused(identity, f"{line.place}: {error}")
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile text here; the row is printed with it
        return _Refused(identity, f"{line.place}: {rejection_of_fault(error).message}")


class _InvalidRow(Exception):
    """A row lacks what it needs; the message says what."""


def _parse_row(line: _Line) -> Shape:
    """Return a row with a text. Raises _InvalidRow."""
    if line.raw is None:
        raise _InvalidRow("is too long: raise intake.max_bytes to read it")
    try:
        row = json.loads(line.raw, parse_int=_parse_int, parse_float=_parse_float, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise _InvalidRow(f"is not valid JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise _InvalidRow('must be an object with "id" and "text"')
    return row


def _parse_int(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MAX_DIGITS else None


def _parse_float(digits: str) -> float | None:
    """Read a number; None for one beyond all that JSON can print."""
    value = float(digits)
    return value if math.isfinite(value) else None


def _identity(line: _Line) -> object:
    """Return the id of a row whose text can't be read."""
    try:
        return _parse_row(line).get("id")
    except _InvalidRow:
        return None


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
    all rows are read. A row that can't be read is printed with its error.
    """
    from bot.newsroom.clustering import cluster_rows, cluster_rows_online

    settings = load_configured().intake
    workers = 1 if as_they_come else os.cpu_count() or 1
    pending: deque[_RowFeatures | _Refused] = deque()
    failures = 0

    def print_refused() -> None:
        nonlocal failures
        while pending and isinstance(refused := pending[0], _Refused):
            print_json_line({"id": refused.identity, "event": None, "error": refused.error})
            failures += 1
            pending.popleft()

    def rows() -> Iterator[Shape]:
        lines = _read_lines([file], settings.max_bytes)
        for row in _work_on_rows(lines, _read_features, "summarizers.events.features", settings, workers):
            pending.append(row)
            if isinstance(row, _Refused):
                if as_they_come:
                    print_refused()
            else:
                yield {"id": row.identity, "published": row.published, "features": row.features}

    cluster = cluster_rows_online if as_they_come else cluster_rows
    for _, event in cluster(rows(), features_of=itemgetter("features")):
        print_refused()
        print_json_line({"id": pending[0].identity, "event": event})
        pending.popleft()
    print_refused()
    _end_with_failures(failures)


@dataclass(frozen=True, slots=True)
class _RowFeatures:
    """A row with its features, for grouping."""

    identity: object
    published: object
    features: StoryFeatures


def _read_features(lines: Sequence[_Line]) -> list[_RowFeatures | _Refused]:
    """Return each row's features, or why it is refused. Runs in a worker process."""
    return [_try_row(line, _row_features) for line in lines]


def _row_features(row: Shape) -> _RowFeatures:
    from summarizers.events.features import text_features

    if row.get("id") is None:
        raise _InvalidRow('has no "id"')
    return _RowFeatures(row["id"], row.get("published"), text_features(row["text"]))
