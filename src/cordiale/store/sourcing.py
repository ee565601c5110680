"""Which numbers of `ClaimColumns.source` a source goes by: an outlet, a dataset with its version, or, where a document
names no publisher, its title or where it was read from. What `dossier.drawing.source_of` calls a claim's source.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, or_, select

from cordiale.errors import UnknownName
from cordiale.store import schema


def source_numbers(connection: Connection, names: Iterable[str]) -> frozenset[int]:
    """The numbers of sources by name. One that nothing is from is an `UnknownName` with those that come near."""
    d, p, s = schema.documents.c, schema.publishers.c, schema.datasets.c
    found: set[int] = set()
    for name in names:
        own = [3 * number for (number,) in connection.execute(select(p.id).where(p.name == name))]
        own += [
            3 * number + 2
            for (number,) in connection.execute(select(s.series).where(s.name + " " + s.version == name).distinct())
        ]
        without = select(d.id).where(
            d.publisher.is_(None), or_(d.title == name, (func.coalesce(d.title, "") == "") & (d.source == name))
        )
        own += [3 * number + 1 for (number,) in connection.execute(without)]
        if not own:
            known = [text for (text,) in connection.execute(select(p.name))]
            known += [f"{a} {b}" for a, b in connection.execute(select(s.name, s.version))]
            raise UnknownName("source", name, known, "see the sources of the dossier")
        found.update(own)
    return frozenset(found)
