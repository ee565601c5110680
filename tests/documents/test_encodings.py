"""From bytes to text: what decides the encoding, and what of the text is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.documents.encodings import clean, decode
from cordiale.errors import UnreadableInput

CURLY = "He said: “We don’t – yet.”"
RUSSIAN = (
    "Министр иностранных дел заявил в понедельник, что обе страны восстановят отношения после десяти лет вражды. "
    "Представитель оппозиции назвал это соглашение предательством."
)


def text_of(data, declared=None):
    return decode(data, source="a.txt", declared=declared)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_in_each_of_its_encodings(encoding):
    assert text_of(CURLY.encode(encoding)) == CURLY


def test_windows_quotes_in_english_are_read():
    assert text_of(CURLY.encode("cp1252")) == CURLY


def test_a_declared_charset_is_believed():
    assert text_of(RUSSIAN.encode("koi8-r"), "koi8-r") == RUSSIAN


def test_a_page_declared_as_latin_1_is_read_as_browsers_read_it():
    assert text_of(("Zürich: " + CURLY).encode("cp1252"), "iso-8859-1") == "Zürich: " + CURLY


def test_valid_utf_8_wins_over_an_old_declaration():
    assert text_of(CURLY.encode(), "windows-1251") == CURLY


def test_a_detector_decides_where_nothing_is_declared():
    assert text_of(RUSSIAN.encode("cp1251")) == RUSSIAN


def test_a_seven_bit_charset_is_believed_over_utf_8():
    assert text_of("日本".encode("iso2022_jp"), "iso-2022-jp") == "日本"


def test_one_broken_byte_costs_one_character():
    assert text_of(RUSSIAN.encode() + b"\xff") == RUSSIAN + "\ufffd"


@pytest.mark.parametrize("codec", ["unicode_escape", "rot13", "zlib", "no-such", "a\0b", "utf-7"])
def test_a_page_cannot_choose_a_codec_that_is_no_charset(codec):
    assert text_of(b"\\x41 \x93b\x94", codec) == "\\x41 “b”"


def test_an_encoding_that_cannot_be_told_is_an_error():
    noise = bytes((i * 89 + 71) % 128 + 128 for i in range(3000))
    with pytest.raises(UnreadableInput, match="encoding cannot be told"):
        text_of(noise)


def test_a_false_byte_order_mark_is_an_error():
    with pytest.raises(UnreadableInput, match="marked as UTF-8"):
        text_of(b"\xef\xbb\xbf" + b"\xff\xfe\xfa")


def test_non_breaking_spaces_and_curly_quotes_stay():
    assert clean("“10\u00a0000\u202fmen”") == "“10\u00a0000\u202fmen”"


def test_nul_and_other_controls_are_dropped():
    assert clean("a\x00b\x07c\x9fd\te") == "abcd\te"


def test_every_line_end_becomes_one():
    assert clean("a\r\nb\rc\x0cd\u2028e") == "a\nb\nc\nd\ne"


def test_half_a_character_becomes_the_replacement_mark():
    assert clean("a\ud800b") == "a\ufffdb"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text).removeprefix("\ufeff")


@given(st.text())
def test_cleaned_text_can_be_stored(text):
    assert clean(text).encode().decode() == clean(text)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_error(data):
    try:
        text = text_of(data)
    except UnreadableInput:
        return
    assert "\0" not in text
