"""`gazette sources …`: the feeds that are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import as_called, count_noun, print_json, print_note, run_in_newsroom, stdout_console
from bot.cli.json_output import Shape, moment_shape
from bot.cli.options import JsonFlag, Replace, Server
from bot.errors import InputInvalid
from bot.newsroom.sources import DEFAULT_OPTIONS, IdentityRule, Source, SourceOptions, SourceTerms
from bot.rendering.escape import clean

if TYPE_CHECKING:
    from bot.app import Newsroom
    from bot.services.sources import FoundSource, ImportedSources

__all__ = ["app"]

app = typer.Typer(
    name="sources",
    help="List, add and change the feeds that are read.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

_ODDITIES = {
    "empty": "it has no entries now",
    "titles": "{count} of {total} entries have a headline only",
    "dates": "{count} of {total} entries have no date: they count as published when they arrive",
    "old": "its newest entry is {days} days old",
    "shared": "several entries share an id, so that their headlines tell them apart",
    "left-out": "{note}",
    "slow": "the server took {seconds} seconds to answer",
}
"""What `FoundSource.oddities` mean."""

_TO_MINUTES = len("2026-11-30T06:00")
"""Characters of a time that a list shows; the JSON has all of it."""

_Name = Annotated[str, typer.Argument(metavar="SOURCE", help="Its number, address or title.")]
_Title = Annotated[str | None, typer.Option(help="What it is called (default: the feed's own title).")]
_Interval = Annotated[
    int | None, typer.Option(metavar="MINUTES", help="Pause between two fetches (default: by how much it brings).")
]
_Language = Annotated[str | None, typer.Option(help="Language of entries that state none, such as de.")]
_Timezone = Annotated[str | None, typer.Option(help="Time zone of dates without one, such as Asia/Taipei.")]
_Identity = Annotated[
    IdentityRule | None, typer.Option(help="What says that an entry is one that was read before (default: auto).")
]
_Trust = Annotated[
    bool | None,
    typer.Option("--trust-categories/--no-trust-categories", help="Take the feed's own categories for topics."),
]
_WholeArticles = Annotated[
    bool | None,
    typer.Option(
        "--whole-articles/--no-whole-articles",
        help="Fetch the page of each new entry for its text, as the site's robots.txt allows (default: no).",
    ),
]
_OldestDays = Annotated[
    float | None, typer.Option(help="Age in days from which on an entry is no news (default: intake.oldest_days).")
]

_Terms = Annotated[
    SourceTerms | None,
    typer.Option(help="What its terms allow to be shown on the web: summary (default) or full, the whole text."),
]


@app.command("list")
def list_(*, server: Server = None, as_json: JsonFlag = False) -> None:
    """List the feeds that are read, and how each is doing."""
    shapes = run_in_newsroom(lambda newsroom: _shapes(newsroom, server))
    if as_json:
        print_json({"sources": shapes})
        return
    if not shapes:
        stdout_console().print(
            as_called("No feeds are read yet: gazette sources add https://example.org/"), markup=False, soft_wrap=True
        )
        return
    from rich.table import Table

    table = Table("id", "title", "for", "state", "last success", "items a day")
    table.add_column("address", overflow="fold")
    for shape in shapes:
        table.add_row(
            str(shape["id"]),
            clean(shape["title"]),
            "all servers" if shape["scope"] == "all" else f"server {shape['scope']}",
            shape["state"],
            (shape["last_success"] or "never")[:_TO_MINUTES].replace("T", " "),
            f"{shape['items_per_day']:g}",
            clean(shape["url"]),
        )
    stdout_console().print(table)
    for shape in shapes:
        if shape["last_error"]:
            stdout_console().print(f"Source {shape['id']}: {clean(shape['last_error'])}", markup=False)


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of a feed, or of a page that names one.")],
    *,
    server: Server = None,
    title: _Title = None,
    interval: _Interval = None,
    language: _Language = None,
    timezone: _Timezone = None,
    identity: _Identity = None,
    trust_categories: _Trust = None,
    whole_articles: _WholeArticles = None,
    oldest_days: _OldestDays = None,
    terms: _Terms = None,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Add the address as it is, without looking at what it brings.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Add a feed, and show what it brings.

    Of a page, its feed is added. The running bot fetches it within seconds.
    """
    given = _given(interval, language, timezone, identity, trust_categories, whole_articles, oldest_days, terms)
    options = SourceOptions(**given).checked()

    async def look_and_add(newsroom: Newsroom) -> tuple[Source, FoundSource | None]:
        service = newsroom.services.sources
        address = await service.check_new(url, server)
        found = None
        if not unchecked:
            found = await _probe(newsroom, address)
            address = found.url
        own = title or (found.title if found is not None else None)
        return await service.add(address, guild_id=server, title=own, options=options), found

    source, found = run_in_newsroom(look_and_add)
    if as_json:
        print_json({**_shape(source), **(_found_shape(found) if found is not None else {})})
        return
    out = stdout_console()
    for_whom = "all servers" if source.guild_id is None else f"server {source.guild_id}"
    out.print(f"Source {source.id} added for {for_whom}: {clean(source.name)}", markup=False)
    if found is not None:
        _print_found(found)


