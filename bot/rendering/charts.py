"""A bar chart as a PNG, without an imaging library."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Final

from bot.rendering.layout import Bar
from bot.rendering.theme import accent_of

__all__ = ["WIDTH", "png"]

WIDTH: Final = 880
"""Pixels; Discord shows it at half of that, or less."""

# Pixels: above the first bar, from bar to bar, and a bar's height; left and right of the bars.
_MARGIN, _PITCH, _THICK = 14, 48, 30
# as above
_EDGE, _LEFT, _RIGHT = 8, 76, 92
_GAP: Final = 3  # between the parts of a bar
_LETTER, _CLEAR, _INK = 24, 0, 1
_GREY: Final = 0x80848E  # RGB of letters: readable on dark and on light
_NO_TOPIC: Final = 0x949BA4  # RGB of a part without a topic
_MOST_COLORS: Final = 250  # entries of a palette with one byte a pixel, less those of letters and ground

_FONT: Final = {
    letter: tuple(int(row, 16) for row in rows.split())
    for letter, rows in {
        "A": "0E 11 11 1F 11 11 11",
        "B": "1E 11 11 1E 11 11 1E",
        "C": "0E 11 10 10 10 11 0E",
        "D": "1E 11 11 11 11 11 1E",
        "E": "1F 10 10 1E 10 10 1F",
        "F": "1F 10 10 1E 10 10 10",
        "G": "0E 11 10 17 11 11 0F",
        "H": "11 11 11 1F 11 11 11",
        "I": "0E 04 04 04 04 04 0E",
        "J": "07 02 02 02 02 12 0C",
        "K": "11 12 14 18 14 12 11",
        "L": "10 10 10 10 10 10 1F",
        "M": "11 1B 15 15 11 11 11",
        "N": "11 11 19 15 13 11 11",
        "O": "0E 11 11 11 11 11 0E",
        "P": "1E 11 11 1E 10 10 10",
        "Q": "0E 11 11 11 15 12 0D",
        "R": "1E 11 11 1E 14 12 11",
        "S": "0F 10 10 0E 01 01 1E",
        "T": "1F 04 04 04 04 04 04",
        "U": "11 11 11 11 11 11 0E",
        "V": "11 11 11 11 11 0A 04",
        "W": "11 11 11 15 15 1B 11",
        "X": "11 11 0A 04 0A 11 11",
        "Y": "11 11 0A 04 04 04 04",
        "Z": "1F 01 02 04 08 10 1F",
        "0": "0E 11 11 11 11 11 0E",
        "1": "04 0C 04 04 04 04 0E",
        "2": "0E 11 01 02 04 08 1F",
        "3": "1F 02 04 02 01 11 0E",
        "4": "02 06 0A 12 1F 02 02",
        "5": "1F 10 1E 01 01 11 0E",
        "6": "06 08 10 1E 11 11 0E",
        "7": "1F 01 02 04 08 08 08",
        "8": "0E 11 11 0E 11 11 0E",
        "9": "0E 11 11 0F 01 02 0C",
    }.items()
}

_Rows = list[list[bool]]


def png(bars: Sequence[Bar]) -> bytes:
    """Return a PNG of the bars, the first on top.

    Short labels can hold A–Z and 0–9; other characters are left blank.
    """
    palette = [0x000000, _GREY]
    longest = max((bar.total for bar in bars), default=1) or 1
    room = WIDTH - _LEFT - _RIGHT
    canvas = [bytearray(WIDTH) for _ in range(2 * _MARGIN + _PITCH * len(bars) - (_PITCH - _THICK) * bool(bars))]
    for number, bar in enumerate(bars):
        top = _MARGIN + _PITCH * number
        _write(canvas, bar.short_label, _EDGE, top + 1)
        end = 0
        for tone, count in bar.parts:
            start, end = end, end + count
            left, right = _LEFT + room * start // longest, _LEFT + room * end // longest
            stripe = bytes([_color(palette, tone)]) * max(right - left - _GAP, 1)
            for row in canvas[top : top + _THICK]:
                row[left : left + len(stripe)] = stripe
        _write(canvas, str(bar.total), _LEFT + room * bar.total // longest + 10, top + 1)
    return _encoded(canvas, palette)


def _color(palette: list[int], topic: str | None) -> int:
    """The colour's place in the palette."""
    color = accent_of(topic)
    wanted = _NO_TOPIC if color is None else color
    if wanted not in palette:
        if len(palette) >= _MOST_COLORS:
            return _INK
        palette.append(wanted)
    return palette.index(wanted)


def _write(canvas: list[bytearray], said: str, left: int, top: int) -> None:
    for place, letter in enumerate(said.upper()):
        if letter not in _FONT:
            continue
        points = _doubled(_doubled([[bool(row >> (4 - x) & 1) for x in range(5)] for row in _FONT[letter]]))
        for down, row in enumerate(points):
            for across, inked in enumerate(row):
                x = left + place * _LETTER + across
                if inked and x < WIDTH:
                    canvas[top + down][x] = _INK


def _doubled(points: _Rows) -> _Rows:
    """Twice as large with corners rounded: Scale2x."""
    height, width = len(points), len(points[0])

    def at(y: int, x: int) -> bool:
        return 0 <= y < height and 0 <= x < width and points[y][x]

    larger = [[False] * (2 * width) for _ in range(2 * height)]
    for y in range(height):
        for x in range(width):
            here, above, below, left, right = at(y, x), at(y - 1, x), at(y + 1, x), at(y, x - 1), at(y, x + 1)
            rounds = above != below and left != right
            larger[2 * y][2 * x] = left if rounds and left == above else here
            larger[2 * y][2 * x + 1] = right if rounds and right == above else here
            larger[2 * y + 1][2 * x] = left if rounds and left == below else here
            larger[2 * y + 1][2 * x + 1] = right if rounds and right == below else here
    return larger


def _encoded(canvas: Sequence[bytearray], palette: Sequence[int]) -> bytes:
    """A PNG of palette colours, the first one clear."""
    head = struct.pack(">IIBBBBB", WIDTH, len(canvas), 8, 3, 0, 0, 0)
    colors = b"".join(color.to_bytes(3, "big") for color in palette)
    data = zlib.compress(b"".join(b"\0" + bytes(row) for row in canvas), 9)
    parts = ((b"IHDR", head), (b"PLTE", colors), (b"tRNS", b"\0"), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, body) for name, body in parts)


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
