"""Lines of a page, classified by their form and words."""

from __future__ import annotations

import pytest

from summarizers.segmentation.boilerplate import breaks_off, classify_line


@pytest.mark.parametrize(
    "line",
    [
        "Read more", "READ MORE: Something else", "Advertisement", "Share this article", "Comments (12)", "1.2K shares", "5 min read",
        "Sign up for our newsletter", "Facebook Twitter WhatsApp Email", "Lesen Sie auch: Noch etwas",
        "Lire la suite", "Читайте также: ещё", "続きを読む", "اقرأ أيضا", "https://example.org/a", "@coastalwire",
    ],
)  # fmt: skip
def test_boilerplate_in_many_languages(line: str) -> None:
    assert classify_line(line) == "boilerplate"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Jane Doe", "byline"),
        ("By JANE DOE, Coastal Wire", "byline"),
        ("Jane Doe, Political Correspondent", "byline"),
        ("Von Petra Sommer", "byline"),
        ("Photo: Ann Lee/Coastal Wire", "credit"),
        ("(AFP)", "credit"),
        ("Ann Lee contributed to this report.", "credit"),
        ("© 2025 Coastal Wire", "credit"),
        ("Updated 3 hours ago", "date"),
        ("July 13, 2009", "date"),
        ("Updated: May 24, 2005, 3:23 PM ET", "date"),
        ("2013年3月4日", "date"),
        ("* * *", "rule"),
        ("________", "rule"),
        ("-30-", "rule"),
        ("By the river, the town slept", "text"),
        ("By Friday, all had gone", "text"),
        ("May was warm", "text"),
        ("He found the newsletter dull.", "text"),
        ("The end", "text"),
    ],
)
def test_lines_are_classified_by_their_form(line: str, kind: str) -> None:
    assert classify_line(line) == kind


def test_a_line_that_breaks_off_is_no_headline() -> None:
    assert all(breaks_off(line, "en") for line in ("The president of the", "Ministers met in Oslo (and", "He went to"))
    assert not any(
        breaks_off(line, "en") for line in ("Miners walk out", "Births fall again", "Oslo: a city to live in")
    )
    assert breaks_off("Der Minister und die", "de")
    assert not breaks_off("Kanzler tritt ab", "de")
