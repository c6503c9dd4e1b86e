"""Reasons for rejecting a file: kept with their facts, put into words only where people read them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.newsroom.rejections import _MESSAGES, Rejection, RejectReason

FACTS = st.dictionaries(st.text(max_size=8), st.one_of(st.text(), st.integers(), st.floats(allow_nan=False)))


@pytest.mark.parametrize("reason", RejectReason)
def test_every_reason_has_a_message(reason: RejectReason) -> None:
    names = re.findall(r"\{(\w+)", _MESSAGES[reason])
    assert Rejection(reason, dict.fromkeys(names, 7)).message


@given(st.sampled_from([reason for reason in RejectReason if "{" not in _MESSAGES[reason]]), FACTS)
def test_a_stored_reason_comes_back_with_its_facts(reason: RejectReason, facts: dict[str, str | int | float]) -> None:
    rejection = Rejection(reason, facts)
    assert Rejection.decode(rejection.encode()) == rejection


@pytest.mark.parametrize(
    "text",
    [
        "is too large: 2,000 bytes, of which 1,000 are allowed; cut it into several files, or raise intake.max_bytes",
        "is empty",
        "can't be read for a fault of the program (KeyError: 'x'): please report it, with the file",
        "",
        "a-reason-of-a-later-version",
        'too-large {"size": 3}',
        "too-large {",
        "too-large [1]",
    ],
)
def test_a_text_of_another_version_is_kept_as_it_is(text: str) -> None:
    rejection = Rejection.decode(text)
    assert rejection == Rejection(RejectReason.UNKNOWN, {"text": text})
    assert (rejection.message, rejection.encode()) == (text, text)
