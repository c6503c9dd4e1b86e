"""How common is a word in each language?

Writes ../commonness.json from the frequencies of wordfreq 3.1.1 (Robyn Speer, data under CC BY-SA 4.0; `pip install
wordfreq` first). A word's frequency is turned into what a document frequency over news of 250 words would say,
-ln(1 - (1 - f)^250), summed over the words of a stem. Only stems below the ceiling of 5 are written, by tenths of that
number; every other word counts as rare. Languages without spaces between words are matched in pairs of characters and
have no table.

    python -m training.commonness
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from math import log
from pathlib import Path

from wordfreq import get_frequency_dict  # type: ignore[import-not-found,unused-ignore]

from summarizers.text.language import LANGUAGES
from summarizers.text.stems import snowball_stem
from summarizers.text.words import stopwords

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "commonness.json"
CEILING = 5.0
WORDS = 250


def main() -> None:
    """Write the table."""
    table: dict[str, object] = {
        "source": "wordfreq 3.1.1 by Robyn Speer, CC BY-SA 4.0; made by training/commonness.py",
        "ceiling": CEILING,
    }
    for language in sorted(set(LANGUAGES) - {"zh", "ja"}):
        stop = stopwords(language)
        frequency: Counter[str] = Counter()
        for word, share in get_frequency_dict(language).items():
            if word not in stop and word[0].isalpha():
                frequency[snowball_stem(word, language)] += share
        classes: dict[int, list[str]] = defaultdict(list)
        for term, share in frequency.items():
            rarity = -log(1 - (1 - min(0.5, share)) ** WORDS)
            if rarity < CEILING:
                classes[max(2, round(rarity * 10))].append(term)
        table[language] = {str(tenths): " ".join(sorted(terms)) for tenths, terms in sorted(classes.items())}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
