"""Entries of feed files, as many as feedparser finds: which are the same, and which are left out without a word.

    python -m benchmarks.feed_files FOLDER…

Reads each .xml, .rss, .atom, .rdf and .json file below the folders with feedparser as it comes and with Gazette's reader
of fetched feeds. Test files of feed libraries are good for it: feedparser's source package has them in tests/, Debian's
package of gofeed in testdata/. Printed are how many files give the same number of entries, more, or fewer; and for each
file with fewer, what its notes or refusal say. The exit code is 1 if an entry is lost and nothing says so.
"""

from __future__ import annotations

import argparse
import html
import io
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import feedparser

from bot.intake.feed_fetcher import parse_feed
from bot.newsroom.rejections import Rejection

SUFFIXES = frozenset((".xml", ".rss", ".atom", ".rdf", ".json"))
SHOWN = 40
"""Files of each kind of difference that are listed."""


TAG = re.compile(r"<[^<>]*>")


def expected(data: bytes) -> tuple[int, int]:
    """Return the number of entries that feedparser finds, and of those that have words."""
    try:
        parsed: Any = feedparser.parse(io.BytesIO(data))
    except Exception:  # it raises what the parsers below it raise
        return 0, 0
    return len(parsed.entries), sum(map(has_words, parsed.entries))


def has_words(entry: Any) -> bool:
    """Return whether an entry has a title, summary or content with a letter or digit outside of tags."""
    texts = [entry.get("title"), entry.get("summary"), *(each.get("value") for each in entry.get("content", []))]
    return any(map(str.isalnum, TAG.sub("", html.unescape(" ".join(filter(None, texts))))))


def compare(path: Path, count: int, worded: int) -> tuple[str, str]:
    """Return how Gazette's entries compare with feedparser's, and what it says of those that it left out."""
    result = parse_feed(path.read_bytes(), None, None, False)
    if isinstance(result, Rejection):
        return ("the same" if count == 0 else "refused, with the reason", result.message)
    found = len(result.entries)
    if found == count:
        return "the same", ""
    if found > count:
        return "more", f"{found} instead of {count}"
    if result.notes:
        kind = "fewer by entries without words, with a note" if found == worded else "fewer by others, with a note"
        return kind, f"{found} of {count}: {'; '.join(result.notes)}"
    return "FEWER WITHOUT A WORD", f"{found} of {count}"


def main() -> None:
    """Compare all files and print the figures."""
    parser = argparse.ArgumentParser(description="Compare the entries of feed files with feedparser's.")
    parser.add_argument("folders", nargs="+", type=Path)
    folders = parser.parse_args().folders
    paths = sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()
    )
    # All of feedparser's first: Gazette's reader changes how the library treats what it doesn't use.
    counts = [expected(path.read_bytes()) for path in paths]
    kinds: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for path, (count, worded) in zip(paths, counts, strict=True):
        kind, detail = compare(path, count, worded)
        kinds[kind] += 1
        if kind != "the same":
            examples.setdefault(kind, []).append(f"{path}: {detail}")
    print(f"{len(paths)} files, {sum(count for count, _ in counts)} entries by feedparser")
    for kind, number in kinds.most_common():
        print(f"{number:6} {kind}")
        for line in examples.get(kind, [])[:SHOWN]:
            print(f"       {line[:200]}")
    sys.exit("FEWER WITHOUT A WORD" in kinds)


if __name__ == "__main__":
    main()
