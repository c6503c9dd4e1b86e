"""News text in, values out: stories, sentences, summaries, headlines, countries and topics.

Everything here is pure: no files but the tables shipped beside the code, no database, no Discord, no clock.
A name is imported when it is first used and a table is read at the first call that needs it, so that importing
the package stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizers.analysis import analyse, headline, summarise
    from summarizers.labels.countries import countries
    from summarizers.labels.topics import topics
    from summarizers.segmentation.split import split_stories
    from summarizers.summarization.multi_document import summarise_event
    from summarizers.summarization.registry import ENGINES
    from summarizers.text.sentences import sentences
    from summarizers.types import Analysis, Country, Evidence, Story, SummarySentence, Topic

__all__ = [
    "ENGINES",
    "Analysis",
    "Country",
    "Evidence",
    "Story",
    "SummarySentence",
    "Topic",
    "analyse",
    "countries",
    "headline",
    "sentences",
    "split_stories",
    "summarise",
    "summarise_event",
    "topics",
]

_HOMES = {
    "ENGINES": "summarization.registry",
    "Analysis": "types",
    "Country": "types",
    "Evidence": "types",
    "Story": "types",
    "SummarySentence": "types",
    "Topic": "types",
    "analyse": "analysis",
    "countries": "labels.countries",
    "headline": "analysis",
    "sentences": "text.sentences",
    "split_stories": "segmentation.split",
    "summarise": "analysis",
    "summarise_event": "summarization.multi_document",
    "topics": "labels.topics",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
