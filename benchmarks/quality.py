"""`make quality`: measure every analysis beside the libraries one could use instead.

Writes docs/quality.md.
"""

from __future__ import annotations

import sys

from benchmarks.report_writer import ROOT, Part, report

INTRO = """\
How good the results are that readers see. Each is measured in the same run as the libraries one could use instead. The
labelled data are not part of the project, because their texts belong to publishers; parts whose data don't lie beside the
checkout in `../shared/data` are skipped and say so. These are development rows: figures on fresh rows may be lower."""

PARTS = (
    Part("Story splitting", "quality_stories", ("--fit", "--documents", "150")),
    Part("Publication lines", "quality_publication_lines"),
    Part("Languages of short texts", "quality_languages"),
    Part(
        "HTML pages",
        "quality_html",
        note="The trees, their threshold and the place of every rule were chosen on these pages; the weights of a "
        "headline's places, the limits of lists and the order of dates are by judgement. Expect the line fitted without "
        "the host's third on other sites. The headline is right where it is the reference's or a part of it.",
    ),
    Part("Pages and teasers", "quality_pages", ("--fit",)),
    Part("Sentence splitting", "sentences"),
    Part("Countries", "quality_countries"),
    Part("Topics", "quality_topics"),
    Part("Summaries", "quality_summaries"),
    Part("Event clustering", "quality_events"),
    Part("Thirty days of digests in three channels", "replay"),
)


if __name__ == "__main__":
    sys.exit(report("Quality", INTRO, PARTS, ROOT / "docs" / "quality.md"))
