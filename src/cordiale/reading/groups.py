"""Mentions that stand together: "Kenya, Uganda and Rwanda" is one group, and says one thing of each."""

from __future__ import annotations

from dataclasses import dataclass

from cordiale.actors import fold
from cordiale.reading.lexicon import lexicon
from cordiale.reading.mentions import Form, Mention
from cordiale.reading.sentences import QUOTES_CLOSE, QUOTES_OPEN, Sentence

_JOINTS = frozenset({",", "and", "or", "the", "&", "both", "also", "then", "a", "an", "as", "well"})

_OWN = frozenset({"its", "his", "her", "their"})
_NEIGHBOURS = frozenset({"neighbour", "neighbor", "neighbours", "neighbors"})
_OPENING = frozenset(  # what opens a phrase before the clause: "In Syria, Hamas ..."
    "in on after before since despite for from by at under unlike like besides amid against outside inside".split()
)


@dataclass(slots=True, eq=False)
class Group:
    """Mentions joined by commas and "and"; half-open in tokens."""

    first: int
    last: int
    mentions: list[Mention]


def grouped(sentence: Sentence, mentions: list[Mention]) -> list[Group]:
    """The groups that the mentions of a sentence form, in order; those that only describe are in none."""
    words = lexicon().words
    standing = [m for m in mentions if m.form is not Form.ADJECTIVE and not m.modifier and not _kin(sentence, m)]
    groups: list[Group] = []
    for mention in standing:
        last = groups[-1] if groups else None
        several = last is not None and last.mentions[-1].first == mention.first  # "they"
        if last is not None and (several or _joined(sentence, last, mention)):
            last.last = mention.last
            last.mentions.append(mention)
        else:
            groups.append(Group(first=mention.first, last=mention.last, mentions=[mention]))
    for group in list(groups):
        follows = sentence.low[group.last] if group.last < len(sentence) else ""
        before = sentence.low[group.first - 1] if group.first else ""
        apart = len(group.mentions) == 2 and "," in sentence.low[group.mentions[0].last : group.mentions[1].first]
        clausal = (
            follows in words["auxiliary"]
            or (follows in lexicon().verbs and follows not in lexicon().nouns)
            or (apart and len(follows) > 4 and follows.endswith("ed"))  # "to B, and C removed"
        )
        between = any(sentence.low[i] in {"between", "among"} for i in range(max(0, group.first - 3), group.first))
        if len(group.mentions) == 2 and clausal and not between and _object_like(before):
            one, other = group.mentions
            at = groups.index(group)
            groups[at : at + 1] = [Group(one.first, one.last, [one]), Group(other.first, other.last, [other])]
    return groups


def _kin(sentence: Sentence, mention: Mention) -> bool:
    """Whether a possessive only says whose ally is named next: "A and its ally B"."""
    after = sentence.low[mention.last : mention.last + 3]
    return (
        mention.possessive
        and mention.form is Form.PRONOUN
        and any(w in lexicon().kin or w in _NEIGHBOURS for w in after)
    )


def _object_like(before: str) -> bool:
    known = lexicon()
    verb = before in known.verbs and before not in known.words["speech"]
    return verb or before in known.words["prepositions"]


def _joined(sentence: Sentence, group: Group, mention: Mention) -> bool:
    words = lexicon().words
    between = sentence.low[group.last : mention.first]
    if group.mentions[-1].possessive and between and between[0] in {"'s", "'", "’"}:
        return False
    joints = {",", "and", "or", "&"} & set(between)
    if not joints or len(between) > 6:
        return False
    if not {"and", "or"} & joints and (QUOTES_CLOSE & set(between) or mention.form is Form.PRONOUN):
        return False
    after = sentence.low[mention.last] if mention.last < len(sentence) else ""
    if not {"and", "or"} & joints and after in lexicon().words["speech"]:
        return False
    for low in between:
        if low in _JOINTS or low in QUOTES_OPEN or low in QUOTES_CLOSE or low in {'"', "-"}:
            continue
        if low.isalpha() and low not in lexicon().words["prepositions"] and describes(low):
            continue
        if (
            low in lexicon().kin or low in _OWN | _NEIGHBOURS or fold(low) in words["identities"]
        ):  # "A and its Shiite ally B"
            continue
        return False
    if set(between) <= {",", "the"}:  # "In Syria, Hamas ..." is no list unless it goes on
        first = group.first - 1
        while first > 0 and sentence.low[first] in lexicon().words["determiners"]:
            first -= 1
        before = sentence.low[first] if first >= 0 else ""
        opens = before in _OPENING or (before == "to" and first > 0 and sentence.low[first - 1] == "according")
        if opens and len(group.mentions) == 1:
            rest = sentence.low[mention.last : mention.last + 3]
            return bool(rest) and rest[0] in {",", "and", "or"} and rest[-1] != "but"
    return True


def describes(low: str) -> bool:
    """Whether a word can stand before a name as part of it: an article, an office, an adjective."""
    words = lexicon().words
    return (
        low in words["determiners"]
        or low in words["state_organs"]
        or low.endswith(("al", "an", "ic", "ern", "ish", "ese", "ist"))
    )
