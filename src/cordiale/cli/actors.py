"""`cordiale actors`: who is in the dossier, and who is who."""

from __future__ import annotations

from typing import Annotated

import typer

from cordiale.cli.options import ByOption, DossierOption, Format, FormatOption, WhyOption, epilog, opened

app = typer.Typer(
    name="actors",
    help="List actors, add your own, and say which names are one actor.",
    epilog=epilog("cordiale actors list", "cordiale actors show Hamas"),
    no_args_is_help=True,
    rich_markup_mode=None,
)
DocumentOption = Annotated[
    str | None,
    typer.Option(metavar="SHA256", show_default=False, help="Only in this document.  [everywhere]"),
]


@app.command("list", epilog=epilog("cordiale actors list", "cordiale actors list '~' --format csv"))
def list_(
    ctx: typer.Context,
    pattern: Annotated[
        str, typer.Argument(metavar="[PATTERN]", show_default=False, help="A part of a name or id; ~ is provisional.")
    ] = "",
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """List the dossier's actors, those with the most claims first. The ids of provisional ones begin with ~."""
    from cordiale.cli.printing import Page, put_rows, warn, words

    with opened(ctx, dossier) as found:
        table = found.actors(pattern)
    if format is not Format.TABLE:
        put_rows(format, table.columns, table.rows())
    elif table:
        page = Page()
        rows = ((e.actor.name, e.actor.id, words(e.actor.kind), str(e.claims)) for e in table)
        for line in page.rows(("name", "id", "kind", "claims"), rows, indent=0):
            page.text(line)
    if not table:
        warn("no actor is so" if pattern else "the dossier has no actors yet: read something first")


@app.command(epilog=epilog("cordiale actors show Hamas", "cordiale actors show iran --format json"))
def show(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="A name, or an id.")],
    format: FormatOption = Format.TABLE,
    dossier: DossierOption = None,
) -> None:
    """Show an actor: its names, codes, members and offices, each with when it held."""
    from rich.text import Text

    from cordiale.cli.printing import Page, put_json, put_rows, words
    from cordiale.plain import one_line

    with opened(ctx, dossier) as found:
        who = found.find(actor)
        catalogue = found.catalogue()
    facts = [("id", who.id), ("kind", words(who.kind)), ("origin", str(who.origin))]
    facts += [("parent", catalogue[who.parent].name if who.parent in catalogue else who.parent)] if who.parent else []
    facts += [("there", str(who.held))] if who.held.start or who.held.end else []
    for what, items in (
        ("name", [(n.text, n.held) for n in who.names]),
        ("code", [(f"{c.scheme} {c.value}", c.held) for c in who.codes]),
        ("member", [(catalogue[m.actor].name if m.actor in catalogue else m.actor, m.held) for m in who.members]),
        ("purpose", [(p, None) for p in who.purposes]),
        (
            "office",
            [(f"{o.title} of {catalogue[o.of].name if o.of in catalogue else o.of}", o.held) for o in who.offices],
        ),
        ("leader", [(f"{a.name}, {o.title}", o.held) for a, o in catalogue.leaders(who.id)]),
        ("identity", [(f"{i.facet}: {i.value}", i.held) for i in who.identities]),
    ):
        facts += [(what, text + (f" {held}" if held and (held.start or held.end) else "")) for text, held in items]
    if format is Format.JSON:
        grouped: dict[str, object] = {"name": who.name}
        for what, text in facts:
            if what in ("id", "kind", "origin", "parent", "there"):
                grouped[what] = text
            else:
                grouped.setdefault("identities" if what == "identity" else what + "s", []).append(text)  # type: ignore[attr-defined]
        put_json(grouped)
    elif format is not Format.TABLE:
        put_rows(format, ("actor", "what", "value"), ((who.name, what, text) for what, text in facts))
    else:
        page = Page()
        page.title(who.name)
        before = ""
        for what, text in facts:
            line = Text(f"{'' if what == before else what:<10}", style="dim")
            line.append(one_line(text), "default")
            page.text(line, indent=2, hang=10)
            before = what


@app.command(
    epilog=epilog("cordiale actors add my-actors.csv", "cordiale actors add my-actors.csv -d cordiale.dossier")
)
def add(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="CSV with the columns id, kind, name, ...; or TOML.")],
    dossier: DossierOption = None,
) -> None:
    """Add actors of your own.

    What is read from now on knows them; what was read before keeps its names: merge those.
    """
    from cordiale.cli.printing import Page

    with opened(ctx, dossier, create=True) as found:
        count = found.add_actors(file)
        Page().line(f"{count:,} actors new or changed in {found.name}")


@app.command(
    epilog=epilog(
        "cordiale actors merge '~dawn-brigade' '~northern-dawn-brigade' --why 'its short name'",
        "cordiale actors merge '~northern-dawn-brigade' Hamas --by 'A. Analyst'",
    )
)
def merge(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="A", help="The actor that is no other than...")],
    into: Annotated[str, typer.Argument(metavar="B", help="...this one.")],
    document: DocumentOption = None,
    by: ByOption = None,
    why: WhyOption = "",
    dossier: DossierOption = None,
) -> None:
    """Say that one actor is another: all claims about A count as claims about B, until you split them."""
    from cordiale.cli.options import signer
    from cordiale.cli.printing import Page

    with opened(ctx, dossier) as found:
        found.identify(actor, into, document=document, by=signer(by), reason=why)
        Page().line(f"{actor} is {found.find(into).name}{' in that document' if document else ''}")


@app.command(
    epilog=epilog(
        "cordiale actors split '~dawn-brigade' --why 'another unit'", "cordiale actors split '~northern-dawn-brigade'"
    )
)
def split(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="A", help="The actor that was merged into another.")],
    document: DocumentOption = None,
    by: ByOption = None,
    why: WhyOption = "",
    dossier: DossierOption = None,
) -> None:
    """Take a merge back: A is itself again, everywhere, or in one document."""
    from cordiale.cli.options import signer
    from cordiale.cli.printing import Page

    with opened(ctx, dossier) as found:
        found.identify(actor, document=document, by=signer(by), reason=why)
        Page().line(f"{actor} stands for itself{' in that document' if document else ''}")
