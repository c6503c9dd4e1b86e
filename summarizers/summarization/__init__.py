"""Which of a story's sentences make its summary, by which method?"""

from summarizers.summarization.engine import Engine, EngineUnavailable, Focus, UnknownEngine
from summarizers.summarization.multi_document import EventSentence, summarise_event
from summarizers.summarization.registry import ENGINES, engine_named
from summarizers.summarization.summarize import summarise, summarise_sentences

__all__ = [
    "ENGINES",
    "Engine",
    "EngineUnavailable",
    "EventSentence",
    "Focus",
    "UnknownEngine",
    "engine_named",
    "summarise",
    "summarise_event",
    "summarise_sentences",
]
