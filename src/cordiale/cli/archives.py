"""What commands on event streams share: the archive, its options, and how days, policies and tables are taken."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    import pyarrow

    from cordiale.events import Archive
    from cordiale.events.dyads import Recipe

DEFAULT = "cordiale.events"
ArchiveOption = Annotated[
    str | None,
    typer.Option(
        "--archive", "-a", metavar="FOLDER", show_default=False,
        help="The archive of events.  [CORDIALE_EVENTS, else ./cordiale.events]",
    ),
]  # fmt: skip
MemoryOption = Annotated[str, typer.Option("--memory", metavar="SIZE", help="How much the engine may take.")]
StreamOption = Annotated[
    str | None,
    typer.Option("--stream", metavar="NAME", show_default=False, help="Which stream.  [the only one of the archive]"),
]
SignOption = Annotated[
    str, typer.Option("--sign", metavar="POLICY", help="By what events are friendly: goldstein, quad or plover.")
]
RepeatsOption = Annotated[
    str,
    typer.Option(
        "--repeats", metavar="POLICY",
        help="What is one event told again: none, event_id, day-dyad-code-url or day-dyad-code.",
    ),
]  # fmt: skip
RootOption = Annotated[bool, typer.Option("--root", help="Count the main events of stories alone.")]
InOption = Annotated[
    str | None,
    typer.Option("--in", metavar="STATE", show_default=False, help="Count what happened there alone.  [anywhere]"),
]
SourceOption = Annotated[
    str | None,
    typer.Option("--source", metavar="HOST", show_default=False, help="Count what it told of alone.  [everything]"),
]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", show_default=False, help="From this day on.  [the first]")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", show_default=False, help="To the end of this day.  [the last]")
]
KnownOption = Annotated[
    str | None,
    typer.Option("--known", metavar="DATE", show_default=False, help="By what was known by this day.  [everything]"),
]
EveryOption = Annotated[str, typer.Option("--every", metavar="PERIOD", help="day, week, month or quarter.")]
LevelOption = Annotated[
    str, typer.Option("--level", metavar="ENDS", help="Pairs of: state, catalogue, or actor of the stream.")
]
DirectedOption = Annotated[bool, typer.Option("--directed", help="Count what A did to B alone.")]


@contextmanager
def opened(archive: str | None, memory: str, *, create: bool = False) -> Iterator[Archive]:
    from cordiale.events import Archive, ArchiveError

    folder = archive or os.environ.get("CORDIALE_EVENTS") or DEFAULT
    with progress("adding up") as tell, Archive(Path(folder), memory=memory, create=create, progress=tell) as found:
        try:
            yield found
        except _out_of_memory() as error:
            raise ArchiveError(
                folder, "that takes more memory than the engine may", "give more with --memory"
            ) from error


def _out_of_memory() -> Any:
    """What the engine raises where it has too little, if there is an engine."""
    return getattr(sys.modules.get("duckdb"), "OutOfMemoryException", ())


@contextmanager
def archive_if_any(archive: str | None, memory: str) -> Iterator[Archive | None]:
    """The archive that is named, or the one that lies where one is looked for; None where none does."""
    folder = archive or os.environ.get("CORDIALE_EVENTS")
    if folder is None and not (Path(DEFAULT) / "ledger.sqlite").exists():
        yield None
        return
    with opened(folder, memory) as found:
        yield found


def the_stream(desk: Archive, asked: str | None) -> str:
    from cordiale.errors import InvalidValue, UnknownName

    have = sorted({one.stream for one in desk.ledger.files()})
    if asked is not None:
        if asked not in have:
            raise UnknownName("stream of this archive", asked, have)
        return asked
    if len(have) != 1:
        told = f"say which with --stream: {', '.join(have)}" if have else "take files in: cordiale events ingest FILES"
        raise InvalidValue(f"an archive of {'several' if have else 'no'} streams", desk.called, told)
    return have[0]


def recipe_of(
    desk: Archive, sign: str, repeats: str, *, root: bool, place: str | None = None, source: str | None = None
) -> Recipe:
    from cordiale.errors import UnknownName
    from cordiale.events.dyads import Recipe, Repeats
    from cordiale.events.scores import Sign

    for what, value, kinds in (("sign policy", sign, list(Sign)), ("policy of repeats", repeats, list(Repeats))):
        if value not in kinds:
            raise UnknownName(what, value, [str(kind) for kind in kinds])
    there = None if place is None else desk.identities.find(place).id
    return Recipe(sign=Sign(sign), repeats=Repeats(repeats), root=root, place=there, source=source)


def days(since: str | None, to: str | None, known: str | None) -> dict[str, date | None]:
    from datetime import timedelta

    from cordiale.dossier.days import first_day, last_day

    return {
        "since": None if since is None else first_day(since),
        "until": None if to is None else last_day(to) + timedelta(days=1),
        "known": None if known is None else last_day(known),
    }


def stated(
    stream: str, recipe: Recipe, *, since: str | None, to: str | None, known: str | None, directed: bool
) -> dict[str, Any]:
    """By what a table was counted, for each of its rows."""
    return {
        "stream": stream, "recipe": recipe.name, "from": since, "to": to, "known": known, "directed": directed,
    }  # fmt: skip


def when(since: str | None, to: str | None, known: str | None) -> str:
    """Of which days an answer is, for its title.

    >>> when("2018", None, "2019-05-01")
    '; from 2018; as known on 2019-05-01'
    """
    told = (("from", since), ("to", to), ("as known on", known))
    return "".join(f"; {what} {day}" for what, day in told if day is not None)


def nothing(desk: Archive, stream: str, level: str = "actor") -> str:
    """Why an answer may be empty."""
    from cordiale.events.archive import ArchiveError
    from cordiale.events.series import span

    try:
        there = span(desk, stream)
    except ArchiveError:  # it can only be read, and nobody has asked for that before
        return "nothing is known of that"
    told = "no events at all" if there is None else f"events from {there[0]} to {there[1]}"
    ends = "" if level == "actor" else f"; with --level actor those have pairs that are of no {level}"
    return f"nothing is known of that: {stream} has {told}{ends}"


def rows_of(table: pyarrow.Table) -> list[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True)) if table.num_columns else []


def many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def progress(what: str) -> Any:
    """Which of how many files or years, on stderr, while there is one to wait for; nothing where it is no terminal."""
    from contextlib import nullcontext

    if not sys.stderr.isatty():
        return nullcontext(None)

    @contextmanager
    def shown() -> Iterator[Callable[[int, int, str], None]]:
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        task = bar.add_task(what, total=None)

        def tell(done: int, of: int, name: str) -> None:
            bar.update(task, completed=done, total=of, description=Path(name).name[:40])
            if done < of:
                bar.start()
            else:  # what is printed next is not for the bar to write over
                bar.stop()

        try:
            yield tell
        finally:
            bar.stop()

    return shown()
