"""`cordiale review`: a person's verdict on a claim."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cordiale.cli.options import ByOption, DossierOption, WhyOption, epilog, opened


class Word(StrEnum):
    """What a reviewer says."""

    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        short_help="Accept or reject a claim.",
        epilog=epilog(
            'cordiale review 0123456789abcdef reject --by "A. Analyst" --why "the quote is about 1999"',
            "cordiale review 0123456789abcdef accept",
        ),
    )(review)


def review(
    ctx: typer.Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id, as `cordiale claims` shows it.")],
    word: Annotated[Word, typer.Argument(metavar="accept|reject|withdraw", help="The verdict.")],
    by: ByOption = None,
    why: WhyOption = "",
    dossier: DossierOption = None,
) -> None:
    """Accept or reject a claim. A rejected claim counts no more; it stays in the dossier, with the verdict beside it.

    The latest verdict stands: accept a claim to bring it back, or withdraw what you said of it.
    """
    from cordiale.claims import Verdict
    from cordiale.cli.options import signer
    from cordiale.cli.printing import Page

    verdict = {Word.ACCEPT: Verdict.ACCEPTED, Word.REJECT: Verdict.REJECTED, Word.WITHDRAW: Verdict.WITHDRAWN}[word]
    with opened(ctx, dossier) as found:
        found.review(claim.strip("[]"), verdict, by=signer(by), reason=why)
        Page().line(f"claim {claim} {verdict}")
