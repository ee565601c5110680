"""Curated datasets and tables of ties: a user's own copies, read row by row.

Nothing of them ships. Rows become claims with a citation; what is outside a dataset's years is unknown, not none.
"""

from cordiale.datasets.codes import Codes, code_of
from cordiale.datasets.loading import DATASETS, Loading, loading
from cordiale.datasets.members import Member, read_members
from cordiale.datasets.notes import Notes
from cordiale.datasets.table import TieTable
from cordiale.datasets.ties import ROLES, read_ties

__all__ = [
    "DATASETS", "ROLES", "Codes", "Loading", "Member", "Notes", "TieTable", "code_of", "loading", "read_members",
    "read_ties",
]  # fmt: skip
