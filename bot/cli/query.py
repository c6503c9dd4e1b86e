"""What is in the news? `gazette digest`, `news`, `search`, `story`, `why`: the answers that the bot gives."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli import json_output
from bot.cli.common import emit, in_newsroom, note, screen
from bot.i18n import words

__all__ = ["digest", "news", "search", "story", "why"]

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Countries = Annotated[
    list[str] | None, typer.Option("--country", help="A country's code, name, demonym or native name; several times.")
]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="A topic, such as politics; several times.")]
FilterText = Annotated[
    str | None, typer.Option("--filter", help='The filter language: country:jp,kr -topic:sport "sea drills" since:2d')
]
Since = Annotated[str | None, typer.Option(help="How far back: 12h, 2d, 1w, today, yesterday, 2026-11-01.")]


def wanted(country: list[str] | None, topic: list[str] | None, text: str | None, since: str | None = None) -> Any:
    """The filter that options ask for."""
    from bot.newsroom.filters import Filter

    return Filter.of(
        country=",".join(country) if country else None,
        topic=",".join(topic) if topic else None,
        since=since,
        text=text,
    )


def digest(
    *,
    country: Countries = None,
    topic: Topics = None,
    filter_text: FilterText = None,
    since: Since = None,
    limit: Annotated[int | None, typer.Option(min=1, max=25, help="Events at most.")] = None,
    as_json: Json = False,
) -> None:
    """Compose and print the digest that a channel would get now."""
    asked = wanted(country, topic, filter_text)

    async def work(newsroom: Any) -> Any:
        await _warn_if_empty(newsroom)
        zone = newsroom.settings.digest.timezone
        return await newsroom.services.digests.compose(asked, since=since, limit=limit, timezone=zone)

    show_digest(in_newsroom(work), as_json=as_json)


async def _warn_if_empty(newsroom: Any) -> None:
    """Say on standard error where stories come from, when there is none at all."""
    from bot.store import story_rows

    async with newsroom.store.reading() as conn:
        if await story_rows.latest_arrival(conn) is None:
            note("gazette: nothing has been read yet; `gazette ingest` reads the seeds folder")


def show_digest(found: Any, *, as_json: bool) -> None:
    """Print a digest."""
    from bot.rendering import terminal
    from bot.rendering.pages.digest import digest_page

    page = digest_page(found, words())
    if as_json:
        emit(json_output.digest_shape(found, page.blocks[0].plain))  # type: ignore[union-attr] # its first line is the title
    else:
        screen().print(terminal.draw(page, buttons=False))


def news(
    *,
    country: Countries = None,
    topic: Topics = None,
    filter_text: FilterText = None,
    since: Since = None,
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    as_json: Json = False,
) -> None:
    """What /news answers: the newest stories, a page at a time."""
    asked = wanted(country, topic, filter_text, since)

    async def work(newsroom: Any) -> Any:
        await _warn_if_empty(newsroom)
        return await newsroom.services.news.page(asked, page=page)

    _show_stories(in_newsroom(work), str(asked), as_json=as_json)


def search(
    terms: Annotated[list[str], typer.Argument(help='Words; "a phrase" in quotes.', metavar="WORD")],
    *,
    page: Annotated[int, typer.Option(min=1, help="Which page.")] = 1,
    as_json: Json = False,
) -> None:
    """Stories that hold all these words, the best first."""
    # The shell takes quotes away: round one of several words they make a phrase, round all of them they mean nothing.
    alone = len(terms) == 1
    asked = " ".join(term if alone or " " not in term or '"' in term or ":" in term else f'"{term}"' for term in terms)

    async def work(newsroom: Any) -> Any:
        await _warn_if_empty(newsroom)
        return await newsroom.services.news.search(asked, page=page)

    _show_stories(in_newsroom(work), asked, as_json=as_json, query=asked)


def _show_stories(found: Any, question: str, *, as_json: bool, **more: object) -> None:
    from bot.rendering import terminal
    from bot.rendering.pages.stories import news_page

    if as_json:
        emit(json_output.news_shape(found, **more))
    else:
        screen().print(terminal.draw(news_page(found, words(), question=question), buttons=False))


def story(
    identity: Annotated[str, typer.Argument(metavar="ID", help="As lists show it: s12.")], *, as_json: Json = False
) -> None:
    """A story in full."""

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.news.story(identity)

    found = in_newsroom(work)
    if as_json:
        emit(json_output.story_shape(found))
        return
    from bot.rendering import terminal
    from bot.rendering.pages.stories import story_page

    screen().print(terminal.draw(story_page(found, words()), buttons=False))


def why(
    identity: Annotated[str, typer.Argument(metavar="ID", help="An event (e34) or a story (s12).")],
    *,
    as_json: Json = False,
) -> None:
    """Why a story is there, and where each sentence is from."""

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.digests.explain(identity)

    event, stories = in_newsroom(work)
    if as_json:
        emit(json_output.why_shape(event, stories))
        return
    from bot.rendering import terminal
    from bot.rendering.pages.digest import why_page

    screen().print(terminal.draw(why_page(event, stories, words()), buttons=False))
