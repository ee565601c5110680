"""`cordiale events ingest`, `check` and `export`: files of machine-coded events into an archive, and out of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.archives import (
    ArchiveOption,
    FromOption,
    InOption,
    KnownOption,
    MemoryOption,
    RepeatsOption,
    RootOption,
    SignOption,
    SourceOption,
    StreamOption,
    ToOption,
    days,
    many,
    opened,
    progress,
    recipe_of,
    the_stream,
)
from cordiale.cli.options import Format, FormatOption, epilog

if TYPE_CHECKING:
    from cordiale.cli.printing import Page
    from cordiale.events import Archive, Ingested
    from cordiale.events.check import StreamCheck


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    for command, short, examples in (
        (
            ingest,
            "Take event files into the archive.",
            ("cordiale events ingest 20240115.export.CSV", "cordiale events ingest downloads/ --stream gdelt1"),
        ),
        (
            check,
            "Say what is in the archive, and what is wrong.",
            ("cordiale events check", "cordiale events check --format json"),
        ),
        (
            export,
            "Write events, or pairs by day, to a file.",
            ("cordiale events export -o events.parquet", "cordiale events export --dyad-days -o days.csv"),
        ),
    ):
        app.command(short_help=short, epilog=epilog(*examples))(command)


def ingest(
    files: Annotated[list[str], typer.Argument(metavar="FILES...", help="Files, folders, zips.")],
    stream: Annotated[
        str | None,
        typer.Option("--stream", metavar="NAME", show_default=False, help="Take them for this stream, and no other."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of what came under its name, or later.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every line that was refused.")] = False,
    memory: MemoryOption = "2GB",
    format: FormatOption = Format.TABLE,
    archive: ArchiveOption = None,
) -> int:
    """Take event files into the archive, which is made where there is none. What is in already is passed over.

    GDELT 1.0 and 2.0, ICEWS, POLECAT, Phoenix, ACLED and UCDP GED are told by what is in a file. Lines that are no
    events are refused, told, and kept with their reason; the exit code is then 3. Killed at any moment, it goes on
    where it was.
    """
    from cordiale.cli import SOME_FAILED
    from cordiale.cli.printing import Page, put_rows
    from cordiale.events.unpacking import found as files_of
    from cordiale.events.unpacking import passed_over

    found: list[Ingested] = []
    files_of(files)  # before there is an archive of nothing
    with opened(archive, memory, create=True) as desk, progress("taking in") as tell:
        for one in desk.ingest(files, as_stream=stream, replace=replace, progress=tell):
            found.append(one)
            _warn_of(desk, one, all_of_them=verbose)
        if format is Format.TABLE:
            _told(Page(), found, desk, passed_over(files))
    if format is not Format.TABLE:
        names = ("file", "fate", "stream", "bytes", "lines", "events", "refused", "known_as", "error")
        rows = [(o.name, o.fate, o.stream, o.size, o.lines, o.events, o.rejected, o.known_as, o.error and str(o.error))
                for o in found]  # fmt: skip
        put_rows(format, names, rows)
    return SOME_FAILED if any(one.rejected or one.error for one in found) else 0


def _warn_of(desk: Archive, one: Ingested, *, all_of_them: bool) -> None:
    from cordiale.cli.printing import FIRST_FAILURES, warn

    if one.error is not None:
        warn(f"cordiale: {one.error}")
    if one.before > one.events:
        less = f"it has {many(one.events, 'event')}, and what it replaces had {one.before:,}"
        warn(f"cordiale: {one.name}: {less}; if that is not to be, take the other in again with --replace")
    rejects = one.rejects
    if all_of_them and one.rejected > len(rejects):
        rejects = tuple(desk.ledger.rejects(one.md5))
    for reject in rejects if all_of_them else rejects[:FIRST_FAILURES]:
        warn(f"cordiale: {one.name}, line {reject.line}: {reject.why}: {reject.text[:80]}")
    if not all_of_them and (left := one.rejected - min(len(rejects), FIRST_FAILURES)) > 0:
        warn(f"cordiale: {one.name}: and {left:,} more lines refused; --verbose shows all")


def _of(count: int, what: str) -> str:
    """How many of what, one of them too.

    >>> _of(1, "lines refused"), _of(2, "lines refused")
    ('1 line refused', '2 lines refused')
    """
    first, _, rest = what.partition(" ")
    return f"{many(count, first.removesuffix('s'))} {rest}"


def _told(page: Page, found: list[Ingested], desk: Archive, others: int) -> None:
    """What became of files, in a few lines."""
    from cordiale.events.streams import STREAMS

    fates = {fate: [one for one in found if one.fate == fate] for fate in ("new", "replaced", "known", "refused")}
    new = [*fates["new"], *fates["replaced"]]
    events, size = sum(one.events for one in new), sum(one.size for one in new) / 1e6
    page.line(f"{many(len(new), 'file')} new, {size:,.1f} MB, {many(events, 'event')} in {desk.called}.")
    for fate, told in (
        ("replaced", "in place of another release"),
        ("known", "in it already"),
        ("refused", "refused"),
    ):
        if fates[fate]:
            page.line(f"{many(len(fates[fate]), 'file')} {told}.")
    if gone := [one.replaced_by for one in fates["known"] if one.replaced_by]:
        by = f"{gone[0]}{' and others' if len(gone) > 1 else ''}"
        page.line(f"{len(gone):,} of those replaced since, by {by}: --replace brings a file back.")
    if others:
        page.line(f"{many(others, 'file')} of other kinds in those folders passed over.")
    if rejected := sum(one.rejected for one in new):
        page.line(f"{many(rejected, 'line')} refused, and kept with the reason: cordiale events check --refused.")
    notes: dict[str, int] = {}
    for one in new:
        for what, count in one.notes:
            notes[what] = notes.get(what, 0) + count
    for what, count in notes.items():
        page.line(f"{_of(count, what)}.", "dim", indent=2)
    for bias in dict.fromkeys(STREAMS[one.stream].bias for one in new if one.stream):
        page.line(bias, "dim", indent=2, hang=2)


def check(
    refused: Annotated[bool, typer.Option("--refused", help="Show every line that was refused, instead.")] = False,
    format: FormatOption = Format.TABLE,
    memory: MemoryOption = "2GB",
    archive: ArchiveOption = None,
) -> int:
    """Say what is in the archive, and what is wrong: refused lines, repeats, days and files that are missing.

    With --refused each refused line, where it stands, and why. The exit code is 3 where something is.
    """
    from dataclasses import asdict

    from cordiale.cli import SOME_FAILED
    from cordiale.cli.printing import Page, put_json, put_rows, written
    from cordiale.events.check import check as checked

    with opened(archive, memory) as desk:
        if refused:
            return _refused(desk, format)
        found = checked(desk)
    if format is Format.TABLE:
        page = Page()
        if not found:
            page.line("Nothing is in it: cordiale events ingest FILES.")
        for one in found:
            _show(page, one)
    elif format is Format.JSON:
        put_json([{name: _plain(value, written) for name, value in asdict(one).items()} for one in found])
    else:
        plain = ("stream", "files", "replaced", "events", "rejected", "dyadic", "first", "last")
        counted = ("gaps", "missing", "lost")
        rows = [[getattr(o, n) for n in plain] + [len(getattr(o, n)) for n in counted] for o in found]
        put_rows(format, (*plain, *counted), rows)
    return 0 if all(one.sound for one in found) else SOME_FAILED


def _refused(desk: Archive, format: Format) -> int:
    """Every refused line of the files that count."""
    from cordiale.cli import SOME_FAILED
    from cordiale.cli.printing import Page, put_rows

    lines = [(one.stream, one.name, it.line, it.why, it.text) for one in desk.ledger.files() if one.rejected
             for it in desk.ledger.rejects(one.md5)]  # fmt: skip
    if format is not Format.TABLE:
        put_rows(format, ("stream", "file", "line", "why", "text"), lines)
    else:
        page = Page()
        for _, name, line, why, text in lines:
            page.line(f"{name}, line {line}: {why}: {text[:80]}")
        if not lines:
            page.line("No line was refused.")
    return SOME_FAILED if lines else 0


def _plain(value: Any, written: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {name: _plain(part, written) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part, written) for part in value]
    return written(value)


def _show(page: Page, one: StreamCheck) -> None:
    from cordiale.events.streams import STREAMS

    page.title(STREAMS[one.stream].title + (f", {one.first} to {one.last}" if one.first else ""))
    pairs = f", in {one.paired:,} pairs" if one.paired > one.dyadic else ""
    replaced = f", and {one.replaced:,} that later releases replaced" if one.replaced else ""
    page.line(f"{many(one.files, 'file')}{replaced}; {many(one.events, 'event')}, {one.dyadic:,} of them between two "
              f"different actors{pairs}.", indent=2, hang=2)  # fmt: skip
    told = "; ".join(
        f"{count:,} ({count / max(one.paired, 1):.1%}) by {policy}" for policy, count in one.repeats if count
    )
    page.line(f"Told again: {told or 'none by any policy'}.", indent=2, hang=2)
    for what, count in (
        *one.notes,
        ("lines refused", one.rejected),
        ("numbers of events that came again", one.numbers_that_repeat),
    ):
        if count:
            page.line(f"{_of(count, what)}.", indent=2, hang=2)
    for why, count, where in one.reasons:
        page.line(f"{count:,} as {why}: {where}{' and after' if count > 1 else ''}.", "dim", indent=4, hang=2)
    if one.gaps:
        first = ", ".join(f"{gap.first} to {gap.last}" if gap.days > 1 else f"{gap.first}" for gap in one.gaps[:5])
        page.line(f"{many(sum(gap.days for gap in one.gaps), 'day')} with nothing new, unknown and not quiet: {first}"
                  f"{', ...' if len(one.gaps) > 5 else ''}.", "red", indent=2, hang=2)  # fmt: skip
    if one.missing:
        first = ", ".join(f"{stamp:%Y-%m-%d %H:%M}" for stamp in one.missing[:5])
        page.line(f"{many(len(one.missing), 'file')} missing between the first and the last: {first}"
                  f"{', ...' if len(one.missing) > 5 else ''}.", "red", indent=2, hang=2)  # fmt: skip
    if one.lost:
        page.line(f"{many(len(one.lost), 'part')} of the archive lost from the disk: {one.lost[0]}; take the files in "
                  "again into a new archive.", "red", indent=2, hang=2)  # fmt: skip
    if one.volume:
        years = ", ".join(f"{year} {count:,}" for year, count in one.volume[-12:])
        lately = f", the last 12 of {len(one.volume)}" if len(one.volume) > 12 else ""
        page.line(f"Events by year{lately}: {years}.", indent=2, hang=2)
    page.line(STREAMS[one.stream].bias, "dim", indent=2, hang=2)


def export(
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Where to: .parquet, or .csv.")],
    dyad_days: Annotated[bool, typer.Option("--dyad-days", help="Pairs by day instead of single events.")] = False,
    stream: StreamOption = None,
    sign: SignOption = "goldstein",
    repeats: RepeatsOption = "day-dyad-code-url",
    root: RootOption = False,
    place: InOption = None,
    source: SourceOption = None,
    since: FromOption = None,
    to: ToOption = None,
    known: KnownOption = None,
    memory: MemoryOption = "2GB",
    archive: ArchiveOption = None,
) -> None:
    """Write the events of a stream, or its pairs by day, with names in place of numbers, as Parquet or CSV.

    Single events are written as the stream has them, those told again too: policies are for --dyad-days.
    """
    from cordiale.cli.printing import Page
    from cordiale.errors import InvalidValue
    from cordiale.events.export import export_events

    with opened(archive, memory) as desk:
        name = the_stream(desk, stream)
        recipe = recipe_of(desk, sign, repeats, root=root, place=place, source=source)
        if not dyad_days and (sign, repeats) != ("goldstein", "day-dyad-code-url"):
            mend = "add --dyad-days: single events are written as they are, those told again too"
            raise InvalidValue("a policy for single events", f"{sign}, {repeats}", mend)
        rows = export_events(desk, output, stream=name, recipe=recipe, dyad_days=dyad_days, **days(since, to, known))
    Page().line(f"{many(rows, 'row')} in {output}.")
