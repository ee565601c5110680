"""Where actors stand in a graph: friends near each other, foes apart, and nobody on another's spot.

The same for the same ties, whatever their order: give the ties of all dates, and actors stay where they are when the
date moves. A spectral start (the leading vectors of the signed matrix, as Kunegis and others 2010 draw signed graphs)
tells the blocs apart; then a spring model after Fruchterman & Reingold (1991), whose repulsion is cut off, makes room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from cordiale.figures.encoding import DrawnTie
from cordiale.ties import Stance

Points = NDArray[np.float64]

FINEST = 10_000
"""Positions are told in this many parts of a side, so that rounding in the last place moves nobody."""
FEW = 250
"""Up to so many actors each is held off from all others; among more, from those that are near."""
REACH = 2.2
"""How far repulsion reaches among many, in ideal distances."""
ROUNDS, STEPS = 40, 90
"""Rounds of the spectral start, and steps of the springs."""
NEAR, NEUTRAL, APART = 0.9, 1.6, 4.0
"""How long the tie of friends, of neutrals and of foes would be, in ideal distances."""
GAP = 0.6
"""How close two actors may end up, in ideal distances, where there is room."""


@dataclass(frozen=True, slots=True)
class _Springs:
    """Ties by places of actors, each pair once, with a side between -1 and 1."""

    ends: NDArray[np.int64]
    sides: Points
    count: int

    @property
    def matrix(self) -> csr_matrix:
        """The sides as a symmetric matrix."""
        a, b = self.ends.T
        places = np.concatenate([a, b]), np.concatenate([b, a])
        return csr_matrix((np.concatenate([self.sides, self.sides]), places), shape=(self.count, self.count))


def positions(ties: Sequence[DrawnTie], *, seed: int = 0) -> dict[str, tuple[float, float]]:
    """A spot for each actor of some ties, in parts of a square: x to the right and y down, both within 0 and 1.

    No two actors have one spot. A pair that is given on several dates is taken by its mean side. Unknown ties pull
    nobody, but their actors have a place.

    >>> from cordiale.figures.encoding import DrawnTie
    >>> friends = DrawnTie(a="a", b="b", stance=Stance.FRIENDLY, weight=0.8, certainty=0.9)
    >>> foes = DrawnTie(a="b", b="c", stance=Stance.HOSTILE, weight=-0.8, certainty=0.9)
    >>> spots = positions([friends, foes])
    >>> near, far = (np.hypot(*np.subtract(spots["b"], spots[other])) for other in ("a", "c"))
    >>> bool(near < far), spots == positions([foes, friends])
    (True, True)
    """
    actors = sorted({actor for tie in ties for actor in (tie.a, tie.b)})
    if len(actors) < 2:
        return dict.fromkeys(actors, (0.5, 0.5))
    springs = _springs(ties, actors)
    rng = np.random.default_rng(seed)
    points = _settled(springs, _started(springs, rng), rng)
    return dict(zip(actors, _told(_roomy(_filling(points))), strict=True))


def _springs(ties: Sequence[DrawnTie], actors: Sequence[str]) -> _Springs:
    places = {actor: place for place, actor in enumerate(actors)}
    said: dict[tuple[int, int], tuple[int, int]] = {}  # whole numbers: their sum knows no order
    for tie in ties:
        if tie.stance is not Stance.UNKNOWN and tie.a != tie.b:
            low, high = sorted((places[tie.a], places[tie.b]))
            total, times = said.get((low, high), (0, 0))
            said[low, high] = total + tie.side, times + 1
    pairs = sorted(said)
    sides = np.array([said[pair][0] / said[pair][1] for pair in pairs], dtype=np.float64)
    return _Springs(np.array(pairs, dtype=np.int64).reshape(-1, 2), sides, len(actors))


def _started(springs: _Springs, rng: np.random.Generator) -> Points:
    """The two leading vectors of the signed matrix, by subspace iteration; shaken, as equals would coincide."""
    count = springs.count
    points = rng.normal(size=(count, 2))
    signed = springs.matrix
    degrees = np.asarray(abs(signed).sum(axis=1)).ravel()
    scale = 1 / np.sqrt(degrees + 1)
    for _ in range(ROUNDS):
        # With half of itself added the negative end of the spectrum, where foes would be drawn together, dies out.
        points = 0.5 * points + scale[:, None] * (signed @ (scale[:, None] * points))
        points[:, 0] /= np.linalg.norm(points[:, 0]) or 1.0
        points[:, 1] -= points[:, 0] * (points[:, 0] @ points[:, 1])
        points[:, 1] /= np.linalg.norm(points[:, 1]) or 1.0
    spread = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / (count - 1)
    started: Points = np.sqrt(count) * (0.5 * spread + 0.1 * rng.random((count, 2)))
    return started


def _settled(springs: _Springs, points: Points, rng: np.random.Generator) -> Points:
    """The springs let go, in ideal distances: ties pull to their length, all that is near pushes."""
    a, b = springs.ends.T
    count, side = springs.count, np.sqrt(springs.count)
    lengths = np.interp(springs.sides, (-1, 0, 1), (min(APART, 0.8 * side), NEUTRAL, NEAR))
    pulls = np.interp(springs.sides, (-1, 0, 1), (0.5, 0.3, 1.0))
    degrees = np.bincount(springs.ends.ravel(), minlength=count)
    # The many ties of one actor would throw it to and fro, so ties among the well-connected pull less.
    pulls = pulls / np.sqrt(1 + np.minimum(degrees[a], degrees[b])) if len(a) else pulls
    everyone = np.array(np.triu_indices(count, 1)) if count <= FEW else None
    near = everyone
    for step in range(STEPS):
        if everyone is None and step % 3 == 0:  # who is near whom changes slowly
            near = cKDTree(points).query_pairs(REACH, output_type="ndarray").T
        assert near is not None
        move = _pushes(points, near, count, rng)
        between = points[b] - points[a]
        apart = np.sqrt((between**2).sum(axis=1)) + 1e-9
        force = (pulls * (apart - lengths) / apart)[:, None] * between
        # Foes are held apart, but one that is far already is not called back as strongly as a friend.
        force[(springs.sides < 0) & (apart > lengths)] *= 0.3
        move += _summed(a, b, force, count)
        move += 0.04 * (side / 2 - points)
        size = np.sqrt((move**2).sum(axis=1)) + 1e-9
        heat = 0.25 * side * (1 - step / STEPS) ** 2 + 0.02
        points = points + move * (np.minimum(size, heat) / size)[:, None]
    return points


def _pushes(points: Points, near: NDArray[np.int64], count: int, rng: np.random.Generator) -> Points:
    a, b = near
    between = points[a] - points[b]
    square = (between**2).sum(axis=1)
    if (flat := square < 1e-12).any():
        between[flat] = rng.normal(size=(int(flat.sum()), 2)) * 1e-3
        square[flat] = 1e-6
    return _summed(a, b, between / np.maximum(square, 0.01)[:, None], count)


def _summed(a: NDArray[np.int64], b: NDArray[np.int64], force: Points, count: int) -> Points:
    """What moves each actor, of forces that move `a` along and `b` against."""
    sums = [
        np.bincount(a, force[:, axis], minlength=count) - np.bincount(b, force[:, axis], minlength=count)
        for axis in (0, 1)
    ]
    return np.stack(sums, axis=1)


def _filling(points: Points) -> Points:
    """Within the square, and filling it: half by place, half by rank, so that one far actor leaves room to the rest."""
    low, size = points.min(axis=0), np.ptp(points, axis=0)
    placed = (points - low) / np.where(size > 0, size, 1.0)
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / (len(points) - 1)
    filled: Points = 0.5 * placed + 0.5 * ranks
    return filled


def _roomy(points: Points) -> Points:
    """Actors that are too close pushed apart, by a few rounds."""
    gap = GAP / np.sqrt(len(points))
    for _ in range(12):
        a, b = cKDTree(points).query_pairs(gap, output_type="ndarray").T
        if not len(a):
            break
        between = points[a] - points[b]
        apart = np.sqrt((between**2).sum(axis=1))
        between[apart < 1e-9] = (1e-9, 1e-9)
        apart = np.maximum(apart, 1e-9)
        points = points + _summed(a, b, ((gap - apart) / 2 / apart)[:, None] * between, len(points))
        points = points.clip(0, 1)
    return points


def _told(points: Points) -> list[tuple[float, float]]:
    """Positions in whole parts of the side; who would be where another is already takes the next part that is free."""
    taken: dict[tuple[int, int], None] = {}
    for x, y in np.rint(points * FINEST).astype(int).tolist():
        step = 0
        while (spot := ((x + step) % (FINEST + 1), (y + step // (FINEST + 1)) % (FINEST + 1))) in taken:
            step += 1
        taken[spot] = None
    return [(x / FINEST, y / FINEST) for x, y in taken]
