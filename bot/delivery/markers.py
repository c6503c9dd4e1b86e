"""The marker by which a message is found again after a crash, out of readers' sight.

It is a number. Components V2 bear it as the `id` of their outermost component, which Discord keeps and shows nobody. The
other looks bear it in the custom ids of their buttons and menus; one that has none gets a button that opens all
stories. Both come back with a channel's history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.commands.custom_ids import mark_custom_id, short_custom_id

__all__ = ["marked", "marker_number", "markers_of"]

_LEAST: Final = 1 << 30
"""Least marker: Discord numbers components from 1, and takes ids below 2 to the 31st."""

_ORDINALS: Final = 16
"""Markers of one digest: more than the messages that it may have."""

_ROW, _BUTTON, _SECONDARY = 1, 2, 2  # types of components, and the style of a button: Discord's numbers

_COMPONENTS_V2: Final = 1 << 15
"""The message flag of Components V2: Discord's number."""


def marker_number(code: str, ordinal: int) -> int:
    """Return the marker of a digest's message, from the digest's random code: ten digits."""
    drawn = int.from_bytes(hashlib.blake2s(code.encode(), digest_size=4).digest()) % (_LEAST // _ORDINALS)
    return _LEAST + drawn * _ORDINALS + ordinal


def markers_of(code: str) -> Iterator[str]:
    """Return the markers that a digest's messages can have."""
    return (str(marker_number(code, ordinal)) for ordinal in range(_ORDINALS))


def marked(payload: Mapping[str, Any], marker: int, label: str) -> dict[str, Any]:
    """Return a message with its marker.

    `label` is that of the button which a message without any gets.
    """
    components = list(payload.get("components") or ())
    if int(payload.get("flags") or 0) & _COMPONENTS_V2:
        first, *rest = components
        return {**payload, "components": [{**first, "id": marker}, *rest]}
    if not components:
        button = {
            "type": _BUTTON,
            "style": _SECONDARY,
            "label": label,
            "custom_id": short_custom_id("news", "1", "", discriminator=str(marker)),
        }
        return {**payload, "components": [{"type": _ROW, "components": [button]}]}
    return {**payload, "components": [_with_marked_ids(row, str(marker)) for row in components]}


def _with_marked_ids(component: Mapping[str, Any], marker: str) -> dict[str, Any]:
    own = dict(component)
    if "custom_id" in own:
        own["custom_id"] = mark_custom_id(own["custom_id"], marker)
    if "components" in own:
        own["components"] = [_with_marked_ids(inner, marker) for inner in own["components"]]
    return own
