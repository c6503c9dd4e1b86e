"""How is the data looked after? `gazette export`, `import`, `backup`, `restore`, `prune`, `stats`."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.common import counted, emit, in_newsroom, run, screen, settings
from bot.cli.query import Json
from bot.errors import InputInvalid

__all__ = ["backup", "export", "import_", "prune", "restore", "stats"]

Replace = Annotated[bool, typer.Option("--replace", help="Overwrite what is there.")]


def backup(
    file: Annotated[Path | None, typer.Argument(help="Where to; a name with the time by default.")] = None,
    *,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Copy the whole database into one file, while the bot runs."""
    from bot.store.backup import back_up

    async def work(newsroom: Any) -> Any:
        name = f"gazette-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        target = file or Path(name + (".sqlite3" if newsroom.store.is_sqlite else ".jsonl.gz"))
        return await back_up(newsroom.store, target, replace=replace)

    made = in_newsroom(work)
    _tell({"path": str(made.path), "bytes": made.bytes, "stories": made.stories}, "written", as_json=as_json)


def restore(
    file: Annotated[Path, typer.Argument(help="What `gazette backup` wrote, on either database.")],
    *,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Bring a backup into the database that is set."""
    from bot.store.backup import restore as bring_back

    loaded = settings()
    made = run(bring_back(loaded.database_url, file, replace=replace))
    _tell({"path": str(made.path), "bytes": made.bytes, "stories": made.stories}, "restored", as_json=as_json)


def _tell(shape: dict[str, Any], done: str, *, as_json: bool) -> None:
    if as_json:
        emit(shape)
    else:
        stories = counted(shape["stories"], "story", "stories")
        screen().print(f"{shape['path']} {done}: {stories}, {shape['bytes']:,} bytes", markup=False)


def prune(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    days: Annotated[float | None, typer.Option(min=0, help="Keep stories of so many days; 0 keeps all.")] = None,
    max_stories: Annotated[int | None, typer.Option(min=0, help="Keep so many stories; 0 sets no bound.")] = None,
    as_json: Json = False,
) -> None:
    """Remove old stories.

    What was posted stays posted, and nothing comes back.
    """

    async def work(newsroom: Any) -> Any:
        from bot.store.retention import prune_all

        kept = newsroom.settings.retention
        age = kept.days if days is None else days
        now = newsroom.clock()
        return await prune_all(
            newsroom.store,
            now=now,
            before=now - timedelta(days=age) if age else None,
            max_stories=kept.max_stories if max_stories is None else max_stories,
            dry_run=dry_run,
        )

    gone = in_newsroom(work)
    counts = {"stories": gone.stories, "documents": gone.documents, "messages": gone.messages}
    if as_json:
        emit({"dry_run": dry_run, **counts})
    else:
        verb = "would go" if dry_run else "went"
        stories, others = counted(gone.stories, "story", "stories"), (gone.documents, gone.messages)
        documents, messages = map(counted, others, ("document", "message"))
        screen().print(f"{stories}, {documents}, {messages} {verb}", markup=False)


def stats(*, as_json: Json = False) -> None:
    """How much there is of everything."""

    async def work(newsroom: Any) -> Any:
        from bot.store import deliveries, documents, events, labels, story_rows, subscriptions

        store = newsroom.store
        async with store.reading() as conn:
            newest = await story_rows.latest_arrival(conn)
            return {
                "database": store.url,
                "bytes": await store.size(),
                "stories": await story_rows.count_stories(conn),
                "events": await events.count_events(conn),
                "newest": None if newest is None else newest.isoformat(),
                "documents": {str(status): count for status, count in (await documents.count_by_status(conn)).items()},
                "languages": dict(await labels.language_counts(conn)),
                "countries": dict(await labels.country_counts(conn)),
                "topics": dict(await labels.topic_counts(conn)),
                "subscriptions": len(await subscriptions.list_subscriptions(conn)),
                "deliveries": {str(state): count for state, count in (await deliveries.count_by_state(conn)).items()},
            }

    found = in_newsroom(work)
    if as_json:
        emit(found)
        return
    for name, value in found.items():
        text = ", ".join(f"{key} {count:,}" for key, count in value.items()) if isinstance(value, dict) else value
        text = "none" if text in ("", None) else f"{text:,}" if isinstance(text, int) else text
        screen().print(f"{name}: {text}", markup=False)


def export(
    file: Annotated[Path, typer.Argument(help="Where to, as rows of JSON; .gz packs them.")],
    *,
    replace: Replace = False,
    as_json: Json = False,
) -> None:
    """Write stories and subscriptions as rows of JSON.

    For other programs: all stories that are shown, the subscriptions after them.
    """
    if file.exists() and not replace:
        raise InputInvalid(f"{file} is there already: choose another name, or say --replace")

    async def work(newsroom: Any) -> Any:
        from bot.services.transfer import export_rows

        stories = subscriptions = 0
        with _opened(file, "wt") as out:
            async for row in export_rows(newsroom.store):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                stories += row["kind"] == "story"
                subscriptions += row["kind"] == "subscription"
        return {"path": str(file), "stories": stories, "subscriptions": subscriptions}

    shape = in_newsroom(work)
    if as_json:
        emit(shape)
    else:
        stories = counted(shape["stories"], "story", "stories")
        screen().print(
            f"{shape['path']} written: {stories}, {counted(shape['subscriptions'], 'subscription')}", markup=False
        )


def import_(
    file: Annotated[Path, typer.Argument(help="What `gazette export` wrote.")], *, as_json: Json = False
) -> None:
    """Bring what was exported into the store.

    Stories and subscriptions that are there already stay as they are.
    """

    async def work(newsroom: Any) -> Any:
        from bot.services.transfer import import_rows

        return await import_rows(newsroom.store, _rows(file), file.name, newsroom.clock)

    made = in_newsroom(work)
    if as_json:
        emit({"stories": made.stories, "subscriptions": made.subscriptions})
    else:
        stories = counted(made.stories, "story", "stories")
        screen().print(f"new: {stories}, {counted(made.subscriptions, 'subscription')}", markup=False)


def _opened(path: Path, mode: str) -> Any:
    try:
        if path.suffix == ".gz":
            return gzip.open(path, mode, encoding="utf-8", errors="replace")
        return path.open(mode, encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputInvalid(f"{path} can't be opened: {error.strerror}") from None


def _rows(path: Path) -> Any:
    with _opened(path, "rt") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                kind = row["kind"]
            except (ValueError, TypeError, KeyError):
                raise InputInvalid(f"{path}, line {number} is no row that `gazette export` wrote") from None
            if kind in ("story", "subscription"):
                yield row
