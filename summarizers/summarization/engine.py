"""Protocol of a summary engine, and its errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

__all__ = ["Engine", "EngineUnavailable", "Focus", "UnknownEngine"]

Focus: TypeAlias = str | Sequence[str] | None
"""What a reader asked about: a query in words, `country:JP`, `topic:sport`, or a list of any of these."""


class Engine(Protocol):
    """A method of choosing the sentences that together say most of a story."""

    @property
    def name(self) -> str:
        """Name in settings and subscriptions."""
        ...

    def select(self, sentences: Sequence[str], count: int, *, language: str, focus: Focus = None) -> list[int]:
        """Choose at most `count` of `sentences`, a body in reading order.

        Returns positions in `sentences`, ascending, each once. A body no longer than `count` is returned whole, an
        empty one gives []. Equal input gives equal output. `language` is an ISO 639-1 code, `focus` what the reader
        asked about; an engine that can't be steered ignores it. Raises EngineUnavailable when the engine's optional
        package is missing.
        """
        ...


class UnknownEngine(LookupError):
    """No engine has this name; `known` lists the names that exist."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no engine {name!r}; there are {', '.join(known)}")
        self.name, self.known = name, tuple(known)


class EngineUnavailable(RuntimeError):
    """An engine's optional package is not installed; `package` is its name."""

    def __init__(self, name: str, package: str) -> None:
        super().__init__(f"engine {name} needs the package {package}, which is not installed")
        self.name, self.package = name, package
