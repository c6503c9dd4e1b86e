"""The normal form of a filter: flat, without repetition, in one order, and its text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.newsroom.filters.ast import And, Match, Node, Not, Or, Period, Phrase
from bot.newsroom.filters.keys import KEYS

__all__ = ["OPERATORS", "conjunction", "disjunction", "negation", "write"]

OPERATORS = frozenset({"and", "or", "not"})
"""Words that join conditions; as a search word each of them needs quotes."""

_PLAIN_WORD = re.compile(r"[^\W_]+")
_NEGATED = 100
"""Added to the rank of a negated node: any number above the count of ranks."""


def conjunction(nodes: Iterable[Node]) -> Node:
    """Return the node that matches where all of `nodes` do."""
    flat: dict[Node, None] = {}
    for node in nodes:
        flat.update(dict.fromkeys(node.nodes if isinstance(node, And) else [node]))
    ordered = tuple(sorted(flat, key=_order))
    return ordered[0] if len(ordered) == 1 else And(ordered)


def disjunction(nodes: Iterable[Node]) -> Node:
    """Return the node that matches where one of `nodes` does; values of one key are merged."""
    flat: dict[Node, None] = {}
    values: dict[str, set[str]] = {}
    for node in nodes:
        for part in node.nodes if isinstance(node, Or) else [node]:
            if part == And():
                return part
            if isinstance(part, Match):
                values.setdefault(part.key, set()).update(part.values)
            else:
                flat[part] = None
    flat.update(dict.fromkeys(Match(key, tuple(sorted(merged))) for key, merged in values.items()))
    ordered = tuple(sorted(flat, key=_order))
    return ordered[0] if len(ordered) == 1 else Or(ordered)


def negation(node: Node) -> Node:
    """Return the node that matches where `node` doesn't."""
    return node.node if isinstance(node, Not) else Not(node)


def write(node: Node, *, nested: bool = False) -> str:
    """Return the text of a node; a group inside another (`nested`) gets brackets."""
    match node:
        case Match(key, values):
            return f"{key}:{','.join(KEYS[key].write(value) for value in values)}"
        case Period(key, value):
            return f"{key}:{value}"
        case Phrase(text):
            return text if _PLAIN_WORD.fullmatch(text) and text not in OPERATORS else f'"{text}"'
        case Not(inner):
            return f"-{write(inner, nested=True)}"
        case And(nodes) | Or(nodes):
            joined = (" " if isinstance(node, And) else " or ").join(write(part, nested=True) for part in nodes)
            return f"({joined})" if nested else joined


def _order(node: Node) -> tuple[int, str]:
    """Sort keys first, in the order of `KEYS`, then phrases, then groups; negated nodes last."""
    inner, negated = (node.node, _NEGATED) if isinstance(node, Not) else (node, 0)
    match inner:
        case Match(key) | Period(key):
            rank = [*KEYS].index(key)
        case Phrase():
            rank = len(KEYS)
        case _:
            rank = len(KEYS) + 1
    return rank + negated, write(inner)
