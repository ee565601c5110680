"""Relations that verbs state: actives, passives, infinitives, participles and relative clauses."""

from __future__ import annotations

from collections.abc import Iterator

from cordiale.claims import Change, Kind
from cordiale.reading.clauses import Scene
from cordiale.reading.findings import Finding, pairs, settle
from cordiale.reading.groups import Group
from cordiale.reading.lexicon import Cue, Form, lexicon
from cordiale.reading.modality import read_modality


def find_verbs(scene: Scene) -> Iterator[Finding]:
    """What the verbs of a sentence say."""
    for at, entries in _verbs(scene):
        for group, other, cue, last in _readings(scene, at, entries):
            found = list(_findings(scene, at, last, cue, group, other))
            if found:
                yield from found
                break


def find_reciprocal(scene: Scene) -> Iterator[Finding]:
    """What a plural does to itself: "A and B fought each other", "A and B fought a border war"."""
    for at, entries in _verbs(scene):
        for form, cue in entries:
            if form is Form.PARTICIPLE and _is_passive(scene, at):
                continue
            last = _each_other(scene, at, cue)
            group = None if last is None else scene.subject(at)
            if last is None or group is None or len(group.mentions) < 2:
                continue
            yield from _findings(scene, at, last, cue, group, group)
            break


def _verbs(scene: Scene) -> Iterator[tuple[int, list[tuple[Form, Cue]]]]:
    """The tokens that stand as verbs that say something, with what each may say."""
    verbs = lexicon().verbs
    for at, low in enumerate(scene.sentence.low):
        entries = verbs.get(low)
        if entries is not None and at not in scene.mention_at and _is_verb(scene, at, entries):
            yield at, entries


def _each_other(scene: Scene, at: int, cue: Cue) -> int | None:
    """The token after "each other", or after the noun that says the same of a symmetric relation; None without."""
    low = scene.low
    step = at + 2 if low(at + 1) in cue.takes else at + 1
    if (low(step), low(step + 1)) in {("each", "other"), ("one", "another")}:
        return step + 2
    if cue.relation.symmetric:
        nouns = lexicon().bonds
        for place in range(at + 1, min(at + 6, len(scene.sentence))):
            noun = nouns.get(low(place))
            if noun is not None and noun.relation is cue.relation:
                return place + 1 if low(place + 1) not in {"against", "with", "on", "for", "of"} else None
            if place in scene.mention_at or low(place) in lexicon().words["prepositions"]:
                return None
    return None


def _is_verb(scene: Scene, at: int, entries: list[tuple[Form, Cue]]) -> bool:
    """Whether the word stands as a verb here, where it could be a noun or an adjective."""
    known = lexicon()
    low, before, after = scene.low(at), scene.low(at - 1), scene.low(at + 1)
    if before == "-" or (after == "-" and at + 2 < len(scene.sentence)):
        return False
    if before in {"'s", "'", "’"} or (at - 1 in scene.mention_at and scene.mention_at[at - 1].possessive):
        return False
    if before in known.words["determiners"] - {"that", "this", "both", "all", "most", "many"}:
        return False
    if low.endswith("ed") and before in known.nouns and at - 1 not in scene.mention_at:
        return False  # "lifted sanctions imposed on B"
    forms = {form for form, _ in entries}
    nominal = low in known.nouns or low in known.bonds or low in {"demands", "fights", "threatens", "calls", "talks"}
    mention = scene.mention_at.get(at - 1)
    if nominal or forms <= {Form.BASE, Form.S}:
        if before in known.words["determiners"] or before in known.words["prepositions"] - {"to"}:
            return False
        if mention is not None and mention.form.value == "adjective":
            return False
        if nominal and forms <= {Form.BASE} and mention is not None and not _met(scene, at + 1):
            return False  # "the Ukraine war"
        if (
            forms <= {Form.BASE}
            and mention is None
            and before not in known.words["modal"] | {"and", ","} | known.words["adverbs"]
        ):
            group = scene.by_token.get(at - 1)
            return group is not None
        if (
            nominal
            and mention is None
            and before not in known.words["modal"] | {"and", "who", "which", "that"} | known.words["adverbs"]
        ):
            return before in {",", "—"} and (after in known.words["determiners"] or at + 1 in scene.mention_at)
    return True


