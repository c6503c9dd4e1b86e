"""What does somebody read, in their language, when what they asked can't be done?"""

from __future__ import annotations

from bot.errors import FilterInvalid, GazetteError, NotAllowed, NotFound, PermissionMissing, UnknownName
from bot.i18n import Words
from bot.rendering.pages.words import permission_words
from bot.services.autocomplete import closest

__all__ = ["explain"]


def explain(error: GazetteError, words: Words) -> str:
    """The error's message in the reader's language, with what would do instead."""
    facts = {name: "none" if value in ("", None) else value for name, value in error.facts.items()}
    if "channel" in facts:
        facts["channel"] = str(facts["channel"])  # an id, not an amount
    if isinstance(error, UnknownName | NotFound):
        facts["what"] = _what(error.what, words)
    if isinstance(error, UnknownName):
        labels = error.what in ("country", "topic")
        close = closest(error.what, error.name, words.locale) if labels else error.suggestions
        facts["hint"] = words.listed(close, alternatives=True) or "none"
    if isinstance(error, NotAllowed | PermissionMissing):
        facts["permission"] = permission_words(error.permission, words)
    if isinstance(error, FilterInvalid) and words.has(f"filter-wrong-{error.name}"):
        known = dict(error.problem_facts)
        if "what" in known:
            known["what"] = _what(str(known["what"]), words)
        facts["problem"] = words(f"filter-wrong-{error.name}", **known)
    return words(error.key if words.has(error.key) else "error-input", **{"problem": str(error), **facts})


def _what(what: str, words: Words) -> str:
    key = f"what-{what.replace(' ', '-')}"
    return words(key) if words.has(key) else what
