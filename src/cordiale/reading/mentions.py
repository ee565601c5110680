"""Who is named where in a sentence: names, adjectives and seats of the catalogue, and names that it does not have.

A mention is a span of tokens with the actor that it stands for. "The Iranian government", "Tehran" and "Assad's regime"
stand for states; a capitalised name that the catalogue does not have becomes a provisional actor where the text shows
that it is a person or an organisation. Pronouns and descriptions are for coreference, not for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cordiale.actors import Linker, fold
from cordiale.actors.names import PARTICLES
from cordiale.claims import Actor, Kind, Name, NameUse, Origin
from cordiale.reading.lexicon import Form as VerbForm
from cordiale.reading.lexicon import lexicon
from cordiale.reading.sentences import Sentence


class Form(StrEnum):
    """How an actor is mentioned."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@dataclass(slots=True, eq=False)
class Mention:
    """A span of tokens, half-open, and the actor that it stands for.

    `possessive` where "'s" or "'" follows; `modifier` where it only describes the next mention ("Hamas leader X").
    """

    first: int
    last: int
    actor: str
    kind: Kind
    form: Form = Form.NAME
    score: float = 1.0
    possessive: bool = False
    modifier: bool = False
    plural: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Cast:
    """The actors that a document brings in beside the catalogue, and the surnames that its persons go by."""

    provisional: dict[str, Actor] = field(default_factory=dict)
    surnames: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, kind: Kind) -> str:
        """The id of a provisional actor of that name."""
        slug = "~" + "-".join(re.findall(r"[a-z0-9]+", fold(name)))
        if slug == "~":
            slug = "~" + "-".join(f"{ord(c):x}" for c in name if c.isalnum())
        if slug not in self.provisional:
            self.provisional[slug] = Actor(
                id=slug, kind=kind, name=name, names=(Name(text=name),), origin=Origin.PROVISIONAL
            )
        return slug


