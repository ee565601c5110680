"""The command line: one module a command, results on stdout, everything else on stderr.

`main` runs a command and turns whatever happens into an exit code: 0 done, 1 our error, 2 usage, 3 done but some inputs
failed, 130 interrupted. Nothing heavy is imported until a command runs.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Sequence

DONE, FAILED, USAGE, SOME_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes."""


def main(args: Sequence[str] | None = None) -> int:
    """Run a command; its exit code. Errors are one line on stderr; CORDIALE_TRACE=1 shows where they come from."""
    import typer

    from cordiale.cli.app import app
    from cordiale.errors import CordialeError, CordialeWarning

    # Matrices here are small: a second thread of the linear algebra waits for the first, ten times as long as it works.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # a terminal without UTF-8 shows escapes, and no error
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _interrupt)  # a process that is told to end takes its readers with it
    command = typer.main.get_command(app)
    usage_error = typer.BadParameter.__bases__[0]  # Typer brings its own Click, or takes the installed one, by version
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always", CordialeWarning)
            warnings.showwarning = lambda message, *_, **__: _complain(f"cordiale: {message}")
            code = command.main(None if args is None else list(args), prog_name="cordiale", standalone_mode=False)
        sys.stdout.flush()
        if code == INTERRUPTED:  # newer versions of Typer answer the interrupt key so themselves
            raise KeyboardInterrupt  # noqa: TRY301 -- told below, in one place
        return code if isinstance(code, int) else DONE
    except BrokenPipeError:
        _drop_stdout()
        return DONE
    except (KeyboardInterrupt, typer.Abort):
        _complain("cordiale: interrupted; whole documents were kept")
        return INTERRUPTED
    except CordialeError as error:
        if _traced():
            traceback.print_exc()
        _complain(f"cordiale: error: {error}")
        return FAILED
    except Exception as error:  # noqa: BLE001 -- the last resort: nobody should see a traceback
        if isinstance(error, usage_error):
            error.show()  # type: ignore[attr-defined]
            return USAGE
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EIO}:
            _drop_stdout()
            _complain(f"cordiale: error: this cannot be written ({error.strerror}); make room, or write elsewhere")
            return FAILED
        if isinstance(error, MemoryError):
            _complain("cordiale: error: out of memory; read fewer inputs at a time, or with fewer --jobs")
            return FAILED
        if _traced():
            traceback.print_exc()
        _complain(
            f"cordiale: error: this should not have happened ({type(error).__name__}: {error}); "
            "run it again with CORDIALE_TRACE=1 and report what it prints"
        )
        return FAILED


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _traced() -> bool:
    return os.environ.get("CORDIALE_TRACE", "") not in ("", "0")


def _complain(line: str) -> None:
    from cordiale.plain import plain

    try:
        print(" ".join(plain(line).split()), file=sys.stderr)  # noqa: T201 -- this is where errors are told
    except OSError:
        return


def _drop_stdout() -> None:
    """Nobody reads stdout any more: let Python's last flush go nowhere, or it would complain."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    os.close(devnull)
