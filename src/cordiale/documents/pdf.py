"""PDFs: the text of the pages, lines put together into paragraphs; running heads and page numbers are left out.

Scanned pages hold no text: nothing is recognised here. The dates in a PDF say when the file was made, not when it was
published, so none is taken. PDFium is not safe to enter from two threads, so one thread at a time enters it.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any

from cordiale.claims import Document
from cordiale.documents.datelines import day_of
from cordiale.documents.encodings import clean
from cordiale.documents.raw import Raw

MAX_CHARACTERS = 30_000_000

_ONE_AT_A_TIME = threading.Lock()
_SENTENCE_END = re.compile(r"[.!?:;…。！？؟][\"”’»)\]]*\Z")
_DIGITS = re.compile(r"\d+")
# What PDFium puts where a word is broken at the end of a line.
_BROKEN_WORD = re.compile("(?:\x02|\ufffe|\u00ad)[\r\n]*")
_FILE_NAME = re.compile(r"\A(?:microsoft word|untitled|slide 1)|\.(?:docx?|indd|pptx?|qxd|rtf|pdf)\Z", re.IGNORECASE)


def pdf_documents(raw: Raw) -> Iterator[Document]:
    """The one document of a PDF. UnreadableInput where it is locked, damaged, too long or holds no text."""
    with _ONE_AT_A_TIME:
        pages, title, author = _read(raw)
    text = "\n".join(paragraphs(pages))
    if not text.strip():
        raise raw.refused("a PDF without text, perhaps scanned", "run a text recogniser over it first")
    yield raw.document(
        text=text,
        title=None if _FILE_NAME.search(title) else title,
        authors=re.split(r"[;]|, (?=\w+ \w)| and ", author),
        published=day_of(text, today=raw.retrieved.date()),
    )


def paragraphs(pages: list[list[str]]) -> list[str]:
    """The paragraphs of pages of lines: a line that is no end of a sentence goes on in the next, over the page's end.

    >>> first = ["Envoys of the two states met in the", "capital on Monday.", "They agreed on little, and will meet"]
    >>> paragraphs([first, ["again."]])
    ['Envoys of the two states met in the capital on Monday.', 'They agreed on little, and will meet again.']
    """
    kept = _without_running_heads(pages)
    full = median(len(line) for page in kept for line in page if line) if any(map(any, kept)) else 0
    found: list[str] = []
    current = ""
    for line in (line for page in kept for line in page):
        if not line:
            found, current = [*found, current] if current else found, ""
            continue
        current = _joined(current, line)
        # A paragraph ends where a sentence ends on a line that is not full; a headline is far from full.
        if (_SENTENCE_END.search(line) and len(line) < 0.85 * full) or len(line) < 0.5 * full:
            found.append(current)
            current = ""
    return [*found, current] if current else found


def _joined(before: str, line: str) -> str:
    if not before:
        return line
    # a hyphen that PDFium left there belongs to the word, as in "pro-" + "government"
    return before + ("" if before.endswith("-") else " ") + line


def _without_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Pages without first and last lines that stand on most pages, digits aside, and without page numbers."""
    edges = Counter(key for page in pages for key in {_key(line) for line in (page[:1] + page[-1:])})
    often = {key for key, count in edges.items() if count >= max(3, len(pages) // 2)}
    kept = []
    for lines in pages:
        page = list(lines)
        while page and (_key(page[0]) in often or not _key(page[0]).strip("# -–|/")):
            page.pop(0)
        while page and (_key(page[-1]) in often or not _key(page[-1]).strip("# -–|/")):
            page.pop()
        kept.append(page)
    return kept


def _key(line: str) -> str:
    return _DIGITS.sub("#", line.casefold())


def _read(raw: Raw) -> tuple[list[list[str]], str, str]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(raw.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise raw.refused("the PDF has a password", "save it without one") from error
        raise raw.refused("the PDF is damaged or cut short", "fetch or save it again") from error
    with pdf:
        if len(pdf) > raw.options.max_pages:
            raise raw.refused(f"a PDF of {len(pdf):,} pages", f"split it below {raw.options.max_pages:,} pages")
        if not len(pdf):
            raise raw.refused("a PDF without pages", "fetch or save it again")
        data = pdf.get_metadata_dict(skip_empty=True)
        pages, size = [], 0
        for number in range(len(pdf)):
            text = _page_text(pdf, number)
            size += len(text)
            if size > MAX_CHARACTERS:
                raise raw.refused(f"a PDF with more than {MAX_CHARACTERS:,} characters", "split it")
            pages.append([line.strip(" \t") for line in clean(text).split("\n")] if text.strip() else [])
        return pages, data.get("Title", ""), data.get("Author", "")


def _page_text(pdf: Any, number: int) -> str:
    """The text of one page; a page that cannot be read is as one without text, and the others are kept."""
    import pypdfium2

    try:
        page = pdf[number]
        text = page.get_textpage().get_text_bounded()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    return _BROKEN_WORD.sub("", text)
