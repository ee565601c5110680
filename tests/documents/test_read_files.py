"""Files, folders, globs and standard input: what is read, what is refused, and that nothing stops the rest."""

import hashlib
import io
import os
import pickle
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cordiale.claims import Document
from cordiale.documents import Input, InputKind, ReadOptions, documents_in, expand, read_inputs
from cordiale.errors import InvalidValue, UnreadableInput

NOW = datetime(2020, 1, 2, 12, tzinfo=UTC)
SENTENCE = "Envoys of the two states met in the capital on Monday."


def read(*inputs, **options):
    names = [str(name) for name in inputs]
    stdin = options.pop("stdin", None)
    return list(read_inputs(names, clock=lambda: NOW, stdin=stdin, options=ReadOptions(**options)))


def only(*inputs, **options):
    (found,) = read(*inputs, **options)
    return found


def fault(*inputs, **options):
    found = only(*inputs, **options)
    assert isinstance(found, UnreadableInput), found
    assert "\n" not in str(found)
    return str(found)


def write(path: Path, data) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_a_text_file_is_one_document_of_its_whole_text(tmp_path):
    found = only(write(tmp_path / "a.txt", f"Two States Talk\n\n{SENTENCE}\n"))
    assert found.text == f"Two States Talk\n\n{SENTENCE}\n"


def test_a_document_keeps_the_hash_of_its_bytes(tmp_path):
    data = SENTENCE.encode("utf-16")
    assert only(write(tmp_path / "a.txt", data)).sha256 == hashlib.sha256(data).hexdigest()


def test_a_document_keeps_when_it_was_read(tmp_path):
    assert only(write(tmp_path / "a.txt", SENTENCE)).retrieved == NOW


def test_the_source_of_a_file_is_its_path_as_given(tmp_path):
    path = write(tmp_path / "a.txt", SENTENCE)
    assert only(path).source == str(path)


def test_the_title_of_a_text_is_its_first_line_where_that_is_no_sentence(tmp_path):
    assert only(write(tmp_path / "a.txt", f"Two States Talk\n\n{SENTENCE}")).title == "Two States Talk"


def test_what_a_document_lacks_is_filled_in_from_the_options(tmp_path):
    path = write(tmp_path / "a.txt", SENTENCE)
    found = only(path, published=date(2015, 6, 3), publisher="The Plain", url="https://plain.example/a")
    assert (found.published, found.publisher, found.url) == (date(2015, 6, 3), "The Plain", "https://plain.example/a")


def test_a_text_file_has_no_date_of_its_own(tmp_path):
    assert only(write(tmp_path / "a.txt", SENTENCE)).published is None


def test_bytes_decide_over_the_suffix(tmp_path):
    page = f"<!DOCTYPE html><html><body><article><p>{SENTENCE} {SENTENCE}</p></article></body></html>"
    assert "<" not in only(write(tmp_path / "a.txt", page)).text


def test_a_text_that_is_named_html_is_read(tmp_path):
    assert SENTENCE in only(write(tmp_path / "a.html", f"<p>{SENTENCE}</p>")).text


def test_standard_input_is_recognised_by_its_bytes():
    row = b'{"id": "7", "text": "Envoys met."}\n'
    assert only("-", stdin=io.BytesIO(row)).source == "-#7"


def test_without_standard_input_a_dash_is_an_error():
    assert "no standard input" in fault("-")


def test_an_empty_file_is_an_error(tmp_path):
    assert "it is empty" in fault(write(tmp_path / "a.txt", b""))


def test_a_file_of_blanks_is_an_error(tmp_path):
    assert "it is empty" in fault(write(tmp_path / "a.txt", b" \n\t\n"))


def test_binary_junk_is_an_error(tmp_path):
    assert "binary data" in fault(write(tmp_path / "a.txt", bytes(range(256)) * 40))


def test_an_office_document_is_named_as_such(tmp_path):
    assert "office document" in fault(write(tmp_path / "a.txt", b"PK\x03\x04" + b"\0" * 100))


def test_a_file_that_does_not_exist_is_an_error():
    assert "no such file" in fault("no/such/file.txt")


def test_a_file_that_went_away_since_is_an_error(tmp_path):
    (found,) = documents_in(Input(source=str(tmp_path / "gone.txt")), clock=lambda: NOW)
    assert "no such file" in str(found)


def test_a_file_beyond_the_limit_is_an_error(tmp_path):
    assert "larger than 1,000 bytes" in fault(write(tmp_path / "a.txt", b"word " * 1000), max_file_bytes=1000)


def test_a_text_of_200_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"Envoys met. " * 10_000)
        file.truncate(200_000_000)
    assert "larger than 64,000,000 bytes" in fault(path)


def test_an_error_stops_nothing_else(tmp_path):
    good = write(tmp_path / "b.txt", SENTENCE)
    found = read("no-such.txt", good, "lost.pdf", good)
    assert [isinstance(item, Document) for item in found] == [False, True, False, True]


