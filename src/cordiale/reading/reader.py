"""The reader: a document in, its claims out, through a chain of small steps.

    body -> sentences -> mentions -> coreference -> relations -> speakers, dates, cause, means -> claims

Each step is a module; `Reader` only joins them. Relations are found by cue rules and, beside them, by the network, and
fused. Reading is pure: the same document gives the same claims, and every quote is a slice of `Document.text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from cordiale.actors import Catalogue, Linker
from cordiale.claims import Claim, Document, Event, Kind, Quote
from cordiale.documents import body
from cordiale.reading.bonds import find_bonds
from cordiale.reading.clauses import Scene
from cordiale.reading.coreference import Memory, resolve
from cordiale.reading.dates import held
from cordiale.reading.earnest import in_earnest
from cordiale.reading.findings import Finding
from cordiale.reading.fusion import fuse
from cordiale.reading.happenings import Happenings
from cordiale.reading.kin import find_kin
from cordiale.reading.mentions import Form, Mention, MentionFinder
from cordiale.reading.model.finder import judge
from cordiale.reading.model.network import Network, shipped, shipped_version
from cordiale.reading.model.sight import Sight, runs
from cordiale.reading.narrative import Time, timeline
from cordiale.reading.nouns import (
    find_adjectives,
    find_compounds,
    find_leaders,
    find_members,
    find_mutual,
    find_nouns,
)
from cordiale.reading.outcome import Reading, ReadsDocuments
from cordiale.reading.phrases import compose
from cordiale.reading.reasons import find_cause, find_means
from cordiale.reading.relatives import find_relatives
from cordiale.reading.sentences import Sentence, split
from cordiale.reading.speech import Speakers, find_speakers
from cordiale.reading.unknown import Cast, add_unknown_names
from cordiale.reading.verbs import find_reciprocal, find_verbs

FINDERS: tuple[Callable[[Scene], Iterator[Finding]], ...] = (
    find_verbs,
    find_reciprocal,
    find_nouns,
    find_adjectives,
    find_mutual,
    find_compounds,
    find_leaders,
    find_relatives,
    find_kin,
)
"""The finders that need nothing but the sentence."""


_BONDING = frozenset({"depends_on", "supports"})


@dataclass(frozen=True, slots=True)
class Shipped:
    """The choice of the reader that ships."""

    @property
    def label(self) -> str:
        """How its claims name it."""
        return Reader.label_with(shipped_version())

    def over(self, catalogue: Catalogue, events: Iterable[Event] = ()) -> ReadsDocuments:
        """The reader."""
        return Reader(catalogue, shipped(), events=events)


class Reader:
    """The reader: cue rules, and the network beside them; without a network, the rules alone."""

    version = "3"

    def __init__(self, catalogue: Catalogue, network: Network | None = None, *, events: Iterable[Event] = ()) -> None:
        self._happenings = Happenings(events)
        self._mentions = MentionFinder(Linker(catalogue))
        self._catalogue = catalogue
        self._network = network
        self.label = self.label_with(network.version if network else None)

    @classmethod
    def label_with(cls, network: str | None) -> str:
        """How claims name the reader with these weights, or none; one name, so that newer readings replace older."""
        return f"cues {cls.version}+{network}" if network else f"cues {cls.version}"

    def read(self, document: Document) -> Reading:
        """The claims of a document."""
        spans = [(span.start, span.end) for span in body(document.text, document.title)]
        sentences = list(split(document.text, spans))
        cast = Cast()
        times = timeline(document.text, sentences, document.published, self._happenings)
        named = [self._mentions.find(s, time.day) for s, time in zip(sentences, times, strict=True)]
        sight = None if self._network is None else Sight(self._network, document.text, sentences)
        add_unknown_names(sentences, named, self._mentions, cast, sight.names(named) if sight is not None else ())
        for sentence, mentions, time in zip(sentences, named, times, strict=True):
            compose(sentence, mentions, self._mentions, cast, time.day)
        speakers = find_speakers(document.text, spans, sentences, named)
        scenes, found = self._scenes(sentences, named, times, speakers, cast)
        if sight is not None:
            found = _fused(sight, scenes, found)
        found = [[in_earnest(f, scene.sentence) for f in some] for scene, some in zip(scenes, found, strict=True)]
        claims: dict[str, Claim] = {}
        for scene, findings, time in zip(scenes, found, times, strict=True):
            for claim in self._made(document, scene, _best(findings), speakers, time):
                claims.setdefault(claim.id, claim)
        used = {actor for c in claims.values() for actor in (c.subject, c.object, c.said_by)}
        return Reading(
            document=document,
            claims=tuple(claims.values()),
            actors=tuple(actor for actor in cast.provisional.values() if actor.id in used),
        )

    def _scenes(
        self, sentences: list[Sentence], named: list[list[Mention]], times: list[Time], speakers: Speakers, cast: Cast
    ) -> tuple[list[Scene], list[list[Finding]]]:
        """Each sentence with whom it speaks of, pronouns resolved, and what the rules find in it."""
        memory = Memory()
        last_bond: list[tuple[Mention, Mention]] = []
        scenes, all_found = [], []
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
            scenes.append(scene)
            all_found.append(found)
            memory.after(scene)
        return scenes, all_found

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
            if self._at_home(finding, time.day):
                continue
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
                certainty=finding.certainty,
                confidence=round(finding.certain * finding.subject.score * finding.object.score, 3),
                evidence=quote,
                why=Quote(document=document, start=cause[0], end=cause[1]) if cause else None,
                published=document.published,
                reader=self.label,
            )

    def _at_home(self, finding: Finding, day: date | None) -> bool:
        """Whether a leader is only said to be for what he leads: "el-Sisi spoke of Egypt's support"."""
        ends = {finding.subject.actor, finding.object.actor}
        if finding.sign <= 0 or finding.relation.name == "leads":
            return False
        actors = [self._catalogue[one] for one in ends if one in self._catalogue]
        offices = [office for actor in actors for office in actor.offices]
        held = (office.of for office in offices if day is None or office.held.holds(day))
        return any(of in ends and of in self._catalogue and self._catalogue[of].kind is Kind.STATE for of in held)


def _fused(sight: Sight, scenes: list[Scene], found: list[list[Finding]]) -> list[list[Finding]]:
    """What rules and network find together, in the sentences where there are two actors."""
    fused = list(found)
    asked = [n for n, scene in enumerate(scenes) if sight.legible(n) and (found[n] or _peopled(scene))]
    for some in runs(asked):
        told = [[(f.subject, f.object) for f in found[n]] for n in some]
        judged = judge(sight.network, [scenes[n] for n in some], sight.words(some), told)
        for n, views in zip(some, judged, strict=True):
            fused[n] = fuse(scenes[n], found[n], views)
    return fused


def _peopled(scene: Scene) -> bool:
    """Whether a sentence has two actors."""
    return len({mention.actor for mention in scene.mentions if not mention.modifier}) > 1


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
