"""`make quality`: how good is what readers see, beside what one could have taken instead? Writes docs/quality.md."""

from __future__ import annotations

import sys

from benchmarks.reports import ROOT, Part, report

INTRO = """\
How good the judgements are that readers see, each measured beside the ready-made alternatives in the same run. The
labelled data are not part of the project (their texts belong to publishers); where they don't lie beside the checkout as
`../shared/data`, those parts are skipped and say so. They are development rows: figures on fresh rows may be lower."""

PARTS = (
    Part("Stories: where one ends and the next begins", "quality_stories", ("--fit", "--documents", "150")),
    Part("Sentences", "sentences"),
    Part("Countries", "quality_countries"),
    Part("Topics", "quality_topics"),
    Part("Summaries", "quality_summaries"),
    Part("Events: what tells of the same happening", "quality_events"),
    Part("Thirty days in three channels", "replay"),
)


if __name__ == "__main__":
    sys.exit(report("Quality", INTRO, PARTS, ROOT / "docs" / "quality.md"))
