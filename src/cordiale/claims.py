"""The vocabulary: actors, documents, quotes, claims, events, reviews. Frozen values, checked when made.

A value that cannot be true of anything cannot be made: a quote that is no slice of its document, a relation that is
not in the table, a subject that is its own object. No behaviour lives here: reading makes claims, ties weigh them.
Clocks: `held` is when it was so, `published` when a reader could have known it, `recorded_at` when the dossier
learned it (aware UTC; None before it did). Signs are -1, 0, +1.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from cordiale.errors import InvalidValue
from cordiale.periods import ALWAYS, Period
from cordiale.relations import Relation

_ACTOR_ID = re.compile(r"~?[a-z0-9]+(?:[-.][a-z0-9]+)*\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def _check_id(actor: str) -> None:
    if not _ACTOR_ID.match(actor):
        raise InvalidValue(
            "not an actor's id", actor, "use its id, lower-case words joined by -, such as 'south-sudan'"
        )


class Kind(StrEnum):
    """What sort of actor."""

    STATE = "state"
    ARMED_GROUP = "armed_group"
    PARTY = "party"
    BLOC = "bloc"
    ORGANIZATION = "organization"
    PEOPLE = "people"
    PERSON = "person"


class Change(StrEnum):
    """What a claim says happened to the tie."""

    NONE = "none"
    BEGINS = "begins"
    CONTINUES = "continues"
    STRENGTHENS = "strengthens"
    WEAKENS = "weakens"
    ENDS = "ends"
    RESUMES = "resumes"
    ATTEMPTED = "attempted"


class Certainty(StrEnum):
    """How firmly the claim is made by whoever makes it."""

    ASSERTED = "asserted"
    BELIEVED = "believed"
    ALLEGED = "alleged"
    POSSIBLE = "possible"
    PREDICTED = "predicted"
    DENIED = "denied"


class Means(StrEnum):
    """By which means one actor supports or needs another."""

    TROOPS = "troops"
    TERRITORY = "territory"
    WEAPONS = "weapons"
    MATERIEL = "materiel"
    TRAINING = "training"
    FUNDING = "funding"
    INTELLIGENCE = "intelligence"
    POLITICAL = "political"


class Verdict(StrEnum):
    """What a person found when checking a claim; `withdrawn` takes back what the same person said of it before."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Where an actor comes from: the shipped catalogue, a user's file, or a name in a text that neither has."""

    CATALOGUE = "catalogue"
    USER = "user"
    PROVISIONAL = "provisional"


