"""Measures a network on what `train.py` kept apart, and PLV by cross-validation over its second stage.

python training/measure.py FOLDER [--folds N] [--skip-plv]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import macro
import plv
import rows
import scores
import sources
import torch
import train
from learn import learn
from sklearn.model_selection import GroupKFold


def of_plv(path: Path, part: sources.Part, folds: int, seed: int) -> dict[str, object]:
    """PLV's rows in folds of whole sentences: each is read by a network whose second stage did not see it."""
    given = plv.rows(sources.shared() / "plv" / "PLV_train.tsv")
    ready = rows.of_plv(sources.tokenizer(), given)
    found = [""] * len(given)
    for k, (seen, unseen) in enumerate(GroupKFold(folds).split(given, groups=[row.sentence for row in given])):
        made = train.loaded(path)
        learn(made, sources.acts(part, [given[i] for i in seen], train.REPLAYED), train.ACTS, seed, say=False)
        for i, root in zip(unseen, scores.roots(made, [ready[i] for i in unseen]), strict=True):
            found[i] = root
        done = [i for i in range(len(given)) if found[i]]
        print(k + 1, macro.of_roots([given[i].root for i in done], [found[i] for i in done]), flush=True)
    gold = [row.root for row in given]
    return {**macro.of_roots(gold, found), "roots": {r: round(100 * macro.f1(gold, found, r)) for r in plv.ROOTS}}


def main() -> None:
    torch.set_num_threads(1)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skip-plv", action="store_true")
    given = parser.parse_args()
    made = train.loaded(given.folder / "weights.pt")
    part, apart = sources.parted(sources.SHARE)
    token = sources.tokenizer()
    print("corpus", scores.of_corpus(made, apart.sentences))
    print("cameo", scores.of_spans(made, rows.of_tagged(token, apart.cameo, "cameo", sources.CAMEO), "cameo"))
    print("re3d", scores.of_spans(made, rows.of_tagged(token, apart.re3d, "re3d", sources.RE3D), "re3d"))
    if not given.skip_plv:
        print(json.dumps(of_plv(given.folder / "general.pt", part, given.folds, given.seed)))


if __name__ == "__main__":
    main()
