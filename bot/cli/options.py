"""Options that several commands of the terminal share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.newsroom.filters import Filter

__all__ = ["Countries", "FilterText", "JsonFlag", "Replace", "Server", "Since", "Topics", "filter_of"]

JsonFlag = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Countries = Annotated[
    list[str] | None,
    typer.Option("--country", metavar="COUNTRY", help="Country code, name, demonym or native name; repeatable."),
]
Topics = Annotated[
    list[str] | None, typer.Option("--topic", metavar="TOPIC", help="Topic, such as politics; repeatable.")
]
FilterText = Annotated[
    str | None,
    typer.Option("--filter", help='Filter expression, such as country:jp,kr -topic:sport "sea drills" since:2d.'),
]
Since = Annotated[str | None, typer.Option(help="How far back: 12h, 2d, yesterday, last week, monday or 2026-11-01.")]
Server = Annotated[
    int | None,
    typer.Option(
        "--server", metavar="ID", min=1, help="Discord server (its id): with what its own sources bring, too."
    ),
]
Replace = Annotated[bool, typer.Option("--replace", help="Overwrite existing data.")]


def filter_of(country: list[str] | None, topic: list[str] | None, text: str | None, since: str | None = None) -> Filter:
    """Return the filter that options describe. Raises UnknownName, InputInvalid, FilterInvalid."""
    from bot.newsroom.filters import Filter  # loads the names of countries and topics

    return Filter.of(
        country=",".join(country) if country else None,
        topic=",".join(topic) if topic else None,
        since=since,
        text=text,
    )
