"""What one is of another, said in passing: "Iran's ally Hezbollah", "its arch-rival, India",."""

from __future__ import annotations

from collections.abc import Iterator

from cordiale.reading.clauses import Scene
from cordiale.reading.findings import Finding
from cordiale.reading.lexicon import begins_noun, lexicon
from cordiale.reading.mentions import Form, Mention

_NOT_NOW = frozenset(
    "former erstwhile onetime ex old once would then potential possible future likely estranged trading trade business "
    "coalition dialogue negotiating sparring".split()
)
"""What makes an ally none, or a partner of another sort."""
_APART = frozenset({"the", "a", "an", "-", ","})
_REACH = 5
"""Tokens between whose it is and the word, and from there to who it is."""


def find_kin(scene: Scene) -> Iterator[Finding]:
    """What words like "ally" and "rival" say of whose it is and of who is named right after."""
    for at, low in enumerate(scene.sentence.low):
        cue = lexicon().kin.get(low)
        if cue is None or at in scene.mention_at:
            continue
        owner = _owner(scene, at)
        if owner is None:
            continue
        for named in _named(scene, at):
            if named.actor != owner.actor:
                one, other = (named, owner) if cue.swap else (owner, named)
                yield Finding(
                    subject=one, relation=cue.relation, object=other, sign=cue.sign, first=at, last=at + 1, certain=0.8,
                    bonded=cue.relation.symmetric,
                )  # fmt: skip


def _owner(scene: Scene, at: int) -> Mention | None:
    """Whose: a possessive or an adjective before the word, with nothing between that is not said of the word."""
    for before in range(at - 1, max(-1, at - _REACH), -1):
        mention = scene.mention_at.get(before)
        if mention is not None:
            return mention if mention.possessive or mention.form is Form.ADJECTIVE else None
        low = scene.low(before)
        identity = scene.sentence.fold[before] in lexicon().words["identities"]
        if low in _NOT_NOW or not (begins_noun(low) or identity or low in {"'s", "'", "’", "-", "most"}):
            return None
    return None


def _named(scene: Scene, at: int) -> list[Mention]:
    """Who is named right after the word, or after a comma in an apposition that another comma or the end closes."""
    first = at + 1
    while scene.low(first) in _APART | lexicon().words["titles"] and first - at < _REACH:
        first += 1
    group = scene.by_token.get(first)
    if group is None or first not in scene.mention_at:
        return []
    if "," in scene.sentence.low[at + 1 : first] and scene.low(group.last) not in {",", ".", ";", "", "("}:
        return []
    return [mention for mention in group.mentions if mention.first >= first]
