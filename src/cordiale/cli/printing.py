"""How results and warnings look: pages for people, JSON and CSV for programs.

Text from documents is data: it is cleaned, never read as markup. Without a terminal there is no colour, and on stderr
nothing moves. Pages are at most 100 columns wide.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from cordiale.claims import Claim, Quote
from cordiale.cli.options import Format
from cordiale.errors import UnreadableInput
from cordiale.exports.csv import csv_line
from cordiale.exports.jsonl import json_text
from cordiale.plain import one_line, plain

WIDEST = 100
NARROWEST = 12
"""Columns that the first cell of a row is given, or rows are taken apart."""
FIRST_FAILURES = 10
"""Failed inputs that are told one by one unless all are asked for."""

STYLES = {1: "green", -1: "red", 0: ""}
SIGNS = {1: "+", -1: "−", 0: "0"}


class Page:
    """Lines for people on stdout."""

    def __init__(self) -> None:
        self._console = Console(markup=False, highlight=False, emoji=False, soft_wrap=False)
        self.width = min(self._console.width, WIDEST)

    def line(self, text: str = "", style: str = "", *, indent: int = 0, hang: int = 0) -> None:
        """A paragraph, wrapped; lines after the first are indented by `hang` more."""
        self.text(Text(one_line(text), style=style), indent=indent, hang=hang)

    def text(self, text: Text, *, indent: int = 0, hang: int = 0) -> None:
        """The same for text with styles of its own; it must be clean."""
        lines = text.wrap(self._console, max(self.width - indent - hang, 20))
        for place, part in enumerate(lines or [Text()]):
            part.rstrip()
            self._console.print(Text(" " * (indent + (hang if place else 0))) + part, width=WIDEST * 4, crop=False)

    def title(self, text: str) -> None:
        """A heading."""
        self.line(text, "bold")

    def rows(self, head: Sequence[str], rows: Iterable[Sequence[str]], *, indent: int = 2) -> list[Text]:
        """Aligned rows, ready to be printed by `text`, the first one the heads.

        The first column gives way, and its cells go on in lines of their own; where even that is too wide, a row is its
        first cell and below it the others, each with its head.
        """
        cells = [[one_line(cell) for cell in row] for row in (head, *rows)]
        widths = [max(cell_len(row[place]) for row in cells) for place in range(len(head))]
        room = self.width - indent - sum(widths[1:]) - 2 * (len(widths) - 1)
        if widths[0] > room < NARROWEST:
            return [Text(), *(_stacked(head, row) for row in cells[1:])]
        widths[0] = min(widths[0], room)
        made = []
        for row in cells:
            first, *rest = [part.plain.rstrip() for part in Text(row[0]).wrap(self._console, widths[0])] or [""]
            parts = [set_cell_size(cell, width) for cell, width in zip((first, *row[1:]), widths, strict=True)]
            made.append(Text("\n".join(["  ".join(parts).rstrip(), *(f"  {part}" for part in rest)])))
        if made:
            made[0].stylize("dim")
        return made

    def claim(self, claim: Claim, names: dict[str, str], *, indent: int = 4, place: bool = False) -> None:
        """What a claim rests on: the quote, the stated cause, who says it, outlet, day; with `place`, its address."""
        evidence = claim.evidence
        if not isinstance(evidence, Quote):
            self.line(f"{evidence.dataset} {evidence.version}, row {evidence.row}", indent=indent, hang=2)
            return
        self.line(f"“{one_line(evidence.text)}”", indent=indent, hang=1)
        if claim.why is not None:
            self.line(f"because: “{one_line(claim.why.text)}”", "italic", indent=indent, hang=2)
        document = evidence.document
        speaker = f"said by {names.get(claim.said_by, claim.said_by)}; " if claim.said_by else ""
        day = claim.published or "no date"
        outlet = document.publisher or document.title or document.source
        firm = "" if claim.certainty == "asserted" else f"; {claim.certainty}"
        where = f", {document.url or document.source}" if place else ""
        self.line(f"{speaker}{outlet}, {day}{where}{firm} [{claim.id}]", "dim", indent=indent, hang=2)


def _stacked(head: Sequence[str], row: Sequence[str]) -> Text:
    named = (f"{name} {cell}".strip() for name, cell in zip(head[1:], row[1:], strict=True) if cell)
    return Text(f"{row[0]}\n  {' · '.join(named)}")


def named_day(day: date | None) -> str:
    """A day, or a dash where there is none."""
    return day.isoformat() if day else "-"


def words(value: object) -> str:
    """A name of the vocabulary in plain words: `leaning_friendly` is leaning friendly."""
    return str(value).replace("_", " ")


def written(value: Any) -> Any:
    """A value as JSON and CSV have it: days as ISO text, words of the vocabulary as text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [written(part) for part in value]
    return str(value) if isinstance(value, str) else value


def put(text: str) -> None:
    """Text as it is, on stdout."""
    sys.stdout.write(text)


def put_rows(form: Format, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as JSON, JSON Lines or CSV."""
    if form is Format.CSV:
        put(csv_line(columns).replace("\r\n", "\n"))
        for row in rows:
            put(csv_line([written(value) for value in row]).replace("\r\n", "\n"))
        return
    objects = (dict(zip(columns, map(written, row), strict=True)) for row in rows)
    if form is Format.JSONL:
        for found in objects:
            put(json_text(found) + "\n")
        return
    put_json(list(objects))


def put_json(value: Any) -> None:
    """One JSON value, indented."""
    put(json_text(value, indent=2) + "\n")


def warn(line: str) -> None:
    """A plain line on stderr."""
    sys.stderr.write(one_line(line) + "\n")


def warn_of(failed: Sequence[UnreadableInput], *, all_of_them: bool) -> None:
    """The inputs that failed, a line each: file, place, why, what to do."""
    shown = failed if all_of_them else failed[:FIRST_FAILURES]
    for error in shown:
        warn(f"cordiale: {plain(str(error))}")
    if left := len(failed) - len(shown):
        warn(f"cordiale: and {left:,} more; --verbose shows all")
