"""Days, times of day and periods as people type them, in the languages of the interface.

Slash commands, the form, filters and the command line all read them here: tokens by a language's words, values by a
small grammar. A value is read as a whole or refused with what was understood of it.
"""

from bot.newsroom.typed_values.days import WEEKDAYS, format_days, parse_days
from bot.newsroom.typed_values.locales import parse_locale
from bot.newsroom.typed_values.periods import NAMED_DAYS, SPAN, YEARLY_DATE, parse_period, resolve_time
from bot.newsroom.typed_values.reading import ValueNotUnderstood
from bot.newsroom.typed_values.times import format_times, parse_times
from bot.newsroom.typed_values.vocabulary import fold_typed, typed_spellings, typed_words

__all__ = [
    "NAMED_DAYS",
    "SPAN",
    "WEEKDAYS",
    "YEARLY_DATE",
    "ValueNotUnderstood",
    "fold_typed",
    "format_days",
    "format_times",
    "parse_days",
    "parse_locale",
    "parse_period",
    "parse_times",
    "resolve_time",
    "typed_spellings",
    "typed_words",
]
