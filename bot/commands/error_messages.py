"""Messages for errors, in the reader's language."""

from __future__ import annotations

from bot.errors import FilterInvalid, GazetteError, NotAllowed, NotFound, PermissionMissing, UnknownName
from bot.i18n import Words
from bot.rendering.pages.parts import permission_words
from bot.services.autocomplete import closest_labels

__all__ = ["error_message"]


def error_message(error: GazetteError, words: Words) -> str:
    """Return an error's message in the reader's language, with what would work instead."""
    facts = {name: "none" if value in ("", None) else value for name, value in error.facts.items()}
    if "channel" in facts:
        facts["channel"] = str(facts["channel"])  # an id, not an amount
    if isinstance(error, UnknownName | NotFound):
        facts["what"] = _kind_name(error.what, words)
    if isinstance(error, UnknownName):
        is_label = error.what in ("country", "topic")
        suggestions = closest_labels(error.what, error.name, words.locale) if is_label else error.suggestions
        facts["hint"] = words.listed(suggestions, alternatives=True) or "none"
    if isinstance(error, NotAllowed | PermissionMissing):
        facts["permission"] = permission_words(error.permission, words)
    if isinstance(error, FilterInvalid) and words.has(f"filter-wrong-{error.name}"):
        problem_facts = dict(error.problem_facts)
        if "what" in problem_facts:
            problem_facts["what"] = _kind_name(str(problem_facts["what"]), words)
        facts["problem"] = words(f"filter-wrong-{error.name}", **problem_facts)
    return words(error.key if words.has(error.key) else "error-input", **{"problem": str(error), **facts})


def _kind_name(what: str, words: Words) -> str:
    key = f"what-{what.replace(' ', '-')}"
    return words(key) if words.has(key) else what
