"""Small makers for tests of datasets: a file of rows, its claims, and what they say in short."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cordiale.actors import catalogue
from cordiale.claims import Citation, Claim
from cordiale.datasets import Loading, loading


def load(folder: Path, name: str, text: str, **how: Any) -> tuple[list[Claim], Loading]:
    """The claims of a file with this text, and how it was loaded."""
    file = folder / "rows.csv"
    file.write_text(text, encoding="utf-8")
    found = loading(name, file, catalogue(), **how)
    return list(found.claims), found


def told(claims: list[Claim]) -> list[tuple[str, str, str, str]]:
    """Who, how, whom, when."""
    return [(one.subject, one.relation.name, one.object, str(one.held)) for one in claims]


def rows(claims: list[Claim]) -> list[str]:
    """The rows that claims cite."""
    return [one.evidence.row for one in claims if isinstance(one.evidence, Citation)]
