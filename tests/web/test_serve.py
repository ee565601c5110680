"""`cordiale serve`: a real server on a real port, the token off loopback, and its end."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import cordiale

ADDRESS = re.compile(r"at (http://\S+)")


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Iran is an ally of Syria. Syria supports Hamas.", encoding="utf-8")
    with cordiale.open(tmp_path / "a.dossier") as found:
        found.read(tmp_path / "a.txt", jobs=1)
    return tmp_path / "a.dossier"


@contextmanager
def served(*args: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "cordiale", "serve", "--port", "0", "--no-browser", *args]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            told = ADDRESS.search(server.stderr.readline())
            assert told
            yield server, told[1]
        finally:
            server.kill()


def test_it_answers_until_it_is_interrupted_and_then_ends_well(dossier: Path) -> None:
    with served("-d", str(dossier)) as (server, address):
        assert "Syria" in httpx.get(f"{address}actor/syria").text
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


def test_off_loopback_nothing_is_shown_without_the_token_that_it_prints(dossier: Path) -> None:
    with served("-d", str(dossier), "--host", "0.0.0.0") as (_, address):
        local = address.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(local.partition("?")[0]).status_code == 401
        assert httpx.get(local, follow_redirects=True).status_code == 200


def test_a_port_that_is_taken_says_what_to_do(dossier: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        command = [sys.executable, "-m", "cordiale", "serve", "-d", str(dossier), "--no-browser"]
        port = str(taken.getsockname()[1])
        found = subprocess.run([*command, "--port", port], capture_output=True, text=True, check=False, timeout=60)
    assert (found.returncode, "try --port 0" in found.stderr) == (1, True)
