"""From what a user names to plain UTF-8 files that an engine reads: folders, zips and gzips opened, text made plain.

A file that is plain already is read where it is. What is unpacked or transcoded lies in a folder of the archive's while
it is read; what comes next is looked at, or unpacked, meanwhile. Names inside a zip are never paths here. A zip that
grows beyond reason is refused before it fills a disk.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import os
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO, cast

from cordiale.errors import InvalidValue, UnreadableInput
from cordiale.events.formats import line_end
from cordiale.plain import one_line

BLOCK = 1 << 20
SUFFIXES = {".csv", ".tsv", ".tab", ".txt", ".zip", ".gz"}
"""What is taken from a folder; a file that is named itself may be called anything."""
GROWTH, LARGEST = 200, 200_000_000_000
"""How many times its size a packed file may become, past `FREE` bytes, and how large at most."""
FREE = 100_000_000
HEAD = 1 << 18
"""Bytes at the beginning of a file by which its format is told."""
SMALL, TOGETHER = 32_000_000, 64
"""Bytes that several files have together at most, and how many they are, to be taken in at once."""
SCRATCH = ("cordiale-", "duckdb_temp")
"""How the names of files begin that last no longer than a process: our own, and those that the engine spills."""
try:
    from lzma import LZMAError
except ImportError:  # a Python that was built without
    LZMAError = zlib.error  # type: ignore[assignment,misc]
# A zip that is locked is a RuntimeError, one of an unknown method a NotImplementedError.
_ERRORS = (
    LZMAError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    gzip.BadGzipFile,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A file that an engine can read: where it lies, by which name it was given, its first text, the md5 of its bytes
    (unpacked, before it was made plain), how many they are, and how many lines were not UTF-8. `given` is the file that
    the user named, `stamp` its size and time when it was looked at, `made` what was made of it."""

    source: str
    path: Path
    md5: str
    size: int
    given: Path
    stamp: tuple[int, int]
    head: str = field(repr=False)
    mended: int = 0
    made: tuple[Path, ...] = ()

    def check(self) -> None:
        """An `UnreadableInput` where the file is another now than when it was looked at."""
        try:
            same = _stamp(self.given) == self.stamp
        except OSError as error:
            raise _unreadable(self.source, error) from error
        if not same:
            mend = "wait until it is whole, and give it again"
            raise UnreadableInput(self.source, "it changed while it was read", mend)


def found(names: Iterable[str | Path]) -> list[tuple[str, Path]]:
    """The files that names stand for, each with how it is called: folders give what is in them, in order. None at all
    is an `InvalidValue`."""
    every: list[tuple[str, Path]] = []
    asked = [Path(name) for name in names]
    for name in asked:
        if name.is_dir():
            every += [(str(one), one) for one in _within(name) if one.suffix.lower() in SUFFIXES]
        else:
            every.append((str(name), name))
    if not every:
        mend = f"name files, or folders with any of {', '.join(sorted(SUFFIXES))}"
        raise InvalidValue("nothing to take in", ", ".join(map(str, asked)) or "no name", mend)
    return every


def passed_over(names: Iterable[str | Path]) -> int:
    """How many files of folders are none of those that are taken from a folder."""
    return sum(
        one.suffix.lower() not in SUFFIXES for name in map(Path, names) if name.is_dir() for one in _within(name)
    )


def _within(folder: Path) -> list[Path]:
    """The files of a folder, but for hidden ones and those of an archive."""
    every = sorted(folder.rglob("*"))
    archives = {one.parent for one in every if one.name == "ledger.sqlite"}
    return [one for one in every if one.is_file() and not one.name.startswith(".") and archives.isdisjoint(one.parents)]


def members(source: str, path: Path) -> list[zipfile.ZipInfo | None]:
    """What is in a file: a zip's members, of which several may have one name, or [None] where it is none."""
    try:
        with path.open("rb") as file:
            if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return [None]
        with zipfile.ZipFile(path) as packed:
            return [one for one in packed.infolist() if not one.is_dir()]
    except _ERRORS as error:
        raise UnreadableInput(source, "a zip that is broken or cut short", "load it again") from error
    except OSError as error:
        raise _unreadable(source, error) from error


