"""Which spans of a text are reporting: the rest, such as teasers, captions and boxes for subscribers, is left out.

Text copied off the web holds what stood around the article. The text itself stays whole; this says where its reporting
is. Keeping real paragraphs comes first: what ends as a sentence stays unless it repeats, or its form of words is that
of a page (`boilerplate`). Nothing is read for its meaning here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cordiale.documents.boilerplate import is_boilerplate

_END = re.compile(r"[.!?:;…。！？؟।։።][\"”’'»)\]*]*\Z|[\"”»]\Z")
_ELLIPSIS = re.compile(
    r"(?:\.\s?\.\s?\.|…)(?:\s*\[?(?:read|see)\s+more\]?|\s*\[\+\d+ chars\])?[\s»>]*\Z", re.IGNORECASE
)
_WORDS = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]+")

_SHORT = 8  # words: a line no longer that is no sentence is a label, a name, an entry of a menu
_LISTED = 15  # words: in a row of lines that are no sentences, each no longer, they are a list of links
_ALIKE = 20  # paragraphs: more that begin alike are entries of a list, of which none is another's teaser
_TEASER = 6  # words: fewer in common with a paragraph's beginning may be chance


class Span(NamedTuple):
    """A stretch of a text: `text[start:end]`. It unpacks as a pair."""

    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class _Unit:
    """A paragraph as it is judged."""

    start: int
    end: int
    text: str
    folded: str
    sentence: bool
    words: int
    kept: bool = True


def body(text: str, title: str | None = None) -> tuple[Span, ...]:
    """The spans of a text's paragraphs that are reporting, in order, disjoint, without blanks at their ends.

    `title` is the document's, where it is known. A headline and the line below it, at the top, count as reporting.
    Where a text has almost no sentences (a poem, a list, a script without stops), only what surely is a page's own
    words is left out.

    >>> text = "Envoys meet\\n\\nTwo envoys met on Monday.\\n\\nSubscribe to our newsletter!"
    >>> [text[span.start : span.end] for span in body(text, "Envoys meet")]
    ['Envoys meet', 'Two envoys met on Monday.']
    """
    units = [_unit(text, start, end) for start, end in _paragraphs(text)]
    for unit in units:
        # a line without a word (a rule, three stars) says nothing
        unit.kept = bool(unit.folded) and not is_boilerplate(unit.text)
    headline = _folded(title or "") or next((u.folded for u in units if u.kept and u.words >= 3 and not u.sentence), "")
    _leave_out_repetitions(units, headline)
    clear = [unit for unit in units if unit.kept]
    _leave_out_fragments(clear, _headlines(units, headline))
    kept = [unit for unit in clear if unit.kept]
    if sum(unit.words for unit in kept) < 0.3 * sum(unit.words for unit in clear):
        kept = clear  # so few sentences that the lines are no fragments of a page but the way the text is written
    return tuple(Span(unit.start, unit.end) for unit in kept)


def _unit(text: str, start: int, end: int) -> _Unit:
    line = text[start:end]
    words = _WORDS.findall(line.casefold())
    return _Unit(start=start, end=end, text=line, folded=" ".join(words), words=len(words), sentence=_ends(line))


def _ends(line: str) -> bool:
    return _END.search(line[-8:]) is not None  # only the tail, as a search tries every place


def _folded(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Each line, or each block of lines where the lines are cut at a margin."""
    block: list[tuple[int, int]] = []
    previous = 0
    for match in _LINE.finditer(text):
        line = text[match.start() : match.end()]
        start = match.start() + len(line) - len(line.lstrip())
        end = match.end() - (len(line) - len(line.rstrip()))
        if start >= end:
            continue
        if block and text.count("\n", previous, start) > 1:
            yield from _joined(text, block)
            block = []
        block.append((start, end))
        previous = end
    yield from _joined(text, block)


