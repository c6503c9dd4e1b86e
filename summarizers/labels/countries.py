"""Countries that a story is about, with salience and evidence.

`countries` finds the words that are evidence for a country (mentions.py) and weighs each country with a logistic
model: named in the title, in the first sentence, in the dateline, how often, and how large a share of all names is
its own. Countries that are only listed together are weighed as one. Weights: data/territories_weights.json, fitted by
training/countries.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p

from summarizers.labels.gazetteer import FAINT_STRENGTH, fold_accents
from summarizers.labels.mentions import CountryMention, find_mentions
from summarizers.labels.text_regions import TextRegions, find_regions
from summarizers.models import LinearModel, logistic
from summarizers.text.language import identify_language
from summarizers.text.tables import load_table
from summarizers.types import Country, Evidence

__all__ = ["FEATURES", "countries", "country_features"]

FEATURES = (
    "title",  # named in the title
    "lead",  # named in the first sentence
    "dateline",  # the dateline's place
    "named",  # log of how often it is named
    "places",  # log of how often its cities and leaders are
    "bodies",  # log of how often its bodies are
    "share",  # its part of all evidence; countries that are listed together count as one
    "part",  # its part of all that is named
    "alone",  # the text mentions no other country
    "untitled_dateline",  # the dateline's place, and the title names no country
    "unnamed_dateline",  # the dateline's place, and named nowhere else
    "american_named",  # log of how often the US is named: it is a standard of comparison
    "american_faint",  # the US is neither named nor in the dateline
    "undated",  # the text has no dateline
)
"""Names of the model's features, in order."""

_PLACE_WEIGHT, _BODY_WEIGHT, _FAINT_WEIGHT = 0.5, 0.3, 0.05
"""Weights of a mention by a city or leader, a body, and an uncertain word, a country's own name being 1; by
judgement."""

_PRESENT_WEIGHT = 0.3
"""Weight from which on a text mentions a country at all: that of one body; a few dollars weigh less."""

_LIST_SIZE = 3
"""Names in a row that are a list: two are a relation, as in "France and Spain"."""

_LIST_GAP = 30
"""Characters between two names of a list, such as ", 1.2 million tonnes for "."""

_SALIENCE_DIGITS = 3
"""Digits of a salience, so that it is equal on every platform."""

_BETWEEN_NAMES = re.compile(
    r"(?:[ ,;/&-]|\band\b|\bor\b|\bthe\b|\bfor\b|\bto\b|\bof\b|\bin\b|\bfrom\b|\bwith\b|\bas\b|\bwell\b"
    r"|[\d.]|\bpct\b|\bpercent\b|\bmln\b|\bmillion\b|\btonnes\b|\bbillion\b|\bdlrs\b|\bunits\b|\by\b|\bund\b|\bet\b|、|和|と)*"
)


def countries(text: str, language: str | None = None) -> list[Country]:
    """Return the countries that a text mentions, the most salient first.

    Equal ones in the order of their codes. A story is about a country from a salience of 0.25 on; that is where
    precision and recall balance best on news. `language` is an ISO 639-1 code; without it the text's language is
    identified. Evidence is in the order of the text, each span with `text[start:end] == evidence.text`. A text that
    names no place gives []. Time grows with the text's length.
    """
    rows, mentions = country_features(text, language)
    evidence: dict[str, list[Evidence]] = {code: [] for code in rows}
    for mention in mentions:
        evidence[mention.code].append(
            Evidence(mention.start, mention.end, text[mention.start : mention.end], mention.kind)
        )
    mentioned = [Country(code, _salience(row), tuple(evidence[code])) for code, row in rows.items()]
    return sorted(mentioned, key=lambda country: (-country.salience, country.code))


def country_features(text: str, language: str | None = None) -> tuple[dict[str, list[float]], list[CountryMention]]:
    """Compute FEATURES for each country that a text mentions.

    Also return all mentions, in the text's order.
    """
    regions = find_regions(text)
    mentions = find_mentions(text, fold_accents(text), regions, language or identify_language(text))
    counts: dict[str, _MentionCounts] = {}
    for mention in mentions:
        country = counts.get(mention.code)
        if country is None:
            country = counts[mention.code] = _MentionCounts()
        country.add(mention, regions)
    return _feature_rows(counts, _listed_together(mentions, text), regions), mentions


def _salience(row: Sequence[float]) -> float:
    """Return the probability of a country, shifted so that the best threshold is 0.25."""
    return round(logistic(_model().logit(row)), _SALIENCE_DIGITS)


@cache
def _model() -> LinearModel:
    table = load_table("territories_weights.json")
    return LinearModel.from_table(table["intercept"], table["weights"], FEATURES)


@dataclass(slots=True)
class _MentionCounts:
    """Counts of a text's mentions of one country, by kind and place."""

    title: bool = False
    lead: bool = False
    dateline: bool = False
    named: int = 0
    places: int = 0
    bodies: int = 0
    faint: int = 0

    @property
    def weight(self) -> float:
        """Sum of all mentions outside the dateline, each by its kind."""
        return self.named + _PLACE_WEIGHT * self.places + _BODY_WEIGHT * self.bodies + _FAINT_WEIGHT * self.faint

    def add(self, mention: CountryMention, regions: TextRegions) -> None:
        """Count a mention."""
        if mention.kind == "dateline":
            self.dateline = True
            return
        if mention.named:
            self.named += 1
            if mention.start < regions.title_end:
                self.title = True
            elif len(regions.starts) == 1 or mention.start < regions.starts[1]:
                self.lead = True
        elif mention.strength <= FAINT_STRENGTH or mention.kind == "currency":
            self.faint += 1
        elif mention.kind == "body":
            self.bodies += 1
        else:
            self.places += 1


def _listed_together(mentions: Sequence[CountryMention], text: str) -> dict[str, set[str]]:
    """Return, for each country in a list, such as "France, Spain and Italy", the whole list."""
    run: set[str] = set()
    listed: dict[str, set[str]] = {}
    end = -_LIST_GAP
    for mention in mentions:
        if not mention.named:
            continue
        if 0 <= mention.start - end <= _LIST_GAP and _BETWEEN_NAMES.fullmatch(text, end, mention.start):
            run.add(mention.code)
        else:
            run = {mention.code}
        end = mention.end
        for code in run if len(run) >= _LIST_SIZE else ():
            if len(run) >= len(listed.get(code, ())):
                listed[code] = run
    return listed


def _feature_rows(
    counts: dict[str, _MentionCounts], listed: dict[str, set[str]], regions: TextRegions
) -> dict[str, list[float]]:
    weights = {code: country.weight for code, country in counts.items()}
    total = sum(weights.values())
    total_named = sum(country.named for country in counts.values()) or 1
    titled = any(country.title for country in counts.values())
    present = {code for code, country in counts.items() if country.dateline or weights[code] >= _PRESENT_WEIGHT}
    undated = float(regions.dateline is None)
    rows = {}
    for code, country in counts.items():
        weight = weights[code]
        if code in listed:
            weight += sum(
                weights[other]
                for other in listed[code]
                if other != code and not counts[other].title and not counts[other].dateline
            )
        is_american = code == "US"
        named = log1p(country.named)
        rows[code] = [
            float(country.title),
            float(country.lead),
            float(country.dateline),
            named,
            log1p(country.places),
            log1p(country.bodies),
            weight / max(total, 1.0),
            country.named / total_named,
            float(code in present and len(present) == 1),
            float(country.dateline and not titled),
            float(country.dateline and not country.named),
            named if is_american else 0.0,
            float(is_american and not country.named and not country.dateline),
            undated,
        ]
    return rows
