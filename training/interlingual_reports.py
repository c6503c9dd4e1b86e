"""Reports of events in two or three languages, for fitting and measuring clustering.

In training/interlingual_reports, written for this project: each report tells its event anew, with its own choice of facts,
and is no translation. Events of one group look alike (three earthquakes, three elections). `choosing` is fitted and tuned
on, `aside` only measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["InterlingualReport", "interlingual_reports"]

REPORTS = Path(__file__).parent / "interlingual_reports"


@dataclass(frozen=True, slots=True)
class InterlingualReport:
    """A short report: event, group of look-alikes, language, text with the headline first."""

    event: str
    group: str
    language: str
    text: str


def interlingual_reports(half: str) -> list[InterlingualReport]:
    """Return the reports of a half, "choosing" or "aside", event by event."""
    return list(_read(REPORTS / f"{half}.txt"))


def _read(path: Path) -> Iterator[InterlingualReport]:
    """Read the reports of one file. Raises ValueError for a line that is none."""
    event = group = ""
    for line in path.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            event, _, group = line.removeprefix("== ").removesuffix(")").partition(" (")
            continue
        language, *texts = (part.strip() for part in line.split(" | "))
        yield InterlingualReport(event, group, language, "\n".join(texts))
