"""The news value of a story: a linear model over its factors, and which of them decided.

Weights: data/news_value.json, fitted by training/news_value.py to headlines of the project's own in eight languages and
to Wikinews, graded as a desk editor would: lead, middle, minor.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from summarizers.models import LinearModel, logistic, read_thresholds
from summarizers.news_value.factors import AMOUNTS, FACTORS, FactorValues, lead_sentences, read_factors
from summarizers.news_value.word_hits import word_languages
from summarizers.text.tables import load_table
from summarizers.types import Country, NewsFactor, NewsValue, Story

__all__ = ["MODEL_TABLE", "factor_values", "news_value", "value_of_logit"]

MODEL_TABLE = "news_value.json"

_OTHER_LANGUAGE = "en"
"""Language whose words are read in texts of a language without a table: names and figures are found all the same."""


class _Model(NamedTuple):
    linear: LinearModel
    softness: float
    shown: float
    most_shown: int


def news_value(
    story: Story, headline: str, sentences: Sequence[str], countries: Sequence[Country], *, language: str
) -> NewsValue:
    """Return how much a story weighs by what its headline and lead report, and by its form.

    `sentences` are the body's; `countries` have their evidence, as places in the story's text.
    """
    model = _model()
    found = factor_values(story, headline, sentences, countries, language=language)
    parts = [
        (weight * value, name)
        for name, weight, value in zip(FACTORS, model.linear.weights, found.values, strict=True)
        if value
    ]
    deciding = sorted(
        (part for part in parts if abs(part[0]) >= model.shown), key=lambda part: (-abs(part[0]), part[1])
    )
    return NewsValue(
        round(value_of_logit(model.linear.logit(found.values), model.softness), 4),
        tuple(
            NewsFactor(name, part > 0, found.amounts.get(name) if name in AMOUNTS else None)
            for part, name in deciding[: model.most_shown]
        ),
    )


def factor_values(
    story: Story, headline: str, sentences: Sequence[str], countries: Sequence[Country], *, language: str
) -> FactorValues:
    """Return the factors of a story; arguments as for `news_value`."""
    lead = lead_sentences(sentences)
    return read_factors(
        headline,
        lead,
        story.paragraphs,
        language=language if language in word_languages() else _OTHER_LANGUAGE,
        countries=_countries_before(countries, _lead_end(story, lead)),
    )


def value_of_logit(logit: float, softness: float) -> float:
    """Return the value in 0..1 of a logit; the larger `softness`, the later it levels off."""
    return logistic(logit / softness)


def _lead_end(story: Story, lead: Sequence[str]) -> int:
    """Return where the lead ends in the story's text."""
    if not lead:
        return len(story.text)
    text = story.text
    start = text.find(lead[-1])
    return start + len(lead[-1]) if start >= 0 else sum(map(len, lead)) + len(story.title or "")


def _countries_before(countries: Sequence[Country], end: int) -> int:
    """Return the number of countries with evidence before a place in the text."""
    return sum(any(evidence.start < end for evidence in country.evidence) for country in countries)


@cache
def _model() -> _Model:
    table = load_table(MODEL_TABLE)
    thresholds = read_thresholds(table["thresholds"])
    linear = LinearModel.from_table(table["bias"], table["weights"], FACTORS)
    return _Model(linear, thresholds["softness"], thresholds["shown"], int(thresholds["most_shown"]))
