"""What is done with a document's bytes in a worker process: decode, read, split, analyse, index, fingerprint.

The answer goes back story by story as pickled bytes, so that the event loop unpacks one story at a time, between two
answers to members, and not a document of ten thousand at once.
"""

from __future__ import annotations

import gc
import pickle
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from bot.intake.readers import read_parts
from bot.intake.types import DocumentPart, ReadDocument, Unreadable
from bot.newsroom.rejections import Rejection, RejectReason
from bot.newsroom.search_terms import IndexedStory, index_story
from bot.store.documents import Origin
from summarizers.events.features import StoryFeatures, story_features

__all__ = ["AnalysisJob", "AnalysisResult", "PreparedStory", "analyse_document", "unpack_story", "warm_up"]

_SECONDS = 120.0
_SECONDS_PER_MB = 30.0
_WAITED = 0.01
"""Seconds until an alarm that met a collection of garbage rings again."""
_UNHEARD = 1.0
"""Seconds until an alarm rings again of which nothing came."""


@dataclass(frozen=True, slots=True)
class AnalysisJob:
    """A document to prepare: its bytes, of which the ending of `name` tells the format, or what was `read` of it."""

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
    """A document's stories, each for `unpack`; or the reason why there are none."""

    stories: tuple[bytes, ...] = ()
    encoding: str | None = None
    notes: tuple[str, ...] = ()
    rejection: Rejection | None = None
    traceback: str | None = None
    """Where an unexpected error was raised."""


class _TookTooLong(Exception):
    pass


def analyse_document(job: AnalysisJob) -> AnalysisResult:
    """Make a document's bytes into stories for the store. Never raises: what goes wrong is the outcome's reason."""
    try:
        with _deadline(_deadline_of(job)):
            return _prepared(job)
    except Unreadable as error:
        return AnalysisResult(rejection=error.rejection)
    except _TookTooLong:
        return AnalysisResult(rejection=Rejection(RejectReason.TIMEOUT, {"seconds": _deadline_of(job)}))
    except (MemoryError, RecursionError) as error:
        return AnalysisResult(rejection=Rejection(RejectReason.TOO_COMPLEX, {"error": type(error).__name__}))
    except Exception as error:  # noqa: BLE001,RUF100 - libraries meet hostile bytes here; it is reported and logged
        name = f"{type(error).__name__}: {str(error)[:200]}"
        rejection = Rejection(RejectReason.INTERNAL_ERROR, {"error": name})
        return AnalysisResult(rejection=rejection, traceback=traceback.format_exc())


def unpack_story(story: bytes) -> PreparedStory:
    """A story out of an outcome."""
    found = pickle.loads(story)  # noqa: S301 - written by our own worker
    if not isinstance(found, PreparedStory):
        raise TypeError("an outcome holds something else than stories")
    return found


def warm_up() -> None:
    """Load what reading and analysing need, so that the first file doesn't wait for it."""
    analyse_document(
        AnalysisJob(
            "warm.txt", b"Officials in Paris said on Monday that the bridge will open. It was closed.", "lead", 1
        )
    )


def _prepared(job: AnalysisJob) -> AnalysisResult:
    read = job.document if job.document is not None else read_parts(job.data, job.name)
    packed = tuple(
        pickle.dumps(
            PreparedStory(index_story(analysis), story_features(analysis), _origin(piece)), pickle.HIGHEST_PROTOCOL
        )
        for piece, analysis in read.analyse_parts(engine=job.engine, sentences=job.sentences)
    )
    if not packed:
        raise Unreadable(RejectReason.NO_STORY)
    return AnalysisResult(packed, read.encoding, read.notes)


def _deadline_of(job: AnalysisJob) -> float:
    return _SECONDS + _SECONDS_PER_MB * len(job.data) / 1_000_000


def _origin(piece: DocumentPart) -> Origin:
    return Origin(piece.published, piece.source, piece.url)


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Raise _TookTooLong after so many seconds; only where signals can be had, in a process's main thread.

    Python drops what is raised while it frees an object (a finalizer, a weak reference's callback). So the alarm waits
    until a collection of garbage is over, and rings again and again until it has been heard.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    armed = True
    collecting = False

    def watch(phase: str, _info: dict[str, int]) -> None:
        nonlocal collecting
        collecting = phase == "start"

    def ring(_number: int, _frame: FrameType | None) -> None:
        if not armed:
            return
        signal.setitimer(signal.ITIMER_REAL, _WAITED if collecting else _UNHEARD)
        if not collecting:
            raise _TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    gc.callbacks.append(watch)
    rest, interval = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        armed = False  # first: from here on a late ring must not get in the way of what follows
        signal.setitimer(signal.ITIMER_REAL, 0)
        gc.callbacks.remove(watch)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, rest, interval)  # whoever had set the alarm gets it, if late
