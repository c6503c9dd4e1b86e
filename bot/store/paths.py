r"""Paths as text that every database takes, whatever bytes they are made of.

Python decodes bytes that are not UTF-8 as single surrogates, which no database takes: they are stored as \udcXX, and a
backslash as two.
"""

from __future__ import annotations

import re

__all__ = ["decode_path", "encode_path"]

_UNKEEPABLE = re.compile("[\\\\\x00\ud800-\udfff]")
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|\\)")


def encode_path(path: str) -> str:
    """Return a path in the form that the database stores."""
    return _UNKEEPABLE.sub(lambda match: "\\\\" if match[0] == "\\" else f"\\u{ord(match[0]):04x}", path)


def decode_path(stored: str) -> str:
    """Return the path that `encode_path` encoded."""
    return (
        _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else "\\", stored) if "\\" in stored else stored
    )
