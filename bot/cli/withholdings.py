"""`gazette withhold`, `release`, `withheld`: stories and events that an editor takes back."""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import as_called, count_noun, print_json, run_in_newsroom, stdout_console
from bot.cli.json_output import withholding_shape
from bot.cli.options import JsonFlag
from bot.newsroom.models import story_name

if TYPE_CHECKING:
    from bot.services.withholdings import Withholding

__all__ = ["release", "withheld", "withhold", "withholding_lines"]

_Target = Annotated[str, typer.Argument(metavar="ID", help="Story id (s12) or event id (e34).")]
_Reason = Annotated[str | None, typer.Option("--reason", help="Why, for the log; members never see it.")]


def withhold(
    identity: _Target,
    *,
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="TIME", help="Release it then: 2026-11-01T08:00+08:00, or 12h, 2d, 1w from now."
        ),
    ] = None,
    reason: _Reason = None,
    as_json: JsonFlag = False,
) -> None:
    """Take a story or event out of answers, digests and posts.

    Copies and new versions of it are withheld, too, until `gazette release`.
    """
    made = run_in_newsroom(
        lambda newsroom: newsroom.services.withholdings.withhold(identity, by=_operator(), reason=reason, until=until)
    )
    left = [story_name(number) for number in made.left]
    if as_json:
        shape = withholding_shape(made.withholding)
        hidden = [story_name(number) for number in made.hidden]
        print_json({**shape, "hidden": hidden, "left": left, "messages": made.messages})
        return
    for line in withholding_lines(made.withholding):
        stdout_console().print(line, markup=False)
    if left:
        stdout_console().print(f"other reports of the event stay: {', '.join(left)}", markup=False)
    if made.messages:
        messages = count_noun(made.messages, "posted message")
        says = as_called(f"{messages} told it; the running bot, or `gazette deliver`, corrects what it can edit")
        stdout_console().print(says, markup=False)


def release(identity: _Target, *, reason: _Reason = None, as_json: JsonFlag = False) -> None:
    """End the withholding of a story or event.

    It returns to answers and posted messages, and digests tell what they never told.
    """
    ended = run_in_newsroom(
        lambda newsroom: newsroom.services.withholdings.release(identity, by=_operator(), reason=reason)
    )
    visible = [story_name(number) for number in ended.visible]
    if as_json:
        print_json({"released": [withholding_shape(each) for each in ended.withholdings], "visible": visible})
        return
    names = ", ".join(visible) or "no story, since others withhold it or its file is gone"
    stdout_console().print(f"{identity} released; visible again: {names}", markup=False)


def withheld(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Include what was released: the whole log.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """List what is withheld: by whom, why and until when."""
    listed = run_in_newsroom(
        lambda newsroom: newsroom.services.withholdings.list_withholdings(active_only=not everything)
    )
    if as_json:
        print_json({"withheld": [withholding_shape(each) for each in listed]})
        return
    if not listed:
        stdout_console().print("Nothing is withheld.")
    for each in listed:
        for line in withholding_lines(each):
            stdout_console().print(line, markup=False)


def withholding_lines(withholding: Withholding) -> list[str]:
    """Return the lines that tell the operator of a withholding."""
    from bot.rendering.escape import clean
    from bot.services.withholdings import target_name

    count = count_noun(len(withholding.stories), "story", "stories")
    until = f" until {withholding.until:%Y-%m-%d %H:%M} UTC" if withholding.until else ""
    first = f"{target_name(withholding)} withheld{until}, {count}: {clean(withholding.headline)}"
    lines = [first, f"  by {clean(withholding.made_by)} at {withholding.made_at:%Y-%m-%d %H:%M} UTC"]
    if withholding.reason:
        lines[-1] += f": {clean(withholding.reason)}"
    if withholding.released_at is not None:
        end = f"  released by {clean(withholding.released_by or '')} at {withholding.released_at:%Y-%m-%d %H:%M} UTC"
        lines.append(end + (f": {clean(withholding.release_reason)}" if withholding.release_reason else ""))
    return lines


def _operator() -> str:
    """Return the name of the operating system's user; a container's may have a number only."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
