"""Looking after the data: `gazette stats`, `backup`, `restore`, `move`, `export` and so on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, cast

import typer

from bot.cli.common import (
    TARGET_VARIABLE,
    count_noun,
    load_configured,
    print_json,
    print_note,
    run,
    run_in_newsroom,
    stdout_console,
)
from bot.cli.json_output import Shape, statistics_shape
from bot.cli.options import JsonFlag, Replace, Server
from bot.errors import InputInvalid
from bot.newsroom.audience import OPERATOR, Audience

if TYPE_CHECKING:
    from bot.app import Newsroom
    from bot.services.data import Backup
    from bot.services.transfer import ImportReport
    from bot.store.moved import RestoredCopy

__all__ = ["backup", "export", "import_", "move", "prune", "restore", "stats"]


_LONGEST_ROW = 256_000_000
"""Characters of a row that `import` reads: more than a story of the largest default size takes."""


def backup(
    file: Annotated[Path | None, typer.Argument(help="File to write (default: a name with the current time).")] = None,
    *,
    replace: Replace = False,
    as_json: JsonFlag = False,
) -> None:
    """Copy the whole database into one file, while the bot runs."""
    made = run_in_newsroom(lambda newsroom: newsroom.services.data.back_up(file, replace=replace))
    _show_backup(made, "written", as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="Backup written by `gazette backup`, from either kind of database.")],
    *,
    replace: Replace = False,
    as_json: JsonFlag = False,
) -> None:
    """Restore a backup into the configured database."""
    from bot.services.data import restore_backup

    database_url = load_configured().database_url
    restored = run(restore_backup(database_url, file, now=datetime.now(UTC), replace=replace))
    if restored.kept is not None:
        print_note(f"The damaged database was kept as {restored.kept}.")
    _show_backup(restored.backup, "restored", as_json=as_json)
    _warn_of_original(restored.copy)


def _warn_of_original(copy: RestoredCopy) -> None:
    """Say what happens if the database that was backed up is used, too."""
    if not copy.subscriptions:
        return
    from bot.cluster.process_id import describe_holder, is_alive_here

    known = f" until {copy.last_change:%Y-%m-%d %H:%M:%S} UTC" if copy.last_change is not None else ""
    print_note(
        f"gazette: the backup knows what was posted{known}; what was posted later is posted again. Let only one copy run: "
        "two post everything twice."
    )
    for holder in copy.holders:
        if is_alive_here(holder):
            print_note(f"gazette: {describe_holder(holder)}, which used the original, is still running")


def move(
    to: Annotated[
        str | None,
        typer.Argument(envvar=TARGET_VARIABLE, metavar="DATABASE_URL", help="Address of the new database."),
    ] = None,
    *,
    undo: Annotated[
        bool, typer.Option("--undo", help="Use the configured database again, from which the newsroom was moved.")
    ] = False,
    file: Annotated[
        Path | None, typer.Option("--backup", help="File for the backup by which it moves (default: as for backup).")
    ] = None,
    replace: Replace = False,
    as_json: JsonFlag = False,
) -> None:
    """Move the newsroom to another database.

    It backs up, restores, and marks the former database.

    Stop the bot and what else uses the database first; start them with the new DATABASE_URL afterwards.
    """
    from bot.app import utc_now
    from bot.database_url import normalize_database_url
    from bot.services.moves import move_newsroom, undo_move

    database_url = load_configured(log={"level": "warning"}).database_url
    if undo:
        url = run(undo_move(database_url))
        if as_json:
            print_json({"database": url})
        else:
            stdout_console().print(f"{url} is used again. Stop what uses the other database.", markup=False)
        return
    if not to:
        raise InputInvalid("say where to: gazette move postgresql://user:password@host/name")
    target_url = normalize_database_url(to)
    made = run(move_newsroom(database_url, target_url, utc_now, file=file, replace=replace))
    if as_json:
        print_json({"from": made.source, "to": made.target, "backup": str(made.backup), "stories": made.stories})
        return
    stories = count_noun(made.stories, "story", "stories")
    stdout_console().print(
        f"moved {stories}, all subscriptions and what was posted from {made.source} to {made.target}\n"
        f"The backup {made.backup} is kept. Now set DATABASE_URL to the new database and start the bot.",
        markup=False,
        soft_wrap=True,
    )


def _show_backup(made: Backup, verb: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"path": str(made.path), "bytes": made.bytes, "stories": made.stories})
    else:
        stories = count_noun(made.stories, "story", "stories")
        stdout_console().print(f"{made.path} {verb}: {stories}, {made.bytes:,} bytes", markup=False)


def prune(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be deleted.")] = False,
    days: Annotated[float | None, typer.Option(min=0, help="Days for which stories are kept; 0 keeps all.")] = None,
    max_stories: Annotated[
        int | None, typer.Option(min=0, help="Maximum number of stories to keep; 0 sets no limit.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Delete old stories.

    Posted digests stay as they are, and no deleted story is posted again. Limits come from the settings unless given.
    """

    def delete(newsroom: Newsroom) -> Any:
        limits = newsroom.settings.retention
        return newsroom.services.data.prune(
            days=limits.days if days is None else days,
            max_stories=limits.max_stories if max_stories is None else max_stories,
            dry_run=dry_run,
        )

    pruned = run_in_newsroom(delete)
    if as_json:
        counts = {"stories": pruned.stories, "documents": pruned.documents, "messages": pruned.messages}
        print_json({"dry_run": dry_run, **counts})
    else:
        parts = (
            count_noun(pruned.stories, "story", "stories"),
            count_noun(pruned.documents, "document"),
            count_noun(pruned.messages, "message"),
        )
        verb = "would be deleted" if dry_run else "deleted"
        stdout_console().print(f"{', '.join(parts)} {verb}", markup=False)


