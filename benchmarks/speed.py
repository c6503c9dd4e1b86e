"""`make bench`: measure speed as ratios against named libraries in the same run.

Writes docs/speed.md.
"""

from __future__ import annotations

import sys

from benchmarks.report_writer import ROOT, Part, report

INTRO = """\
How fast the parts are, as ratios against a named library that ran in the same minute on the same machine. Absolute figures
are valid for that machine only."""

PARTS = (
    Part(
        "Summaries against sumy",
        "speed_summaries",
        note="Compared with sumy's LexRank, whose words are tokenized and stemmed before the clock starts. CPU time, so "
        "that other programs matter little.\n\n![Seconds by sentences, all engines](images/speed.svg)",
    ),
    Part("Analysing a story, step by step", "speed_analysis"),
    Part("Start of short commands", "startup"),
    Part("Queries to the store", "store", ("--sizes", "10000")),
    Part("Event loop latency while 2,000 files arrive", "loop_lag"),
    Part("Rescanning unchanged files", "rescan_speed"),
    Part("Interactions under load", "interactions", ("--stories", "20000", "--seconds", "20")),
    Part("Digests due at once", "delivery", ("--channels", "500")),
)


if __name__ == "__main__":
    sys.exit(report("Speed", INTRO, PARTS, ROOT / "docs" / "speed.md"))
