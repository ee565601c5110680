"""A finding as firm as its sentence says it: what is denied, what somebody is accused of, what stands under an "if".

Finders see the words about their own cue, and the network none; this looks at the sentence over both. It only takes
firmness away: nothing becomes surer here.
"""

from __future__ import annotations

from dataclasses import replace

from cordiale.claims import Certainty
from cordiale.reading.findings import Finding
from cordiale.reading.lexicon import lexicon
from cordiale.reading.sentences import Sentence

_DENIED = frozenset("deny denies denied denying".split())
_REJECTED = frozenset("rejected rejects rejecting dismissed dismisses dismissing refuted refutes disputes".split())
_CHARGES = frozenset(
    "accusation accusations allegation allegations charge charges claim claims report reports suggestion suggestions "
    "involvement".split()
)
_ACCUSED = frozenset("accuse accuses accused accusing accusation accusations allegation allegations".split())
_OPENS = frozenset({"that", "having", "being", "any", "its", "his", "her", "their"}) | _CHARGES
_BREAKS = frozenset({";", ":", "but", "although", "though", "while", "whereas", "after", "before", "because", "unless"})
_RUMOURS = frozenset({"alleged", "claimed", "reported", "rumored", "rumoured"})


def in_earnest(finding: Finding, sentence: Sentence) -> Finding:
    """The finding, denied, alleged or possible where its sentence has it so and the finding does not."""
    if finding.certainty is not Certainty.ASSERTED:
        return finding
    told = _told_of(finding, sentence.low) or _supposed(sentence.low[: finding.last])
    return finding if told is None else replace(finding, certainty=told)


def _told_of(finding: Finding, low: list[str]) -> Certainty | None:
    """Denied where it is what somebody denies, alleged where it is what somebody is accused of.

    What the network sees stands nowhere: it lies where the later of its two actors does.
    """
    first, later = sorted((finding.subject, finding.object), key=lambda mention: mention.first)
    seen = finding.first <= first.last and finding.last == finding.first + 1
    place = later.first if seen else finding.first
    for at in range(place - 1, -1, -1):
        word, after = low[at], low[at + 1 : min(at + 5, place)]
        if word in _BREAKS:
            return None
        passive = at > 0 and low[at - 1] in lexicon().words["passive"]  # "was denied access"
        opened = any(one in _OPENS or one.endswith("ing") for one in after)
        if (word in _DENIED and opened and not passive) or (word in _REJECTED and _CHARGES & set(after)):
            return Certainty.DENIED
        if word in _ACCUSED and "of" in low[at:place] and not (seen and at > first.first):
            return Certainty.ALLEGED
    return None


def _supposed(before: list[str]) -> Certainty | None:
    """Possible under an "if", alleged after "it is alleged that"."""
    if any(word in {"if", "unless"} and before[max(0, at - 1)] != "as" for at, word in enumerate(before)):
        return Certainty.POSSIBLE
    told = next((at for at, word in enumerate(before) if word in _RUMOURS), None)
    said = set(before[max(0, told - 4) : told]) if told is not None else set()
    if "it" in said and lexicon().words["passive"] & said and "that" in before[told:]:
        return Certainty.ALLEGED
    return None
