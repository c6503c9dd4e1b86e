"""Results of the checks of `gazette doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check, and how to fix it."""

    what: str
    level: Literal["ok", "warning", "error"]
    says: str
    todo: str = ""
