"""When an actor's ties turned: the days on which their readings went from one side to another, each with its quote.

Stretches of one side that follow each other, firm or leaning, are one here, and so are those that have only what is
unknown between them; a tie that is unknown at the end did turn. A day is a held day. Nothing is explained by anything
but claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cordiale.claims import Actor
from cordiale.reports.brief import Turn
from cordiale.ties import Cause, Stance
from cordiale.wording import words

if TYPE_CHECKING:
    from cordiale.dossier import SourcedEpisode, SourcedTie
    from cordiale.reports.quoting import Register

_WORDS = {Stance.CONTESTED: "disputed", Stance.UNKNOWN: "too little is said"}


def told(stance: Stance) -> str:
    """A stance in the words of a report.

    >>> told(Stance.LEANING_FRIENDLY), told(Stance.CONTESTED)
    ('leaning friendly', 'disputed')
    """
    return _WORDS.get(stance, words(stance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A turn before its quote is drawn: on which day the tie with another went from one stance to another, and why."""

    day: date
    other: Actor
    before: Stance | None
    episode: SourcedEpisode


def turned(tie: SourcedTie) -> tuple[Turned, ...]:
    """The turns of a tie, the earliest first."""
    sides: list[list[SourcedEpisode]] = []
    history = tie.episodes()
    for place, one in enumerate(history):
        if one.stance is Stance.UNKNOWN and place < len(history) - 1:
            continue
        if sides and _side(sides[-1][-1].stance) == _side(one.stance):
            sides[-1].append(one)
        else:
            sides.append([one])
    before = [None, *(side[-1].stance for side in sides)]
    return tuple(
        Turned(day=side[0].start, other=tie.b, before=was, episode=side[0])
        for was, side in zip(before, sides, strict=False)
        if not (was is None and side[0].stance is Stance.UNKNOWN)
    )


def turns(ties: Sequence[SourcedTie], most: int, register: Register) -> tuple[tuple[Turn, ...], int]:
    """The latest turns of some ties in the order of their days, and how many came before them."""
    found = sorted((one for tie in ties for one in turned(tie)), key=lambda one: (one.day, one.other.name))
    left = max(0, len(found) - most)
    return tuple(_quoted(one, register) for one in found[left:]), left


def _quoted(one: Turned, register: Register) -> Turn:
    claims = one.episode.because(1)
    said = register.said(claims)
    exact = [claim.held.start_text for claim in claims if claim.held.start == one.day]
    return Turn(
        day=one.day, when=(exact[0] if exact else None) or str(one.day), other=one.other,
        before=None if one.before is None else told(one.before),
        after=told(one.episode.stance), sign=one.episode.stance.sign, faded=one.episode.cause is Cause.FADED,
        said=said[0] if said else None,
    )  # fmt: skip


def _side(stance: Stance) -> Stance:
    return {1: Stance.FRIENDLY, -1: Stance.HOSTILE}.get(stance.sign, stance)
