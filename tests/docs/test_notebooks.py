"""The example notebooks run from the first cell to the last, and give the answer and the plot that they promise."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


ANSWERS = {
    "balance-1946-99": ("image/png", r"Least balanced in \d{4}.*most in \d{4}"),
    "running-out-of-allies": ("image/svg+xml", r"Is Hamas running out of allies on 2012-12-31\? (Yes|No|Unknown)"),
}
"""What each notebook promises: the kind of its plots, and the words of its answer."""


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the notebook's own machinery
@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)
def test_a_notebook_runs_and_answers_with_its_plot(page: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbclient import NotebookClient

    data = shared / "data" / "networks" / "cow_signed_windows_1946_1999.csv.gz"
    monkeypatch.setitem(os.environ, "CORDIALE_WINDOWS", str(data.resolve()))
    monkeypatch.setitem(os.environ, "CORDIALE_EXAMPLES", str(ROOT / "examples"))
    monkeypatch.setitem(os.environ, "JUPYTER_PLATFORM_DIRS", "1")
    notebook = nbformat.read(page, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    plot, words = ANSWERS[page.stem]
    assert any(plot in output.get("data", {}) for output in outputs)
    assert not [output.text for output in outputs if output.get("name") == "stderr"]  # where warnings go
    told = [output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in outputs]
    answer = "\n".join(told)
    assert re.search(words, answer, re.DOTALL)


@pytest.mark.parametrize("page", NOTEBOOKS, ids=lambda page: page.stem)
def test_a_notebook_names_no_folder_of_the_machine_that_ran_it(page: Path) -> None:
    assert not re.search(r"/(tmp|home|root|Users|work)/", page.read_text("utf-8"))
