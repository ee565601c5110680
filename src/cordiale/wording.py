"""How claims are told to people: their vocabulary in plain words, and the addresses that may be followed.

For pages and reports alike. Text from outside stays text: `finalized` makes it plain on its way into a template, whose
escaping does the rest. Nothing is weighed and nothing is looked up.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from cordiale.claims import Change, Claim
from cordiale.plain import plain


def finalized(value: Any) -> Any:
    """What a template writes for a value: text from outside is made plain, markup of our own is left as it is."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def words(value: object) -> str:
    """A name of the vocabulary in plain words.

    >>> words("leaning_friendly")
    'leaning friendly'
    """
    return str(value).replace("_", " ")


def changed(claim: Claim) -> str:
    """How a claim says that a tie changed, in words that follow its relation; "" where it says nothing of that."""
    if claim.change is Change.NONE:
        return ""
    if claim.change is Change.ENDS:  # "A estranged from B" as an end is that of a friendship
        return "; a tie ends" if claim.sign == claim.relation.sign else ", which ends"
    return f", {words(claim.change)}"


def outside(address: str | None) -> str | None:
    """An address that a page may lead to; None for any but http and https.

    >>> outside("javascript:alert(1)"), outside("https://example.org/a")
    (None, 'https://example.org/a')
    """
    try:
        found = urlsplit(address or "")
    except ValueError:
        return None
    return address if found.scheme in {"http", "https"} and found.netloc else None
