"""Trains the model.

python training/train.py [--out FOLDER] [--processes N] [--seed N] [--share N] [--epochs N]

Two stages, of one network: first all sources but PLV, then PLV's rows with some of the rest beside them. `--share 5`
keeps every fifth of the sources' rows apart, and stops after the first stage: `measure.py` takes it from there.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import plv
import sources
import torch
from encoder import pretrained
from learn import Pace, learn
from network import Network
from torch import distributed, multiprocessing

GENERAL = Pace(epochs=8, average=0.998)
ACTS = Pace(epochs=8, encoder=1e-4, heads=5e-4, average=0.99)
REPLAYED = 1500
"""Pairs of the corpus, and sentences, in an epoch of the second stage beside PLV's 1,050 rows."""


def network() -> Network:
    return Network(pretrained(), {head: 2 * len(labels) + 1 for head, labels in sources.HEADS.items()})


def _first(rank: int, processes: int, meeting: str, out: str, seed: int, share: int, epochs: int) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    if processes > 1:
        distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=processes)
    made = network()  # the same in every process: they have drawn the same numbers
    train, _ = sources.parted(share)
    learn(made, sources.general(train), Pace(**{**_fields(GENERAL), "epochs": epochs}), seed)
    if not share:
        rows = plv.rows(sources.shared() / "plv" / "PLV_train.tsv")
        learn(made, sources.acts(train, rows, REPLAYED), ACTS, seed)
    if rank == 0:
        torch.save(made.state_dict(), out)
    if processes > 1:
        distributed.destroy_process_group()


def _fields(pace: Pace) -> dict[str, float]:
    return {name: getattr(pace, name) for name in ("epochs", "encoder", "heads", "decay", "average")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("build/model"))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=GENERAL.epochs)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    out = str(given.out / "weights.pt")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        meeting = f"{folder}/meeting"
        multiprocessing.spawn(
            _first, (given.processes, meeting, out, given.seed, given.share, given.epochs), nprocs=given.processes
        )
    print(f"trained in {(time.monotonic() - began) / 60:.1f} minutes: {out}")


if __name__ == "__main__":
    main()
