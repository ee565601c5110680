"""How well the shipped network finds labelled spans: entity F1 on CoNLL files, and on documents of re3d's form.

A CoNLL file has a token and its tag (IOB2) in columns; a `.jsonl` file a document a line, as `re3d/train_open.jsonl`.
Whole spans with their labels count, over all of a file (micro-averaged, in per cent); sentences per second of one CPU.
The head of the network is the one that has the labels of the file.

The shipped network has seen four fifths of cameo_ner's and of re3d's training files: `--apart` keeps to the fifth that
it has not.

    python bench/spans.py FILE.txt
    python bench/spans.py en_ewt-ud-dev.iob2 --word 1 --tag 2
    python bench/spans.py FILE.jsonl --apart --json
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from cordiale.reading.model.network import Network, shipped
from cordiale.reading.model.spans import spans

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
import tagged
from tagged import Tagged


def read(path: Path, word: int, tag: int) -> list[list[Tagged]]:
    """The sentences of a file: of each document where it has documents, else each alone."""
    if path.suffix == ".jsonl":
        return [told for _, told in tagged.re3d(path)]
    first = next(line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("# "))
    found = tagged.conll(path, word=word, tag=tag, separator="\t" if "\t" in first else None, drop="OTH O")
    return [[one] for one in found]


def head_for(network: Network, labels: set[str]) -> str:
    """The head that has all of the labels."""
    for name, known in network.labels.items():
        if labels <= set(known):
            return name
    raise SystemExit(f"No head of the network has the labels {', '.join(sorted(labels))}.")


def scored(rows: list[Tagged]) -> dict[str, float | str]:
    """Precision, recall and F1, and how fast."""
    network = shipped()
    head = head_for(network, {label for row in rows for *_, label in row.spans})
    began = time.process_time()
    found = [set(spans(words, head, network.labels[head])) for words in network.words([row.text for row in rows])]
    seconds = time.process_time() - began
    right = sum(len(one & set(row.spans)) for one, row in zip(found, rows, strict=True))
    told, there = sum(map(len, found)), sum(len(row.spans) for row in rows)
    precision, recall = right / max(told, 1), right / max(there, 1)
    return {
        "head": head,
        "sentences": len(rows),
        "spans": there,
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "F1": round(200 * precision * recall / max(precision + recall, 1e-9), 1),
        "sentences per CPU-second": round(len(rows) / seconds),
    }


def main() -> None:
    """Read, tag, print."""
    parser = argparse.ArgumentParser(description="Score the span heads on labelled files.")
    parser.add_argument("file", type=Path, help="CoNLL columns, or a JSON object a line as re3d has it")
    parser.add_argument("--word", type=int, default=0, metavar="N", help="the column of the token, from 0  [0]")
    parser.add_argument("--tag", type=int, default=1, metavar="N", help="the column of the tag  [1]")
    parser.add_argument("--apart", action="store_true", help="only the fifth that training keeps apart")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    units = read(given.file, given.word, given.tag)
    kept = tagged.apart(len(units)) if given.apart else range(len(units))
    figures = scored([row for i in sorted(kept) for row in units[i]])
    if given.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26}{value:>10}")


if __name__ == "__main__":
    main()
