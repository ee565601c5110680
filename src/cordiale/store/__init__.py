"""A dossier on disk: append-only rows in SQLite or PostgreSQL, and the claims among them given back as columns.

Importing this package imports SQLAlchemy; Alembic only when a dossier is made or brought to a newer format.
"""

from cordiale.store.checking import Problem
from cordiale.store.covering import Coverage
from cordiale.store.curating import Identification
from cordiale.store.front import Counts, Store
from cordiale.store.standing import Word
from cordiale.store.writing import Fingerprint, Recorded

__all__ = ["Counts", "Coverage", "Fingerprint", "Identification", "Problem", "Recorded", "Store", "Word"]