def plains(files: Iterable[tuple[str, Path]], folder: Path) -> Generator[list[tuple[int, Plain | UnreadableInput]]]:
    """Files as an engine can read them, several small ones at a time, the members of a zip one by one, each with the
    place of its file among those given; of what cannot be read, why. What was made for them, in `folder`, is gone when
    the next are asked for; those are looked at meanwhile.

    A zip or gzip that is cut short, or grows beyond reason, cannot be read.
    """
    made: set[Path] = set()
    every = _some(_each(files, folder, made))
    coming: Future[list[tuple[int, Plain | UnreadableInput]]]
    try:
        with ThreadPoolExecutor(1) as ahead:
            coming = ahead.submit(next, every, [])
            while some := coming.result():
                coming = ahead.submit(next, every, [])
                yield some
                _cleared({path for _, one in some if isinstance(one, Plain) for path in one.made}, made)
    finally:  # what was looked at ahead, too, where nobody asked for it
        _cleared(made, made)


def _some(every: Iterable[tuple[int, Plain | UnreadableInput]]) -> Iterator[list[tuple[int, Plain | UnreadableInput]]]:
    """As many at a time as are small together; a large one is by itself."""
    some: list[tuple[int, Plain | UnreadableInput]] = []
    size = 0
    for number, one in every:
        own = one.size if isinstance(one, Plain) else 0
        if some and (len(some) == TOGETHER or size + own > SMALL):
            yield some
            some, size = [], 0
        some.append((number, one))
        size += own
        if size >= SMALL:  # nothing goes with it: no need to look at the next
            yield some
            some, size = [], 0
    if some:
        yield some


def _cleared(paths: Iterable[Path], made: set[Path]) -> None:
    for path in list(paths):
        path.unlink(missing_ok=True)
        made.discard(path)


def _each(
    files: Iterable[tuple[str, Path]], folder: Path, made: set[Path]
) -> Iterator[tuple[int, Plain | UnreadableInput]]:
    """Every file, and member of a zip; what was made for them is added to `made`."""
    for number, (source, path) in enumerate(files):
        try:
            inside = members(source, path)
        except UnreadableInput as error:
            yield number, error
            continue
        if not inside:
            yield number, UnreadableInput(source, "a zip with nothing in it", "load it again")
        for member in inside:
            own: list[Path] = []
            try:
                one: Plain | UnreadableInput = _prepared(source, path, member, folder, own)
            except UnreadableInput as error:
                _cleared(own, made)
                own, one = [], error
            made.update(own)
            yield number, one


