"""Files taken into an archive: each once, whole or not at all; small ones of one layout together.

Where several are taken in together and one is more than the engine can do, each is tried by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from cordiale.errors import UnreadableInput
from cordiale.events.formats import Format, Layout, recognised
from cordiale.events.ingest import take_in
from cordiale.events.ledger import Entry, Filed, Reject
from cordiale.events.parts import discard
from cordiale.events.streams import STREAMS
from cordiale.events.unpacking import Plain, evened

if TYPE_CHECKING:
    from cordiale.events.archive import Archive


class Fate(StrEnum):
    """What became of a file: `new` in the archive, in place of another release (`replaced`), `known` already, or
    `refused`."""

    NEW = "new"
    REPLACED = "replaced"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """A file, and what became of it: `rejects` are its first lines that are no events, `rejected` how many there are,
    `before` how many events those have whose place it takes, `known_as` the name under which its bytes came before,
    `replaced_by` that of the file which took the place of a known one, `error` why it was refused."""

    name: str
    fate: Fate
    md5: str = ""
    stream: str | None = None
    size: int = 0
    lines: int = 0
    events: int = 0
    rejected: int = 0
    rejects: tuple[Reject, ...] = field(default=(), repr=False)
    notes: tuple[tuple[str, int], ...] = ()
    before: int = 0
    known_as: str = ""
    replaced_by: str = ""
    error: UnreadableInput | None = None


@dataclass(frozen=True, slots=True)
class Replacing:
    """Whether files are to take the place of what came under their name, and the md5 of those that came in this run,
    whose place none of it takes."""

    asked: bool
    came: set[str] = field(default_factory=set)

    def keeps(self, entry: Entry) -> bool:
        """Whether a file that is in the archive stays there, though an earlier release comes."""
        return not self.asked or entry.md5 in self.came


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that is not in the archive yet: how it is written, and the name that it and its releases share."""

    plain: Plain
    layout: Layout
    logical: str | None

    def beside(self, other: _Ready) -> bool:
        """Whether both can be taken in at once: alike, and neither in place of the other."""
        apart = self.plain.source != other.plain.source and (self.logical is None or self.logical != other.logical)
        return apart and self.layout == other.layout


def taken_in(
    archive: Archive, ones: Sequence[Plain | UnreadableInput], formats: Sequence[Format], *, replace: Replacing
) -> Iterator[Ingested]:
    """Take plain files in; what became of each, in order."""
    waiting: list[_Ready] = []
    for one in ones:
        if isinstance(one, Plain) and any(_related(one, earlier) for earlier in waiting):
            yield from _entered(archive, waiting, replace=replace)
            waiting = []
        ready = _looked_at(archive, one, formats, replace=replace)
        if waiting and (isinstance(ready, Ingested) or not all(ready.beside(earlier) for earlier in waiting)):
            yield from _entered(archive, waiting, replace=replace)
            waiting = []
        if isinstance(ready, Ingested):
            yield ready
        else:
            waiting.append(ready)
    yield from _entered(archive, waiting, replace=replace)


def _related(one: Plain, earlier: _Ready) -> bool:
    """Whether what becomes of a file may hang on one that waits."""
    same = earlier.logical is not None and earlier.layout.format.logical(one.source) == earlier.logical
    return same or one.md5 == earlier.plain.md5 or one.source == earlier.plain.source


def _looked_at(
    archive: Archive, one: Plain | UnreadableInput, formats: Sequence[Format], *, replace: Replacing
) -> _Ready | Ingested:
    """A file that is to be taken in; or what became of it."""
    if isinstance(one, UnreadableInput):
        return Ingested(name=one.source, fate=Fate.REFUSED, error=one)
    known = archive.ledger.file(one.md5)
    if known is not None:
        if known.name != one.source:
            archive.ledger.seen_again(one.md5, one.source)
        replace.came.add(one.md5)
        if known.replaced_by is not None and replace.asked:
            same = _holders(archive, known)
            if not any(it.md5 in replace.came for it in same):
                return _brought_back(archive, one, known, same)
        by = archive.ledger.file(known.replaced_by) if known.replaced_by else None
        return Ingested(
            name=one.source, fate=Fate.KNOWN, md5=one.md5, stream=known.stream, size=one.size, known_as=known.name,
            replaced_by=by.name if by else "",
        )  # fmt: skip
    try:
        layout = recognised(one.source, one.head, formats)
    except UnreadableInput as error:
        return Ingested(name=one.source, fate=Fate.REFUSED, error=_of_another(one, error))
    ready = _Ready(one, layout, layout.format.logical(one.source))
    there = [] if ready.logical is None else archive.ledger.released(ready.logical)
    newer = next((it for it in there if _later(it.name, ready) and replace.keeps(it)), None)
    if newer is not None:
        mend = "leave it out, or put it in its place with --replace"
        why = f"an earlier release than {newer.name}, which is in the archive"
        return Ingested(name=one.source, fate=Fate.REFUSED, error=UnreadableInput(one.source, why, mend))
    return ready


