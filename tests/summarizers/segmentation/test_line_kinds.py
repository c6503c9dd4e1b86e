"""Lines of a page, classified by their form and words."""

from __future__ import annotations

import pytest

from summarizers.segmentation.furniture import classify_line


@pytest.mark.parametrize(
    "line",
    [
        "Read more", "READ MORE: Something else", "Advertisement", "Share this article", "Comments (12)", "1.2K shares", "5 min read",
        "Sign up for our newsletter", "Facebook Twitter WhatsApp Email", "Lesen Sie auch: Noch etwas",
        "Lire la suite", "Читайте также: ещё", "关联阅读：港口", "Leggi anche: Il porto", "Tags: port, bridge", "Schlagworte: Hafen, Brücke",
        "Correction: An earlier version misstated the mayor's name.", "Über den Autor: Tom schreibt über Häfen.", "Read by 93 people. Last updated 08:03",
        "93人が読みました。最終更新 08:03", "Lu par 93 personnes. Mis à jour à 08h03", "Czas czytania: 4 minuty · 12 komentarzy", "Keep reading", "Continue reading the story", "続きを読む", "اقرأ أيضا", "https://example.org/a", "@coastalwire",
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
        ("Foto: Anna Lehmann/dpa", "credit"),
        ("写真＝山田花子／共同通信", "credit"),
        ("(사진=연합뉴스)", "credit"),
        ("Fot. Anna Lis/PAP", "credit"),
        ("12 comments were deleted by the court.", "text"),
        ("Anzeige gegen Bürgermeister", "text"),
        ("Für die neueste Runde der Gespräche flogen Minister nach Oslo.", "text"),
        ("Read the full report before you judge, the minister said.", "text"),
        ("Sponsored by the port, the race drew thousands of people.", "text"),
        ("By the river, the town slept", "text"),
        ("By Friday, all had gone", "text"),
        ("May was warm", "text"),
        ("He found the newsletter dull.", "text"),
        ("The end", "text"),
    ],
)
def test_lines_are_classified_by_their_form(line: str, kind: str) -> None:
    assert classify_line(line) == kind
