"""Claims as a report quotes them: numbered by their sources, and each quote once, with all that was read in it.

A source is numbered when it is first quoted, so that numbers rise as one reads. Nothing is weighed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cordiale.claims import Certainty, Claim, Quote
from cordiale.dossier.drawing import source_of
from cordiale.plain import one_line
from cordiale.reports.brief import Said
from cordiale.reports.citations import Reference, of_dataset, of_document
from cordiale.reports.state import short
from cordiale.wording import changed, words


class Register:
    """The sources of a report, numbered from 1. `names` are those of actors, by id."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._found: dict[tuple[str, ...], Reference] = {}

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every source that was quoted, by its number."""
        return tuple(self._found.values())

    def number(self, claim: Claim) -> int:
        """The number of a claim's source."""
        evidence = claim.evidence
        key = (evidence.document.sha256,) if isinstance(evidence, Quote) else (evidence.dataset, evidence.version)
        if key not in self._found:
            place = len(self._found) + 1
            self._found[key] = (
                of_document(evidence.document, place) if isinstance(evidence, Quote)
                else of_dataset(evidence, claim.published, place)
            )  # fmt: skip
        return self._found[key].number

    def said(self, claims: Iterable[Claim]) -> tuple[Said, ...]:
        """Claims as quotes, in their order; claims that are told alike in the same words are one."""
        alike: dict[tuple[Any, ...], list[Claim]] = {}
        for claim in claims:
            place = claim.evidence
            where = (place.document.sha256, place.start, place.end) if isinstance(place, Quote) else place
            alike.setdefault((where, claim.sign, claim.said_by, claim.certainty), []).append(claim)
        return tuple(self._said(own) for own in alike.values())

    def _said(self, own: list[Claim]) -> Said:
        first = own[0]
        quote = first.evidence if isinstance(first.evidence, Quote) else None
        return Said(
            number=self.number(first), quote=quote,
            row=None if isinstance(first.evidence, Quote) else f"row {one_line(first.evidence.row)}",
            claims=tuple(dict.fromkeys(self.told(claim) for claim in own)), sign=first.sign, outlet=outlet(first),
            published=first.published, speaker=None if first.said_by is None else self._name(first.said_by),
            hedge="" if first.certainty is Certainty.ASSERTED else words(first.certainty),
            denied=first.certainty is Certainty.DENIED,
            why=next((claim.why for claim in own if claim.why), None), ids=tuple(claim.id for claim in own),
        )  # fmt: skip

    def told(self, claim: Claim) -> str:
        """What a claim says, in a few words."""
        ends = self._name(claim.subject), self._name(claim.object)
        return f"{ends[0]} {words(claim.relation.name)} {ends[1]}{changed(claim)}"

    def _name(self, actor: str) -> str:
        return self._names.get(actor, actor)


def outlet(claim: Claim) -> str:
    """The source of a claim in a few words; of a document that says neither publisher nor title, its file's name."""
    evidence = claim.evidence
    if isinstance(evidence, Quote) and not (evidence.document.publisher or evidence.document.title):
        return short(evidence.document.source)
    return one_line(source_of(claim))
