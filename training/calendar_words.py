"""Names of days, months and small numbers in each language.

Writes summarizers/data/calendar.json: days and months from CLDR by way of babel (Unicode License v3), wide and
abbreviated names, standing alone and within dates; small numbers and further forms from calendar_words.toml, by hand.
A word that names two days or two months is left out.

    python -m training.calendar_words
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from pathlib import Path

from babel import Locale

from summarizers.text.language import LANGUAGES

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "calendar.json"
SOURCE = (
    "CLDR by way of babel, Unicode License v3; numbers and lists of forms by hand (training/calendar_words.toml); "
    "made by training/calendar_words.py"
)
SHORTEST = 3
"""Letters of the shortest abbreviation in ASCII that is kept; two letters are a word too often."""
_HEBREW = re.compile(r"[\u0590-\u05ff]")
HAND_WRITTEN = Path(__file__).with_suffix(".toml")


def named(names: dict[str, dict[int, str]], word: str, number: int, *, hebrew: bool) -> None:
    """Note what a word names.

    babel 2.18 gives other calendars' Hebrew months to some languages, where they are left out.
    """
    for form in {word.lower().strip("."), word.lower().strip(".").partition(" ")[0]}:
        if len(form) >= (SHORTEST if form.isascii() else 2) and (hebrew or not _HEBREW.search(form)):
            names.setdefault(form, {})[number] = form


def words(locale: Locale, kind: str) -> dict[str, int]:
    """Each word that names one day or month alone, with its number in CLDR."""
    names: dict[str, dict[int, str]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            table = getattr(locale, kind).get(context, {}).get(width, {})
            for number, word in table.items():
                named(names, word, number, hebrew=locale.language == "he")
    return {word: next(iter(numbers)) for word, numbers in sorted(names.items()) if len(numbers) == 1}


def forms(hand_written: dict[str, str]) -> dict[str, list[str]]:
    """Return the hand-written lists of a language."""
    return {kind: words.split() for kind, words in hand_written.items()}


def main() -> None:
    """Write the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    hand_written = tomllib.loads(HAND_WRITTEN.read_text("utf-8"))
    table: dict[str, object] = {"source": SOURCE, "any": forms(hand_written["any"])}
    for language in LANGUAGES:
        locale = Locale.parse(language)
        own = hand_written.get(language, {})
        table[language] = {
            "days": words(locale, "days"),
            "months": words(locale, "months"),
            "numbers": {word: str(number) for number, word in enumerate(own.pop("numbers", "").split(), 2)},
            **forms(own),
        }
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
