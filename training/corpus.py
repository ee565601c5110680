"""The corpus as written (`corpus/FORMAT.md`), read and checked.

python training/corpus.py [FILE ...]      check files (default: the whole corpus) and print what is in them
"""

from __future__ import annotations

import hashlib
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, permutations
from pathlib import Path

from cordiale.claims import Certainty, Change, Means
from cordiale.reading.sentences import split
from cordiale.relations import relation, relations

FOLDER = Path(__file__).parent / "corpus"
SORTS = "SGPBOLMV"
NONE = "none"

_SPAN = re.compile(r"\{([A-Z]\d+(?:\.[a-z]\d*)?):([^{}]*)\}")
_LABEL = re.compile(r"([A-Z]\d+(?:\.[a-z]\d*)?) ([>?]) ([A-Z]\d+(?:\.[a-z]\d*)?)(?: (.*))?\Z")
_FIELD = re.compile(r'(\w+)=("[^"]*"|\S+)')
_DATE = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?\Z")


class BadItem(ValueError):
    """An item that the format does not allow: file, line, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Span:
    """A mention; `actor` is shared by all mentions of one actor."""

    id: str
    start: int
    end: int

    @property
    def actor(self) -> str:
        return self.id.partition(".")[0]

    @property
    def sort(self) -> str:
        return self.id[0]

    @property
    def form(self) -> str:
        """n(ame), a(djective), d(escription) or p(ronoun)."""
        return (self.id.partition(".")[2] or "n")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One relation between two mentions, as FORMAT.md says."""

    subject: str
    object: str
    relation: str
    change: Change = Change.NONE
    sure: Certainty = Certainty.ASSERTED
    means: frozenset[Means] = frozenset()
    when: str = ""
    until: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True)
class Item:
    """A sentence or passage, with its spans in order and its labels."""

    source: str
    text: str
    published: str
    spans: tuple[Span, ...]
    labels: tuple[Label, ...]
    undecided: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        paragraphs = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", self.text)]
        return [(s.start, s.end) for s in split(self.text, paragraphs)]

    @cached_property
    def held_out(self) -> bool:
        """One item in ten, chosen by its text: never trained on, whatever else changes in the corpus."""
        return hashlib.sha256(self.text.encode()).digest()[0] < 26

    def sentence_of(self, span: Span) -> tuple[int, int] | None:
        return next((s for s in self.sentences if s[0] <= span.start and span.end <= s[1]), None)

    @cached_property
    def pairs(self) -> dict[tuple[int, str, str], bool]:
        """Whether a relation is said of two actors of one sentence, in either direction: (start of sentence, a, b)."""
        said = {frozenset((label.subject.partition(".")[0], label.object.partition(".")[0])) for label in self.labels}
        found = {}
        for start, end in self.sentences:
            within = sorted({span.actor for span in self.spans if start <= span.start < end})
            for a, b in combinations(within, 2):
                found[start, a, b] = {a, b} in said
        return found

    @cached_property
    def by_id(self) -> dict[str, Span]:
        return {span.id: span for span in self.spans}


def items(*paths: Path) -> Iterator[Item]:
    """Every item of the files, in order; raises BadItem at the first that does not hold."""
    for path in paths or sorted(FOLDER.glob("*.txt")):
        yield from (_item(path, number, lines) for number, lines in _blocks(path))


def faults(*paths: Path) -> list[str]:
    """What is wrong in the files, every item of them."""
    found = []
    for path in paths or sorted(FOLDER.glob("*.txt")):
        for number, lines in _blocks(path):
            try:
                _item(path, number, lines)
            except BadItem as error:
                found.append(str(error))
    return found


def _blocks(path: Path) -> Iterator[tuple[int, list[str]]]:
    block: list[str] = []
    first = 1
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], start=1):
        if line.startswith("#"):
            continue
        if line.strip():
            first = first if block else number
            block.append(line.strip())
        elif block:
            yield first, block
            block = []


def _item(path: Path, number: int, lines: list[str]) -> Item:
    def bad(what: str) -> BadItem:
        return BadItem(f"{path.name}:{number}: {what}")

    published = ""
    text: list[str] = []
    marks: list[str] = []
    for line in lines:
        if line.startswith("@"):
            published = line[1:].strip()
        elif _LABEL.match(line) or line == NONE:
            marks.append(line)
        elif marks:
            raise bad(f"neither a label nor in its place: {line!r}")
        else:
            text.append(line)
    if published and not _DATE.match(published):
        raise bad(f"not a date: {published!r}")
    if not text:
        raise bad("labels without a text")
    if not marks:
        raise bad("no labels: write `none` where nothing is said")

    plain, spans = _spans("\n\n".join(text))
    if "{" in plain or "}" in plain:
        raise bad("a brace that is no span")
    ids = Counter(span.id for span in spans)
    if twice := [name for name, count in ids.items() if count > 1]:
        raise bad(f"the id {twice[0]} stands twice: number the second mention (.n2, .p2)")
    if unknown := [name for name in ids if name[0] not in SORTS]:
        raise bad(f"no such sort: {unknown[0]}")
    for span in spans:
        if not plain[span.start : span.end] or plain[span.start : span.end].strip() != plain[span.start : span.end]:
            raise bad(f"the span {span.id} is empty or has blanks around it")

    labels, undecided = [], set()
    for line in marks:
        if line == NONE:
            if len(marks) > 1:
                raise bad("`none` beside other labels")
            continue
        subject, arrow, object_, rest = _LABEL.match(line).groups()  # type: ignore[union-attr]
        for name in (subject, object_):
            if name not in ids:
                raise bad(f"no span {name} in the text: {line!r}")
        if subject.partition(".")[0] == object_.partition(".")[0]:
            raise bad(f"an actor with itself: {line!r}")
        if arrow == "?":
            undecided.add((subject, object_))
        else:
            labels.append(_label(bad, line, subject, object_, rest or "", ids, plain))
    return Item(f"{path.stem}:{number}", plain, published, tuple(spans), tuple(labels), frozenset(undecided))


