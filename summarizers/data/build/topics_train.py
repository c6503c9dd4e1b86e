"""What is each word worth to each topic? Writes ../topics_<language>.json.

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from summarizers.text import stem  # noqa: F401
from summarizers.topics import TOPICS, signs

HERE = Path(__file__).parent
POINTS = {"sure": 3.0, "typical": 1.5, "hint": 0.4}


def vocabulary(language: str) -> dict[str, list[float]]:
    """Term -> points by topic, from the hand-written lists."""
    table = tomllib.loads((HERE / "topics_words" / f"{language}.toml").read_text("utf-8"))
    found: dict[str, list[float]] = {}
    for slug, tiers in table.items():
        for tier, listed in tiers.items():
            for term in listed.split():
                key = signs(term.replace("_", " "), language)
                name = " ".join(key[: len(term.split("_"))]) if len(term.split("_")) <= 2 else ""
                if name:
                    row = found.setdefault(name, [0.0] * len(TOPICS))
                    at = TOPICS.index(slug)
                    row[at] = max(row[at], POINTS[tier])
    return found


def main() -> None:
    terms = vocabulary("en")
    table = {
        "source": "compiled by summarizers/data/build/topics_train.py",
        "unit": 100,
        "bias": [-2.5] * len(TOPICS),
        "terms": {name: [round(100 * value) for value in row] for name, row in sorted(terms.items())},
    }
    (HERE.parent / "topics_en.json").write_text(json.dumps(table, ensure_ascii=False, indent=0), "utf-8")


if __name__ == "__main__":
    main()
