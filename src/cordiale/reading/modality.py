"""How firmly a clause is said to be so: asserted, denied, hedged, predicted, alleged; begun, ended, continued.

Works from the words about a cue. What is only asked for, wished or ordered is no claim at all; what is refused is a
refusal. A denied or possible claim is kept as such, never turned into a fact or its opposite.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cordiale.claims import Certainty, Change
from cordiale.reading.clauses import Scene
from cordiale.reading.lexicon import inflected, lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """How a cue is said. `change` is None where nothing is said; `refused` where the subject would not; `real` is False
    where the clause is only asked for or wished; `belief` is how firmly it is said, leaving out that it is denied."""

    certainty: Certainty = Certainty.ASSERTED
    change: Change | None = None
    refused: bool = False
    real: bool = True
    belief: Certainty = Certainty.ASSERTED


def _forms(*verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs for _, form in inflected(verb))


_NEVER = frozenset({"not", "never", "neither", "nor", "hardly", "n't"})
_ENDED = _forms("stop", "cease", "end", "halt", "suspend", "quit", "discontinue", "freeze") | {"cessation"}
_BEGUN = _forms("begin", "start")
_KEPT = _forms("continue", "keep", "maintain") | {"still"}
_RESUMED = _forms("resume") | {"again"}
_TRIED = _forms("try", "seek", "attempt", "struggle", "hope", "want", "wish", "aim") | {"effort", "efforts", "bid"}
_REFUSED = _forms("refuse", "decline") | {"refusal", "unwilling", "reluctant"}
_FAILED = _forms("fail") | {"failure", "unable"}
_DENIED = _forms("deny", "doubt") | {"unlikely"} | {"denial", "denies"}
_PLANNED = _forms("plan", "intend", "promise", "pledge", "vow", "agree", "expect", "threaten", "prepare", "offer") | {
    "set"
}
_FUTURE = frozenset({"will", "shall", "won't", "would", "wouldn't"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "couldn't"})
_HEDGES = frozenset(
    "perhaps possibly maybe apparently likely unlikely seems seemed appears appeared seemingly probably potential "
    "potentially if whether unless".split()
)
_ALLEGED = frozenset(
    "allegedly reportedly supposedly purportedly alleged rumoured rumored suspected accused accuses accusing "
    "accuse".split()
)
_BELIEF = _forms("believe", "think", "consider", "suspect", "feel", "regard") | {"belief"}
_ASKED = _forms(
    "demand", "ask", "urge", "call", "request", "order", "press", "implore", "want", "appeal", "recommend", "propose",
    "suggest", "pressure",
)  # fmt: skip
_ARTICLES = frozenset({"a", "an"})  # "not an ally of"
_GRIP = frozenset({"to", "from", "in", "on", "its", "their", "his", "the", "any", "further", "all", "be", "been"})


def read_modality(scene: Scene, cue: int, start: int, *, verb: bool) -> Modality:
    """The modality of the cue at a token; `start` is the token at which its clause begins."""
    low = scene.low
    window = range(max(start, cue - 7), cue)
    near = [low(i) for i in window if i not in scene.mention_at]
    chain = _chain(scene, cue, verb=verb)
    if "longer" in chain and "no" in chain:
        return Modality(change=Change.ENDS)
    certainty, change = Certainty.ASSERTED, None
    for word in chain:
        if word in _REFUSED:
            return Modality(refused=True, change=None)
        if word in _ASKED and verb:
            return Modality(real=False)
        if word in _DENIED or word in _FAILED:
            certainty = Certainty.DENIED
        elif word in _ENDED:
            change = Change.ENDS
        elif word in _BEGUN:
            change = Change.BEGINS
        elif word in _KEPT:
            change = Change.CONTINUES
        elif word in _RESUMED:
            change = Change.RESUMES
        elif word in _TRIED:
            change = Change.ATTEMPTED
        elif word in _PLANNED and "to" in chain and verb:
            certainty = Certainty.PREDICTED
    if "no" in chain and _PLANNED & set(chain):  # "has no plans to attack"
        certainty = Certainty.DENIED
    if any(word in lexicon().words["obliging"] for word in chain):
        return Modality(real=False)  # "must end its attacks" is a wish
    if any(word in _NEVER or word.endswith("n't") for word in chain) or (not verb and near[-1:] == ["no"]):
        certainty = Certainty.DENIED
    elif certainty is not Certainty.DENIED and any(word in _FUTURE for word in chain):
        certainty = Certainty.PREDICTED
    elif any(word in _POSSIBLE for word in chain) or any(word in _HEDGES for word in near[-6:]):
        certainty = Certainty.POSSIBLE
    elif any(word in _ALLEGED for word in near) or _blamed(scene, cue):
        certainty = Certainty.ALLEGED
    if verb and _under(scene, cue, _ASKED):
        return Modality(real=False)
    if _under(scene, cue, _DENIED):
        certainty = Certainty.DENIED
    believed = any(low(i) in _BELIEF for i in range(max(start, cue - 12), cue))
    belief = Certainty.BELIEVED if believed else Certainty.ASSERTED
    return Modality(certainty=belief if certainty is Certainty.ASSERTED else certainty, change=change, belief=belief)


def supposed(scene: Scene, first: int, last: int) -> Certainty:
    """How firmly a noun's clause is said: a modal verb before or right after it makes it a supposition."""
    before = range(max(0, first - 8), first)
    breaks = {",", ";", ":", "—", "that", "and", "but"} | lexicon().words["relative"]
    start = max((i + 1 for i in before if scene.low(i) in breaks), default=before.start)
    words = [scene.low(i) for i in (*range(start, first), *range(last, last + 2))]
    if any(word in _FUTURE for word in words):
        return Certainty.PREDICTED
    if any(word in _POSSIBLE or word in _HEDGES for word in words):
        return Certainty.POSSIBLE
    return Certainty.ALLEGED if any(word in _ALLEGED for word in words) else Certainty.ASSERTED


