"""The reader: a document in, its claims out, through a chain of small steps.

    body -> sentences -> mentions -> coreference -> relations -> speakers, dates, cause, means -> claims

Each step is a module; `CueReader` only joins them. The finders of relations can be replaced (a model beside the cue
rules) without touching the rest. Reading is pure: the same document gives the same claims, and every quote is a slice
of `Document.text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from cordiale.actors import Catalogue, Linker
from cordiale.claims import Actor, Certainty, Claim, Document, Kind, Quote
from cordiale.documents import body
from cordiale.reading.bonds import find_bonds
from cordiale.reading.clauses import Scene
from cordiale.reading.coreference import Memory, resolve
from cordiale.reading.dates import held
from cordiale.reading.findings import Finding
from cordiale.reading.mentions import Form, Mention, MentionFinder
from cordiale.reading.narrative import Time, timeline
from cordiale.reading.nouns import (
    find_adjectives,
    find_compounds,
    find_leaders,
    find_members,
    find_mutual,
    find_nouns,
)
from cordiale.reading.phrases import compose
from cordiale.reading.reasons import find_cause, find_means
from cordiale.reading.sentences import Sentence, split
from cordiale.reading.speech import Speakers, find_speakers
from cordiale.reading.unknown import Cast, add_unknown_names
from cordiale.reading.verbs import find_verbs

FINDERS: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    find_verbs,
    find_nouns,
    find_adjectives,
    find_mutual,
    find_compounds,
    find_leaders,
)
"""The finders that need nothing but the sentence."""


_BONDING = frozenset({"depends_on", "supports"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from a document: its claims, and the provisional actors that they name."""

    document: Document
    claims: tuple[Claim, ...]
    actors: tuple[Actor, ...]


class CueReader:
    """The first reader: cue words and rules, no model."""

    name = "cues"
    version = "1"

    def __init__(self, catalogue: Catalogue) -> None:
        self._mentions = MentionFinder(Linker(catalogue))
        self._catalogue = catalogue

    @property
    def label(self) -> str:
        """Name and version, as claims carry it."""
        return f"{self.name} {self.version}"

    def read(self, document: Document) -> Reading:
        """The claims of a document."""
        spans = [(span.start, span.end) for span in body(document.text, document.title)]
        sentences = list(split(document.text, spans))
        cast = Cast()
        times = timeline(document.text, sentences, document.published)
        named = [self._mentions.find(s, time.day) for s, time in zip(sentences, times, strict=True)]
        add_unknown_names(sentences, named, self._mentions, cast)
        for sentence, mentions, time in zip(sentences, named, times, strict=True):
            compose(sentence, mentions, self._mentions, cast, time.day)
        speakers = find_speakers(document.text, spans, sentences, named)
        claims = list(self._claims(document, sentences, named, times, speakers, cast))
        used = {actor for c in claims for actor in (c.subject, c.object, c.said_by)}
        return Reading(
            document=document,
            claims=tuple(claims),
            actors=tuple(actor for actor in cast.provisional.values() if actor.id in used),
        )

    def _claims(
        self,
        document: Document,
        sentences: list[Sentence],
        named: list[list[Mention]],
        times: list[Time],
        speakers: Speakers,
        cast: Cast,
    ) -> Iterator[Claim]:
        memory = Memory()
        last_bond: list[tuple[Mention, Mention]] = []
        seen: set[str] = set()
        for sentence, mentions, time in zip(sentences, named, times, strict=True):
            speaking = partial(self._speaking, speakers, cast, time.day)
            scene = Scene(sentence, _unfolded(resolve(sentence, mentions, memory, speaking)))
            found = [f for finder in FINDERS for f in finder(scene)]
            found += find_members(scene, memory.bloc)
            found += find_bonds(scene, memory.topic, last_bond)
            bonded = [
                (f.subject, f.object) for f in found if f.bonded or f.relation.symmetric or f.relation.name in _BONDING
            ]
            if bonded:
                last_bond = bonded[-1:]
            for claim in self._made(document, scene, _best(found), speakers, time):
                if claim.id not in seen:
                    seen.add(claim.id)
                    yield claim
            memory.after(scene)

    def _speaking(
        self, speakers: Speakers, cast: Cast, day: date | None, offset: int, plural: bool
    ) -> tuple[str, Kind] | None:
        """Who "I" or "we" is: the speaker, or what the speaker leads."""
        speaker = speakers.at(offset, quoted=True)
        if speaker is None:
            return None
        actor = cast.provisional[speaker] if speaker in cast.provisional else self._catalogue[speaker]
        if plural and actor.kind is Kind.PERSON:
            led = [office.of for office in actor.offices if day is None or office.held.holds(day)]
            if len(set(led)) != 1 or led[0] not in self._catalogue:
                return None
            actor = self._catalogue[led[0]]
        return (actor.id, actor.kind) if plural or actor.kind is Kind.PERSON else None

    def _made(
        self, document: Document, scene: Scene, found: list[Finding], speakers: Speakers, time: Time
    ) -> Iterator[Claim]:
        sentence, text = scene.sentence, document.text
        for finding in found:
            start = sentence.at[finding.first][0]
            speaker = speakers.at(start)
            cause = find_cause(text, sentence.start, sentence.end, start)
            means = find_means(text, sentence.start, sentence.end) if finding.relation.means else ()
            quote = Quote(document=document, start=sentence.start, end=sentence.end)
            yield Claim(
                subject=finding.subject.actor,
                relation=finding.relation,
                object=finding.object.actor,
                sign=finding.sign,
                change=finding.change,
                means=means,
                held=held(time.moments, start, finding.relation),
                said_by=speaker,
                certainty=_in_earnest(finding, sentence),
                confidence=round(finding.certain * finding.subject.score * finding.object.score, 3),
                evidence=quote,
                why=Quote(document=document, start=cause[0], end=cause[1]) if cause else None,
                published=document.published,
                reader=self.label,
            )


def _in_earnest(finding: Finding, sentence: Sentence) -> Certainty:
    """How firmly a finding is said: what stands under an "if" is only possible."""
    if finding.certainty is Certainty.ASSERTED:
        before = sentence.low[: finding.last]
        if any(word in {"if", "unless"} and before[max(0, at - 1)] != "as" for at, word in enumerate(before)):
            return Certainty.POSSIBLE
    return finding.certainty


def _unfolded(mentions: list[Mention]) -> list[Mention]:
    """A pronoun that stands for several ("their ties with X") as one mention each, in the same place."""
    out = []
    for mention in mentions:
        if not mention.plural:
            out.append(mention)
            continue
        for actor in mention.plural:
            out.append(
                Mention(
                    first=mention.first, last=mention.last, actor=actor, kind=mention.kind, form=Form.PRONOUN,
                    score=mention.score, possessive=mention.possessive,
                )
            )  # fmt: skip
    return out


def _best(found: list[Finding]) -> list[Finding]:
    """The surest finding for each pair, relation and sign."""
    kept: dict[tuple[frozenset[str], str, int], Finding] = {}
    for finding in found:
        if finding.subject.actor == finding.object.actor:
            continue
        key = (frozenset({finding.subject.actor, finding.object.actor}), finding.relation.name, finding.sign)
        if key not in kept or kept[key].certain < finding.certain:
            kept[key] = finding
    return list(kept.values())
