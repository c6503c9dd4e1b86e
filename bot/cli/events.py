"""`gazette split`, `gazette join`: which stories are about one event, corrected by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import count_noun, print_json, run_in_newsroom, stdout_console
from bot.cli.json_output import Shape, event_stories_shape
from bot.cli.options import JsonFlag

if TYPE_CHECKING:
    from bot.services.event_edits import EventStories

__all__ = ["join", "split"]


def split(
    stories: Annotated[list[str], typer.Argument(help="Stories that don't belong to their event, such as s12 s15.")],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Move stories out of their event into a new one.

    Posted digests stay as they are, and no channel gets the stories again.
    """
    created, left = run_in_newsroom(lambda newsroom: newsroom.services.event_editor.split(stories))
    shape: Shape = {"event": event_stories_shape(created), "left": [event_stories_shape(event) for event in left]}
    _show(shape, [created, *left], as_json=as_json)


def join(
    events: Annotated[list[str], typer.Argument(help="Events to join, or a story of each, such as e12 e34.")],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Merge events into the first one.

    Posted digests stay as they are, and the other events' ids lead to the merged one.
    """
    merged = run_in_newsroom(lambda newsroom: newsroom.services.event_editor.join(events))
    _show({"event": event_stories_shape(merged)}, [merged], as_json=as_json)


def _show(shape: Shape, events: list[EventStories], *, as_json: bool) -> None:
    if as_json:
        print_json(shape)
        return
    for event in events:
        count = count_noun(len(event.stories), "story", "stories")
        stdout_console().print(f"e{event.id}, {count}: {event.stories[0].headline}", markup=False)
