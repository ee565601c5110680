"""Who an actor of a stream is: its state, its roles, and the actor of the catalogue, where it is one.

Streams write states as codes of CAMEO (ISO 3166 but for some), as names, or as numbers after Gleditsch and Ward, and
roles as codes, sectors or numbers. What cannot be told is left open, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cordiale.actors import Catalogue, Linker, catalogue
from cordiale.claims import Actor, Kind
from cordiale.errors import InvalidValue
from cordiale.events.engine import text
from cordiale.events.formats import KEY
from cordiale.periods import ALWAYS

if TYPE_CHECKING:
    from cordiale.events.archive import Archive

ROLES = {"GOV": "government", "MIL": "armed forces", "REB": "rebels", "OPP": "opposition", "CVL": "civilians"}
"""The roles that actors are told apart by, as CAMEO abbreviates them."""
_ROLE = {
    "GOV": (
        "gov", "executive", "foreign ministry", "government", "legislative", "parliament", "ministry", "leg", "jud",
    ),
    "MIL": ("mil", "military", "army", "navy", "air force", "spy", "state forces"),
    "REB": (
        "reb", "ins", "sep", "uaf", "rad", "rebel", "rebels", "insurgents", "separatists", "radicals", "paramilitary",
        "rebel group", "rebel groups", "political militia", "political militias", "identity militia",
        "identity militias", "2", "3", "4",
    ),
    "OPP": ("opp", "opposition", "dissident", "dissidents", "protesters", "rioters", "5", "6"),
    "CVL": ("cvl", "civilian", "civilians", "general population / civilian / social", "7"),
}  # fmt: skip
_OF = {word: role for role, words in _ROLE.items() for word in words} | {"1": "MIL"}
_CAMEO = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "PAL": "PSE", "KSV": "XKX", "YUG": "SRB", "BUR": "MMR"}
"""Codes of states in CAMEO that are no codes of ISO 3166 today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who an actor of a stream is: the ids of its state and of the actor of the catalogue, roles of `ROLES`."""

    state: str | None = None
    actor: str | None = None
    roles: tuple[str, ...] = ()


class Identities:
    """Finds who actors of streams are, by a catalogue.

    >>> found = Identities()
    >>> found.of("gdelt2", "SYRMIL\\x1f\\x1fSYR\\x1f\\x1fMIL")
    Identity(state='syria', actor='syria', roles=('MIL',))
    >>> found.of("gdelt2", "PSEHMS\\x1f\\x1fPSE\\x1fHMS\\x1f").actor
    'hamas'
    """

    def __init__(self, actors: Catalogue | None = None) -> None:
        self.actors = catalogue() if actors is None else actors
        self._states: dict[str, str | None] = {}
        self._named: dict[str, str | None] = {}

    @cached_property
    def _codes(self) -> dict[tuple[str, str], str]:
        return {(code.scheme, code.value): actor.id for actor in self.actors.values() for code in actor.codes}

    def of(self, stream: str, key: str) -> Identity:
        """Who the actor with a key is."""
        code, name, country, group, said = (part or None for part in (*key.split("\x1f"), *[""] * len(KEY))[: len(KEY)])
        state = self.state(country)
        roles = tuple(dict.fromkeys(role for one in (said or "").split("|") if (role := _OF.get(one.strip().lower()))))
        found = self._codes.get(("ucdp", code or "")) if stream == "ged" else None
        found = found or self._codes.get(("cameo", group or ""))
        if found is None and name is not None and stream in {"icews", "polecat", "acled", "ged"}:
            found = self._by_name(re.sub(r"\s*\([^)]*\)$", "", name))
        if found is None and group is None and state is not None and (not said or {"GOV", "MIL"} & {*roles}):
            found = state
        return Identity(state=state, actor=found, roles=roles)

    def find(self, name: str) -> Actor:
        """The actor of a name, an id, or a code as streams write it (SYR, HMS); an `UnknownName` has the near ones."""
        key = self._codes.get(("iso3", name)) or self._codes.get(("cameo", name))
        return self._linker.find(name) if key is None else self.actors[key]

    @cached_property
    def _linker(self) -> Linker:
        return Linker(self.actors)

    def state(self, country: str | None) -> str | None:
        """The state of a code or a name as streams write it."""
        if country is None:
            return None
        if country not in self._states:
            plain = _CAMEO.get(country, country)
            by_code = self._codes.get(("iso3", plain)) or self._codes.get(("gw", plain))
            self._states[country] = by_code or self._by_name(country, Kind.STATE)
        return self._states[country]

    def _by_name(self, name: str, kind: Kind | None = None) -> str | None:
        """The one actor of a name; None where it is nobody's, or of several."""
        if kind is None and name in self._named:
            return self._named[name]
        bearers = {actor.id: actor for actor, _ in self.actors.named(name) if kind in (None, actor.kind)}
        left = [key for key, actor in bearers.items() if actor.held.end is None]  # the Ottoman Empire is Turkey, too
        ids = left if len(bearers) > 1 else [*bearers]
        found = ids[0] if len(ids) == 1 else None
        if kind is None:
            self._named[name] = found
        return found


