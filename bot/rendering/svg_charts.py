"""Charts as SVG, for pages: countries on a map, topics over weeks, sources, punctuality.

Each is an image with a title and a description in words. Ink is the text's own colour (`currentColor`), so that a chart
is readable in light and in dark; it has no script, no style sheet and no address in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from markupsafe import Markup

from bot.rendering.escape import clean, truncate
from bot.rendering.theme import accent_of

__all__ = ["SvgChart", "bar_chart", "week_chart", "world_map"]

_NOTHING: Final = Markup("")
_SHADES: Final = (0.3, 0.48, 0.66, 0.84, 1.0)
"""Opacities of a country, from the fewest stories to the most: five steps can be told apart."""

_ACCENT: Final = "#2f7dd1"
"""Blue of bars and countries: 3:1 against white as against near-black (WCAG 1.4.11)."""

_NO_TOPIC: Final = 0x949BA4
"""Grey of parts without a topic, as in the charts of messages."""

_WIDE: Final = 720
"""Units of a chart's width: a pixel each in a page's column."""

# Units: height of a row of bars and of the bar in it, left of which are labels, and right of which is the number.
_ROW, _BAR, _LABELS, _NUMBERS = 28, 18, 200, 60

# Units: height of the columns of weeks, room below for dates, left for the scale, and the share of a column's gap.
_COLUMNS, _DATES, _SCALE, _GAP = 220, 28, 40, 0.25

_LEGEND_ROW: Final = 22
"""Units of a row of the legend below a chart."""

_LONGEST_LABEL: Final = 26
"""Characters of a label that fit left of a bar."""

_MOST_NAMED: Final = 20
"""Countries or parts that a description names."""


@dataclass(frozen=True, slots=True)
class SvgChart:
    """A drawing, its title, and what it shows in words and as rows of a table."""

    title: str
    description: str
    rows: tuple[tuple[str, str], ...]
    svg: Markup


@cache
def _outlines() -> dict[str, Any]:
    text = resources.files("bot.rendering").joinpath("world_map.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def world_map(title: str, counts: Sequence[tuple[str, int]], names: Mapping[str, str]) -> SvgChart:
    """Return a map that shades countries by their stories; `counts` by ISO code.

    Countries that are too small for the map are in the description and the rows like all others.
    """
    found = [(code, count) for code, count in counts if count > 0]
    most = max((count for _code, count in found), default=1)
    shade = {code: _SHADES[min(len(_SHADES) * count // (most + 1), len(_SHADES) - 1)] for code, count in found}
    by_code = dict(found)
    world = _outlines()
    land = _NOTHING.join(
        Markup('<path d="{}"/>').format(path) for code, path in world["shapes"].items() if code not in shade
    )
    told = _NOTHING.join(
        Markup('<path d="{}" fill-opacity="{}"><title>{}: {}</title></path>').format(
            path, shade[code], names.get(code, code), by_code[code]
        )
        for code, path in world["shapes"].items()
        if code in shade
    )
    inner = Markup(
        '<g fill="currentColor" fill-opacity="0.14">{}</g><g fill="{}" stroke="currentColor" stroke-opacity="0.4" '
        'stroke-width="0.5">{}</g>'
    ).format(land, _ACCENT, told)
    rows = tuple((names.get(code, code), str(count)) for code, count in found)
    return _chart(title, rows, inner, world["width"], world["height"])


def bar_chart(title: str, bars: Sequence[tuple[str, int]]) -> SvgChart:
    """Return bars below each other, with label and number."""
    longest = max((count for _label, count in bars), default=1) or 1
    room = _WIDE - _LABELS - _NUMBERS
    parts = []
    for place, (label, count) in enumerate(bars):
        top, wide = place * _ROW, max(room * count / longest, 1) if count else 0
        middle = top + _ROW / 2
        parts.append(
            Markup(
                '<text x="{}" y="{}" text-anchor="end" dominant-baseline="central">{}</text>'
                '<rect x="{}" y="{}" width="{:.1f}" height="{}" rx="2" fill="{}"/>'
                '<text x="{:.1f}" y="{}" dominant-baseline="central">{}</text>'
            ).format(
                *(_LABELS - 10, middle, truncate(clean(label), _LONGEST_LABEL)),
                *(_LABELS, top + (_ROW - _BAR) / 2, wide, _BAR, _ACCENT),
                *(_LABELS + wide + 8, middle, count),
            )
        )
    rows = tuple((clean(label), str(count)) for label, count in bars)
    return _chart(title, rows, _NOTHING.join(parts), _WIDE, max(len(bars), 1) * _ROW)


def week_chart(title: str, weeks: Sequence[tuple[str, Mapping[str, int]]], names: Mapping[str, str]) -> SvgChart:
    """Return a column for each week, of parts in the colours of topics."""
    totals = {slug: sum(parts.get(slug, 0) for _day, parts in weeks) for slug in names}
    shown = sorted((slug for slug in totals if totals[slug]), key=lambda slug: (-totals[slug], slug))
    tallest = max((sum(parts.values()) for _day, parts in weeks), default=1) or 1
    step = (_WIDE - _SCALE) / max(len(weeks), 1)
    drawn = [
        Markup('<text x="{}" y="12" text-anchor="end">{}</text><text x="{}" y="{}" text-anchor="end">0</text>').format(
            _SCALE - 8, tallest, _SCALE - 8, _COLUMNS
        ),
        Markup('<path d="M{} {}H{}" stroke="currentColor" stroke-opacity="0.5"/>').format(_SCALE, _COLUMNS, _WIDE),
    ]
    for place, (day, parts) in enumerate(weeks):
        left, bottom = _SCALE + step * (place + _GAP / 2), float(_COLUMNS)
        for slug in shown:
            height = _COLUMNS * parts.get(slug, 0) / tallest
            if height:
                bottom -= height
                drawn.append(
                    Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>').format(
                        left, bottom, step * (1 - _GAP), height, _color(slug)
                    )
                )
        drawn.append(
            Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                left + step * (1 - _GAP) / 2, _COLUMNS + 18, day
            )
        )
    drawn += [_legend(place, names[slug], slug) for place, slug in enumerate(shown)]
    rows = tuple((names[slug], ", ".join(str(parts.get(slug, 0)) for _day, parts in weeks)) for slug in shown)
    tall = _COLUMNS + _DATES + (len(shown) + 1) // 2 * _LEGEND_ROW
    return _chart(title, rows, _NOTHING.join(drawn), _WIDE, tall)


def _legend(place: int, name: str, slug: str) -> Markup:
    left, top = _SCALE + place % 2 * (_WIDE - _SCALE) / 2, _COLUMNS + _DATES + place // 2 * _LEGEND_ROW
    return Markup(
        '<rect x="{:.1f}" y="{}" width="12" height="12" fill="{}"/>'
        '<text x="{:.1f}" y="{}" dominant-baseline="central">{}</text>'
    ).format(left, top, _color(slug), left + 20, top + 6, name)


def _color(slug: str) -> str:
    color = accent_of(slug)
    return f"#{_NO_TOPIC if color is None else color:06x}"


def _chart(title: str, rows: tuple[tuple[str, str], ...], inner: Markup, width: int, height: int) -> SvgChart:
    told = "; ".join(f"{name}: {value}" for name, value in rows[:_MOST_NAMED]) or "0"
    described = f"{told}; …" if len(rows) > _MOST_NAMED else told
    svg = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" fill="currentColor" '
        'font-family="system-ui, sans-serif" font-size="13"><title>{}</title><desc>{}</desc>{}</svg>'
    ).format(width, height, title, described, inner)
    return SvgChart(title, described, rows, svg)
