"""How much the claims about each pair weigh for friendly, hostile and neutral, on any day.

`weigh` prepares claims once, whatever the day; `Evidence.masses` then answers for many pairs and days at once. It
knows no stance and no actor's merit, reads no clock and draws nothing.
Clocks: `at` is a held day, `known` a published one; a claim counts on a day if it began by then and was known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cordiale.claims import UNCLEAR, Certainty, Change
from cordiale.columns import CERTAINTIES, CHANGES, ClaimColumns, ordinal
from cordiale.relations import Layer
from cordiale.ties.attribution import Hostilities, months, pair_keys
from cordiale.ties.closing import Closers, Floats, Ints, expand
from cordiale.ties.policy import DEFAULT_POLICY, EvidencePolicy

CLASSES = (1, -1, 0)
"""The signs, in the order in which masses hold them."""

_CHUNK = 100_000  # rows expanded at a time: what is made of them stays in the processor's cache
_GONE = 50  # half-lives after which a claim weighs less than rounding


class Hindsight(StrEnum):
    """Whether a past day is judged by all that is known since (`full`), or by what was known on that day (`none`)."""

    FULL = "full"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Claims that count in a set of queries: for each, the query, the row, and its share of evidence mass."""

    query: Ints
    row: Ints
    mass: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Claims made ready to be weighed on any day, sorted by tie and by what is pooled with what.

    Ties are numbered 0... in the order of their actors' ids; `a` and `b` are actor numbers, a's id before b's; `first`
    and `count` give each tie's run of rows. One value a row: `claim` (row in `columns`), `tie`, `kind` (0 friendly,
    1 hostile, 2 neutral), `layer` (0 status, 1 act), `pool` (the episode), `told` (the episode and voice), `anchor`
    (ordinal of the first day on which it counts), `known`, `fades` (ordinal from which it halves every `half_life`
    days), `intensity`, `credible` (by source, speaker, certainty and confidence), `unsaid` (the same but for the
    speaker), `denied` (the sign that the claim denies). `speaker` holds, for rows of third speakers, the two pairs
    (speaker, party), else -1, and `late` the day from which the speaker's discount stands, else 0.
    """

    columns: ClaimColumns
    policy: EvidencePolicy
    hindsight: Hindsight
    known_day: int | None
    a: Ints
    b: Ints
    keys: Ints
    rank: Ints
    first: Ints
    count: Ints
    claim: Ints
    tie: Ints
    kind: Ints
    layer: Ints
    pool: Ints
    told: Ints
    anchor: Ints
    known: Ints
    fades: Ints
    half_life: Floats
    intensity: Floats
    credible: Floats
    unsaid: Floats
    denied: Ints
    speaker: Ints
    late: Ints
    closers: Closers
    hostilities: Hostilities

    def __len__(self) -> int:
        return len(self.a)

    def find(self, a: int, b: int) -> int | None:
        """The tie between two actor numbers, or None where nothing known is said of them."""
        key = pair_keys(np.array([a]), np.array([b]), self.rank)[0]
        place = int(np.searchsorted(self.keys, key))
        return place if place < len(self.keys) and self.keys[place] == key else None

    def masses(self, tie: NDArray[Any], day: NDArray[Any]) -> Floats:
        """Evidence for each query (a tie and an ordinal day): shape (queries, 2, 3), by layer and by class.

        Claims of one pair, class, relation and month of anchor are one episode, pooled over independent voices:
        g (1 - Π(1 - r a δ)), the noisy-or. The recency δ stands inside the product, so that a fresh confirmation
        counts as fresh and an old one beside it as old; with one voice this is g r a δ. What is left of a closed
        episode multiplies the whole: voices that agreed on a friendship do not each have to be told that it ended.
        """
        found = np.zeros((len(tie), 6))
        for low, high in self._chunks(tie):
            query, row, share, left = self._shares(tie[low:high], day[low:high])
            _, pooled, of = self._pool(query, row, share, left)
            cell = query[of] * 6 + self.layer[row[of]] * 3 + self.kind[row[of]]
            found[low:high] = np.bincount(cell, weights=pooled, minlength=6 * (high - low)).reshape(-1, 6)
        return found.reshape(-1, 2, 3)

    def rows(self, tie: NDArray[Any], day: NDArray[Any]) -> Rows:
        """The claims that stand behind each query, with the mass that each gives; a query's masses sum to its evidence.

        An episode's mass is divided among its claims by what each would weigh alone.
        """
        parts = []
        for low, high in self._chunks(tie):
            query, row, share, left = self._shares(tie[low:high], day[low:high])
            pools, pooled, of = self._pool(query, row, share, left)
            share = share if left is None else share * left
            total = np.add.reduceat(share, of) if len(of) else share
            with np.errstate(invalid="ignore", divide="ignore"):
                scale = np.where(total > 0, pooled / total, 0.0)
            parts.append((query + low, row, share * scale[pools]))
        if not parts:
            return Rows(query=np.zeros(0, np.int64), row=np.zeros(0, np.int64), mass=np.zeros(0))
        query, row, mass = (np.concatenate(column) for column in zip(*parts, strict=True))
        return Rows(query=query, row=row, mass=mass)

    def _chunks(self, tie: NDArray[Any]) -> Iterator[tuple[int, int]]:
        """Stretches of the queries that expand to a bounded number of rows."""
        ends = np.cumsum(self.count[tie])
        low = 0
        while low < len(tie):
            base = ends[low - 1] if low else 0
            high = max(low + 1, int(np.searchsorted(ends, base + _CHUNK, side="right")))
            yield low, high
            low = high

    def _shares(self, tie: NDArray[Any], day: NDArray[Any]) -> tuple[Ints, Ints, Floats, Floats | None]:
        """The rows that count in each query, credibility times recency of each, and what is left open of it."""
        tie, day = tie.astype(np.int64), day.astype(np.int64)
        query, row = self._candidates(tie, day)
        on = day[query]
        counts = self.anchor[row] <= on
        if self.hindsight is Hindsight.NONE:
            counts &= self.known[row] <= on
        query, row, on = query[counts], row[counts], on[counts]
        share = self.credible[row]
        early = np.flatnonzero(on < self.late[row])
        if len(early):
            # A report from later about this day: its speaker is judged by what held by this day.
            rows = row[early]
            share[early] = self.unsaid[rows] * _third(self.hostilities, self.policy, self.speaker[rows], on[early])
        share *= np.exp2(np.minimum(self.fades[row] - on, 0) / self.half_life[row])
        known = day if self.hindsight is Hindsight.NONE else np.full(len(day), np.iinfo(np.int64).max)
        return query, row, share, self.closers.left(query=query, row=row, tie=tie, day=day, known=known)

    def _candidates(self, tie: Ints, day: Ints) -> tuple[Ints, Ints]:
        """Every query with each row of its tie; of many days of one tie, only the rows that weigh anything on them."""
        if len(tie) < 2 or (tie != tie[0]).any():
            return expand(self.first[tie], self.count[tie])
        row = np.arange(self.first[tie[0]], self.first[tie[0]] + self.count[tie[0]])
        gone = self.fades[row] + _GONE * self.half_life[row] < day.min()
        row = row[(self.anchor[row] <= day.max()) & ~gone]
        return np.repeat(np.arange(len(day)), len(row)), np.tile(row, len(day))

    def _pool(self, query: Ints, row: Ints, share: Floats, left: Floats | None) -> tuple[Ints, Floats, Ints]:
        """For each row its episode; for each episode its mass, and the place of its first row."""
        if not len(row):
            return np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64)
        opens, speaks = np.ones(len(row), dtype=bool), np.ones(len(row), dtype=bool)
        pool, told = self.pool[row], self.told[row]
        opens[1:] = (pool[1:] != pool[:-1]) | (query[1:] != query[:-1])
        speaks[1:] = opens[1:] | (told[1:] != told[:-1])
        of, voices = np.flatnonzero(opens), np.flatnonzero(speaks)
        strongest = np.maximum.reduceat(share, voices)
        # 1 - Π(1 - x) loses small x to rounding; the sum of logarithms does not.
        with np.errstate(divide="ignore"):
            log_missed = np.log1p(-np.minimum(strongest, 1.0))
        pooled = -np.expm1(np.add.reduceat(log_missed, (np.cumsum(speaks) - 1)[of]))
        pooled *= self.intensity[row[of]]
        if left is not None:
            pooled *= np.maximum.reduceat(left, of)
        return np.cumsum(opens) - 1, pooled, of


def _third(hostilities: Hostilities, policy: EvidencePolicy, pairs: Ints, day: Ints) -> Floats:
    adverse = hostilities.hostile(pairs[:, 0], day) | hostilities.hostile(pairs[:, 1], day)
    return np.where(adverse, policy.adversary, policy.third_party)


def weigh(
    columns: ClaimColumns,
    *,
    known: date | None = None,
    layer: Layer | None = None,
    hindsight: Hindsight = Hindsight.FULL,
    policy: EvidencePolicy = DEFAULT_POLICY,
) -> Evidence:
    """Prepare claims to be weighed on any day.

    `known`: only what a reader could have known by then; None is everything. `layer`: only statuses (treaties,
    alliances, wars), or only acts. Reading rules: a claim that gives no start counts from the day it was known, or
    from the last day on which it says that it held; its `end` bounds a status, except in a claim that reports an end,
    which holds from that day on. A claim of an act decays from the last day of the act. Unclear claims do not count.

    >>> weigh(ClaimColumns.from_claims([])).masses(np.array([], dtype=int), np.array([], dtype=int)).shape
    (0, 2, 3)
    """
    acts = np.array([r.layer is Layer.ACT for r in columns.relations], dtype=bool)
    keep = columns.confidence >= UNCLEAR
    if known is not None:
        keep &= columns.known <= ordinal(known)
    # Who is hostile to whom matters only where somebody is quoted.
    told_of = keep if (columns.said_by >= 0).any() else np.zeros(len(columns), dtype=bool)
    heard = columns.where(told_of)
    if layer is not None:
        keep &= (acts if layer is Layer.ACT else ~acts)[columns.relation] if len(acts) else keep
    rank = np.empty(len(columns.actors), dtype=np.int64)
    rank[np.argsort(np.array(columns.actors, dtype=object), kind="stable")] = np.arange(len(columns.actors))
    hostilities = Hostilities.of(heard, day=_heard(heard, hindsight), rank=rank)
    kept = columns.where(keep)
    relation = kept.relation
    is_act = acts[relation] if len(acts) else np.zeros(len(kept), dtype=bool)
    is_ = {change: kept.change == CHANGES.index(change) for change in Change}
    denied = kept.certainty == CERTAINTIES.index(Certainty.DENIED)
    anchor, fades = _clock(kept, is_act, is_[Change.ENDS])
    half_life = np.array([r.half_life for r in kept.relations])[relation]
    bounded = (kept.end > 0) & ~is_act & ~is_[Change.ENDS]
    half_life = np.where(bounded, policy.ended_half_life, half_life)
    tried = is_[Change.ATTEMPTED] & ~is_act
    half_life = np.where(tried, np.minimum(half_life, policy.attempted_half_life), half_life)
    fades = np.where(tried, np.maximum(anchor, kept.end.astype(np.int64) - 1), fades)

    speaker, said = _speech(kept, hostilities, rank, policy)
    firmness = np.array([policy.certainties[certainty] for certainty in CERTAINTIES])[kept.certainty]
    changed = np.array([policy.changes.get(change, 1.0) for change in CHANGES])[kept.change]
    numbers, inverse = np.unique(kept.source, return_inverse=True)
    reliability = np.array([policy.reliability_of(int(number)) for number in numbers])[inverse]
    unsaid = reliability * firmness * changed * kept.confidence
    credible = unsaid * said
    kind = np.where(denied | (kept.sign == 0), 2, np.where(kept.sign > 0, 0, 1)).astype(np.int64)

    pair = pair_keys(kept.subject, kept.object, rank)
    keys, tie = np.unique(pair, return_inverse=True)
    tie = tie.astype(np.int64)
    month = months(anchor)
    # One key sorts quicker than five: tie, layer, kind, relation, month (which lies in -2**15..2**17).
    place = ((tie * 2 + is_act) * 3 + kind) * max(len(kept.relations), 1) + relation
    order = np.lexsort((kept.voice, place * 2**18 + (month + 2**15)))
    pool = _runs(tie[order], is_act[order], kind[order], relation[order], month[order])
    told = _runs(pool, kept.voice[order])
    count = np.bincount(tie, minlength=len(keys)).astype(np.int64)
    by_rank = np.argsort(rank)
    firm = np.where(kept.certainty == CERTAINTIES.index(Certainty.ASSERTED), credible, 0.0)
    sign = np.where(kind == 2, 0, np.where(kind == 0, 1, -1))
    closers = Closers.of(
        tie=tie[order], ties=len(keys), sign=sign[order], anchor=anchor[order],
        known=kept.known[order].astype(np.int64), voice=kept.voice[order].astype(np.int64),
        ends=is_[Change.ENDS][order] & ~is_act[order],
        begins=(is_[Change.BEGINS] | is_[Change.RESUMES])[order] & ~is_act[order],
        closable=~is_act[order], credible=firm[order], half_life=policy.ended_half_life,
    )  # fmt: skip
    return Evidence(
        columns=columns, policy=policy, hindsight=hindsight, known_day=None if known is None else ordinal(known),
        a=by_rank[keys // max(len(rank), 1)], b=by_rank[keys % max(len(rank), 1)], keys=keys, rank=rank,
        first=np.cumsum(count) - count, count=count, claim=np.flatnonzero(keep)[order], tie=tie[order],
        kind=kind[order], layer=is_act[order].astype(np.int64), pool=pool, told=told, anchor=anchor[order],
        known=kept.known[order].astype(np.int64), fades=fades[order], half_life=half_life[order],
        intensity=np.array([r.weight for r in kept.relations])[relation[order]], credible=credible[order],
        unsaid=unsaid[order], denied=np.where(denied, kept.sign, 0)[order].astype(np.int64), speaker=speaker[order],
        late=np.where(speaker[:, 0] >= 0, kept.known, 0)[order].astype(np.int64), closers=closers,
        hostilities=hostilities,
    )  # fmt: skip


def _clock(kept: ClaimColumns, is_act: NDArray[np.bool_], reports_end: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """The day from which each claim counts, and the day from which it fades."""
    start, end, known = (column.astype(np.int64) for column in (kept.start, kept.end, kept.known))
    undated = np.where((end > 0) & ~reports_end, np.minimum(known, end - 1), np.where(end > 0, end, known))
    anchor = np.where(start > 0, start, undated)
    last = np.maximum(anchor, end - 1)
    vouched = np.maximum(anchor, known)
    return anchor, np.where(is_act, last, np.where((end > 0) & ~reports_end, end, vouched))


def _heard(columns: ClaimColumns, hindsight: Hindsight) -> Ints:
    """The day from which each claim may tell who is hostile to whom."""
    start, known = columns.start.astype(np.int64), columns.known.astype(np.int64)
    anchor = np.where(start > 0, start, known)
    return anchor if hindsight is Hindsight.FULL else np.maximum(anchor, known)


def _speech(kept: ClaimColumns, hostilities: Hostilities, rank: Ints, policy: EvidencePolicy) -> tuple[Ints, Floats]:
    """For each row the pairs (speaker, party) of a third speaker, and the discount by who speaks."""
    quoted = kept.said_by >= 0
    party = (kept.said_by == kept.subject) | (kept.said_by == kept.object)
    third = np.flatnonzero(quoted & ~party)
    pairs = np.full((len(kept), 2), -1, dtype=np.int64)
    said = np.where(quoted, policy.party, 1.0)
    if len(third):
        speaker = kept.said_by[third]
        pairs[third, 0] = pair_keys(speaker, kept.subject[third], rank)
        pairs[third, 1] = pair_keys(speaker, kept.object[third], rank)
        said[third] = _third(hostilities, policy, pairs[third], kept.known[third].astype(np.int64))
    return pairs, said


def _runs(*columns: NDArray[Any]) -> Ints:
    """Numbers the runs of equal values, of rows that are sorted."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.int64)
    new = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.cumsum(new)
