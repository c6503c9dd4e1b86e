"""Short reports of single places, for fitting and measuring the clustering of events.

In training/places_reports. Written for this project: several happenings of one place on one day, some told by two papers, some alike (two fires,
two court cases), some followed up a day later, and round-ups that mention many. Places are split in two halves:
`choosing` is fitted and tuned on, `aside` only measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

__all__ = ["CHOOSING", "HALVES", "PlaceReport", "place_reports"]

REPORTS = Path(__file__).parent / "places_reports"
CHOOSING = "choosing"
HALVES = (CHOOSING, "aside")
_BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
"""Time of each place's first report: any day will do, as only the distances count."""


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """A short report: place, happening, time, and text with the headline first."""

    place: str
    half: str
    language: str
    happening: str
    published: datetime
    text: str

    @property
    def is_roundup(self) -> bool:
        """True for a text that mentions several happenings."""
        return self.happening.startswith("roundup")


def place_reports(half: str | None = None) -> list[PlaceReport]:
    """Return the reports of a half, or all of them, place by place and in order of time."""
    reports = [report for path in sorted(REPORTS.glob("*.txt")) for report in _read(path)]
    return [report for report in reports if half is None or report.half == half]


def _read(path: Path) -> Iterator[PlaceReport]:
    """Read the reports of one language. Raises ValueError for a line that is none."""
    place = half = ""
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            place, _, half = line.removeprefix("== ").removesuffix(")").partition(" (")
            if half not in HALVES:
                raise ValueError(f"{path.name}: {line!r} must end with (choosing) or (aside)")
            continue
        happening, hours, *texts = (part.strip() for part in line.split(" | "))
        text = "\n".join(texts)
        yield PlaceReport(place, half, path.stem, happening, _BEGIN + timedelta(hours=int(hours)), text)
