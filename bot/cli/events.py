"""What if grouping was wrong? `gazette split`, `gazette join`: which stories tell of one happening, decided by hand."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.common import counted, emit, in_newsroom, screen
from bot.cli.query import Json

__all__ = ["join", "split"]


def split(
    stories: Annotated[list[str], typer.Argument(help="The stories that don't belong: s12 s15.")],
    *,
    as_json: Json = False,
) -> None:
    """Take stories out of their event into one of their own.

    What was posted stays posted, and nobody is told it again.
    """

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.event_editor.split(stories)

    made, left = in_newsroom(work)
    if as_json:
        emit({"event": _shape(made), "left": [_shape(event) for event in left]})
    else:
        for event in (made, *left):
            _tell(event)


def join(
    events: Annotated[list[str], typer.Argument(help="Events, or a story of each, that are one: e12 e34.")],
    *,
    as_json: Json = False,
) -> None:
    """Make one event of several, with the number of the first.

    What was posted stays posted, and the other numbers lead to it.
    """

    async def work(newsroom: Any) -> Any:
        return await newsroom.services.event_editor.join(events)

    made = in_newsroom(work)
    if as_json:
        emit({"event": _shape(made)})
    else:
        _tell(made)


def _shape(event: Any) -> dict[str, Any]:
    return {"id": f"e{event.id}", "stories": [f"s{line.id}" for line in event.stories]}


def _tell(event: Any) -> None:
    told = counted(len(event.stories), "story", "stories")
    screen().print(f"e{event.id}, {told}: {event.stories[0].headline}", markup=False)
