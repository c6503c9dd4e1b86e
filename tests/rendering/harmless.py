"""Is a drawn message one that Discord takes, and that can do nobody any harm?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.rendering.discord import FILES_KEY
from tests.double import Refusal, check_message

__all__ = ["faults_of"]

_HARMLESS = re.compile(r"\\.|`[^`]*`", re.DOTALL)
_ADDRESS = re.compile(r"\]\(https?://[^)\s]*\)")
_MOMENT = re.compile(r"<t:-?\d+:f>")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]")
_MENTION = re.compile(r"@(?:everyone|here)|<(?:@|#|/|:|a:|id:)|(?<![A-Za-z]):[A-Za-z0-9_]+:")
_LINK = re.compile(r"(?i)[a-z0-9]://|discord\.gg/")


def faults_of(payload: dict[str, Any]) -> list[str]:
    """What is wrong with a message: what Discord would refuse, and what hostile text could have smuggled in."""
    faults = []
    files = list(payload.get(FILES_KEY) or ())
    payload = {name: value for name, value in payload.items() if name != FILES_KEY}
    try:
        check_message("create_message", payload, files=files)
    except Refusal as refusal:
        faults.append(f"refused: {refusal}")
    if payload.get("allowed_mentions") != {"parse": []}:
        faults.append("may mention")
    for text in _texts(payload):
        for line in text.split("\n"):
            faults += _faults_of_line(line)
    return faults


def _faults_of_line(line: str) -> Iterator[str]:
    bare = _MOMENT.sub(" ", _ADDRESS.sub("]", _HARMLESS.sub(" ", line)))  # without what is escaped, code, our own
    if _BIDI.search(line):
        yield f"a mark that turns the line around: {line!r}"
    depth = 0
    for char in line:
        depth += {"\u2068": 1, "\u2069": -1}.get(char, 0)
        if depth not in (0, 1):
            break
    if depth:
        yield f"isolation is not closed: {line!r}"
    if "`" in bare:
        yield f"code or a fence is not closed: {line!r}"
    if found := _MENTION.search(bare):
        yield f"{found[0]!r} in {line!r}"
    if found := _LINK.search(bare):
        yield f"a link, {found[0]!r} in {line!r}"
    for mark in ("**", "~~", "__", "||"):
        if bare.count(mark) % 2:
            yield f"{mark} is not closed: {line!r}"


def _texts(part: Any) -> Iterator[str]:
    """What is read as markup: texts of components, descriptions (but those of pictures), content."""
    if isinstance(part, dict):
        for name, value in part.items():
            if (
                name in ("content", "description")
                and isinstance(value, str)
                and part.keys().isdisjoint(("label", "media", "filename"))
            ):
                yield value
            elif not isinstance(value, str):
                yield from _texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)
