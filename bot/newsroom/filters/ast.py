"""Nodes of a parsed filter, and the questions that other layers ask of a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["And", "Match", "Node", "Not", "Or", "Period", "Phrase", "conjuncts", "walk"]


@dataclass(frozen=True, slots=True)
class Match:
    """The story's `key` has one of `values`, which are sorted and in that key's normal form."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """Published from (`since`) or before (`until`) a moment.

    `value` is in normal form: 2d, today, 2026-11-01.
    """

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The story's text holds these folded words, next to each other and in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """The story doesn't match `node`."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """The story matches every node; an empty `And` matches every story."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """The story matches at least one node."""

    nodes: tuple[Node, ...]


Node = Match | Period | Phrase | Not | And | Or


def conjuncts(node: Node) -> tuple[Node, ...]:
    """Return the nodes that all have to match: those of an `And`, else the node itself."""
    return node.nodes if isinstance(node, And) else (node,)


def walk(node: Node, *, negated: bool = True) -> Iterator[Node]:
    """Yield the node and all below it, depth first.

    With `negated` False, nothing under a `Not` is visited.
    """
    yield node
    match node:
        case And(nodes) | Or(nodes):
            for part in nodes:
                yield from walk(part, negated=negated)
        case Not(inner) if negated:
            yield from walk(inner)
