"""Citations: a document, a dataset or a report as plain text and as BibTeX.

Keys are made of what a source is and never of where it stands in a list: the same source has the same key in every
report. Text from outside is text in both: what TeX would obey is spelt out, so that braces always balance.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from cordiale.claims import Citation, Document
from cordiale.datasets import DATASETS
from cordiale.plain import one_line, unsigned
from cordiale.reports.state import State, short
from cordiale.wording import outside

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "`": r"\textasciigrave{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", **{sign: f"\\{sign}" for sign in "#$%&_"},
}  # fmt: skip
_UNNAMED = re.compile(r"[^a-z0-9]+")
_ADDRESS = ":/?#[]@!$&'()*+,;=%-._~"  # what RFC 3986 lets stand in an address; all else is percent-encoded
_WORD = 40  # letters of a key that say what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What can be cited. `number` is its place in a report's list; `key` its key in BibTeX.

    `retrieved` is the day on which its address was read, `note` what else finds it again: a sha256, a version.
    """

    number: int
    key: str
    title: str
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    retrieved: date | None = None
    note: str = ""

    @property
    def text(self) -> str:
        """The citation in plain text, without its address, which a page may make a link.

        >>> Reference(number=1, key="a", title="Two camps", authors=("Ann Lee",), published=date(2009, 2, 6)).text
        'Ann Lee, “Two camps”, 2009-02-06'
        """
        day = str(self.published) if self.published else "no date"
        parts = [*self.authors[:3], "and others" if len(self.authors) > 3 else "", f"“{self.title}”"]
        return ", ".join(one_line(part) for part in (*parts, self.publisher or "", day) if part)

    @property
    def found(self) -> str:
        """How to find it again: when it was read, and which bytes it was."""
        read = f"retrieved {self.retrieved}" if self.retrieved and self.url else ""
        return ", ".join(part for part in (read, one_line(self.note)) if part)

    @property
    def bibtex(self) -> str:
        """The entry in BibTeX.

        >>> print(Reference(number=1, key="a", title="100% {true}", published=date(2009, 2, 6)).bibtex)
        @misc{a,
          title = {{100\\% \\textbraceleft{}true\\textbraceright{}}},
          year = {2009},
          date = {2009-02-06}
        }
        """
        fields = {
            "author": " and ".join(_author(name) for name in self.authors),
            "title": f"{{{tex(self.title)}}}",
            "publisher": tex(self.publisher or ""),
            "year": f"{self.published.year:04}" if self.published else "",
            "date": str(self.published or ""),
            "url": self.url or "",
            "urldate": str(self.retrieved or "") if self.url else "",
            "note": tex(self.note),
        }
        told = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{told}\n}}"


def of_document(document: Document, number: int) -> Reference:
    """The citation of a document."""
    title = one_line(document.title or "") or short(document.source)
    return Reference(
        number=number, key=_key(document.publisher or title, document.published, document.sha256), title=title,
        authors=tuple(found for name in document.authors if (found := one_line(name))),
        publisher=one_line(document.publisher or "") or None, published=document.published,
        url=address(document.url), retrieved=document.retrieved.date(), note=f"sha256 {document.sha256[:16]}",
    )  # fmt: skip


def of_dataset(row: Citation, published: date | None, number: int) -> Reference:
    """The citation of a dataset in the version that a row is of; of one that Cordiale knows, as its makers ask."""
    known = DATASETS.get(row.dataset)
    digest = hashlib.sha256(f"{row.dataset}\n{row.version}".encode(errors="backslashreplace")).hexdigest()
    return Reference(
        number=number, key=_key(row.dataset, published, digest), title=known.title if known else one_line(row.dataset),
        published=published, note=f"version {one_line(row.version)}" + (f"; cite as: {known.cite}" if known else ""),
    )  # fmt: skip


def of_report(title: str, state: State, made: date) -> Reference:
    """The citation of a report itself, with the state of the dossier that it was made of."""
    digest = hashlib.sha256(f"{title}\n{state.known}\n{state.sha256}".encode(errors="backslashreplace")).hexdigest()
    note = f"Made on {made} of {state.told}; sha256 of its claims {state.sha256}"
    return Reference(
        number=0, key=_key(title, None, digest), title=title, publisher="made with Cordiale",
        published=made, note=note,
    )  # fmt: skip


def address(url: str | None) -> str | None:
    """An address as a citation gives it: http or https, without a password, safe between braces and angle brackets.

    >>> address("https://me:word@example.org/{a}?b=1&c=%20"), address("file:///etc/passwd")
    ('https://example.org/%7Ba%7D?b=1&c=%20', None)
    """
    found = outside(unsigned((url or "").strip()))
    return None if found is None else quote(found, safe=_ADDRESS, errors="replace")


def tex(text: str) -> str:
    r"""Text from outside as TeX sets it, letter for letter.

    >>> print(tex(r"50% of \input{x}"))
    50\% of \textbackslash{}input\textbraceleft{}x\textbraceright{}
    """
    return "".join(_TEX.get(letter, letter) for letter in one_line(text))


def _author(name: str) -> str:
    """A name as BibTeX takes it: one that it would take apart stands in braces of its own."""
    told = tex(name)
    return f"{{{told}}}" if "," in name or re.search(r"\band\b|&", name, re.IGNORECASE) else told


def _key(name: str, published: date | None, digest: str) -> str:
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    word = _UNNAMED.sub("-", folded)[:_WORD].strip("-") or "source"
    return "-".join([word, *([f"{published.year:04}"] if published else []), digest[:12]])
