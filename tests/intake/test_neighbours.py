"""Languages of short parts, by what stands around them and by their source."""

from __future__ import annotations

from bot.intake.readers.neighbours import with_neighbours
from bot.intake.types import DocumentPart
from summarizers.analysis import analyse
from summarizers.text.language import language_prior

CZECH = "Vláda dnes schválila nový zákon o vodě, který podle ministra pomůže obcím a zemědělcům na jihu země. " * 4
POLISH = "Rząd przyjął dziś nową ustawę o wodzie, która zdaniem ministra pomoże gminom i rolnikom na południu. " * 4


def part(text: str, source: str | None) -> DocumentPart:
    return DocumentPart(text, one_story=True, source=source)


def test_a_short_part_has_the_languages_of_its_source_and_not_of_the_rows_between() -> None:
    parts = [
        part(text, source)
        for _ in range(4)
        for text, source in ((POLISH, "Gazeta"), (CZECH, "Noviny"), (POLISH, "Gazeta"), ("Most v Brně", "Noviny"))
    ]
    short = with_neighbours(parts)[3]
    assert set(short.neighbours) == {"cs"}
    (analysis,) = analyse(short.text, as_one_story=True, prior=language_prior(None, short.neighbours))
    assert analysis.language == "cs"


def test_a_part_without_a_source_or_alone_in_it_has_the_languages_around() -> None:
    for source in (None, "Noviny"):
        parts = with_neighbours([part(POLISH, "Gazeta"), part("Nowy most", source), part(POLISH, "Gazeta")])
        assert parts[1].neighbours == ("pl", "pl")


def test_a_long_part_needs_no_neighbours() -> None:
    assert with_neighbours([part(POLISH, "Gazeta"), part(CZECH, "Gazeta")])[1].neighbours == ()
    assert len(CZECH) >= 400


def test_at_most_five_parts_on_each_side_count() -> None:
    parts = with_neighbours(
        [*(part(CZECH, "A") for _ in range(20)), part("Most", "A"), *(part(CZECH, "A") for _ in range(3))]
    )
    assert parts[20].neighbours == ("cs",) * 8
