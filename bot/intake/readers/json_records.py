"""JSON and JSON Lines: a story, a list of stories, or an object that holds the list.

What programs export is recognised by `bot.intake.readers.json_shapes`. One bad record costs one record, and a file's
notes name it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.intake.encodings import decode
from bot.intake.readers.json_fields import Record, read_record
from bot.intake.readers.json_rows import FoundRecord, find_records
from bot.intake.readers.json_text import InvalidJson, parse_json
from bot.intake.readers.neighbours import with_neighbours
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["read_json", "read_jsonl"]

_MAX_ERROR: Final = 120
"""Characters of an unexpected error that a file's notes keep."""

_MOST_NAMED: Final = 5
"""Records that a file's notes name, each with what is wrong with it; of more they give the number."""


def read_json(data: bytes) -> ReadDocument:
    """Read the stories of a JSON text. Raises Unreadable."""
    decoded = decode(data)
    try:
        value = parse_json(decoded.text)
    except InvalidJson as error:
        lines = [line for line in decoded.text.split("\n") if line.strip()]
        if len(lines) > 1 and _is_object(lines[0]) and _is_object(lines[-1]):
            return read_jsonl(data)  # JSON Lines under another name
        raise Unreadable(RejectReason.INVALID_JSON, error=str(error)) from error
    records = find_records(value)
    parts: list[DocumentPart] = []
    faults: list[str] = []
    for number, record in enumerate(records, 1):
        part, fault = _try_record(record)
        if part is not None:
            parts.append(part)
        else:
            faults.append(f"object {number} {fault}")
    if not parts:
        raise Unreadable(RejectReason.NO_JSON_TEXT)
    return ReadDocument(
        with_neighbours(parts), decoded.encoding, (*decoded.notes, *_notes(faults, len(records), "objects"))
    )


def read_jsonl(data: bytes) -> ReadDocument:
    """Read the stories of JSON Lines, leaving out invalid lines.

    Raises Unreadable when no line is a story.
    """
    decoded = decode(data)
    parts: list[DocumentPart] = []
    faults: list[str] = []
    total = 0
    for number, line in enumerate(decoded.text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            records = find_records(parse_json(line))
        except InvalidJson as error:
            total += 1
            faults.append(f"line {number} is not valid JSON: {error.problem}")
            continue
        for record in records:
            total += 1
            part, fault = _try_record(record)
            if part is not None:
                parts.append(part)
            else:
                faults.append(f"line {number} {fault}")
    if not parts:
        if faults:
            raise Unreadable(RejectReason.NO_JSON_STORY, error=faults[0])
        raise Unreadable(RejectReason.NO_TEXT)
    return ReadDocument(with_neighbours(parts), decoded.encoding, (*decoded.notes, *_notes(faults, total, "lines")))


def _notes(faults: Sequence[str], total: int, unit: str) -> tuple[str, ...]:
    """Return the note that names the records that were left out."""
    if not faults:
        return ()
    named = "; ".join(faults[:_MOST_NAMED])
    more = f"; and {len(faults) - _MOST_NAMED} more" if len(faults) > _MOST_NAMED else ""
    return (f"{len(faults)} of {total} {unit} were left out: {named}{more}",)


def _is_object(line: str) -> bool:
    try:
        return isinstance(parse_json(line), dict)
    except InvalidJson:
        return False


def _try_record(found: FoundRecord) -> tuple[DocumentPart | None, str]:
    """Return a record's part, or why there is none: one bad record must not cost the others."""
    value: Any = {"text": found.value} if isinstance(found.value, str) else found.value
    if not isinstance(value, dict):
        return None, "is no object"
    try:
        part = read_record(Record(value), found.shared)
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile markup here; the file's notes name it
        return None, f"can't be read: {type(error).__name__}: {str(error)[:_MAX_ERROR]}"
    return part, "" if part is not None else 'has no "text"'
