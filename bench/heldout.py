"""How well the whole reader does on the held-out tenth of the project's own corpus: figures that the docs quote.

Each item is read as a document of its own, names and all; most of its actors are in no catalogue. A claim is right when
the corpus labels a relation of the same sign between the two actors in one of the sentences that its quote touches. A
gold actor is known by any of its names. Pronouns and descriptions count as the actor that they stand for.

    python bench/heldout.py
    python bench/heldout.py --misses
    python bench/heldout.py --reader rules            the cue rules alone, without the network
    python bench/heldout.py --reader llm              the language model that CORDIALE_LLM_URL and _MODEL name
    python bench/heldout.py --json
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from cordiale.actors import Catalogue, Linker, catalogue, fold
from cordiale.claims import Change, Claim, Document
from cordiale.reading.llm import Endpoint
from cordiale.reading.outcome import ReadsDocuments
from cordiale.reading.reader import Reader, Shipped
from cordiale.relations import relation

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from corpus import Item, items

READERS: dict[str, Callable[[Catalogue], ReadsDocuments]] = {
    "shipped": lambda known: Shipped().over(known),
    "rules": Reader,
    "llm": lambda known: Endpoint.from_environment().over(known),
}
READ = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """A relation that the corpus labels: two actors of the item, and what is said."""

    sentence: tuple[int, int]
    subject: str
    object: str
    sign: int
    relation: str
    certainty: str
    speaker: str


def document(item: Item) -> Document:
    """An item as a document."""
    day = (item.published + "-01-01")[:10] if item.published else None
    return Document(
        sha256=hashlib.sha256(item.text.encode()).hexdigest(),
        text=item.text,
        source=item.source,
        retrieved=READ,
        published=date.fromisoformat(day) if day else None,
    )


def told(item: Item) -> list[Told]:
    """What an item's labels say."""
    found = []
    for label in item.labels:
        kind = relation(label.relation)
        place = item.sentence_of(item.by_id[label.subject])
        if place is not None:
            sign = -kind.sign if label.change is Change.ENDS else kind.sign
            ends = label.subject.partition(".")[0], label.object.partition(".")[0]
            found.append(Told(place, *ends, sign, label.relation, label.sure.value, label.by.partition(".")[0]))
    return found


class Names:
    """Which actor of an item a claim's actor is."""

    def __init__(self, item: Item, linker: Linker) -> None:
        self._actors: dict[str, str] = {}
        for span in item.spans:
            name = item.text[span.start : span.end]
            if span.form in "na":
                for text in (name, name.removeprefix("the ")):
                    self._actors.setdefault(fold(text), span.actor)
                    for link in linker.links(text)[:1]:
                        if link.how != "near":
                            self._actors.setdefault(link.actor.id, span.actor)

    def actor(self, key: str | None) -> str | None:
        """The item's actor with the id of a claim's end; None for another."""
        if key is None:
            return None
        return self._actors.get(key) or self._actors.get(fold(key.lstrip("~").replace("-", " ")))


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description="Score the reader on the held-out tenth of the corpus.")
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was wrong")
    parser.add_argument("--reader", choices=READERS, default="shipped", help="which reader reads  [shipped]")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    known = catalogue()
    print_figures(scored(READERS[given.reader](known), Linker(known), say=given.misses), as_json=given.json)


def scored(reader: ReadsDocuments, linker: Linker, *, say: bool) -> dict[str, float]:
    """Recall and precision, and of what was found: relation, certainty, direction and speaker."""
    gold = found = claims = right = same = firm = forth = spoken = 0
    for item in items():
        if not item.held_out:
            continue
        names, wanted = Names(item, linker), told(item)
        read = [claim for claim in reader.read(document(item)).claims if not claim.unclear]
        ends = [(names.actor(c.subject), names.actor(c.object)) for c in read]
        for want in wanted:
            hits = [(c, e) for c, e in zip(read, ends, strict=True) if _hits(c, e, want)]
            gold += 1
            found += bool(hits)
            same += any(c.relation.name == want.relation for c, _ in hits)
            firm += any(c.certainty.value == want.certainty for c, _ in hits)
            forth += any(e == (want.subject, want.object) or relation(want.relation).symmetric for c, e in hits)
            spoken += any((names.actor(c.said_by) or "") == want.speaker for c, _ in hits)
            if say and not hits:
                print(f"MISSED {want.subject} {want.relation} {want.object} {want.sign:+d} | {item.text}")
        for claim, pair in zip(read, ends, strict=True):
            if _open(pair, item):
                continue
            good = any(_hits(claim, pair, want) for want in wanted)
            claims += 1
            right += good
            if say and not good:
                told_of = f"{claim.subject} {claim.relation.name} {claim.object} {claim.sign:+d} {claim.confidence}"
                print(f"WRONG  {told_of} | {claim.evidence.text}")
    share = {"recall": found / gold, "precision": right / max(claims, 1)}
    for name, count in (("relation", same), ("certainty", firm), ("direction", forth), ("speaker", spoken)):
        share[name] = count / max(found, 1)
    return {"labels": gold, "claims": claims, **{name: round(value, 3) for name, value in share.items()}}


def _hits(claim: Claim, ends: tuple[str | None, str | None], want: Told) -> bool:
    quote = claim.evidence
    near = quote.start < want.sentence[1] and want.sentence[0] < quote.end
    return near and set(ends) == {want.subject, want.object} and claim.sign == want.sign


def _open(ends: tuple[str | None, str | None], item: Item) -> bool:
    """Whether the corpus leaves open what is said of a pair."""
    undecided = ({one.partition(".")[0] for one in pair} for pair in item.undecided)
    return any(set(ends) == pair for pair in undecided)


def print_figures(figures: dict[str, float], *, as_json: bool) -> None:
    """As JSON, or a line each."""
    if as_json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:12}{value:>8}")


if __name__ == "__main__":
    main()
