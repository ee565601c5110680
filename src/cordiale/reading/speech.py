"""Who says so: the speaker of each stretch of a document, by quotation marks and by reported speech.

A stretch in quotation marks belongs to the speaker named beside it, before, amid or after, in its paragraph or the one
before; "he added" is the speaker last heard. "X said that ..." and "according to X" hold for their sentence, and
"According to X:" at the end of a paragraph for the paragraph that follows. Everything else is the document's own voice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from cordiale.claims import Kind
from cordiale.reading.lexicon import lexicon
from cordiale.reading.mentions import Form, Mention
from cordiale.reading.sentences import Sentence

_MIN_SPEECH = 24
"""Characters; a shorter stretch in quotation marks is a name or a phrase, not speech."""

_MARKS = re.compile(r"[“«”»\"]|(?<!\w)‘(?=\w)|(?<=[,.!?…])’")  # single ones where they cannot be apostrophes
_GOES_ON = frozenset({"he", "she", "they", "it"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """A stretch of the document's text, half-open in characters, and the actor whose words it gives."""

    start: int
    end: int
    speaker: str
    quoted: bool


class Speakers:
    """Who speaks at each place of a document."""

    def __init__(self, stretches: list[Speech]) -> None:
        self._stretches = sorted(stretches, key=lambda s: (s.start, s.quoted))
        self._starts = [s.start for s in self._stretches]

    def at(self, offset: int, *, quoted: bool = False) -> str | None:
        """The actor whose words stand at an offset; None for the document itself. Quotation beats report, and is all
        that counts where `quoted` is asked."""
        upto = bisect_right(self._starts, offset)
        near = self._stretches[max(0, upto - 40) : upto]
        holding = [s for s in near if s.end > offset and (s.quoted or not quoted)]
        if not holding:
            return None
        return max(holding, key=lambda s: (s.quoted, s.start)).speaker


