"""`make bench`: how fast is it, as ratios against named peers of the same run? Writes docs/speed.md."""

from __future__ import annotations

import sys

from benchmarks.reports import ROOT, Part, report

INTRO = """\
How fast the parts are, as ratios against a named peer that ran in the same minute on the same machine. Absolute figures
are of that machine."""

PARTS = (
    Part(
        "Summaries against sumy",
        "speed_summaries",
        note="The peer is sumy's LexRank, its words tokenized and stemmed before the clock starts; seconds of the "
        "processor, so that other programs count little.\n\n![Seconds by sentences, all engines](images/speed.svg)",
    ),
    Part("Analysing a story, by part", "speed_analysis"),
    Part("The store's questions", "store", ("--sizes", "10000")),
    Part("The event loop while 2,000 files come in", "loop_lag"),
    Part("A rescan of unchanged files", "rescan"),
    Part("Interactions under load", "interactions", ("--stories", "20000", "--seconds", "20")),
    Part("Digests due at once", "delivery", ("--channels", "500")),
)


if __name__ == "__main__":
    sys.exit(report("Speed", INTRO, PARTS, ROOT / "docs" / "speed.md"))
