"""What a page has as CSV: rows of one model, its fields as the head, cells that no spreadsheet takes for a formula."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from starlette.responses import Response

from cordiale.exports.csv import csv_line


def as_csv(model: type[BaseModel], rows: Iterable[BaseModel]) -> Response:
    """Rows of a model as a table; its head is there without any row."""
    lines = [csv_line(tuple(model.model_fields))]
    lines += (csv_line([_cell(value) for value in row.model_dump().values()]) for row in rows)
    return Response("".join(lines), media_type="text/csv")


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float | list | tuple) else str(value)
