"""What a brief says in its own words: the answer, what is unknown, the method. Plain English for a tired reader.

A sentence says what sources say and never more: no claim becomes a fact here. Nothing is weighed; what was weighed is
told with its certainty. Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from cordiale.claims import UNCLEAR
from cordiale.networks.running_out import Answer
from cordiale.reports.state import many
from cordiale.ties import Stance

if TYPE_CHECKING:
    from cordiale.columns import ClaimColumns
    from cordiale.dossier import Outlook, SourcedTie, Who
    from cordiale.reports.brief import ToldTie
    from cordiale.reports.citations import Reference

NAMES = 12
"""Names that a sentence lists."""

ANSWERS = {
    Answer.YES: "Yes, by what these sources say.",
    Answer.NO: "No, by what these sources say.",
    Answer.UNCLEAR: "The sources point neither way.",
    Answer.ABSTAIN: "The sources do not carry an answer.",
}

FADED = "Nothing new was said that day; this had ended, or had grown old without being said again:"
AGREED = "Of the ties told of here, no two sources say opposite things."
NOTHING_UNKNOWN = "What no source says is unknown, and not untrue."

METHOD = (
    "A program read the documents and kept each sentence that it took to say how two actors stand, with who says so, "
    "how firmly and of when. It takes no side, and no claim is a fact: read each stance as “according to”.",
    "Each claim weighs by how firmly it is made, how old it is and who makes it: a document's own word in full, a "
    "quoted party's less, an adversary's least. Copies of one story count once; a reported end closes what was before.",
    "A tie is friendly or hostile where one side outweighs the other with probability 0.9 or more; below, it leans. "
    "It is disputed where strong evidence stands on both sides. One statement alone makes it lean, and never more.",
    "Weight runs from −1 (hostile) to +1 (friendly). Certainty, from 0 to 1, says how much evidence there is at all. "
    "Unknown is not neutral, and no source is not zero.",
    "What counts is what held on the day asked about and was published by the day named, if one is. The program errs: "
    "it passes over claims, and misreads some. Check the quotes, and that their sources are what you would choose.",
)
"""How a brief comes about, in five lines."""


def answer(who: Who) -> Iterator[str]:
    """Who stands with the actor, in a few sentences."""
    name, known = who.actor.name, f", as known on {who.known}" if who.known else ""
    counted = (*who.allies, *who.adversaries, *who.neutral, *who.disputed)
    if not counted:
        said = "too little is said of any tie" if who.ties else "no claim that counts names it"
        yield f"Nothing can be said of who stood with {name} on {who.at}{known}: {said}."
        return
    sides = f"{_none(len(who.allies), 'ally', 'allies')} and {_none(len(who.adversaries), 'adversary', 'adversaries')}"
    split = who.split
    disputed = f"{many(split, 'tie is', 'ties are')} disputed" if split else "no tie is disputed"
    yield f"According to what was read, {name} had {sides} on {who.at}{known}; {disputed}."
    for head, ties in (
        ("Allies", who.allies), ("Adversaries", who.adversaries), ("Neutral", who.neutral), ("Disputed", who.disputed),
    ):  # fmt: skip
        if ties:
            yield f"{head}: {listed(tie.b.name for tie in ties)}."
    yield _firmness([*who.allies, *who.adversaries])


def _firmness(ties: Sequence[SourcedTie]) -> str:
    firm = [tie.b.name for tie in ties if tie.stance in {Stance.FRIENDLY, Stance.HOSTILE}]
    if not firm:
        return "None of these readings is firm: each leans, for it rests on too few independent voices to say more."
    if len(firm) == len(ties):
        return "All of these readings are firm."
    return f"Firm are the readings of {listed(firm)}; the others lean, for they rest on too few independent voices."


def question(outlook: Outlook) -> str:
    """Whether the actor is running out of allies."""
    return f"Is {outlook.actor.name} running out of allies? {ANSWERS[outlook.answer]}"


def reasons(outlook: Outlook) -> Iterator[str]:
    """Why, in a sentence each; of many allies lost or gained the latest are named."""
    yield from (one for one in outlook.reasons if not one.startswith(("Lost: ", "Gained: ")))
    for head, changes in (("Lost", outlook.lost), ("Gained", outlook.gained)):
        if changes:
            yield f"{head} in the year before: {listed(f'{one.actor.name} ({one.day})' for one in changes[::-1])}."


def unknown(who: Who, ties: Sequence[ToldTie], columns: ClaimColumns, references: Sequence[Reference]) -> Iterator[str]:
    """What the brief cannot say, and how one-sided what it rests on is. `columns` are the claims about the actor."""
    name = who.actor.name
    if who.unknown:
        yield f"Named together with {name}, but too little is said: {listed(tie.b.name for tie in who.unknown)}."
    if who.gone:
        yield f"Left out, for they were no more by then: {listed(tie.b.name for tie in who.gone)}."
    if silent := silent_years(columns, who.at):
        yield f"No claim about {name} is dated to, or was published in, {listed(silent)}."
    unclear = int((columns.confidence < UNCLEAR).sum())
    if unclear:
        yield (
            f"{many(unclear, 'claim', 'claims')} about {name} of which the program is not sure "
            f"{'does' if unclear == 1 else 'do'} not count."
        )
    later = [one.number for one in references if one.published is not None and one.published > who.at]
    if later:
        yield f"Published after {who.at}, so that nobody could have known it then: {_cited(later)}."
    undated = [one.number for one in references if one.published is None]
    if undated:
        yield f"Without a date of their own, and counted from the day on which they were read: {_cited(undated)}."
    outlets = {one.publisher for one in references}
    if len(references) > 1 and len(outlets) == 1 and None not in outlets:
        yield f"All {len(references)} sources are of one publisher, {outlets.pop()}: one view, however many quotes."
    elif len(references) == 1:
        yield "All of it rests on a single source."
    alone = [tie.other.name for tie in ties if len({said.number for said in tie.quotes}) == 1 and not tie.left]
    if alone and len(references) > 1:
        yield f"By one source alone: {listed(alone)}."


def silent_years(columns: ClaimColumns, at: date) -> list[str]:
    """The years up to a day, from the first with a claim on, in which no claim begins, ends or was published."""
    days = [columns.start, columns.known, np.where(columns.end > 0, columns.end - 1, 0)]
    ordinals = np.unique(np.concatenate(days)) if len(columns) else np.zeros(0, dtype=np.int64)
    years = {date.fromordinal(int(day)).year for day in ordinals if day > 0}
    years = {year for year in years if year <= at.year}
    missing = [year for year in range(min(years, default=at.year), at.year + 1) if year not in years]
    runs: list[list[int]] = []
    for year in missing:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]


def listed(names: Iterable[str]) -> str:
    """Names in a row, and how many more there are.

    >>> listed([]), listed(["A"]), listed(["A", "B", "C"])
    ('', 'A', 'A, B and C')
    """
    found = list(names)
    if len(found) > NAMES:
        return f"{', '.join(found[:NAMES])} and {len(found) - NAMES} more"
    return " and ".join(part for part in (", ".join(found[:-1]), *found[-1:]) if part)


def _cited(numbers: Iterable[int]) -> str:
    return listed(f"[{number}]" for number in numbers)


def _none(count: int, one: str, more: str) -> str:
    return many(count, one, more) if count else f"no {one}"