def identify(archive: Archive) -> None:
    """Make the engine's table `people` (id, stream, state, actor, roles, label) of the actors that an archive has."""
    import pyarrow as pa

    con = archive.con
    rows = con.execute("SELECT id, stream, key FROM actors ORDER BY id").fetchall()
    finder = archive.identities
    found = [finder.of(stream, key) for _, stream, key in rows]
    table: dict[str, Any] = {
        "id": pa.array([row[0] for row in rows], pa.int32()), "stream": pa.array([row[1] for row in rows], pa.string()),
        "state": pa.array([one.state for one in found], pa.string()),
        "actor": pa.array([one.actor for one in found], pa.string()),
        "roles": pa.array([list(one.roles) for one in found], pa.list_(pa.string())),
        "label": pa.array([label(key) for _, _, key in rows], pa.string()),
        "code": pa.array([key.split("\x1f")[0] for _, _, key in rows], pa.string()),
    }  # fmt: skip
    con.register("given", pa.table(table))
    con.execute("CREATE OR REPLACE TEMP TABLE people AS SELECT * FROM given")
    con.unregister("given")


def label(key: str) -> str:
    """What an actor of a stream is called there: its code, but for a number, else its name, else its state.

    >>> label("SYRMIL\\x1fDAMASCUS\\x1fSYR\\x1f\\x1fMIL"), label("\\x1fCitizen (Iran)\\x1fIran\\x1f\\x1f")
    ('SYRMIL', 'Citizen (Iran)')
    """
    code, *others = key.split("\x1f")
    return next((part for part in ("" if code.isdigit() else code, *others) if part), code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of a pair as somebody asks for it: what it is called, and for each stretch of time SQL that is true of
    the rows of `people` that are it, from the first day to the day before the last."""

    name: str
    stretches: tuple[tuple[str, date | None, date | None], ...]

    @property
    def dated(self) -> bool:
        """Whether who is it changes with time."""
        return any(start or end for _, start, end in self.stretches)

    def members(self, among: str) -> str:
        """SQL for the numbers of the actors that are it, of the `people` of whom a condition is true, with the days on
        which: `id`, `begins`, `ends`."""
        return " UNION ".join(
            f"SELECT id, DATE '{start or date.min}' AS begins, DATE '{end or date.max}' AS ends FROM people"
            f" WHERE {among} AND {where}"
            for where, start, end in self.stretches
        )


def party(asked: str, identities: Identities) -> Party:
    """A side by what somebody typed: a state, all of its roles or one of them ("Syria/MIL", "SYR"), an actor of the
    catalogue, a bloc by its members of each day, or an actor by the code that the stream gives it, or without one the
    name ("code:SYRMIL").

    An unknown name is an `UnknownName` with the near ones, an unknown role an `InvalidValue`.
    """
    if asked.startswith("code:"):
        code = asked.removeprefix("code:").strip()
        if not code:
            raise InvalidValue("an actor of a stream", asked, 'give its code or name, such as "code:SYRMIL"')
        return Party(name=code, stretches=((f"{text(code)} IN (code, label)", None, None),))
    name, _, role = (part.strip() for part in asked.partition("/"))
    role = role.upper()
    if role and role not in ROLES:
        raise InvalidValue("a role", role, f"use one of: {', '.join(ROLES)}")
    found = identities.find(name)
    within = f" AND list_contains(roles, {text(role)})" if role else ""
    actors = identities.actors
    members = [(actors[one.actor], one.held) for one in found.members if one.actor in actors]
    if found.kind is not Kind.BLOC or not members:
        members = [(found, ALWAYS)]
    stretches = tuple((_is(one) + within, held.start, held.end) for one, held in members)
    return Party(name=f"{found.name}/{role}" if role else found.name, stretches=stretches)


def _is(actor: Actor) -> str:
    return f"{'state' if actor.kind is Kind.STATE else 'actor'} = {text(actor.id)}"
