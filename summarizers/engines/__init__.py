"""Which of a story's sentences make its summary, by which method?"""

from summarizers.engines.events import EventSentence, summarise_event
from summarizers.engines.protocol import Engine, EngineUnavailable, Focus, UnknownEngine
from summarizers.engines.registry import ENGINES, engine_named
from summarizers.engines.summaries import summarise, summarise_sentences

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
