"""Which engines are there?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from summarizers.summarization.engine import Engine, UnknownEngine
from summarizers.summarization.lead import Lead
from summarizers.summarization.newsrank import Newsrank
from summarizers.summarization.sumy_engines import SUMY_ENGINES, SumyEngine

__all__ = ["ENGINES", "engine_named"]

_ALL: tuple[Engine, ...] = (Newsrank(), Lead(), *(SumyEngine(name) for name in SUMY_ENGINES))

ENGINES: Mapping[str, Engine] = MappingProxyType({engine.name: engine for engine in _ALL})
"""Engines by name, ours first. sumy itself is imported when one of its engines first chooses."""


def engine_named(name: str) -> Engine:
    """The engine of that name. Raises UnknownEngine with the known names."""
    try:
        return ENGINES[name]
    except KeyError:
        raise UnknownEngine(name, tuple(ENGINES)) from None
