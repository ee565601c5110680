"""`cordiale events divergence`: where what is said of two and what they do part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cordiale.cli.archives import (
    ArchiveOption,
    InOption,
    MemoryOption,
    RepeatsOption,
    RootOption,
    SignOption,
    SourceOption,
    StreamOption,
    many,
    recipe_of,
    the_stream,
    when,
)
from cordiale.cli.archives import opened as archive_opened
from cordiale.cli.options import AtOption, DossierOption, Format, FormatOption, KnownOption, epilog, opened

if TYPE_CHECKING:
    from cordiale.cli.printing import Page
    from cordiale.dossier.divergence import Divergence


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    examples = ("cordiale events divergence --at 2024", "cordiale events divergence --at 2024 --format csv")
    app.command(short_help="Show where what is said and done part.", epilog=epilog(*examples))(divergence)


def divergence(
    ctx: typer.Context,
    at: AtOption = None,
    known: KnownOption = None,
    half_life: Annotated[
        float, typer.Option("--half-life", metavar="DAYS", help="After how many days an event counts half.")
    ] = 180.0,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Pairs to show.")] = 20,
    stream: StreamOption = None,
    sign: SignOption = "goldstein",
    repeats: RepeatsOption = "day-dyad-code-url",
    root: RootOption = False,
    place: InOption = None,
    source: SourceOption = None,
    format: FormatOption = Format.TABLE,
    memory: MemoryOption = "2GB",
    archive: ArchiveOption = None,
    dossier: DossierOption = None,
) -> None:
    """Show the pairs that behave otherwise than sources say they stand: an ally that shoots, an enemy that trades.

    What is said is the tie of the dossier, what is agreed that by the treaties of its datasets alone, and what is done
    comes from the stream of events; none corrects another.
    """
    from cordiale.cli.printing import Page, put_rows
    from cordiale.dossier.divergence import LEAST, divergences
    from cordiale.dossier.layers import treaties
    from cordiale.events.behaviour import behaviour
    from cordiale.ties import Stance

    with opened(ctx, dossier) as found, archive_opened(archive, memory) as desk:
        snapshot = found.snapshot(at, known)
        name = the_stream(desk, stream)
        recipe = recipe_of(desk, sign, repeats, root=root, place=place, source=source)
        done = behaviour(
            desk, snapshot.at, stream=name, half_life=half_life, recipe=recipe, known=snapshot.known,
        )  # fmt: skip
        parted, names = divergences(snapshot, done, treaties=treaties(found, snapshot)), found.names()
    if format is Format.TABLE:
        page = Page()
        page.title(f"What is said and what is done, on {snapshot.at}{when(None, None, known)}; {name}, {recipe.words}, "
                   f"half-life {half_life:g} days")  # fmt: skip
        if parted:
            _show(page, parted, names, limit)
        else:
            ties = sum(tie.stance is not Stance.UNKNOWN for tie in snapshot.at_a_glance())
            pairs = sum(one.events >= LEAST for one in done)
            page.line(f"None: of {many(ties, 'tie')} known that day and {many(pairs, 'pair')} with {LEAST:g} events "
                      "or more, less what has faded, no two are of the same actors.")  # fmt: skip
        told = "a state by its government, its forces and itself; `series` counts whoever lives in a state, too"
        page.line(f"Of actors of the catalogue with {LEAST:g} events or more, less what has faded: {told}.", "dim")
        return
    columns = ("stream", "recipe", "half_life", "at", "known", "a", "b", "value", "said", "stance", "done", "events",
               "agreed")  # fmt: skip
    put_rows(format, columns, [
        (name, recipe.name, half_life, snapshot.at, snapshot.known, one.a, one.b, one.value,
         one.tie.weight, one.tie.stance, one.behaviour.weight, one.behaviour.events,
         None if one.agreed is None else one.agreed.weight)
        for one in parted
    ])  # fmt: skip


def _show(page: Page, parted: tuple[Divergence, ...], names: dict[str, str], limit: int) -> None:
    from cordiale.cli.printing import words

    for line in page.rows(("", "said", "", "agreed", "done", "events", "apart"), [
        (f"{names.get(one.a, one.a)} and {names.get(one.b, one.b)}", words(one.tie.stance), f"{one.tie.weight:+.2f}",
         "" if one.agreed is None else f"{one.agreed.weight:+.2f}", f"{one.behaviour.weight:+.2f}",
         f"{one.behaviour.events:.1f}", f"{one.value:+.2f}")
        for one in parted[:limit]
    ]):  # fmt: skip
        page.text(line)
    if (left := len(parted) - limit) > 0:
        page.line(f"and {left:,} more; show them with --limit {len(parted)}", "dim")
    page.line("Apart, above 0: behaves worse than it is said to stand. Agreed: by treaties of datasets, if any.", "dim")
