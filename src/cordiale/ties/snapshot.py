"""All ties on a day, as known on a day: a signed graph of who stands with whom.

`assess` makes one from claims; `tie` gives a single tie. A pair of which nothing is known has no tie, which is not the
same as a neutral one. Nothing is drawn without a seed.
Clocks: `at` is a held day, `known` a published one (None: everything known).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cordiale.columns import ClaimColumns
from cordiale.errors import UnknownName
from cordiale.relations import Layer
from cordiale.ties.disputes import disputed
from cordiale.ties.episodes import since as stretch_starts
from cordiale.ties.evidence import CLASSES, Evidence, Rows, weigh
from cordiale.ties.policy import DEFAULT_POLICY, EvidencePolicy
from cordiale.ties.posterior import STANCES, Posterior, Stance, posterior
from cordiale.ties.tie import Contribution, Tie

if TYPE_CHECKING:
    import networkx

_UNKNOWN = STANCES.index(Stance.UNKNOWN)
_NEUTRAL = STANCES.index(Stance.NEUTRAL)


def assess(
    columns: ClaimColumns,
    at: date,
    *,
    known: date | None = None,
    layer: Layer | None = None,
    policy: EvidencePolicy = DEFAULT_POLICY,
) -> Snapshot:
    """All ties on a day. `layer` weighs only statuses, or only acts.

    >>> from cordiale.claims import Citation, Claim
    >>> from cordiale.periods import Period
    >>> from cordiale.relations import relation
    >>> claim = Claim(subject="iran", relation=relation("ally_of"), object="syria", sign=1, reader="hand",
    ...     evidence=Citation(dataset="notes", version="1", row="1"), held=Period.parse("1982"),
    ...     published=date(2011, 5, 1))
    >>> snapshot = assess(ClaimColumns.from_claims([claim]), date(2011, 6, 1))
    >>> [(tie.other("iran"), tie.stance.value, str(tie.since)) for tie in snapshot.allies("iran")]
    [('syria', 'leaning_friendly', '1982-01-01')]
    """
    return Snapshot(weigh(columns, known=known, layer=layer, policy=policy), at=at)


def tie(
    columns: ClaimColumns,
    a: str,
    b: str,
    at: date,
    *,
    known: date | None = None,
    layer: Layer | None = None,
    policy: EvidencePolicy = DEFAULT_POLICY,
) -> Tie:
    """One tie on a day; where nothing is known of the pair, an unknown one without claims.

    `columns` should hold what documents say of quoted speakers too, not only the pair's claims: who is hostile to whom
    is read from it. An actor that no claim names is an `UnknownName`.
    """
    evidence = weigh(columns, known=known, layer=layer, policy=policy)
    ends = [_number(columns.actors, actor) for actor in (a, b)]
    found = evidence.find(*ends)
    return Snapshot(evidence, at=at, ties=np.array([] if found is None else [found], dtype=np.int64)).tie(a, b)


class Snapshot:
    """Ties on a day, in the order of their actors' ids. `ties` restricts it to some ties of the evidence.

    `actors` are the ids of those that have a tie; `ends`, shape (ties, 2), are indices into them. `masses`, shape
    (ties, 2, 3), is the evidence by layer (status, act) and class (friendly, hostile, neutral); `posterior` holds what
    it amounts to.
    """

    def __init__(self, evidence: Evidence, *, at: date, ties: NDArray[np.int64] | None = None) -> None:
        self.at = at
        self.known = None if evidence.known_day is None else date.fromordinal(evidence.known_day)
        self.policy = evidence.policy
        self._evidence = evidence
        asked = np.arange(len(evidence)) if ties is None else ties
        rows = evidence.rows(asked, np.full(len(asked), at.toordinal()))
        count = np.bincount(rows.query, minlength=len(asked))
        heard = np.flatnonzero(count)
        self._ties = asked[heard]
        self._rows, self._mass = rows.row, rows.mass
        self._query = (np.cumsum(count > 0) - 1)[rows.query]
        self._last = np.cumsum(count[heard])
        cell = self._query * 6 + evidence.layer[rows.row] * 3 + evidence.kind[rows.row]
        masses = np.bincount(cell, weights=rows.mass, minlength=6 * len(heard))
        self.masses: NDArray[np.float64] = masses.astype(np.float64).reshape(-1, 2, 3)
        self.posterior: Posterior = posterior(self.masses.sum(axis=1), self.policy)
        numbers, ends = np.unique([evidence.a[self._ties], evidence.b[self._ties]], return_inverse=True)
        names = [evidence.columns.actors[number] for number in numbers.tolist()]
        order = sorted(range(len(names)), key=names.__getitem__)
        rank = np.empty(len(names), dtype=np.int64)
        rank[order] = np.arange(len(names))
        self.actors: tuple[str, ...] = tuple(names[place] for place in order)
        self.ends: NDArray[np.int64] = rank[ends.reshape(2, -1)].T
        self._since = np.full(len(heard), -1, dtype=np.int64)

    @property
    def evidence(self) -> Evidence:
        """What the ties are read from."""
        return self._evidence

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The number of each tie in the evidence, ascending: two snapshots of one evidence have the same for a tie."""
        return self._ties

    def __len__(self) -> int:
        return len(self._ties)

    def __iter__(self) -> Iterator[Tie]:
        places = np.arange(len(self))
        self._since_of(places[self.posterior.stance != _UNKNOWN])  # all at once is quicker than one by one
        return iter(self._make(places))

    def at_a_glance(self) -> tuple[Tie, ...]:
        """Every tie, in the order of iteration, without looking up since when: quicker, where nobody asks."""
        return self._make(np.arange(len(self)))

    def __repr__(self) -> str:
        return f"<Snapshot of {len(self)} ties among {len(self.actors)} actors at {self.at}>"

    def allies(self, actor: str) -> tuple[Tie, ...]:
        """The actor's friendly ties, firm or leaning, the strongest first."""
        return self._where(actor, (Stance.FRIENDLY, Stance.LEANING_FRIENDLY))

    def adversaries(self, actor: str) -> tuple[Tie, ...]:
        """The actor's hostile ties, firm or leaning, the strongest first."""
        return self._where(actor, (Stance.HOSTILE, Stance.LEANING_HOSTILE))

    def neutral(self, actor: str) -> tuple[Tie, ...]:
        """The actor's ties with evidence of neutrality; those of which nothing is known are not among them."""
        return self._where(actor, (Stance.NEUTRAL,))

    def ties(self, actor: str) -> tuple[Tie, ...]:
        """All of the actor's ties, the strongest first."""
        return self._where(actor, STANCES)

    def tie(self, a: str, b: str) -> Tie:
        """The tie of two actors; an unknown one without claims where nothing is known of the pair."""
        columns = self._evidence.columns
        found = self._evidence.find(_number(columns.actors, a), _number(columns.actors, b))
        place = int(np.searchsorted(self._ties, -1 if found is None else found))
        if found is None or place == len(self) or self._ties[place] != found:
            nothing = posterior(np.zeros((1, 3)), self.policy)
            return self._value((min(a, b), max(a, b)), nothing, 0)
        return self._make(np.array([place]))[0]

    def sample(self, n: int, seed: int | np.random.Generator) -> NDArray[np.int8]:
        """Signs of all ties, drawn `n` times from their posteriors: shape (n, ties), in the order of iteration.

        Each draw settles which of θ₊ and θ₋ is larger, so that a tie is friendly in a share `p_friendly` of the draws
        and hostile in the others, just as its stance is judged. Unknown and neutral ties are 0 in every draw.
        """
        sided = ~np.isin(self.posterior.stance, (_UNKNOWN, _NEUTRAL))
        drawn = np.random.default_rng(seed).random((n, len(self)))
        signs = np.where(drawn < self.posterior.p_friendly, 1, -1) * sided
        return signs.astype(np.int8)

    def to_networkx(self) -> networkx.Graph:
        """A graph of the ties that are not unknown; `sign` and `weight` (absolute) are two attributes.

        Edges also carry `p_friendly`, `certainty`, `evidence`, `stance`, `disputed` and `since` (a date).
        """
        import networkx

        graph = networkx.Graph(at=self.at.isoformat())
        graph.add_nodes_from(self.actors)
        shown = np.flatnonzero(self.posterior.stance != _UNKNOWN)
        since, disputed, post = self._since_of(shown), self._disputed, self.posterior
        for place, start in zip(shown, since, strict=True):
            a, b = self.ends[place]
            stance = STANCES[post.stance[place]]
            graph.add_edge(
                self.actors[a], self.actors[b], sign=stance.sign, weight=abs(float(post.weight[place])),
                p_friendly=float(post.p_friendly[place]), certainty=float(post.certainty[place]),
                evidence=float(post.evidence[place]), stance=stance.value, disputed=bool(disputed[place]),
                since=date.fromordinal(int(start)),
            )  # fmt: skip
        return graph

    def id_of(self, actor: str) -> str:
        """The id of an actor as it is asked for: here the id itself."""
        return actor

    def places(self, actor: str) -> NDArray[np.int64]:
        """The places, in the order of iteration, of the actor's ties; an id that no claim names is an `UnknownName`."""
        _number(self._evidence.columns.actors, actor)
        if actor not in self.actors:
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero((self.ends == self.actors.index(actor)).any(axis=1))

    def _where(self, actor: str, stances: tuple[Stance, ...]) -> tuple[Tie, ...]:
        places = self.places(actor)
        codes = [STANCES.index(stance) for stance in stances]
        places = places[np.isin(self.posterior.stance[places], codes)]
        post = self.posterior
        strength = np.maximum(np.abs(post.weight), post.evidence * (post.stance == STANCES.index(Stance.NEUTRAL)))
        return self._make(places[np.lexsort((places, -strength[places]))])

    def _make(self, places: NDArray[Any]) -> tuple[Tie, ...]:
        divergence, disputed = self._divergence, self._disputed
        return tuple(
            self._value(
                (self.actors[self.ends[place, 0]], self.actors[self.ends[place, 1]]),
                self.posterior,
                int(place),
                divergence=None if np.isnan(divergence[place]) else float(divergence[place]),
                disputed=bool(disputed[place]),
                behind=self,
            )
            for place in places
        )

    def _value(
        self,
        ends: tuple[str, str],
        post: Posterior,
        place: int,
        *,
        divergence: float | None = None,
        disputed: bool = False,
        behind: Snapshot | None = None,
    ) -> Tie:
        return Tie(
            a=ends[0], b=ends[1], at=self.at, known=self.known, stance=STANCES[post.stance[place]],
            p_friendly=float(post.p_friendly[place]), weight=float(post.weight[place]),
            certainty=float(post.certainty[place]), evidence=float(post.evidence[place]),
            ambivalence=float(post.ambivalence[place]), disputed=disputed, divergence=divergence, behind=behind,
            place=place,
        )  # fmt: skip

    def since_of(self, place: int) -> date:
        """The first day of the stretch that the tie at a place, in the order of iteration, is in."""
        return date.fromordinal(int(self._since_of(np.array([place]))[0]))

    def contributions_of(self, place: int) -> tuple[Contribution, ...]:
        """What each claim gives to the tie at a place, in the order of iteration; the weightiest first."""
        low, high = (int(self._last[place - 1]) if place else 0), int(self._last[place])
        rows, mass = self._rows[low:high], self._mass[low:high]
        numbers = self._evidence.columns.number[self._evidence.claim[rows]]
        signs = np.array(CLASSES)[self._evidence.kind[rows]]
        order = np.lexsort((numbers, -mass))
        parts = zip(numbers[order].tolist(), signs[order].tolist(), mass[order].tolist(), strict=True)
        return tuple(Contribution(claim=claim, sign=sign, weight=weight) for claim, sign, weight in parts)

    def _since_of(self, places: NDArray[Any]) -> NDArray[np.int64]:
        missing = places[self._since[places] < 0]
        if len(missing):
            self._since[missing] = stretch_starts(self._evidence, self._ties[missing], at=self.at)
        found: NDArray[np.int64] = self._since[places]
        return found

    @cached_property
    def _divergence(self) -> NDArray[np.float64]:
        layers = posterior(self.masses, self.policy)
        enough = (layers.evidence >= self.policy.least_evidence).all(axis=1)
        return np.where(enough, (layers.weight[:, 0] - layers.weight[:, 1]) / 2, np.nan)

    @cached_property
    def _disputed(self) -> NDArray[np.bool_]:
        return disputed(self._evidence, Rows(query=self._query, row=self._rows, mass=self._mass), len(self))


def _number(actors: tuple[str, ...], actor: str) -> int:
    try:
        return actors.index(actor)
    except ValueError:
        raise UnknownName("actor", actor, actors, "no claim names it") from None
