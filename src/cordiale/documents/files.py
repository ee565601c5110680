"""Opening files of this machine without ever waiting on one: only regular files, and never more of one than is asked.

A pipe or device with a file's name would block or never end, so each is refused before and after opening. Every fault
of the system becomes an UnreadableInput with what to do about it.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from cordiale.errors import UnreadableInput

_MENDS = {
    errno.ENOENT: ("no such file", "check the path"),
    errno.EACCES: ("permission denied", "make it readable, or leave it out"),
    errno.EPERM: ("permission denied", "make it readable, or leave it out"),
    errno.ELOOP: ("a link that leads in a circle", "remove the link"),
    errno.ENAMETOOLONG: ("its name is too long", "rename it"),
    errno.EISDIR: ("a folder, not a file", "give the folder by itself"),
}


def opened(path: str) -> BinaryIO:
    """The file, open for reading bytes. UnreadableInput where it is none, is not regular, or cannot be opened."""
    try:
        _refuse_unless_regular(path, Path(path).stat().st_mode)
        # Not to block where a pipe took the file's place since; there is no such flag, nor such pipe, on Windows.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        file = os.fdopen(os.open(path, flags), "rb")
        try:
            _refuse_unless_regular(path, os.fstat(file.fileno()).st_mode)
        except UnreadableInput:
            file.close()
            raise
    except OSError as error:
        why, mend = _MENDS.get(error.errno or 0, ((error.strerror or str(error)).lower(), "check the file"))
        raise UnreadableInput(path, why, mend) from error
    return file


def limited(file: BinaryIO, head: bytes, source: str, limit: int) -> bytes:
    """All of the file, of which `head` was read already. UnreadableInput where it is longer than `limit` bytes."""
    # a file says how long it is, so that one beyond the limit is not read at all
    length = _length(file)
    data = b"" if length > limit else head + file.read(max(limit + 1 - len(head), 0))
    if max(len(data), length) > limit:
        raise UnreadableInput(source, f"larger than {limit:,} bytes", "split it, or raise the limit")
    return data


def _length(file: BinaryIO) -> int:
    if not file.seekable():
        return 0
    here = file.tell()
    length = file.seek(0, os.SEEK_END)
    file.seek(here)
    return length


def _refuse_unless_regular(path: str, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise UnreadableInput(path, "a folder, not a file", "give the folder by itself")
    what = "a pipe" if stat.S_ISFIFO(mode) else "a socket" if stat.S_ISSOCK(mode) else "a device"
    raise UnreadableInput(path, f"{what}, not a file", "send it to standard input and give -")
