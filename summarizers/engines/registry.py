"""Which engines are there?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from summarizers.engines.lead import Lead
from summarizers.engines.newsrank import Newsrank
from summarizers.engines.protocol import Engine, UnknownEngine
from summarizers.engines.sumy_adapters import SUMY_ENGINES, SumyEngine

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