def _spans(marked: str) -> tuple[str, list[Span]]:
    plain, spans, last = "", [], 0
    for match in _SPAN.finditer(marked):
        plain += marked[last : match.start()]
        spans.append(Span(match[1], len(plain), len(plain) + len(match[2])))
        plain += match[2]
        last = match.end()
    return plain + marked[last:], spans


_READS: dict[str, Callable[[str], object]] = {
    "change": Change,
    "sure": Certainty,
    "means": lambda value: frozenset(Means(part) for part in value.split(",")),
    "when": str,
    "until": str,
    "by": str,
    "why": str,
}


def _label(bad, line, subject, object_, rest, ids, plain) -> Label:  # type: ignore[no-untyped-def]
    relation, _, rest = rest.partition(" ")
    if relation not in relations():
        raise bad(f"no such relation: {line!r}")
    fields = dict(_FIELD.findall(rest))
    if left := _FIELD.sub("", rest).strip():
        raise bad(f"cannot read {left!r} in {line!r}")
    values: dict[str, object] = {}
    for name, quoted in fields.items():
        value = quoted.strip('"')
        reads = _READS.get(name)
        try:
            values[name] = reads(value) if reads else None
        except ValueError:
            values[name] = None
        held = {"by": value in ids, "why": value in plain, "when": _DATE.match(value), "until": _DATE.match(value)}
        if values[name] is None or not held.get(name, True):
            raise bad(f"cannot take {name}={value} in {line!r}")
    return Label(subject=subject, object=object_, relation=relation, **values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an item, with offsets into it, and which of the item's labels are said in it."""

    text: str
    spans: tuple[Span, ...]
    labels: tuple[Label, ...]
    settled: frozenset[tuple[str, str]]
    """Ordered pairs of actors of which the item says something, or leaves open whether it does."""


def sentences(item: Item) -> Iterator[Sentence]:
    """An item's sentences."""
    settled = {(label.subject, label.object) for label in item.labels} | item.undecided
    settled |= {(two, one) for one, two in item.undecided}
    settled |= {(x.object, x.subject) for x in item.labels if relation(x.relation).symmetric}
    actors = frozenset((one.partition(".")[0], two.partition(".")[0]) for one, two in settled)
    for start, end in item.sentences:
        within = tuple(
            Span(s.id, s.start - start, s.end - start) for s in item.spans if start <= s.start and s.end <= end
        )
        names = {span.id for span in within}
        labels = tuple(x for x in item.labels if x.subject in names and x.object in names)
        yield Sentence(item.text[start:end], within, labels, actors)


def by_pair(labels: Iterable[Label]) -> dict[tuple[str, str], list[Label]]:
    """Labels by the spans that they are about; those of a symmetric relation in both directions."""
    found: dict[tuple[str, str], list[Label]] = defaultdict(list)
    for label in labels:
        found[label.subject, label.object].append(label)
        if relation(label.relation).symmetric:
            found[label.object, label.subject].append(label)
    return found


def silent(one: Sentence, rng: random.Random) -> Iterator[tuple[str, str]]:
    """For each ordered pair of actors of which nothing is said, two of their mentions."""
    mentions: dict[str, list[str]] = defaultdict(list)
    for span in one.spans:
        mentions[span.actor].append(span.id)
    for a, b in permutations(sorted(mentions), 2):
        if (a, b) not in one.settled:
            yield rng.choice(mentions[a]), rng.choice(mentions[b])


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]]
    wrong = faults(*paths)
    for line in wrong:
        print(line)
    if wrong:
        return 1
    read = list(items(*paths))
    labels = [label for item in read for label in item.labels]
    long = [item for item in read if len(item.sentences) > 1]
    print(f"{len(read)} items: {len(read) - len(long)} sentences, {len(long)} passages, {len(labels)} labels")
    print(
        f"{sum(not item.labels for item in read)} items say no relation; {sum(i.held_out for i in read)} are held out"
    )
    pairs = [said for item in read for said in item.pairs.values()]
    unrelated = pairs.count(False) / max(len(pairs), 1)
    print(f"{len(pairs)} pairs of actors in one sentence, {unrelated:.0%} without a relation")
    for title, counts in (
        ("relation", Counter(label.relation for label in labels)),
        ("change", Counter(label.change.value for label in labels)),
        ("sure", Counter(label.sure.value for label in labels)),
        ("means", Counter(m.value for label in labels for m in label.means)),
        ("with", Counter(n for label in labels for n in ("by", "why", "when", "until") if getattr(label, n))),
    ):
        print(f"{title}: " + ", ".join(f"{name} {count}" for name, count in counts.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
