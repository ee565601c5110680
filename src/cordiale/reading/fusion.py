"""Rules and network as one: each finding of the rules is weighed by what the network makes of its pair, and pairs of
which the rules say nothing are the network's, where it is sure enough.

The rules know words and who stands where; the network has seen how such sentences are meant. Where both say the same
the claim is surer than either, where they differ it is less sure, down to unclear. Their odds are multiplied, those of
the network to the power of `TRUST`: a logarithmic opinion pool (Genest and Zidek 1986). The constants were
chosen on the corpus's held-out tenth and on the article that `bench/case.py` was developed with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cordiale.claims import Certainty, Change, Kind
from cordiale.reading.clauses import Scene
from cordiale.reading.findings import Finding
from cordiale.reading.holds import hold
from cordiale.reading.lexicon import lexicon
from cordiale.reading.mentions import Mention
from cordiale.reading.model.finder import Judged
from cordiale.reading.model.network import Judgement
from cordiale.relations import relation

TRUST = 0.35
"""How much the network's word weighs beside that of a rule, whose own weighs 1."""
SURE = 0.75
"""The probability from which on what only the network sees is a claim."""
FIRM = 0.6
"""The probability from which on the network's change or certainty counts where the rules saw none."""

_WITHIN = frozenset({"in", "inside", "across", "throughout", "within", "near"})

Pair = tuple[str, str]


def fuse(scene: Scene, found: Iterable[Finding], judged: Iterable[Judged]) -> list[Finding]:
    """The findings of the rules, weighed, and those of the network that they do not have."""
    views = {(one.subject.actor, one.object.actor): one for one in judged}
    weighed = [_weighed(finding, views) for finding in found]
    told = {frozenset({one.subject.actor, one.object.actor}) for one in weighed}
    bonds = _bonds(weighed)
    for new in _new(scene, views.values()):
        pair = frozenset({new.subject.actor, new.object.actor})
        outside = new.relation.symmetric and len(pair & bonds.get(new.sign, frozenset())) == 1
        if pair not in told and not outside and not _spared(scene, new):
            weighed.append(new)
            if new.relation.symmetric:
                told.add(pair)
    return weighed


def _spared(scene: Scene, new: Finding) -> bool:
    """Whether the hostility is that of an attack on the object, which somebody condemns, with nothing against it."""
    at = scene.before(new.object.first)
    held = hold(scene, at - 1) if new.sign < 0 and scene.low(at - 1) in lexicon().nouns else None
    return held is not None and held.does == "condemns"


def _bonds(found: Iterable[Finding]) -> dict[int, frozenset[str]]:
    """Whom relationships of each sign are said to join: "a friendship between A, B and C" has no fourth side."""
    sides: dict[int, frozenset[str]] = {}
    for one in found:
        if one.bonded:
            sides[one.sign] = sides.get(one.sign, frozenset()) | {one.subject.actor, one.object.actor}
    return sides


def _weighed(finding: Finding, views: dict[Pair, Judged]) -> Finding:
    forth = views.get((finding.subject.actor, finding.object.actor))
    back = views.get((finding.object.actor, finding.subject.actor))
    seen = [one.judgement for one in (forth, back) if one is not None]
    if not seen:  # the pair stands in another sentence, or too far apart
        return finding
    agreed = max(one.share(finding.sign) for one in seen)
    turned = max(one.share(-finding.sign) * one.change[Change.ENDS] for one in seen)
    if turned >= FIRM and finding.change is Change.NONE and finding.sign:  # "were allies": no longer
        return replace(finding, sign=-finding.sign, change=Change.ENDS, certain=_pooled(finding.certain, turned))
    certain = _pooled(finding.certain, agreed)
    if forth is None or agreed < FIRM:
        return replace(finding, certain=certain)
    change, certainty = _likeliest(forth.judgement)
    return replace(
        finding,
        certain=certain,
        change=change if finding.change is Change.NONE and change is not Change.ENDS else finding.change,
        certainty=certainty if finding.certainty is Certainty.ASSERTED else finding.certainty,
    )


def _pooled(rule: float, network: float) -> float:
    """The probability of a finding on which rule and network have a word each."""
    certain, agreed = (min(max(p, 0.01), 0.99) for p in (rule, network))
    odds: float = certain / (1 - certain) * (agreed / (1 - agreed)) ** TRUST
    return round(odds / (1 + odds), 3)


def _new(scene: Scene, views: Iterable[Judged]) -> Iterator[Finding]:
    """What the network says, surest first; a relation that goes both ways is said once."""
    likeliest = [(one, one.judgement.likeliest()) for one in views]
    for one, told in sorted(likeliest, key=lambda pair: -pair[1].probability):
        if told.probability < SURE or any(_place(scene, mention) for mention in (one.subject, one.object)):
            continue
        kind = relation(told.relation)
        change, certainty = _likeliest(one.judgement)
        first = min(one.subject, one.object, key=lambda mention: mention.first)
        at = min(first.last, len(scene.sentence) - 1)
        yield Finding(
            subject=one.subject, relation=kind, object=one.object, sign=told.sign, first=at, last=at + 1,
            change=Change.ENDS if told.ends else Change.NONE if change is Change.ENDS else change,
            certainty=certainty, certain=round(told.probability, 3), bonded=kind.symmetric,
        )  # fmt: skip


def _place(scene: Scene, mention: Mention) -> bool:
    """Whether a state is only where something happens: "lost money by its choice in Syria"."""
    return mention.kind is Kind.STATE and scene.low(scene.before(mention.first)) in _WITHIN


def _likeliest(judgement: Judgement) -> tuple[Change, Certainty]:
    change = max(judgement.change, key=judgement.change.__getitem__)
    certainty = max(judgement.certainty, key=judgement.certainty.__getitem__)
    return (
        change if judgement.change[change] >= FIRM else Change.NONE,
        certainty if judgement.certainty[certainty] >= FIRM else Certainty.ASSERTED,
    )
