"""Pronouns and descriptions: "he", "its", "they", "the movement", "the country", resolved within the document.

The nearest fitting actor in subject position wins; within a sentence before the sentences before it. What nothing
fits is left alone. Names are for `mentions`; relationships ("that alliance") for `bonds`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cordiale.claims import Kind
from cordiale.reading.clauses import BLAMED, Scene
from cordiale.reading.groups import Group
from cordiale.reading.lexicon import lexicon
from cordiale.reading.mentions import Form, Mention
from cordiale.reading.sentences import Sentence

_PERSON = {"he": False, "him": False, "his": True, "she": False, "her": True}
_THING = {"it": False, "its": True}
_MANY = {"they": False, "them": False, "their": True}
_PRONOUNS = _PERSON.keys() | _THING.keys() | _MANY.keys()
_GROUPS = frozenset({Kind.ARMED_GROUP, Kind.PARTY, Kind.ORGANIZATION, Kind.BLOC})
_DESCRIPTIONS = {
    "movement": frozenset({Kind.ARMED_GROUP, Kind.PARTY}),
    "group": frozenset({Kind.ARMED_GROUP, Kind.PARTY, Kind.ORGANIZATION}),
    "militia": frozenset({Kind.ARMED_GROUP}),
    "faction": frozenset({Kind.ARMED_GROUP, Kind.PARTY}),
    "rebels": frozenset({Kind.ARMED_GROUP, Kind.PEOPLE}),
    "insurgents": frozenset({Kind.ARMED_GROUP}),
    "militants": frozenset({Kind.ARMED_GROUP}),
    "party": frozenset({Kind.PARTY}),
    "organisation": frozenset({Kind.ARMED_GROUP, Kind.ORGANIZATION}),
    "organization": frozenset({Kind.ARMED_GROUP, Kind.ORGANIZATION}),
    "country": frozenset({Kind.STATE}),
    "kingdom": frozenset({Kind.STATE}),
    "republic": frozenset({Kind.STATE}),
    "emirate": frozenset({Kind.STATE}),
    "empire": frozenset({Kind.STATE}),
    "monarchy": frozenset({Kind.STATE}),
    "government": frozenset({Kind.STATE}),
    "regime": frozenset({Kind.STATE}),
    "alliance": frozenset({Kind.BLOC}),
    "bloc": frozenset({Kind.BLOC}),
    "coalition": frozenset({Kind.BLOC}),
    "axis": frozenset({Kind.BLOC}),
}
_PAST = frozenset({"former", "late", "ex", "then", "vice", "deputy", "ousted"})
_UNNAMED = frozenset(
    "army military junta ministry court company agency force team mission parliament council bank commission union "
    "newspaper party group militia movement organisation organization".split()
)
"""Whom "it" may stand for although no name does."""
_FIRST = {"i": False, "me": False, "my": True, "we": False, "us": False, "our": True}
_REFERRING = _PRONOUNS | _DESCRIPTIONS.keys() | _FIRST.keys()


@dataclass(slots=True, eq=False)
class Memory:
    """Whom the document has spoken of, latest last.

    `topic` is the subject of the latest sentence; `several` are all of them, where it has more than one.
    """

    spoken: list[Mention] = field(default_factory=list)
    topic: Mention | None = None
    bloc: Mention | None = None
    several: list[Mention] = field(default_factory=list)
    offices: dict[str, Mention] = field(default_factory=dict)
    """Who was last named with a title: whom "the president" means."""

    def latest(self, kinds: frozenset[Kind], *, before: list[Mention] | None = None) -> Mention | None:
        """The actor last spoken of, of one of these kinds."""
        for mention in reversed(self.spoken if before is None else before):
            if mention.kind in kinds:
                return mention
        return None

    def after(self, scene: Scene) -> None:
        """Remembers a sentence."""
        standing = [m for m in scene.mentions if m.form is not Form.ADJECTIVE]
        subjects = [g for g in scene.groups if is_subject(scene, g.first)]
        first = next((g.mentions[0] for g in subjects if g.mentions[0].kind is not Kind.PERSON), None)
        if first is not None and first.kind is not Kind.PEOPLE:
            self.topic = first
        tellers = {
            m.actor for m in standing if m.kind is Kind.PERSON and scene.low(m.last) in lexicon().words["speech"]
        }
        order = [m for m in standing if not any(m in g.mentions for g in subjects[:1])]
        order += subjects[0].mentions if subjects else []
        order.sort(key=lambda m: m.actor not in tellers)
        self.spoken = [*self.spoken[-24:], *order]
        self.several = subjects[0].mentions if subjects and len(subjects[0].mentions) > 1 else []
        self._remember_offices(scene)
        self.bloc = next((m for m in reversed(standing) if m.kind is Kind.BLOC), self.bloc)

    def _remember_offices(self, scene: Scene) -> None:
        """Who is named with a title; nobody of two with one title, of one in the past, or beside one without a name."""
        titles = lexicon().words["person_titles"]
        for mention in scene.mentions:
            title = scene.low(mention.last - 1 if mention.titled else mention.first - 1)
            if title not in titles or not (mention.titled or mention.kind is Kind.PERSON):
                continue
            past = _PAST & {scene.low(i) for i in range(mention.first - 4, mention.first)}
            known = self.offices.get(title)
            if mention.titled:
                self.offices.clear()
            elif past or (known is not None and known.actor != mention.actor):
                self.offices.pop(title, None)
            elif mention.form is Form.NAME:
                self.offices[title] = mention


def is_subject(scene: Scene, first: int) -> bool:
    """Whether a group that starts at a token stands where a subject does."""
    group = scene.by_token[first]
    if group.mentions[-1].possessive:
        return False
    before = scene.before(group.first)
    words = lexicon().words
    low = scene.low(before)
    if low in words["prepositions"] and low not in {"like"}:
        return False
    return not (scene.verbal(before) and low not in words["speech"])


Speaking = Callable[[int, bool], tuple[str, Kind] | None]
"""Who "I" is at an offset of the text, or "we" where the second argument is true; None where nobody can be told."""


def resolve(sentence: Sentence, mentions: list[Mention], memory: Memory, speaking: Speaking) -> list[Mention]:
    """The mentions of a sentence with its pronouns and descriptions added, in order."""
    found = list(mentions)
    if _REFERRING.isdisjoint(sentence.low) and memory.offices.keys().isdisjoint(sentence.low):
        return found
    taken = {i for m in mentions for i in range(m.first, m.last)}
    for at, low in enumerate(sentence.low):
        if (low not in _REFERRING and low not in memory.offices) or at in taken:
            continue
        if low in _FIRST:
            mention = _first_person(sentence, at, low, speaking)
        else:
            mention = _pronoun(sentence, at, low, found, memory) or _description(sentence, at, low, found, memory)
        if mention is not None:
            found.append(mention)
            found.sort(key=lambda m: m.first)
    return found


def _first_person(sentence: Sentence, at: int, low: str, speaking: Speaking) -> Mention | None:
    if sentence.text[at] == "US":
        return None
    who = speaking(sentence.at[at][0], low in {"we", "us", "our"})
    if who is None:
        return None
    return Mention(
        first=at, last=at + 1, actor=who[0], kind=who[1], form=Form.PRONOUN, score=0.9, possessive=_FIRST[low]
    )


def _pronoun(sentence: Sentence, at: int, low: str, found: list[Mention], memory: Memory) -> Mention | None:
    if low in _PERSON:
        kinds, owns = frozenset({Kind.PERSON}), _PERSON[low]
    elif low in _THING:
        if low == "it" and _empty(sentence, at):
            return None
        kinds, owns = frozenset({*_GROUPS, Kind.STATE}), _THING[low]
    elif low in _MANY:
        kinds, owns = frozenset({*_GROUPS, Kind.PEOPLE, Kind.STATE}), _MANY[low]
    else:
        return None
    if low == "her" and at + 1 < len(sentence) and sentence.low[at + 1] in lexicon().words["prepositions"]:
        owns = False
    scene = Scene(sentence, found)
    here = [g for g in scene.groups if g.last <= at and is_subject(scene, g.first)]
    fitting = [g for g in here if _fits(g.mentions[0], kinds)]
    barred = _own_subject(scene, fitting[-1], at) if fitting and not owns else None
    if barred is not None:  # "Syria welcomed it" is about somebody else
        fitting.pop()
    beside = next((m for m in found if owns and m.last == at - 1 and m.kind in kinds and not m.possessive), None)
    if beside is not None and _told_of(sentence, at, beside):
        return _mention(at, beside, owns)
    if fitting:
        group = fitting[-1]
        if low in _MANY and len(group.mentions) > 1:
            return _mention(at, group.mentions[0], owns, [m.actor for m in group.mentions])
        return _mention(at, group.mentions[0], owns)
    if low in _MANY and not here and memory.several and memory.several[0].kind in kinds:
        return _mention(at, memory.several[0], owns, [m.actor for m in memory.several])
    if beside is not None and sentence.low[at - 1] in {"for", "over", "of", "in", "with", "against"}:
        return _mention(at, beside, owns)  # "the president backed A in its war"
    if low in _THING and not here and _unnamed(sentence, at, found):
        return None
    if owns and not here:  # "A's war with B has strained its ties" is about A
        heads = [m for m in found if m.possessive and m.kind in kinds and m.last <= at and _heads(scene, m)]
        if heads:
            return _mention(at, heads[-1], owns)
    apart = barred or set()
    here_too = [m for m in found if m.last <= at and m.kind in kinds and m.form is not Form.ADJECTIVE]
    topic = [memory.topic] if low in _THING and memory.topic is not None else []
    candidates = [*(reversed(here_too) if barred else ()), *topic, *reversed(memory.spoken), *reversed(here_too)]
    antecedent = next((m for m in candidates if _fits(m, kinds) and m.actor not in apart), None)
    return _mention(at, antecedent, owns) if antecedent is not None else None


def _told_of(sentence: Sentence, at: int, before: Mention) -> bool:
    """Whether "its" is of the one right before, whatever the subject: "A and its ally B", "blamed A for its war"."""
    joint, after = sentence.low[at - 1], sentence.low[at + 1 : at + 4]
    if joint == "and":
        return not lexicon().kin.keys().isdisjoint(after)
    return joint in {"for", "over"} and not BLAMED.isdisjoint(sentence.low[max(0, before.first - 3) : before.first])


def _unnamed(sentence: Sentence, at: int, found: list[Mention]) -> bool:
    """Whether "it" may be whom the sentence itself speaks of without a name: "the army said that it ..."."""
    taken = {i for m in found for i in range(m.first, m.last)}
    for i in range(1, at):
        if sentence.low[i] in _UNNAMED and i not in taken and sentence.low[i - 1] in {"the", "a", "an"}:
            before = sentence.low[i - 2] if i > 1 else ""
            return before not in lexicon().words["prepositions"] | lexicon().words["conjunctive"]
    return False


def _fits(mention: Mention, kinds: frozenset[Kind]) -> bool:
    """Whether a pronoun of these kinds may stand for a mention; "he" also for "Sudan's army chief"."""
    return mention.kind in kinds or (mention.titled and Kind.PERSON in kinds)


def _heads(scene: Scene, mention: Mention) -> bool:
    """Whether a possessive stands where a subject begins."""
    before = scene.low(scene.before(mention.first))
    return before in {"", ",", "but", "and", "that"} or before in lexicon().words["conjunctive"]


def _own_subject(scene: Scene, group: Group, at: int) -> set[str] | None:
    """The actors of the subject of the clause in which a token is an object; None where it is none."""
    between = range(group.last, at)
    if not any(scene.verbal(i) for i in between):
        return None
    breaks = {",", ";", "and", "that", "but", "—"} | lexicon().words["conjunctive"] | lexicon().words["relative"]
    if any(scene.low(i) in breaks and not scene.low(i + 1).endswith("ing") for i in between):
        return None
    return {actor for m in group.mentions for actor in (m.plural or (m.actor,))}


def _empty(sentence: Sentence, at: int) -> bool:
    """Whether "it" stands for nobody: "it seemed that", "it could be argued", "it is likely"."""
    if at and sentence.low[at - 1] in {"have", "has", "had", "as"}:  # "as luck would have it"
        return True
    following = set(sentence.low[at + 1 : at + 5])
    return bool(
        following
        & {"seemed", "seems", "argued", "likely", "possible", "clear", "appears", "appeared", "said", "unclear"}
    )


def _mention(at: int, antecedent: Mention, owns: bool, plural: list[str] | None = None) -> Mention:
    return Mention(
        first=at,
        last=at + 1,
        actor=antecedent.actor,
        kind=antecedent.kind,
        form=Form.PRONOUN,
        score=antecedent.score * 0.85,
        possessive=owns,
        plural=tuple(plural or ()),
    )


def _description(sentence: Sentence, at: int, low: str, found: list[Mention], memory: Memory) -> Mention | None:
    kinds = _DESCRIPTIONS.get(low)
    if kinds is None and low not in memory.offices:
        return None
    article = at - 1
    while article > at - 4 and article >= 0 and sentence.low[article] not in {"the", "this", "that", "both"}:
        if not sentence.low[article].isalpha() or sentence.low[article] in lexicon().words["prepositions"]:
            return None
        if any(m.first <= article < m.last for m in found):
            return None
        article -= 1
    if article < 0 or article < at - 3 or sentence.low[article] not in {"the", "this", "that"}:
        return None
    after = sentence.low[at + 1] if at + 1 < len(sentence) else ""
    if after in {"of", "between", "to", "against", "that", "which", "-"} or any(m.first == at + 1 for m in found):
        return None
    if kinds is None and (article < at - 1 or sentence.text[at][0].isupper() or after == ","):
        return None  # "the former president", "the president, X"
    here = [m for m in found if m.last <= article]
    earlier = [m for m in here if m.form is not Form.ADJECTIVE] or here  # "the Chadian press said the government ..."
    antecedent = memory.offices[low] if kinds is None else memory.latest(kinds, before=earlier) or memory.latest(kinds)
    if antecedent is None:
        return None
    owned = after == "'s" or after in {"'", "’"}
    return Mention(
        first=article, last=at + 1, actor=antecedent.actor, kind=antecedent.kind, form=Form.DESCRIPTION,
        score=antecedent.score * 0.8, possessive=owned,
    )  # fmt: skip
