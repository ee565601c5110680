"""Curated datasets and tables of ties: a user's own copies, read row by row.

Nothing of them ships. Rows become claims with a citation; what is outside a dataset's years is unknown, not none.
"""

from cordiale.datasets.members import Member, read_members
from cordiale.datasets.notes import Notes
from cordiale.datasets.table import ROLES, TieTable, read_ties

__all__ = ["ROLES", "Member", "Notes", "TieTable", "read_members", "read_ties"]
