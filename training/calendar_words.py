"""Which words name the days of the week, the months and the small numbers in each language?

Writes ../calendar.json: days and months from CLDR by way of babel (Unicode License v3), wide and abbreviated names,
standing alone and within dates; the small numbers by hand. A word that names two of them is left out.

    python -m training.calendar_words
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from babel import Locale

from summarizers.text.language import LANGUAGES

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "calendar.json"
LEAST = 3
_HEBREW = re.compile(r"[\u0590-\u05ff]")
NUMBERS = {
    "en": "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "pl": "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
    "ru": "два три четыре пять шесть семь восемь девять десять",
    "uk": "два три чотири п'ять шість сім вісім дев'ять десять",
    "tr": "iki üç dört beş altı yedi sekiz dokuz on",
}


def named(found: dict[str, dict[int, str]], word: str, number: int, *, hebrew: bool) -> None:
    """Note what a word names. babel 2.18 gives other calendars' Hebrew months to some languages: left out there."""
    for form in {word.lower().strip("."), word.lower().strip(".").partition(" ")[0]}:
        if len(form) >= (LEAST if form.isascii() else 2) and (hebrew or not _HEBREW.search(form)):
            found.setdefault(form, {})[number] = form


def words(locale: Locale, kind: str) -> dict[str, int]:
    """Each word that names one day or month alone, with its number in CLDR."""
    found: dict[str, dict[int, str]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            table = getattr(locale, kind).get(context, {}).get(width, {})
            for number, word in table.items():
                named(found, word, number, hebrew=locale.language == "he")
    return {word: next(iter(numbers)) for word, numbers in sorted(found.items()) if len(numbers) == 1}


def main() -> None:
    """Write the table."""
    table: dict[str, object] = {
        "source": "CLDR by way of babel, Unicode License v3; numbers by hand; made by training/calendar_words.py"
    }
    for language in LANGUAGES:
        locale = Locale.parse(language)
        table[language] = {
            "days": words(locale, "days"),
            "months": words(locale, "months"),
            "numbers": {word: str(at) for at, word in enumerate(NUMBERS.get(language, "").split(), 2)},
        }
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
