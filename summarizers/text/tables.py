"""Tables and arrays shipped in summarizers/data: one module reads all of them."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["language_words", "load_arrays", "load_table"]


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return a table of summarizers/data by its file name, JSON or TOML.

    Each table is parsed once per process and shared: callers must not change it.
    Raises FileNotFoundError for a name that isn't shipped.
    """
    text = files("summarizers").joinpath("data", name).read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(text) if name.endswith(".toml") else json.loads(text)
    return table


def load_arrays(name: str) -> dict[str, NDArray[Any]]:
    """Return the arrays of an .npz file of summarizers/data by their names, read anew each time.

    Raises FileNotFoundError for a name that isn't shipped.
    """
    import numpy as np

    with files("summarizers").joinpath("data", name).open("rb") as file, np.load(file) as arrays:
        return {key: arrays[key] for key in arrays.files}


@cache
def language_words(language: str, kind: str) -> tuple[str, ...]:
    """Return the casefolded words of one kind in language.toml, in file order.

    Empty for a language without such a list.

    `kind` is a key of that file, such as `stop` or `title`. Words that the file lists for `any` language are not added.
    """
    table = load_table("language.toml")
    return tuple(table.get(language, {}).get(kind, "").casefold().split())
