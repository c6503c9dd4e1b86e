"""The text of an event in posted messages: found, struck through, taken out or told anew.

A stored message has the markup of each of its events (`TEXTS_KEY`). In messages of earlier versions, an event's text
reaches from its heading (`### `) to the small line that ends it (`-# e34 …`). In a digest of long events it may begin in
one message and end in a later one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.delivery.message_port import TEXTS_KEY, THREAD_NAME_KEY
from bot.rendering.pages.front import FrontForm

__all__ = ["EventEdit", "edit_messages", "front_form", "strike", "take_out", "tell_anew"]

_HEADING: Final = "### "
_LEAD_HEADING: Final = "## "
_ITEM: Final = "- "
_SMALL: Final = "-# "
_REST: Final = "-# …"
"""The text in place of an event's rest, in the message after the one where it begins: a message needs some."""

_ROW: Final = 1
"""The type of the component that is a row of buttons or a menu: Discord's number."""

_MENU: Final = 3
"""The type of the component that is a menu: Discord's number."""

_SECTION: Final = 9
"""The type of the component that sets a text beside a picture: Discord's number."""

_THUMBNAIL: Final = 11
"""The type of the component that is a small picture: Discord's number."""

_ENDS_EVENT: Final = re.compile(r"-# e\d+(?![0-9A-Za-z])")


@dataclass(frozen=True, slots=True)
class EventEdit:
    """A change of an event's text in its messages.

    `lines` makes the new lines from the old ones, which end with the event's small line. `option` are the label and
    description of the event in the digest's menu: None leaves them, an empty label removes the event from the menu.
    `post_name` is the new name of the forum post that shows the event alone.
    """

    lines: Callable[[Sequence[str]], list[str]]
    option: tuple[str, str] | None = None
    post_name: str | None = None


def strike(note: str) -> EventEdit:
    """Strike the headline through, and put a note in place of the sentences."""

    def struck(lines: Sequence[str]) -> list[str]:
        prefix, head = _split_head(lines[0])
        head = head.replace("~~", "")
        if prefix == _ITEM:
            return [f"{prefix}~~{head}~~ {note}"]
        return [f"{prefix}~~{head}~~", f"{_SMALL}{note}", *(lines[-1:] if lines[-1].startswith(_SMALL) else [])]

    return EventEdit(struck)


def take_out(event: str, title: str, note: str) -> EventEdit:
    """Put a title and a note in place of the event's headline, sentences, labels and source."""

    def taken_out(lines: Sequence[str]) -> list[str]:
        prefix, _head = _split_head(lines[0])
        if prefix == _ITEM:
            return [f"{prefix}~~{title}~~ {note}"]
        ends = [f"{_SMALL}{event}"] if _ENDS_EVENT.match(lines[-1]) else []
        return [f"{prefix}~~{title}~~", f"{_SMALL}{note}", *ends]

    return EventEdit(taken_out, option=("", ""), post_name=title)


def tell_anew(lines: Sequence[str], label: str, description: str, post_name: str) -> EventEdit:
    """Put other lines in place of the event's."""
    return EventEdit(lambda _lines: list(lines), option=(label, description), post_name=post_name)


def front_form(markup: str) -> FrontForm | None:
    """Return the form in which a front page told an event with this markup; None for a card."""
    if not markup or markup.startswith(_HEADING):
        return None
    return "lead" if markup.startswith(_LEAD_HEADING) else "brief" if markup.startswith(_ITEM) else "told"


def _split_head(line: str) -> tuple[str, str]:
    """Return the mark of an event's first line (heading, item or none) and the line without it."""
    prefix = next((mark for mark in (_HEADING, _LEAD_HEADING, _ITEM) if line.startswith(mark)), "")
    return prefix, line.removeprefix(prefix)


def edit_messages(payloads: Sequence[Any], edits: Mapping[str, tuple[int, EventEdit]]) -> list[Any]:
    """Return the messages of a delivery after events were edited in them.

    `edits` has, by event (`e34`), the position of the message in which it begins, and the edit. Events that can't be
    found stay as they are.
    """
    edited = list(payloads)
    for event, (begins, edit) in edits.items():
        if any(TEXTS_KEY in payload for payload in payloads):
            _edit_texts(edited, payloads, event, begins, edit)
            continue
        ends = next((at for at in range(begins, len(edited)) if _ends_in(edited[at], event)), None)
        if ends is None:
            continue
        for at in range(begins, len(edited)):
            part = _Part(event, edit, begins=at == begins, ends=at == ends, over=at > ends)
            edited[at] = part.edit(edited[at])
    return edited


