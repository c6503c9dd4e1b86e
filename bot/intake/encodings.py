"""The encoding of a file's text, and the text itself.

A byte order mark decides; then strict UTF-8; then what the format declares (HTML, XML); then charset-normalizer's guess.
Text is never repaired, because a summary has to be found in its source character for character. Only line ends are
unified, and NUL characters, which no text has, are left out.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

import charset_normalizer

from bot.intake.types import Unreadable
from bot.newsroom.rejections import RejectReason

__all__ = ["DecodedText", "decode", "normalize_text", "remove_invisible"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphen, zero-width space, word joiner and byte order mark. Joiners of Arabic and Indian letters are needed."""

_NON_ASCII_RUNS = re.compile(rb"[\x80-\xff]+")
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\v\f\r\x1b") + b"\x7f"

_PROBE_BYTES: Final = 65_536
"""Bytes that are looked at to recognise binary data and UTF-16 or UTF-32 without a mark; a multiple of four."""

_MAX_CONTROL_SHARE: Final = 0.01
"""Share of control characters up to which data is taken for text: transmission errors leave a few."""

_FULL_COLUMN: Final = 0.9
_EMPTY_COLUMN: Final = 0.1
"""Shares of NUL in each fourth byte of UTF-32: its upper two bytes are NUL but for rare characters, its lowest isn't."""

_LATIN_COLUMN: Final = 0.3
_LOW_COLUMN: Final = 0.02
"""Shares of NUL in each second byte of UTF-16: enough ASCII in the upper byte, and none by chance in the lower."""

_PRINTABLE_SHARE: Final = 0.98
_COMMON_SCRIPTS: Final = 3
_COMMON_SCRIPT_SHARE: Final = 0.95
"""What text looks like when UTF-16 is tried on it: nearly all printable, nearly all letters of at most three scripts,
as Japanese has. Random bytes give letters of dozens."""

_VALID_PER_INVALID: Final = 10
"""Valid UTF-8 sequences for each invalid byte, from which on it is damaged UTF-8 and not another encoding."""

_VALID_SAMPLE: Final = 1_000_000
"""Characters in which valid sequences are counted, so that large files don't take long."""

_SCATTERED_BYTES: Final = 1.3
"""Mean length of runs of bytes beyond ASCII below which they are accents among plain letters, as in no other script."""

_SAMPLE_BYTES: Final = 32_768
"""Bytes that a guess is based on: more of them make it slower, not better."""

_SAMPLE_LINE_BYTES: Final = 4_096
"""Bytes of one line in the sample, so that one long line doesn't fill it."""

