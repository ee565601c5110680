"""The trained network at run time: sentences and marked pairs in, labels and probabilities out.

One ONNX file has the encoder and all its heads. A sentence goes in plain, once, for the spans in it and for which of
its mentions may have to do with each other; a pair of mentions goes in with marks around both, for what the one does
to the other. How it was trained is in `training/`, what it saw and how well it does in the model card.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from cordiale.claims import Certainty, Change
from cordiale.errors import UnreadableInput
from cordiale.reading.model.pieces import LONGEST, Pieces, Span, marked, pieces, plain
from cordiale.relations import relations

Array = NDArray[np.float32]

NONE = "none"
"""What the network says where there is no relation."""
BATCH = 16
"""Rows of a batch, all of about one length; more are no faster on a CPU."""
MEND = "install cordiale again, or make the model anew as training/README.md says"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence as the network sees it: scores of labels for each piece, and what links its mentions."""

    pieces: Pieces
    scores: dict[str, Array]
    source: Array
    target: Array

    def links(self, spans: Sequence[Span]) -> Array:
        """How likely it is that the mention at one span (row) does something to that at another (column), in [0, 1]."""
        first = np.array([self.pieces.covering(span)[0] for span in spans], np.int64)
        return _sigmoid(self.source[first] @ self.target[first].T)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeliest:
    """A relation by name, its sign (turned where it ends), and the probability that something of this sign is said."""

    relation: str
    sign: int
    ends: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the network makes of a marked pair: probabilities of the relations (and of none), changes, certainties."""

    relation: dict[str, float]
    change: dict[Change, float]
    certainty: dict[Certainty, float]

    def best(self) -> tuple[str, float]:
        """The likeliest relation, or none, and its probability."""
        return max(self.relation.items(), key=lambda item: item[1])

    def share(self, sign: int) -> float:
        """How likely something of this sign is said, the end of what has the other sign included."""
        ends = self.change[Change.ENDS]
        signs = ((p, relations()[name].sign) for name, p in self.relation.items() if name != NONE)
        return sum(p * ((1 - ends) * (own == sign) + ends * (-own == sign)) for p, own in signs)

    def likeliest(self) -> Likeliest:
        """What is likeliest said, if anything is: the sign first, then the relation and whether it ends."""
        sign = max((1, -1, 0), key=self.share)
        ends = self.change[Change.ENDS]
        told = {
            (name, end): p * (ends if end else 1 - ends)
            for name, p in self.relation.items()
            if name != NONE
            for end in (False, True)
            if relations()[name].sign * (-1 if end else 1) == sign
        }
        name, end = max(told, key=told.__getitem__)
        return Likeliest(relation=name, sign=sign, ends=end, probability=self.share(sign))


class Network:
    """The files of a folder, read. Raises UnreadableInput where they are missing or not what they were."""

    def __init__(self, folder: Path) -> None:
        self.about = _about(folder)
        self.labels: dict[str, list[str]] = self.about["heads"]
        for name, digest in self.about["files"].items():
            _check(folder / name, digest)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        # One thread for each process: readings go to several processes, and batches are small.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @property
    def version(self) -> str:
        """Which weights these are."""
        return str(self.about["version"])

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """Texts in pieces."""
        return pieces(self._tokenizer, texts)

    def words(self, texts: Sequence[str]) -> list[Words]:
        """Each sentence as the network sees it; one too long for it is seen in parts."""
        cut = self.pieces(texts)
        parts = [(i, at) for i, text in enumerate(cut) for at in range(0, max(len(text.ids), 1), LONGEST - 2)]
        inputs = [(*plain(cut[i], at), 0, 0) for i, at in parts]
        names = ["source", "target", *self.labels]
        seen: list[list[list[Array]]] = [[] for _ in texts]
        out: list[list[Array]] = [[]] * len(parts)
        for rows, arrays in self._run(names, inputs):
            for k, row in enumerate(rows):
                out[row] = [array[k, 1 : len(inputs[row][0]) - 1] for array in arrays]
        for (i, _), arrays in zip(parts, out, strict=True):
            seen[i].append(arrays)
        return [_words(text, names, arrays) for text, arrays in zip(cut, seen, strict=True)]

    def pairs(self, asked: Sequence[tuple[Pieces, Span, Span]]) -> list[Judgement | None]:
        """What the mention at one span does to the mention at another; None where they are too far apart."""
        inputs = [marked(*one) for one in asked]
        near = [i for i, one in enumerate(inputs) if one is not None]
        found: list[Judgement | None] = [None] * len(asked)
        kinds: list[list[Any]] = [list(self.about["relations"]), list(Change), list(Certainty)]
        heat = [self.about["temperature"][name] for name in ("relation", "change", "certainty")]
        for rows, arrays in self._run(["relation", "change", "certainty"], [inputs[i] for i in near]):  # type: ignore[misc]
            shares = [_softmax(array / t) for array, t in zip(arrays, heat, strict=True)]
            for k, row in enumerate(rows):
                each = zip(kinds, shares, strict=True)
                found[near[row]] = Judgement(*(dict(zip(kind, share[k].tolist(), strict=True)) for kind, share in each))
        return found

    def _run(
        self, names: list[str], inputs: Sequence[tuple[list[int], list[int], int, int]]
    ) -> Iterator[tuple[list[int], list[Array]]]:
        """Batches of rows of about one length, and what the network gives for each."""
        order = sorted(range(len(inputs)), key=lambda i: len(inputs[i][0]))
        for at in range(0, len(order), BATCH):
            rows = order[at : at + BATCH]
            longest = len(inputs[rows[-1]][0])
            ids, shapes = np.zeros((2, len(rows), longest), np.int64)
            for k, row in enumerate(rows):
                ids[k, : len(inputs[row][0])] = inputs[row][0]
                shapes[k, : len(inputs[row][1])] = inputs[row][1]
            given = {
                "ids": ids,
                "shapes": shapes,
                "subject": np.array([inputs[row][2] for row in rows]),
                "object": np.array([inputs[row][3] for row in rows]),
            }
            yield rows, self._session.run(names, given)


@cache
def shipped() -> Network:
    """The network that the package ships, read once."""
    return Network(_shipped_folder())


def shipped_version() -> str:
    """Which weights the package ships, told without reading them."""
    return str(_about(_shipped_folder())["version"])


def _shipped_folder() -> Path:
    return Path(str(files("cordiale.reading.model"))) / "weights"


def _about(folder: Path) -> dict[str, Any]:
    path = folder / "model.json"
    try:
        return json.loads(path.read_text("utf-8"))  # type: ignore[no-any-return]
    except FileNotFoundError:
        raise UnreadableInput(str(path), "the model is not there", MEND) from None
    except (OSError, ValueError) as error:
        raise UnreadableInput(str(path), f"the model cannot be read ({error})", MEND) from None


def _check(path: Path, digest: str) -> None:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise UnreadableInput(str(path), "a file of the model is not there", MEND) from None
    except OSError as error:
        raise UnreadableInput(str(path), f"a file of the model cannot be read ({error})", MEND) from None
    if found != digest:
        raise UnreadableInput(str(path), "the file is damaged, or of another model", MEND)


def _words(text: Pieces, names: list[str], parts: list[list[Array]]) -> Words:
    whole = dict(zip(names, (np.concatenate(arrays) for arrays in zip(*parts, strict=True)), strict=True))
    return Words(text, whole, whole.pop("source"), whole.pop("target"))


def _sigmoid(x: Any) -> Any:
    return 1 / (1 + np.exp(-x))


def _softmax(x: Array) -> Array:
    shifted = np.exp(x - x.max(-1, keepdims=True))
    return shifted / shifted.sum(-1, keepdims=True)  # type: ignore[no-any-return]
