"""JSON as programs write it, with NaN, lone surrogates and numbers of any length."""

from __future__ import annotations

import json
from typing import Any, Final

import orjson

__all__ = ["InvalidJson", "parse_json"]

_MAX_DIGITS: Final = 30
"""Digits of a number: times in nanoseconds have nineteen, and Python refuses to read thousands."""


class InvalidJson(Exception):
    """A text that is no JSON; the message says where."""

    def __init__(self, problem: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"{problem}, at line {line}, column {column}" if line else problem)
        self.problem = problem


def parse_json(text: str) -> Any:
    """Return the value of a JSON text. Raises InvalidJson."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass  # json below accepts NaN and single surrogates, too, and says where an error is
    try:
        return json.loads(text, parse_int=_parse_int)
    except json.JSONDecodeError as error:
        raise InvalidJson(error.msg, error.lineno, error.colno) from error
    except RecursionError as error:
        raise InvalidJson("it is nested too deep") from error
    except ValueError as error:
        raise InvalidJson(str(error)[:200]) from error


def _parse_int(digits: str) -> int | None:
    """Read a whole number; None for one longer than any field of a story needs."""
    return int(digits) if len(digits) <= _MAX_DIGITS else None
