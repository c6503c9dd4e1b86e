"""The analysis of one document in a worker process.

The result goes back story by story as pickled bytes, so that the event loop unpacks one story at a time, between two
answers to members, and not a document of ten thousand stories at once.
"""

from __future__ import annotations

import pickle
import time
import traceback
from dataclasses import dataclass, replace
from typing import Final

from bot.intake.readers import read_parts
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.pictures import picture_address
from bot.newsroom.rejections import Rejection, RejectReason, rejection_of_fault
from bot.newsroom.search_terms import IndexedStory, index_story
from bot.store.documents import Origin
from summarizers.events.features import StoryFeatures, story_features

__all__ = ["AnalysisJob", "AnalysisResult", "PreparedStory", "analyse_document", "unpack_story", "warm_up"]

_WARM_TEXT: Final = """\
FERRY: The mayor of Oslo opened the harbour on Monday after farmers had asked for 12 million.
"It was closed for two years", said Anna Berg, who leads the council in Norway. Ships from Paris come again in May.

Police in Nairobi delayed the railway on Tuesday. Judges questioned the budget, and the bank approved 3 percent.
The election is on 4 June 2026, the government said. Doctors praised the hospital.
"""
"""Two stories with names, numbers, dates and speech, so that all tables for them are loaded."""


@dataclass(frozen=True, slots=True)
class AnalysisJob:
    """A document to analyse: bytes with a file name, or a `document` already read.

    The name's ending gives the format.
    """

    name: str
    data: bytes
    engine: str
    sentences: int
    document: ReadDocument | None = None


@dataclass(frozen=True, slots=True)
class PreparedStory:
    """A story as the store takes it."""

    indexed: IndexedStory
    features: StoryFeatures
    origin: Origin


@dataclass(frozen=True, slots=True)
class AnalysisResult:
    """A document's stories, each to be unpacked with `unpack_story`; or why there are none."""

    stories: tuple[bytes, ...] = ()
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    rejection: Rejection | None = None
    traceback: str | None = None
    """Where an unexpected error was raised."""
    seconds: float = 0.0
    """Processor time of the work."""


def analyse_document(job: AnalysisJob) -> AnalysisResult:
    """Make stories for the store of a document.

    Never raises: what goes wrong is the result's rejection.
    """
    began = time.process_time()
    return replace(_try_to_analyse(job), seconds=time.process_time() - began)


def _try_to_analyse(job: AnalysisJob) -> AnalysisResult:
    try:
        return _analyse(job)
    except Unreadable as error:
        return AnalysisResult(rejection=error.rejection)
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; it is reported and logged
        rejection = rejection_of_fault(error)
        is_bug = rejection.reason is RejectReason.INTERNAL_ERROR
        return AnalysisResult(rejection=rejection, traceback=traceback.format_exc() if is_bug else None)


def unpack_story(packed: bytes) -> PreparedStory:
    """Return a story of an analysis result."""
    story = pickle.loads(packed)  # noqa: S301 - written by our own worker
    if not isinstance(story, PreparedStory):
        raise TypeError(f"expected a PreparedStory, not {type(story).__name__}")
    return story


def warm_up() -> None:
    """Load what reading and analysing need, so that the first file doesn't wait for it."""
    analyse_document(AnalysisJob("warm.txt", _WARM_TEXT.encode(), "newsrank", 1))


def _analyse(job: AnalysisJob) -> AnalysisResult:
    document = job.document if job.document is not None else read_parts(job.data, job.name)
    packed = tuple(
        pickle.dumps(
            PreparedStory(index_story(analysis), story_features(analysis), _origin(part)), pickle.HIGHEST_PROTOCOL
        )
        for part, analysis in document.analyse_parts(engine=job.engine, sentences=job.sentences)
    )
    if not packed:
        raise Unreadable(RejectReason.NAVIGATION_PAGE if document.set_aside() else RejectReason.NO_STORY)
    return AnalysisResult(packed, document.encoding, document.notes)


def _origin(part: DocumentPart) -> Origin:
    return Origin(
        part.published, part.source, part.url, picture=picture_address(part.picture), date_origin=part.date_origin
    )
