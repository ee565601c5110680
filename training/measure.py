"""Measures a network on what `train.py` kept apart, and PLV by cross-validation over its second stage.

python training/measure.py FOLDER [--folds N] [--skip-plv]
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import macro
import plv
import rows
import scores
import sources
import tagged
import torch
import train
from learn import learn
from sklearn.model_selection import GroupKFold


@dataclass(frozen=True, slots=True)
class Fold:
    """Rows of PLV to train on and to test on, by their places, and the weights of the first stage."""

    weights: Path
    seen: list[int]
    unseen: list[int]
    seed: int


def of_plv(weights: Path, folds: int, seed: int, processes: int) -> dict[str, object]:
    """PLV's rows in folds of whole sentences: each is read by a network whose second stage did not see it."""
    given = plv.rows(sources.shared() / "plv" / "PLV_train.tsv")
    parts = GroupKFold(folds).split(given, groups=[row.sentence for row in given])
    each = [Fold(weights, seen.tolist(), unseen.tolist(), seed) for seen, unseen in parts]
    found = [""] * len(given)
    with get_context("spawn").Pool(processes) as pool:
        for fold, told in zip(each, pool.imap(_told, each), strict=True):
            for i, root in zip(fold.unseen, told, strict=True):
                found[i] = root
            done = [i for i in range(len(given)) if found[i]]
            print(len(done), macro.of_roots([given[i].root for i in done], [found[i] for i in done]), flush=True)
    gold = [row.root for row in given]
    return {**macro.of_roots(gold, found), "roots": {r: round(100 * macro.f1(gold, found, r)) for r in plv.ROOTS}}


def _told(fold: Fold) -> list[str]:
    """The roots of a fold's unseen rows."""
    torch.set_num_threads(1)
    given = plv.rows(sources.shared() / "plv" / "PLV_train.tsv")
    part, _ = sources.parted(tagged.SHARE)
    made = train.loaded(fold.weights)
    seen = [given[i] for i in fold.seen]
    learn(made, sources.acts(part, seen, train.REPLAYED), train.ACTS, fold.seed, say=False)
    return scores.roots(made, rows.of_plv(sources.tokenizer(), [given[i] for i in fold.unseen]))


def main() -> None:
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--skip-plv", action="store_true")
    given = parser.parse_args()
    made = train.loaded(given.folder / "weights.pt")
    _, apart = sources.parted(tagged.SHARE)
    token = sources.tokenizer()
    print("corpus", scores.of_corpus(made, apart.sentences))
    print("cameo", scores.of_spans(made, rows.of_tagged(token, apart.cameo, "cameo", sources.CAMEO), "cameo"))
    print("re3d", scores.of_spans(made, rows.of_tagged(token, apart.re3d, "re3d", sources.RE3D), "re3d"))
    if not given.skip_plv:
        print(json.dumps(of_plv(given.folder / "general.pt", given.folds, given.seed, given.processes)))


if __name__ == "__main__":
    main()
