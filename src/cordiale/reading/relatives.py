"""Relations that relative clauses state of what stands before them: "Norway, where X lived", "which Y refused".

The relative word stands for no actor here but for a place or for what was said, so that the finders of verbs, which
look for actors, pass such clauses by.
"""

from __future__ import annotations

from collections.abc import Iterator

from cordiale.claims import Kind
from cordiale.reading.clauses import DASHES, Scene
from cordiale.reading.findings import Finding, pairs
from cordiale.reading.groups import Group
from cordiale.reading.lexicon import lexicon
from cordiale.reading.mentions import Mention
from cordiale.reading.modality import read_modality
from cordiale.relations import relation

_LIVING = frozenset(
    "lived live lives living resided reside resides based sheltered shelter settled stayed stay headquartered exiled "
    "operates operate operated hid hides trained".split()
)
_REFUSING = frozenset("rejected rejects refused refuses declined declines dismissed dismisses rebuffed spurned".split())
_REACH = 8  # tokens between the relative word and its verb


def find_relatives(scene: Scene) -> Iterator[Finding]:
    """What clauses with "where" and "which" say of a place, or of a demand."""
    for at, low in enumerate(scene.sentence.low):
        if low == "where":
            yield from _hosts(scene, at)
        elif low == "which" and scene.low(at - 1) == ",":
            yield from _refusals(scene, at)


def _hosts(scene: Scene, where: int) -> Iterator[Finding]:
    before = where - 1
    while scene.low(before) in {",", "("} | DASHES:
        before -= 1
    place = scene.mention_at.get(before)
    verb = _verb(scene, where, _LIVING)
    guests = _subject(scene, where, verb) if verb is not None else None
    if place is None or place.kind is not Kind.STATE or guests is None or verb is None:
        return
    modality = read_modality(scene, verb, where, verb=True)
    if not modality.real:
        return
    for guest in guests:
        if guest.kind is not Kind.STATE and guest.actor != place.actor:
            yield Finding(
                subject=place, relation=relation("hosts"), object=guest, sign=1, first=verb, last=verb + 1,
                certainty=modality.certainty, certain=0.75,
            )  # fmt: skip


def _refusals(scene: Scene, which: int) -> Iterator[Finding]:
    verb = _verb(scene, which, _REFUSING)
    refusers = _subject(scene, which, verb) if verb is not None else None
    demand = next((i for i in range(which - 1, -1, -1) if _demands(scene, i)), None)
    asking: Group | None = scene.subject(demand) if demand is not None else None
    if verb is None or refusers is None or asking is None:
        return
    modality = read_modality(scene, verb, which, verb=True)
    if not modality.real:
        return
    for one, other in pairs(refusers, asking.mentions):
        yield Finding(
            subject=one, relation=relation("rejects"), object=other, sign=-1, first=verb, last=verb + 1,
            certainty=modality.certainty, certain=0.75,
        )  # fmt: skip


def _demands(scene: Scene, at: int) -> bool:
    cues = lexicon().verbs.get(scene.low(at), ())
    return at not in scene.mention_at and any(cue.relation.name == "demands_of" for _, cue in cues)


def _verb(scene: Scene, relative: int, verbs: frozenset[str]) -> int | None:
    within = range(relative + 1, min(relative + 1 + _REACH, len(scene.sentence)))
    return next((i for i in within if scene.low(i) in verbs and i not in scene.mention_at), None)


def _subject(scene: Scene, relative: int, verb: int) -> list[Mention] | None:
    """Who does what the verb says, within the clause: a group, or whose "officials" or "leaders" do."""
    groups = [scene.by_token[i] for i in range(relative + 1, verb) if i in scene.by_token]
    if groups:
        return groups[-1].mentions
    mentions = [scene.mention_at[i] for i in range(relative + 1, verb) if i in scene.mention_at]
    return mentions[-1:] or None
