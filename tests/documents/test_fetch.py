"""Addresses: what is fetched, within which limits, and which are never asked. All servers are on 127.0.0.1."""

import gzip
import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordiale.claims import Document
from cordiale.documents import ReadOptions, read_inputs
from cordiale.documents.addresses import UnresolvedHost, is_public, resolve
from cordiale.errors import UnreadableInput

NOW = datetime(2020, 1, 2, 12, tzinfo=UTC)
TEXT = b"Envoys of the two states met in the capital on Monday."


def answer(body=TEXT, *, status="200 OK", kind="text/plain", more=()):
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", "Connection: close", *more]
    return ["\r\n".join([*lines, "", ""]).encode() + body]


@contextmanager
def served(pieces, *, pause=0.0, host="127.0.0.1"):
    """The base address of a server that sends these pieces, with a pause after each, and what it was asked."""
    listener = socket.create_server((host, 0))
    over, asked = threading.Event(), []

    def speak(connection):
        with connection:
            connection.settimeout(5)
            try:
                asked.append(connection.recv(65_536))
                for piece in pieces(asked[-1]) if callable(pieces) else pieces:
                    connection.sendall(piece)
                    if over.wait(pause):
                        return
            except OSError:
                return

    def listen():
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=speak, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{listener.getsockname()[1]}", asked
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def read(url, **options):
    options = {"allow_private": True, "timeout": 5, **options}
    (found,) = read_inputs([url], clock=lambda: NOW, options=ReadOptions(**options))
    return found


def fault(url, **options):
    found = read(url, **options)
    assert isinstance(found, UnreadableInput), found
    return str(found)


def test_a_text_is_fetched():
    with served(answer()) as (base, _):
        assert read(f"{base}/a").text == TEXT.decode()


def test_a_document_says_the_address_that_gave_it():
    with served(answer()) as (base, _):
        found = read(f"{base}/a#part")
    assert (found.source, found.url) == (f"{base}/a#part", f"{base}/a")


def test_bytes_decide_over_the_media_type():
    page = b"<!doctype html><html><body><p>" + TEXT * 4 + b"</p></body></html>"
    with served(answer(page)) as (base, _):
        assert "<p>" not in read(f"{base}/a").text


def test_the_charset_of_the_answer_is_used():
    text = "Министр иностранных дел прибыл в столицу."
    with served(answer(text.encode("koi8-r"), kind="text/plain; charset=koi8-r")) as (base, _):
        assert read(f"{base}/a").text == text


def test_a_packed_answer_is_unpacked():
    with served(answer(gzip.compress(TEXT), more=["Content-Encoding: gzip"])) as (base, _):
        assert read(f"{base}/a").text == TEXT.decode()


def test_rows_are_read_from_an_address():
    rows = b'{"id": "1", "text": "A met B."}\n{"id": "2", "text": "B met C."}\n'
    with served(answer(rows, kind="application/octet-stream")) as (base, _):
        found = list(read_inputs([base], clock=lambda: NOW, options=ReadOptions(allow_private=True)))
    assert [item.source for item in found] == [f"{base}#1", f"{base}#2"]


def test_a_redirect_is_followed():
    def pieces(request):
        return answer() if b"GET /there" in request else answer(b"", status="302 Found", more=["Location: /there"])

    with served(pieces) as (base, _):
        assert read(f"{base}/here").url == f"{base}/there"


def test_a_circle_of_redirects_ends():
    with served(answer(b"", status="302 Found", more=["Location: /again"])) as (base, _):
        assert "more than 5 redirects" in fault(base)


def test_a_redirect_to_a_file_is_not_followed():
    with served(answer(b"", status="302 Found", more=["Location: file:///etc/passwd"])) as (base, _):
        assert "no web address" in fault(base)


def test_a_redirect_to_a_private_address_is_not_followed(monkeypatch):
    # 127.0.0.1 stands for the public internet here; 127.0.0.2 for the private network behind it
    monkeypatch.setattr("cordiale.documents.addresses.is_public", lambda address: address == "127.0.0.1")
    with (
        served(answer(b"secret"), host="127.0.0.2") as (inner, asked),
        served(answer(b"", status="302 Found", more=[f"Location: {inner}/"])) as (base, _),
    ):
        assert "127.0.0.2 is an address of this machine" in fault(base, allow_private=False) and not asked


def test_an_address_of_this_machine_is_never_asked():
    with served(answer()) as (base, asked):
        assert "an address of this machine" in fault(base, allow_private=False) and not asked


def test_a_name_that_stands_for_this_machine_is_never_asked():
    with served(answer()) as (base, asked):
        found = fault(base.replace("127.0.0.1", "localhost"), allow_private=False)
    assert "an address of this machine" in found and not asked