def stats(
    *,
    html: Annotated[
        Path | None,
        typer.Option("--html", help="Write a page of charts to this file: countries, topics, sources, punctuality."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Show how much is stored: stories, events and so on."""
    if html is not None:
        _write_charts(html, as_json=as_json)
        return
    shape = statistics_shape(run_in_newsroom(lambda newsroom: newsroom.services.data.statistics()))
    if as_json:
        print_json(shape)
        return
    for name, value in shape.items():
        text = ", ".join(f"{key} {count:,}" for key, count in value.items()) if isinstance(value, dict) else value
        text = "none" if text in ("", None) else f"{text:,}" if isinstance(text, int) else text
        stdout_console().print(f"{name}: {text}", markup=False)


def _write_charts(path: Path, *, as_json: bool) -> None:
    """Write the page of charts."""
    from bot.rendering.statistics_page import statistics_page
    from bot.services.chart_figures import read_figures

    async def read(newsroom: Newsroom) -> str:
        services = newsroom.services
        figures = await read_figures(newsroom.store, services.news, services.editions, newsroom.clock)
        return statistics_page(figures, newsroom.clock())

    text = run_in_newsroom(read)
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise InputInvalid(f"{path} can't be written: {error.strerror}") from None
    if as_json:
        print_json({"path": str(path), "bytes": len(text.encode())})
    else:
        stdout_console().print(f"{path} shows the charts; open it in a browser.", markup=False)


def export(
    file: Annotated[Path, typer.Argument(help="File to write, as JSON Lines; .gz compresses it.")],
    *,
    server: Server = None,
    all_servers: Annotated[
        bool, typer.Option("--all-servers", help="With what the own sources of every server brought, marked as theirs.")
    ] = False,
    replace: Replace = False,
    as_json: JsonFlag = False,
) -> None:
    """Write stories and subscriptions as JSON Lines.

    Other programs can read them, and so can `gazette import`. What a server's own sources brought is left out unless
    asked for.
    """
    if file.exists() and not replace:
        raise InputInvalid(f"{file} exists already: choose another name or add --replace")

    async def write_rows(newsroom: Newsroom) -> Shape:
        from bot.services.transfer import export_rows

        counts = {"story": 0, "subscription": 0, "withholding": 0}
        with _open_text(file, "wt") as out:
            async for row in export_rows(newsroom.store, OPERATOR if all_servers else Audience(server)):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                counts[row["kind"]] += 1
        return {"path": str(file), "stories": counts["story"], "subscriptions": counts["subscription"]}

    shape = run_in_newsroom(write_rows)
    if as_json:
        print_json(shape)
    else:
        stories = count_noun(shape["stories"], "story", "stories")
        subscriptions = count_noun(shape["subscriptions"], "subscription")
        stdout_console().print(f"{shape['path']} written: {stories}, {subscriptions}", markup=False)


def import_(
    file: Annotated[Path, typer.Argument(help="File written by `gazette export`.")],
    *,
    stories_only: Annotated[bool, typer.Option("--stories-only", help="Leave subscriptions out.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Read exported stories and subscriptions into the store.

    Those that are stored already stay as they are. Subscriptions that have posted are refused: `gazette move` takes them
    along with what they posted.
    """
    from bot.services.transfer import refuse_posted

    if not stories_only:
        refuse_posted(_read_rows(file))

    async def read_rows(newsroom: Newsroom) -> ImportReport:
        from bot.intake.row_workers import RowWorkers
        from bot.intake.worker_pool import LazyProcessWorkers
        from bot.services.transfer import PreparedRows, Row, import_rows, prepare_rows

        with LazyProcessWorkers(niceness=0) as workers:
            runner = RowWorkers(workers, newsroom.settings.intake, prepare_rows, lambda row: len(str(row.get("text"))))

            def prepare(rows: list[Row]) -> PreparedRows:
                return [result for _, result in runner.run([rows])]

            rows = (row for row in _read_rows(file) if not (stories_only and row["kind"] == "subscription"))
            return await import_rows(newsroom.store, rows, file.name, newsroom.clock, prepare)

    added = run_in_newsroom(read_rows)
    if as_json:
        print_json({"stories": added.stories, "subscriptions": added.subscriptions})
    else:
        stories = count_noun(added.stories, "story", "stories")
        stdout_console().print(f"added: {stories}, {count_noun(added.subscriptions, 'subscription')}", markup=False)
    for title, rejection in added.refused:
        print_note(f"gazette: {title} {rejection.message}")
    if added.refused:
        raise typer.Exit(1)


def _open_text(path: Path, mode: str) -> IO[str]:
    try:
        if path.suffix == ".gz":
            return cast("IO[str]", gzip.open(path, mode, encoding="utf-8", errors="replace"))
        return cast("IO[str]", path.open(mode, encoding="utf-8", errors="replace"))
    except OSError as error:
        raise InputInvalid(f"{path} can't be opened: {error.strerror}") from None


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    with _open_text(path, "rt") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST_ROW), ""), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                kind = row["kind"]
            except (ValueError, TypeError, KeyError):
                raise InputInvalid(f"{path}, line {number} is not a row written by `gazette export`") from None
            if kind in ("story", "subscription", "withholding"):
                yield row