def _met(scene: Scene, at: int) -> bool:
    """Whether somebody is named at a token, articles left out: what a verb has after it, and a noun seldom."""
    while scene.low(at) in lexicon().words["determiners"]:
        at += 1
    return at in scene.mention_at


def _readings(scene: Scene, at: int, entries: list[tuple[Form, Cue]]) -> Iterator[tuple[Group, Group, Cue, int]]:
    for form, cue in entries:
        last = at + 1
        if cue.then:
            follow = cue.then.split()
            if [scene.low(at + 1 + i) for i in range(len(follow))] != follow:
                continue
            last += len(follow)
        done_to = "" in cue.takes or cue.relation.means  # "islands held by B" is about no talks with B
        if done_to and form in {Form.PAST, Form.PARTICIPLE} and (passive := _passive(scene, at, last)) is not None:
            agent, patient = passive
            yield agent, patient, cue, last
            continue
        passive_form = form is Form.PARTICIPLE and _is_passive(scene, at)
        if passive_form != cue.passive and (cue.passive or "" in cue.takes):
            continue  # "was attacked in Iraq"; but "is based in Iraq", "was expelled from Iraq"
        subject = scene.subject(at)
        if subject is None:
            continue
        target = scene.object(last, cue.takes)
        if target is not None and target is not subject:
            yield subject, target, cue, last


def _is_passive(scene: Scene, at: int) -> bool:
    words = lexicon().words
    before = at - 1
    while scene.low(before) in words["adverbs"] or scene.low(before).endswith("ly"):
        before -= 1
    return scene.low(before) in words["passive"]


def _passive(scene: Scene, at: int, last: int) -> tuple[Group, Group] | None:
    """Agent and patient of "was backed by X" or "Y, backed by X"."""
    by = next((i for i in range(last, min(last + 6, len(scene.sentence))) if scene.low(i) == "by"), None)
    if by is None or any(i in scene.by_token for i in range(last, by)):
        return None
    words = lexicon().words
    if any(scene.low(i) in {",", ";", "and", "that", "."} | words["determiners"] for i in range(last, by)):
        return None  # "called off a visit by X" is no passive
    agent = scene.object(by + 1, ("",))
    if agent is None or scene.low(by + 1).endswith("ing"):
        return None
    if _is_passive(scene, at):
        patient = scene.subject(at)
    else:
        before = at - 1
        while before >= 0 and (
            scene.low(before) in {",", "—", "–", "(", "and"} or scene.low(before) in lexicon().words["adverbs"]
        ):
            before -= 1
        patient = scene.by_token.get(before) or scene.subject(at)
        if patient is not None and scene.low(scene.before(patient.first)) == "by":  # "backed by A and opposed by B"
            return None
    return (agent, patient) if patient is not None and patient is not agent else None


def _findings(scene: Scene, at: int, last: int, cue: Cue, subject: Group, target: Group) -> Iterator[Finding]:
    start = subject.last if subject.last <= at else 0
    modality = read_modality(scene, at, start, verb=True)
    for one, other in pairs(subject.mentions, target.mentions, swap=cue.swap):
        doer, done = (other, one) if cue.swap else (one, other)
        if cue.subjects and doer.kind not in cue.subjects:
            continue
        if cue.objects and done.kind not in cue.objects:
            continue
        settled = settle(cue, modality, cue.sign, cue.change)
        if settled is None:
            continue
        relation, sign, change = settled
        if cue.bloc is not None and done.kind is Kind.BLOC and relation is cue.relation:
            relation = cue.bloc
        if modality.change is None and change is Change.NONE and _still(scene, at):
            change = Change.CONTINUES
        yield Finding(
            subject=one,
            relation=relation,
            object=other,
            sign=sign,
            first=at,
            last=last,
            change=change,
            certainty=modality.certainty,
            certain=cue.certain,
        )


def _still(scene: Scene, at: int) -> bool:
    return "still" in {scene.low(i) for i in range(at - 3, at)}
