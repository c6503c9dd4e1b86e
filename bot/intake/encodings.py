"""In which encoding is a file's text, and what does it say?

A byte order mark decides; then strict UTF-8; then what the format declares (HTML, XML); then charset-normalizer's
guess. Text is never repaired: summaries have to be found in their source character for character. Only line ends are
made alike, and NUL characters, which no text has, are left out.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

import charset_normalizer

from bot.intake.types import Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["DecodedText", "decode", "normalize_text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HALVES = re.compile("[\ud800-\udfff]")
_RUNS = re.compile(rb"[\x80-\xff]+")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b") + b"\x7f"
_LOOKED_AT = 65_536
_MOST_CONTROLS = 0.01

_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_15", "mac_roman", "cp850")
_OTHERS = (
    *("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874"),
    *("shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_ALPHABETS = (  # letters beyond a to z that a language's own words have, by CLDR's exemplar characters
    *("àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúü", "áâãàçéêíóôõúü", "àèéìíîòóùú", "áéèëïíóöúü", "àçéèíïóòúü·"),
    *("åäöé", "æøåéòô", "áðéíóúýþæö", "åäöšž", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž"),
    *("áéíóöőúüű", "ăâîșşțţ", "čćđšž", "çğıİöşüâîû", "ąčęėįšųūž", "āčēģīķļņšūž", "õäöüšž"),
)
_SIGNS = "’‘‚“”„«»‹›–—…•·€£§©®°¿¡ªº½\u00a0"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text whose lines end on line feeds, the name of its encoding, and what was left out of it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> DecodedText:
    """Turn bytes into text; `declared` is the encoding that the document itself claims.

    Raises Unreadable for binary data, and for text of which no encoding makes sense.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(*_strictly(data[len(bom) :], encoding))
    wide = _wide(data)
    if wide is not None:
        return _decoded(*_strictly(data, wide))
    if _has_controls(data[:_LOOKED_AT]):
        raise Unreadable(RejectReason.BINARY)
    found = _japanese_mail(data) or _utf8(data) or _declared(data, declared) or _damaged_utf8(data) or _guessed(data)
    return _decoded(*found)


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark.

    Of Latin text every other byte, or three of four, is NUL. Other scripts show in that one order of the bytes gives
    letters of one or two scripts, where binary data gives those of many.
    """
    head = data[: _LOOKED_AT - _LOOKED_AT % 4]
    if len(head) < 4:
        return None
    columns = [head[at::4].count(0) / max(len(head[at::4]), 1) for at in range(4)]
    if min(columns[2:]) > 0.9 and columns[0] < 0.1:
        return "utf-32-le"
    if min(columns[:2]) > 0.9 and columns[3] < 0.1:
        return "utf-32-be"
    even, odd = (columns[0] + columns[2]) / 2, (columns[1] + columns[3]) / 2
    if odd > 0.3 and even < 0.02:
        return "utf-16-le"
    if even > 0.3 and odd < 0.02:
        return "utf-16-be"
    if _has_controls(head):
        return next((name for name in ("utf-16-le", "utf-16-be") if _reads_well(head, name)), None)
    return None


def _reads_well(head: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    letters = Counter(unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha())
    fine = sum(char.isprintable() or char in "\n\r\t" for char in text)
    marks = sum(char in " \n。、，,." for char in text)
    scripts = sum(count for _, count in letters.most_common(3))
    return fine >= 0.98 * len(text) and scripts >= 0.95 * letters.total() > 0 and marks > 0


def _has_controls(head: bytes) -> bool:
    """Are there more control characters than a text may have by accident?"""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(2, len(head) * _MOST_CONTROLS)


_Attempt = tuple[str, str, tuple[str, ...]]


def _japanese_mail(data: bytes) -> _Attempt | None:
    """ISO-2022-JP, which is ASCII to look at, but for its escapes."""
    if not data.isascii() or not any(escape in data for escape in (b"\x1b$B", b"\x1b$@")):
        return None
    try:
        return data.decode("iso2022_jp_2"), "iso2022_jp", ()
    except UnicodeDecodeError:
        return None


def _utf8(data: bytes) -> _Attempt | None:
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        text = data[: error.start].decode("utf-8", "replace")
        if error.reason != "unexpected end of data" or text.isascii():
            return None
        return text, "utf-8", ("its last character is cut off",)


def _strictly(data: bytes, encoding: str) -> _Attempt:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError as error:
        raise Unreadable(RejectReason.WRONG_ENCODING, encoding=encoding.upper(), byte=error.start + 1) from error
    cut = bool(decoder.getstate()[0])
    return text, encoding, ("its last character is cut off",) if cut else ()


def _declared(data: bytes, declared: str | None) -> _Attempt | None:
    if declared is None:
        return None
    try:
        # As browsers do: what calls itself Latin-1 is Windows-1252.
        name = codecs.lookup(declared.strip()).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        return data.decode(name), name, ()
    except (LookupError, UnicodeError, ValueError):
        return None


def _damaged_utf8(data: bytes) -> _Attempt | None:
    """UTF-8 with a few bytes that are none: far more of its sequences are right than wrong."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    right = sum(not char.isascii() for char in text[:1_000_000]) - text[:1_000_000].count("\ufffd")
    if right < 10 * bad:
        return None
    return text, "utf-8", (f"{bad} bytes are no UTF-8 and are shown as \ufffd",)


