"""Identity of the code that reads and analyses documents.

A document that this code can't read isn't tried again until the code changes.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import summarizers

__all__ = ["program_fingerprint"]

_LIBRARIES: Final = ("feedparser", "lxml", "numpy", "orjson", "sumy", "trafilatura")
"""Libraries that meet a document's bytes; another version may read what this one can't."""

_LENGTH: Final = 12
"""Characters of a fingerprint: 48 bits, and only a handful are ever compared."""


@cache
def program_fingerprint() -> str:
    """Return a text that changes with the code, tables and libraries that read documents."""
    digest = hashlib.sha256()
    for root in (Path(__file__).parent, Path(summarizers.__file__).parent):
        for path in sorted(root.rglob("*")):
            if path.suffix == ".py":
                digest.update(path.read_bytes())
            elif path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.name} {path.stat().st_size}".encode())
    for library in _LIBRARIES:
        try:
            digest.update(version(library).encode())
        except PackageNotFoundError:
            digest.update(b"-")
    return digest.hexdigest()[:_LENGTH]
