"""The docs are held to the program: what they paste is what it prints, and what they show can be loaded."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from cordiale.actors import read_actors

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src/cordiale").rglob("*.py"))


def sessions(page: Path) -> list[tuple[str, str]]:
    """The commands of a page's console blocks, each with the output that the page shows."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def test_the_readme_shows_what_the_program_prints(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    environment.pop("CORDIALE_DOSSIER", None)
    shown = sessions(ROOT / "README.md")
    assert shown
    for command, output in shown:
        program, *words = command.split()
        assert program == "cordiale"
        words = [word.strip('"') for word in words]
        done = subprocess.run(
            [sys.executable, "-m", "cordiale", *words], cwd=tmp_path, env=environment, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert _alike(done.stdout.split(), output.split()), f"$ {command}\n{done.stdout}{done.stderr}"


def _alike(printed: list[str], shown: list[str]) -> bool:
    """The same words, and about the same figures: a network in int8 differs a little between processors."""
    return len(printed) == len(shown) and all(map(_about, printed, shown))


def _about(one: str, other: str) -> bool:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", one) and re.fullmatch(r"\d{4}-\d\d-\d\d", other):
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 31
    figures = [re.fullmatch(r"([+-]?\d[\d,]*\.?\d*)([.,:]?)", word) for word in (one, other)]
    if one == other or None in figures:
        return one == other
    a, b = (float(found[1].replace(",", "")) for found in figures if found is not None)
    return abs(a - b) <= max(0.1 if "." in one else 1, 0.05 * abs(b))


def test_the_actors_shown_in_the_docs_can_be_added(tmp_path: Path) -> None:
    page = (ROOT / "docs/actors.md").read_text("utf-8")
    example = re.search(r"```csv\n(.*?)```", page, re.DOTALL)
    assert example is not None
    file = tmp_path / "mine.csv"
    file.write_text(example[1], encoding="utf-8")
    assert [actor.id for actor in read_actors(file)] == ["river-front", "jo-marsh"]


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_stays_short(module: Path) -> None:
    lines = module.read_text("utf-8").splitlines()
    assert not lines or lines[0].startswith('"""')
    assert len(lines) < 400


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))])
def test_a_link_between_pages_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), target