def _joined(text: str, block: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """One paragraph, where its lines are of one width and break within sentences; else each line is one."""
    if len(block) > 1:
        full = block[:-1]
        widest = max(end - start for start, end in block)
        within = sum(1 for start, end in full if not _ends(text[start:end]))
        if 40 <= widest <= 120 and all(end - start >= 0.6 * widest for start, end in full) and within >= len(full) / 2:
            return [(block[0][0], block[-1][1])]
    return block


def _leave_out_repetitions(units: list[_Unit], title: str) -> None:
    """Lines that say again what stands elsewhere: the headline over and over, and teasers of a paragraph to come."""
    seen: set[str] = set()
    # A paragraph is found by its first words, so that a long text is not compared with itself line by line.
    openings: dict[str, list[str]] = {}
    for unit in units:
        unit.kept = unit.kept and not _doubled(unit.folded)
        if unit.kept and unit.words > _TEASER:
            alike = openings.setdefault(_opening(unit.folded), [])
            if len(alike) < _ALIKE:
                alike.append(unit.folded)
    for unit in units:
        if not unit.kept:
            continue
        bare, cut = _without_title(unit, title)
        # the headline with a little more, such as a site's name, or with nothing more
        again = bare != unit.folded and (bare in seen or (not bare and unit.folded != title)) and not unit.sentence
        if again or unit.folded in seen:
            unit.kept = False
        elif bare and bare.count(" ") + 1 >= _TEASER:
            # cut perhaps within a word; a whole sentence must be there whole
            longer = (other for other in openings.get(_opening(bare), ()) if len(other) > len(bare))
            unit.kept = not any(other.startswith(bare if cut else bare + " ") for other in longer)
        if unit.kept:
            seen.add(unit.folded)


def _without_title(unit: _Unit, title: str) -> tuple[str, bool]:
    """The words of a line without the headline before and after them, and whether they break off in an ellipsis."""
    bare = unit.folded
    ellipsis = _ELLIPSIS.search(unit.text, max(len(unit.text) - 40, 0))
    cut = ellipsis is not None or not unit.sentence  # what is no sentence may have been cut without a mark
    if ellipsis:
        bare = _folded(unit.text[: ellipsis.start()])
    if title:
        while bare == title or bare.startswith(title + " "):
            bare = bare[len(title) :].strip()
        while bare.endswith(" " + title):
            bare = bare[: -len(title)].strip()
            # what stands before the headline ends in an ellipsis somewhere within the line
            cut = cut or "..." in unit.text or "…" in unit.text
    return bare, cut


def _opening(folded: str) -> str:
    return " ".join(folded.split(" ", _TEASER - 1)[: _TEASER - 1])


def _doubled(folded: str) -> bool:
    """Whether a line is the same words twice, as a headline and its copy for screen readers are."""
    half, odd = divmod(len(folded), 2)
    return odd == 1 and folded.count(" ") >= 3 and folded[half] == " " and folded[:half] == folded[half + 1 :]


def _headlines(units: list[_Unit], title: str) -> set[int]:
    """The starts of the headline and the line below it: they stand before the first sentence that is long."""
    top: list[_Unit] = []
    for unit in units:
        if unit.sentence and unit.words > _SHORT:
            break
        if unit.kept:
            top.append(unit)
    at = next((i for i, unit in enumerate(top) if title and unit.folded == title), None)
    if at is None:
        at = next((i for i, unit in enumerate(top) if unit.words >= 4), None)
    if at is None:
        return set()
    return {unit.start for i, unit in enumerate(top[at : at + 2]) if i == 0 or unit.words >= 4}


def _leave_out_fragments(units: list[_Unit], headlines: set[int]) -> None:
    """Lines that are no sentences: short ones, and rows of them, which are menus and lists of other stories."""
    row: list[_Unit] = []
    for unit in units:
        if unit.sentence or unit.start in headlines or unit.words > _LISTED:
            _judge(row)
            row = []
        else:
            row.append(unit)
    _judge(row)


def _judge(row: list[_Unit]) -> None:
    for unit in row:
        unit.kept = unit.words > _SHORT and len(row) < 3
