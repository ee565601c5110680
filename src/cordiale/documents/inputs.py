"""From what a user names to a list of inputs: folders and globs are walked, URLs and `-` are taken as they are.

Only names are looked at here: no file is opened and no address is asked. What cannot be expanded becomes an input that
is refused, in its place, so that the order and the count hold. Folders are walked in sorted order, each folder once
however many links lead to it; names that begin with a dot are passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from cordiale.documents.formats import SUFFIXES

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
TABLES = {".csv", ".tsv", ".parquet"}
_MAGIC = re.compile(r"[*?\[]")
_TABLE = ("a table, not a text", "load it as ties or a dataset: cordiale load --help")


class InputKind(StrEnum):
    """What an input is, by its name."""

    FILE = "file"
    URL = "url"
    STDIN = "stdin"
    GIVEN = "given"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing to read: `source` is its path, URL or `-`. Where it is refused, `why` and `mend` say so. It pickles.

    `data` are the bytes of one that is given whole, whose source is a name and leads nowhere.
    """

    source: str
    kind: InputKind = InputKind.FILE
    data: bytes = field(default=b"", repr=False)
    why: str = ""
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """The inputs that names stand for, in order, and the files that were `skipped` for their suffix."""

    inputs: tuple[Input, ...] = ()
    skipped: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.inputs)

    def __iter__(self) -> Iterator[Input]:
        return iter(self.inputs)


def expand(inputs: Iterable[str]) -> Expansion:
    """The inputs that these names stand for. Raises nothing: what does not exist is an input that is refused.

    A file that is named is tried, unless its suffix is a table's; in a folder or a glob, a file whose suffix is of no
    known format is skipped.

    >>> [str(i.kind) for i in expand(["https://example.org/a", "-", "no/such/file.txt"])]
    ['url', 'stdin', 'refused']
    """
    found: list[Input] = []
    skipped: list[str] = []
    for name in inputs:
        found.extend(_expanded(name, skipped))
    return Expansion(inputs=tuple(found), skipped=tuple(skipped))


def given(name: str, data: bytes) -> Input:
    """Bytes to read under a name, whose suffix says what they are where they do not tell; nothing of that name is
    opened."""
    if _suffix(name.removesuffix(".gz")) in TABLES:
        return _refused(name, *_TABLE)
    return Input(source=name, kind=InputKind.GIVEN, data=data)


def _expanded(name: str, skipped: list[str]) -> Iterator[Input]:
    if name == "-":
        yield Input(source=name, kind=InputKind.STDIN)
    elif scheme := _SCHEME.match(name):
        if scheme[1].lower() in ("http", "https"):
            yield Input(source=name, kind=InputKind.URL)
        else:
            yield _refused(name, f"{scheme[1]} addresses are not read", "give an http or https address, or a path")
    elif not name.strip() or "\0" in name:
        yield _refused(name or "''", "no path", "give the path of a file or a folder")
    elif Path(name).is_dir():
        yield from _walk(name, skipped)
    elif _suffix(name.removesuffix(".gz")) in TABLES and os.path.lexists(name):
        yield _refused(name, *_TABLE)
    elif os.path.lexists(name):
        yield Input(source=name)
    elif _MAGIC.search(name):
        yield from _glob(name, skipped)
    else:
        yield _refused(name, "no such file or folder", "check the path")


def _walk(folder: str, skipped: list[str]) -> Iterator[Input]:
    """The files under a folder. Iterative, so that a deep tree is no deep call; `seen` cuts loops of links."""
    pending, seen = [folder], set[tuple[int, int]]()
    found = False
    while pending:
        here = pending.pop()
        try:
            state = Path(here).stat()
            if (state.st_dev, state.st_ino) in seen:
                continue
            seen.add((state.st_dev, state.st_ino))
            with os.scandir(here) as entries:
                names = sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            found = True
            yield _refused(here, _reason(error), "check the folder's permissions")
            continue
        below = []
        for entry in names:
            if _is_folder(entry):
                below.append(entry.path)
            elif _suffix(entry.name) in SUFFIXES:
                found = True
                yield Input(source=entry.path)
            else:
                skipped.append(entry.path)
        pending.extend(reversed(below))
    if not found:
        yield _refused(folder, "a folder without any file of a known kind", f"known are {' '.join(sorted(SUFFIXES))}")


def _glob(pattern: str, skipped: list[str]) -> Iterator[Input]:
    parts = Path(pattern).parts
    first = next(i for i, part in enumerate(parts) if _MAGIC.search(part))
    head, tail = Path(*parts[:first]), parts[first:]
    hidden = any(part.startswith(".") for part in tail)
    try:
        # pathlib's ** follows no link to a folder, so that a loop of links ends
        matches = sorted(head.glob("/".join(tail)))
    except (OSError, ValueError, NotImplementedError) as error:
        yield _refused(pattern, f"not a pattern of files: {error}", "quote it and use *, ? and **")
        return
    found = False
    for path in matches:
        if not hidden and any(part.startswith(".") for part in path.relative_to(head).parts):
            continue
        if path.is_dir():
            if "**" not in tail:  # with ** the files below are matched themselves
                found = True
                yield from _walk(str(path), skipped)
        elif _suffix(path.name) in SUFFIXES:
            found = True
            yield Input(source=str(path))
        else:
            skipped.append(str(path))
    if not found:
        yield _refused(pattern, "no file of a known kind matches", "check the pattern")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle; reading it as a file will say so
        return False


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 -- a million names; Path objects cost ten times as much


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _refused(source: str, why: str, mend: str) -> Input:
    return Input(source=source, kind=InputKind.REFUSED, why=why, mend=mend)
