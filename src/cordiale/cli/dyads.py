"""`cordiale events series`, `dyads` and `top`: pairs of an archive of events through time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cordiale.cli.archives import (
    ArchiveOption,
    DirectedOption,
    EveryOption,
    FromOption,
    InOption,
    KnownOption,
    LevelOption,
    MemoryOption,
    RepeatsOption,
    RootOption,
    SignOption,
    SourceOption,
    StreamOption,
    ToOption,
    days,
    many,
    nothing,
    opened,
    progress,
    recipe_of,
    rows_of,
    stated,
    the_stream,
    when,
)
from cordiale.cli.options import Format, FormatOption, epilog

if TYPE_CHECKING:
    import pyarrow

    from cordiale.dossier.dealings import Dealing
    from cordiale.events import Archive
    from cordiale.events.dyads import Recipe
    from cordiale.events.series import Series

EngineOption = Annotated[
    str, typer.Option("--engine", metavar="NAME", help="What adds events up: duckdb, or spark (extra: spark).")
]
PrintSqlOption = Annotated[
    bool, typer.Option("--print-sql", help="Print the SQL of the dyad-days for duckdb, spark, bigquery or trino.")
]
SqlTableOption = Annotated[
    str, typer.Option("--table", metavar="NAME", help="The table of that SQL, laid out as the archive's Parquet.")
]
SORTS = ("events", "cooperative", "conflictual", "mean")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    for command, short, examples in (
        (
            series,
            "Show how two sides dealt with each other.",
            ("cordiale events series Russia Ukraine", "cordiale events series Russia/MIL Ukraine --every week"),
        ),
        (
            dyads,
            "Write every pair of a stream as a table.",
            ("cordiale events dyads --every month --format csv", "cordiale events dyads --half-life 90"),
        ),
        (
            top,
            "Show the pairs with most events.",
            ("cordiale events top", "cordiale events top --by conflictual --limit 5"),
        ),
    ):
        app.command(short_help=short, epilog=epilog(*examples))(command)


def series(
    a: Annotated[str, typer.Argument(metavar="A", help="A state (Syria), a role of it (Syria/MIL), a group, a bloc.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The other side.")],
    every: EveryOption = "month",
    stream: StreamOption = None,
    sign: SignOption = "goldstein",
    repeats: RepeatsOption = "day-dyad-code-url",
    root: RootOption = False,
    place: InOption = None,
    source: SourceOption = None,
    since: FromOption = None,
    to: ToOption = None,
    known: KnownOption = None,
    directed: DirectedOption = False,
    changes: Annotated[
        bool, typer.Option("--changes", help="Tell when it changed, with the events around and their addresses.")
    ] = False,
    figure: Annotated[
        str | None, typer.Option("--figure", metavar="FILE", show_default=False, help="Draw it into an SVG file, too.")
    ] = None,
    format: FormatOption = Format.TABLE,
    memory: MemoryOption = "2GB",
    archive: ArchiveOption = None,
) -> None:
    """Show how two sides dealt with each other through time: events, cooperation and conflict in points of the scale.

    Roles are GOV, MIL, REB, OPP and CVL; a bloc is its members of each day; code:SYRMIL is an actor as the stream has
    it. A period on which the stream has nothing at all is unknown, and told as such.
    """
    from cordiale.cli.printing import Page, put_rows, warn
    from cordiale.dossier.dealings import dealings, dealings_figure
    from cordiale.events.series import coverage
    from cordiale.events.series import series as asked

    with opened(archive, memory) as desk:
        found = asked(
            desk, a, b, stream=the_stream(desk, stream), every=every,
            recipe=recipe_of(desk, sign, repeats, root=root, place=place, source=source),
            directed=directed, **days(since, to, known),
        )  # fmt: skip
        shifts = dealings(desk, found) if changes or figure else ()
        if figure:
            dealings_figure(found, shifts, coverage(desk, found)).save(figure)
            warn(f"cordiale: drawn into {figure}")
        if not found.table.num_rows:
            warn(f"cordiale: {nothing(desk, found.stream)}")
        if changes:
            _changed(shifts, found, format, since=since, to=to)
            return
    rows = rows_of(found.table)
    if format is not Format.TABLE:
        of = stated(found.stream, found.recipe, since=since, to=to, known=known, directed=directed)
        of |= {"a": found.a, "b": found.b}
        put_rows(format, (*of, *found.table.column_names), [(*of.values(), *row) for row in rows])
        return
    page = Page()
    page.title(found.title)
    shown = [row for row in rows if row[1]]
    table = [
        (str(period), f"{events:g}", _point(plus), _point(minus), _point(mean, 2), f"{volume:,}",
         "" if share is None else f"{share:,.1f}")
        for period, events, plus, minus, mean, volume, share in shown
    ]  # fmt: skip
    if shown:
        for line in page.rows(("period", "events", "cooperative", "conflictual", "mean", "volume", "per 100k"), table):
            page.text(line)
    unknown = sum(row[1] is None for row in rows)
    if quiet := len(rows) - len(shown) - unknown:
        page.line(f"{'And ' if shown else ''}{many(quiet, every)} without an event between them.", "dim")
    if unknown:
        page.line(f"And {many(unknown, every)} on which the stream has nothing at all: unknown, and not quiet.", "dim")
    from cordiale.events.streams import STREAMS

    page.line(STREAMS[found.stream].bias, "dim")


def _changed(found: tuple[Dealing, ...], series: Series, format: Format, *, since: str | None, to: str | None) -> None:
    """Each shift with the events around it."""
    from cordiale.cli.printing import Page, put_rows

    if format is not Format.TABLE:
        known = None if series.known is None else str(series.known)
        of = stated(series.stream, series.recipe, since=since, to=to, known=known, directed=series.directed)
        names = (
            *of,
            "measure",
            "eve",
            "day",
            "before",
            "after",
            "event_id",
            "event_day",
            "a",
            "b",
            "code",
            "score",
            "url",
        )
        put_rows(format, names, [
            (*of.values(), one.measure, one.point.eve, one.point.day, one.point.before,
             one.point.after, e.event_id, e.day, e.a, e.b, e.code, e.score, e.url) for one in found for e in one.events
        ])  # fmt: skip
        return
    page = Page()
    page.title(series.title)
    counts = [count for count in series.table["events"].to_pylist() if count is not None]
    page.line(f"{sum(counts):g} events in {sum(map(bool, counts))} of {many(len(counts), series.every)} of which the "
              "stream has anything; the fewer, the less stands out.", "dim")  # fmt: skip
    if not found:
        page.line("No shift stands out from the noise.")
    for one in found:
        what = f"events a {series.every}" if one.measure == "events" else "mean"
        page.line(f"{one.point.eve} to {one.point.day}: {what} {one.told}", "bold")
        for e in one.events:
            score = "" if e.score is None else f", {_point(e.score)}"
            kind = f"code {e.code}" if e.code else "no code"
            page.line(f"{e.day} {e.a} to {e.b}: {kind}{score} [{e.event_id}]", indent=2, hang=2)
            if e.url:
                page.line(e.url, "dim", indent=4)


def dyads(
    every: Annotated[
        str | None,
        typer.Option("--every", metavar="PERIOD", show_default=False, help="By day, week, month or quarter."),
    ] = None,
    half_life: Annotated[
        float | None,
        typer.Option("--half-life", metavar="DAYS", show_default=False, help="As a state that fades, at month ends."),
    ] = None,
    level: LevelOption = "state",
    stream: StreamOption = None,
    sign: SignOption = "goldstein",
    repeats: RepeatsOption = "day-dyad-code-url",
    root: RootOption = False,
    place: InOption = None,
    source: SourceOption = None,
    since: FromOption = None,
    to: ToOption = None,
    known: KnownOption = None,
    directed: DirectedOption = False,
    engine: EngineOption = "duckdb",
    print_sql: PrintSqlOption = False,
    sql_table: SqlTableOption = "events",
    format: FormatOption = Format.CSV,
    memory: MemoryOption = "2GB",
    archive: ArchiveOption = None,
) -> None:
    """Write every pair of a stream as a table: added up, by period, or as a fading state at the end of each month.

    Events are first added up by pair and day; Spark does that where it is asked to, and the SQL of it is printed for
    any of the engines. The rest is done here.
    """
    from cordiale.cli.printing import warn
    from cordiale.errors import InvalidValue

    if every is not None and half_life is not None:
        raise InvalidValue("both --every and --half-life", every, "leave one out: a state that fades is told by month")
    with opened(archive, memory) as desk:
        name, recipe = the_stream(desk, stream), recipe_of(desk, sign, repeats, root=root, place=place, source=source)
        if print_sql:
            from cordiale.events.portable import sql

            typer.echo(sql(desk, name, recipe, dialect=engine, table=sql_table))
            return
        _added_up_by(engine, desk, name, recipe)
        table = _pairs(
            desk, name, recipe, level=level, every=every, half_life=half_life, directed=directed,
            **days(since, to, known),
        )  # fmt: skip
        if not table.num_rows:
            warn(f"cordiale: {nothing(desk, name, level)}")
    of = stated(name, recipe, since=since, to=to, known=known, directed=directed)
    of |= {} if half_life is None else {"half_life": half_life}
    _put(Format.CSV if format is Format.TABLE else format, of, table)


def _added_up_by(engine: str, desk: Archive, stream: str, recipe: Recipe) -> None:
    """Have the dyad-days made where somebody wants them made."""
    from cordiale.errors import InvalidValue, UnknownName

    if engine == "spark":
        from cordiale.events.spark import cells

        with progress("adding up") as tell:
            cells(desk, stream, recipe, progress=tell)
    elif engine in ("bigquery", "trino"):
        mend = "print its SQL with --print-sql, and run it there"
        raise InvalidValue("an engine that is not asked from here", engine, mend)
    elif engine != "duckdb":
        raise UnknownName("engine", engine, ("duckdb", "spark", "bigquery", "trino"))


def top(
    by: Annotated[
        str, typer.Option("--by", metavar="WHAT", help="events, cooperative, conflictual or mean.")
    ] = "events",
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Pairs to show.")] = 20,
    level: LevelOption = "state",
    stream: StreamOption = None,
    sign: SignOption = "goldstein",
    repeats: RepeatsOption = "day-dyad-code-url",
    root: RootOption = False,
    place: InOption = None,
    source: SourceOption = None,
    since: FromOption = None,
    to: ToOption = None,
    known: KnownOption = None,
    directed: DirectedOption = False,
    format: FormatOption = Format.TABLE,
    memory: MemoryOption = "2GB",
    archive: ArchiveOption = None,
) -> None:
    """Show the pairs that dealt most with each other, in cooperation or in conflict."""
    import pyarrow.compute as pc

    from cordiale.cli.printing import Page, warn
    from cordiale.errors import UnknownName

    if by not in SORTS:
        raise UnknownName("order of pairs", by, SORTS)
    with opened(archive, memory) as desk:
        name, recipe = the_stream(desk, stream), recipe_of(desk, sign, repeats, root=root, place=place, source=source)
        table = _pairs(
            desk, name, recipe, level=level, every=None, half_life=None, directed=directed, **days(since, to, known)
        )
        if not table.num_rows:
            warn(f"cordiale: {nothing(desk, name, level)}")
        names = {actor.id: actor.name for actor in desk.identities.actors.values()}
    order = "ascending" if by == "conflictual" else "descending"
    best = pc.sort_indices(table, sort_keys=[(by, order)])[:limit]  # the alphabet where they are alike
    table = table.take(best)
    if format is not Format.TABLE:
        _put(format, stated(name, recipe, since=since, to=to, known=known, directed=directed), table)
        return
    from cordiale.events.streams import STREAMS

    page = Page()
    page.title(f"{STREAMS[name].title}: {recipe.words}{when(since, to, known)}")
    if not table.num_rows:
        return
    for line in page.rows(("", "events", "cooperative", "conflictual", "mean"), [
        (f"{names.get(one, one)} {'towards' if directed else 'and'} {names.get(other, other)}", f"{events:g}",
         _point(plus), _point(minus), _point(mean, 2))
        for one, other, events, plus, minus, mean in rows_of(table)
    ]):  # fmt: skip
        page.text(line)
    if level != "actor":
        page.line("Pairs of whom the catalogue has; of everybody with --level actor.", "dim")
    page.line(STREAMS[name].bias, "dim")


def _put(format: Format, of: Mapping[str, Any], table: pyarrow.Table) -> None:
    """Pairs, each with by what it was counted."""
    from cordiale.cli.printing import put_rows

    put_rows(format, (*of, *table.column_names), ((*of.values(), *row) for row in rows_of(table)))


def _pairs(
    desk: Archive, stream: str, recipe: Recipe, *, level: str, every: str | None,
    half_life: float | None, since: date | None, until: date | None, known: date | None, directed: bool,
) -> pyarrow.Table:  # fmt: skip
    from cordiale.errors import UnknownName
    from cordiale.events.pairs import Level, month_ends, pairs, states
    from cordiale.events.series import Every

    for what, value, kinds in (("end of a pair", level, Level), ("period", every, Every)):
        if value is not None and value not in list(kinds):
            raise UnknownName(what, value, [str(kind) for kind in kinds])
    how: dict[str, Any] = {
        "stream": stream, "recipe": recipe, "level": Level(level),
        "since": since, "known": known, "directed": directed,
    }  # fmt: skip
    if half_life is not None:
        return states(desk, month_ends(desk, how["stream"], since, until), half_life=half_life, **how)
    return pairs(desk, every=None if every is None else Every(every), until=until, **how)


def _point(value: float | None, places: int = 1) -> str:
    return "" if value is None else f"{value:+.{places}f}" if value else "0"
