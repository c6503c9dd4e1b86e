r"""How is a path kept in the database, whatever bytes it was made of?

Python shows bytes that are no UTF-8 as single surrogates, which no database takes: they are kept as \udcXX, and a
backslash as two.
"""

from __future__ import annotations

import re

__all__ = ["decode_path", "encode_path"]

_UNKEEPABLE = re.compile("[\\\\\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|\\)")


def encode_path(path: str) -> str:
    """A path as the database keeps it."""
    return _UNKEEPABLE.sub(lambda found: "\\\\" if found[0] == "\\" else f"\\u{ord(found[0]):04x}", path)


def decode_path(kept: str) -> str:
    """The path that is kept as `kept`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\\", kept) if "\\" in kept else kept
