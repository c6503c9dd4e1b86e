"""Are our countries better and faster than those of geotext, country-converter and pycountry, and than a plain gazetteer?

Rows: ../shared/data/countries/dev.jsonl, 600 stories of Reuters-21578 with their places; without it there is nothing to
measure. A peer's answer is every country that it finds: none of them weighs. Our own weights were fitted to these rows,
so "gazette, cross-validated" is the row to read: there each story is judged by a model that never saw it.
Run: python -m benchmarks.quality_countries
"""

from __future__ import annotations

import csv
import json
import math
import os
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from summarizers.labels.countries import countries
from summarizers.labels.country_names import country_names
from summarizers.labels.gazetteer import fold_accents
from summarizers.labels.mentions import find_mentions
from summarizers.labels.text_regions import find_regions

ROWS = Path(__file__).parents[1].parent / "shared" / "data" / "countries" / "dev.jsonl"
ABOUT = 0.25
DRAWS = 1000
Finder = Callable[[str], set[str]]


@dataclass(frozen=True)
class Score:
    """How one finder did: micro-F1, precision and recall over all labels, F1 with the US left out, each F1 with its
    95% interval over stories drawn again and again, and milliseconds a story."""

    name: str
    f1: float
    interval: tuple[float, float]
    precision: float
    recall: float
    without_us: float
    without_us_interval: tuple[float, float]
    milliseconds: float | None


def rows() -> list[dict[str, Any]]:
    """The labelled stories; none when the data is not beside the checkout."""
    if not ROWS.exists():
        return []
    return [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]


def gazette(text: str) -> set[str]:
    return {country.code for country in countries(text, "en") if country.salience >= ABOUT}


def any_mention(text: str) -> set[str]:
    """Our gazetteer where every mention counts."""
    return {one.code for one in find_mentions(text, fold_accents(text), find_regions(text), "en")}


@cache
def _plain() -> re.Pattern[str]:
    listed = sorted(country_names("en").values(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name.casefold()) for name in listed) + r")(?!\w)")


def plain_gazetteer(text: str) -> set[str]:
    """Every country whose CLDR name stands in the text, in any case."""
    codes = {name.casefold(): code for code, name in country_names("en").items()}
    return {codes[name] for name in _plain().findall(text.casefold())}


def peers() -> dict[str, Finder | str]:
    """The ready-made libraries; a word instead where one isn't installed."""
    found: dict[str, Finder | str] = {}
    try:
        from geotext import GeoText

        found["geotext"] = lambda text: set(GeoText(text).country_mentions)
        # It reads capitals only in mixed case; headlines and datelines here are in capitals.
        found["geotext, headline in small letters"] = lambda text: set(GeoText(_softened(text)).country_mentions)
    except ImportError:
        found["geotext"] = "not installed"
    try:
        import country_converter

        # Its class doesn't open under every pandas, so the patterns are read from its table.
        data = Path(country_converter.__file__).parent / "country_data.tsv"
        with data.open(encoding="utf-8", newline="") as file:
            patterns = [
                (re.compile(row["regex"], re.IGNORECASE), row["ISO2"])
                for row in csv.DictReader(file, delimiter="\t")
                if len(row["ISO2"]) == 2
            ]
        found["country-converter's patterns"] = lambda text: _converted(text, patterns)
    except ImportError:
        found["country-converter's patterns"] = "not installed"
    try:
        import pycountry

        known: dict[str, str] = {}
        for country in pycountry.countries:
            for key in ("name", "common_name", "official_name"):
                if hasattr(country, key):
                    known[getattr(country, key).casefold()] = country.alpha_2
        longest = sorted(known, key=len, reverse=True)
        pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
        found["pycountry's names"] = lambda text: {known[name] for name in pattern.findall(text.casefold())}
    except ImportError:
        found["pycountry's names"] = "not installed"
    return found


def _softened(text: str) -> str:
    """Words of three and more capitals with one capital each."""
    return re.sub(r"\b[A-Z]{3,}\b", lambda match: match[0].title(), text)


def _converted(text: str, patterns: list[tuple[re.Pattern[str], str]]) -> set[str]:
    """The countries whose pattern is found anywhere; the patterns are made for whole names."""
    return {code for pattern, code in patterns if pattern.search(text)}


