"""The invented news that comes with the program, known by the hashes of its files.

A file that somebody changed is news of their own; one that was copied elsewhere is still a sample.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

__all__ = ["SamplePolicy", "find_sample_folder", "is_sample", "sample_sizes"]

_INSTALLED = Path("share", "gazette", "seeds")
"""Where the wheel puts the sample news, below the environment that it is installed in."""


class SamplePolicy(StrEnum):
    """Handling of the sample news in the seeds folder."""

    AUTO = "auto"
    """Read until a token is set or there is other news."""
    SHOW = "show"
    HIDE = "hide"


@cache
def _samples() -> dict[str, int]:
    """Sizes of all versions of the sample files, by SHA-256 in hex."""
    samples: dict[str, int] = json.loads((files(__package__) / "sample_news.json").read_text("utf-8"))
    return samples


def is_sample(sha256: str | None) -> bool:
    """Return whether a file with this hash, in hex, is one of the samples."""
    return sha256 in _samples()


@cache
def sample_sizes() -> frozenset[int]:
    """Return the sizes in bytes that a sample file can have: others need no hash."""
    return frozenset(_samples().values())


def find_sample_folder() -> Path | None:
    """Return the folder that the sample news was installed into, or None."""
    folder = Path(sys.prefix) / _INSTALLED
    return folder if folder.is_dir() else None
