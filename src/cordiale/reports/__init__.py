"""Reports: a brief on an actor as one file, to be read, printed, sent and cited, that needs nothing outside of itself.

`gathering` asks the dossier and gives a `Brief`; `page`, `markdown` and `pdf` write it. A file is written whole or not
at all. Nothing is weighed here, and no claim becomes a fact.
"""

from __future__ import annotations

from datetime import date
from os import PathLike, fspath
from pathlib import PurePath
from typing import TYPE_CHECKING

from cordiale.errors import InvalidValue, UnknownName
from cordiale.exports import writing

if TYPE_CHECKING:
    from cordiale.dossier import Dossier
    from cordiale.reports.brief import Brief

FORMATS = ("html", "md", "pdf")
"""What a report can be written as; each is the ending of its file too."""

__all__ = ["FORMATS", "format_of", "report"]


def report(
    dossier: Dossier,
    actor: str,
    file: str | PathLike[str],
    *,
    at: date | str | None = None,
    known: date | str | None = None,
    format: str | None = None,
) -> Brief:
    """Write the brief on an actor to a file, or to standard output as `-`; what is in it.

    The format is that of the file's ending unless one of `FORMATS` is given; standard output is HTML. An unknown actor
    is an `UnknownName`, a PDF that nothing here can make a `pdf.PdfError`, a file that cannot be written an
    `ExportError`: then what was there before is untouched.
    """
    from cordiale.reports.gathering import brief_of
    from cordiale.reports.markdown import markdown_of
    from cordiale.reports.page import page_of
    from cordiale.reports.pdf import pdf_of

    name = fspath(file)
    wanted = format_of(name, format)
    brief = brief_of(dossier, actor, at=at, known=known)
    with writing(name) as out:  # a file that cannot be written is told before the work of making it
        if wanted == "md":
            out.write(markdown_of(brief).encode())
        else:
            page = page_of(brief)
            out.write(pdf_of(page) if wanted == "pdf" else page.encode())
    return brief


def format_of(file: str, format: str | None = None) -> str:
    """The format in which a report is written to a file.

    >>> format_of("brief.PDF"), format_of("-"), format_of("-", "md")
    ('pdf', 'html', 'md')
    """
    if format is not None:
        if format not in FORMATS:
            raise UnknownName("format of a report", format, FORMATS)
        return format
    if file == "-":
        return "html"
    ending = PurePath(file).suffix.lstrip(".").casefold()
    if ending not in FORMATS:
        raise InvalidValue("a report whose ending names no format", file, "end it in .html, .md or .pdf")
    return ending
