"""`cordiale load`: a dataset, or a table of ties, into claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import DossierOption, Format, FormatOption, epilog, opened
from cordiale.cli.sources import mapping

if TYPE_CHECKING:
    from cordiale.datasets import Notes
    from cordiale.dossier.loading import LoadSummary


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Load a dataset, or a table of ties, as claims.",
        epilog=epilog("cordiale load --list", "cordiale load ties ties.csv --published 1918"),
    )(load)


def load(
    ctx: typer.Context,
    dataset: Annotated[
        str | None,
        typer.Argument(metavar="DATASET", show_default=False, help="Which dataset; or ties, for any table of ties."),
    ] = None,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", show_default=False, help="Your own copy of it.")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="ROLE=NAME,...",
            show_default=False,
            help="Which column is which, where your file names them otherwise: a=state1,b=state2.",
        ),
    ] = None,
    codes: Annotated[
        str | None,
        typer.Option(
            metavar="SCHEME",
            show_default=False,
            help="What the actors of a table are: cow, gw or iso3 codes; names.  [names, and iso3 where there is none]",
        ),
    ] = None,
    version: Annotated[
        str | None, typer.Option(metavar="V", show_default=False, help="The version of your copy, where it is another.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", show_default=False, help="When it came out.  [of a dataset, its release]"),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every row that was refused.")] = False,
    all_of_them: Annotated[bool, typer.Option("--list", help="Show the datasets, and where to get each.")] = False,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> int:
    """Load your own copy of a dataset into the dossier; each claim cites its row. Loading again changes nothing.

    Rows that cannot be used are refused, told, and the rest is kept; the exit code is then 3. What lies outside the
    years of a dataset is unknown, not none.
    """
    from cordiale.cli import SOME_FAILED
    from cordiale.cli.printing import put_json, put_rows

    if all_of_them:
        _list(format)
        return 0
    if dataset is None or file is None:
        raise typer.BadParameter("name a dataset and your copy of it; cordiale load --list shows the datasets")
    with opened(ctx, dossier, create=True) as found, _progress() as tell:
        summary = found.load(
            dataset, file, version=version, columns=mapping(columns) or None,
            scheme=None if codes == "names" else codes, published=published, progress=tell,
        )  # fmt: skip
        place = found.name
    _warn_of(summary.notes, file.name, all_of_them=verbose)
    covered = summary.coverage
    names = ("dataset", "version", "claims", "known", "actors", "provisional", "refused", "from", "to")
    values = (
        covered.dataset, covered.version, summary.claims, summary.known, summary.actors, len(summary.provisional),
        summary.notes.refused, covered.held.start_text, covered.held.end_text,
    )  # fmt: skip
    if format is Format.TABLE:
        tell_of(summary, place)
    elif format is Format.JSON:
        put_json(dict(zip(names, values, strict=True)))
    else:
        put_rows(format, names, [values])
    return SOME_FAILED if summary.notes.refused else 0


def _warn_of(notes: Notes, file: str, *, all_of_them: bool) -> None:
    """What was settled by a rule, a line each, and the rows that were refused, each with its reason."""
    from itertools import islice

    from cordiale.cli.printing import FIRST_FAILURES, warn

    for line in notes.lines(refused=False):
        warn(f"cordiale: {file}: {line}")
    for line in islice(notes.refusals(), None if all_of_them else FIRST_FAILURES):
        warn(f"cordiale: {file}, {line}")
    if not all_of_them and (left := notes.refused - FIRST_FAILURES) > 0:
        warn(f"cordiale: and {left:,} more rows refused; --verbose shows all")


def tell_of(summary: LoadSummary, place: str) -> None:
    """What was loaded, in a few lines."""
    from cordiale.cli.printing import Page

    page = Page()
    covered, held = summary.coverage, summary.coverage.held
    page.line(f"{_many(summary.claims, 'new claim')} of {covered.dataset} {covered.version} in {place}.")
    if summary.known:
        page.line(f"{_many(summary.known, 'claim')} known already.")
    if summary.others:
        page.line(
            f"{_many(summary.others, 'claim')} of this version came from another copy of it, and stay; give an edited "
            "file a version of its own (--version).", hang=2,
        )  # fmt: skip
    if held.start is not None:
        years = f"{held.start.year} to {held.end.year - 1}" if held.end else f"from {held.start.year} on"
        page.line(f"It covers {covered.pairs}, {years}; outside of that is unknown, not none.")
    if names := summary.provisional:
        first = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
        page.line(f"{_many(len(names), 'name')} that no catalogue has: {first}; see: cordiale actors list '~'", hang=2)
    if summary.notes.refused:
        page.line(f"{_many(summary.notes.refused, 'row')} refused.")


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _list(format: Format) -> None:
    from cordiale.cli.printing import Page, put_rows
    from cordiale.datasets import DATASETS

    rows = [
        (one.name, one.title, one.version, *one.years, one.covers, one.where, one.licence, one.cite)
        for one in DATASETS.values()
    ]
    if format is not Format.TABLE:
        names = ("dataset", "title", "version", "first", "last", "covers", "where", "licence", "cite")
        put_rows(format, names, rows)
        return
    page = Page()
    for name, title, version, first, last, covers, where, licence, cite in rows:
        page.line(f"{name}: {title} {version}, {first}-{last}", "bold")
        page.line(f"Covers: {covers}", indent=2, hang=2)
        page.line(f"Get it: {where}", indent=2, hang=2)
        page.line(f"Licence: {licence}", indent=2, hang=2)
        page.line(f"Cite: {cite}", indent=2, hang=2)
    page.line("ties: any table of ties (CSV or Parquet); see cordiale load --help", "bold")


def _progress() -> Any:
    """A count on stderr for what takes over two seconds; nothing where stderr is no terminal."""
    import sys
    import time
    from contextlib import contextmanager, nullcontext

    if not sys.stderr.isatty():
        return nullcontext(None)

    @contextmanager
    def shown() -> Any:
        from rich.console import Console

        began = time.monotonic()
        status = Console(stderr=True).status("")

        def tell(done: int) -> None:
            if done % 1000 == 0 and time.monotonic() - began > 2:
                status.start()
                status.update(f"{done:,} claims")

        try:
            yield tell
        finally:
            status.stop()

    return shown()
