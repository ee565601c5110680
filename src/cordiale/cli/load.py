"""`cordiale load`: a dataset, or a table of ties, into claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import DossierOption, Format, FormatOption, epilog, opened
from cordiale.cli.sources import ColumnsOption, mapping

if TYPE_CHECKING:
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
    columns: ColumnsOption = None,
    codes: Annotated[
        str | None,
        typer.Option(metavar="SCHEME", show_default=False, help="The actors of a table are codes: cow, gw or iso3."),
    ] = None,
    version: Annotated[
        str | None, typer.Option(metavar="V", show_default=False, help="The version of your copy, where it is another.")
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", show_default=False, help="When it came out.  [of a dataset, its release]"),
    ] = None,
    all_of_them: Annotated[bool, typer.Option("--list", help="Show the datasets, and where to get each.")] = False,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> int:
    """Load your own copy of a dataset into the dossier; each claim cites its row. Loading again changes nothing.

    Rows that cannot be used are refused, told, and the rest is kept; the exit code is then 3. What lies outside the
    years of a dataset is unknown, not none.
    """
    from cordiale.cli import SOME_FAILED
    from cordiale.cli.printing import put_json, put_rows, warn

    if all_of_them:
        _list(format)
        return 0
    if dataset is None or file is None:
        raise typer.BadParameter("name a dataset and your copy of it; cordiale load --list shows the datasets")
    with opened(ctx, dossier, create=True) as found, _progress() as tell:
        summary = found.load(
            dataset, file, version=version, columns=mapping(columns) or None, scheme=codes, published=published,
            progress=tell,
        )  # fmt: skip
        place = found.name
    for line in summary.notes.lines(shown=10):
        warn(f"cordiale: {file.name}: {line}")
    names = ("dataset", "version", "claims", "known", "provisional", "refused")
    values = (
        summary.dataset, summary.version, summary.claims, summary.known, summary.provisional, summary.notes.refused,
    )  # fmt: skip
    if format is Format.TABLE:
        tell_of(summary, place)
    elif format is Format.JSON:
        put_json(dict(zip(names, values, strict=True)))
    else:
        put_rows(format, names, [values])
    return SOME_FAILED if summary.notes.refused else 0


def tell_of(summary: LoadSummary, place: str) -> None:
    """What was loaded, in a few lines."""
    from cordiale.cli.printing import Page

    page = Page()
    page.line(f"{summary.claims:,} new claims of {summary.dataset} {summary.version} in {place}.")
    if summary.known:
        page.line(f"{summary.known:,} were there already.")
    if summary.years:
        page.line(f"It covers {summary.years[0]} to {summary.years[1]}; outside of that is unknown, not none.")
    if summary.provisional:
        page.line(f"{summary.provisional:,} names that no catalogue has; see them with: cordiale actors list '~'")
    if summary.notes.refused:
        page.line(f"{summary.notes.refused:,} rows were refused.")


def _list(format: Format) -> None:
    from cordiale.cli.printing import Page, put_rows
    from cordiale.datasets import DATASETS

    rows = [
        (one.name, one.title, one.version, *one.years, one.where, one.licence, one.cite) for one in DATASETS.values()
    ]
    if format is not Format.TABLE:
        put_rows(format, ("dataset", "title", "version", "first", "last", "where", "licence", "cite"), rows)
        return
    page = Page()
    for name, title, version, first, last, where, licence, cite in rows:
        page.line(f"{name}: {title} {version}, {first}-{last}", "bold")
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
        with Console(stderr=True).status("") as status:
            yield (
                lambda done: (
                    status.update(f"{done:,} claims") if done % 1000 == 0 and time.monotonic() - began > 2 else None
                )
            )

    return shown()
