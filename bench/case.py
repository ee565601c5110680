"""How well the reader does on a case: an article with hand-made gold. The figures on a case that the docs quote.

The folder's `article.txt` is read into a new dossier as a user's would be, its claims are written as the product writes
them, and the `score.py` beside the folder compares them with the gold. The scorer calls the bounds of a claim
`valid_from` and `valid_to`; both names are added for it.

    python bench/case.py FOLDER
    python bench/case.py FOLDER --misses
    python bench/case.py FOLDER --reader llm          the language model that CORDIALE_LLM_URL and _MODEL name
    python bench/case.py FOLDER --json
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import cordiale
from cordiale.exports.jsonl import json_text
from cordiale.reading import ReaderChoice
from cordiale.reading.llm import Endpoint

_COUNTED = re.compile(r"(\w+)\s+(\d+)/(\d+) = ", re.MULTILINE)
_LOOSE = re.compile(r"quotes not in the article: (\d+)")


def exported(article: Path, folder: Path, reader: ReaderChoice | None) -> Path:
    """The claims of an article in a file of the folder, a JSON object a line."""
    out = folder / "claims.jsonl"
    with cordiale.open(folder / "case.dossier") as dossier, out.open("w", encoding="utf-8") as lines:
        summary = dossier.read(article, reader=reader)
        if summary.failed:
            raise SystemExit(f"{article} could not be read: {summary.failed[0]}")
        for found in dossier.claims().records():
            fields = found.fields()
            bounds = {"valid_from": fields["held_from"], "valid_to": fields["held_to"]}
            lines.write(json_text({**fields, **bounds}) + "\n")
    return out


def scored(case: Path, *, misses: bool = False, reader: ReaderChoice | None = None) -> str:
    """What the case's own scorer prints on the claims that are read from its article."""
    options = ["--misses"] if misses else []
    with TemporaryDirectory() as folder:
        claims = exported(case / "article.txt", Path(folder), reader)
        command = [sys.executable, str(case.parent / "score.py"), str(case), str(claims), *options]
        run = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if run.returncode:
        raise SystemExit(f"{command[1]} failed: {run.stderr.strip() or run.stdout.strip()}")
    return run.stdout


def figures(printed: str) -> dict[str, float]:
    """The shares that a scorer printed, by name, and `loose`, how many quotes are not in the article."""
    found = {name: int(part) / int(whole) for name, part, whole in _COUNTED.findall(printed)}
    loose = _LOOSE.search(printed)
    return found | ({"loose": int(loose[1])} if loose else {})


def main() -> None:
    """Read, score, and print."""
    parser = argparse.ArgumentParser(description="Score the reader on a case.")
    parser.add_argument("folder", type=Path, help="the case: a folder with article.txt and gold.jsonl")
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was wrong")
    parser.add_argument("--reader", choices=("shipped", "llm"), default="shipped", help="which reader reads  [shipped]")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    reader = Endpoint.from_environment() if given.reader == "llm" else None
    printed = scored(given.folder.resolve(), misses=given.misses, reader=reader)
    print(json.dumps(figures(printed)) if given.json else printed, end="\n" if given.json else "")


if __name__ == "__main__":
    main()