_HEADS = {
    Kind.ARMED_GROUP: "front army brigade brigades forces movement militia guard guards resistance fighters battalion "
    "corps legion militias",
    Kind.PARTY: "party",
    Kind.BLOC: "alliance league coalition axis bloc entente crescent pact compact",
    Kind.ORGANIZATION: "council organization organisation committee agency commission federation association authority",
}
_KIND_OF_HEAD = {head: kind for kind, heads in _HEADS.items() for head in heads.split()}
_NO_ACTOR = frozenset(
    "war wars crisis revolution spring conference treaty agreement accord accords city valley river sea gulf street "
    "province airport university center centre studies times post day january february march april may june july "
    "august september october november december monday tuesday wednesday thursday friday saturday sunday strip bank "
    "east west north south ocean mountains island islands peninsula desert heights plan doctrine declaration convention "
    "protocol review journal institute press news daily tribune herald theatre palace square mosque church week year month "
    "summit holiday christmas easter ramadan hajj god islam christianity judaism bible koran quran".split()
)
_LIKELY = 0.6
"""The score below which a name is nobody's: it is shared, or was not in use then."""

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’`][^\W_]+)*")
_BETWEEN_NAMES = frozenset("bin ibn bint abu umm van von de der den del della di da la le al el ul ad ar as of".split())


class MentionFinder:
    """Finds the catalogue's names in sentences."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self._trie: dict[str, list[_Entry]] = {}
        for folded, entries in linker.catalogue.names():
            words = tuple(folded.split())
            if not words or (len(folded) < 2):
                continue
            spelled = [[w for w in _WORD.findall(name.text) if fold(w)] for _, name in entries]
            spelled = [s for s in spelled if len(s) == len(words)] or [[w.title() for w in words]]
            the = words[0] == "the" and len(words) > 1
            if the:
                words, spelled = words[1:], [s[1:] for s in spelled]
            capital = tuple(all(s[i][0].isupper() for s in spelled) for i in range(len(words)))
            shouted = all(len(w) <= 4 and w.isupper() for s in spelled for w in s)
            self._trie.setdefault(words[0], []).append(_Entry(words, folded, capital, shouted, the))
        for rows in self._trie.values():
            rows.sort(key=lambda row: (-len(row.words), row.the))

    def find(self, sentence: Sentence, on: date | None) -> list[Mention]:
        """The catalogue's names in a sentence, longest first, none overlapping."""
        found: list[Mention] = []
        at = 0
        while at < len(sentence):
            mention = self._longest(sentence, at, on)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.last
        return found

    def _longest(self, sentence: Sentence, at: int, on: date | None) -> Mention | None:
        for entry in self._trie.get(sentence.fold[at], ()):
            last = _matched(sentence, at, entry)
            if last is None:
                continue
            links = self.linker.links(entry.folded, on=on)
            if not links:
                continue
            best = links[0]
            if best.score < _LIKELY:
                continue
            name = next((n for a, n in self.linker.catalogue.named(entry.folded) if a.id == best.actor.id), None)
            adjective = name is not None and name.use is NameUse.ADJECTIVE
            if name is not None and name.use is NameUse.SEAT and self._goes_on(sentence, last):
                continue  # "London Sunday Times", "Stockholm International Peace Research Institute"
            return Mention(
                first=at,
                last=last,
                actor=best.actor.id,
                kind=best.actor.kind,
                form=Form.ADJECTIVE if adjective else Form.NAME,
                score=best.score,
            )
        return None

    def _goes_on(self, sentence: Sentence, at: int) -> bool:
        """Whether a capitalised name goes on at a token."""
        if at >= len(sentence) or not sentence.text[at][0].isupper():
            return False
        words = lexicon().words
        if sentence.low[at] in words["titles"] or sentence.fold[at] in _NO_ACTOR or sentence.fold[at] in self._trie:
            return sentence.fold[at] in {"sunday", "times", "post", "university", "institute", "journal"}
        return sum(t[0].isupper() for t in sentence.text) < 0.7 * len(sentence)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name as the finder looks for it: its folded words, which of them need a capital, whether all are capitals,
    and whether "the" must come before."""

    words: tuple[str, ...]
    folded: str
    capital: tuple[bool, ...]
    shouted: bool
    the: bool


def _matched(sentence: Sentence, at: int, entry: _Entry) -> int | None:
    """The token after a name that starts at a token, or None."""
    if entry.the and (at == 0 or sentence.low[at - 1] != "the"):
        return None
    folds, texts = sentence.fold, sentence.text
    length = len(folds)
    for word, capital in zip(entry.words, entry.capital, strict=True):
        while at < length and texts[at] == "-":
            at += 1
        if at >= length or folds[at] != word:
            return None
        text = texts[at]
        if (capital and not text[0].isupper() and word not in PARTICLES) or (entry.shouted and not text.isupper()):
            return None
        at += 1
    return at


def add_unknown_names(sentences: list[Sentence], found: list[list[Mention]], finder: MentionFinder, cast: Cast) -> None:
    """Adds mentions of capitalised names that the catalogue does not have, and of known persons by surname."""
    names = [list(_capitalised(s, m)) for s, m in zip(sentences, found, strict=True)]
    for sentence, runs in zip(sentences, names, strict=True):
        for first, last in runs:
            kind = _kind(sentence, first, last)
            if kind is not None and last - first >= 2:
                _enter(sentence, first, last, kind, finder, cast)
    for mentions in found:
        for mention in mentions:
            if mention.kind is Kind.PERSON:
                actor = finder.linker.catalogue[mention.actor]
                cast.surnames.setdefault(fold(actor.name).split()[-1], actor.id)
    for sentence, mentions, runs in zip(sentences, found, names, strict=True):
        for first, last in runs:
            whole = " ".join(f for f in sentence.fold[first:last] if f)
            person = cast.surnames.get(whole) or cast.surnames.get(_surname(sentence, first, last))
            if person is not None:
                kind = cast.provisional[person].kind if person in cast.provisional else Kind.PERSON
                mentions.append(Mention(first=first, last=last, actor=person, kind=kind))
        mentions.sort(key=lambda m: m.first)


def _surname(sentence: Sentence, first: int, last: int) -> str:
    words = [f for f in sentence.fold[first:last] if f]
    return " ".join(w for w in words if w not in PARTICLES) if len(words) <= 2 else ""


def _enter(sentence: Sentence, first: int, last: int, kind: Kind, finder: MentionFinder, cast: Cast) -> None:
    text = " ".join(sentence.text[first:last]).replace(" - ", "-")
    link = finder.linker.link(text)
    actor = link.actor.id if link is not None else cast.add(text, kind)
    folded = [f for f in sentence.fold[first:last] if f]
    cast.surnames[" ".join(folded)] = actor
    if kind is Kind.PERSON:
        cast.surnames.setdefault(folded[-1], actor)
    if link is not None and kind is not Kind.PERSON:
        return
    if link is not None:
        cast.provisional.pop(actor, None)


def _capitalised(sentence: Sentence, mentions: list[Mention]) -> Iterator[tuple[int, int]]:
    taken = {i for m in mentions for i in range(m.first, m.last)}
    words = lexicon().words
    title_case = sum(t[0].isupper() for t in sentence.text if t[0].isalpha()) > 0.7 * sum(
        t[0].isalpha() for t in sentence.text
    )
    if title_case and len(sentence) > 3:
        return
    at = 0
    while at < len(sentence):
        if at in taken or not sentence.text[at][0].isupper():
            at += 1
            continue
        last = at + 1
        while last < len(sentence) and last not in taken:
            word = sentence.text[last]
            joined = sentence.low[last] in _BETWEEN_NAMES or word == "-"
            follows = last + 1 < len(sentence) and sentence.text[last + 1][0].isupper() and last + 1 not in taken
            collective = sentence.low[last] != "of" or sentence.fold[last - 1] in _KIND_OF_HEAD
            if word[0].isupper() or (joined and follows and collective):
                last += 1
            else:
                break
        first = at
        while first < last and (
            sentence.low[first] in words["titles"]
            or sentence.low[first] in words["determiners"]
            or sentence.low[first] in words["prepositions"]
            or sentence.low[first] in words["conjunctive"]
        ):
            first += 1
        while first < last and sentence.fold[first] in _NO_ACTOR and last - first > 1:
            first += 1
        if first < last and sentence.fold[last - 1] not in _NO_ACTOR and not (first == 0 and last == 1):
            yield first, last
        at = max(last, at + 1)


def _kind(sentence: Sentence, first: int, last: int) -> Kind | None:
    """What an unknown name is, where the words about it show that it is an actor at all."""
    words = lexicon().words
    of = sentence.low.index("of", first, last) if "of" in sentence.low[first:last] else last
    if sentence.fold[of - 1] in _KIND_OF_HEAD:
        return _KIND_OF_HEAD[sentence.fold[of - 1]]
    before = sentence.low[first - 1] if first else ""
    after = sentence.low[last] if last < len(sentence) else ""
    beyond = sentence.low[last + 1] if last + 1 < len(sentence) else ""
    titled = before in words["titles"]
    speaks = after in words["speech"] or before in words["speech"] or (before == "to" and after == ",")
    described = after == "," and beyond in {"a", "an", "the", "who", "his", "her"}
    if titled or speaks or described:
        return Kind.PERSON
    return None


def compose(sentence: Sentence, mentions: list[Mention], finder: MentionFinder, cast: Cast, on: date | None) -> None:
    """Widens mentions to the noun phrases that stand for the same actor, in place.

    "Iranian government" and "forces of Iran" are Iran; "Assad's regime" is the state that he leads; "Syrian protesters"
    are a people; a name before a title and a name ("Hamas leader X") only describes.
    """
    words = lexicon().words
    by_first = {m.first: m for m in mentions}
    for mention in mentions:
        at = mention.last
        if at < len(sentence) and (sentence.low[at] == "'s" or sentence.text[at] in {"'", "’"}):
            mention.possessive = sentence.low[at] == "'s" or sentence.fold[at - 1].endswith("s")
        noun = _noun_after(sentence, mention, by_first)
        if noun is None:
            if mention.form is Form.ADJECTIVE and _plural(sentence, mention):
                mention.form = Form.NAME
            continue
        word = sentence.low[noun]
        named = by_first.get(noun + 1)
        if (
            (named is not None and named.kind is Kind.PERSON and word in words["titles"])
            or word in words["observers"]
            or (word in words["person_titles"] and _apposed(sentence, mention, mentions))
        ):
            mention.modifier = True
        elif word in words["group_nouns"] and (mention.form is Form.ADJECTIVE or mention.kind is Kind.STATE):
            continue
        elif word in words["state_organs"] and (mention.form is Form.ADJECTIVE or _owns(mention)):
            _become(mention, sentence, noun + 1, finder, on)
        elif word in words["peoples"] and mention.kind in {Kind.STATE, Kind.PEOPLE} and not mention.possessive:
            _become_people(mention, sentence, noun + 1, finder, cast)
    for mention in mentions:
        at = mention.first - 1
        while at > 0 and sentence.low[at] in {"the", "a"}:
            at -= 1
        if (
            mention.form is Form.NAME
            and at > 0
            and sentence.low[at] == "of"
            and sentence.low[at - 1] in words["state_organs"]
        ):
            mention.first = at - 1


def _apposed(sentence: Sentence, mention: Mention, mentions: list[Mention]) -> bool:
    """Whether a title only says who the person before it is: "X, the Russian foreign minister"."""
    at = mention.first - 1
    while at > 0 and sentence.low[at] in {"the", "a", "an", "its", "then", "former"}:
        at -= 1
    return at > 0 and sentence.low[at] == "," and any(m.last == at and m.kind is Kind.PERSON for m in mentions)


def _owns(mention: Mention) -> bool:
    return mention.kind is not Kind.PERSON or mention.possessive


def _noun_after(sentence: Sentence, mention: Mention, by_first: dict[int, Mention]) -> int | None:
    """The noun that a mention describes or owns: at most two plain words on."""
    words = lexicon().words
    wanted = words["state_organs"] | words["peoples"] | words["titles"] | words["observers"]
    at = mention.last + (1 if mention.possessive else 0)
    best = None
    for step in range(5):
        if at + step >= len(sentence) or at + step in by_first:
            break
        low = sentence.low[at + step]
        if low in wanted:
            best = at + step
            continue
        if not low.isalpha() or low in words["prepositions"] or low in words["auxiliary"]:
            break
        if low in words["conjunctive"] or low in words["determiners"] or low in {"and", "or"} or step >= 3:
            break
        if best is not None and low not in words["portfolios"]:
            break
        if any(form in {VerbForm.S, VerbForm.ING} for form, _ in lexicon().verbs.get(low, ())):
            break
    return best


def _plural(sentence: Sentence, mention: Mention) -> bool:
    return sentence.fold[mention.last - 1].endswith("s") and not sentence.fold[mention.last - 1].endswith("ss")


def _become(mention: Mention, sentence: Sentence, last: int, finder: MentionFinder, on: date | None) -> None:
    catalogue = finder.linker.catalogue
    if mention.kind is Kind.PERSON and mention.actor in catalogue:
        offices = [o for o in catalogue[mention.actor].offices if on is None or o.held.holds(on)]
        offices = offices or list(catalogue[mention.actor].offices)
        if not offices or offices[-1].of not in catalogue:
            return
        mention.actor = offices[-1].of
        mention.kind = catalogue[mention.actor].kind
    elif mention.kind is Kind.PERSON:
        return
    mention.last = last
    mention.form = Form.NAME
    mention.possessive = last < len(sentence) and (sentence.low[last] == "'s" or sentence.text[last] in {"'", "’"})


def _become_people(mention: Mention, sentence: Sentence, last: int, finder: MentionFinder, cast: Cast) -> None:
    text = " ".join(sentence.text[mention.first : last])
    link = finder.linker.link(text)
    if link is not None:
        mention.actor, mention.kind = link.actor.id, link.actor.kind
    else:
        mention.actor, mention.kind = cast.add(text, Kind.PEOPLE), Kind.PEOPLE
    mention.last = last
    mention.form = Form.NAME


def kinds(mentions: Iterable[Mention]) -> set[Kind]:
    """The kinds of actor among some mentions."""
    return {m.kind for m in mentions}
