"""Whether claims have the right sign: the reader on documents of re3d's form, against their signed relations.

Each document (a JSON object a line, as `re3d/train_open.jsonl`) is read as a user's would be. Of the relations
AlliesOf and Likes (+) and FightingAgainst and Dislikes (-), each whose two actors the reader names in that sentence is
compared with the claims about the two: how many there are, and of these, how many have the sign. Claims about other
pairs are not judged, as re3d labels few. Sentences per second of one CPU are those of the whole reader.

    python bench/stance.py FILE.jsonl
    python bench/stance.py FILE.jsonl --wrong
    python bench/stance.py FILE.jsonl --json
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from datetime import UTC, datetime
from pathlib import Path

from cordiale.actors import Linker, catalogue, fold
from cordiale.claims import Claim, Document
from cordiale.documents import body
from cordiale.reading.outcome import ReadsDocuments
from cordiale.reading.reader import Shipped
from cordiale.reading.sentences import split

SIGNS = {"AlliesOf": 1, "Likes": 1, "FightingAgainst": -1, "Dislikes": -1}
READ = datetime(2026, 1, 1, tzinfo=UTC)


def scored(path: Path, reader: ReadsDocuments, linker: Linker, *, say: bool) -> dict[str, float]:
    """How many signed relations have a claim about their pair in their sentence, and what share of these is right."""
    pairs = claims = right = silent = sentences = 0
    seconds = 0.0
    for line in path.read_text("utf-8").splitlines():
        told = json.loads(line)
        document = _document(told)
        sentences += sum(1 for _ in split(document.text, [(b.start, b.end) for b in body(document.text, None)]))
        began = time.process_time()
        found = [claim for claim in reader.read(document).claims if not claim.unclear]
        seconds += time.process_time() - began
        for relation in told["relations"]:
            sign = SIGNS.get(relation["type"])
            if sign is None:
                continue
            pairs += 1
            ends = [_ids(relation[side], linker) for side in ("source", "target")]
            about = [c for c in found if _joins(c, ends) and _touches(c, relation)]
            signed = [c for c in about if c.sign]
            silent += not signed
            claims += len(signed)
            right += sum(c.sign == sign for c in signed)
            for c in signed if say else ():
                if c.sign != sign:
                    print(f"{relation['type']}: {c.subject} {c.relation} {c.object} | {c.evidence.text}")
    return {
        "signed relations": pairs,
        "with a claim": pairs - silent,
        "claims": claims,
        "sign precision": round(right / max(claims, 1), 3),
        "sentences": sentences,
        "sentences per CPU-second": round(sentences / seconds),
    }


def _document(told: dict[str, str]) -> Document:
    text = told["text"]
    return Document(sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, source=told["id"], retrieved=READ)


def _ids(name: str, linker: Linker) -> set[str]:
    """What the reader may call an actor that is written so: by the whole name, or by the one that stands in it."""
    words = name.split()
    ids = set()
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            part = " ".join(words[first:last]).removesuffix("'s").removesuffix("’s")
            ids |= {link.actor.id for link in linker.links(part) if link.how != "near"}
            ids.add("~" + fold(part).replace(" ", "-"))
    return ids


def _joins(claim: Claim, ends: list[set[str]]) -> bool:
    one, other = ends
    return (claim.subject in one and claim.object in other) or (claim.subject in other and claim.object in one)


def _touches(claim: Claim, relation: dict[str, int]) -> bool:
    start = min(relation["sourceBegin"], relation["targetBegin"])
    end = max(relation["sourceEnd"], relation["targetEnd"])
    return claim.evidence.start < end and start < claim.evidence.end


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description="Score the signs of claims on documents of re3d's form.")
    parser.add_argument("file", type=Path, help="a JSON object a line, as re3d/train_open.jsonl")
    parser.add_argument("--wrong", action="store_true", help="list the claims with the wrong sign")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    known = catalogue()
    figures = scored(given.file, Shipped().over(known), Linker(known), say=given.wrong)
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26}{value:>8}")


if __name__ == "__main__":
    main()