def _of_another(one: Plain, error: UnreadableInput) -> UnreadableInput:
    """The same error, or that a file is of another stream than it was said to be."""
    try:
        layout = recognised(one.source, one.head, tuple(STREAMS.values()))
    except UnreadableInput:
        return error
    mend = "name that one with --stream, or none"
    return UnreadableInput(one.source, f"it is of {layout.format.name}, and not of the stream that was named", mend)


def _later(name: str, ready: _Ready) -> bool:
    """Whether a file of the archive is of a later release than another, as their names count them."""
    there, ours = (ready.layout.format.version(one) for one in (name, ready.plain.source))
    return len(there) == len(ours) and there > ours


def _holders(archive: Archive, known: Entry) -> list[Entry]:
    """The files that count in the place of one that was replaced."""
    same = archive.ledger.released(known.logical) if known.logical is not None else archive.ledger.named(known.name)
    return [one for one in same if one.stream == known.stream]


def _brought_back(archive: Archive, one: Plain, known: Entry, instead: Sequence[Entry]) -> Ingested:
    """A file that another had replaced, in the place of that again."""
    archive.ledger.bring_back(known.md5, [it.md5 for it in instead])
    return Ingested(
        name=one.source, fate=Fate.REPLACED, md5=known.md5, stream=known.stream, size=known.size, lines=known.lines,
        events=known.events, rejected=known.rejected, rejects=tuple(archive.ledger.rejects(known.md5, 10)),
        before=sum(it.events for it in instead), known_as=known.name,
    )  # fmt: skip


def _entered(archive: Archive, ready: Sequence[_Ready], *, replace: Replacing) -> list[Ingested]:
    if not ready:
        return []
    try:
        return _at_once(archive, ready, replace=replace)
    except UnreadableInput as error:
        if len(ready) == 1:
            return _evened(archive, ready[0], error, replace=replace)
        return [told for one in ready for told in _entered(archive, [one], replace=replace)]


def _evened(archive: Archive, one: _Ready, error: UnreadableInput, *, replace: Replacing) -> list[Ingested]:
    """What becomes of a file that the engine cannot read: a stray line end is more than it bears."""
    refused = [Ingested(name=one.plain.source, fate=Fate.REFUSED, error=error)]
    try:
        with evened(one.plain, archive.folder / "tmp") as even:
            if even is None:
                return refused
            layout = recognised(even.source, even.head, [one.layout.format])
            return _at_once(archive, [_Ready(even, layout, one.logical)], replace=replace)
    except UnreadableInput:
        return refused


def _at_once(archive: Archive, ready: Sequence[_Ready], *, replace: Replacing) -> list[Ingested]:
    try:
        every = take_in(archive.con, [one.plain for one in ready], ready[0].layout, archive.folder)
        filed, told = [], []
        for one, taken in zip(ready, every, strict=True):
            plain = one.plain
            plain.check()
            old = _older(archive, one, replace=replace)
            entry = Entry(
                md5=plain.md5, name=plain.source, logical=one.logical, stream=one.layout.format.name, size=plain.size,
                lines=taken.lines, events=taken.events, rejected=len(taken.rejects),
            )  # fmt: skip
            filed.append(Filed(
                entry=entry, parts=taken.parts, rejects=taken.rejects, notes=taken.notes, actors=taken.actors,
                replaces=[it.md5 for it in old],
            ))  # fmt: skip
            told.append(Ingested(
                name=entry.name, fate=Fate.REPLACED if old else Fate.NEW, md5=entry.md5, stream=entry.stream,
                size=entry.size, lines=entry.lines, events=entry.events, rejected=entry.rejected,
                rejects=taken.rejects[:10], notes=taken.notes, before=sum(it.events for it in old),
            ))  # fmt: skip
        archive.ledger.enter(filed)
        replace.came.update(one.plain.md5 for one in ready)
    except BaseException:
        lost = [one.plain.md5 for one in ready if archive.ledger.file(one.plain.md5) is None]
        discard(archive.folder, ready[0].layout.format.name, lost)
        archive.knows(None)  # the engine may know actors that the ledger does not
        raise
    archive.knows(max((number for one in filed for number, _, _ in one.actors), default=0))
    return told


def _older(archive: Archive, one: _Ready, *, replace: Replacing) -> list[Entry]:
    """The files whose place a file takes."""
    if one.logical is not None:
        return archive.ledger.released(one.logical)
    if not replace.asked:
        return []
    same = archive.ledger.named(one.plain.source)
    return [entry for entry in same if entry.stream == one.layout.format.name and not replace.keeps(entry)]
