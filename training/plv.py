"""PLV: sentences with a marked pair and its PLOVER root, as rows for the pair model.

Traps of the file: some rows lack one mark or mark a name twice, and marks nest. The span of a side is that of its
first mark; where there is none, the place of its text in the sentence; where that is not found either, the sentence's
beginning.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cordiale.reading.model.pieces import Span

ROOTS = (
    "AGREE CONSULT SUPPORT COOPERATE AID YIELD ACCUSE REQUEST REJECT THREATEN PROTEST MOBILIZE SANCTION COERCE ASSAULT"
).split()
QUADS = dict(zip(ROOTS, (1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4), strict=True))
RELATIONS = {
    "AGREE": "agrees_with",
    "CONSULT": "consults",
    "SUPPORT": "endorses",
    "COOPERATE": "cooperates_with",
    "AID": "aids",
    "YIELD": "concedes_to retreats_from",
    "ACCUSE": "accuses",
    "REQUEST": "demands_of",
    "REJECT": "rejects",
    "THREATEN": "threatens",
    "PROTEST": "protests_against",
    "MOBILIZE": "mobilizes_against",
    "SANCTION": "sanctions",
    "COERCE": "coerces",
    "ASSAULT": "assaults",
}
"""The relations of each root."""
_MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, the spans of actor and recipient in it, and the root of what the one does to the other."""

    sentence: str
    text: str
    subject: Span
    object: Span
    root: str


def likeliest(shares: Mapping[str, float]) -> str:
    """The likeliest root of the likeliest quad class of the likelier sign.

    >>> likeliest({**dict.fromkeys(ROOTS, 0.0), "AGREE": 0.4, "ACCUSE": 0.35, "ASSAULT": 0.25})
    'ACCUSE'
    """
    sign = sum(share for root, share in shares.items() if QUADS[root] > 2) > sum(shares.values()) / 2
    by_quad: dict[int, float] = {}
    for root, share in shares.items():
        if (QUADS[root] > 2) == sign:
            by_quad[QUADS[root]] = by_quad.get(QUADS[root], 0.0) + share
    quad = max(by_quad, key=by_quad.__getitem__)
    return max((root for root in shares if QUADS[root] == quad), key=shares.__getitem__)


def rows(path: Path) -> list[Row]:
    """The rows of a file with the columns of PLV_train.tsv; those beyond the ones that are needed are ignored."""
    with path.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter="\t"))
    return [_row(one) for one in read]


class Sides:
    """Whom the rows name as actor and recipient, to be put in each other's places."""

    def __init__(self, rows: list[Row]) -> None:
        named = {row.text[start:end] for row in rows for start, end in (row.subject, row.object)}
        self._pool = sorted(name for name in named if name[0].isupper() and len(name) > 2)

    def swapped(self, row: Row, rng: random.Random) -> Row:
        """Half the time the row as it is, else with about half of its named sides replaced, unless they overlap."""
        (first, last), (start, end) = sorted((row.subject, row.object))
        if start < last or rng.random() < 0.5:
            return row
        one, other = self._instead(row.text[first:last], rng), self._instead(row.text[start:end], rng)
        text = row.text[:first] + one + row.text[last:start] + other + row.text[end:]
        at = start + len(one) - (last - first)
        spans = (first, first + len(one)), (at, at + len(other))
        subject, object_ = spans if row.subject[0] == first else spans[::-1]
        return replace(row, text=text, subject=subject, object=object_)

    def _instead(self, name: str, rng: random.Random) -> str:
        return rng.choice(self._pool) if name[0].isupper() and rng.random() < 0.5 else name


def _row(one: dict[str, str]) -> Row:
    text, spans = _unmarked(one["marked_sentence"])
    sides = {mark: spans.get(mark) or _found(one[column], text) for mark, column in (("s", "source"), ("t", "target"))}
    return Row(one.get("sentence_id") or one["sentence"], text, sides["s"], sides["t"], one["gold_root"])


def _unmarked(marked: str) -> tuple[str, dict[str, Span]]:
    plain, last = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, Span] = {}
    for match in _MARK.finditer(marked):
        plain += marked[last : match.start()]
        last = match.end()
        mark = match[0].strip("</>")
        if match[0][1] != "/":
            opened.setdefault(mark, len(plain))
        elif mark in opened:
            spans.setdefault(mark, (opened[mark], len(plain)))
    return plain + marked[last:], {mark: span for mark, span in spans.items() if span[0] < span[1]}


def _found(name: str, text: str) -> Span:
    at = text.find(name)
    return (at, at + len(name)) if name and at >= 0 else (0, 1)
