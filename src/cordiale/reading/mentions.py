"""Who is named where in a sentence: the names, adjectives and seats of the catalogue.

A mention is a span of tokens with the actor that it stands for. Names that the catalogue does not have are for
`unknown`, the noun phrases around names for `phrases`, pronouns and descriptions for `coreference`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cordiale.actors import Linker, fold
from cordiale.actors.names import PARTICLES
from cordiale.claims import Kind, NameUse
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

    `possessive` where "'s" or "'" follows; `modifier` where it only describes the next mention ("Hamas leader X");
    `titled` where it is told by an office of nobody named ("Sudan's army chief").
    """

    first: int
    last: int
    actor: str
    kind: Kind
    form: Form = Form.NAME
    score: float = 1.0
    possessive: bool = False
    modifier: bool = False
    titled: bool = False
    plural: tuple[str, ...] = ()


_LIKELY = 0.6
"""The score below which a name is nobody's: it is shared, or was not in use then."""

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’`][^\W_]+)*")


class MentionFinder:
    """Finds the catalogue's names in sentences."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self._trie: dict[str, list[_Entry]] = {}
        self._uncapitalised: set[str] = set(PARTICLES)
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
            if not capital[0]:
                self._uncapitalised.add(words[0])
        for rows in self._trie.values():
            rows.sort(key=lambda row: (-len(row.words), row.the))

    def find(self, sentence: Sentence, on: date | None) -> list[Mention]:
        """The catalogue's names in a sentence, longest first, none overlapping."""
        found: list[Mention] = []
        at = 0
        for start, word in enumerate(sentence.fold):
            if start < at or not (sentence.text[start][0].isupper() or word in self._uncapitalised):
                continue
            mention = self._longest(sentence, start, on)
            if mention is not None:
                found.append(mention)
                at = mention.last
        return found

    def _longest(self, sentence: Sentence, at: int, on: date | None) -> Mention | None:
        word, of = sentence.fold[at], _owning(sentence, at)
        inner = (entry for entry in self._trie.get(of, ()) if len(entry.words) > 1)
        for entry in (*inner, *self._trie.get(word, ())):
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
            if best.actor.kind is Kind.PERSON and len(entry.words) == 1 and self._part_of_name(sentence, at, last):
                continue  # "Mao Ning" is nobody of the name of Mao
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

    def _part_of_name(self, sentence: Sentence, first: int, last: int) -> bool:
        """Whether a surname stands in a longer name that the catalogue does not have."""
        words = lexicon().words
        for at in (first - 1, last):
            if not 0 <= at < len(sentence) or not sentence.text[at][0].isupper() or (at == 0 and first == 1):
                continue
            low, word = sentence.low[at], sentence.fold[at]
            closed = words["titles"] | words["no_actor"] | words["prepositions"] | words["conjunctive"]
            if word and low not in closed | words["determiners"] and word not in self._trie and low.isalpha():
                return True
        return False

    def _goes_on(self, sentence: Sentence, at: int) -> bool:
        """Whether a capitalised name goes on at a token."""
        if at >= len(sentence) or not sentence.text[at][0].isupper():
            return False
        words = lexicon().words
        if (
            sentence.low[at] in words["titles"]
            or sentence.fold[at] in lexicon().words["no_actor"]
            or sentence.fold[at] in self._trie
        ):
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
        while at < length and (texts[at] == "-" or (texts[at] in {"'", "’"} and not folds[at])):
            at += 1
        if at >= length or word not in {folds[at], _owning(sentence, at)}:
            return None
        text = texts[at]
        if (capital and not text[0].isupper() and word not in PARTICLES) or (entry.shouted and not text.isupper()):
            return None
        at += 1 if folds[at] == word else 2
    return at


def _owning(sentence: Sentence, at: int) -> str:
    """A word with the possessive ending that follows, as names are folded: "peoples" in "People's Party"; else ""."""
    after = sentence.low[at + 1] if at + 1 < len(sentence) else ""
    return sentence.fold[at] + "s" if after == "'s" else ""
