"""International host names: as people see them, or in punycode where they could mislead.

The rules are those of browsers in short (UTS 39, "Highly Restrictive", and Chromium's policy): one script or a usual
combination, no letters that only look like others, no name made wholly of another script's Latin look-alikes, no
well-known name with an accent more. What the rules don't know is shown in punycode, which nobody takes for a name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from bot.newsroom.web_hosts import ascii_host

__all__ = ["display_host"]

_SCRIPTS: Final = frozenset(
    [
        *("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "HEBREW", "ARABIC", "THAANA", "DEVANAGARI", "BENGALI", "GURMUKHI"),
        *("GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "THAI", "LAO", "TIBETAN"),
        *("MYANMAR", "GEORGIAN", "ETHIOPIC", "KHMER", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HAN"),
    ]
)
"""Scripts in everyday use (UAX 31, table 5), as Unicode's names of letters begin."""

_SCRIPT_WORDS: Final = {
    "CJK": "HAN",
    "IDEOGRAPHIC": "HAN",
    "ARABIC-INDIC": "ARABIC",
    "EXTENDED": "ARABIC",
    "KATAKANA-HIRAGANA": "KATAKANA",
}
"""First words of names whose letters belong to a script of another name."""

_COMBINATIONS: Final = (
    frozenset({"LATIN", "HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "HAN", "BOPOMOFO"}),
    frozenset({"LATIN", "HAN", "HANGUL"}),
)
"""Scripts that are written together, in Japanese, Chinese and Korean (UTS 39, section 5.2)."""

_CATEGORIES: Final = frozenset({"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"})
"""Categories of the characters of names."""

_LATIN: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįĵķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧ"
    "ũūŭůűųŵŷźżžơưșțǎǐǒǔǧǩẁẃẅạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
)
"""Latin letters of living languages that aren't taken for others without an accent."""

_LATIN_BY_TLD: Final = {"þ": ("is", "fo"), "ð": ("is", "fo"), "ı": ("tr", "az"), "ə": ("az",)}
"""Latin letters that are taken for p, d, i and a or e wherever their languages are not written."""

_LOOKALIKES: Final = {
    "CYRILLIC": (
        frozenset("асԁеһіјӏорԛѕԝхуъьҽпгѵѡкмтвнԍёїүӕѐѝӓӧӱӯәөқҝңҳѓќ"),
        ("ru", "su", "ua", "by", "bg", "kz", "mk", "rs", "uz", "kg", "mn", "tj"),
    ),
    "GREEK": (frozenset("αικνρυωηοτχγβε"), ("gr", "cy")),
    "ARMENIAN": (frozenset("ագզէլհյոսւօքռցտղ"), ("am",)),
    "HEBREW": (frozenset("דוחיןסטנזע"), ("il",)),
    "GEORGIAN": (frozenset("იოყძხჽჿძვგ"), ("ge",)),
    "ETHIOPIC": (frozenset("ሀሠሰበተነአዐዘዠየደጀገጠፐቨከ"), ("et",)),
    "THAI": (frozenset("ทนบพรหเแฟขธ"), ("th",)),
    "LAO": (frozenset("ບປຟພທນຮ"), ("la",)),
    "DEVANAGARI": (frozenset("उऽगमटपठडढ"), ("in", "np")),
}
"""Letters that look like Latin ones (UTS 39, confusables), and the countries whose names may be made of them alone."""

_STROKES: Final = frozenset("ノンソゾー一丨丿丶ハヘベペミ工口ニ二夕力ロ八入〇")
"""Kana and ideographs that look like Latin letters, slashes and hyphens beside Latin letters."""

_BASE_LETTERS: Final = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "þ": "p", "ð": "d", "ə": "e", "ß": "b"}
    | {"æ": "ae", "œ": "oe"}
)
"""The letters that accented ones are taken for where Unicode doesn't decompose them."""

_IMITATED: Final = frozenset(
    [
        *("adobe", "airbnb", "aliexpress", "amazon", "americanexpress", "apple", "bankofamerica", "binance", "booking"),
        *("chase", "citibank", "coinbase", "dhl", "discord", "discordapp", "docusign", "dropbox", "ebay", "epicgames"),
        *(
            "facebook",
            "fedex",
            "github",
            "gmail",
            "google",
            "hotmail",
            "hsbc",
            "icloud",
            "instagram",
            "kraken",
            "ledger",
        ),
        *("linkedin", "mastercard", "metamask", "microsoft", "netflix", "nintendo", "office", "outlook", "paypal"),
        *("playstation", "reddit", "roblox", "santander", "skype", "snapchat", "spotify", "steam", "steamcommunity"),
        *("steampowered", "telegram", "tiktok", "trezor", "twitch", "twitter", "ups", "usps", "visa", "wellsfargo"),
        *("whatsapp", "wikipedia", "xbox", "yahoo", "youtube", "zoom"),
        *("aljazeera", "apnews", "bbc", "bild", "bloomberg", "cnn", "elpais", "foxnews", "ft", "lemonde", "nytimes"),
        *("reuters", "spiegel", "theguardian", "washingtonpost", "wsj"),
    ]
)
"""Names that are imitated most (by yearly reports on phishing), and those of large newsrooms."""


@lru_cache(maxsize=4_096)  # sources come again and again
def display_host(host: str) -> str:
    """Return a host as people see it: each part in its own script, or in punycode.

    An invalid host is returned as it is.
    """
    name = ascii_host(host)
    if name is None:
        return host
    if "xn--" not in name:
        return f"[{name}]" if ":" in name else name
    labels = [_decoded(label) for label in name.split(".")]
    tld = labels[-1]
    shown = [
        label if label.isascii() or _is_harmless(label, tld) else encoded
        for label, encoded in zip(labels, name.split("."), strict=True)
    ]
    return ".".join(shown)


def _decoded(label: str) -> str:
    import idna  # takes longer to load than most programs need it

    return idna.ulabel(label) if label.startswith("xn--") else label


def _is_harmless(label: str, tld: str) -> bool:
    letters = [char for char in label if char != "-" and not (char.isascii() and char.isdigit())]
    if any(unicodedata.category(char) not in _CATEGORIES for char in letters):
        return False
    scripts = {_script(char) for char in letters}
    if not scripts <= _SCRIPTS or (len(scripts) > 1 and not any(scripts <= each for each in _COMBINATIONS)):
        return False
    latin = [char for char in letters if _script(char) == "LATIN"]
    if len(scripts) > 1:
        strokes = _STROKES.intersection(letters) if latin else _STROKES.issuperset(letters)
        return all(char.isascii() for char in latin) and not strokes
    if latin:
        allowed = (char in _LATIN or tld in _LATIN_BY_TLD.get(char, ()) for char in latin)
        return all(allowed) and not _imitates(label)
    (script,) = scripts
    lookalikes, countries = _LOOKALIKES.get(script, (_STROKES, ()))
    foreign = tld.isascii() and tld not in countries
    own_digits = any(char.isdigit() for char in letters)
    return not (foreign and lookalikes.issuperset(letters)) and not (own_digits and all(map(str.isdigit, letters)))


def _script(char: str) -> str:
    word = unicodedata.name(char, "").partition(" ")[0]
    return _SCRIPT_WORDS.get(word, word)


def _imitates(label: str) -> bool:
    """Return whether a Latin name, or a part of it, is a well-known one but for accents."""
    decomposed = unicodedata.normalize("NFD", label.translate(_BASE_LETTERS))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return not _IMITATED.isdisjoint([bare, bare.replace("-", ""), *re.split("-", bare)])
