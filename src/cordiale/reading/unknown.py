"""Names that the catalogue does not have, where the text shows that they are a person or an organisation.

They become provisional actors, which a user can merge with others later; a person named in full goes by the surname
afterwards. A capitalised name that nothing shows to be an actor is left alone: it may be a place, a book, a treaty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cordiale.actors import fold, provisional
from cordiale.actors.names import PARTICLES
from cordiale.claims import Actor, Kind
from cordiale.reading.lexicon import lexicon
from cordiale.reading.mentions import Form, Mention, MentionFinder
from cordiale.reading.sentences import Sentence


@dataclass(slots=True, eq=False)
class Cast:
    """The actors that a document brings in beside the catalogue, and the surnames and short names that they go by."""

    provisional: dict[str, Actor] = field(default_factory=dict)
    surnames: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, kind: Kind) -> str:
        """The id of a provisional actor of that name."""
        actor = provisional(name, kind)
        self.provisional.setdefault(actor.id, actor)
        return actor.id


_HEADS = {
    Kind.ARMED_GROUP: "front army brigade brigades forces movement militia guard guards resistance fighters battalion "
    "corps legion militias",
    Kind.PARTY: "party brotherhood congress",
    Kind.BLOC: "alliance league coalition axis bloc entente crescent pact compact",
    Kind.ORGANIZATION: "council union organization organisation committee agency commission federation association "
    "authority",
}
HEADS = {head: kind for kind, heads in _HEADS.items() for head in heads.split()}
"""What the last word of a name, or the one before "of", says of its kind."""
_ANYBODYS = frozenset({"army", "forces", "guard", "guards", "authority"})
"""Heads that are no short name: "the Army" may be any."""
_BETWEEN_NAMES = frozenset("bin ibn bint abu umm van von de der den del della di da la le al el ul ad ar as of".split())
_ADJECTIVES = frozenset("islamist sunni shia shiite zaydi zaidi salafi leftist rightist jihadist".split())
"""Words with a capital that say what a name's bearer is, and begin no name."""
JOINING = _BETWEEN_NAMES | {"for", "the", "and", "in", "on", "to", "against", "with", "'s", "y", "e", "et", "und", "i"}
"""Plain words that may stand inside a name."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A name that the network sees at the tokens [first, last), and what sort of actor it takes it for."""

    first: int
    last: int
    kind: Kind


def add_unknown_names(
    sentences: list[Sentence],
    found: list[list[Mention]],
    finder: MentionFinder,
    cast: Cast,
    seen: Sequence[Sequence[Seen]] = (),
) -> None:
    """Adds mentions of capitalised names that the catalogue does not have, and of known persons by surname.

    What a name is, the words about it show, or the network, which also sees where a name of the catalogue is only a
    part of a longer one ("Sudan" in "Sudan Workers' Union").
    """
    named = {mention.actor for mentions in found for mention in mentions if mention.form is Form.NAME}
    shorts: dict[str, list[str]] = {}
    for actor in (finder.linker.catalogue[key] for key in sorted(named)):
        if (short := _short(fold(actor.name).split(), actor.kind)) is not None:
            shorts.setdefault(short, []).append(actor.id)
    cast.surnames |= {short: actors[0] for short, actors in shorts.items() if len(actors) == 1}
    shared = {short for short, actors in shorts.items() if len(actors) > 1}
    names: list[list[tuple[int, int]]] = []
    for i, (sentence, mentions) in enumerate(zip(sentences, found, strict=True)):
        told = _told(sentence, mentions, list(_standing(sentence, mentions, seen[i], shared))) if seen else []
        for one in told:
            mentions[:] = [m for m in mentions if m.last <= one.first or one.last <= m.first]
            _enter(sentence, one.first, one.last, one.kind, finder, cast)
        taken = {at for one in told for at in range(one.first, one.last)}
        runs = [run for run in _capitalised(sentence, mentions) if taken.isdisjoint(range(*run))]
        for first, last in runs:
            kind = _kind(sentence, first, last)
            if kind is not None and last - first >= 2:
                _enter(sentence, first, last, kind, finder, cast)
        names.append(sorted([(one.first, one.last) for one in told] + runs))
        _abbreviate(sentence, mentions, names[-1], finder, cast)
    for sentence, mentions, spans in zip(sentences, found, names, strict=True):
        for first, last in spans:
            known = cast.surnames.get(_folded(sentence, first, last)) or cast.surnames.get(
                _surname(sentence, first, last)
            )
            if known is not None:
                mentions.append(Mention(first=first, last=last, actor=known, kind=_kind_of(known, finder, cast)))
        mentions.sort(key=lambda m: m.first)


