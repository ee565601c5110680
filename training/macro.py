"""Macro F1 and accuracy of PLOVER roots, their quad classes and their signs.

F1 is averaged over the classes that occur in the gold, as scikit-learn's macro average does; an empty answer is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from plv import QUADS

VIEWS: dict[str, Callable[[str], Hashable]] = {
    "sign": lambda root: QUADS[root] > 2 if root else None,
    "quad": QUADS.get,
    "root": lambda root: root or None,
}


def of_roots(gold: Sequence[str], found: Sequence[str]) -> dict[str, float]:
    """In per cent.

    >>> of_roots(["AID", "ASSAULT"], ["AID", "COERCE"])["quad"]
    100.0
    """
    scores = {}
    for name, view in VIEWS.items():
        a, b = [view(one) for one in gold], [view(one) for one in found]
        scores[name] = round(100 * sum(f1(a, b, label) for label in set(a)) / max(len(set(a)), 1), 1)
        scores[f"{name} accuracy"] = round(100 * sum(map(lambda x, y: x == y, a, b)) / max(len(a), 1), 1)
    return scores


def f1(gold: Sequence[Hashable], found: Sequence[Hashable], label: Hashable) -> float:
    """Of one label, in [0, 1]."""
    right = sum(a == b == label for a, b in zip(gold, found, strict=True))
    return 2 * right / max(gold.count(label) + found.count(label), 1)
