"""Extensions that other packages bring, found by entry points.

A package that can't be used never stops the program: it counts as absent, and `plugin_faults` says why.
"""

from __future__ import annotations

from functools import cache
from typing import Final

__all__ = ["ENGINES_GROUP", "FORMATS_GROUP", "load_plugins", "plugin_faults"]

ENGINES_GROUP: Final = "gazette.summary_engines"
"""Entry points that load to an `Engine`, by its name."""

FORMATS_GROUP: Final = "gazette.input_formats"
"""Entry points that load to an `InputFormat` of bot/intake/readers."""

_REQUIRED: Final = {ENGINES_GROUP: ("name", "select"), FORMATS_GROUP: ("extensions", "reader")}
"""Attributes without which an extension can't be used."""


@cache
def _loaded(group: str) -> tuple[dict[str, object], dict[str, str]]:
    """Return the extensions of a group by name, and the faults of those that can't be used."""
    from importlib.metadata import entry_points  # 15 ms, which a command that needs no extension does without

    found: dict[str, object] = {}
    faults: dict[str, str] = {}
    for entry in entry_points(group=group):
        try:
            plugin = entry.load()
        except Exception as error:  # noqa: BLE001, RUF100 - somebody else's code may raise anything
            faults[entry.name] = f"{entry.value} can't be loaded: {type(error).__name__}: {error}"
            continue
        missing = [name for name in _REQUIRED[group] if not hasattr(plugin, name)]
        if missing:
            faults[entry.name] = f"{entry.value} has no {', '.join(missing)}"
        else:
            found[entry.name] = plugin
    return found, faults


def load_plugins(group: str) -> dict[str, object]:
    """Return the usable extensions of a group by name."""
    return dict(_loaded(group)[0])


def plugin_faults() -> dict[str, str]:
    """Return what is wrong with each extension that can't be used, by name."""
    return {name: fault for group in _REQUIRED for name, fault in _loaded(group)[1].items()}