def _abbreviate(
    sentence: Sentence, mentions: list[Mention], spans: list[tuple[int, int]], finder: MentionFinder, cast: Cast
) -> None:
    """Takes letters in brackets after a name for the same actor, from here on: "the National Liberation Army (ELN)".

    Of two that the catalogue knows apart neither gives way; else the one that it knows is both.
    """
    ends = {last: cast.surnames.get(_folded(sentence, first, last)) for first, last in spans}
    ends |= {m.last: m.actor for m in mentions}
    firsts = {span[1]: span[0] for span in spans}
    for at in range(1, len(sentence) - 2):
        whole, letters = ends.get(at), sentence.text[at + 1]
        if whole is None or sentence.text[at] != "(" or sentence.text[at + 2] != ")":
            continue
        short = next((m.actor for m in mentions if m.first == at + 1), None)
        kinds = {_kind_of(actor, finder, cast) for actor in (whole, short) if actor is not None}
        if kinds & {Kind.PERSON, Kind.STATE} or not (
            letters.isalnum() and letters.isupper() and 2 <= len(letters) <= 8
        ):
            continue
        if short is None or short in cast.provisional:
            cast.surnames[sentence.fold[at + 1]] = whole
        elif whole in cast.provisional and at in firsts:
            cast.surnames[_folded(sentence, firsts[at], at)] = short


def _kind_of(actor: str, finder: MentionFinder, cast: Cast) -> Kind:
    return cast.provisional[actor].kind if actor in cast.provisional else finder.linker.catalogue[actor].kind


def _folded(sentence: Sentence, first: int, last: int) -> str:
    return " ".join(f for f in sentence.fold[first:last] if f)


def _standing(sentence: Sentence, mentions: list[Mention], seen: Sequence[Seen], shared: set[str]) -> Iterator[Seen]:
    """The names seen that are no names of the catalogue already, nor cut through one, nor short for `shared` ones."""
    words = lexicon().words
    barred = words["no_actor"] | words["identities"] | words["titles"]
    for one in seen:
        inside = [m for m in mentions if m.first < one.last and one.first < m.last]
        if any(m.first < one.first or one.last < m.last or not _partial(m) for m in inside):
            continue
        taken = {at for m in inside for at in range(m.first, m.last)}
        names = [at for at in range(one.first, one.last) if at not in taken and sentence.text[at][0].isupper()]
        if all(sentence.fold[at] in barred or sentence.fold[at].endswith("ism") for at in names):
            continue
        if one.last - one.first == 1 and (sentence.fold[one.first] in shared or len(sentence.text[one.first]) == 1):
            continue  # "the Alliance", of several; the Z of "Gen Z"
        if inside and sentence.low[one.last - 1] in words["state_organs"]:
            continue
        yield one


def _told(sentence: Sentence, mentions: list[Mention], seen: list[Seen]) -> list[Seen]:
    """The names seen, each whole, unless it would swallow another."""
    whole = [_whole(one, sentence, mentions) for one in seen]
    return [
        one if any(other is not one and other.first < wide.last and wide.first < other.last for other in seen) else wide
        for one, wide in zip(seen, whole, strict=True)
    ]


