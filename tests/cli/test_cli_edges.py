"""What a terminal and a shell see: help, exit codes, pipes, colours, and text that means harm."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import typer

from conftest import Run
from cordiale.cli.app import app
from cordiale.cli.serve import _bound

pytestmark = pytest.mark.usefixtures("desk")


COMMANDS = [
    (), ("read",), ("who",), ("tie",), ("claims",), ("isolation",), ("review",), ("export",), ("check",), ("demo",),
    ("actors",), ("actors", "list"), ("actors", "show"), ("actors", "add"), ("actors", "merge"), ("actors", "split"),
    ("events",), ("events", "list"), ("events", "add"), ("events", "ingest"), ("events", "check"), ("events", "series"),
    ("events", "dyads"), ("events", "top"), ("events", "export"), ("events", "divergence"),
    ("balance",), ("blocs",), ("depends",), ("tension",),
    ("pressure",), ("what-if",), ("load",), ("changes",), ("serve",), ("report",),
]  # fmt: skip


def cordiale(*args: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "cordiale", *args], capture_output=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def examples(page: str) -> list[str]:
    return re.findall(r"^\s*(cordiale .+)$", page.split("Examples:")[1], re.MULTILINE)


def test_every_command_is_listed_here() -> None:
    command = typer.main.get_command(app)
    found = {(): command} | {(name,): sub for name, sub in command.commands.items()}  # type: ignore[attr-defined]
    for group in ("actors", "events"):
        found |= {(group, name): sub for name, sub in found[(group,)].commands.items()}
    assert set(found) == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_ends_in_two_examples_that_run(
    run: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)  # one that ran would not end
    monkeypatch.setattr("cordiale.cli.serve._bound", lambda host, _port: _bound(host, 0))
    monkeypatch.setattr("webbrowser.open", lambda _address: True)
    page = run(*command, "--help")
    assert page.code == 0
    told = examples(page.out)
    assert len(told) == 2
    for example in told:
        if "0123456789abcdef" in example:
            first = re.search(r'"id": "(\w+)"', run("claims", "--format", "jsonl").out)
            assert first
            example = example.replace("0123456789abcdef", first[1])  # noqa: PLW2901
        words = shlex.split(example)[1:]
        found = run(*words)
        assert found.code == 0, (example, found.err)


@pytest.mark.parametrize(
    "args",
    [("nonsense",), ("who",), ("who", "Hamas", "--nonsense"), ("claims", "--sign", "7"), ("claims", "--format", "xml")],
)
def test_a_wrong_command_line_is_a_usage_error(run: Run, args: tuple[str, ...]) -> None:
    found = run(*args)
    assert found.code == 2
    assert found.out == ""
    assert "Traceback" not in found.err


def test_piped_output_has_no_colour_and_nothing_on_stderr() -> None:
    told = cordiale("who", "Hamas", "--at", "2012")
    assert told.returncode == 0
    assert told.stderr == b""
    assert b"\x1b" not in told.stdout
    assert max(len(line) for line in told.stdout.decode().splitlines()) <= 80


def test_a_closed_pipe_is_quiet() -> None:
    shell = f"{shlex.quote(sys.executable)} -m cordiale claims --format jsonl | head -n 1"
    told = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, check=False)
    assert told.stderr == b""
    assert told.stdout.count(b"\n") == 1


def test_text_that_steers_terminals_is_shown_and_not_obeyed(desk: Path, run: Run) -> None:
    text = "Oman supports Hamas with \x9b31m[bold]gifts[/bold]\u202e and more."
    (desk / "harm.txt").write_text(text, encoding="utf-8")
    run("read", "harm.txt")
    for options in ((), ("--format", "jsonl"), ("--format", "csv")):
        out = run("claims", "--actor", "Oman", *options).out
        assert "[bold]gifts[/bold]" in out
        assert not set(out) & set("\x1b\x9b\u202e")


def test_an_unexpected_error_is_one_line_and_says_how_to_trace_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("of the kind nobody\nthought of")

    monkeypatch.setattr("cordiale.dossier.front.Dossier.who", broken)
    monkeypatch.delenv("CORDIALE_TRACE", raising=False)
    found = run("who", "Hamas")
    assert found.code == 1
    assert len(found.err.splitlines()) == 1
    assert "CORDIALE_TRACE=1" in found.err
    monkeypatch.setenv("CORDIALE_TRACE", "1")
    assert "Traceback" in run("who", "Hamas").err


def test_an_interrupt_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cordiale.dossier.front.Dossier.who", interrupted)
    assert run("who", "Hamas").code == 130


def reading_many(desk: Path, run: Run) -> subprocess.Popen[bytes]:
    """A `read` of many files in a session of its own, in the midst of its work."""
    (desk / "many").mkdir()
    for number in range(60):
        text = f"Page {number}. " + "Iran is an ally of Syria. Israel fights Hamas. " * 40
        (desk / "many" / f"{number:03}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "cordiale", "read", "many", "-d", "new.dossier", "--jobs", "2"]

    def listening() -> None:  # tests that run in the background of a shell have interrupts ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=listening,  # noqa: PLW1509 -- it sets a signal, and no more
    )
    for _ in range(300):
        time.sleep(0.1)
        if (desk / "new.dossier").exists() and run("claims", "-d", "new.dossier", "--limit", "1").out:
            break
    return process


def gone(session: int) -> bool:
    """Whether no process of a session is left, after some seconds at most."""
    for _ in range(150):
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_stops_every_process_quietly_and_keeps_whole_documents(
    desk: Path, run: Run, sent: signal.Signals
) -> None:
    with reading_many(desk, run) as process:
        os.killpg(process.pid, sent) if sent is signal.SIGINT else process.send_signal(sent)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == b""
    assert err.decode().splitlines() == ["cordiale: interrupted; whole documents were kept"]
    assert run("check", "-d", "new.dossier").code == 0
    assert gone(process.pid)


def test_a_kill_leaves_a_sound_dossier_and_no_process_behind(desk: Path, run: Run) -> None:
    with reading_many(desk, run) as process:
        process.kill()
        process.wait(timeout=10)
        assert gone(process.pid)
    assert run("check", "-d", "new.dossier").code == 0
    assert run("read", "many", "-d", "new.dossier").code == 0
    assert run("claims", "-d", "new.dossier", "--format", "jsonl").out.count("\n") == 4_800


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from cordiale.cli import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    heavy = {"numpy", "sqlalchemy", "pandas", "networkx", "scipy", "lxml", "rich.console", "trafilatura"}
    assert not heavy & set(told.stderr.decode().split())


def test_a_terminal_without_utf8_sees_escapes_and_no_error() -> None:
    plain = {**os.environ, "PYTHONIOENCODING": "ascii"}
    told = cordiale("who", "Hamas", "--at", "2012", env=plain)
    assert told.returncode == 0, told.stderr
    told.stdout.decode("ascii")


def test_a_dossier_in_a_read_only_folder_can_be_asked_and_not_added_to(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="cordiale-ro-"))
    shutil.copytree(desk, folder, dirs_exist_ok=True)
    monkeypatch.chdir(folder)
    for words in (("read", "article.html"), ("who", "Hamas")):  # loads every module, before root is nobody
        assert run(*words).code == 0
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:  # whom permissions do not stop
        os.seteuid(65534)
    try:
        asked, read = run("who", "Hamas"), run("read", "reports")
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
        monkeypatch.chdir(desk)
        shutil.rmtree(folder)
    assert asked.code == 0
    assert (read.code, "writ" in read.err) == (1, True), read.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_under_the_output_is_told_in_a_line(desk: Path) -> None:
    command = [sys.executable, "-m", "cordiale", "claims", "--format", "jsonl"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, cwd=desk)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("cordiale: error: this cannot be written (No space left on device)")
    assert done.stderr.count(b"\n") == 1


def test_a_file_name_that_is_no_utf8_is_read_and_shown_as_escapes(desk: Path, run: Run) -> None:
    (desk / os.fsdecode(b"caf\xe9.txt")).write_text("Kenya supports Uganda.", encoding="utf-8")
    assert run("read", os.fsdecode(b"caf\xe9.txt")).code == 0
    assert run("claims", "--actor", "Kenya", "--format", "jsonl").out.count(r"caf\\xe9.txt") == 1
    assert run("check").code == 0
