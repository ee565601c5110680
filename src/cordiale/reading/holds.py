"""What the verb over a noun does to it: "lifted sanctions on", "refused talks with", "suspended aid to"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cordiale.claims import Change
from cordiale.reading.clauses import DASHES, Scene
from cordiale.reading.findings import settle
from cordiale.reading.lexicon import Cue, inflected, lexicon
from cordiale.reading.mentions import Form
from cordiale.reading.modality import Modality, read_modality
from cordiale.relations import Relation, relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """The verb over a noun: where it stands, what it does (`ends`, `weakens`, `strengthens`, `refuses`,
    `condemns`, or ""), and
    how firmly it is said."""

    at: int
    does: str
    modality: Modality


def hold(scene: Scene, noun: int) -> Hold | None:
    """The verb over the noun at a token, or None."""
    words = lexicon().words
    at = noun - 1
    for _ in range(8):
        low = scene.low(at)
        if not low or low in {",", ";", ":", "and", "or", "that"} | DASHES or low in words["speech"]:
            return None
        mention = scene.mention_at.get(at)
        if mention is not None:
            if not mention.possessive and mention.form is not Form.ADJECTIVE:
                return None
        elif scene.low(at - 1) == "-" or scene.low(at + 1) == "-":
            pass  # "long-standing"
        elif low in _doing() or low in words["making"] or scene.verbal(at) or scene.low(at - 1) == "to":
            if low in words["auxiliary"]:
                return None
            return Hold(at=at, does=_doing().get(low, ""), modality=read_modality(scene, at, 0, verb=True))
        elif low in words["prepositions"] and low not in {"on", "to", "from", "of"}:
            return None
        at -= 1
    return None


def hold_after(scene: Scene, last: int) -> Hold | None:
    """The verb that a noun phrase ending before a token is the subject of: "aid to B had been halted"."""
    words = lexicon().words
    passive = False
    for at in range(last, min(last + 6, len(scene.sentence))):
        low = scene.low(at)
        if low in words["auxiliary"]:
            passive = True
        elif low in _doing() and (passive or low in {"ended", "stopped", "ceased"}) and at not in scene.mention_at:
            return Hold(at=at, does=_doing()[low], modality=read_modality(scene, at, last, verb=True))
        elif low not in words["adverbs"] and not low.endswith("ly"):
            return None
    return None


@cache
def _doing() -> dict[str, str]:
    return {
        form: does
        for does in ("ends", "weakens", "strengthens", "refuses", "condemns")
        for verb in lexicon().words[f"holding_{does}"]
        for _, form in inflected(verb)
    }


def settle_held(cue: Cue, own: Modality, held: Hold | None) -> tuple[Relation, int, Change, Modality] | None:
    """Relation, sign, change and modality of a noun under the verb over it; None where nothing is claimed."""
    if held is None or held.at < 0:
        settled = settle(cue, own, cue.sign, cue.change)
        return None if settled is None else (*settled, own)
    over = held.modality
    if not over.real or held.does == "condemns":  # who condemns an attack has not made it
        return None
    if over.refused or held.does == "refuses":
        return (relation("rejects"), -1, Change.NONE, over) if cue.sign >= 0 else None
    settled = settle(cue, own if over == Modality() else over, cue.sign, cue.change)
    if settled is None:
        return None
    rel, sign, change = settled
    modality = own if over == Modality() else over
    if held.does == "ends":
        return rel, -cue.sign, Change.ENDS, modality
    if held.does == "weakens":
        return rel, -cue.sign, Change.WEAKENS, modality
    if held.does == "strengthens" and change is Change.NONE:
        change = Change.STRENGTHENS
    return rel, sign, change, modality
