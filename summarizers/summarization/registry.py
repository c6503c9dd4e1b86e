"""Summary engines by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import cast

from summarizers.plugins import ENGINES_GROUP, load_plugins
from summarizers.summarization.engine import Engine, UnknownEngine

__all__ = ["ENGINES", "get_engine"]

_LOCATIONS = {
    "newsrank": "newsrank:NEWSRANK",
    "lead": "lead:LEAD",
    "lexrank": "sumy_engines:LEXRANK",
    "textrank": "sumy_engines:TEXTRANK",
    "lsa": "sumy_engines:LSA",
    "luhn": "sumy_engines:LUHN",
    "kl": "sumy_engines:KL",
    "sumbasic": "sumy_engines:SUMBASIC",
    "reduction": "sumy_engines:REDUCTION",
    "edmundson": "sumy_engines:EDMUNDSON",
}
"""Module in this package and attribute of each engine, ours first. Adding an engine is one line here.

Other packages add theirs by entry points (docs/extensions.md)."""


class _Engines(Mapping[str, Engine]):
    """Engines by name.

    A module is imported when its first engine is asked for, so that listing names is cheap.
    """

    def __getitem__(self, name: str) -> Engine:
        if name not in _LOCATIONS:
            from summarizers.summarization.plugin_engine import GuardedEngine

            return GuardedEngine(name, cast("Engine", load_plugins(ENGINES_GROUP)[name]))
        module, _, attribute = _LOCATIONS[name].partition(":")
        engine: Engine = getattr(import_module(f"{__package__}.{module}"), attribute)
        return engine

    def __contains__(self, name: object) -> bool:
        return name in _LOCATIONS or name in load_plugins(ENGINES_GROUP)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*_LOCATIONS, *load_plugins(ENGINES_GROUP))))

    def __len__(self) -> int:
        return len(list(iter(self)))


ENGINES: Mapping[str, Engine] = _Engines()
"""Every engine by its name."""


def get_engine(name: str) -> Engine:
    """Return the engine of that name. Raises UnknownEngine with the known names."""
    try:
        return ENGINES[name]
    except KeyError:
        raise UnknownEngine(name, tuple(ENGINES)) from None
