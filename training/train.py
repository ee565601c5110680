"""From data to the files that the package ships, in one go.

python training/train.py [--out FOLDER] [--to FOLDER] [--processes N] [--seed N] [--share N] [--epochs N]

Two stages, of one network: first all sources but PLV, then PLV's rows with some of the rest beside them; then
temperatures, and the export to `--to` (default: where the package keeps its model). A fifth of cameo_ner and of re3d
(`--share`, 0 for none) is kept apart like the corpus's tenth, so that what ships can be measured. `--out` keeps the
weights of both stages; `measure.py` goes on from those of the first.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import calibrate
import export
import plv
import sources
import tagged
import torch
from encoder import pretrained
from learn import Pace, learn
from network import Network
from torch import distributed, multiprocessing

GENERAL = Pace(epochs=10, average=0.998)
ACTS = Pace(epochs=12, encoder=1.5e-4, heads=1e-3, average=0.99)
REPLAYED = 600
"""Pairs of the corpus, and as many sentences, in an epoch of the second stage beside PLV's 1,050 rows."""


def network() -> Network:
    return Network(pretrained(), sources.OUTPUTS)


def _stages(rank: int, processes: int, meeting: str, out: str, seed: int, share: int, epochs: int) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    if processes > 1:
        distributed.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=processes)
    made = network()  # the same in every process: they have drawn the same numbers
    train, _ = sources.parted(share)
    learn(made, sources.general(train), replace(GENERAL, epochs=epochs), seed)
    if rank == 0:
        torch.save(made.state_dict(), Path(out) / "general.pt")
    rows = plv.rows(sources.shared() / "plv" / "PLV_train.tsv")
    learn(made, sources.acts(train, rows, REPLAYED), ACTS, seed)
    if rank == 0:
        torch.save(made.state_dict(), Path(out) / "weights.pt")
    if processes > 1:
        distributed.destroy_process_group()


def loaded(path: Path) -> Network:
    """The network with the weights of a file."""
    made = network()
    made.load_state_dict(torch.load(path))
    made.eval()
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("build/model"))
    parser.add_argument("--to", type=Path, default=export.SHIPPED)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=int, default=tagged.SHARE)
    parser.add_argument("--epochs", type=int, default=GENERAL.epochs)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        meeting = f"{folder}/meeting"
        told = (given.processes, meeting, str(given.out), given.seed, given.share, given.epochs)
        multiprocessing.spawn(_stages, told, nprocs=given.processes)
    made = loaded(given.out / "weights.pt")
    version = export.package(made, calibrate.temperatures(made), given.to)
    print(f"version {version} in {(time.monotonic() - began) / 60:.1f} minutes: {given.to}")


if __name__ == "__main__":
    main()
