"""The page of charts that `gazette stats --html` writes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.rendering.html_page import TEMPLATES
from bot.rendering.svg_charts import SvgChart, bar_chart, week_chart, world_map
from bot.services.chart_figures import ChartFigures
from summarizers.labels.country_names import country_name
from summarizers.labels.topic_names import TOPICS, topic_name

__all__ = ["draw_charts", "statistics_page"]

_PUNCTUALITY: Final = {
    "on_time": "within a minute",
    "delayed": "within 10 minutes",
    "late": "later",
    "failed": "not posted",
}
"""Outcomes of digests in words."""


def draw_charts(figures: ChartFigures, locale: str = "en") -> list[SvgChart]:
    """Return the charts of these figures."""
    names = {code: country_name(code, locale) for code, _count in figures.countries}
    topics = {slug: topic_name(slug, locale) for slug in TOPICS}
    weeks = [(f"{day:%m-%d}", parts) for day, parts in figures.weeks]
    return [
        world_map("Stories by country", figures.countries, names),
        week_chart("Stories by topic and week", weeks, topics),
        bar_chart("Stories by source", figures.sources),
        bar_chart("Digests after their time", [(_PUNCTUALITY[name], count) for name, count in figures.punctuality]),
    ]


def statistics_page(figures: ChartFigures, made_at: datetime) -> str:
    """Return an HTML document with the charts; it fetches nothing and runs no script."""
    made = f"{made_at:%Y-%m-%d %H:%M} UTC"
    return TEMPLATES.get_template("statistics.html.j2").render(charts=draw_charts(figures), made=made)