@cache
def _governing(*, verb: bool) -> frozenset[str]:
    """The words that may stand between a cue and what governs it."""
    words = lexicon().words
    return (
        words["auxiliary"] | words["adverbs"] | _GRIP | _ENDED | _BEGUN | _KEPT | _RESUMED | _TRIED | _REFUSED | _FAILED
        | _DENIED | _PLANNED | _NEVER | _ALLEGED | _ASKED | (frozenset() if verb else _ARTICLES)
    )  # fmt: skip


def _chain(scene: Scene, cue: int, *, verb: bool) -> list[str]:
    """The words that govern the cue directly: auxiliaries, adverbs, and the verbs that take it ("refused to ...")."""
    governing = _governing(verb=verb)
    chain: list[str] = []
    at = cue - 1
    while at >= 0 and len(chain) < 8:
        word = scene.low(at)
        if word in {"and", "or"} and chain[-1:] == ["to"]:  # "refuses to renounce X and to recognise Y"
            at = next((i for i in range(at - 1, max(-1, at - 9), -1) if scene.low(i) == "to"), -1)
            continue
        if at in scene.mention_at or not (word in governing or word.endswith("ly")):
            break
        chain.append(word)
        at -= 1
    return chain


def _blamed(scene: Scene, cue: int) -> bool:
    """Whether the cue is what somebody is accused of: "accused A of arming B"."""
    return scene.low(cue).endswith("ing") and any(scene.low(i) in _ALLEGED for i in range(max(0, cue - 5), cue))


def _under(scene: Scene, cue: int, verbs: frozenset[str]) -> bool:
    """Whether the cue stands in what one of these verbs takes: "demanded that X support Y", "denied that it did"."""
    saw = False
    for at in range(cue - 1, -1, -1):
        word = scene.low(at)
        if word in {"that", "to"}:
            saw = True
        elif word in verbs and saw:
            return True
        elif word in {",", ";", ":", "—", "and", "but"} or word in lexicon().words["relative"] - {"that"}:
            return False
    return False
