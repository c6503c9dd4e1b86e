"""Charts say in words what they draw, and hostile names stay text in them."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pycountry
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.statistics_page import draw_charts, statistics_page
from bot.rendering.svg_charts import SvgChart, bar_chart, week_chart, world_map
from bot.services.chart_figures import ChartFigures, read_figures
from bot.store.database import Store
from tests.clock import NOON, ManualClock
from tests.rendering.test_discord import hostile
from tests.services.sample_news import open_services, store_sample_news
from training.world_map import outlines

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = ChartFigures(
    (("JP", 9), ("BR", 4), ("SG", 3), ("FR", 1)),
    ((date(2026, 11, 9), {"sport": 2}), (date(2026, 11, 16), {"sport": 1, "weather": 3})),
    (("The Harbour Post", 12), ("<script>alert(1)</script>", 5)),
    (("on_time", 40), ("delayed", 2), ("late", 0), ("failed", 1)),
)


def drawn(chart: SvgChart) -> ElementTree.Element:
    root = ElementTree.fromstring(chart.svg)  # noqa: S314 - our own drawing
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == chart.title
    assert root.findtext(f"{SVG}desc") == chart.description
    allowed = {f"{SVG}{name}" for name in ("svg", "title", "desc", "g", "path", "rect", "text")}
    assert {each.tag for each in root.iter()} <= allowed
    assert not any(re.search("style|href|^on", name) for each in root.iter() for name in each.attrib)
    return root


def test_the_map_shades_countries_by_their_stories_and_names_those_too_small_for_it() -> None:
    chart = world_map("Stories", FIGURES.countries, {"JP": "Japan", "SG": "Singapore"})
    told = [path for path in drawn(chart).iter(f"{SVG}path") if path.find(f"{SVG}title") is not None]
    shades = {path.findtext(f"{SVG}title"): float(path.get("fill-opacity", "")) for path in told}
    assert shades.keys() == {"Japan: 9", "BR: 4", "FR: 1"}
    assert shades["Japan: 9"] > shades["BR: 4"] > shades["FR: 1"]
    assert "Singapore: 3" in chart.description
    assert ("Singapore", "3") in chart.rows


def test_the_map_has_the_worlds_countries_within_its_edges() -> None:
    world = json.loads(Path("bot/rendering/world_map.json").read_text("utf-8"))
    assert len(world["shapes"]) > 170
    assert all(code == "XK" or pycountry.countries.get(alpha_2=code) for code in world["shapes"])
    for code, path in world["shapes"].items():
        for ring in path.split("z")[:-1]:
            numbers = [int(each) for each in re.findall(r"-?\d+", ring)]
            x, y = numbers[0], numbers[1]
            for step in range(2, len(numbers), 2):
                assert abs(numbers[step]) < world["width"] / 4, f"{code} crosses the map"
                x, y = x + numbers[step], y + numbers[step + 1]
                assert 0 <= x <= world["width"], code
                assert -1 <= y <= world["height"] + 1, code


def test_a_country_across_the_antimeridian_is_drawn_on_both_sides() -> None:
    square = [[1700, 100], [200, 0], [0, 100], [-200, 0], [0, -100]]
    topology = {
        "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        "arcs": [square],
        "objects": {"countries": {"geometries": [{"type": "Polygon", "arcs": [[0]], "id": "242", "properties": {}}]}},
    }
    starts = [int(each) for each in re.findall(r"M(\d+)", outlines(topology)["FJ"])]
    assert len(starts) == 2
    assert min(starts) < 60 < 660 < max(starts)


def test_weeks_are_columns_of_topics_and_bars_have_their_numbers() -> None:
    weeks = week_chart("Weeks", [("11-09", {"sport": 2}), ("11-16", {"sport": 1, "weather": 3})], {"sport": "Sport", "weather": "Weather"})  # fmt: skip
    root = drawn(weeks)
    heights = [float(rect.get("height", "")) for rect in root.iter(f"{SVG}rect") if rect.get("height") != "12"]
    assert heights == [110, 55, 165]
    assert weeks.rows == (("Sport", "2, 1"), ("Weather", "0, 3"))
    bars = bar_chart("Bars", [("One", 10), ("Two", 5), ("None", 0)])
    widths = [float(rect.get("width", "")) for rect in drawn(bars).iter(f"{SVG}rect")]
    assert widths[0] == 2 * widths[1] > widths[2] == 0
    assert bars.description == "One: 10; Two: 5; None: 0"


@settings(max_examples=40)
@given(st.lists(st.tuples(hostile, st.integers(0, 10**9)), max_size=5))
def test_hostile_names_stay_text(bars: list[tuple[str, int]]) -> None:
    drawn(bar_chart("Sources", bars))


def test_the_page_has_each_chart_with_its_figures_and_fetches_nothing() -> None:
    page = statistics_page(FIGURES, datetime(2026, 11, 20, 12, tzinfo=UTC))
    assert page.count("<svg") == page.count("</details>") == len(draw_charts(FIGURES)) == 4
    assert "default-src 'none'" in page
    assert "Natural Earth" in page
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="', page)
    assert len(page.encode()) < 80_000


async def test_figures_are_read_from_the_store(store: Store) -> None:
    clock = ManualClock()
    await store_sample_news(store)
    services = open_services(store, clock)
    figures = await read_figures(store, services.news, services.editions, clock)
    assert sum(count for _code, count in figures.countries) > 0
    assert len(figures.weeks) == 12
    assert figures.weeks[-1][0] == (NOON - timedelta(days=NOON.weekday())).date()
    assert dict(figures.punctuality) == {"on_time": 0, "delayed": 0, "late": 0, "failed": 0}
    assert sum(sum(topics.values()) for _day, topics in figures.weeks) > 0
