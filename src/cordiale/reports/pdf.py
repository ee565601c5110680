"""A page of a report as PDF, by a Chromium that the machine has, or else by WeasyPrint where it is installed.

Neither is needed for anything else, and neither goes to the network: the page holds all that it shows. The browser runs
in a folder of its own that is gone afterwards; the page's own policy forbids all scripts.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from cordiale.errors import CordialeError

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The names under which Chromium is looked for, in this order."""
SECONDS = 120.0
"""How long it may take."""

_OPTIONS = (
    "--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run", "--no-default-browser-check",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-extensions",
    "--disable-sync", "--disable-dev-shm-usage", "--metrics-recording-only", "--mute-audio", "--password-store=basic",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


class PdfError(CordialeError, OSError):
    """A PDF that cannot be made: why, and what to do.

    >>> print(PdfError("there is no Chromium", "install one"))
    no PDF: there is no Chromium; install one
    """

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(f"no PDF: {why}; {mend}")
        self.why, self.mend = why, mend

    def __str__(self) -> str:
        return f"no PDF: {self.why}; {self.mend}"


def pdf_of(page: str, *, seconds: float = SECONDS) -> bytes:
    """A page, as HTML that needs nothing else, as PDF. Raises `PdfError` where nothing here can make one."""
    found = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if found is not None:
        return _by_chromium(found, page, seconds)
    if find_spec("weasyprint") is not None:
        return _by_weasyprint(page)
    raise PdfError(
        "neither Chromium nor WeasyPrint is here",
        "install Chromium (apt-get install chromium) or WeasyPrint (pip install weasyprint), "
        "or write .html and print it from a browser",
    )


def _by_chromium(program: str, page: str, seconds: float) -> bytes:
    with TemporaryDirectory(prefix="cordiale-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, "brief.html"), Path(folder, "brief.pdf")
        source.write_text(page, encoding="utf-8")
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # which Chromium refuses else
        command = [
            program, *_OPTIONS, *root, f"--user-data-dir={Path(folder, 'profile')}", f"--print-to-pdf={made}",
            source.as_uri(),
        ]  # fmt: skip
        told = _run(command, seconds)
        if not made.is_file() or not made.read_bytes().startswith(b"%PDF"):
            last = told.strip().splitlines()[-1:] or ["it said nothing"]
            raise PdfError(f"{program} made none ({last[0]})", "write .html and print it from a browser")
        return made.read_bytes()


def _run(command: list[str], seconds: float) -> str:
    """What a program says on stderr; it and its children are gone when this returns, whatever happens."""
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise PdfError(f"{command[0]} cannot be run ({error.strerror})", "mend or remove it") from error
    try:
        return process.communicate(timeout=seconds)[1].decode(errors="replace")
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"{command[0]} took more than {seconds:.0f} s", "write .html and print it") from error
    finally:
        if process.poll() is None:
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
            process.communicate()


def _by_weasyprint(page: str) -> bytes:
    from weasyprint import HTML

    def refuse(url: str, *_: object, **__: object) -> dict[str, object]:
        raise ValueError(f"a report needs nothing from elsewhere: {url}")

    made: bytes = HTML(string=page, url_fetcher=refuse).write_pdf()
    return made
