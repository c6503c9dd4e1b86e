"""What a worker makes of a document: stories for the store, or a rejection."""

from __future__ import annotations

from bot.intake.analysis_job import AnalysisJob, analyse_document, unpack_story
from bot.newsroom.rejections import RejectReason


def test_a_document_becomes_stories_for_the_store() -> None:
    text = "The council of Oslo voted on Monday to build a bridge. Work on it begins in spring."
    result = analyse_document(AnalysisJob("a.txt", text.encode("utf-16"), "lead", 1))
    (packed,) = result.stories
    story = unpack_story(packed)
    assert (result.encoding, result.rejection) == ("utf-16-le", None)
    assert story.indexed.analysis.headline.startswith("Council of Oslo voted")
    assert [sentence.text for sentence in story.indexed.analysis.summary] == ["Work on it begins in spring."]
    assert story.features.hashes


def test_an_unexpected_error_is_a_rejection_and_keeps_its_traceback() -> None:
    result = analyse_document(AnalysisJob("a.txt", b"The council voted.", "no-such-engine", 3))
    assert result.rejection is not None
    assert result.rejection.reason is RejectReason.INTERNAL_ERROR
    assert "Traceback" in (result.traceback or "")
