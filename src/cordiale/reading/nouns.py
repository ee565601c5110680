"""Relations that directed nouns and adjectives state, and those in compounds and lists of members.

"Iran's support for Hamas", "an attack by A on B", "hostile to B", "Iran-backed B", "an alliance including A and B",
"B's leader X".
"""

from __future__ import annotations

from collections.abc import Iterator

from cordiale.claims import Certainty, Change, Kind
from cordiale.reading.clauses import DASHES, Scene
from cordiale.reading.findings import Finding, clique, pairs, settle
from cordiale.reading.groups import Group
from cordiale.reading.holds import hold, hold_after, settle_held
from cordiale.reading.lexicon import Cue, lexicon
from cordiale.reading.mentions import Form, Mention
from cordiale.reading.modality import read_modality
from cordiale.reading.sentences import QUOTES_CLOSE
from cordiale.relations import relation

_ENDED = frozenset({"cessation", "end", "halt", "suspension", "withdrawal", "loss"})
_MEMBERS = frozenset(
    {
        "including",
        "namely",
        "comprising",
        "comprised",
        "consisting",
        "uniting",
        "grouping",
        "composed",
        "linking",
        "formed",
        "made",
    }
)


def find_nouns(scene: Scene) -> Iterator[Finding]:
    """What the directed nouns of a sentence say: "A's support for B"."""
    nouns = lexicon().nouns
    for at, low in enumerate(scene.sentence.low):
        for cue in nouns.get(low, ()):
            if at in scene.mention_at or scene.low(at + 1) == "-":
                continue
            subject, target = _holders(scene, at), scene.object(at + 1, cue.takes, noun=True)
            if target is None and scene.low(at + 1) == "from":
                subject_group = scene.object(at + 1, ("from",))
                receiver = scene.subject(_verb_before(scene, at))
                if subject_group is None or receiver is None or receiver is subject_group:
                    continue
                subject, target = subject_group.mentions, receiver
            if target is None or not subject:
                continue
            yield from _directed(scene, at, cue, subject, target)
            break


def _verb_before(scene: Scene, at: int) -> int:
    return next((i for i in range(at - 1, max(-1, at - 6), -1) if scene.verbal(i)), at)


def _holders(scene: Scene, at: int) -> list[Mention]:
    """Whose the noun is: "A's", "its", "Iranian", "by A", "of A", "from A", or the subject of "gave", "launched"."""
    low = scene.low
    before = at - 1
    while before >= 0 and before not in scene.mention_at and at - before < 5:
        word = low(before)
        if word in {"'s", "'", "’"} or (
            word.isalpha() and word not in lexicon().words["prepositions"] and not scene.verbal(before)
        ):
            before -= 1
            continue
        break
    mention = scene.mention_at.get(before)
    if mention is not None and (mention.possessive or mention.form in {Form.ADJECTIVE, Form.PRONOUN}):
        return [mention]
    for step in range(at + 1, min(at + 9, len(scene.sentence))):
        if low(step) in {"by", "from"}:
            group = scene.object(step + 1, ("",))
            if group is not None:
                return group.mentions
        if low(step) in {",", ";"}:
            break
    verb = _verb_before(scene, at)
    if verb != at and low(verb) not in lexicon().words["passive"] | lexicon().words["speech"]:
        subject = scene.subject(verb)
        if subject is not None:
            return subject.mentions
    return []


def _directed(scene: Scene, at: int, cue: Cue, subject: list[Mention], target: Group) -> Iterator[Finding]:
    over = hold(scene, at) or hold_after(scene, target.last)
    settled = settle_held(cue, read_modality(scene, at, max(0, at - 8), verb=False), over)
    if settled is None:
        return
    rel, sign, change, modality = settled
    before = {scene.low(i) for i in range(at - 3, at)}
    if before & _ENDED and change is not Change.ENDS:
        sign, change = -sign, Change.ENDS
    for one, other in pairs(subject, target.mentions):
        yield Finding(
            subject=one, relation=rel, object=other, sign=sign, first=at, last=at + 1, change=change,
            certainty=modality.certainty, certain=cue.certain,
        )  # fmt: skip


