"""Who does it and to whom: the subject and the object of a word, found without a parse.

A `Scene` is a sentence with its mentions gathered into groups ("Kenya, Uganda and Rwanda" is one). From a verb, the
subject is looked for leftwards and the object rightwards; groups inside a prepositional phrase, after another verb, or
beyond the clause do not count. Where nothing fits, nobody is returned: a wrong actor is worse than none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cordiale.claims import Kind
from cordiale.reading.groups import Group, describes, grouped
from cordiale.reading.lexicon import Form as VerbForm
from cordiale.reading.lexicon import adverbial, lexicon
from cordiale.reading.mentions import Form, Mention
from cordiale.reading.sentences import QUOTES_CLOSE, QUOTES_OPEN, Sentence

DASHES = frozenset({"—", "–"})
_STOPS = frozenset({";", ":", ".", "!", "?"})
OBJECT_CONTROL = frozenset(
    "push pushed force forced ask asked urge urged persuade persuaded allow allowed order ordered lead led press "
    "pressed help helped enable enabled want wants wanted compel compelled invite invited encourage encouraged "
    "convince convinced tell told cause caused pressure pressured expect expected call called prompt "
    "prompted prompting forcing leading pushing".split()
)
BLAMED = frozenset("accuse accuses accused accusing blame blames blamed blaming suspect suspected".split())
_PARTS = frozenset(
    "government governments regime army forces troops leaders leader members member officials most much some part "
    "parts all many people authorities president support supporters allies positions targets hundreds dozens "
    "thousands number capital territory city towns areas rulers".split()
)

_ANYBODY = frozenset("anyone anybody everyone everybody others nobody someone somebody people".split())
_SEATED = frozenset("elites leaders officials politicians policymakers rulers generals authorities government".split())
"""Who acts for a state when they are in it: "officials in Beijing"."""


@dataclass(slots=True, eq=False)
class Scene:
    """A sentence, its mentions, and the groups that they form."""

    sentence: Sentence
    mentions: list[Mention]
    groups: list[Group] = field(init=False)
    by_token: dict[int, Group] = field(init=False)
    mention_at: dict[int, Mention] = field(init=False)

    def __post_init__(self) -> None:
        self.groups = list(grouped(self.sentence, self.mentions))
        self.by_token = {i: g for g in self.groups for i in range(g.first, g.last)}
        self.mention_at = {i: m for m in self.mentions for i in range(m.first, m.last)}

    def low(self, at: int) -> str:
        """The lower-case token, or "" outside the sentence."""
        words = self.sentence.low
        return words[at] if 0 <= at < len(words) else ""

    def verbal(self, at: int) -> bool:
        """Whether a token looks like a verb."""
        low = self.low(at)
        if at in self.mention_at or not low:
            return False
        known = lexicon()
        if low in known.words["auxiliary"] or low in known.words["speech"]:
            return True
        if low in known.nouns or low in known.bonds:
            return False
        if low in known.verbs or low in known.trend_verbs:
            return any(form is not VerbForm.BASE for form, _ in known.verbs.get(low, ())) or low in known.trend_verbs
        return len(low) > 4 and low.endswith("ed")

    def past_adverbs(self, at: int, step: int = -1) -> int:
        """The first token from one on, to the left or by a `step` of 1 to the right, that is no adverb."""
        while adverbial(self.low(at)):
            at += step
        return at

    def before(self, at: int) -> int:
        """The index of the word before a noun phrase that starts at a token: its articles and adjectives skipped."""
        words = lexicon().words
        at -= 1
        for _ in range(5):
            low = self.low(at)
            mention = self.mention_at.get(at)
            if mention is not None and (mention.form is Form.ADJECTIVE or mention.modifier):
                at = mention.first - 1
            elif mention is None and self.low(at - 1) == "-" and at - 2 in self.mention_at:  # "Iran-backed"
                at -= 2
            elif (
                (low in words["determiners"] and low != "that")  # before a name "that" opens a clause
                or low in words["state_organs"]
                or low in words["titles"]
                or low in QUOTES_OPEN
                or low in {"'", '"', "-", "ally", "neighbour", "neighbor", "namely", "fellow", "militant", "former"}
                or (
                    low.endswith(("al", "an", "ic", "ist", "ous", "ern", "ish", "ese", "ary"))
                    and low.isalpha()
                    and len(low) > 4
                )
            ):
                at -= 1
            else:
                break
        return at

    def subject(self, verb: int) -> Group | None:
        """The group that does what the verb at a token says."""
        return _Leftward(self, verb).subject()

    def object(self, after: int, takes: tuple[str, ...], *, noun: bool = False) -> Group | None:
        """The group that a word takes as its object, looked for from the token `after` it.

        A noun takes it closely: no other preposition comes between.
        """
        return _rightward(self, after, takes, close=noun)


class _Leftward:
    """The walk from a verb to its subject."""

    def __init__(self, scene: Scene, verb: int) -> None:
        self.scene = scene
        self.verb = verb
        self.words = lexicon().words

    def subject(self) -> Group | None:
        scene, low = self.scene, self.scene.low
        at = self.verb - 1
        crossed_and = crossed_comma = 0
        infinitive = low(at) == "to" or (low(at - 1) == "to" and low(at) in self.words["adverbs"])
        gerund = low(self.verb).endswith("ing") and low(at) not in self.words["auxiliary"]
        adjacent = True
        if gerund and (main := self._main()) is not None:
            return main
        if infinitive and self._of_another():
            return None
        while at >= 0:
            token = low(at)
            group = scene.by_token.get(at)
            if group is not None:
                before = scene.before(group.first)
                accepted = self._accepts(group, before, adjacent=adjacent, infinitive=infinitive, gerund=gerund)
                if accepted:
                    return group
                at = group.first - 1
                adjacent = False
                if low(before) in self.words["prepositions"] and before <= at:
                    at = before - 1
                continue
            mention = scene.mention_at.get(at)
            if mention is not None:
                at = mention.first - 1
                adjacent = False
                continue
            if token in _STOPS or (token in QUOTES_OPEN and not _short_quote(scene, at)):
                return None
            aside = _aside(scene, at) if adjacent else None
            if aside is not None:
                at = aside - 1
                continue
            if token in {"who", "which", "whose"} or (token == "that" and scene.by_token.get(at - 1) is not None):
                return self._antecedent(at)
            if token == "that" and not (gerund or infinitive or crossed_comma):
                return None
            if token in {"and", "but", "then"}:
                crossed_and += 1
            elif token in {","} | DASHES:
                crossed_comma += 1
                if crossed_comma > 3:
                    return None
            elif token in self.words["conjunctive"] and not (gerund or infinitive or crossed_and) and token != "as":
                return None
            elif token not in self.words["auxiliary"] and token not in self.words["adverbs"]:
                adjacent = False
                infinitive = infinitive or (token == "to" and low(at + 1) in lexicon().verbs)
            at -= 1
        return None

    def _of_another(self) -> bool:
        """Whether an infinitive is what somebody unnamed is made or let do: "will not allow anyone to attack"."""
        scene, low = self.scene, self.scene.low
        to = next(i for i in range(self.verb - 1, -1, -1) if low(i) == "to")
        for at in range(to - 1, max(-1, to - 6), -1):
            if at in scene.mention_at or low(at) in _STOPS | {",", "and"} or not low(at).isalpha():
                return False
            if low(at) in OBJECT_CONTROL:
                return low(to - 1) in _ANYBODY and low(at - 1) not in self.words["passive"]
        return False

    def _main(self) -> Group | None:
        """Whose a participle is that opens a sentence: "After cutting ties with A, B ..." is about B."""
        scene, low = self.scene, self.scene.low
        at = scene.past_adverbs(self.verb - 1)
        while low(at) in {"-", "re"}:
            at -= 1
        opens = low(at) in {"after", "before", "by", "while", "since", "despite", "without", "upon", "on", "in", "when"}
        if at > 0 or (at == 0 and not opens):
            return None
        for comma in range(self.verb + 1, len(scene.sentence)):
            if low(comma) in _STOPS or scene.verbal(comma):
                return None
            first = comma + 1
            while low(first) in self.words["determiners"] or low(first) in self.words["titles"]:
                first += 1
            group = scene.by_token.get(first)
            if low(comma) == "," and group is not None and group.first > comma and self._goes_on(group.last):
                return group
        return None

    def _goes_on(self, at: int) -> bool:
        """Whether a verb stands at a token, or words that only come before one."""
        at = self.scene.past_adverbs(at, 1)
        return self.scene.verbal(at) or self.scene.low(at) in lexicon().verbs

    def _accepts(self, group: Group, before: int, *, adjacent: bool, infinitive: bool, gerund: bool) -> bool:
        scene, low = self.scene, self.scene.low
        last = group.mentions[-1]
        if last.possessive:
            between = [low(i) for i in range(group.last + 1, self.verb)]
            return any(word in self.words["state_organs"] or word in self.words["resolves"] for word in between[:4])
        governor = low(before)
        if governor in {"after", "before", "since", "as", "until", "while", "when", "because", "that", "if", "than"}:
            return adjacent or governor in {"that", "as", "while", "when", "because"}
        if governor in self.words["prepositions"]:
            whose = scene.mention_at.get(before - 2)  # "Hamas officials in Qatar"
            seated = governor == "in" and low(before - 1) in _SEATED and last.kind is Kind.STATE and whose is None
            return (governor == "of" and low(before - 1) in _PARTS) or seated
        if infinitive and governor in OBJECT_CONTROL:
            return True
        if gerund and governor in BLAMED:  # "accused A of arming B"
            return True
        if governor in lexicon().verbs and low(before - 1) == "to":
            return False  # the object of an infinitive
        takes_object = (
            governor not in self.words["speech"] and scene.verbal(before) and governor not in self.words["auxiliary"]
        )
        return not takes_object

    def _antecedent(self, relative: int) -> Group | None:
        at = relative - 1
        while at >= 0 and self.scene.low(at) in {",", "—", "–"} | QUOTES_CLOSE:
            at -= 1
        group = self.scene.by_token.get(at)
        if group is not None and group.mentions[-1].possessive:
            return None
        return group


def _short_quote(scene: Scene, opening: int) -> bool:
    """Whether a quotation mark opens a name or phrase rather than speech."""
    for at in range(opening + 1, min(len(scene.sentence), opening + 8)):
        if scene.sentence.text[at] in QUOTES_CLOSE:
            return True
    return False


def _aside(scene: Scene, closing: int) -> int | None:
    """Where the aside begins that a dash or comma before the verb closes: "X - where Y lived - arrested"."""
    mark = scene.low(closing)
    if mark in DASHES or mark == ")":
        opens = DASHES if mark in DASHES else {"("}
        return next((i for i in range(closing - 1, 0, -1) if scene.low(i) in opens), None)
    if mark != ",":
        return None
    words = lexicon().words
    for at in range(closing - 1, 0, -1):
        if scene.low(at) == "," and at not in scene.by_token:
            after = scene.low(at + 1)
            opens_aside = after in words["relative"] | words["determiners"] | words["prepositions"] | {"where", "then"}
            return at if opens_aside or after.endswith(("ed", "ing")) else None
        if scene.low(at) in _STOPS:
            return None
    return None


def _rightward(scene: Scene, after: int, takes: tuple[str, ...], *, close: bool) -> Group | None:
    words = lexicon().words
    low = scene.low
    direct = "" in takes
    open_for = direct
    at = after
    skipped = 0
    while at < len(scene.sentence) and skipped < 9:
        phrase = next((t for t in takes if t and t.split()[0] == low(at) and _phrase(scene, at, t)), None)
        if phrase is not None:
            open_for = True
            at += len(phrase.split())
            continue
        group = scene.by_token.get(at)
        if group is not None:
            if open_for:
                return group
            if not open_for and not direct:
                at = group.last
                skipped += 1
                continue
            return None
        token = low(at)
        mention = scene.mention_at.get(at)
        if mention is not None:
            at = mention.last
            skipped += 1
            continue
        if token in _STOPS or token in words["conjunctive"] or token in words["relative"] or token in DASHES:
            return None
        if token == "," and _subordinate(scene, after):  # "when A attacked, B ..."
            return None
        if skipped and token in {"and", "but"} and scene.verbal(at + 1):  # "funded rebels and attacked B"
            return None
        if token in QUOTES_CLOSE and not any(scene.low(i) in QUOTES_OPEN for i in range(max(0, at - 6), at)):
            return None
        if token in words["prepositions"]:
            agent = next((scene.by_token[i] for i in range(at + 1, at + 5) if i in scene.by_token), None)
            if close and token == "by" and agent is not None:  # "an attack by A on B"
                at = agent.last
                skipped += 1
                continue
            part = token in {"of", "in"} and any(low(i) in _PARTS for i in range(max(after, at - 2), at))
            if close and not open_for and not direct:
                return None
            if open_for and not part:
                open_for = False
                if direct and len(takes) == 1:
                    return None
        elif (
            token in words["auxiliary"]
            or (scene.verbal(at) and not token.endswith("ed"))
            or (token == "to" and "to" not in takes)
        ):
            return None
        at += 1
        skipped += 1
    return None


def _subordinate(scene: Scene, after: int) -> bool:
    """Whether the clause before a token opens with "when", "after" or the like, so that a comma ends it."""
    for at in range(after - 1, -1, -1):
        low = scene.low(at)
        if low in {",", ";", "that", "than"} or low in QUOTES_OPEN:
            return False
        if low in lexicon().words["conjunctive"]:
            return True
    return False


def _infinitive(scene: Scene, at: int) -> bool:
    """Whether the word after "to" is a verb: a plain one that neither names nor describes anybody."""
    low, words = scene.low(at), lexicon().words
    if at in scene.mention_at or not low or not scene.sentence.text[at][0].islower():
        return False
    if low in lexicon().verbs:
        return True
    named = words["determiners"] | words["titles"] | words["state_organs"] | words["peoples"]
    described = low.endswith(("ing", "ed", "ous")) or describes(low)
    return not described and low not in named and scene.low(at + 1) != "-"


def _phrase(scene: Scene, at: int, phrase: str) -> bool:
    if phrase == "to" and _infinitive(scene, at + 1):
        return False  # "sent jets to destroy"
    return all(scene.low(at + i) == word for i, word in enumerate(phrase.split()))
