"""`cordiale demo`: the whole of it on a few briefs, in under a minute."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from cordiale.cli.options import DossierOption, epilog
from cordiale.errors import UnreadableInput

ACTOR, PATRON = "Hamas", "Syria"
BEFORE, AFTER = "2011-12-31", "2013-06-01"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Show all of it on the example briefs.",
        epilog=epilog("cordiale demo", "cordiale demo --briefs reports"),
    )(demo)


def demo(
    ctx: typer.Context,
    briefs: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", show_default=False, help="The briefs to read.  [examples/briefs]"),
    ] = None,
    dossier: DossierOption = None,
) -> int:
    """Read the example briefs and show Hamas before and after its break with Damascus, quotes and all.

    Without -d the dossier is thrown away at the end.
    """
    import cordiale
    from cordiale.cli import SOME_FAILED
    from cordiale.cli.isolation import show as show_outlook
    from cordiale.cli.printing import Page, warn_of
    from cordiale.cli.read import _progress, tell
    from cordiale.cli.tie import show as show_tie
    from cordiale.cli.who import show as show_who

    folder = Path(briefs or _examples())
    with ExitStack() as stack:
        where = dossier or ctx.obj
        if where is None:
            where = str(Path(stack.enter_context(TemporaryDirectory(prefix="cordiale-"))) / "demo.dossier")
        found = stack.enter_context(cordiale.open(where))
        with _progress() as progress:
            summary = found.read(str(folder), jobs=os.cpu_count() or 1, progress=progress)
        warn_of(summary.failed, all_of_them=False)
        page = Page()
        tell(summary, "a dossier" if dossier is None and ctx.obj is None else where)
        for day, when in ((BEFORE, "Before the break"), (AFTER, "After the break")):
            _rule(page, when)
            show_who(page, found, found.who(ACTOR, day), quotes=1)
        _rule(page, "How it came to that")
        show_tie(page, found, found.tie(ACTOR, PATRON, AFTER), quotes=2)
        _rule(page, "What is left")
        if found.who(ACTOR, AFTER).ties:
            show_outlook(page, found, found.running_out_of_allies(ACTOR, AFTER))
        else:
            page.line(f"The briefs say nothing of {ACTOR}.")
        _rule(page, "Go on")
        page.line(f"cordiale read {folder}")
        page.line("cordiale who Egypt --at 1978")
    return SOME_FAILED if summary.failed else 0


def _rule(page: object, title: str) -> None:
    from cordiale.cli.printing import Page

    assert isinstance(page, Page)
    page.line()
    page.line(f"── {title} " + "─" * max(page.width - len(title) - 4, 0), "dim")
    page.line()


def _examples() -> str:
    import cordiale

    checkout = Path(cordiale.__file__).resolve().parents[2] / "examples" / "briefs"
    for folder in (Path("examples/briefs"), checkout):
        if folder.is_dir():
            return str(folder)
    raise UnreadableInput(
        "examples/briefs", "the briefs come with the source code, and are not installed with the package",
        "get the source code and run it there, or name a folder of articles: cordiale demo --briefs FOLDER",
    )  # fmt: skip