def _whole(one: Seen, sentence: Sentence, mentions: list[Mention]) -> Seen:
    """A name seen in part or with more than itself, as its capitals go: "Federation of" in "Federation of Dock
    Workers", "Petrov" in "Soviet general Petrov"; of the kind that its head says."""
    first, last = one.first, one.last
    for begin, end in _capitalised(sentence, mentions):
        if begin <= first and last <= end:
            of = begin > 0 and sentence.low[begin - 1] == "of"  # "Secretary of State Dalton"
            first, last = (first if of and one.kind is Kind.PERSON else begin), end
    if sentence.low[last - 1] == "of":
        after = last
        while after < len(sentence) and sentence.text[after][0].isupper():
            after += 1
        last = after if after > last else last - 1
    while first < last - 1 and sentence.low[first] in _ADJECTIVES:
        first += 1
    titles = [at for at in range(first, last - 1) if sentence.low[at] in lexicon().words["titles"]]
    if titles and one.kind is Kind.PERSON:
        first = titles[-1] + 1
        if sentence.low[first] == "of" and first + 2 < last:
            first += 2
        first += first < last - 1 and sentence.low[first] == "."
    kind = one.kind if one.kind is Kind.PERSON else HEADS.get(sentence.fold[last - 1], one.kind)
    return Seen(first, last, kind)


def _partial(mention: Mention) -> bool:
    """Whether a name of the catalogue may be a part of a longer one: "Sudan", and not "Hezbollah"."""
    return mention.form is Form.ADJECTIVE or mention.kind in {Kind.STATE, Kind.PEOPLE, Kind.PERSON}


def _surname(sentence: Sentence, first: int, last: int) -> str:
    words = [f for f in sentence.fold[first:last] if f]
    return " ".join(w for w in words if w not in PARTICLES) if len(words) <= 2 else ""


def _enter(sentence: Sentence, first: int, last: int, kind: Kind, finder: MentionFinder, cast: Cast) -> None:
    folded = [f for f in sentence.fold[first:last] if f]
    if " ".join(folded) in cast.surnames:  # named before, or a short name of somebody who was named in full
        return
    text = _written(sentence, first, last)
    link = finder.linker.link(text)
    if link is None and sentence.text[last - 1][0].islower() and last - first > 1:  # "Islah party"
        link = finder.linker.link(_written(sentence, first, last - 1))
    actor = link.actor.id if link is not None else cast.add(text, kind)
    cast.surnames[" ".join(folded)] = actor
    if (short := _short(folded, kind)) is not None:
        cast.surnames.setdefault(short, actor)


def _short(words: list[str], kind: Kind) -> str | None:
    """What a name is shortened to: the surname of a person, "the Crescent", "the Front"; None where it is not."""
    headed = len(words) > 1 and words[-1] in HEADS.keys() - _ANYBODYS and kind in HEADS.values()
    return words[-1] if kind is Kind.PERSON or headed else None


def _written(sentence: Sentence, first: int, last: int) -> str:
    """A name as it is written, with one blank for any."""
    text = sentence.text[first]
    for at in range(first + 1, last):
        text += " " * (sentence.at[at][0] > sentence.at[at - 1][1]) + sentence.text[at]
    return text


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
            collective = sentence.low[last] != "of" or sentence.fold[last - 1] in HEADS
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
        while first < last and sentence.fold[first] in lexicon().words["no_actor"] and last - first > 1:
            first += 1
        if first < last and sentence.fold[last - 1] not in lexicon().words["no_actor"]:
            yield first, last
        at = max(last, at + 1)


def _kind(sentence: Sentence, first: int, last: int) -> Kind | None:
    """What an unknown name is, where the words about it show that it is an actor at all."""
    words = lexicon().words
    of = sentence.low.index("of", first, last) if "of" in sentence.low[first:last] else last
    if sentence.fold[of - 1] in HEADS:
        return HEADS[sentence.fold[of - 1]]
    before = sentence.low[first - 1] if first else ""
    after = sentence.low[last] if last < len(sentence) else ""
    beyond = sentence.low[last + 1] if last + 1 < len(sentence) else ""
    titled = before in words["titles"] or (before == "," and first > 1 and sentence.low[first - 2] in words["titles"])
    speaks = after in words["speech"] or before in words["speech"] or (before == "to" and after == ",")
    described = after == "," and beyond in {"a", "an", "the", "who", "his", "her"}
    if titled or speaks or described:
        return Kind.PERSON
    return None
