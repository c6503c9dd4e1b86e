"""Can text from outside do anything but be read?"""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.escape import clean, escape_markdown, truncate
from tests.rendering.harmless import faults_of

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
PIECES = ["@everyone", "<@1>", "```", "**", "__", "||", "~~", "[x](https://e.example)", "https://e.example", "# ", "> "]
PIECES += [
    "\u202e",
    "\u2066",
    "\x00",
    "\x1b[2J",
    "\u200b",
    "\ud800",
    "e" + "\u0301" * 30,
    ":x:",
    "\\",
    "`",
    "\n",
    "-# ",
]
raw = st.text(max_size=200) | st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=15).map("".join)


@settings(deadline=None)
@given(raw=raw)
def test_clean_text_is_one_visible_line(raw: str) -> None:
    told = clean(raw)
    assert told == told.strip()
    assert not BIDI & set(told)
    assert "\n" not in told
    assert not [char for char in told if unicodedata.category(char) in ("Cc", "Cs", "Co")]
    assert not re.search("[\u0300-\u036f]{5}", told)


@settings(deadline=None)
@given(raw=raw)
def test_cleaning_again_changes_nothing(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@settings(deadline=None)
@given(raw=raw)
def test_markup_shows_no_mention_style_or_link(raw: str) -> None:
    payload = {"content": escape_markdown(raw)[:1900] or "x", "allowed_mentions": {"parse": []}}
    if len(escape_markdown(raw)) <= 1900:
        assert faults_of(payload) == []


@settings(deadline=None)
@given(raw=st.text(alphabet="abcXYZ 0189,.;!?äß日本", max_size=80))
def test_plain_words_come_through_as_they_are(raw: str) -> None:
    if not re.match(r"\s*\d+[.)]\s", raw):
        assert escape_markdown(raw) == " ".join(raw.split())


@settings(deadline=None)
@given(raw=raw, most=st.integers(0, 60))
def test_a_cut_is_short_enough_and_a_beginning(raw: str, most: int) -> None:
    told = truncate(clean(raw), most)
    assert len(told) <= most
    if told != clean(raw):
        assert clean(raw).startswith(told.rstrip("…"))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("می‌خواهم", "می‌خواهم"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("a\u3164b\u2800c", "abc"),
        ("two\r\n\tlines", "two lines"),
        ("\ufeffbyte order", "byte order"),
        ("sha\u00adring", "sharing"),
    ],
)
def test_what_readers_need_stays_and_the_rest_goes(raw: str, told: str) -> None:
    assert clean(raw) == told


def test_what_is_left_may_stand_in_an_xml_document() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert re.findall("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", clean(everything)) == []
