"""What does somebody read, in their language, when what they asked can't be done?"""

from __future__ import annotations

from bot.errors import FilterInvalid, GazetteError, NotAllowed, NotFound, UnknownName
from bot.i18n import Words

__all__ = ["explain"]


def explain(error: GazetteError, words: Words) -> str:
    """The error's message in the reader's language, with what would do instead."""
    facts = {name: "none" if value in ("", None) else value for name, value in error.facts.items()}
    if isinstance(error, UnknownName | NotFound):
        key = f"what-{error.what.replace(' ', '-')}"
        facts["what"] = words(key) if words.has(key) else error.what
    if isinstance(error, NotAllowed):
        key = f"permission-{error.permission.replace('_', '-').replace(' ', '-').lower()}"
        facts["permission"] = words(key) if words.has(key) else error.permission
    if isinstance(error, FilterInvalid):
        facts["problem"] = error.problem
    return words(error.key if words.has(error.key) else "error-input", **{"problem": str(error), **facts})
