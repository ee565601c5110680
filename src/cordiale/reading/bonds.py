"""Relations that lie in nouns between two sides: alliances, ties, rifts, wars, and what is said of them.

"The alliance between A and B collapsed", "A cut its ties with B", "A-B relations soured", "the relationship with B".
A neutral noun ("relations") says nothing until something is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from cordiale.claims import Certainty, Change
from cordiale.reading.clauses import DASHES, OBJECT_CONTROL, Scene
from cordiale.reading.findings import Finding, clique, pairs
from cordiale.reading.groups import Group
from cordiale.reading.holds import hold, settle_held
from cordiale.reading.lexicon import Cue, Trend, begins_noun, inflected, lexicon
from cordiale.reading.mentions import Form, Mention
from cordiale.reading.modality import Modality, read_modality, supposed
from cordiale.reading.sentences import QUOTES_CLOSE
from cordiale.relations import relation

_ATTRIBUTES = frozenset(
    "'s ' ’ long military diplomatic economic political security trade own new bilateral strategic foreign".split()
)
_ATTRIBUTIVE = ("al", "ic", "ary", "ing", "ed")
"""Words and endings that stand between a holder and what it holds: "A's military ties"."""


def find_bonds(scene: Scene, topic: Mention | None, last_bond: list[tuple[Mention, Mention]]) -> Iterator[Finding]:
    """What a sentence says of relationships.

    `topic` is whom the text is about so far: the other side of "the relationship with B". `last_bond` are the sides of
    the relationship last spoken of: what "that relationship" means.
    """
    bonds = lexicon().bonds
    for at, low in enumerate(scene.sentence.low):
        if low not in bonds and not (low == "one" and scene.low(at - 1) == "the" and scene.low(at + 1) == "with"):
            continue
        if at in scene.mention_at or scene.low(at + 1) == "-" or scene.low(at - 1) == "to":
            continue
        sides, reach = _sides(scene, at, topic)
        if sides:
            yield from _said_of(scene, at, reach, sides, _turned(scene, at, bonds.get(low)))
        elif _points_back(scene, at) and _trend(scene, at, at + 1)[0] is not None:
            yield from _said_of(scene, at, at + 1, last_bond, bonds.get(low))


def _turned(scene: Scene, at: int, cue: Cue | None) -> Cue | None:
    """What a noun says of the sides that it joins: a coalition against somebody is no friend of theirs."""
    if cue is not None and cue.sign > 0 and scene.low(at + 1) == "against":
        return Cue(relation=relation("opposes"), sign=-1)
    return cue


def _sides(scene: Scene, at: int, topic: Mention | None) -> tuple[list[tuple[Mention, Mention]], int]:
    """The pairs that a noun joins, and the token after the last of them."""
    low = scene.low
    owners = _owners(scene, at)
    step = at + 1
    if low(step) in lexicon().words["outbreak"]:
        ahead = (i for i in range(step, min(step + 4, len(scene.sentence))) if low(i) in {"between", "among"})
        step = next(ahead, step)
    if low(step) in {"in", "at", "on", "about", "over", "today", "here", "yesterday"}:  # "talks in Amman with"
        step = next((i for i in range(step, min(step + 8, len(scene.sentence))) if low(i) in {"with", "between"}), step)
        if any(low(i) in {",", ";", "and", "that"} or scene.verbal(i) for i in range(at + 1, step)):
            step = at + 1
    if low(step) in {"between", "among"}:
        group = _group_from(scene, step + 1)
        if group is None:
            return [], at
        members = list(group.mentions)
        last = group.last
        if len(members) == 1 and low(last) in {"and", "with"}:
            more = _group_from(scene, last + 1)
            if more is not None:
                members += more.mentions
                last = more.last
        return list(clique(members)), last
    if low(step) in {"with", "to", "against", "toward", "towards"} or (low(step) == "of" and _later_with(scene, step)):
        if low(step) == "of":
            holder = _group_from(scene, step + 1)
            owners = holder.mentions if holder is not None else owners
            step = holder.last if holder is not None else step
        group = _group_from(scene, step + 1)
        if group is None:
            return [], at
        if not owners:
            subject = scene.subject(_governor(scene, at))
            if subject is not None and subject is not group:
                owners = subject.mentions
        if not owners and topic is not None and _opens(scene, at):
            owners = [topic]
        return list(pairs(owners, group.mentions)), group.last
    if len(owners) >= 2:
        return list(clique(owners)), at + 1
    joined = _makers(scene, at)
    if joined is None:
        return [], at
    cue = lexicon().bonds.get(scene.low(at))
    members, last = _made_of(scene, at) if cue is not None and cue.sign > 0 else ([], at)
    makers = [m for m in joined.mentions if m.actor not in {one.actor for one in members}]
    if members:
        return [*pairs(makers, members), *clique(members)], last
    return list(clique(makers)), at + 1


def _opens(scene: Scene, at: int) -> bool:
    """Whether nobody else may hold a noun: nothing before its phrase does something to it, or has it in a phrase."""
    before = scene.low(scene.before(at))
    speech = lexicon().words["speech"]
    verbs = [
        i for i in range(at) if scene.verbal(i) and not scene.low(i).endswith("ing") and scene.low(i) not in speech
    ]
    alone = all(scene.low(i - 1) in lexicon().words["modal"] | {"", ","} for i in verbs[:1])
    return alone and before not in lexicon().words["prepositions"]


def _makers(scene: Scene, at: int) -> Group | None:
    """Who forms or joins what a noun names: the subject of "formed an alliance", "joined a new axis"."""
    verb = _governor(scene, at)
    low = scene.low(verb)
    if lexicon().bonds.get(scene.low(at)) is None:  # "A and B restored relations"
        subject = scene.subject(verb) if low in lexicon().trend_verbs else None
        return subject if subject is not None and len(subject.mentions) > 1 else None
    return scene.subject(verb) if low in lexicon().words["making"] else None


def _made_of(scene: Scene, at: int) -> tuple[list[Mention], int]:
    """Whom a bloc without a name is made of: "an axis formed around A and B", "a coalition of A and B"."""
    for step in range(at + 1, min(at + 9, len(scene.sentence))):
        group = scene.by_token.get(step)
        if group is not None:
            words = {scene.low(i) for i in range(at + 1, step)}
            return (group.mentions, group.last) if words & {"of", "with", "around", "including"} else ([], at)
        barring = lexicon().words["prepositions"] - {"of", "with", "around", "including"}
        if scene.low(step) in {".", ";", "that", "which"} | barring:
            break
    return [], at


def _later_with(scene: Scene, of: int) -> bool:
    group = _group_from(scene, of + 1)
    return group is not None and scene.low(group.last) in {"with", "to", "and"}


def _group_from(scene: Scene, at: int) -> Group | None:
    for step in range(at, min(at + 6, len(scene.sentence))):
        if step in scene.by_token:
            return scene.by_token[step]
        mention = scene.mention_at.get(step)
        if mention is None and (
            scene.low(step) in {",", ";", "."} or scene.low(step) in lexicon().words["prepositions"] - {"of"}
        ):
            return None
    return None


def _owners(scene: Scene, at: int) -> list[Mention]:
    """Who stands before the noun as its holder: "A's ties", "its ties", "A-B ties", "Iranian ties"."""
    low = scene.low
    before, far = at - 1, False
    while before >= 0 and before not in scene.mention_at and at - before < 6:
        word = low(before)
        if word not in lexicon().trends and word not in _ATTRIBUTES and not word.endswith(_ATTRIBUTIVE):
            if not begins_noun(word) or word in lexicon().words["determiners"] or scene.verbal(before):
                break
            far = True  # "A's port deal with B", and not "A port deal with B"
        before -= 1
    mention = scene.mention_at.get(before)
    if mention is None or (far and not mention.possessive):
        return []
    joined = scene.mention_at.get(mention.first - 2) if low(mention.first - 1) in {"-", "and"} | DASHES else None
    if joined is not None and (low(mention.first - 1) != "and" or joined.form is Form.ADJECTIVE):
        return [joined, mention]
    if mention.possessive or mention.form in {Form.ADJECTIVE, Form.PRONOUN}:
        group = scene.by_token.get(before)
        return (
            list(group.mentions) if group is not None and len(group.mentions) > 1 and mention.possessive else [mention]
        )
    return []


def _points_back(scene: Scene, at: int) -> bool:
    neutral = lexicon().bonds.get(scene.low(at)) is None
    pointing = {"that", "this", "their", "the"} if neutral else {"that", "this", "their"}
    return scene.low(at - 1) in pointing and scene.low(at + 1) not in {"with", "between", "of"}


def _governor(scene: Scene, at: int) -> int:
    """The verb before a noun phrase, or its start."""
    before = at - 1
    words = lexicon().words
    for _ in range(6):
        if scene.verbal(before) or before < 0 or scene.low(before) in words["making"]:
            break
        if scene.low(before) == "to" and scene.low(before - 1) in words["making"]:  # "agreed to a truce"
            return before - 1
        if scene.low(before) in words["prepositions"]:
            break
        before -= 1
    return max(before, 0)


def _said_of(
    scene: Scene, at: int, reach: int, sides: list[tuple[Mention, Mention]], cue: Cue | None
) -> Iterator[Finding]:
    trend, place = _trend(scene, at, reach)
    if trend is None and cue is None:
        return
    anchor = place if trend is not None else at
    modality = read_modality(scene, anchor, max(0, min(anchor, at) - 8), verb=trend is not None and place != at)
    if not modality.real:
        return
    if trend is None:
        assert cue is not None
        over = hold(scene, at)
        place = over.at if over is not None else at
        settled = settle_held(cue, modality, over)
        if settled is None:
            return
        rel, sign, change, modality = settled
    elif cue is None:
        rel, sign, change = trend.relation, trend.sign, trend.change
    elif cue.sign > 0:
        rel = (
            cue.relation if trend.sign > 0 else (relation("estranged_from") if cue.relation.symmetric else cue.relation)
        )
        sign, change = trend.sign, trend.change
    else:
        mended = trend.change is Change.RESUMES and _stem(scene.low(place)) in lexicon().words["mending"]
        eased = trend.change in {Change.ENDS, Change.WEAKENS} or scene.low(place) in lexicon().words["easing"]
        ended = mended or eased
        rel, sign, change = cue.relation, (-cue.sign if ended else cue.sign), trend.change
    certainty = modality.certainty
    if certainty is Certainty.ASSERTED and (trend is None or place <= at):
        certainty = supposed(scene, min(at, anchor), reach)
    if trend is not None and certainty is Certainty.DENIED and trend.sign:  # "not strained" is good, "not close" is not
        rel, sign, change, certainty = (
            relation("friendly_to" if sign < 0 else "estranged_from"),
            -sign,
            Change.NONE,
            modality.belief,
        )
    if modality.change is Change.ATTEMPTED or (place < at and _meant(scene, place, modality)):
        change = Change.ATTEMPTED
    elif modality.change is Change.CONTINUES and change is Change.NONE:
        change = Change.CONTINUES
    elif modality.change is Change.ENDS and sign > 0:
        rel, sign, change = relation("estranged_from"), -1, Change.ENDS
    for one, other in sides:
        yield Finding(
            subject=one,
            relation=rel,
            object=other,
            sign=sign,
            first=min(at, anchor),
            last=max(at, anchor) + 1,
            change=change,
            certainty=certainty,
            certain=0.8,
            bonded=True,
        )


def _stem(form: str) -> str:
    """The mending verb that a form is of, or the form."""
    return next((v for v in lexicon().words["mending"] if form in {f for _, f in inflected(v)}), form)


def _trend(scene: Scene, at: int, reach: int) -> tuple[Trend | None, int]:
    """What is said of a bond, and where: words before the noun, the verb before it, or the verb after its sides."""
    before = at - 1
    for _ in range(7):
        if before < 0 or scene.low(before) in {",", ";", ":"} | QUOTES_CLOSE:
            break
        found = _trend_at(scene, before)
        if found is not None and before not in scene.mention_at:
            return found, before
        if scene.low(before) in lexicon().words["conjunctive"] | {"between", "with", "and"} or (
            before in scene.by_token
            and not (
                scene.by_token[before].mentions[-1].possessive
                or scene.by_token[before].mentions[-1].form is Form.PRONOUN
            )
        ):
            break
        before -= 1
    crossed = 0
    aside = False
    for after in range(reach, min(reach + 12, len(scene.sentence))):
        low = scene.low(after)
        if low in {";", ".", ":"} or low in {"and", "but", "while"}:
            break
        if low in {","} | DASHES:
            crossed += 1
            aside = crossed % 2 == 1 and any(scene.low(i) in {","} | DASHES for i in range(after + 1, reach + 12))
            continue
        if aside:
            continue
        if after in scene.by_token:
            if crossed:
                continue
            break
        found = _trend_at(scene, after)
        if found is not None and _done_to_another(scene, after):
            break  # "the alliance could complicate peace efforts"
        if found is not None and any(scene.low(i) in lexicon().bonds for i in range(after + 1, after + 5)):
            break  # "the war strained its relations with B" is said of those
        if found is not None and low in lexicon().words["remaining"]:  # "remain tense"
            how = next((i for i in range(after + 1, after + 4) if _trend_at(scene, i) is not None), after)
            return _trend_at(scene, how), how
        if found is not None and (low in lexicon().trend_verbs or _predicated(scene, after)):
            return found, after
        if low in lexicon().words["easing"]:
            return Trend(sign=1, change=Change.WEAKENS, relation=relation("friendly_to")), after
    return None, at


def _object_at(scene: Scene, at: int) -> bool:
    """Whether a noun phrase that is no time begins at a token: "strained our efforts", and not "strained this week"."""
    times = lexicon().words["times"]
    return begins_noun(scene.low(at)) and not any(scene.low(i) in times for i in range(at, at + 3))


def _done_to_another(scene: Scene, at: int) -> bool:
    """Whether a verb in the active has an object of its own."""
    low, words = scene.low, lexicon().words
    if low(at) not in lexicon().trend_verbs or low(scene.past_adverbs(at - 1)) in words["passive"]:
        return False
    return _object_at(scene, at + 1) and low(at) not in words["remaining"]


def _meant(scene: Scene, at: int, modality: Modality) -> bool:
    """Whether a verb is only what somebody went about something for: "visited B to repair ties"."""
    before = scene.low(at - 2)
    moved = scene.mention_at.get(at - 2)
    if moved is not None and scene.low(scene.before(moved.first)) in OBJECT_CONTROL:  # "prompted A to cut ties"
        return False
    purpose = scene.low(at - 1) == "to" and before not in lexicon().words["auxiliary"] and not scene.verbal(at - 2)
    return (
        purpose and modality == Modality() and (at - 2 in scene.mention_at or before not in lexicon().words["resolves"])
    )


def _predicated(scene: Scene, at: int) -> bool:
    """Whether an adjective is said of what stands before: "relations were cordial", and not "were bad news"."""
    words = lexicon().words
    copulas = words["auxiliary"] | {"remain", "remained", "remains", "became", "grew", "turned", "stayed"}
    alone = not _object_at(scene, at + 1) or scene.low(at + 1) in lexicon().trends
    return alone and any(scene.low(i) in copulas for i in range(at - 3, at))


def _trend_at(scene: Scene, at: int) -> Trend | None:
    for then, trend in lexicon().trends.get(scene.low(at), ()):
        if not then or [scene.low(at + 1 + i) for i in range(len(then.split()))] == then.split():
            return trend
    return None
