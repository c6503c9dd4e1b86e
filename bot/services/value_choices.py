"""Choices that need no database: periods, times, days, languages, countries, topics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from functools import lru_cache

from babel import Locale
from babel.dates import get_day_names

from bot.errors import InputInvalid
from bot.i18n import LOCALES, Words, words
from bot.newsroom.alerts import format_alerts, parse_alerts
from bot.newsroom.models import AlertRules
from bot.newsroom.typed_values import (
    WEEKDAYS,
    format_days,
    format_times,
    parse_days,
    parse_period,
    parse_times,
)
from bot.services.name_matching import (
    MAX_LABEL,
    MAX_SUGGESTIONS,
    NamedChoice,
    Suggestion,
    fit_label,
    fold_name,
    suggest_choices,
)
from bot.services.value_words import clock_words, days_words, period_words, to_babel
from summarizers.labels.country_names import country_aliases, country_names
from summarizers.labels.topic_names import topic_name
from summarizers.labels.topic_table import topic_table

__all__ = [
    "alert_words",
    "label_choices",
    "label_names",
    "language_choices",
    "language_names",
    "suggest_alerts",
    "suggest_days",
    "suggest_periods",
    "suggest_times",
]

_USUAL_PERIODS = ("today", "yesterday", "6h", "12h", "1d", "2d", "3d", "1w", "2w", "4w", "12w")
_USUAL_TIMES = ("07:00", "08:00", "09:00", "12:00", "18:00", "20:00", "08:00,18:00", "07:00,12:00,19:00")
_SECOND_TIMES = ("12:00", "18:00")
_USUAL_ALERTS = ("3", "3 quiet 22:00-07:00 max 5", "4 quiet 22:00-07:00 max 3", "5 quiet 23:00-08:00 max 3", "off")
_DAY_GROUPS = ("daily", "weekdays", "weekend")
_SPAN_UNITS = ("h", "d", "w")
"""Units that are offered for a number; minutes are read, too."""


def suggest_periods(text: str, language: str) -> list[Suggestion]:
    """Return the usual periods, those of a typed number, or the one that is typed in words."""
    catalogue = words(language)
    number = re.match(r"(\d{1,4})\s*[hdw]?", text, re.ASCII)
    try:
        typed = [parse_period(text, language)] if text else []
    except InputInvalid:
        typed = []
    values = typed or (_spans_from(text, int(number[1])) if number else list(_USUAL_PERIODS))
    choices = []
    for value in values:
        name = period_words(value, catalogue)
        choices.append(NamedChoice(name, value, (fold_name(name), fold_name(value))))
    if typed or number or not fold_name(text):
        return [Suggestion(fit_label(each.name), each.value) for each in choices]
    return suggest_choices(text, choices)


def _spans_from(text: str, number: int) -> list[str]:
    """Return the spans of a typed number whose unit is not typed yet, or not as it is written."""
    typed = text.casefold().replace(" ", "")
    values = [f"{number}{unit}" for unit in _SPAN_UNITS]
    return [value for value in values if value.startswith(typed[: len(value)])] or values


def suggest_times(text: str, language: str) -> list[Suggestion]:
    """Return the usual times of day, or the typed ones with a second time to go with them."""
    values = _typed_times(text, language) if text else list(_USUAL_TIMES)
    catalogue = words(language)
    labels = {
        value: catalogue.listed([clock_words(time.fromisoformat(part), catalogue) for part in value.split(",")])
        for value in values
    }
    return [Suggestion(fit_label(label), value) for value, label in labels.items() if len(value) <= MAX_LABEL][
        :MAX_SUGGESTIONS
    ]


def _typed_times(text: str, language: str) -> list[str]:
    try:
        typed = format_times(parse_times(text, language))
    except InputInvalid:
        return [value for value in (f"{hour:02}:00" for hour in range(24)) if value.startswith(text)]
    return [typed, *(f"{typed},{value}" for value in _SECOND_TIMES if value not in typed)]


def alert_words(rules: AlertRules | None, catalogue: Words) -> str:
    """Return a subscription's rules for alerts in words."""
    if rules is None:
        return catalogue.plain("alert-none")
    parts = [catalogue.plain("alert-sources", count=rules.sources), catalogue.plain("alert-limit", count=rules.most)]
    if rules.quiet is not None:
        begin, end = (f"{each:%H:%M}" for each in rules.quiet)
        parts.insert(1, catalogue.plain("alert-quiet", **{"from": begin, "to": end}))
    return " · ".join(parts)


