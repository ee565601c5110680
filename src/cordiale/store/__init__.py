"""A dossier on disk: append-only rows in SQLite or PostgreSQL, and the claims among them given back as columns.

Importing this package imports SQLAlchemy; Alembic only when a dossier is made or brought to a newer format.
"""

from cordiale.store.blocks import Held
from cordiale.store.checking import Problem
from cordiale.store.counting import Counts
from cordiale.store.covering import Coverage
from cordiale.store.curating import Identification
from cordiale.store.failing import FailedInput
from cordiale.store.front import Store
from cordiale.store.listing import ListedDocument, ListedStory, Listing
from cordiale.store.prospecting import Prospect
from cordiale.store.standing import Word
from cordiale.store.writing import Fingerprint, Recorded

__all__ = [
    "Counts", "Coverage", "FailedInput", "Fingerprint", "Held", "Identification", "ListedDocument", "ListedStory",
    "Listing", "Problem", "Prospect", "Recorded", "Store", "Word",
]  # fmt: skip