def cross_validated(stories: list[dict[str, Any]], rounds: int = 3) -> list[list[set[str]]]:
    """For each round each story's countries by a model fitted to the other nine tenths, as training/countries.py fits."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from training import countries as train

    values, right, owner, weight, codes = train.examples(stories)
    answers = []
    for seed in range(rounds):
        part = np.random.RandomState(1000 + seed).permutation(len(stories)) % 10
        found: list[set[str]] = [set() for _ in stories]
        for held in range(10):
            rest = part[owner] != held
            model = train.fitted(values[rest], right[rest], weight[rest])
            asked = ~rest & (weight == 1.0)
            for number, code, chance in zip(
                owner[asked],
                [code for code, one in zip(codes, asked, strict=True) if one],
                model.predict_proba(values[asked])[:, 1],
                strict=True,
            ):
                if chance >= threshold():
                    found[number].add(code)
        answers.append(found)
    return answers


def threshold() -> float:
    """The chance that a salience of 0.25 stands for."""
    return float(json.loads(WEIGHTS.read_text(encoding="utf-8"))["threshold"])


WEIGHTS = Path(__file__).parents[1] / "summarizers" / "data" / "territories_weights.json"


def score(name: str, answers: list[set[str]], stories: list[dict[str, Any]], milliseconds: float | None) -> Score:
    """Micro-averaged figures with bootstrap intervals over stories."""
    wanted = [set(row["countries"]) for row in stories]
    counts = np.array([(len(f & w), len(f), len(w)) for f, w in zip(answers, wanted, strict=True)])
    others = np.array(
        [(len((f & w) - {"US"}), len(f - {"US"}), len(w - {"US"})) for f, w in zip(answers, wanted, strict=True)]
    )
    right, chosen, labels = counts.sum(axis=0)
    return Score(
        name,
        _f1(counts),
        _interval(counts),
        float(right / max(chosen, 1)),
        float(right / labels),
        _f1(others),
        _interval(others),
        milliseconds,
    )


def _f1(counts: np.ndarray) -> float:
    right, chosen, labels = counts.sum(axis=0)
    return float(2 * right / max(chosen + labels, 1))


def _interval(counts: np.ndarray) -> tuple[float, float]:
    """The middle 95% of F1 over stories drawn with replacement."""
    random = np.random.RandomState(0)
    drawn = [_f1(counts[random.randint(0, len(counts), len(counts))]) for _ in range(DRAWS)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def table() -> list[Score]:
    """A row for each finder; empty when the data is missing."""
    stories = rows()
    if not stories:
        return []
    found = []
    finders: dict[str, Finder | str] = {
        "gazette, fitted to these rows": gazette,
        "gazette's gazetteer, any mention": any_mention,
        "plain gazetteer of CLDR names": plain_gazetteer,
        **peers(),
    }
    for name, finder in finders.items():
        if isinstance(finder, str):
            found.append(Score(f"{name}: {finder}", *_NOTHING))
            continue
        finder(stories[0]["text"])
        started = time.process_time()
        answers = [finder(row["text"]) for row in stories]
        took = (time.process_time() - started) / len(stories) * 1000
        found.append(score(name, answers, stories, took))
    try:
        rounds = cross_validated(stories)
    except ImportError:
        found.insert(0, Score("gazette, cross-validated: scikit-learn is not installed", *_NOTHING))
    else:
        found.insert(0, _mean([score("gazette, cross-validated", answers, stories, None) for answers in rounds]))
    return found


def _mean(each: list[Score]) -> Score:
    """Rounds of cross-validation as one row: every figure is their mean, interval ends included."""

    def mean(values: Iterable[float]) -> float:
        return float(np.mean(list(values)))

    return Score(
        each[0].name,
        mean(one.f1 for one in each),
        (mean(one.interval[0] for one in each), mean(one.interval[1] for one in each)),
        mean(one.precision for one in each),
        mean(one.recall for one in each),
        mean(one.without_us for one in each),
        (mean(one.without_us_interval[0] for one in each), mean(one.without_us_interval[1] for one in each)),
        None,
    )


_NOTHING = (math.nan, (math.nan, math.nan), math.nan, math.nan, math.nan, (math.nan, math.nan), None)


def lines(scores: Iterable[Score]) -> Iterable[str]:
    """The table as text."""
    yield (
        f"{'finder':38s} {'micro-F1 (95% interval)':24s} {'precision':>9s} {'recall':>7s}  "
        f"{'US left out (95% interval)':26s} {'ms a story':>10s}"
    )
    for one in scores:
        if math.isnan(one.f1):
            yield one.name
            continue
        took = "" if one.milliseconds is None else f"{one.milliseconds:.2f}"
        all_labels = f"{one.f1:.3f} ({one.interval[0]:.3f} to {one.interval[1]:.3f})"
        others = f"{one.without_us:.3f} ({one.without_us_interval[0]:.3f} to {one.without_us_interval[1]:.3f})"
        yield f"{one.name:38s} {all_labels:24s} {one.precision:9.3f} {one.recall:7.3f}  {others:26s} {took:>10s}"


def main() -> None:
    scores = table()
    if not scores:
        print(f"skipped: {ROWS.name} of countries is not beside the checkout (../shared/data/countries)")
        return
    print("\n".join(lines(scores)))


if __name__ == "__main__":
    main()