def suggest_alerts(text: str, language: str) -> list[Suggestion]:
    """Return usual rules for alerts, or the typed ones."""
    catalogue = words(language)
    usual = [parse_alerts(each) for each in _USUAL_ALERTS]
    try:
        typed = [parse_alerts(text)] if text else usual
    except InputInvalid:
        typed = [each for each in usual if format_alerts(each).startswith(text.casefold())]
    offered = [*typed, *(each for each in usual if each and text and format_alerts(each).startswith(text))]
    return [Suggestion(fit_label(alert_words(each, catalogue)), format_alerts(each)) for each in dict.fromkeys(offered)]


def suggest_days(text: str, language: str) -> list[Suggestion]:
    """Return the typed days, or groups of days and weekdays that match."""
    names = get_day_names("wide", "stand-alone", locale=to_babel(language))
    catalogue = words(language)
    try:
        typed = parse_days(text, language) if text else ()
    except InputInvalid:
        typed = ()
    if len(typed) > 1:
        return [Suggestion(fit_label(days_words(typed, catalogue, width="wide")), format_days(typed))]
    labels = {value: catalogue.plain(f"days-{value}") for value in _DAY_GROUPS}
    labels |= {day: names[index] for index, day in enumerate(WEEKDAYS)}
    if typed:
        return [Suggestion(fit_label(labels[WEEKDAYS[typed[0] - 1]]), WEEKDAYS[typed[0] - 1])]
    return suggest_choices(
        text, [NamedChoice(label, value, (fold_name(label), value)) for value, label in labels.items()]
    )


@lru_cache(maxsize=len(LOCALES))
def language_choices(language: str) -> tuple[NamedChoice, ...]:
    """Return the languages of the interface, under their own names and those in `language`."""
    choices = []
    for tag in LOCALES:
        locale = Locale.parse(to_babel(tag))
        own = locale.get_display_name(to_babel(tag)) or tag
        translated = locale.get_display_name(to_babel(language)) or tag
        name = own if own == translated else f"{own} · {translated}"
        choices.append(NamedChoice(name, tag, (fold_name(own), fold_name(translated), fold_name(tag))))
    return tuple(choices)


@lru_cache(maxsize=len(LOCALES))
def language_names(language: str) -> Mapping[str, str]:
    """Return the names of languages by their codes, without regions and scripts."""
    named = Locale.parse(to_babel(language)).languages.items()
    return {str(code): str(name) for code, name in named if "_" not in code and code != "und"}


def label_names(kind: str, language: str) -> Mapping[str, str]:
    """Return the names of countries by code, or of topics by slug."""
    if kind == "country":
        return country_names(language)
    return {slug: topic_name(slug, language) for slug in topic_table()}


def label_choices(kind: str, language: str, counts: Mapping[str, int]) -> list[NamedChoice]:
    """Return all countries or topics, to be found by their names and codes."""
    return [
        replace(each, stories=counts[each.value]) if each.value in counts else each
        for each in _uncounted_labels(kind, language)
    ]


@lru_cache(maxsize=2 * len(LOCALES))
def _uncounted_labels(kind: str, language: str) -> tuple[NamedChoice, ...]:
    english = label_names(kind, "en")
    other = (
        country_aliases()
        if kind == "country"
        else {slug: (*row.aliases, *row.kana) for slug, row in topic_table().items()}
    )
    choices = []
    for code, name in label_names(kind, language).items():
        keys = (name, english.get(code, ""), code, *other.get(code, ()))
        choices.append(NamedChoice(name, code, tuple(dict.fromkeys(map(fold_name, keys)))))
    return tuple(choices)