class Quoted:
    """The stretches of a paragraph in quotation marks, marks left out; a double one left open runs to its end."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.spans: list[tuple[int, int]] = []
        opened: int | None = None
        closing = ""
        for match in _MARKS.finditer(text, start, end):
            mark, at = match[0], match.start()
            if mark in "“«" or (mark == '"' and opened is None) or (mark == "‘" and closing != '”»"'):
                opened, closing = at + 1, "’" if mark == "‘" else '”»"'
            elif opened is not None and mark in closing:
                if at - opened >= _MIN_SPEECH:
                    self.spans.append((opened, at))
                opened, closing = None, ""
        if opened is not None and closing != "’" and end - opened >= _MIN_SPEECH:
            self.spans.append((opened, end))

    def holds(self, offset: int) -> bool:
        """Whether an offset lies in quotation marks."""
        before = bisect_right(self.spans, offset, key=lambda span: span[0]) - 1
        return before >= 0 and offset < self.spans[before][1]


def find_speakers(
    text: str, paragraphs: list[tuple[int, int]], sentences: list[Sentence], mentions: list[list[Mention]]
) -> Speakers:
    """Who speaks where."""
    by_paragraph: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        by_paragraph.setdefault(sentence.paragraph, []).append(number)
    stretches: list[Speech] = []
    heard: str | None = None  # who spoke last
    lately: str | None = None  # which person was named last
    carried: str | None = None
    for paragraph, (start, end) in enumerate(paragraphs):
        quoted = Quoted(text, start, end)
        inside = quoted.spans
        voices: list[tuple[int, str]] = []
        introduces: str | None = None
        running: str | None = None
        for number in by_paragraph.get(paragraph, ()):
            sentence, named = sentences[number], mentions[number]
            said = _attributions(sentence, named, heard or lately, quoted)
            lately = next((m.actor for m in reversed(named) if m.kind is Kind.PERSON), lately)
            goes_on = bool(sentence.low) and sentence.low[0] in _GOES_ON
            if running is not None and not said and goes_on:  # "He explained that ... He fled ..."
                stretches.append(Speech(start=sentence.start, end=sentence.end, speaker=running, quoted=False))
            for at, mention, reach in said:
                heard = mention
                voices.append((sentence.at[at][0], mention))
                if reach is not None:
                    stretches.append(Speech(start=reach[0], end=reach[1], speaker=mention, quoted=False))
                    running = mention if not inside and reach[1] == sentence.end else None
            if sentence.end >= end - 2 and sentence.text and sentence.text[-1] == ":" and voices:
                introduces = voices[-1][1]
        strangers = any(_strange(sentences[n], quoted) for n in by_paragraph.get(paragraph, ()))
        for first, last in inside:
            speaker = _beside(voices, first, last)
            if speaker is None and not strangers:  # a quotation without a speaker goes on from the one before
                speaker = carried if carried is not None else heard
            if speaker is not None:
                stretches.append(Speech(start=first, end=last, speaker=speaker, quoted=True))
        if carried is not None and not inside:
            stretches.append(Speech(start=start, end=end, speaker=carried, quoted=False))
        carried = introduces
    return Speakers(stretches)


def _strange(sentence: Sentence, quoted: Quoted) -> bool:
    """Whether somebody speaks who cannot be told: "one of them said"."""
    speech = lexicon().words["speech"]
    return any(low in speech and not quoted.holds(sentence.at[at][0]) for at, low in enumerate(sentence.low))


def _beside(voices: list[tuple[int, str]], first: int, last: int) -> str | None:
    """Who of the voices, in their order in the text, speaks nearest to a quotation."""
    before = bisect_right(voices, first, key=lambda voice: voice[0])
    after = bisect_right(voices, last, lo=before, key=lambda voice: voice[0])
    near = voices[max(0, before - 1) : after + 1]
    return min(near, key=lambda v: min(abs(v[0] - first), abs(v[0] - last)))[1] if near else None


def _attributions(
    sentence: Sentence, mentions: list[Mention], heard: str | None, quotes: Quoted
) -> list[tuple[int, str, tuple[int, int] | None]]:
    """Each place where somebody is said to speak: the token, who, and the stretch that is reported, if any."""
    speech = lexicon().words["speech"]
    found: list[tuple[int, str, tuple[int, int] | None]] = []
    for at, low in enumerate(sentence.low):
        if (low != "according" and low not in speech) or quotes.holds(sentence.at[at][0]):
            continue
        if low == "according":
            to = at + 1 < len(sentence) and sentence.low[at + 1] == "to"
            speaker = _named(mentions, at + 2, at + 8) if to else None
            if speaker is not None:
                found.append((at, speaker, (sentence.start, sentence.end)))
        else:
            speaker = _speaker(sentence, mentions, at, heard)
            if speaker is None:
                continue
            clausal = low in lexicon().words["saying"] and not quotes.spans
            that = "that" in sentence.low[at + 1 : at + 4]
            plain = clausal and at + 1 < len(sentence) and sentence.text[at + 1][0].isalpha()
            reported = (sentence.at[at][1], _clause_end(sentence, at)) if that or plain else None
            alone = at >= len(sentence) - 4 and not any(m.first > at for m in mentions)  # "..., France warned Russia"
            trailing = clausal and alone and "," in sentence.low[max(1, at - 8) : at + 1]
            found.append((at, speaker, (sentence.start, sentence.end) if trailing else reported))
    return found


def _clause_end(sentence: Sentence, at: int) -> int:
    """Where what is reported from a token on ends: at a semicolon, or with the sentence."""
    return next((sentence.at[i][0] for i in range(at, len(sentence)) if sentence.low[i] == ";"), sentence.end)


def _named(mentions: list[Mention], first: int, last: int) -> str | None:
    within = [m for m in mentions if first <= m.first < last and m.form is not Form.ADJECTIVE and not m.modifier]
    persons = [m for m in within if m.kind is Kind.PERSON]
    return (persons or within)[0].actor if within else None


def _speaker(sentence: Sentence, mentions: list[Mention], at: int, heard: str | None) -> str | None:
    """Who stands beside a verb of speech: "Marsh said", "said Marsh", "Iran expert X wrote", "he added"."""
    words = lexicon().words
    before = at - 1
    while before >= 0 and (
        sentence.low[before] in words["adverbs"] | words["auxiliary"] or sentence.low[before].endswith("ly")
    ):
        before -= 1
    if before >= 0 and sentence.low[before] in {"he", "she"}:
        return heard
    closing = next((m for m in mentions if m.last == before + 1 and m.form is not Form.ADJECTIVE), None)
    if closing is not None and not closing.modifier and not closing.possessive:
        together = sentence.low[closing.first - 1] == "and" and any(m.last == closing.first - 1 for m in mentions)
        return None if together else closing.actor  # what several announce is nobody's words
    if before >= 0 and sentence.low[before] == ",":
        apposed = [m for m in mentions if m.last <= before and m.kind is Kind.PERSON]
        return apposed[-1].actor if apposed else None
    following = [m for m in mentions if at < m.first <= at + 4 and m.kind is Kind.PERSON]
    inverted = before < 0 or sentence.text[before] in {"”", '"', "»", ",", "’"}
    return following[0].actor if following and inverted else None
