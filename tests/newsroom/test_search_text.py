"""People who search for words get an answer, whatever marks are among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FilterInvalid, InputInvalid
from bot.newsroom.filters import Filter, readable_search


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("sea drills", "sea drills"),
        ('"sea drills"', '"sea drills"'),
        ('"sea drills', '"sea drills'),
        ("country:japan drills", "country:japan drills"),
        ("Re: budget", "Re budget"),
        ("(drills", "drills"),
        ("drills) :", "drills"),
        ("rock or", 'rock "or"'),
        ("https://example.com/a", "https example com a"),
        ("what?!", "what?!"),
    ],
)
def test_words_are_searched_for_with_any_marks(text: str, searched: str) -> None:
    assert readable_search(text) == searched


@pytest.mark.parametrize("text", ['"', "“”", ":)", "?", "-", "(", "()", "„", "「」", "…", "***"])
def test_marks_alone_are_refused_as_no_words(text: str) -> None:
    with pytest.raises(InputInvalid) as caught:
        readable_search(text)
    assert caught.value.key == "error-words-nothing"


@pytest.mark.parametrize("text", ["contry:japan", "country:Japn", "since:someday drills"])
def test_a_mistyped_filter_is_still_explained(text: str) -> None:
    with pytest.raises(FilterInvalid):
        readable_search(text)


@given(st.text(max_size=30))
def test_what_is_searched_for_can_be_read(text: str) -> None:
    try:
        searched = readable_search(text)
    except (FilterInvalid, InputInvalid):
        return
    Filter.parse(searched)