class NameUse(StrEnum):
    """What a name is: a full or short name, an adjective ("Iranian"), or a seat that stands for it ("Tehran")."""

    NAME = "name"
    ADJECTIVE = "adjective"
    SEAT = "seat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of an actor, and when it was in use."""

    text: str
    use: NameUse = NameUse.NAME
    held: Period = ALWAYS

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise InvalidValue("a name without letters", self.text, "write it, or leave it out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An actor's code in a scheme (`cow`, `gw`, `iso3`, `cameo`, `wikidata`), and when it was in force."""

    scheme: str
    value: str
    held: Period = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """An actor's time in a bloc; `actor` is the member's id."""

    actor: str
    held: Period = ALWAYS

    def __post_init__(self) -> None:
        _check_id(self.actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A person's time at the head of an actor; `of` is that actor's id."""

    title: str
    of: str
    held: Period = ALWAYS

    def __post_init__(self) -> None:
        _check_id(self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an actor is or professes: `facet` is religion, ideology, ...; dated."""

    facet: str
    value: str
    held: Period = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who: a state, armed group, party, bloc, organization, people or person.

    `id` is a slug, unique in a dossier; that of a provisional actor begins with `~`. `name` is the canonical name.
    """

    id: str
    kind: Kind
    name: str
    names: tuple[Name, ...] = ()
    codes: tuple[Code, ...] = ()
    parent: str | None = None
    held: Period = ALWAYS
    members: tuple[Membership, ...] = ()
    purposes: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    identities: tuple[Identity, ...] = ()
    origin: Origin = Origin.CATALOGUE

    def __post_init__(self) -> None:
        _check_id(self.id)
        if self.parent is not None:
            _check_id(self.parent)
        if not self.name.strip():
            raise InvalidValue(f"the name of actor {self.id}", self.name, "give its usual English name")
        if self.id.startswith("~") != (self.origin is Origin.PROVISIONAL):
            raise InvalidValue("id and origin disagree", (self.id, str(self.origin)), "~ marks provisional actors only")
        if self.members and self.kind is not Kind.BLOC:
            raise InvalidValue(f"members of {self.id}, which is no bloc", str(self.kind), "make it a bloc")
        if self.parent == self.id:
            raise InvalidValue("an actor that is its own parent", self.id, "name another parent, or none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was read. `text` never changes once stored; `sha256` is that of the raw bytes it came from.

    `source` says where it was read from: a path, a URL, or `file.jsonl#id` for a row of a JSONL file.
    """

    sha256: str
    text: str = field(repr=False)
    source: str
    retrieved: datetime
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None

    def __post_init__(self) -> None:
        if not _SHA256.match(self.sha256):
            raise InvalidValue("not a sha256", self.sha256, "give 64 lower-case hexadecimal digits")
        if not self.text.strip():
            raise InvalidValue("a document without text", self.source, "leave it out")
        if self.retrieved.utcoffset() != timedelta(0):
            raise InvalidValue("the retrieval time is not in UTC", self.retrieved, "give an aware UTC datetime")
        if isinstance(self.published, datetime):
            raise InvalidValue("the day of publication is a time", self.published, "give a datetime.date")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Quote:
    """A slice of a document's text: `text` is `document.text[start:end]`, always, exactly. Printed, it is its words."""

    document: Document
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.document.text):
            raise InvalidValue(
                f"a quote outside {self.document.source}",
                (self.start, self.end),
                f"give 0 <= start < end <= {len(self.document.text)}",
            )
        if not self.text.strip():
            raise InvalidValue(
                f"a quote of blanks in {self.document.source}", (self.start, self.end), "quote some words"
            )

    @property
    def text(self) -> str:
        """The words quoted."""
        return self.document.text[self.start : self.end]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Quote {self.start}:{self.end} of {self.document.source}: {self.text!r}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A row of a dataset, for claims that come from no text."""

    dataset: str
    version: str
    row: str

    def __post_init__(self) -> None:
        if not (self.dataset and self.version and self.row):
            raise InvalidValue("an incomplete citation", self, "give dataset, version and row")


UNCLEAR = 0.5
"""The confidence below which a claim is unclear: kept, shown when asked for, and not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says about two actors.

    `sign` is the sign of what it says happened to the tie: the end of a friendship is -1. `said_by` is an actor's id,
    or None where the source speaks for itself. `confidence` is the reader's probability that the claim is there; below
    `UNCLEAR` it is not counted.
    `reader` names what made it and its version, such as "cues 1". `published` is that of the document or dataset.
    """

    subject: str
    relation: Relation
    object: str
    sign: int
    evidence: Quote | Citation
    reader: str
    change: Change = Change.NONE
    means: tuple[Means, ...] = ()
    held: Period = ALWAYS
    said_by: str | None = None
    certainty: Certainty = Certainty.ASSERTED
    confidence: float = 1.0
    why: Quote | None = None
    published: date | None = None
    recorded_at: datetime | None = None

    def __post_init__(self) -> None:
        for end in (self.subject, self.object, *([self.said_by] if self.said_by is not None else [])):
            _check_id(end)
        if self.subject == self.object:
            raise InvalidValue("a claim about one actor alone", self.subject, "name two actors")
        if not isinstance(self.relation, Relation):
            raise InvalidValue("not a relation", self.relation, "look it up: cordiale.relation('ally_of')")
        if self.sign not in (-1, 0, 1):
            raise InvalidValue("the sign of a claim", self.sign, "use -1, 0 or 1")
        if not 0 <= self.confidence <= 1:
            raise InvalidValue("the confidence of a claim", self.confidence, "use a probability, 0 to 1")
        if not isinstance(self.change, Change) or not isinstance(self.certainty, Certainty):
            raise InvalidValue(
                "the change or certainty of a claim", (self.change, self.certainty), "use Change and Certainty"
            )
        if not isinstance(self.held, Period):
            raise InvalidValue("when a claim held", self.held, "give a Period")
        if isinstance(self.published, datetime):
            raise InvalidValue("the day of publication is a time", self.published, "give a datetime.date")
        if self.means and not self.relation.means:
            raise InvalidValue(f"means of {self.relation}", [str(m) for m in self.means], "only support has means")
        if self.why is not None and (
            not isinstance(self.evidence, Quote) or self.why.document != self.evidence.document
        ):
            raise InvalidValue("a cause quoted from elsewhere", self.why, "quote it from the claim's own document")
        if self.recorded_at is not None and self.recorded_at.utcoffset() != timedelta(0):
            raise InvalidValue("the recording time is not in UTC", self.recorded_at, "give an aware UTC datetime")

    @property
    def unclear(self) -> bool:
        """Whether the reader is not sure enough for the claim to count."""
        return self.confidence < UNCLEAR

    @property
    def id(self) -> str:
        """16 hexadecimal digits that stand for what is claimed and where: the same claim has the same id everywhere."""
        place = (
            (self.evidence.document.sha256, self.evidence.start, self.evidence.end)
            if isinstance(self.evidence, Quote)
            else (self.evidence.dataset, self.evidence.version, self.evidence.row)
        )
        parts = (
            *place, self.subject, self.relation.name, self.object, self.sign, self.change.value,
            sorted(means.value for means in self.means), self.held.start_text, self.held.end_text, self.said_by,
            self.certainty.value, self.reader,
        )  # fmt: skip
        return hashlib.blake2b(repr(parts).encode(errors="surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A named, dated happening: a war, a coup, an election, a treaty. It dates claims and explains changes."""

    id: str
    name: str
    held: Period
    names: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's verdict on a claim. It never edits the claim; `instead` is the claim that a correction puts there."""

    claim: str
    verdict: Verdict
    by: str
    recorded_at: datetime
    reason: str = ""
    instead: Claim | None = None

    def __post_init__(self) -> None:
        if (self.verdict is Verdict.CORRECTED) != (self.instead is not None):
            raise InvalidValue(
                "a correction without its claim", str(self.verdict), "give `instead` with 'corrected', only"
            )
        if not self.by.strip():
            raise InvalidValue("a review by nobody", self.by, "say who reviewed")
        if self.recorded_at.utcoffset() != timedelta(0):
            raise InvalidValue("the review's time is not in UTC", self.recorded_at, "give an aware UTC datetime")
