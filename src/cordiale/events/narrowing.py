"""Which events are meant: those of a place, those of a source. As SQL that is true of the rows of parts.

A place is a state, as each stream writes it: GDELT by FIPS codes, the others by name. A source is a host ("reuters.com"
has its subdomains too), or where a stream names publishers, one of those: of a list between semicolons what stands
before the first comma of each, as UCDP has the day and the headline after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from cordiale.errors import CordialeError, InvalidValue, UnknownName
from cordiale.events.engine import files, text
from cordiale.events.ledger import Part
from cordiale.events.scores import rows_of

if TYPE_CHECKING:
    from cordiale.events.archive import Archive

_PUBLISHERS = """list_transform(string_split(regexp_replace({}, '^icews story [0-9]*(, )?', ''), ';'),
    lambda x: trim(split_part(trim(x, '" '), ',', 1)))"""
MOST_NEAR = 5_000
"""Sources, those most told of first, among which one that is unknown is looked for."""
_HOST = "regexp_extract(lower(url), '^[a-z]+://(?:[^/@]*@)?([^/:?#]+)', 1)"


def places(archive: Archive, stream: str, parts: Sequence[Part], state: str) -> list[str]:
    """How the events of some parts write a state, by its id in the catalogue."""
    paths = files(archive.paths(part.path for part in parts))
    met = archive.con.execute(
        f"SELECT DISTINCT place FROM read_parquet({paths}) WHERE place IS NOT NULL ORDER BY place"
    ).fetchall()
    code = _fips() if stream.startswith("gdelt") else {}
    return [place for (place,) in met if archive.identities.state(code.get(place, place)) == state]


def narrowed(
    archive: Archive, stream: str, parts: Sequence[Part], *, root: bool, place: str | None, source: str | None
) -> str:
    """SQL that is true of the events that are main ones of their stories, of a place, of a source, as far as asked.

    >>> narrowed(None, "gdelt2", [], root=True, place=None, source=None)
    'true AND root'
    """
    asked = ["true"]
    if root:
        asked.append("root")
    if place is not None:
        asked.append(_of_place(archive, stream, parts, place))
    if source is not None:
        asked.append(_of_source(archive, stream, parts, source))
    return " AND ".join(asked)


def _of_place(archive: Archive, stream: str, parts: Sequence[Part], state: str) -> str:
    """SQL that is true of the events that happened in a state."""
    found = ", ".join(text(place) for place in places(archive, stream, parts, state))
    return f"place IN ({found})" if found else "false"


def _of_source(archive: Archive, stream: str, parts: Sequence[Part], source: str) -> str:
    """SQL that is true of the events that a source told of."""
    asked = text(source.lower())
    urls = files(_addresses(archive, stream, parts))
    return f"""url IN (SELECT hash FROM read_parquet({urls}) WHERE CASE WHEN contains(url, '://')
        THEN {_HOST} = {asked} OR ends_with({_HOST}, '.' || {asked})
        ELSE list_contains({_PUBLISHERS.format("lower(url)")}, {asked}) END)"""


def unmet(archive: Archive, stream: str, parts: Sequence[Part], place: str | None, source: str | None) -> CordialeError:
    """The error that no event is of a place, or of a source, with what comes near; or of the two together."""
    if place is not None and not places(archive, stream, parts, place):
        return InvalidValue(f"the place of events of {stream}", place, "none of them is there: leave --in out")
    if source is not None:
        urls = files(_addresses(archive, stream, parts))
        met = archive.con.execute(
            f"""SELECT host FROM (SELECT unnest(
                    CASE WHEN contains(url, '://') THEN [{_HOST}] ELSE {_PUBLISHERS.format("url")} END) AS host
                FROM read_parquet({urls})) WHERE host <> ''
                GROUP BY host ORDER BY count(*) DESC, host LIMIT {MOST_NEAR}"""
        ).fetchall()
        hosts = [host.removeprefix("www.") for (host,) in met]
        if not hosts:
            mend = "leave --source out, as it does not say who told of an event"
            return InvalidValue(f"a source of events of {stream}", source, mend)
        asked = source.lower()
        if not any(one.lower() == asked or one.endswith(f".{asked}") for one in hosts):
            near = [one for one in hosts if asked in one.lower()]
            mend = f"name a host, or a publisher as it is written, such as {(near or hosts)[0]!r}"
            return UnknownName(f"source of events of {stream}", source, near or hosts, mend)
    told = " and ".join([f"in {place}"] * (place is not None) + [f"told by {source}"] * (source is not None))
    return InvalidValue(
        f"pairs of events of {stream}", told, "none has two actors that are named: ask for less at once"
    )


def _addresses(archive: Archive, stream: str, parts: Sequence[Part]) -> list[Path]:
    """The files of the addresses of some parts."""
    stems = sorted({PurePosixPath(part.path).stem for part in parts})
    return [archive.folder / "urls" / stream / f"{stem}.parquet" for stem in stems]


@cache
def _fips() -> dict[str, str]:
    return {row["fips"]: row["iso3"] for row in rows_of("fips")}