def find_adjectives(scene: Scene) -> Iterator[Finding]:
    """What adjectives say: "hostile to B", "at odds with B", "part of B"."""
    words = lexicon().words
    for at, low in enumerate(scene.sentence.low):
        cues = lexicon().adjectives.get(low)
        if cues is None or at in scene.mention_at:
            continue
        if low in {"odds", "war", "loggerheads"} and scene.low(at - 1) != "at":
            continue
        for cue in cues:
            after = at + 1
            phrase = scene.low(after)
            if phrase not in cue.takes:
                continue
            target = scene.object(after, cue.takes)
            subject = _describing(scene, at)
            if target is None or subject is None or subject is target:
                continue
            modality = read_modality(scene, at, subject.last if subject.last <= at else 0, verb=False)
            settled = settle(cue, modality, cue.sign, cue.change)
            if settled is None:
                continue
            rel, sign, change = settled
            if rel.name == "member_of" and not any(m.kind is Kind.BLOC for m in target.mentions):
                continue
            if "still" in {scene.low(i) for i in range(at - 4, at)}:
                change = Change.CONTINUES
            for one, other in pairs(subject.mentions, target.mentions):
                yield Finding(
                    subject=one, relation=rel, object=other, sign=sign, first=at, last=at + 1, change=change,
                    certainty=modality.certainty, certain=cue.certain,
                )  # fmt: skip
            break
        else:
            continue
        if words:
            continue


def _describing(scene: Scene, at: int) -> Group | None:
    """Whom an adjective describes: the subject of "is", or the noun that it follows."""
    low = scene.low
    words = lexicon().words
    noun = False  # whether a noun stands between, which it may describe instead
    before = at - 1
    while before >= max(0, at - 10):
        token = low(before)
        group = scene.by_token.get(before)
        if token in words["auxiliary"] or token in words["remaining"]:
            return scene.subject(before)
        if group is not None:
            if low(scene.before(group.first)) not in words["prepositions"]:  # "close to A but hostile to B"
                return None if noun else group
            before = scene.before(group.first)
        elif token in {","} | DASHES:
            apposed = low(before + 1) in {"a", "an", "the", "once", "long"} or not noun
            return scene.by_token.get(before - 1) if apposed else None
        elif scene.verbal(before) or token in words["relative"]:
            return scene.subject(at) if token in words["relative"] else None
        elif before in scene.mention_at or not (
            token in words["adverbs"] or token in words["determiners"] or token in lexicon().adjectives
            or token in {"and", "but", "or", "yet"} or token in words["prepositions"] or token.endswith("ly")
        ):  # fmt: skip
            noun = True
        before -= 1
    return None


def find_mutual(scene: Scene) -> Iterator[Finding]:
    """What a plural says of those in one group: "A and B are allies"."""
    words = lexicon().words
    for at, low in enumerate(scene.sentence.low):
        cue = lexicon().mutual.get(low)
        if cue is None or at in scene.mention_at or scene.low(at + 1) in {"of", "with", "to"}:
            continue
        verb = next((i for i in range(at - 1, max(-1, at - 4), -1) if scene.low(i) in words["copulas"]), None)
        group = None if verb is None else scene.subject(verb)
        if verb is None or group is None or len(group.mentions) < 2:
            continue
        modality = read_modality(scene, at, group.last, verb=False)
        settled = settle(cue, modality, cue.sign, cue.change)
        if settled is not None:
            rel, sign, change = settled
            for one, other in clique(group.mentions):
                yield Finding(
                    subject=one, relation=rel, object=other, sign=sign, first=at, last=at + 1, change=change,
                    certainty=modality.certainty, certain=cue.certain, bonded=True,
                )  # fmt: skip


def find_compounds(scene: Scene) -> Iterator[Finding]:
    """What hyphens say: "Iran-backed B", "a French-led league", "pro-Iran B"."""
    low = scene.low
    known = lexicon()
    for at in range(1, len(scene.sentence) - 1):
        if low(at) != "-":
            continue
        cue = known.compounds.get(low(at + 1))
        holder = scene.mention_at.get(at - 1)
        if cue is not None and holder is not None:
            target = _noun_head(scene, at + 2, holder)
        elif (cue := known.prefixes.get(low(at - 1))) is not None and (
            other := scene.mention_at.get(at + 1)
        ) is not None:
            described = _said_of(scene, at - 1) or _noun_head(scene, other.last, other)
            for subject in described.mentions if isinstance(described, Group) else [described]:
                if subject is not None and subject.actor != other.actor:
                    yield Finding(
                        subject=subject, relation=cue.relation, object=other, sign=cue.sign, first=at - 1,
                        last=other.last, certain=0.7,
                    )  # fmt: skip
            continue
        else:
            continue
        if target is not None and target.actor != holder.actor:
            yield Finding(
                subject=holder, relation=cue.relation, object=target, sign=cue.sign, first=at - 1, last=at + 2,
                certain=0.85,
            )  # fmt: skip


def _said_of(scene: Scene, prefix: int) -> Group | None:
    """Of whom a prefix is said after "is": "B is pro-Iran", and not "is no longer"."""
    at = scene.past_adverbs(prefix - 1)
    denied = {"not", "never", "no", "n't", "longer"} & {scene.low(i) for i in range(at, prefix)}
    return scene.subject(at) if scene.low(at) in lexicon().words["copulas"] and not denied else None


