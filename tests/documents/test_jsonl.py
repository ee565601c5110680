"""JSON Lines: a document a row, and each broken row by its number."""

import hashlib
import io
import json
from datetime import UTC, date, datetime

import pytest

from cordiale.claims import Document
from cordiale.documents.jsonl import jsonl_documents
from cordiale.documents.options import ReadOptions
from cordiale.documents.raw import Raw
from cordiale.errors import UnreadableInput

NOW = datetime(2020, 1, 2, 12, tzinfo=UTC)
GOOD = b'{"id": "g", "text": "Envoys met."}'


def read(data, **options):
    raw = Raw(source="rows.jsonl", retrieved=NOW, options=ReadOptions(**options))
    return list(jsonl_documents(raw, io.BytesIO(data)))


def row(**fields):
    (found,) = read(json.dumps({"text": "Envoys met.", **fields}).encode())
    return found


def fault(data, **options):
    (found,) = (item for item in read(data, **options) if isinstance(item, UnreadableInput))
    return str(found)


def test_a_row_gives_every_field_that_it_has():
    found = row(
        title="T", url="https://plain.example/a", published="2015-06-03", publisher="Daily Plain", authors=["A B"]
    )
    assert (found.title, found.url, found.published, found.publisher, found.authors) == (
        "T", "https://plain.example/a", date(2015, 6, 3), "Daily Plain", ("A B",)
    )  # fmt: skip


@pytest.mark.parametrize(("key", "source"), [("x7", "rows.jsonl#x7"), (12, "rows.jsonl#12"), (None, "rows.jsonl#1")])
def test_the_source_of_a_row_is_the_file_and_its_id_or_line(key, source):
    assert row(id=key).source == source


def test_the_hash_of_a_row_is_that_of_its_line():
    (found,) = read(GOOD + b"\r\n")
    assert found.sha256 == hashlib.sha256(GOOD).hexdigest()


def test_the_text_of_a_row_stays_exactly_as_it_is():
    assert row(text="“10\u00a0000 men”\n\nleft.").text == "“10\u00a0000 men”\n\nleft."


def test_a_broken_line_is_reported_by_its_number_and_the_rest_are_read():
    found = read(GOOD + b"\n{broken\n" + GOOD + b"\n")
    assert [isinstance(item, Document) for item in found] == [True, False, True] and "line 2" in str(found[1])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{broken", "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"title": "T"}', "no text in the row"),
        (b'{"text": "  "}', "no text in the row"),
        (b'{"text": 7}', "no text in the row"),
        (b'{"text": "\xff"}', "not UTF-8"),
        (b"[" * 200_000, "beyond all measure"),
        (b'{"text": "Envoys met.", "n": ' + b"9" * 5000 + b"}", "beyond all measure"),
    ],
)
def test_a_row_that_gives_no_document_says_why(line, why):
    assert why in fault(GOOD + b"\n" + line)


@pytest.mark.parametrize("published", ["yesterday", "2015-13-01", "2015-06", 2015, "03/06/2015", True])
def test_a_date_that_is_none_is_an_error_of_its_row(published):
    assert "is no day" in str(row(published=published))


def test_a_date_in_the_future_is_an_error_of_its_row():
    assert "published 2031-01-01 lies in the future" in str(row(published="2031-01-01"))


@pytest.mark.parametrize("published", [None, ""])
def test_a_row_without_a_date_takes_the_users(published):
    (found,) = read(json.dumps({"text": "A b.", "published": published}).encode(), published=date(2014, 1, 1))
    assert found.published == date(2014, 1, 1)


def test_an_instant_of_publication_gives_its_day_as_written():
    assert row(published="2015-06-03T23:30:00-05:00").published == date(2015, 6, 3)


def test_blank_lines_count_but_are_no_rows():
    assert "line 3" in fault(GOOD + b"\n\n{")


def test_a_byte_order_mark_before_the_first_row_is_passed_over():
    assert isinstance(read(b"\xef\xbb\xbf" + GOOD)[0], Document)


def test_a_line_beyond_the_limit_is_an_error_and_the_next_is_read():
    found = read(b'{"text": "' + b"x" * 5000 + b'"}\n' + GOOD, max_file_bytes=1000)
    assert "longer than 1,000 bytes" in str(found[0]) and isinstance(found[1], Document)


def test_a_file_without_rows_is_an_error():
    with pytest.raises(UnreadableInput, match="it has no rows"):
        read(b"\n\n")


def test_an_address_that_is_a_script_is_left_out():
    assert row(url="javascript:alert(1)").url is None


def test_rows_are_read_one_at_a_time():
    class Endless(io.RawIOBase):
        def readline(self, _size=-1):
            return GOOD + b"\n"

    raw = Raw(source="rows.jsonl", retrieved=NOW, options=ReadOptions())
    rows = jsonl_documents(raw, Endless())
    assert [next(rows).text for _ in range(3)] == ["Envoys met."] * 3
