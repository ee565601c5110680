"""What figures are drawn on: SVG as a tree, so that text from outside is text and nothing else.

Attributes are numbers and words of our own; what comes from outside goes into text nodes and labels alone, made plain.
No script, no style attribute, no reference to anything outside: a figure shows the same from any place.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from os import PathLike
from pathlib import Path

from lxml import etree

from cordiale.errors import InvalidValue
from cordiale.exports import writing
from cordiale.plain import one_line

SVG = "http://www.w3.org/2000/svg"
MARGIN = 16
TITLE_CHARS = 10.2
"""Pixels that a character of a title takes, on average."""
TEXT_CHARS, BOLD_CHARS = 6.7, 8.5
"""The same of a name or a note, and of a bold one."""


@cache
def stylesheet() -> str:
    """The style of every figure."""
    return files("cordiale.figures").joinpath("figure.css").read_text("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawn figure. `title` is the sentence that it shows, `notes` what it was made of; both are in the picture too.

    `markup` is for a page that has `stylesheet()`; `svg` stands alone. In a notebook it shows itself.
    """

    name: str
    title: str
    notes: tuple[str, ...]
    width: int
    height: int
    markup: str

    @property
    def svg(self) -> str:
        """The figure as a file of its own."""
        head, rest = self.markup.split(">", 1)
        return f"{head}><style>{stylesheet()}</style>{rest}"

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Figure {self.name}: {self.title}>"

    def save(self, file: str | PathLike[str]) -> None:
        """Write it to a file, whole or not at all; one that cannot be written is an `ExportError`, one whose name ends
        otherwise than in .svg an `InvalidValue`."""
        if Path(file).suffix.lower() != ".svg":
            raise InvalidValue("the file of a figure", str(file), "end its name in .svg")
        with writing(str(file)) as out:
            out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{self.svg}\n'.encode())


class Paper:
    """A figure being drawn, from the top down: its title first, then what it shows, then its notes."""

    def __init__(self, name: str, title: str, *, width: int = 800) -> None:
        self.name, self.title, self.width = name, one_line(title), width
        self.root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
        self.root.set("class", f"figure figure-{name}")
        self.root.set("role", "group")
        self.root.set("aria-label", self.title)
        self.top = MARGIN
        for line in wrapped(self.title, (width - 2 * MARGIN) / TITLE_CHARS):
            self.top += 24
            self.text(MARGIN, self.top - 6, line, css="title")
        self.top += 8

    def add(
        self, tag: str, within: etree._Element | None = None, text: str | None = None, /, **attributes: object
    ) -> etree._Element:
        """An element, at the end of another or of the figure. `css` is its class; None leaves an attribute out."""
        element = etree.SubElement(self.root if within is None else within, f"{{{SVG}}}{tag}")
        for name, value in attributes.items():
            if value is not None:
                key = {"css": "class"}.get(name, name.strip("_").replace("_", "-"))
                element.set(key, number(value) if isinstance(value, int | float) else one_line(str(value)))
        if text is not None:
            element.text = one_line(text)
        return element

    def group(self, css: str, within: etree._Element | None = None, **attributes: object) -> etree._Element:
        """A group of elements."""
        return self.add("g", within, css=css, **attributes)

    def link(self, href: str | None, css: str, label: str, within: etree._Element | None = None) -> etree._Element:
        """A group that leads somewhere, or one that does not where there is nothing to lead to; it says what it is."""
        if href is None:
            return self.group(css, within, role="img", aria_label=label)
        return self.add("a", within, css=css, href=href, aria_label=label)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        within: etree._Element | None = None,
        *,
        css: str = "",
        anchor: str = "start",
    ) -> etree._Element:
        """A line of text, by its baseline."""
        where = None if anchor == "start" else anchor
        return self.add("text", within, text, x=x, y=y, css=css or None, text_anchor=where)

    def line(
        self, points: Sequence[tuple[float, float]], within: etree._Element | None = None, *, css: str
    ) -> etree._Element:
        """A line through points."""
        return self.add("path", within, d=through(points), css=css)

    def done(self, notes: Sequence[str] = ()) -> Figure:
        """The figure, with its notes below what was drawn."""
        told = tuple(one_line(note) for note in notes if note)
        y = self.top + 8
        for note in told:
            for line in wrapped(note, (self.width - 2 * MARGIN) / (TEXT_CHARS * 0.9)):
                y += 16
                self.text(MARGIN, y, line, css="note")
        height = round(y + MARGIN)
        self.root.set("viewBox", f"0 0 {self.width} {height}")
        self.root.set("width", str(self.width))
        self.root.set("height", str(height))
        return Figure(
            name=self.name, title=self.title, notes=told, width=self.width, height=height,
            markup=etree.tostring(self.root, encoding="unicode"),
        )  # fmt: skip


def number(value: float) -> str:
    """A length, to a tenth of a pixel.

    >>> number(3), number(2.04), number(-0.01)
    ('3', '2', '0')
    """
    return f"{round(float(value), 1) + 0:g}"


def through(points: Sequence[tuple[float, float]]) -> str:
    """A path through points.

    >>> through([(0, 0), (1, 2)])
    'M0 0L1 2'
    """
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def wrapped(text: str, chars: float) -> list[str]:
    """A text in lines of so many characters at most; a word that is longer is broken."""
    return textwrap.wrap(one_line(text), max(int(chars), 8), break_on_hyphens=False) or [""]


def cut(text: str, chars: float) -> str:
    """A text of so many characters at most, with an ellipsis where it was longer."""
    text, room = one_line(text), max(int(chars), 4)
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"
