"""Summary engines by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

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
"""Module in this package and attribute of each engine, ours first. Adding an engine is one line here."""


class _Engines(Mapping[str, Engine]):
    """Engines by name.

    A module is imported when its first engine is asked for, so that listing names is cheap.
    """

    def __getitem__(self, name: str) -> Engine:
        module, _, attribute = _LOCATIONS[name].partition(":")
        engine: Engine = getattr(import_module(f"{__package__}.{module}"), attribute)
        return engine

    def __contains__(self, name: object) -> bool:
        return name in _LOCATIONS

    def __iter__(self) -> Iterator[str]:
        return iter(_LOCATIONS)

    def __len__(self) -> int:
        return len(_LOCATIONS)


ENGINES: Mapping[str, Engine] = _Engines()
"""Every engine by its name."""


def get_engine(name: str) -> Engine:
    """Return the engine of that name. Raises UnknownEngine with the known names."""
    try:
        return ENGINES[name]
    except KeyError:
        raise UnknownEngine(name, tuple(ENGINES)) from None