_LATIN_ENCODINGS = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "iso8859_15", "mac_roman", "cp850")
_OTHER_ENCODINGS = (
    *("cp1251", "koi8_r", "koi8_u", "iso8859_5", "cp866", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp874"),
    *("shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_ALPHABETS = (  # letters beyond a to z that a language's own words have, by CLDR's exemplar characters
    *("àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúü", "áâãàçéêíóôõúü", "àèéìíîòóùú", "áéèëïíóöúü", "àçéèíïóòúü·"),
    *("åäöé", "æøåéòô", "áðéíóúýþæö", "åäöšž", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž"),
    *("áéíóöőúüű", "ăâîșşțţ", "čćđšž", "çğıİöşüâîû", "ąčęėįšųūž", "āčēģīķļņšūž", "õäöüšž"),
)
_TYPOGRAPHIC_SIGNS = "’‘‚“”„«»‹›–—…•·€£§©®°¿¡ªº½\u00a0"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """A text with line feeds, the name of its encoding, and notes on what was left out."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> DecodedText:
    """Decode bytes; `declared` is the encoding that the document itself claims.

    Raises Unreadable for binary data, and for text in no encoding that makes sense.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(*_decode_marked(data[len(bom) :], encoding))
    wide = _find_wide_encoding(data)
    if wide is not None:
        return _decoded(*_decode_marked(data, wide))
    if _has_controls(data[:_PROBE_BYTES]):
        raise Unreadable(RejectReason.BINARY)
    attempt = (
        _decode_japanese_mail(data)
        or _decode_utf8(data)
        or _decode_declared(data, declared)
        or _decode_damaged_utf8(data)
        or _decode_guessed(data)
    )
    return _decoded(*attempt)


def _find_wide_encoding(data: bytes) -> str | None:
    """Return the name of UTF-16 or UTF-32 if the data is that, without a byte order mark.

    In Latin text every other byte, or three of four, is NUL. Other scripts are recognised by letters of one to three
    scripts in one of the byte orders, where binary data gives letters of many.
    """
    head = data[: _PROBE_BYTES - _PROBE_BYTES % 4]
    if len(head) < 4:
        return None
    columns = [head[at::4].count(0) / max(len(head[at::4]), 1) for at in range(4)]
    if min(columns[2:]) > _FULL_COLUMN and columns[0] < _EMPTY_COLUMN:
        return "utf-32-le"
    if min(columns[:2]) > _FULL_COLUMN and columns[3] < _EMPTY_COLUMN:
        return "utf-32-be"
    even, odd = (columns[0] + columns[2]) / 2, (columns[1] + columns[3]) / 2
    if odd > _LATIN_COLUMN and even < _LOW_COLUMN:
        return "utf-16-le"
    if even > _LATIN_COLUMN and odd < _LOW_COLUMN:
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
    printable = sum(char.isprintable() or char in "\n\r\t" for char in text)
    separators = sum(char in " \n。、，,." for char in text)
    common = sum(count for _, count in letters.most_common(_COMMON_SCRIPTS))
    return (
        printable >= _PRINTABLE_SHARE * len(text)
        and common >= _COMMON_SCRIPT_SHARE * letters.total() > 0
        and separators > 0
    )


def _has_controls(head: bytes) -> bool:
    """Return whether there are more control characters than a text may have by accident."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(2, len(head) * _MAX_CONTROL_SHARE)


_Attempt = tuple[str, str, tuple[str, ...]]


def _decode_japanese_mail(data: bytes) -> _Attempt | None:
    """Decode ISO-2022-JP, which consists of ASCII characters and escape sequences."""
    if not data.isascii() or not any(escape in data for escape in (b"\x1b$B", b"\x1b$@")):
        return None
    try:
        return data.decode("iso2022_jp_2"), "iso2022_jp", ()
    except UnicodeDecodeError:
        return None


def _decode_utf8(data: bytes) -> _Attempt | None:
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        text = data[: error.start].decode("utf-8", "replace")
        if error.reason != "unexpected end of data" or text.isascii():
            return None
        return text, "utf-8", ("its last character is cut off",)


def _decode_marked(data: bytes, encoding: str) -> _Attempt:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError as error:
        raise Unreadable(RejectReason.WRONG_ENCODING, encoding=encoding.upper(), byte=error.start + 1) from error
    cut = bool(decoder.getstate()[0])
    return text, encoding, ("its last character is cut off",) if cut else ()


def _decode_declared(data: bytes, declared: str | None) -> _Attempt | None:
    if declared is None:
        return None
    try:
        # As browsers do: what calls itself Latin-1 is Windows-1252.
        name = codecs.lookup(declared.strip()).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        return data.decode(name), name, ()
    except (LookupError, UnicodeError, ValueError):
        return None


def _decode_damaged_utf8(data: bytes) -> _Attempt | None:
    """Decode UTF-8 with a few invalid bytes: far more of its sequences are valid."""
    text = data.decode("utf-8", "replace")
    invalid = text.count("\ufffd")
    sample = text[:_VALID_SAMPLE]
    valid = sum(not char.isascii() for char in sample) - sample.count("\ufffd")
    if valid < _VALID_PER_INVALID * invalid:
        return None
    return text, "utf-8", (f"{invalid} bytes are not valid UTF-8 and are shown as \ufffd",)


def _decode_guessed(data: bytes) -> _Attempt:
    """Decode with a guessed encoding: by script, then by alphabet for Latin letters.

    charset-normalizer tells scripts apart; encodings of Latin letters differ in the letters of languages.
    """
    sample = _sample(data)
    runs = _NON_ASCII_RUNS.findall(sample)
    scattered = sum(map(len, runs)) < _SCATTERED_BYTES * len(runs)
    best = (
        None
        if scattered
        else charset_normalizer.from_bytes(sample, cp_isolation=[*_OTHER_ENCODINGS, *_LATIN_ENCODINGS]).best()
    )
    names = _by_alphabet(sample) if best is None or best.encoding in _LATIN_ENCODINGS else [best.encoding]
    for name in [*names, "cp1252", "latin-1"]:
        try:
            return data.decode(name), name, ("its encoding is a guess",)
        except UnicodeDecodeError:
            continue
    raise Unreadable(RejectReason.UNKNOWN_ENCODING)


def _by_alphabet(sample: bytes) -> list[str]:
    """Return the encodings of Latin letters, best first, by the letters of one language."""
    scores: dict[str, float] = {}
    for name in _LATIN_ENCODINGS:
        try:
            accented = Counter(char for char in sample.decode(name).lower() if not char.isascii())
        except UnicodeDecodeError:
            continue
        matching = [sum(accented[char] for char in letters + _TYPOGRAPHIC_SIGNS) for letters in _ALPHABETS]
        scores[name] = max(matching) / max(accented.total(), 1)
    return sorted(scores, key=lambda name: -scores[name])  # stable: of equals, the more common encoding


def _sample(data: bytes) -> bytes:
    """Return the lines that tell encodings apart: those with bytes beyond ASCII."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    lines, size = [], 0
    for line in data.split(b"\n"):
        if not line.isascii():
            lines.append(line[:_SAMPLE_LINE_BYTES])
            size += len(lines[-1])
            if size > _SAMPLE_BYTES:
                break
    return b"\n".join(lines)


def _decoded(text: str, encoding: str, notes: tuple[str, ...] = ()) -> DecodedText:
    text = text.removeprefix("\ufeff")
    nuls = text.count("\x00")
    if nuls:
        if nuls > max(2, len(text) * _MAX_CONTROL_SHARE):
            raise Unreadable(RejectReason.BINARY)
        text = text.replace("\x00", "")
        notes = (*notes, f"{nuls} NUL characters were left out")
    return DecodedText(_LINE_ENDS.sub("\n", text), encoding, notes)


def normalize_text(text: str) -> str:
    """Return text from inside a format with line feeds, without NUL and lone surrogates."""
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _LINE_ENDS.sub("\n", text.replace("\x00", ""))


def remove_invisible(text: str) -> str:
    """Return text without characters that only say where a line may or may not be broken."""
    return _INVISIBLE.sub("", text)
