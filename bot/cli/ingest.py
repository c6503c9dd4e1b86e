"""`gazette ingest`, `watch`: reading files into the store."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.common import (
    count_noun,
    load_configured,
    print_json,
    print_note,
    program,
    run,
    run_in_newsroom,
    stdout_console,
)
from bot.cli.json_output import scan_shape
from bot.cli.options import JsonFlag
from bot.errors import SeedsUnavailable

if TYPE_CHECKING:
    from bot.app import Newsroom
    from bot.intake.pipeline import Intake
    from bot.intake.types import ScanProgress, ScanReport

__all__ = ["MinuteNotes", "describe_progress", "ingest", "watch"]

_NOTE_SECONDS: Final = 60.0
"""Seconds between two lines on progress where there is no terminal."""

_MINUTE: Final = 60
"""Seconds of a minute, and minutes of an hour."""


def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders (default: the seeds folder).", metavar="PATH")
    ] = None,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Confirm that missing files were removed: withdraw their stories now.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Read the seeds folder and the feeds, or the given paths.

    Running it again changes nothing.
    """

    async def scan(newsroom: Newsroom) -> ScanReport:
        from bot.app import fetch_feeds, open_intake
        from bot.store.news_values import assess_stories

        await assess_stories(newsroom.store)  # after an upgrade; else there are none
        async with open_intake(newsroom) as intake:
            fetched = await fetch_feeds(newsroom, intake) if paths is None else None
            try:
                report = await scan_folder(intake)
            except SeedsUnavailable as error:
                if fetched is None:
                    raise
                print_note(f"gazette: {error}")  # feeds need no folder
                return fetched
            if fetched is None:
                return report
            from bot.intake.feeds import merge_reports

            return merge_reports([report, fetched])

    async def scan_folder(intake: Intake) -> ScanReport:
        if as_json or not stdout_console().is_terminal:
            return await intake.scan(paths, progress=MinuteNotes(), confirm_withdrawals=yes)
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (TextColumn("Reading"), BarColumn(), TextColumn("{task.description}"))
        with Progress(*columns, transient=True, console=stdout_console()) as progress:
            task = progress.add_task("", total=None)

            def show(state: ScanProgress) -> None:
                progress.update(task, description=describe_progress(state), completed=state.files, total=state.total)

            return await intake.scan(paths, progress=show, confirm_withdrawals=yes)

    report = run_in_newsroom(scan)
    if as_json:
        print_json(scan_shape(report))
    else:
        _show(report)


class MinuteNotes:
    """Progress as a line on standard error once a minute, where there is no terminal."""

    def __init__(self) -> None:
        self._due = monotonic() + _NOTE_SECONDS

    def __call__(self, progress: ScanProgress) -> None:
        """Print a line if a minute has passed since the last one."""
        now = monotonic()
        if now >= self._due:
            self._due = now + _NOTE_SECONDS
            print_note(f"gazette: read {describe_progress(progress)}")


def describe_progress(progress: ScanProgress) -> str:
    """Return files, stories, rate and time left in words."""
    parts = [
        f"{progress.files:,} of {count_noun(progress.total, 'file')}",
        count_noun(progress.stories, "story", "stories"),
        f"{progress.stories_per_second:,.0f} a second",
    ]
    if progress.seconds_left is not None and progress.files < progress.total:
        parts.append(f"{_duration(progress.seconds_left)} left")
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    """Return a time as people say it: 40 s, 12 min, 1 h 20 min."""
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / _MINUTE), _MINUTE)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _show(report: ScanReport) -> None:
    from bot.rendering.escape import clean

    out = stdout_console()
    out.print(
        f"{count_noun(report.files, 'file')}: {report.new:,} new, {report.changed:,} changed, "
        f"{report.unchanged:,} unchanged, {report.removed:,} removed, {len(report.rejected):,} rejected; "
        f"{count_noun(report.stories, 'story', 'stories')}",
        markup=False,
    )
    for path, rejection in report.rejected:
        out.print(f"  {clean(path)}: {clean(rejection.message)}", markup=False, style="yellow")
    for path, note in report.notes:
        out.print(f"  {clean(path)}: {clean(note)}", markup=False, style="dim")
    if report.samples_left_out:
        out.print(
            f"{count_noun(report.samples_left_out, 'file')} of the sample news left out; GAZETTE_INTAKE__SAMPLES=show reads them",
            style="dim",
        )
    if report.held_until is not None:
        out.print(
            f"{count_noun(report.held, 'file')} vanished or became unreadable at once; their stories are kept until "
            f"{report.held_until:%Y-%m-%d %H:%M} UTC. If you removed them: {program()} ingest --yes",
            markup=False,
            style="yellow",
        )
    if report.other_folder:
        out.print(
            "This is not the folder whose files the database has: its files were added, and the others are kept. "
            f"If it takes that folder's place: {program()} ingest --yes",
            markup=False,
            style="yellow",
        )


def watch() -> None:
    """Read files and feeds as they change, without Discord."""
    from bot.app import run_intake

    raise typer.Exit(run(run_intake(load_configured())))
