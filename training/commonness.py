"""Rarity of everyday words in each language: summarizers/data/commonness.json.

From the frequencies of wordfreq 3.1.1 (Robyn Speer, data under CC BY-SA 4.0; `pip install wordfreq` first). A word's
frequency f is turned into an inverse document frequency over news of 250 words, -ln(1 - (1 - f)^250), summed over the
words of a stem. Only stems below the ceiling of 5 are written, by tenths of that number; every other word counts as
rare. Languages without spaces between words are matched in pairs of characters and have no table.

    python -m training.commonness
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from math import log
from pathlib import Path

from summarizers.text.language import LANGUAGES
from summarizers.text.stems import snowball_stem
from summarizers.text.words import stopwords

TABLE = Path(__file__).parents[1] / "summarizers" / "data" / "commonness.json"
CEILING = 5.0
"""Inverse document frequency from which on a word counts as rare: one that fewer than one in 150 stories has."""

STORY_WORDS = 250
"""Words of a news story."""

LEAST_TENTHS = 2
"""Tenths of the most common words: none has a rarity of 0, or it would not count at all."""

MAX_SHARE = 0.5
"""Cap of a stem's share of all words, so that its logarithm is finite."""


def main() -> None:
    """Write the table."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    # not at import, so that --help works without it
    from wordfreq import get_frequency_dict  # type: ignore[import-not-found,unused-ignore]

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
            rarity = -log(1 - (1 - min(MAX_SHARE, share)) ** STORY_WORDS)
            if rarity < CEILING:
                classes[max(LEAST_TENTHS, round(rarity * 10))].append(term)
        table[language] = {str(tenths): " ".join(sorted(terms)) for tenths, terms in sorted(classes.items())}
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
