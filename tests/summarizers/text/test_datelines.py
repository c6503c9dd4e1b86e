"""Datelines and publication lines in twenty languages, and sentences that look like them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizers.text.datelines import find_dateline, read_publication_line, strip_datelines, without_publication_lines

_MOST_MISTAKEN = 0.05
"""Share of the lines set aside that may be read wrongly; 0% of heads and 1% of sentences were when they were measured."""

_LINES = tomllib.loads((Path(__file__).parent / "datelines.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("line", "dateline", "rest"),
    [
        ("TOKYO, March 3 (Reuters) - The bank", "TOKYO, March 3 (Reuters)", "The bank"),
        ("PARIS — The bank", "PARIS", "The bank"),
        ("(CNN) -- A bank", "(CNN)", "A bank"),
        ("Berlin (dpa) - Die Bank", "Berlin (dpa)", "Die Bank"),
        ("Madrid, 3 mar (EFE).- El banco", "Madrid, 3 mar (EFE)", "El banco"),
        ("МОСКВА, 3 марта. /ТАСС/. Банк", "МОСКВА, 3 марта. /ТАСС/.", "Банк"),
        ("新华社北京3月3日电 银行", "新华社北京3月3日电", "银行"),
        ("Washington, D.C. – The bank", "Washington, D.C.", "The bank"),
    ],
)
def test_a_dateline_is_separated_from_the_body(line: str, dateline: str, rest: str) -> None:
    found = find_dateline(line)
    assert found is not None
    assert (found.text, line[found.body :]) == (dateline, rest)


@pytest.mark.parametrize(
    "line", ["Jean-Pierre - a man", "Ann said - no", "The bank, May 3, fell", "well - PARIS - yes"]
)
def test_a_dash_alone_makes_no_dateline(line: str) -> None:
    assert find_dateline(line) is None


@pytest.mark.parametrize("language", _LINES)
def test_datelines_of_every_language_leave_the_body_whole(language: str) -> None:
    body = _LINES[language]["body"]
    for head in _LINES[language]["heads"]:
        found = strip_datelines(head + body)
        assert found, head
        assert (head + body)[found[-1].body :] == body, head


_GLUED = (
    ("ANKARA (AA) -Meclis köprüyü onayladı.", "Meclis"),
    ("Praha (ČTK) -Rada schválila stavbu mostu.", "Rada"),
    ("STOCKHOLM (TT)Kommunen har sagt ja till bron.", "Kommunen"),
    ("Madrid, 3 mar (EFE).-El ayuntamiento aprobó el puente.", "El"),
    ("PARIS(AFP)–Le conseil a approuvé le pont.", "Le"),
    ("МОСКВА, 5 мая - РИА Новости.Совет одобрил мост.", "Совет"),
    ("WASHINGTON (AP) --The council approved the bridge.", "The"),
)


@pytest.mark.parametrize(("line", "first"), _GLUED)
def test_a_dateline_glued_to_the_first_word_is_parted_from_it(line: str, first: str) -> None:
    found = strip_datelines(line)
    assert found, line
    assert line[found[-1].body :].startswith(first)


def test_a_hyphen_within_a_word_parts_nothing() -> None:
    for line in (
        "Berlin-Mitte wird umgebaut, sagt der Senat.",
        "Paris-Nice wurde abgesagt.",
        "Jean-Pierre Dupont ist da.",
    ):
        assert find_dateline(line) is None, line


def test_datelines_set_aside_are_told_from_sentences() -> None:
    heads = [(own["body"], head) for own in _LINES.values() for head in own["heads_aside"]]
    missed = [
        head for body, head in heads if not (found := strip_datelines(head + body)) or found[-1].body != len(head)
    ]
    sentences = [line for own in _LINES.values() for line in own["sentences_aside"]]
    taken = [line for line in sentences if find_dateline(line) or read_publication_line(line)]
    assert len(missed) <= len(heads) * _MOST_MISTAKEN, missed
    assert len(taken) <= len(sentences) * _MOST_MISTAKEN, taken


@pytest.mark.parametrize("language", _LINES)
def test_publication_lines_of_every_language_are_whole_lines(language: str) -> None:
    assert [line for line in _LINES[language]["lines"] if read_publication_line(line) is None] == []


@pytest.mark.parametrize("language", _LINES)
def test_sentences_that_look_like_datelines_stay_sentences(language: str) -> None:
    taken = [line for line in _LINES[language]["sentences"] if find_dateline(line) or read_publication_line(line)]
    assert taken == []


@pytest.mark.parametrize(
    ("line", "place", "date", "agency"),
    [
        ("PARIS, le 3 mai (AFP) – Le conseil", "PARIS", "le 3 mai", "AFP"),
        ("БЕРЛИН, 5 мая. /ТАСС/. Совет", "БЕРЛИН", "5 мая", "ТАСС"),
        ("【北京5月3日時事】市議会は", "北京", "5月3日", "時事"),
        ("(東京 5日 共同) 市議会は", "東京", "5日", "共同"),
        ("(서울=연합뉴스) 홍길동 기자 = 시의회가", "서울", None, "연합뉴스"),
        ("नई दिल्ली, ३ मई (रॉयटर्स) - नगर परिषद", "नई दिल्ली", "३ मई", "रॉयटर्स"),
        ("القاهرة (رويترز) - وافق المجلس", "القاهرة", None, "رويترز"),
        ("(ANSA) - ROMA, 03 MAG - Il consiglio", "ROMA", "03 MAG", "ANSA"),
    ],
)
def test_place_date_and_agency_are_told_apart(
    line: str, place: str | None, date: str | None, agency: str | None
) -> None:
    found = find_dateline(line)
    assert found is not None
    assert (found.place, found.date, found.agency) == (place, date, agency)


@pytest.mark.parametrize(
    "line",
    ["14 de mayo de 2021, 7:32 p. m.", "updated 12/19/2019 2:48: 40 PM ET", "15 Μαΐου 2019, 7:05 μ. μ."],
)
def test_blanks_within_a_time_of_day_are_part_of_the_line(line: str) -> None:
    assert read_publication_line(line) is not None


def test_publication_lines_go_before_and_behind_a_title() -> None:
    body = "The council approved the bridge."
    assert without_publication_lines(f"Monday, May 5, 2025\n{body}") == body
    assert without_publication_lines(f"Bridge approved\nUpdated 3h ago\n{body}") == f"Bridge approved\n{body}"
    assert without_publication_lines(f"Bridge approved\nLIMA, May 3 (EFE) - {body}") == f"Bridge approved\n{body}"
    assert without_publication_lines(f"{body}\nMonday, May 5, 2025") == f"{body}\nMonday, May 5, 2025"


@given(st.text(max_size=200))
def test_any_text_keeps_its_end(text: str) -> None:
    found = find_dateline(text)
    if found is not None:
        assert 0 < found.body < len(text)
        assert text.startswith(found.text[:1]) or text[:1].isspace()
    assert text.endswith(without_publication_lines(text)[-10:])
