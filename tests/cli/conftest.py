"""A folder as an analyst would have it: articles, a feed of rows, actors of her own, and a dossier of what was read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cordiale.cli import main

PAGE = """<html lang="en"><head><title>{title}</title><meta name="date" content="{day}"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""


def page(title: str, day: str, *paragraphs: str) -> str:
    """An article as a web page."""
    return PAGE.format(title=title, day=day, paragraphs="".join(f"<p>{text}</p>" for text in paragraphs))


ARTICLE = page(
    "Four capitals",
    "2010-05-01",
    "Iran is an ally of Syria. Syria supports Hamas. Iran supports Hamas with weapons.",
    "Israel fights Hamas. Syria hosts the Dawn Brigade.",
    "Syria hosts the Northern Dawn Brigade.",
)
ROWS = (
    {
        "id": "break",
        "title": "A break",
        "published": "2012-03-01",
        "publisher": "Gazette",
        "text": "In February 2012 Hamas broke with Syria because of the repression of the uprising.",
    },
    {"id": "cairo", "published": "2012-12-01", "text": "Egypt supports Hamas. Hamas opposes Syria."},
)
EVENTS = """name,names,from,to
Battle of the Ford,Ford battle | fight at the ford,2009-04-02,2009-04-05
"""
TIES = """a,b,sign,begin,end
GBR,FRA,-1,1872,1904
GBR,FRA,1,1904,
FRA,RUS,1,1891,
GBR,RUS,-1,1872,1907
GBR,RUS,1,1907,
DEU,AUH,1,1872,
DEU,FRA,-1,1872,
RUS,AUH,-1,1890,
DEU,ITA,1,1882,
FRA,ITA,-1,1882,1902
ITA,RUS,1,1890,1900
"""
MEMBERS = """bloc,actor,begin,end
Triple Alliance,DEU,1882,
Triple Alliance,AUH,1882,
Triple Alliance,ITA,1882,1915
Latins,ITA,1870,
Latins,FRA,1870,
"""
STREAM = "".join(
    "\t".join([
        str(number), "20240115", "202401", "2024", "2024.04", *(f"{a}MIL {a} {a}     MIL  ".split(" ")),
        *(f"{b} {b} {b}       ".split(" ")), "1", "190", "190", "19", "4", "-10.0", "3", "1", "3", "-2.1",
        *["4", "Kharkiv", "UP", "UP07", "50.0", "36.2", "1"] * 3, "20240115", f"https://example.org/{number}",
    ]) + "\n"
    for number, (a, b) in enumerate([("RUS", "UKR"), ("UKR", "RUS"), ("USA", "CHN")], start=1)
)  # fmt: skip
"""Three events in a file of GDELT 1.0."""
OWN = 'id,kind,name,names\nriver-league,party,River League,"League of the River"\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, made once; tests work on copies."""
    folder = tmp_path_factory.mktemp("analyst")
    (folder / "article.html").write_text(ARTICLE, encoding="utf-8")
    (folder / "reports").mkdir()
    (folder / "reports" / "note.txt").write_text("Turkey supports Hamas.", encoding="utf-8")
    rows = "".join(json.dumps(row) + "\n" for row in ROWS)
    (folder / "news.jsonl").write_text(rows, encoding="utf-8")
    (folder / "my-events.csv").write_text(EVENTS, encoding="utf-8")
    (folder / "ties.csv").write_text(TIES, encoding="utf-8")
    (folder / "members.csv").write_text(MEMBERS, encoding="utf-8")
    (folder / "my-actors.csv").write_text(OWN, encoding="utf-8")
    (folder / "20240115.export.CSV").write_text(STREAM, encoding="utf-8")
    (folder / "downloads").mkdir()
    (folder / "downloads" / "20240116.export.CSV").write_text(STREAM.replace("20240115", "20240116"), encoding="utf-8")
    archive = str(folder / "cordiale.events")
    assert main(["events", "ingest", str(folder / "20240115.export.CSV"), "--archive", archive]) == 0
    inputs = [str(folder / name) for name in ("article.html", "news.jsonl")]
    assert main(["-d", str(folder / "cordiale.dossier"), "read", *inputs, "--jobs", "1"]) == 0
    return folder


@pytest.fixture
def desk(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder, and the test standing in it."""
    folder = tmp_path / "desk"
    shutil.copytree(prepared, folder)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("CORDIALE_DOSSIER", raising=False)
    monkeypatch.delenv("CORDIALE_EVENTS", raising=False)
    return folder


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run_it(*args: str) -> Ran:
        capfd.readouterr()
        code = main(list(args))
        told = capfd.readouterr()
        return Ran(code=code, out=told.out, err=told.err)

    return run_it
