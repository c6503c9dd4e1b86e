"""What does Discord refuse that its OpenAPI description can't say?

shapes.py holds a body against the description; the rules here are those between fields: totals, uniqueness, what goes
with what. Source: Discord's documentation of messages, components, embeds and application commands, read 2026; where a
refusal's code is not documented, the code here is the one that clients report.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from . import shapes
from .errors import Faultfinder, refusal
from .state import COMPONENTS_V2, Json, walk

__all__ = ["check_autocomplete", "check_commands", "check_message", "check_modal", "check_shape", "check_thread_name"]

CONTENT, EMBEDS, TOTAL, TEXTS, NONCE = 2000, 6000, 40, 4000, 25
LOCALES = frozenset(
    [
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
        "ar",
        "he",
    ]
)
_SELECTS = (3, 5, 6, 7, 8)
Where = tuple[str | int, ...]


def check_shape(operation: str, body: Any) -> None:
    """Refuse (50035) a body that departs from the description of `operation`."""
    faults = Faultfinder()
    shapes.check(operation, body, faults)
    faults.check()


def check_message(
    operation: str,
    body: Json,
    *,
    root: Where = (),
    files: Iterable[str] = (),
    before: tuple[int, bool] | None = None,
    shaped: bool = False,
) -> None:
    """Refuse a message's body that Discord refuses.

    `root` is where the message lies in the whole body (`("data",)` in an interaction's answer); faults are named from
    there. `files` are the names that `attachment://` may use. `before` is, for an edit, the message's flags and whether
    it has legacy content. With `shaped` the body was held against the description already.
    """
    faults = Faultfinder()
    if not shaped:
        shapes.check(operation, body, faults)
        faults.check()
    message: Json = body
    for step in root:
        message = message[step]  # type: ignore[index] # the root is made of names
    flags = (message.get("flags") or 0) | (before[0] if before else 0)
    v2 = bool(flags & COMPONENTS_V2)
    content = message.get("content")
    if content is not None and len(content) > CONTENT:
        faults.add((*root, "content"), "BASE_TYPE_MAX_LENGTH", f"Must be {CONTENT} or fewer in length.")
    if v2:
        _no_legacy(message, root, faults)
    nonce = message.get("nonce")
    if isinstance(nonce, str) and len(nonce) > NONCE:
        faults.add((*root, "nonce"), "NONCE_TYPE_TOO_LONG", f"Must be {NONCE} or fewer in length.")
    _embeds(message.get("embeds") or (), (*root, "embeds"), faults)
    _components(message.get("components") or (), (*root, "components"), faults, v2=v2, files=set(files))
    _mentions(message.get("allowed_mentions"), (*root, "allowed_mentions"), faults)
    faults.check()


def _no_legacy(message: Json, root: Where, faults: Faultfinder) -> None:
    for name in ("content", "embeds", "sticker_ids", "poll"):
        if message.get(name):
            faults.add(
                (*root, name),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _embeds(embeds: Sequence[Json], where: Where, faults: Faultfinder) -> None:
    total = 0
    for position, embed in enumerate(embeds):
        at = (*where, position)
        for name in ("title", "description"):
            total += len(embed.get(name) or "")
        total += len((embed.get("footer") or {}).get("text") or "")
        total += len((embed.get("author") or {}).get("name") or "")
        for number, each in enumerate(embed.get("fields") or ()):
            for name in ("name", "value"):
                total += len(each[name])
                if not each[name].strip():
                    faults.add((*at, "fields", number, name), "BASE_TYPE_REQUIRED", "This field is required")
        for path in (("url",), ("author", "url")):
            value: Any = embed
            for step in path:
                value = (value or {}).get(step)
            if value and value.startswith("attachment:"):
                message = "Scheme must be one of ('http', 'https', 'discord')."
                faults.add((*at, *path), "URL_TYPE_INVALID_SCHEME", message)
    if total > EMBEDS:
        faults.add(where, "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBEDS}")


def _mentions(allowed: Json | None, where: Where, faults: Faultfinder) -> None:
    if not allowed:
        return
    for name in ("users", "roles"):
        if name in (allowed.get("parse") or ()) and allowed.get(name):
            faults.add(
                where,
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.',
            )


def _components(components: Sequence[Json], where: Where, faults: Faultfinder, *, v2: bool, files: set[str]) -> None:
    if not v2:
        if len(components) > 5:
            faults.add(where, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
        for position, each in enumerate(components):
            if each["type"] != 1:
                faults.add(
                    (*where, position, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).'
                )
    held = list(walk(components))
    if len(held) > TOTAL:
        faults.add(
            where, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", f"The total number of components cannot exceed {TOTAL}"
        )
    text = sum(len(each["content"]) for each in held if each["type"] == 10)
    if text > TEXTS:
        message = f"Displayable text size {text} exceeds maximum {TEXTS}"
        faults.add(where, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
    seen: dict[str, set[Any]] = {"id": set(), "custom_id": set()}
    for position, each in enumerate(components):
        _component(each, (*where, position), faults, seen, files)


def _component(each: Json, at: Where, faults: Faultfinder, seen: dict[str, set[Any]], files: set[str]) -> None:
    for name, code in (("id", "COMPONENT_ID_DUPLICATED"), ("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED")):
        value = each.get(name)
        if not value:
            continue
        if value in seen[name]:
            faults.add((*at, name), code, f"Component {name.replace('_', ' ')} cannot be duplicated")
        seen[name].add(value)
    kind = each["type"]
    if kind == 1:
        _row(each["components"], at, faults)
    elif kind == 2:
        _button(each, at, faults)
    elif kind in _SELECTS:
        _select(each, at, faults)
    elif kind == 11:
        _media(each["media"]["url"], (*at, "media", "url"), faults, files)
    elif kind == 12:
        for position, item in enumerate(each["items"]):
            _media(item["media"]["url"], (*at, "items", position, "media", "url"), faults, files)
    elif kind == 13:
        url = each["file"]["url"]
        if not url.startswith("attachment://"):
            faults.add((*at, "file", "url"), "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('attachment',).")
        else:
            _media(url, (*at, "file", "url"), faults, files)
    for position, inner in enumerate(each.get("components") or ()):
        _component(inner, (*at, "components", position), faults, seen, files)
    for name in ("accessory", "component"):
        if isinstance(each.get(name), dict):
            _component(each[name], (*at, name), faults, seen, files)


def _row(inside: Sequence[Json], at: Where, faults: Faultfinder) -> None:
    # A row is five wide; a menu or a text input takes the whole width, a button one.
    if sum(1 if each["type"] == 2 else 5 for each in inside) > 5:
        faults.add(
            (*at, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width"
        )


def _button(each: Json, at: Where, faults: Faultfinder) -> None:
    style, has_id, has_url = each["style"], bool(each.get("custom_id")), bool(each.get("url"))
    if style == 5:
        if not has_url:
            faults.add((*at, "url"), "BASE_TYPE_REQUIRED", "A url is required")
        if has_id:
            faults.add(
                at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified"
            )
        if has_url and (shapes.good_url(each["url"].strip()) is not None):
            message = "Scheme must be one of ('http', 'https', 'discord')."
            faults.add((*at, "url"), "URL_TYPE_INVALID_SCHEME", message)
    elif style == 6:
        if not each.get("sku_id"):
            faults.add((*at, "sku_id"), "BASE_TYPE_REQUIRED", "This field is required")
        return
    else:
        if not has_id:
            faults.add((*at, "custom_id"), "BASE_TYPE_REQUIRED", "A custom id is required")
        if has_url:
            faults.add(
                at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified"
            )
    if not (each.get("label") or "").strip() and not each.get("emoji"):
        faults.add(at, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A label or an emoji is required")
    _emoji(each.get("emoji"), (*at, "emoji"), faults)


def _select(each: Json, at: Where, faults: Faultfinder) -> None:
    least = 1 if each.get("min_values") is None else each["min_values"]
    most = 1 if each.get("max_values") is None else each["max_values"]
    if most < least:
        faults.add((*at, "max_values"), "SELECT_COMPONENT_MIN_VALUES_EXCEED_MAX", "min_values exceeds max_values")
    if each["type"] != 3:
        if len(each.get("default_values") or ()) > most:
            faults.add((*at, "default_values"), "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return
    options = each["options"]
    if len(options) < most:
        faults.add((*at, "options"), "BASE_TYPE_BAD_LENGTH", f"Must be between {most} and 25 in length.")
    if sum(bool(option.get("default")) for option in options) > most:
        faults.add(
            (*at, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "Too many options are chosen by default"
        )
    values: set[str] = set()
    for position, option in enumerate(options):
        if option["value"] in values:
            message = "The specified option value is already used"
            faults.add((*at, "options", position, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
        values.add(option["value"])
        _emoji(option.get("emoji"), (*at, "options", position, "emoji"), faults)


def _emoji(emoji: Json | None, at: Where, faults: Faultfinder) -> None:
    if not emoji or emoji.get("id"):
        return
    name = emoji.get("name") or ""
    # Not Unicode's full table: what tells an emoji from text is a symbol, a flag or a keycap, and no letter.
    symbol = any(unicodedata.category(each) in ("So", "Sk", "Sm") or each in "\u20e3\u2049\u203c" for each in name)
    if not symbol or any(unicodedata.category(each)[0] == "L" for each in name) or len(name) > 32:
        faults.add((*at, "name"), "COMPONENT_INVALID_EMOJI", "Invalid emoji")


def _media(url: str, at: Where, faults: Faultfinder, files: set[str]) -> None:
    url = url.strip()
    if url.startswith("attachment://"):
        if url.removeprefix("attachment://") not in files:
            message = "The referenced attachment was not found in the request"
            faults.add(at, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message)
    elif shapes.good_url(url) is not None:
        faults.add(at, "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'attachment').")


def check_modal(body: Json) -> None:
    """Refuse a modal (the whole answer of type 9) that Discord refuses; its shape was checked."""
    faults = Faultfinder()
    where: Where = ("data", "components")
    components = body["data"]["components"]
    if len(components) > 5:
        faults.add(where, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    seen: dict[str, set[Any]] = {"id": set(), "custom_id": set()}
    for position, each in enumerate(components):
        at = (*where, position)
        if each["type"] == 1:
            if len(each["components"]) > 1:
                faults.add(
                    (*at, "components"),
                    "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                    "The specified component exceeds the maximum width",
                )
            if not each["components"][0].get("label"):
                faults.add((*at, "components", 0, "label"), "BASE_TYPE_REQUIRED", "This field is required")
        _component(each, at, faults, seen, set())
        for inner in walk([each]):
            if inner["type"] == 4:
                _text_input(inner, at, faults)
    faults.check()


def _text_input(each: Json, at: Where, faults: Faultfinder) -> None:
    least, most, value = each.get("min_length") or 0, each.get("max_length") or TEXTS, each.get("value")
    if least > most:
        faults.add((*at, "min_length"), "TEXT_INPUT_COMPONENT_MIN_LENGTH_EXCEEDS_MAX", "min_length exceeds max_length")
    if value and not least <= len(value) <= most:
        faults.add((*at, "value"), "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def check_autocomplete(body: Json, kind: int) -> None:
    """Refuse choices that don't fit the option that a person is filling in; `kind` is the option's type."""
    faults = Faultfinder()
    wanted: tuple[type, ...] = {3: (str,), 4: (int,), 10: (int, float)}[kind]
    for position, each in enumerate((body.get("data") or {}).get("choices") or ()):
        at = ("data", "choices", position)
        if not isinstance(each["value"], wanted) or isinstance(each["value"], bool):
            faults.add(
                (*at, "value"),
                "STRING_TYPE_CONVERT" if kind == 3 else "NUMBER_TYPE_COERCE",
                "Value has the wrong type.",
            )
        if kind == 3 and isinstance(each["value"], str) and not 1 <= len(each["value"]) <= 100:
            faults.add((*at, "value"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
    faults.check()


def check_thread_name(name: str) -> None:
    """Refuse a thread's name that is blank."""
    if not name.strip():
        faults = Faultfinder()
        faults.add(("name",), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.")
        faults.check()


def check_commands(operation: str, commands: list[Json] | Json | None, *, existing: Sequence[Json] = ()) -> None:
    """Refuse commands that Discord refuses: a whole list (PUT), or one to be added to `existing` (POST)."""
    listed = commands if isinstance(commands, list) else [commands or {}]
    faults = Faultfinder()
    whole = isinstance(commands, list)
    for each in listed:
        # Permissions are documented as a string of digits and described as an integer; both are taken.
        held = each.get("default_member_permissions") if isinstance(each, dict) else None
        if isinstance(held, str) and held.isascii() and held.isdecimal():
            each["default_member_permissions"] = int(held)
    shapes.check(operation, commands, faults)
    faults.check()
    names: set[tuple[int, str]] = set()
    counts = {1: 0, 2: 0, 3: 0}
    for position, each in enumerate([*listed, *existing]):
        kind = each.get("type") or 1
        counts[kind] = counts.get(kind, 0) + 1
        if (kind, each["name"]) in names:
            faults.add((position, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Command names must be unique.")
        names.add((kind, each["name"]))
    for position, each in enumerate(listed):
        _command(each, (position,) if whole else (), faults)
    if counts[1] > 100 or counts[2] > 15 or counts[3] > 15:
        raise refusal(30032)
    faults.check()


def _command(each: Json, at: Where, faults: Faultfinder) -> None:
    kind = each.get("type") or 1
    _localized(each, at, faults, chat=kind == 1)
    if kind == 1:
        _name(each["name"], (*at, "name"), faults)
        if not (each.get("description") or "").strip():
            faults.add((*at, "description"), "BASE_TYPE_REQUIRED", "This field is required")
        _options(each.get("options") or (), (*at, "options"), faults, depth=0)
        size = _size(each)
        if size > 8000:
            faults.add(at, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
    else:
        if each.get("description"):
            message = "Context menu commands cannot have description"
            faults.add((*at, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED", message)
        if each.get("options"):
            message = "Context menu commands cannot have options"
            faults.add((*at, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_NOT_ALLOWED", message)


def _name(name: str, at: Where, faults: Faultfinder) -> None:
    good = name == name.lower() and all(
        each in "-_'"
        or unicodedata.category(each)[0] in "LN"
        or "\u0900" <= each <= "\u097f"
        or "\u0e00" <= each <= "\u0e7f"
        for each in name
    )
    if not good:
        faults.add(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _localized(each: Json, at: Where, faults: Faultfinder, *, chat: bool) -> None:
    for field in ("name_localizations", "description_localizations"):
        for locale, text in (each.get(field) or {}).items():
            if locale not in LOCALES:
                faults.add((*at, field, locale), "BASE_TYPE_CHOICES", "Locale is not one that Discord has.")
            elif field == "name_localizations" and chat:
                _name(text, (*at, field, locale), faults)


def _options(options: Sequence[Json], at: Where, faults: Faultfinder, *, depth: int) -> None:
    names: set[str] = set()
    optional = False
    nested = any(each["type"] in (1, 2) for each in options)
    for position, each in enumerate(options):
        here = (*at, position)
        kind = each["type"]
        _localized(each, here, faults, chat=True)
        _name(each["name"], (*here, "name"), faults)
        if each["name"] in names:
            message = "Option names must be unique"
            faults.add((*here, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", message)
        names.add(each["name"])
        if kind in (1, 2):
            if (kind == 2 and depth > 0) or depth > 1:
                faults.add(
                    (*here, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command groups cannot be nested"
                )
            if kind == 2 and any(inner["type"] != 1 for inner in each.get("options") or ()):
                faults.add(
                    (*here, "options"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "A group holds sub-commands only"
                )
            _options(each.get("options") or (), (*here, "options"), faults, depth=depth + 1)
            continue
        if nested:
            message = "Sub-command and sub-command group option types are mutually exclusive to all other types"
            faults.add((*here, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)
        if each.get("required"):
            if optional:
                message = "Required options must be placed before non-required options"
                faults.add(here, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        else:
            optional = True
        _choices(each, here, faults)
        for least, most in (("min_value", "max_value"), ("min_length", "max_length")):
            low, high = each.get(least), each.get(most)
            if low is not None and high is not None and low > high:
                faults.add((*here, least), "APPLICATION_COMMAND_OPTIONS_MIN_EXCEEDS_MAX", f"{least} exceeds {most}")


def _choices(each: Json, at: Where, faults: Faultfinder) -> None:
    choices = each.get("choices") or ()
    if choices and each.get("autocomplete"):
        message = "Choices cannot be used with autocomplete"
        faults.add((*at, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", message)
    names = [choice["name"] for choice in choices]
    if len(set(names)) < len(names):
        faults.add((*at, "choices"), "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS", "Choice names must be unique")
    for position, choice in enumerate(choices):
        _localized(choice, (*at, "choices", position), faults, chat=False)
        if isinstance(choice["value"], str) and not 1 <= len(choice["value"]) <= 100:
            faults.add(
                (*at, "choices", position, "value"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length."
            )


def _size(each: Json) -> int:
    """Characters in a command, at the longest of each text's languages, as the documentation counts them."""
    total = 0
    for field in ("name", "description"):
        own = len(each.get(field) or "")
        total += max([own, *(len(text) for text in (each.get(f"{field}_localizations") or {}).values())])
    if isinstance(each.get("value"), str):
        total += len(each["value"])
    for field in ("options", "choices"):
        total += sum(_size(inner) for inner in each.get(field) or ())
    return total