def test_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert "a pipe, not a file" in fault(tmp_path / "a.txt")


def test_a_device_is_refused():
    assert "a device, not a file" in fault("/dev/zero")


def test_a_link_in_a_circle_is_an_error(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert "a link that leads in a circle" in fault(tmp_path / "a.txt")


def test_a_file_without_permission_is_an_error(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "a.txt", SENTENCE)
    monkeypatch.setattr("cordiale.documents.files.os.open", refuse)
    assert "permission denied" in fault(path)


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    for name in ("b.txt", "a.txt", "c.md"):
        write(tmp_path / name, SENTENCE)
    assert [Path(found.source).name for found in read(tmp_path)] == ["a.txt", "b.txt", "c.md"]


def test_folders_within_a_folder_are_read(tmp_path):
    (tmp_path / "x" / "y").mkdir(parents=True)
    write(tmp_path / "x" / "y" / "a.txt", SENTENCE)
    assert len(read(tmp_path)) == 1


def test_files_of_unknown_suffix_in_a_folder_are_skipped_and_counted(tmp_path):
    write(tmp_path / "a.txt", SENTENCE)
    write(tmp_path / "a.jpg", b"\xff\xd8\xff")
    expansion = expand([str(tmp_path)])
    assert (len(expansion), expansion.skipped) == (1, (str(tmp_path / "a.jpg"),))


def test_hidden_files_in_a_folder_are_passed_over(tmp_path):
    write(tmp_path / "a.txt", SENTENCE)
    write(tmp_path / ".b.txt", SENTENCE)
    assert len(read(tmp_path)) == 1


def test_a_circle_of_folders_is_walked_once(tmp_path):
    (tmp_path / "x").mkdir()
    write(tmp_path / "x" / "a.txt", SENTENCE)
    (tmp_path / "x" / "up").symlink_to(tmp_path)
    assert len(read(tmp_path)) == 1


def test_a_circle_of_folders_ends_under_a_glob(tmp_path):
    (tmp_path / "x").mkdir()
    write(tmp_path / "x" / "a.txt", SENTENCE)
    (tmp_path / "x" / "up").symlink_to(tmp_path)
    assert len(read(tmp_path / "**" / "*.txt")) == 1


def test_a_folder_without_permission_is_an_error(tmp_path, monkeypatch):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("cordiale.documents.inputs.os.scandir", refuse)
    assert "permission denied" in fault(tmp_path)


def test_a_folder_with_nothing_to_read_is_an_error(tmp_path):
    assert "without any file of a known kind" in fault(tmp_path)


def test_a_glob_gives_the_files_that_match(tmp_path):
    write(tmp_path / "a.txt", SENTENCE)
    write(tmp_path / "b.md", SENTENCE)
    assert [Path(found.source).name for found in read(tmp_path / "*.txt")] == ["a.txt"]


def test_a_glob_that_matches_nothing_is_an_error(tmp_path):
    assert "no file of a known kind matches" in fault(tmp_path / "*.txt")


def test_a_file_whose_name_looks_like_a_glob_is_read(tmp_path):
    assert isinstance(only(write(tmp_path / "a[1].txt", SENTENCE)), Document)


def test_an_address_of_another_scheme_is_an_error():
    assert "ftp addresses are not read" in fault("ftp://example.org/a.txt")


@pytest.mark.parametrize("name", ["", "a\0b", " "])
def test_a_name_that_is_no_path_is_an_error(name):
    assert "no path" in fault(name)


def test_an_input_pickles():
    item = Input(source="a.txt", kind=InputKind.REFUSED, why="no such file", mend="check the path")
    assert pickle.loads(pickle.dumps(item)) == item


def test_a_clock_without_a_time_zone_is_the_callers_mistake(tmp_path):
    path = write(tmp_path / "a.txt", SENTENCE)
    with pytest.raises(InvalidValue, match="not in UTC"):
        list(read_inputs([str(path)], clock=lambda: datetime(2020, 1, 2, tzinfo=None)))  # noqa: DTZ001


def test_a_fault_of_a_parser_is_an_error_of_the_input(tmp_path, monkeypatch):
    def fail(_):
        raise RuntimeError("deep\nwithin")

    monkeypatch.setattr("cordiale.documents.intake.text_documents", fail)
    assert "RuntimeError: deep within" in fault(write(tmp_path / "a.txt", SENTENCE))


@pytest.mark.parametrize("limit", ["timeout", "max_bytes", "max_file_bytes", "max_pages"])
def test_a_limit_of_zero_is_refused(limit):
    with pytest.raises(InvalidValue, match=limit):
        ReadOptions(**{limit: 0})


def test_inputs_are_read_when_their_turn_comes(tmp_path):
    first = write(tmp_path / "a.txt", SENTENCE)
    found = read_inputs([str(first), str(tmp_path)], clock=lambda: NOW)
    next(found)
    write(first, "Later words.")
    assert next(found).text == "Later words."
