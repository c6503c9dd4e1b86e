"""Draw the countries' outlines of `bot/rendering/world_map.json`.

Source: Natural Earth, Admin 0 countries at 1:110 million (public domain), as TopoJSON in the npm package world-atlas
2.0.2 (`npm pack world-atlas`). Projection: Equal Earth (Šavrič, Patterson and Jenny 2018), which shows areas truly.
Antarctica is left out; points that fall on the same unit are merged.

    python -m training.world_map countries-110m.json bot/rendering/world_map.json
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

__all__ = ["outlines"]

WIDTH = 720
"""Units from the western to the eastern edge: a pixel each in a page's column, and half the bytes of a finer drawing."""

_A = (1.340264, -0.081106, 0.000893, 0.003796)  # coefficients of the projection, from its paper
_NORTH = 84.0  # degrees of latitude at the upper edge: Greenland's and Canada's last islands end there
_SOUTH = -57.0  # degrees at the lower edge: Cape Horn lies at -56
_LEAST_POINTS = 3  # points of a ring that has an area
_WITHOUT_NUMBER = {"Kosovo": "XK"}
_LEFT_OUT = {"AQ"}
_EDGE = 180.0  # degrees of longitude at both edges
_Point = tuple[int, int]
_Place = tuple[float, float]


def outlines(topology: dict[str, Any]) -> dict[str, str]:
    """Return each country's outline as the data of an SVG path, by ISO code."""
    arcs = [list(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    found: dict[str, str] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = _code(shape)
        if code is None or code in _LEFT_OUT:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [part for polygon in polygons for ring in polygon for part in _parts(_ring(ring, arcs))]
        found[code] = "".join(_path(_projected(part)) for part in rings)
    return {code: path for code, path in sorted(found.items()) if path}


def height() -> int:
    """Return the units from the northern to the southern edge."""
    return _project(0, _SOUTH)[1]


def _code(shape: dict[str, Any]) -> str | None:
    number = shape.get("id")
    if number is None:
        return _WITHOUT_NUMBER.get(shape["properties"]["name"])
    country = pycountry.countries.get(numeric=number)
    return None if country is None else str(country.alpha_2)


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[_Place]:
    x = y = 0
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + left, y * scale_y + bottom


def _ring(numbers: list[int], arcs: list[list[_Place]]) -> list[_Place]:
    """Return a ring's places; its longitudes go on beyond 180° across the antimeridian."""
    places: list[_Place] = []
    for number in numbers:
        for longitude, latitude in arcs[number] if number >= 0 else arcs[~number][::-1]:
            turns = round((places[-1][0] - longitude) / 360) if places else 0
            places.append((longitude + 360 * turns, latitude))
    return places


def _parts(ring: list[_Place]) -> list[list[_Place]]:
    """Return a ring's parts between both edges of the map."""
    shifted = [[(longitude + turn, latitude) for longitude, latitude in ring] for turn in (-360, 0, 360)]
    return [part for each in shifted if (part := _clip(_clip(each, 1), -1))]


def _clip(ring: list[_Place], side: int) -> list[_Place]:
    """Cut a ring at 180° (side 1) or -180° (side -1); the algorithm of Sutherland and Hodgman."""
    kept: list[_Place] = []
    for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        inside, next_inside = side * x <= _EDGE, side * next_x <= _EDGE
        if inside:
            kept.append((x, y))
        if inside != next_inside:
            share = (side * _EDGE - x) / (next_x - x)
            kept.append((side * _EDGE, y + share * (next_y - y)))
    return kept


def _projected(ring: list[_Place]) -> list[_Point]:
    points: list[_Point] = []
    for longitude, latitude in ring:
        point = _project(longitude, latitude)
        if not points or points[-1] != point:
            points.append(point)
    return points[:-1] if points and points[0] == points[-1] else points


def _project(longitude: float, latitude: float) -> _Point:
    unit = WIDTH / (2 * _equal_earth(180, 0)[0])
    x, y = _equal_earth(longitude, latitude)
    return round(WIDTH / 2 + x * unit), round((_equal_earth(0, _NORTH)[1] - y) * unit)


def _equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    a1, a2, a3, a4 = _A
    slope = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, a4 * theta**9 + a3 * theta**7 + a2 * theta**3 + a1 * theta


def _path(ring: list[_Point]) -> str:
    if len(ring) < _LEAST_POINTS:
        return ""
    steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(ring)]
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-")  # a sign separates numbers, too


def main(source: Path, target: Path) -> None:
    """Write the outlines of a TopoJSON file."""
    shapes = outlines(json.loads(source.read_text("utf-8")))
    text = "Natural Earth 1:110m Admin 0 countries, public domain, by training/world_map.py from world-atlas 2.0.2"
    target.write_text(
        json.dumps({"source": text, "width": WIDTH, "height": height(), "shapes": shapes}, indent=0) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
