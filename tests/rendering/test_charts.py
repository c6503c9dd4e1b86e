"""Is a chart a picture that shows what it is told?"""

from __future__ import annotations

import struct
import zlib

from bot.rendering.charts import WIDTH, png
from bot.rendering.layout import Bar
from summarizers.labels.topic_table import topic_table


def read(data: bytes) -> tuple[list[bytes], list[int]]:
    """The rows of a PNG as places in its palette, and the palette."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    parts: dict[bytes, bytes] = {}
    at = 8
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", data, at + 8 + size) == (zlib.crc32(name + body),)
        parts[name] = body
        at += 12 + size
    width, height = struct.unpack_from(">II", parts[b"IHDR"])
    assert list(parts)[-1] == b"IEND"
    assert width == WIDTH
    flat = zlib.decompress(parts[b"IDAT"])
    rows = [flat[row * (width + 1) : (row + 1) * (width + 1)] for row in range(height)]
    assert len(flat) == height * (width + 1)
    assert all(row[0] == 0 for row in rows)
    colors = parts[b"PLTE"]
    return [row[1:] for row in rows], [int.from_bytes(colors[n : n + 3], "big") for n in range(0, len(colors), 3)]


def test_bars_are_as_long_as_their_counts_in_the_colours_of_their_topics() -> None:
    rows, palette = read(png([Bar("Japan", "JP", (("sport", 3), ("health", 1))), Bar("Peru", "PE", (("sport", 2),))]))
    sport, health = (palette.index(topic_table()[slug].color) for slug in ("sport", "health"))
    first, second = rows[29], rows[77]
    assert first.count(sport) > 1.4 * second.count(sport) > 0
    assert abs(first.count(sport) - 3 * first.count(health)) < 12
    assert second.count(health) == 0
    assert 0 in first  # the ground is clear


def test_the_same_bars_give_the_same_bytes_and_they_are_few() -> None:
    bars = [Bar("", code, (("sport", 9), (None, 1))) for code in ("JP", "US", "DE", "FR", "BR", "ZA", "IN", "MX")]
    assert png(bars) == png(bars)
    assert len(png(bars)) < 8000


def test_marks_that_have_no_letters_and_numbers_of_any_length_do_no_harm() -> None:
    for bars in (
        [],
        [Bar("", "日本 @everyone", ((None, 10**30),))],
        [Bar("", "", ())],
        [Bar("", "JP" * 99, ((None, 1),))],
    ):
        rows, _palette = read(png(bars))
        assert rows