def _prepared(source: str, path: Path, member: zipfile.ZipInfo | None, folder: Path, made: list[Path]) -> Plain:
    name = source if member is None else f"{source}!{one_line(member.filename)}"
    try:
        stamp = _stamp(path)
        with _opened(path, member) as (stream, packed):
            if packed is None:
                digest, head, size, utf8 = _looked_at(stream, None)
                there = path.absolute()  # the engine would expand a "~"
            else:
                there = _made(folder, made)
                with there.open("wb") as out:
                    digest, head, size, utf8 = _looked_at(_bounded(name, stream, packed), out)
        mended = 0
        if not utf8 or head.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            there, mended = _transcoded(there, head, _made(folder, made))
            with there.open("rb") as again:
                head = again.read(HEAD)
        return Plain(
            source=name, path=there, md5=digest, size=size, given=path, stamp=stamp,
            head=head.decode("utf-8", "ignore"), mended=mended, made=tuple(made),
        )  # fmt: skip
    except UnreadableInput:
        raise
    except (*_ERRORS, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise _unreadable(name, error) from error
        mend = "load it again, or unpack it yourself"
        raise UnreadableInput(name, "packed wrongly, locked, or cut short", mend) from error


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _made(folder: Path, made: list[Path]) -> Path:
    with NamedTemporaryFile(dir=folder, prefix=SCRATCH[0], suffix=".txt", delete=False) as file:
        made.append(Path(file.name))
    return made[-1]


@contextmanager
def _opened(path: Path, member: zipfile.ZipInfo | None) -> Iterator[tuple[IO[bytes], int | None]]:
    """A stream of a file's bytes, and how many they are where it is packed."""
    size = path.stat().st_size
    if member is not None:
        with zipfile.ZipFile(path) as packed, packed.open(member) as stream:
            yield stream, member.compress_size
        return
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            with gzip.open(path) as unpacked:
                yield cast("IO[bytes]", unpacked), size
            return
        file.seek(0)
        yield file, None


def _bounded(source: str, stream: IO[bytes], packed: int) -> BinaryIO:
    return cast("BinaryIO", _Bounded(source, stream, packed))


class _Bounded:
    """A stream that ends with an error where it becomes larger than anybody's table would."""

    def __init__(self, source: str, stream: IO[bytes], packed: int) -> None:
        self._source, self._stream, self._size = source, stream, 0
        self._most = min(LARGEST, max(FREE, GROWTH * packed))

    def read(self, size: int) -> bytes:
        block = self._stream.read(size)
        self._size += len(block)
        if self._size > self._most:
            raise UnreadableInput(self._source, f"unpacked it has over {self._most:,} bytes", "unpack it yourself")
        return block


def _looked_at(stream: IO[bytes], out: BinaryIO | IO[bytes] | None) -> tuple[str, bytes, int, bool]:
    """The md5 of a stream, its first bytes, how many it has, and whether all are UTF-8; copied to `out`, if any."""
    digest, head, size, utf8 = hashlib.md5(usedforsecurity=False), b"", 0, True
    decoder = codecs.getincrementaldecoder("utf-8")()
    while block := stream.read(BLOCK):
        digest.update(block)
        if size < HEAD:
            head += block[: HEAD - size]
        size += len(block)
        if utf8:
            utf8 = _decodes(decoder, block, final=False)
        if out is not None:
            out.write(block)
    return digest.hexdigest(), head, size, utf8 and _decodes(decoder, b"", final=True)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _transcoded(path: Path, head: bytes, out: Path) -> tuple[Path, int]:
    """The same as UTF-8 without a mark, and how many lines were not: each of those is read as Windows wrote it."""
    mended = 0
    with out.open("wb") as file:
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            with path.open(encoding="utf-16", errors="replace", newline="") as text:
                while block := text.read(BLOCK):
                    file.write(block.encode("utf-8", "replace"))
            return out, 0
        with path.open("rb") as lines:
            for number, line in enumerate(lines):
                kept = line.removeprefix(codecs.BOM_UTF8) if number == 0 else line
                try:
                    kept.decode("utf-8")
                except UnicodeDecodeError:
                    mended += 1
                    kept = kept.decode("cp1252", "replace").encode()
                file.write(kept)
    return out, mended


@contextmanager
def evened(plain: Plain, folder: Path) -> Iterator[Plain | None]:
    """The same, all of whose lines end alike, while it is needed; None where they do already."""
    made: list[Path] = []
    try:
        if not _uneven(plain):
            yield None
            return
        try:
            with plain.path.open("rb") as lines, _made(folder, made).open("wb") as out:
                for line in lines:
                    out.write(line.removesuffix(b"\n").removesuffix(b"\r").replace(b"\r", b"\n") + b"\n")
        except OSError as error:
            raise _unreadable(plain.source, error) from error
        head = plain.head.replace("\r\n", "\n").replace("\r", "\n")
        yield replace(plain, path=made[0], head=head)
    finally:
        _cleared(made, set())


def _uneven(plain: Plain) -> bool:
    """Whether any line of a file ends otherwise than the first, or has an end within."""
    windows = line_end(plain.head.lstrip("\r\n")) == "\r\n"
    try:
        with plain.path.open("rb") as lines:
            return any(
                b"\r" in line.removesuffix(b"\n").removesuffix(b"\r") or line.endswith(b"\r\n") is not windows
                for line in lines if line.endswith(b"\n") or b"\r" in line
            )  # fmt: skip
    except OSError as error:
        raise _unreadable(plain.source, error) from error


def _unreadable(source: str, error: OSError) -> UnreadableInput:
    mend = "check its name and your rights to it" if error.errno != 28 else "free some space, and give it again"
    return UnreadableInput(source, (error.strerror or os.strerror(error.errno or 0) or str(error)).lower(), mend)