def _noun_head(scene: Scene, at: int, holder: Mention) -> Mention | None:
    """The actor that a compound describes: named within the phrase, or named just before it in apposition."""
    for step in range(at, min(at + 6, len(scene.sentence))):
        mention = scene.mention_at.get(step)
        if mention is not None and mention.form is not Form.ADJECTIVE:
            return mention
        low = scene.low(step)
        if (
            low in {",", ".", ";", ":", "and", "or", "but"}
            or low in lexicon().words["prepositions"]
            or scene.verbal(step)
        ):
            break
    before = holder.first - 1
    while scene.low(before) in {"a", "an", "the", ",", "—", "–"} | QUOTES_CLOSE:
        before -= 1
    mention = scene.mention_at.get(before)
    return mention if mention is not None and before < holder.first - 1 else None


def find_members(scene: Scene, bloc: Mention | None) -> Iterator[Finding]:
    """Lists of members: "B, a league of cities including A", "its members - A, B and C". `bloc` is the bloc last
    spoken of, for a list whose bloc is not in the sentence."""
    low = scene.low
    for at in range(len(scene.sentence)):
        word = low(at)
        if word in {"members", "member"} and low(at + 1) in DASHES | {":", "are", "include", "included", "were", ","}:
            whole = bloc
            listed = scene.by_token.get(at + 2) or scene.by_token.get(at + 3)
        elif word in _MEMBERS or (word == "such" and low(at + 1) == "as"):
            if word == "made" and low(at + 1) != "up":
                continue
            if word == "formed" and low(at + 1) not in {"by", "of", "around", "from"}:
                continue
            if word in {"comprised", "composed", "consisting", "made", "formed"}:
                listed = next(
                    (scene.by_token[i] for i in range(at + 1, min(at + 7, len(scene.sentence))) if i in scene.by_token),
                    None,
                )
            else:
                listed = scene.by_token.get(at + (2 if word == "such" else 1)) or scene.by_token.get(at + 2)
            whole = _bloc_before(scene, at)
        else:
            continue
        if listed is None or whole is None:
            continue
        for one in listed.mentions:
            if one.actor != whole.actor and one.kind is not Kind.PERSON:
                yield Finding(
                    subject=one, relation=relation("member_of"), object=whole, sign=1, first=at, last=at + 1,
                    certain=0.75,
                )  # fmt: skip


def _bloc_before(scene: Scene, at: int) -> Mention | None:
    for before in range(at - 1, max(-1, at - 18), -1):
        mention = scene.mention_at.get(before)
        if mention is not None and mention.kind is Kind.BLOC:
            return mention
        if scene.low(before) in {".", ";"} or (scene.low(before) in lexicon().bonds and not _apposed(scene, before)):
            return None
    return None


def _apposed(scene: Scene, noun: int) -> bool:
    """Whether "an alliance" only says what the bloc before it is: "B, a French-led league"."""
    for at in range(noun - 1, max(-1, noun - 7), -1):
        if scene.low(at) in {"a", "an", "the"}:
            return scene.low(at - 1) in {","} | DASHES | QUOTES_CLOSE
    return True


def find_leaders(scene: Scene) -> Iterator[Finding]:
    """Who leads what: "Hamas leader X", "X, leader of Hamas", "President X of Y"."""
    titles = lexicon().words["leading_titles"]
    for mention in scene.mentions:
        if not mention.modifier or mention.kind is Kind.PERSON or scene.low(mention.last) == "-":
            continue  # "the US-backed president X" does not lead the US
        for at in range(mention.last, min(mention.last + 4, len(scene.sentence))):
            person = scene.mention_at.get(at + 1)
            if (
                scene.low(at) in titles
                and person is not None
                and person.kind is Kind.PERSON
                and person.actor != mention.actor
            ):
                if mention.kind is Kind.STATE and not _heads_state(scene, at):
                    break
                former = {"former", "late", "ex", "ousted"} & {scene.low(i) for i in range(mention.first - 2, at)}
                if not former:
                    yield Finding(
                        subject=person, relation=relation("leads"), object=mention, sign=1, first=at, last=at + 1,
                        certain=0.9, certainty=Certainty.ASSERTED,
                    )  # fmt: skip
                break


def _heads_state(scene: Scene, title: int) -> bool:
    """Whether a title is that of who leads a state: a president, not a commander or a foreign minister."""
    if scene.low(title) == "minister":
        return scene.low(title - 1) == "prime"
    return scene.low(title) in lexicon().words["state_heads"] and scene.low(title - 1) not in {"vice", "deputy"}
