"""Bytes are decoded to the text that was written."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.encodings import decode
from bot.intake.readers import read_parts
from bot.intake.types import Unreadable

FRENCH = "Le maire de Besançon a déclaré mardi que le pont serait fermé jusqu’à l’été."
WRITTEN = [
    (FRENCH, ["cp1252", "iso8859-15", "mac_roman"]),
    ("Der Bürgermeister von Köln erklärte, die Brücke bleibe bis März gesperrt.", ["cp1252", "cp850"]),
    ("El alcalde de Málaga declaró que el puente seguirá cerrado hasta el próximo año.", ["cp1252", "iso8859-1"]),
    ("Prezydent Gdańska powiedział we wtorek, że most będzie zamknięty do wiosny.", ["cp1250", "iso8859-2"]),
    ("Primátor Plzně v úterý řekl, že most zůstane uzavřen až do jara.", ["cp1250", "iso8859-2"]),
    ("Мэр города заявил во вторник, что мост будет закрыт до весны.", ["cp1251", "koi8-r", "iso8859-5", "cp866"]),
    ("Ο δήμαρχος δήλωσε την Τρίτη ότι η γέφυρα θα παραμείνει κλειστή.", ["cp1253", "iso8859-7"]),
    ("Belediye başkanı salı günü köprünün kapalı kalacağını söyledi. Şehir sakinleri endişeli.", ["cp1254"]),
    ("ראש העיר אמר ביום שלישי כי הגשר יישאר סגור עד האביב.", ["cp1255"]),
    ("قال رئيس البلدية يوم الثلاثاء إن الجسر سيبقى مغلقا حتى الربيع.", ["cp1256"]),
    ("市長は火曜日、橋を春まで閉鎖すると発表した。住民は不安を感じている。", ["shift_jis", "euc_jp", "iso2022_jp"]),
    ("市长星期二表示，大桥将关闭到春天。居民感到担忧，但资金已经到位。", ["gb18030"]),
    ("市長星期二表示，大橋將關閉到春天。居民感到擔憂，但資金已經到位。", ["big5"]),
    ("시장은 화요일 다리를 봄까지 폐쇄한다고 밝혔다. 주민들은 우려하고 있다.", ["euc_kr"]),
]
TABLE = [
    pytest.param(
        text.replace("’", "'") if encoding.startswith(("iso", "cp850")) else text, encoding, id=f"{encoding}-{at}"
    )
    for at, (text, encodings) in enumerate(WRITTEN)
    for encoding in [*encodings, "utf-8"]
]


@pytest.mark.parametrize("times", [1, 40])
@pytest.mark.parametrize(("text", "encoding"), TABLE)
def test_text_is_decoded_in_the_encoding_it_was_written_in(text: str, encoding: str, times: int) -> None:
    whole = "\n".join([text] * times)
    assert decode(whole.encode(encoding)).text == whole


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le"])
@pytest.mark.parametrize("text", [text for text, _ in WRITTEN])
def test_unicode_is_decoded_with_and_without_a_byte_order_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("word", ["Köln", "café", "niño", "Ångström", "El Niño – “warm”"])
def test_a_few_accents_are_enough(word: str) -> None:
    assert decode(word.encode("cp1252")).text == word


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1))
def test_valid_utf8_is_decoded_unchanged(text: str) -> None:
    data = text.encode()
    try:
        decoded = decode(b"Oslo: " + data)
    except Unreadable:
        pytest.fail("valid UTF-8 was refused")
    assert decoded == type(decoded)("Oslo: " + text, "utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_rejection(data: bytes) -> None:
    try:
        text = decode(data).text
    except Unreadable as error:
        text = error.rejection.message
    assert "\x00" not in text
    assert "\r" not in text


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\x85", "\x0c", "\u2028", "\u2029"])
def test_line_ends_are_unified(ending: str) -> None:
    assert decode(f"One.{ending}Two.{ending}".encode()).text == "One.\nTwo.\n"


def test_a_declared_encoding_is_tried_before_guessing() -> None:
    data = "Žižkov".encode("iso8859-2")
    assert decode(data, "ISO-8859-2").text == "Žižkov"
    assert decode(b"caf\xe9 \x93quoted\x94", "iso-8859-1").text == "café “quoted”"


@pytest.mark.parametrize("declared", ["utf-7", "rot13", "no-such", "hex", "", "idna", "punycode"])
def test_an_unknown_declared_encoding_is_ignored(declared: str) -> None:
    assert decode("café fermé".encode("cp1252"), declared).text == "café fermé"


def test_text_cut_off_within_a_character_is_decoded_up_to_it() -> None:
    decoded = decode("Überall Ä".encode()[:-1])
    assert decoded.text == "Überall "
    assert decoded.notes == ("its last character is cut off",)
    wide = decode(codecs.BOM_UTF16_LE + "Oslo".encode("utf-16-le")[:-1])
    assert (wide.text, wide.notes) == ("Osl", ("its last character is cut off",))


def test_one_invalid_byte_leaves_utf8_recognised() -> None:
    decoded = decode(("Ein Präsident für Österreich. " * 5).encode() + b"\xff Ende")
    assert decoded.encoding == "utf-8"
    assert decoded.text.endswith("\ufffd Ende")
    assert decoded.notes == ("1 bytes are not valid UTF-8 and are shown as \ufffd",)


def test_a_few_nul_bytes_are_removed_and_noted() -> None:
    decoded = decode(b"A ship\x00 sails.")
    assert (decoded.text, decoded.notes) == ("A ship sails.", ("1 NUL characters were left out",))


MAGIC = {
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "GIF": b"GIF89a\x01\x00\x01\x00",
    "PDF": b"%PDF-1.7\n1 0 obj",
    "zip archive": b"PK\x03\x04\x14\x00",
    "gzip": b"\x1f\x8b\x08\x00",
    "program": b"MZ\x90\x00\x03\x00\x00\x00",
    "Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00",
    "RTF": b"{\\rtf1\\ansi Oslo}",
    "database": b"SQLite format 3\x00",
    "video": b"\x00\x00\x00\x18ftypmp42",
    "binary": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("kind", MAGIC)
def test_other_formats_are_rejected_by_name(kind: str) -> None:
    with pytest.raises(Unreadable, match=kind):
        read_parts(MAGIC[kind], "a.txt")


def test_text_may_begin_with_the_letters_of_a_program() -> None:
    assert decode(b"MZ is short for Mozambique.").text == "MZ is short for Mozambique."


def test_an_invalid_marked_encoding_is_rejected() -> None:
    with pytest.raises(Unreadable, match="is not valid UTF-16-LE at byte"):
        decode(codecs.BOM_UTF16_LE + b"\x00\xdc" * 3)
