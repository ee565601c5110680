"""A file written whole or not at all: beside its place first, then moved there.

`-` is standard output, where whole or not at all cannot be promised. Nothing here knows a format.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, cast

from cordiale.errors import CordialeError, ExportError


@contextmanager
def writing(file: str) -> Iterator[BinaryIO]:
    """The file, to write bytes to; it takes its place when the block ends, and is forgotten if the block fails."""
    if file == "-":
        out = sys.stdout.buffer
        yield out
        out.flush()
        return
    path = Path(file)
    if path.is_dir():
        raise ExportError(file, "is a folder", "name a file in it")
    if path.exists() and not path.is_file():  # a pipe or a device is written to, never replaced
        with _told(file), path.open("wb") as pipe:
            yield pipe
        return
    place = path.resolve()  # a link stays a link, to the new file
    with _told(file):
        new = NamedTemporaryFile(dir=place.parent, prefix=f".{place.name}.", suffix=".new", delete=False)  # noqa: SIM115
    try:
        with new:
            yield cast("BinaryIO", new)
            with _told(file):
                new.flush()
                os.fsync(new.fileno())
        with _told(file):
            _take_rights(Path(new.name), place)
            Path(new.name).replace(place)
    except BaseException:
        Path(new.name).unlink(missing_ok=True)
        raise


def _take_rights(new: Path, place: Path) -> None:
    """Temporary files are for their owner's eyes; give this one the rights of the file it replaces, or the usual."""
    if place.exists():
        mode = place.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    new.chmod(mode)


@contextmanager
def _told(file: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if isinstance(error, CordialeError):
            raise
        why = f"cannot be written ({(error.strerror or str(error)).lower()})"
        raise ExportError(file, why, "check the folder, your rights to it and the free space") from error
