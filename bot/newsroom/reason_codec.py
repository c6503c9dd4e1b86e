"""The stored form of a reason: its code, then its facts as a JSON object, if any."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

__all__ = ["Fact", "decode_reason", "encode_reason"]

Fact = str | int | float
"""A value that a message can show, and that JSON keeps as it is."""

Code = TypeVar("Code", bound=StrEnum)

_ENCODED = re.compile(r"([a-z-]+)(?: (\{.*\}))?", re.DOTALL)


def encode_reason(code: StrEnum, facts: Mapping[str, Fact]) -> str:
    """Return the text that the store keeps, such as `too-large {"size": 9, "max_bytes": 8}`."""
    return f"{code.value} {json.dumps(facts)}" if facts else code.value


def decode_reason(text: str, codes: type[Code]) -> tuple[Code, dict[str, Fact]] | None:
    """Read a stored text.

    None for one that is not in this form or has a code of another version.
    """
    match = _ENCODED.fullmatch(text)
    if match is None:
        return None
    try:
        return codes(match[1]), json.loads(match[2] or "{}")
    except ValueError:
        return None
