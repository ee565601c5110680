"""Cordiale: who stands with whom, according to whom, since when, and why; from reporting to a signed, dated map.

Importing this costs next to nothing: each name is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cordiale.actors import Catalogue, catalogue
    from cordiale.claims import (
        Actor,
        Certainty,
        Change,
        Citation,
        Claim,
        Document,
        Event,
        Kind,
        Means,
        Quote,
        Review,
        Verdict,
    )  # fmt: skip
    from cordiale.documents import ReadOptions
    from cordiale.dossier import (
        Dossier,
        Outlook,
        Progress,
        ReadSummary,
        SourcedEpisode,
        SourcedTie,
        Who,
        open,
    )  # fmt: skip
    from cordiale.errors import (
        CordialeError,
        DossierError,
        InvalidValue,
        MissingExtra,
        UnknownName,
        UnreadableInput,
    )  # fmt: skip
    from cordiale.periods import Period, Precision
    from cordiale.relations import Relation, RelationTable, relation
    from cordiale.ties import EvidencePolicy, Snapshot, Stance, Tie

_HOMES = {
    "actors": ("Catalogue", "catalogue"),
    "claims": (
        "Actor", "Certainty", "Change", "Citation", "Claim", "Document", "Event", "Kind", "Means", "Quote", "Review",
        "Verdict",
    ),
    "documents": ("ReadOptions",),
    "dossier": ("Dossier", "Outlook", "Progress", "ReadSummary", "SourcedEpisode", "SourcedTie", "Who", "open"),
    "errors": ("CordialeError", "DossierError", "InvalidValue", "MissingExtra", "UnknownName", "UnreadableInput"),
    "periods": ("Period", "Precision"),
    "relations": ("Relation", "RelationTable", "relation"),
    "ties": ("EvidencePolicy", "Snapshot", "Stance", "Tie"),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Actor", "Catalogue", "Certainty", "Change", "Citation", "Claim", "CordialeError", "Document", "Dossier",
    "DossierError", "Event", "EvidencePolicy", "InvalidValue", "Kind", "Means", "MissingExtra", "Outlook", "Period",
    "Precision", "Progress", "Quote", "ReadOptions", "ReadSummary", "Relation", "RelationTable", "Review", "Snapshot",
    "SourcedEpisode", "SourcedTie", "Stance", "Tie", "UnknownName", "UnreadableInput", "Verdict", "Who", "catalogue",
    "open", "relation",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("cordiale")
    if name not in _HOME:
        raise AttributeError(f"module 'cordiale' has no attribute {name!r}")
    value = getattr(import_module(f"cordiale.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