@app.command("test")
def look_at(
    source: Annotated[str, typer.Argument(metavar="URL", help="An address, or a source's number.")],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Show what an address brings, without adding it."""

    async def look(newsroom: Newsroom) -> FoundSource:
        address = source
        if re.fullmatch(r"\d+", source, re.ASCII):
            address = (await newsroom.services.sources.find(source)).url
        return await _probe(newsroom, address)

    found = run_in_newsroom(look)
    if as_json:
        print_json(_found_shape(found))
    else:
        _print_found(found)


@app.command("change")
def change(
    source: _Name,
    *,
    title: _Title = None,
    interval: _Interval = None,
    language: _Language = None,
    timezone: _Timezone = None,
    identity: _Identity = None,
    trust_categories: _Trust = None,
    whole_articles: _WholeArticles = None,
    oldest_days: _OldestDays = None,
    terms: _Terms = None,
    as_json: JsonFlag = False,
) -> None:
    """Change how a feed is read. An empty text sets an option back to its default."""
    changes = _given(interval, language, timezone, identity, trust_categories, whole_articles, oldest_days, terms)
    if not changes and title is None:
        raise InputInvalid("name what to change: --title, --interval, --language, --timezone, --identity and so on")
    changed = run_in_newsroom(lambda newsroom: newsroom.services.sources.change(source, changes, title=title))
    _print_changed(changed, "changed", as_json=as_json)


@app.command("remove")
def remove(source: _Name, *, as_json: JsonFlag = False) -> None:
    """Stop reading a feed. What it brought stays."""
    removed = run_in_newsroom(lambda newsroom: newsroom.services.sources.remove(source))
    _print_changed(removed, "removed", as_json=as_json)


@app.command("pause")
def pause(source: _Name, *, as_json: JsonFlag = False) -> None:
    """Stop fetching a feed until it is resumed."""
    paused = run_in_newsroom(lambda newsroom: newsroom.services.sources.pause(source))
    _print_changed(paused, "paused", as_json=as_json)


@app.command("resume")
def resume(source: _Name, *, as_json: JsonFlag = False) -> None:
    """Fetch a paused feed again."""
    resumed = run_in_newsroom(lambda newsroom: newsroom.services.sources.resume(source))
    _print_changed(resumed, "resumed", as_json=as_json)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="List of feeds of any feed reader.")],
    *,
    server: Server = None,
    as_json: JsonFlag = False,
) -> None:
    """Add the feeds of an OPML file. Those that are read already stay as they are."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputInvalid(f"{file} can't be read: {error.strerror}") from None

    async def read(newsroom: Newsroom) -> ImportedSources:
        return await newsroom.services.sources.import_opml(data, guild_id=server)

    report = run_in_newsroom(read)
    if as_json:
        refused = [{"url": url, "reason": reason} for url, reason in report.refused]
        print_json({"added": len(report.added), "known": report.known, "refused": refused})
    else:
        known = f", {report.known:,} known already" if report.known else ""
        stdout_console().print(f"{count_noun(len(report.added), 'feed')} added{known}")
        for url, reason in report.refused:
            print_note(f"gazette: {clean(url)} {reason}")
    if report.refused and not report.added and not report.known:
        raise typer.Exit(1)


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE.opml", help="File to write.")],
    *,
    server: Server = None,
    replace: Replace = False,
    as_json: JsonFlag = False,
) -> None:
    """Write the feeds as OPML, which every feed reader imports; with their whole addresses."""
    if file.exists() and not replace:
        raise InputInvalid(f"{file} exists already: choose another name or add --replace")

    async def write(newsroom: Newsroom) -> tuple[bytes, int]:
        from bot.newsroom.audience import OPERATOR, Audience

        audience = OPERATOR if server is None else Audience(server)
        service = newsroom.services.sources
        return await service.export_opml(audience), len(await service.list_sources(audience))

    data, count = run_in_newsroom(write)
    try:
        file.write_bytes(data)
    except OSError as error:
        raise InputInvalid(f"{file} can't be written: {error.strerror}") from None
    if as_json:
        print_json({"path": str(file), "sources": count})
    else:
        stdout_console().print(f"{file} written: {count_noun(count, 'feed')}", markup=False)


