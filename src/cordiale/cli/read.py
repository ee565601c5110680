"""`cordiale read`: documents into claims."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import DossierOption, Format, FormatOption, epilog, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from cordiale.dossier import Progress, ReadSummary
    from cordiale.reading import ReaderChoice, Usage


class Readers(StrEnum):
    """Which reader reads."""

    SHIPPED = "shipped"
    LLM = "llm"


class Engines(StrEnum):
    """Who reads."""

    LOCAL = "local"
    SPARK = "spark"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Read documents into the dossier.",
        epilog=epilog("cordiale read article.html reports/", "cordiale read news.jsonl --publisher Gazette"),
    )(read)


def read(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="FILES...", help="Files, folders, patterns, http addresses; - is standard input."),
    ],
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", show_default=False, help="The day of publication, where a document has none."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="NAME", show_default=False, help="The publisher, where a document has none.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", show_default=False, help="The address, where a document has none.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow addresses of this machine and its own network.")
    ] = False,
    reader: Annotated[
        Readers,
        typer.Option(help="The reader that ships, or llm: the language model that CORDIALE_LLM_URL and _MODEL name."),
    ] = Readers.SHIPPED,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, metavar="N", help="How many processes read; 0 is one a core.")
    ] = 0,
    engine: Annotated[
        Engines, typer.Option(help="Who reads: processes of this machine, or the workers of Spark (extra: spark).")
    ] = Engines.LOCAL,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every failed input.")] = False,
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> int:
    """Read documents into the dossier, which is made where there is none.

    HTML, PDF, plain text, RSS and Atom, and JSON Lines are read. What was read before is passed over. A bad input stops
    no other: the good ones are kept, and the exit code is 3.
    """
    from cordiale.cli import SOME_FAILED
    from cordiale.cli.printing import put_json, put_rows, warn, warn_of
    from cordiale.documents import ReadOptions
    from cordiale.dossier.days import day_of_publication

    with opened(ctx, dossier, create=True) as found, _progress() as progress:
        day = None if published is None else day_of_publication(published, found.today())
        options = ReadOptions(published=day, publisher=publisher, url=url, allow_private=allow_private)
        summary = found.read(
            *inputs, reader=_chosen(reader), options=options, jobs=jobs or os.cpu_count() or 1, engine=engine,
            stdin=sys.stdin.buffer, progress=progress,
        )  # fmt: skip
        place = found.name
    warn_of(summary.failed, all_of_them=verbose)
    if summary.known and (published or publisher or url):
        warn("what was known already stays as it was first read: the options given did not change it")
    if format is Format.TABLE:
        tell(summary, place)
    else:
        columns: tuple[str, ...] = ("documents", "known", "failed", "skipped", "claims", "provisional")
        values: tuple[float | None, ...] = (
            summary.documents, summary.known, len(summary.failed), len(summary.skipped), summary.claims,
            summary.provisional,
        )  # fmt: skip
        if summary.usage.asked:
            used = summary.usage
            columns += ("questions", "cached", "prompt_tokens", "completion_tokens", "cost", "dropped")
            values += (
                used.asked, used.cached, used.prompt_tokens, used.completion_tokens, used.cost,
                sum(used.dropped.values()),
            )  # fmt: skip
        if format is Format.JSON:
            put_json(dict(zip(columns, values, strict=True)))
        else:
            put_rows(format, columns, [values])
    return SOME_FAILED if summary.failed else 0


def _chosen(reader: Readers) -> ReaderChoice | None:
    if reader is Readers.SHIPPED:
        return None
    from cordiale.reading.llm import Endpoint

    return Endpoint.from_environment()


def tell(summary: ReadSummary, dossier: str) -> None:
    """What was read, in a few lines."""
    from cordiale.cli.printing import Page

    page = Page()
    page.line(f"{_many(summary.documents, 'document')} read into {dossier}: {_many(summary.claims, 'new claim')}.")
    if summary.unclear:
        page.line(f"{summary.unclear:,} of them are unclear and do not count; see them with: cordiale claims --unclear")
    for language, count in summary.foreign.items():
        page.line(f"{_many(count, 'document')} in another language ({language}): read as far as it reads like English.")
    if summary.known:
        page.line(f"{_many(summary.known, 'document')} known already.")
    if summary.undated:
        what = _many(summary.undated, "document")
        page.line(f"{what} without a day of publication: what they say undated counts from today; see --published.")
    if summary.provisional:
        page.line(
            f"{_many(summary.provisional, 'name')} that no catalogue has; see them with: cordiale actors list '~'"
        )
    if summary.skipped:
        page.line(f"{_many(len(summary.skipped), 'file')} of other kinds passed over, such as {summary.skipped[0]}.")
    if summary.failed:
        page.line(f"{_many(len(summary.failed), 'input')} could not be read.")
    if summary.usage.asked:
        page.line(_spent(summary.usage))
        for why, count in summary.usage.dropped.items():
            page.line(f"{_many(count, 'claim')} of the language model dropped: {why}.")


def _spent(usage: Usage) -> str:
    """What the language model was asked for."""
    known = f", {usage.cached:,} of them answered before" if usage.cached else ""
    tokens = "an unknown number of tokens"
    if usage.prompt_tokens is not None and usage.completion_tokens is not None:
        tokens = f"{usage.prompt_tokens:,} tokens in and {usage.completion_tokens:,} out"
    cost = "cost unknown: give CORDIALE_LLM_PRICE" if usage.cost is None else f"cost {usage.cost:.4f}"
    return f"{_many(usage.asked, 'question')} to the language model{known}: {tokens}, {cost}."


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _progress() -> AbstractContextManager[Callable[[Progress], None] | None]:
    return _bar() if sys.stderr.isatty() else nullcontext(None)


def _bar() -> Any:
    from contextlib import contextmanager

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from cordiale.plain import one_line

    @contextmanager
    def bar() -> Any:
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[name]}", markup=False),
        )
        with Bar(*columns, console=Console(stderr=True), transient=True) as shown:
            task = shown.add_task("", total=None, name="")

            def tell(progress: Progress) -> None:
                name = one_line(progress.source)[-40:]
                shown.update(task, total=progress.total, completed=progress.done, name=name)

            yield tell

    return bar()
