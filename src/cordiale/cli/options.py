"""The options that commands share, and the examples that end each help text.

`opened` finds the dossier: `-d` after the command, else before it, else CORDIALE_DOSSIER, else ./cordiale.dossier.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cordiale.errors import DossierError

if TYPE_CHECKING:
    from cordiale.dossier import Dossier

DEFAULT_DOSSIER = "cordiale.dossier"


class Format(StrEnum):
    """How results are shown."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


DossierOption = Annotated[
    str | None,
    typer.Option(
        "--dossier", "-d", metavar="FILE", show_default=False,
        help="The dossier: a file, or postgresql://...  [CORDIALE_DOSSIER, else ./cordiale.dossier]",
    ),
]  # fmt: skip
FormatOption = Annotated[Format, typer.Option("--format", help="How to show the result.")]
AtOption = Annotated[
    str | None,
    typer.Option(
        "--at", metavar="DATE", show_default=False,
        help="As it was on this day; a year or a month means its last day.  [today]",
    ),
]  # fmt: skip
KnownOption = Annotated[
    str | None,
    typer.Option(
        "--known", metavar="DATE", show_default=False,
        help="By what was published by this day.  [everything]",
    ),
]  # fmt: skip
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", show_default=False, help="Who says so.  [your login name]")
]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", show_default=False, help="The reason.")]


def epilog(*examples: str) -> str:
    """What ends a help text: examples that can be run, a line each."""
    lines = "\n".join(f"  {example}" for example in examples)
    return f"\b\nExamples:\n{lines}"


def where(ctx: typer.Context, dossier: str | None) -> str:
    """The dossier that a command is about."""
    return dossier or ctx.obj or os.environ.get("CORDIALE_DOSSIER") or DEFAULT_DOSSIER


def opened(ctx: typer.Context, dossier: str | None, *, create: bool = False) -> Dossier:
    """That dossier, open. Where there is none and `create` is not asked for, a `DossierError` says how to begin."""
    import cordiale

    name = where(ctx, dossier)
    if not create and "://" not in name and not Path(name).exists():
        raise DossierError(
            name, "there is no such dossier", "begin one with: cordiale read FILES, or name another with -d"
        )
    return cordiale.open(name, create=create)


def signer(by: str | None) -> str:
    """Who signs a review: as said, else the login name."""
    import getpass

    if by and by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise typer.BadParameter("say who you are: --by NAME") from error
