"""News text in, values out: stories, sentences, summaries, headlines, countries and topics.

Everything here is pure: no files but the tables shipped beside the code, no database, no Discord, no clock.
A name is imported when it is first used and a table is read at the first call that needs it, so that importing
the package stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizers.analysis import analyse
    from summarizers.engines import ENGINES, summarise, summarise_event
    from summarizers.headlines import headline
    from summarizers.model import Analysis, Country, Evidence, Story, SummarySentence, Topic
    from summarizers.places import countries
    from summarizers.stories import split_stories
    from summarizers.text import sentences
    from summarizers.topics import topics

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
    "ENGINES": "engines",
    "Analysis": "model",
    "Country": "model",
    "Evidence": "model",
    "Story": "model",
    "SummarySentence": "model",
    "Topic": "model",
    "analyse": "analysis",
    "countries": "places",
    "headline": "headlines",
    "sentences": "text",
    "split_stories": "stories",
    "summarise": "engines",
    "summarise_event": "engines",
    "topics": "topics",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    # `summarizers.topics` and the like name both a function and a module: the function is the public one.
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