def _edit_texts(edited: list[Any], payloads: Sequence[Any], event: str, begins: int, edit: EventEdit) -> None:
    """Replace an event's stored markup in each message that has some of it."""
    for at in range(begins, len(edited)):
        text = payloads[at].get(TEXTS_KEY, {}).get(event)
        if text is not None:
            new = "\n".join(edit.lines(text.split("\n"))) if at == begins else _REST
            edited[at] = _Part(event, edit, begins=at == begins, ends=False, over=True, text=(text, new)).edit(
                edited[at]
            )
            edited[at][TEXTS_KEY] = {name: kept for name, kept in edited[at][TEXTS_KEY].items() if name != event}
        elif edit.option is not None:
            edited[at] = _Part(event, edit, begins=False, ends=False, over=True).edit(edited[at])


def _ends_in(payload: Any, event: str) -> bool:
    if isinstance(payload, dict):
        return any(
            _end(value.split("\n"), event) is not None
            if key in ("content", "description") and isinstance(value, str)
            else _ends_in(value, event)
            for key, value in payload.items()
        )
    return isinstance(payload, list) and any(_ends_in(part, event) for part in payload)


def _end(lines: Sequence[str], event: str) -> int | None:
    ends = re.compile(rf"-# {event}(?![0-9A-Za-z])")
    return next((at for at, line in enumerate(lines) if ends.match(line)), None)


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of an event that is in one message; when its text is over, its place in the menu.

    `text` is the event's stored markup there and what replaces it.
    """

    event: str
    edit_event: EventEdit
    begins: bool
    ends: bool
    over: bool
    text: tuple[str, str] | None = None

    def edit(self, payload: Any) -> Any:
        """Return a message, or a part of it, after the edit."""
        if isinstance(payload, list):
            return [edited for part in payload if (edited := self.edit(part)) is not None]
        if not isinstance(payload, dict):
            return payload
        if payload.get("type") == _MENU:
            return self._edit_menu(payload)
        edited = {
            key: self._edit_text(value)
            if key in ("content", "description") and isinstance(value, str)
            else self.edit(value)
            for key, value in payload.items()
        }
        if payload.get("type") == _ROW and not edited["components"]:  # its menu has gone
            return None
        edited = _without_picture(payload, edited)
        if self.begins and self.edit_event.post_name is not None and THREAD_NAME_KEY in edited:
            edited[THREAD_NAME_KEY] = self.edit_event.post_name
        return edited

    def _edit_menu(self, menu: dict[str, Any]) -> dict[str, Any] | None:
        """Return the menu of stories with the event's option changed; None if none is left."""
        if self.edit_event.option is None:
            return menu
        label, description = self.edit_event.option
        options = []
        for option in menu["options"]:
            if option["value"] != self.event:
                options.append(option)
            elif label:
                changed = {**option, "label": label, "description": description}
                options.append({key: value for key, value in changed.items() if value})
        if not options:
            return None
        most = min(menu.get("max_values", 1), len(options))
        return {**menu, "options": options, "max_values": most}

    def _edit_text(self, text: str) -> str:
        if self.text is not None:
            before, after = self.text
            return f"\n{text}\n".replace(f"\n{before}\n", f"\n{after}\n", 1)[1:-1]
        lines = text.split("\n")
        if self.over:
            return text
        if self.begins and self.ends:
            end = _end(lines, self.event)
            if end is None:
                return text
            start = next((at for at in range(end, -1, -1) if lines[at].startswith(_HEADING)), None)
            if start is None:
                return text
            return "\n".join([*lines[:start], *self.edit_event.lines(lines[start : end + 1]), *lines[end + 1 :]])
        if self.begins:
            start = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].startswith(_HEADING)), None)
            if start is None or any(_ENDS_EVENT.match(line) for line in lines[start:]):
                return text
            footer = lines[-1:] if lines[-1].startswith(_SMALL) else []
            new = self.edit_event.lines([*lines[start:], f"{_SMALL}{self.event}"])
            return "\n".join([*lines[:start], *new, *footer])
        end = _end(lines, self.event) if self.ends else None
        if self.ends and end is None:
            return text
        if end is not None:
            return "\n".join([f"{_SMALL}{self.event}", *lines[end + 1 :]])
        return _between(lines, self.event)


def _without_picture(payload: dict[str, Any], edited: dict[str, Any]) -> dict[str, Any]:
    """Return an edited component or embed without the picture of a changed event."""
    if payload.get("type") == _SECTION and payload["accessory"]["type"] == _THUMBNAIL:
        (text,) = edited["components"]
        return edited if edited == payload else text
    if "thumbnail" in payload and edited.get("description") != payload.get("description"):
        return {key: value for key, value in edited.items() if key != "thumbnail"}
    return edited


def _between(lines: Sequence[str], event: str) -> str:
    """Return a text in which an event neither begins nor ends, without its sentences."""
    if not any(line and not line.startswith(_SMALL) for line in lines):
        return "\n".join(lines)
    footer = [line for line in lines[-1:] if line.startswith(_SMALL)]
    return "\n".join([f"{_SMALL}{event}", *footer])
