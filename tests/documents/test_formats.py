"""What a file is, by its first bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.documents.formats import Format, sniff, stranger


@pytest.mark.parametrize(
    ("head", "hint", "found"),
    [
        (b"%PDF-1.7\n", Format.TEXT, Format.PDF),
        (b"\n%PDF-1.7\n", Format.HTML, Format.PDF),
        (b"<!doctype html>", Format.TEXT, Format.HTML),
        (b"  <HTML><body>", Format.JSONL, Format.HTML),
        (b"<!-- a --><html>", None, Format.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html>', Format.FEED, Format.HTML),
        (b'<?xml version="1.0"?>\n<rss version="2.0">', Format.HTML, Format.FEED),
        (b'<?xml version="1.0"?><?xml-stylesheet href="a"?><feed xmlns="b">', None, Format.FEED),
        (b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss>', None, Format.FEED),
        (b"<rss>", Format.TEXT, Format.FEED),
        (b"\xef\xbb\xbf<rss>", None, Format.FEED),
        (b'{"text": "a"}\n{"text": "b"}', Format.TEXT, Format.JSONL),
        (b"{ a brace begins this text", Format.TEXT, Format.TEXT),
        (b"{broken", Format.JSONL, Format.JSONL),
        (b"Plain words", None, Format.TEXT),
        (b"Plain words", Format.PDF, Format.TEXT),
        (b"Plain words", Format.HTML, Format.TEXT),
        (b'<?xml version="1.0"?><svg>', Format.FEED, None),
        (b"<3 is how this text begins", Format.TEXT, Format.TEXT),
    ],
)
def test_the_first_bytes_decide(head, hint, found):
    assert sniff(head, hint) is found


def test_utf_16_is_looked_through():
    assert sniff("<!doctype html>".encode("utf-16"), Format.TEXT) is Format.HTML


def test_a_first_row_longer_than_the_head_is_still_one():
    assert sniff(b'{"id": "a", "text": "' + b"x" * 65_000, None) is Format.JSONL


def test_a_stray_nul_makes_no_binary_file():
    assert stranger(b"Envoys met.\0 They agreed.") is None


@given(st.binary(max_size=200))
def test_any_bytes_are_sniffed(head):
    assert sniff(head) in {None, *Format}
