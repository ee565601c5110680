"""The front desk: what `cordiale.open` gives, and the values that it answers with.

`front` takes the questions; `intake` and `readings` take inputs in, `mapping` makes the answers of evidence. Nothing
below this package knows it.
"""

from cordiale.dossier.answers import (
    ActorEntry,
    Outlook,
    Progress,
    ReadSummary,
    SourcedChange,
    SourcedEpisode,
    SourcedTie,
    Who,
)  # fmt: skip
from cordiale.dossier.front import Dossier, open
from cordiale.dossier.selections import Claims
from cordiale.dossier.tables import Table
from cordiale.records import FIELDS, ClaimRecord, record

__all__ = [
    "FIELDS", "ActorEntry", "ClaimRecord", "Claims", "Dossier", "Outlook", "Progress", "ReadSummary", "SourcedChange",
    "SourcedEpisode", "SourcedTie", "Table", "Who", "open", "record",
]  # fmt: skip