def test_a_name_is_resolved_once_and_that_address_is_asked(monkeypatch):
    answers = iter(["127.0.0.1", "10.0.0.1"])

    def rebinding(_host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    with served(answer()) as (base, asked):
        port = int(base.rpartition(":")[2])
        monkeypatch.setattr("cordiale.documents.addresses.socket.getaddrinfo", _only_for("plain.example", rebinding))
        found = read(f"http://plain.example:{port}/a")
    assert isinstance(found, Document) and f"Host: plain.example:{port}".encode() in asked[0]


def _only_for(name, replacement):
    real = socket.getaddrinfo
    return lambda host, port, *rest, **more: (
        replacement(host, port, **more) if host == name else real(host, port, *rest, **more)
    )


def test_a_second_address_is_asked_where_the_first_is_dead(monkeypatch):
    def two(_host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.9", "127.0.0.1")]

    with served(answer()) as (base, _):
        monkeypatch.setattr("cordiale.documents.addresses.socket.getaddrinfo", _only_for("plain.example", two))
        assert isinstance(read(f"http://plain.example:{base.rpartition(':')[2]}/"), Document)


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error", "403 Forbidden"])
def test_an_answer_that_is_no_success_is_an_error(status):
    with served(answer(status=status)) as (base, _):
        assert f"the server answered {status}" in fault(base)


def test_an_image_is_not_fetched():
    with served(answer(kind="image/png")) as (base, _):
        assert "the server gives image/png" in fault(base)


def test_an_empty_answer_is_an_error():
    with served(answer(b"")) as (base, _):
        assert "it is empty" in fault(base)


def test_a_body_that_says_it_is_too_large_is_not_read():
    with served([b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 99999999\r\n\r\n"]) as (base, _):
        assert "larger than 1,000 bytes" in fault(base, max_bytes=1000)


def test_a_body_that_does_not_say_how_large_it_is_is_cut_off():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    with served([head, *[b"word " * 1000] * 1000]) as (base, _):
        assert "larger than 100,000 bytes" in fault(base, max_bytes=100_000)


def test_a_packed_body_is_measured_unpacked():
    with served(answer(gzip.compress(b"\n" * 3_000_000), more=["Content-Encoding: gzip"])) as (base, _):
        assert "larger than 1,000,000 bytes" in fault(base, max_bytes=1_000_000)


def test_a_body_that_breaks_off_is_an_error():
    with served([b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 999\r\n\r\nshort"]) as (base, _):
        assert "the connection failed" in fault(base)


def test_an_answer_that_is_no_http_is_an_error():
    with served([b"SSH-2.0-OpenSSH_9.0\r\n"]) as (base, _):
        assert "the connection failed" in fault(base)


SLOW_HEAD = [bytes([byte]) for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 400]
SLOW_BODY = [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n", *[b"a "] * 400]


@pytest.mark.parametrize(
    ("pieces", "pause"), [([b""], 20.0), (SLOW_HEAD, 0.1), (SLOW_BODY, 0.1)], ids=["silent", "slow head", "slow body"]
)
def test_a_server_that_does_not_end_is_left_in_time(pieces, pause):
    with served(pieces, pause=pause) as (base, _):
        start = time.monotonic()
        found = fault(base, timeout=0.6)
        assert "no whole answer within 0.6 seconds" in found and time.monotonic() - start < 3


def test_a_port_where_nobody_listens_is_an_error():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "the connection failed" in fault(f"http://127.0.0.1:{port}/")


def test_a_host_that_does_not_exist_is_an_error(monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("cordiale.documents.addresses.socket.getaddrinfo", unknown)
    assert "the host no.example is not found" in fault("http://no.example/a")


def test_a_name_server_that_never_answers_is_left_in_time(monkeypatch):
    woken = threading.Event()
    monkeypatch.setattr("cordiale.documents.addresses.socket.getaddrinfo", lambda *_, **__: woken.wait(5) and [])
    start = time.monotonic()
    with pytest.raises(UnresolvedHost):
        resolve("no.example", 80, 0.2)
    woken.set()
    assert time.monotonic() - start < 2


def test_a_password_in_an_address_is_refused_and_not_shown():
    found = fault("http://ann:secret@plain.example/a")
    assert "holds a user name" in found and "secret" not in found


@pytest.mark.parametrize("url", ["http://", "http:///a", "http://[::1", "http://a b/", "http://plain.example:99999/"])
def test_what_is_no_address_is_an_error(url):
    assert isinstance(read(url), UnreadableInput)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1",
        "::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "2002:a00:1::", "64:ff9b::7f00:1", "no address",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_an_address_of_the_public_internet_is_allowed(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_wrapping_an_address_does_not_make_it_public(address):
    assert is_public(f"::ffff:{address}") == is_public(str(address))