async def _probe(newsroom: Newsroom, address: str) -> FoundSource:
    from bot.app import open_source_probe
    from bot.newsroom.sources import check_address

    async with open_source_probe(newsroom) as probe:
        return await probe.probe(check_address(address), may_be_private=True)


async def _shapes(newsroom: Newsroom, server: int | None) -> list[Shape]:
    from bot.newsroom.audience import OPERATOR, Audience

    listed = await newsroom.services.sources.list_sources(OPERATOR if server is None else Audience(server))
    return [_shape(each, newsroom) for each in listed]


def _shape(source: Source, newsroom: Newsroom | None = None) -> Shape:
    """Return a source; its address is whole but for passwords and keys."""
    health, options = source.health, source.options
    return {
        "id": source.id,
        "title": source.name,
        "url": source.shown_url,
        "scope": "all" if source.guild_id is None else str(source.guild_id),
        "state": source.status.value,
        "last_success": None if health.succeeded_at is None else moment_shape(health.succeeded_at),
        "last_error": None if health.error is None else health.error.message,
        "failures": health.failures,
        "next": None if source.next_at is None or source.paused_at else moment_shape(source.next_at),
        "items_per_day": round(source.items_a_day(newsroom.clock()), 1) if newsroom is not None else 0,
        "configured": source.configured,
        "interval": options.interval_minutes,
        "language": options.language,
        "timezone": options.timezone,
        "identity": options.identity.value,
        "trust_categories": options.trust_categories,
        "whole_articles": options.whole_articles,
        "oldest_days": options.oldest_days,
        "terms": options.terms.value,
    }


def _found_shape(found: FoundSource) -> Shape:
    from bot.newsroom.feed_addresses import hide_secrets

    return {
        "url": hide_secrets(found.url),
        "title": found.title,
        "entries": found.entries,
        "preview": [
            {"headline": event.headline, "summary": [each.text for each in event.summary], "language": event.language}
            for event in found.preview
        ],
        "odd": [{"what": name, "says": _ODDITIES[name].format_map(facts)} for name, facts in found.oddities],
        "others": [hide_secrets(each) for each in found.others],
    }


def _print_found(found: FoundSource) -> None:
    from bot.i18n import words
    from bot.newsroom.feed_addresses import hide_secrets
    from bot.rendering.layout import Page, Rule
    from bot.rendering.pages.digest import event_group
    from bot.rendering.terminal import draw

    out = stdout_console()
    out.print(
        f"{clean(found.title or 'A feed without a title')}: {count_noun(found.entries, 'entry', 'entries')}, "
        f"at {clean(hide_secrets(found.url))}",
        markup=False,
        soft_wrap=True,
    )
    for name, facts in found.oddities:
        out.print(f"  ! {clean(_ODDITIES[name].format_map(facts))}", markup=False)
    for other in found.others:
        out.print(f"  The page also names {clean(hide_secrets(other))}", markup=False, soft_wrap=True)
    for event in found.preview:
        out.print(draw(Page((Rule(), event_group(event, words()))), buttons=False))


def _print_changed(source: Source, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(_shape(source))
    else:
        stdout_console().print(f"Source {source.id} {what}: {clean(source.name)}", markup=False)


def _given(
    interval: int | None,
    language: str | None,
    timezone: str | None,
    identity: IdentityRule | None,
    trust_categories: bool | None,
    whole_articles: bool | None,
    oldest_days: float | None,
    terms: SourceTerms | None,
) -> dict[str, Any]:
    """Return the options that were given by name; an empty text is the default."""
    values = {
        "interval_minutes": interval,
        "language": language,
        "timezone": timezone,
        "identity": identity,
        "trust_categories": trust_categories,
        "whole_articles": whole_articles,
        "oldest_days": oldest_days,
        "terms": terms,
    }
    return {
        name: value or getattr(DEFAULT_OPTIONS, name) if value == "" else value
        for name, value in values.items()
        if value is not None
    }
