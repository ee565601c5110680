"""A document's sentences as the network sees them: each looked at once, and the names that stand in them.

What is seen of a sentence takes some kilobytes. Of a document longer than `KEPT` sentences it is not kept but seen
again where it is asked for, so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cordiale.claims import Kind
from cordiale.reading.lexicon import lexicon
from cordiale.reading.mentions import Mention
from cordiale.reading.model.network import Network, Words
from cordiale.reading.model.spans import spans
from cordiale.reading.sentences import Sentence
from cordiale.reading.unknown import HEADS, JOINING, Seen

KEPT = 2000
AT_ONCE = 256
"""Sentences that are looked at together."""
MOST = 10_000
"""The first so many sentences of a document are seen, some three hundred pages; the rules read what follows alone."""
LONGEST = 4000
"""The most characters of a sentence that the network is asked about: a longer one is no prose."""

HEAD = "own"
SORTS = {
    "G": Kind.ARMED_GROUP,
    "P": Kind.PARTY,
    "B": Kind.BLOC,
    "O": Kind.ORGANIZATION,
    "L": Kind.PERSON,
    "M": Kind.PEOPLE,
}
"""What the labels of the head for names stand for. States are all in the catalogue, and what looks like another one is
a place; speakers, descriptions and pronouns are no names."""


class Sight:
    """The sentences of one text through a network."""

    def __init__(self, network: Network, text: str, sentences: Sequence[Sentence]) -> None:
        self.network = network
        self._text, self._sentences = text, sentences
        self._kept: dict[int, Words] = {}

    def legible(self, number: int) -> bool:
        """Whether the network is asked about a sentence."""
        sentence = self._sentences[number]
        return number < MOST and sentence.end - sentence.start <= LONGEST

    def words(self, numbers: Sequence[int]) -> list[Words]:
        """The sentences of these numbers, seen."""
        missing = [number for number in numbers if number not in self._kept]
        texts = [self._text[self._sentences[n].start : self._sentences[n].end] for n in missing]
        seen = dict(zip(missing, self.network.words(texts), strict=True))
        if len(self._sentences) <= KEPT:
            self._kept |= seen
        return [seen[n] if n in seen else self._kept[n] for n in numbers]

    def names(self, mentions: Sequence[Sequence[Mention]]) -> list[list[Seen]]:
        """The names in each sentence that has a capital which is no name yet; `mentions` are the names known."""
        found: list[list[Seen]] = [[] for _ in self._sentences]
        asked = [n for n, known in enumerate(mentions) if self.legible(n) and _unnamed(self._sentences[n], known)]
        for some in runs(asked):
            for number, words in zip(some, self.words(some), strict=True):
                found[number] = list(self._seen(self._sentences[number], words))
        return found

    def _seen(self, sentence: Sentence, words: Words) -> Iterator[Seen]:
        for start, end, label in spans(words, HEAD, self.network.labels[HEAD]):
            kind = SORTS.get(label)
            first = sentence.token_at(sentence.start + start)
            last = min(sentence.token_at(sentence.start + end - 1) + 1, len(sentence))
            while first < last and not sentence.text[first][0].isupper():  # "the Kurds"
                first += 1
            last = _named(sentence, first, last)
            after = sentence.low[last : last + 2]
            if kind is None or first >= last or (after[:1] != ["'s"] and lexicon().words["things"] & set(after)):
                continue
            if last - first == 1 and _opens(sentence, first) and kind is not Kind.PERSON:
                one, other = words.pieces.covering((start, end))
                if other - one == 1 or kind is Kind.PEOPLE:  # "Police", "Farmers": words with a capital, no names
                    continue
            yield Seen(first, last, kind)


def _named(sentence: Sentence, first: int, last: int) -> int:
    """The end of a name: before the first plain word in it that neither joins names nor heads one."""
    words = range(first, last)
    plain = (i for i in words if sentence.text[i][0].islower() and sentence.low[i] not in JOINING)
    end = next((i for i in plain if sentence.fold[i] not in HEADS), None)
    while end is not None and end > first and sentence.low[end - 1] in JOINING:
        end -= 1
    return last if end is None else end


def _opens(sentence: Sentence, at: int) -> bool:
    """Whether a token is the first word of a sentence."""
    return not any(word[0].isalnum() for word in sentence.text[:at])


def runs(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """Numbers in stretches of sentences that are looked at together."""
    for at in range(0, len(numbers), AT_ONCE):
        yield numbers[at : at + AT_ONCE]


def _unnamed(sentence: Sentence, known: Sequence[Mention]) -> bool:
    """Whether a word with a capital stands in no name that is known."""
    taken = {at for mention in known for at in range(mention.first, mention.last)}
    return any(word[0].isupper() and at not in taken for at, word in enumerate(sentence.text))
