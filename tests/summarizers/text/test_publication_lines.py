"""A story is the same with and without a publication line, in every language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.quality_stories import OwnStory, own_stories
from summarizers.analysis import analyse
from summarizers.events.features import story_features, text_features
from summarizers.text.language import LANGUAGES

_LINES = tomllib.loads((Path(__file__).parent / "datelines.toml").read_text("utf-8"))
_ALONE = sorted({line for words in _LINES.values() for line in words["lines"]})


@cache
def _own() -> list[OwnStory]:
    return own_stories()


@cache
def _story(language: str) -> OwnStory:
    """The longest of the project's own stories in a language; its reports of test_datelines where there is none."""
    body = (_LINES[language]["body"],)
    own = [story for story in _own() if story.language == language and story.title]
    return max(
        own, key=lambda story: len("".join(story.paragraphs)), default=OwnStory(language, body[0][:-1], body * 2)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@given(line=st.sampled_from(_ALONE), below_title=st.booleans())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_line_of_any_language_changes_neither_headline_nor_summary_nor_features(
    language: str, line: str, below_title: bool
) -> None:
    story = _story(language)
    body = "\n".join(story.paragraphs)
    plain = f"{story.title}\n{body}"
    dated = f"{story.title}\n{line}\n{body}" if below_title else f"{line}\n{plain}"
    (before,), (after,) = analyse(plain, as_one_story=True), analyse(dated, as_one_story=True)
    assert (after.headline, after.summary, after.language) == (before.headline, before.summary, before.language)
    assert story_features(after) == story_features(before)
    assert text_features(dated) == text_features(plain)
    assert after.story.stated_date or after.story.agency or not after.story.title
