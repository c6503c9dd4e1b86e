"""The filter language: which stories somebody wants.

`Filter` is what the rest of the program holds. `ast` has the nodes, `parser` reads text, `keys` is the table of keys,
`normal_form` orders and writes, `evaluate` is the meaning. `bot.store.filters` is the same in SQL.
"""

from bot.newsroom.filters.ast import And, Match, Node, Not, Or, Period, Phrase, conjuncts, walk
from bot.newsroom.filters.filter import EVERYTHING, Filter
from bot.newsroom.filters.parser import LIMITS
from bot.newsroom.filters.search_text import readable_search
from bot.newsroom.filters.subject import FilterSubject

__all__ = [
    "EVERYTHING",
    "LIMITS",
    "And",
    "Filter",
    "FilterSubject",
    "Match",
    "Node",
    "Not",
    "Or",
    "Period",
    "Phrase",
    "conjuncts",
    "readable_search",
    "walk",
]
