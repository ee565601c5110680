"""What a measure is taken of: a dossier, or a plain table of ties given with --ties.

Either way a command gets the ties of a day, what to call actors, and, where there is one, the dossier with the claims
behind. What was wrong with a table is told on stderr.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.options import opened

if TYPE_CHECKING:
    from cordiale.claims import Claim
    from cordiale.datasets import TieTable
    from cordiale.dossier import Dossier
    from cordiale.dossier.mapping import NamedSnapshot
    from cordiale.networks import Interval, SignedNetwork
    from cordiale.networks.signed import Ties

TiesOption = Annotated[
    Path | None,
    typer.Option(
        "--ties", metavar="FILE", show_default=False,
        help="Measure a table of ties (.csv, .csv.gz, .parquet) instead of a dossier.",
    ),
]  # fmt: skip
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns", metavar="ROLE=NAME,...", show_default=False,
        help="What the table's columns are: a, b, sign, weight, relation, begin, end, last or year.",
    ),
]  # fmt: skip
WeightedOption = Annotated[bool, typer.Option("--weighted", help="Count ties by their strength, not one each.")]
FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", show_default=False, help="Show the course from this day on.")
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="DATE", show_default=False, help="The course's end; the same as --at.")
]
EveryOption = Annotated[str, typer.Option(metavar="STEP", help="Steps of the course: day, week, month, quarter, year.")]
LimitOption = Annotated[float, typer.Option("--time-limit", metavar="SECONDS", help="How long to look for a proof.")]
DrawsOption = Annotated[int, typer.Option(min=0, metavar="N", help="Graphs drawn for the 90 % interval; 0 for none.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A dossier or a table, with the clocks that were asked for."""

    dossier: Dossier | None
    table: TieTable | None
    known: str | None
    names: Mapping[str, str] = field(repr=False)

    def called(self, actor: str) -> str:
        """The name of an actor."""
        if self.dossier is None or actor in self.names:
            return self.names.get(actor, actor)
        catalogue = self.dossier.catalogue()
        return catalogue[actor].name if actor in catalogue else actor

    def find(self, name: str) -> str:
        """The id of an actor, or its label in the table."""
        if self.dossier is not None:
            return self.dossier.find(name).id
        assert self.table is not None
        from cordiale.errors import UnknownName

        labels = {label.casefold(): label for label in self.table.actors}
        if name.casefold() not in labels:
            raise UnknownName("actor", name, self.table.actors, f"{self.table.name} does not have it")
        return labels[name.casefold()]

    def day(self, at: str | None) -> date | None:
        """The day that is meant: as asked; else today, or the last day on which anything in the table held."""
        from cordiale.dossier.days import last_day

        if at is not None:
            return last_day(at)
        if self.dossier is not None:
            return self.dossier.today()
        assert self.table is not None
        return self.table.last

    def on(self, day: date | None) -> Ties:
        """The ties of a day."""
        if self.dossier is not None:
            return self.dossier.snapshot(day, self.known)
        assert self.table is not None
        return self.table.at(day)

    def snapshot(self, day: date | None) -> NamedSnapshot:
        """The ties of a day of a dossier, for what takes claims."""
        assert self.dossier is not None
        return self.dossier.snapshot(day, self.known)

    def over(self, days: Sequence[date | None]) -> Iterator[Ties]:
        """The ties of each of these days."""
        if self.dossier is not None:
            yield from self.dossier.snapshots([day for day in days if day is not None], self.known)
        else:
            yield from map(self.on, days)

    def course(self, since: str, to: str | None, every: str) -> list[date]:
        """The days from one to another, a step apart."""
        from cordiale.dossier.days import first_day, steps

        end = self.day(to)
        return list(steps(first_day(since), end or date.max - timedelta(days=400), every))

    def claims(self, day: date | None, a: str, b: str, limit: int) -> list[Claim]:
        """The weightiest claims behind a tie; none for a table, whose rows are all there is."""
        if self.dossier is None or not limit:
            return []
        from itertools import islice

        tie = self.snapshot(day).tie(a, b)
        return list(islice(self.dossier.drawn(tie.claims[:limit]), limit))


def signs_of(ties: Ties) -> Ties:
    """The ties of a table without their strengths; a dossier's as they are."""
    return [tie[:3] for tie in ties] if isinstance(ties, list) else ties


def intervals(
    ties: Ties, measure: Callable[[SignedNetwork], Mapping[Any, float]], draws: int, *, weighted: bool = False
) -> dict[Any, Interval]:
    """The 90 % intervals of a measure over the graphs that a dossier's ties may be; of a table, and of no draws, none.

    What takes over two seconds shows how far it is.
    """
    from cordiale.networks import intervals as over
    from cordiale.ties import Snapshot

    if not draws or not isinstance(ties, Snapshot):
        return {}
    with progress("drawing") as tell:
        return over(ties, measure, n=draws, weighted=weighted, progress=lambda done: tell(done, draws))


def interval_text(found: Interval | None) -> str:
    """An interval in a table; a dash where there is none."""
    return "-" if found is None or found.low is None else f"{found.low:.2f}–{found.high:.2f}"


def interval_object(found: Interval | None) -> dict[str, float | None] | None:
    """An interval as JSON has it."""
    if found is None:
        return None
    return {"low": found.low, "median": found.median, "high": found.high, "draws": found.draws}


@contextmanager
def source(
    ctx: typer.Context, dossier: str | None, ties: Path | None, columns: str | None, *, known: str | None = None
) -> Iterator[Source]:
    """The dossier that is named, or the table, open."""
    if ties is None:
        if columns is not None:
            raise typer.BadParameter("--columns says what a table's columns are: give --ties too")
        with opened(ctx, dossier) as found:
            yield Source(dossier=found, table=None, known=known, names=found.names())
        return
    if dossier is not None or known is not None:
        raise typer.BadParameter("--ties takes a table instead of a dossier: leave out -d and --known")
    from cordiale.cli import SOME_FAILED

    found_table = table(ties, columns)
    yield Source(dossier=None, table=found_table, known=None, names={})
    if found_table.notes.refused:
        raise typer.Exit(SOME_FAILED)


def table(file: Path, columns: str | None) -> TieTable:
    """A table of ties; what is wrong with it is told on stderr."""
    from cordiale.cli.printing import warn
    from cordiale.datasets import read_ties

    found = read_ties(file, columns=mapping(columns))
    for line in found.notes.lines():
        warn(f"cordiale: {found.name}: {line}")
    return found


def mapping(columns: str | None) -> dict[str, str]:
    """`a=state1,b=state2` as a mapping from roles to columns."""
    found = {}
    for part in (columns or "").split(","):
        role, _, name = (piece.strip() for piece in part.partition("="))
        if part.strip():
            if not role or not name:
                raise typer.BadParameter(f"{part!r} is not ROLE=NAME: write --columns a=state1,b=state2")
            found[role] = name
    return found


def progress(what: str) -> AbstractContextManager[Callable[[int, int], None]]:
    """A bar on stderr for what takes over two seconds; nothing where stderr is no terminal."""
    import sys

    return _bar(what) if sys.stderr.isatty() else nullcontext(lambda _done, _of: None)


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    import time

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shown = Progress(
        TextColumn(what, markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    began = time.monotonic()
    task: Any = None

    def tell(done: int, of: int) -> None:
        nonlocal task
        if task is None and time.monotonic() - began > 2:
            shown.start()
            task = shown.add_task("", total=of)
        if task is not None:
            shown.update(task, completed=done, total=of)

    try:
        yield tell
    finally:
        shown.stop()
