"""Metadata before the text of a Markdown file.

Front matter in YAML (Obsidian, Jekyll, Hugo, trafilatura), TOML or JSON (Hugo), the head that Jina's reader writes, and
lines of `Name: value` (Pelican, MultiMarkdown).
"""

from __future__ import annotations

import json
import re
import tomllib
from itertools import accumulate
from typing import Any, Final

import yaml

__all__ = ["split_front_matter"]

_MOST: Final = 50_000
"""Characters of front matter; clippers write some hundreds."""

_DEEPEST: Final = 30
"""Brackets open at one time in YAML: its parser takes time with the square of them."""

_BRACKETS: Final = {"[": 1, "{": 1, "]": -1, "}": -1}
_YAML = re.compile(r"\s*---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON = re.compile(r"\s*\{[ \t]*\n")
_YAML_LINE = re.compile(r"([\w.-]{1,60})[ \t]*:[ \t]+(\S.*)")
_HEAD_LINE = re.compile(r"([A-Z][\w -]{1,30}):[ \t]+(\S.*)\Z")
_JINA_START = re.compile(r"\s*Title:[^\n]*\n\s*URL Source:", re.IGNORECASE)
_JINA_END = re.compile(r"^Markdown Content:[ \t]*\n?", re.MULTILINE | re.IGNORECASE)
_JINA_NAMES: Final = {"url source": "url", "published time": "published"}
_PANDOC = re.compile(r"%[ \t]+([^\n]+)\n(?:%[^\n]*\n)?(?:%[ \t]*([^\n]*)\n)?")


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Return the metadata before a text, by name, and the text behind it.

    {} and the whole text where there is none.
    """
    head = text[:_MOST]
    for pattern, read in ((_YAML, _read_yaml), (_TOML, _read_toml)):
        match = pattern.match(head)
        if match is not None and (values := read(match[1] or "")) is not None:
            return values, text[match.end() :]
    if _JSON.match(head) and (found := _read_json(head)) is not None:
        return found[0], text[found[1] :]
    if _JINA_START.match(head) and (end := _JINA_END.search(head)) is not None:
        values = _read_lines(head[: end.start()])
        return {_JINA_NAMES.get(name.lower(), name): value for name, value in values.items()}, text[end.end() :]
    pandoc = _PANDOC.match(head)
    if pandoc is not None:
        return {"title": pandoc[1].strip(), "date": (pandoc[2] or "").strip()}, text[pandoc.end() :]
    block = head.lstrip("\n").partition("\n\n")[0]
    values = _read_lines(block)
    if "title" in {name.lower() for name in values} and len(values) == len(block.strip().split("\n")):
        return values, text[len(text) - len(text.lstrip("\n")) + len(block) :]
    return {}, text


def _read_yaml(block: str) -> dict[str, Any] | None:
    """Return a block's values as they are written.

    A block that isn't valid YAML is read line by line.
    """
    if not block.strip():
        return {}
    try:
        if _depth(block) > _DEEPEST:
            raise ValueError("brackets too deep")
        # All scalars stay text, and nothing is merged or built: what it takes is bounded by the block's length.
        values = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - BaseLoader makes strings, lists and dicts alone
    except (yaml.YAMLError, RecursionError, ValueError):
        values = None
    if isinstance(values, dict):
        return {str(name): value for name, value in values.items()}
    lines = {match[1]: match[2].strip(" \t\"'") for match in map(_YAML_LINE.match, block.split("\n")) if match}
    return lines or None


def _depth(block: str) -> int:
    """Return how many brackets are open at one time."""
    return max(accumulate(_BRACKETS.get(character, 0) for character in block), default=0)


def _read_toml(block: str) -> dict[str, Any] | None:
    try:
        values = tomllib.loads(block)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        pairs = (line.partition("=") for line in block.split("\n") if "=" in line)
        values = {name.strip(): value.strip(" \t\"'") for name, _, value in pairs}
    # Dates become objects of Python's; sources are read as they would be written.
    return {name: value if isinstance(value, str | dict | list) else str(value) for name, value in values.items()}


def _read_json(head: str) -> tuple[dict[str, Any], int] | None:
    start = len(head) - len(head.lstrip())
    try:
        values, end = json.JSONDecoder(strict=False).raw_decode(head, start)
    except (ValueError, RecursionError):
        return None
    return (values, end) if isinstance(values, dict) else None


def _read_lines(block: str) -> dict[str, str]:
    matches = map(_HEAD_LINE.match, block.split("\n"))
    return {match[1]: match[2].strip() for match in matches if match}