def _guessed(data: bytes) -> _Attempt:
    """charset-normalizer tells scripts apart; among encodings of Latin letters the languages' alphabets decide."""
    sample = _sample(data)
    runs = _RUNS.findall(sample)
    scattered = sum(map(len, runs)) < 1.3 * len(runs)  # accents among plain letters, as no other script has it
    best = None if scattered else charset_normalizer.from_bytes(sample, cp_isolation=[*_OTHERS, *_LATIN]).best()
    names = _by_alphabet(sample) if best is None or best.encoding in _LATIN else [best.encoding]
    for name in [*names, "cp1252", "latin-1"]:
        try:
            return data.decode(name), name, ("its encoding is a guess",)
        except UnicodeDecodeError:
            continue
    raise Unreadable(RejectReason.UNKNOWN_ENCODING)


def _by_alphabet(sample: bytes) -> list[str]:
    """The encodings of Latin letters, those first that make the sample one language's letters."""
    fits: dict[str, float] = {}
    for name in _LATIN:
        try:
            beyond = Counter(char for char in sample.decode(name).lower() if not char.isascii())
        except UnicodeDecodeError:
            continue
        own = [sum(beyond[char] for char in letters + _SIGNS) for letters in _ALPHABETS]
        fits[name] = max(own) / max(beyond.total(), 1)
    return sorted(fits, key=lambda name: -fits[name])  # stable: the commoner encoding first among equals


def _sample(data: bytes) -> bytes:
    """Lines that tell encodings apart: those with bytes beyond ASCII, up to 32 KB."""
    if len(data) <= 32_768:
        return data
    lines, size = [], 0
    for line in data.split(b"\n"):
        if not line.isascii():
            lines.append(line[:4096])
            size += len(lines[-1])
            if size > 32_768:
                break
    return b"\n".join(lines)


def _decoded(text: str, encoding: str, notes: tuple[str, ...] = ()) -> DecodedText:
    text = text.removeprefix("\ufeff")
    nuls = text.count("\x00")
    if nuls:
        if nuls > max(2, len(text) * _MOST_CONTROLS):
            raise Unreadable(RejectReason.BINARY)
        text = text.replace("\x00", "")
        notes = (*notes, f"{nuls} NUL characters were left out")
    return DecodedText(_LINE_ENDS.sub("\n", text), encoding, notes)


def normalize_text(text: str) -> str:
    """A text that came inside of a format: line ends made alike, no NUL, no half of a surrogate pair."""
    if _HALVES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _LINE_ENDS.sub("\n", text.replace("\x00", ""))
