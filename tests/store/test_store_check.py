"""What `check` finds in a dossier that somebody tampered with."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from store_makers import ACTORS, cited, document, quoted

from cordiale.store import Store

MISSING = "it or one of the next 50000 is missing from the blocks"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A dossier with a reading, a dataset and a word on an actor."""
    path = tmp_path / "a.dossier"
    with Store.open(path, create=True) as store:
        source = document("a")
        store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
        store.add_claims([cited(1), cited(2)])
        store.identify("~party", "hamas", by="a reader")
    return path


def test_a_sound_dossier_has_no_problems(store: Store) -> None:
    source = document("a")
    store.add_reading(source, [quoted(source)], ACTORS, reader="cues 1")
    store.add_claims([cited(1), cited(2, published=None)])
    assert not list(store.check())


@pytest.mark.parametrize(
    ("tampering", "problem"),
    [
        ("UPDATE documents SET text = 'x'", "documents 1: its text is not the one that was stored"),
        ("UPDATE documents SET sha256 = 'X'", "documents 1: its sha256 is malformed ('X')"),
        ("UPDATE claims SET quote_end = 999 WHERE id = 1", "claims 1: its quote [0, 999) lies outside its document"),
        ("UPDATE claims SET quote_start = 4, quote_end = 5 WHERE id = 1", "claims 1: its quote [4, 5) is blank"),
        ("UPDATE claims SET why_start = 4 WHERE id = 1", "claims 1: its cause [4, None) lies outside its document"),
        ("UPDATE claims SET held_from = 9, held_to = 9 WHERE id = 2", "claims 2: holds on no day"),
        ("UPDATE claims SET sign = 0 WHERE id = 3", "claims 3: differs from what the block of its subject says"),
        ("UPDATE claims SET relation = 77 WHERE id = 3", "claims 3: its relation is not in relations"),
        ("DELETE FROM blocks WHERE role=1", f"claims 1: {MISSING} of objects"),
        ("DELETE FROM readings WHERE id = 1", "documents 1: was stored without any reading"),
        ("DELETE FROM recordings WHERE id = 3", "identities 1: belongs to no recording"),
        ("UPDATE recordings SET recorded_at = 0 WHERE id = 2", "recordings 2: was recorded before the one before it"),
        ("UPDATE reviews SET id = 1", None),
    ],
)  # fmt: skip
def test_tampering_is_found(sound: Path, tampering: str, problem: str | None) -> None:
    raw = sqlite3.connect(sound)
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(tampering)
    raw.commit()
    raw.close()
    with Store.open(sound, create=False) as store:
        found = [str(p) for p in store.check()]
    assert (problem in found) if problem else not found


def test_a_damaged_file_is_found(sound: Path) -> None:
    raw = sqlite3.connect(sound)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_blocks_actor_role'").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    whole = bytearray(sound.read_bytes())
    whole[(page - 1) * size + 100 : page * size] = b"\x55" * (size - 100)
    sound.write_bytes(whole)
    with Store.open(sound, create=False) as store:
        assert [p for p in store.check() if p.where == "the file"]
