"""Does a request's body have the shape that Discord's OpenAPI description gives it?

`check` walks a body along the kept cut of the description (contract.json) and notes each departure with Discord's own
error codes. Lengths count code points, as Discord does (its API counts Python characters: discord-api-docs issue 1315).
Two departures from the letter of the description, both towards what Discord really does: snowflakes may come as
integers, and `null` stands for "absent" where a field isn't required.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from .contract import KEPT
from .errors import Faultfinder

__all__ = ["check", "contract", "good_url"]

Path_ = tuple[str | int, ...]

_CONTRACT: Final[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
_SCHEMAS: Final[dict[str, Any]] = _CONTRACT["schemas"]
# Where the description offers several shapes without a mark to tell them by, the double knows which one is meant.
_NAMED: Final[dict[str, dict[str, Any]]] = {
    "execute_webhook": {"$ref": "#/IncomingWebhookRequestPartial"},
    "create_thread": {"$ref": "#/CreateForumThreadRequest"},
    "create_text_thread": {"$ref": "#/CreateTextThreadWithoutMessageRequest"},
}
_SCHEMES = ("http", "https", "discord")
_HOST = re.compile(r"^[^\s/?#@\\]+$")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f]")


def contract() -> dict[str, Any]:
    """The kept cut of the description: {"paths": id -> "METHOD /path", "bodies", "schemas"}."""
    return _CONTRACT


def check(operation: str, body: Any, faults: Faultfinder) -> None:
    """Note in `faults` where `body` departs from the body of `operation` (an operationId, or "create_text_thread")."""
    _walk(_NAMED.get(operation) or _CONTRACT["bodies"][operation], body, (), faults)


def good_url(url: str, *, attachments: bool = False) -> str | None:
    """The error code for an address that Discord refuses, None for a good one."""
    if _UNPRINTABLE.search(url):
        return "URL_TYPE_INVALID_URL"
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return "URL_TYPE_INVALID_URL"
    if attachments and parts.scheme == "attachment":
        return None
    if parts.scheme not in _SCHEMES:
        return "URL_TYPE_INVALID_SCHEME" if parts.scheme else "URL_TYPE_INVALID_URL"
    if not host or not _HOST.match(host):
        return "URL_TYPE_INVALID_URL"
    if parts.scheme != "discord" and "." not in host:
        return "URL_TYPE_INVALID_URL"
    return None


def _resolve(shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape:
        shape = _SCHEMAS[shape["$ref"].rsplit("/", 1)[-1]]
    return shape


def _nullable(shape: dict[str, Any]) -> bool:
    kind = shape.get("type")
    return (
        kind == "null"
        or (isinstance(kind, list) and "null" in kind)
        or any(each.get("type") == "null" for each in shape.get("oneOf", ()))
    )


def _walk(shape: dict[str, Any], value: Any, where: Path_, faults: Faultfinder) -> None:
    shape = _resolve(shape)
    if value is None:
        if not _nullable(shape):
            faults.add(where, "BASE_TYPE_REQUIRED", "This field is required")
        return
    kind = shape.get("type")
    if isinstance(kind, list):
        kind = next(each for each in kind if each != "null")
    options = [each for each in shape.get("oneOf", shape.get("anyOf", ())) if each.get("type") != "null"]
    if options and all("const" in each for each in options):
        if kind is None or not _wrong_kind(kind, value, where, faults):
            _one_of([each["const"] for each in options], value, where, faults)
        return
    if options:
        _union(options, value, where, faults)
        return
    if kind is None or _wrong_kind(kind, value, where, faults, snowflake=shape.get("format") == "snowflake"):
        return
    if kind == "object":
        _object(shape, value, where, faults)
    elif kind == "array":
        _array(shape, value, where, faults)
    elif kind == "string":
        _string(shape, value, where, faults)
    elif kind in ("integer", "number"):
        _number(shape, value, where, faults)


_KINDS: Final[dict[str, tuple[tuple[type, ...], str, str]]] = {
    "object": ((dict,), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType"),
    "array": ((list,), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"),
    "string": ((str,), "STRING_TYPE_CONVERT", "Could not interpret value as string."),
    "boolean": ((bool,), "BOOLEAN_TYPE_CONVERT", "Must be either true or false."),
    "integer": ((int,), "NUMBER_TYPE_COERCE", "Value is not int."),
    "number": ((int, float), "NUMBER_TYPE_COERCE", "Value is not float."),
}


def _wrong_kind(kind: str, value: Any, where: Path_, faults: Faultfinder, *, snowflake: bool = False) -> bool:
    types, code, message = _KINDS[kind]
    if snowflake:
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if isinstance(text, str) and text.isascii() and text.isdecimal() and int(text) < 2**64:
            return False
        faults.add(where, "NUMBER_TYPE_COERCE", f'Value "{str(value)[:50]}" is not snowflake.')
        return True
    good = isinstance(value, types) and (kind in ("boolean",) or not isinstance(value, bool))
    if not good:
        faults.add(where, code, message)
    return not good


def _one_of(choices: list[Any], value: Any, where: Path_, faults: Faultfinder) -> None:
    if value not in choices:
        faults.add(where, "BASE_TYPE_CHOICES", f"Value must be one of {tuple(choices)}.")


def _union(options: list[dict[str, Any]], value: Any, where: Path_, faults: Faultfinder) -> None:
    """One of several shapes: by its `type` where the shapes have one, else the one with the fewest faults."""
    shapes = [_resolve(each) for each in options]
    if isinstance(value, dict) and len(shapes) > 1:
        marked = [(each, each.get("properties", {}).get("type", {}).get("enum")) for each in shapes]
        if all(kinds for _, kinds in marked):
            named = [each for each, kinds in marked if value.get("type") in kinds]
            if not named:
                known = tuple(sorted(kind for _, kinds in marked for kind in kinds))
                faults.add((*where, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {known}.')
                return
            shapes = named
    if len(shapes) == 1:
        _walk(shapes[0], value, where, faults)
        return
    best: Faultfinder | None = None
    for shape in shapes:
        trial = Faultfinder()
        _walk(shape, value, where, trial)
        if not trial:
            return
        if best is None or _distance(trial, where) < _distance(best, where):
            best = trial
    if best is not None:
        faults.found.extend(best.found)


def _distance(faults: Faultfinder, where: Path_) -> tuple[bool, int]:
    """How far a value is from a shape: another kind of value is farther than any number of faults inside."""
    other_kind = any(at == where and ("CONVERT" in code or "COERCE" in code) for at, code, _ in faults.found)
    return other_kind, len(faults.found)


def _object(shape: dict[str, Any], value: dict[str, Any], where: Path_, faults: Faultfinder) -> None:
    properties: dict[str, Any] = shape.get("properties", {})
    for name in shape.get("required", ()):
        if value.get(name) is None and not (name in value and _nullable(_resolve(properties[name]))):
            faults.add((*where, name), "BASE_TYPE_REQUIRED", "This field is required")
    for name, each in value.items():
        if name in properties:
            # Discord's clients send null for "absent"; a required null was noted above.
            if each is not None:
                _walk(properties[name], each, (*where, name), faults)
        elif isinstance(shape.get("additionalProperties"), dict):
            _walk(shape["additionalProperties"], each, (*where, name), faults)
    most = shape.get("maxProperties")
    if most is not None and len(value) > most:
        faults.add(where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def _array(shape: dict[str, Any], value: list[Any], where: Path_, faults: Faultfinder) -> None:
    if _length(shape, len(value), "Items", where, faults):
        return
    if shape.get("uniqueItems"):
        seen = [json.dumps(each, sort_keys=True) for each in value]
        if len(set(seen)) < len(seen):
            faults.add(where, "SET_TYPE_CONTAINS_DUPLICATES", "The list contains duplicates.")
    for position, each in enumerate(value):
        _walk(shape["items"], each, (*where, position), faults)


def _length(shape: dict[str, Any], length: int, what: str, where: Path_, faults: Faultfinder) -> bool:
    least, most = shape.get(f"min{what}"), shape.get(f"max{what}")
    if (least is None or length >= least) and (most is None or length <= most):
        return False
    if least and most:
        faults.add(where, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
    elif most is not None and length > most:
        faults.add(where, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
    else:
        faults.add(where, "BASE_TYPE_MIN_LENGTH", f"Must be {least} or more in length.")
    return True


def _string(shape: dict[str, Any], value: str, where: Path_, faults: Faultfinder) -> None:
    if "enum" in shape:
        _one_of(shape["enum"], value, where, faults)
        return
    if shape.get("format") == "snowflake":
        return
    # Discord trims, so a label of blanks is an absent label. Whether it trims before it counts the most is not said; the
    # double doesn't, which is the stricter way.
    stripped = value.strip()
    if _length(shape, len(value) if stripped else 0, "Length", where, faults):
        return
    form = shape.get("format")
    if form == "uri" and value:
        code = good_url(stripped, attachments=True)
        if code == "URL_TYPE_INVALID_SCHEME":
            faults.add(where, code, f"Scheme must be one of {_SCHEMES}.")
        elif code is not None:
            faults.add(where, code, "Not a well formed URL.")
    elif form == "date-time":
        try:
            datetime.fromisoformat(value)
        except ValueError:
            faults.add(where, "DATE_TIME_TYPE_PARSE", f"Could not parse {value[:40]}. Should be ISO8601.")


def _number(shape: dict[str, Any], value: float, where: Path_, faults: Faultfinder) -> None:
    if "enum" in shape:
        _one_of(shape["enum"], value, where, faults)
        return
    least, most = shape.get("minimum"), shape.get("maximum")
    kind = "int" if isinstance(value, int) else "float"
    if least is not None and value < least:
        faults.add(where, "NUMBER_TYPE_MIN", f"{kind} value should be greater than or equal to {least}.")
    if most is not None and value > most:
        faults.add(where, "NUMBER_TYPE_MAX", f"{kind} value should be less than or equal to {most}.")
