"""The front desk: reading in, asking by names, and the days that people write."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from multiprocessing import parent_process
from pathlib import Path

import pytest

import cordiale
from cordiale.documents import ReadOptions, expand
from cordiale.dossier import days, readings
from cordiale.dossier.readings import Desk, Read, read_all
from cordiale.errors import InvalidValue, MissingExtra, UnknownName, UnreadableInput
from cordiale.exports import ExportError
from cordiale.networks import isolation
from cordiale.reading.reader import Shipped

NOW = datetime(2013, 6, 1, 12, tzinfo=UTC)
Open = Callable[..., cordiale.Dossier]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as dossier:
        yield dossier


def told(dossier: cordiale.Dossier, text: str, published: str | None = None) -> None:
    day = date.fromisoformat(published) if published else None
    dossier.read("-", stdin=io.BytesIO(text.encode()), options=ReadOptions(published=day))


def test_importing_the_package_imports_nothing_of_it() -> None:
    import subprocess

    code = "import cordiale, sys; print(*(m for m in sys.modules if m.startswith('cordiale.')))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b""


def test_every_public_name_is_there() -> None:
    assert all(getattr(cordiale, name) is not None for name in cordiale.__all__)
    assert set(cordiale.__all__) <= set(dir(cordiale))
    with pytest.raises(AttributeError):
        _ = cordiale.nonsense


def test_a_summary_counts_what_is_new_known_and_failed(opened: cordiale.Dossier, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Iran is an ally of Syria. Syria hosts the Dawn Brigade.", encoding="utf-8")
    first = opened.read(tmp_path / "a.txt", tmp_path / "lost.txt")
    assert (first.documents, first.known, len(first.failed), first.claims, first.provisional) == (1, 0, 1, 2, 1)
    second = opened.read(tmp_path / "a.txt")
    assert (second.documents, second.known, second.claims, second.provisional) == (0, 1, 0, 0)


def test_progress_is_told_for_each_input(opened: cordiale.Dossier, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Iran is an ally of Syria. {name}", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    opened.read(tmp_path / "*.txt", progress=lambda p: seen.append((p.done, p.total)))
    assert seen == [(1, 2), (2, 2)]


def test_an_interrupt_keeps_whole_documents(opened: cordiale.Dossier, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"Iran is an ally of Syria, page {number}.", encoding="utf-8")

    def stop(_: cordiale.Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        opened.read(tmp_path / "*.txt", progress=stop)
    assert opened.store.counts().documents == 1
    assert opened.check() == ()


def test_today_is_the_day_of_the_clock(opened: cordiale.Dossier) -> None:
    told(opened, "Iran is an ally of Syria.", "2013-05-01")
    assert opened.who("Iran").at == date(2013, 6, 1)


def test_ties_are_asked_by_name_and_their_quotes_are_a_step_away(opened: cordiale.Dossier) -> None:
    told(opened, "Iran is an ally of Syria.", "2013-05-01")
    (ally,) = opened.who("Tehran").allies
    assert (ally.a.name, ally.b.name) == ("Iran", "Syria")
    assert [quote.text for quote in ally.quotes()] == ["Iran is an ally of Syria."]
    assert opened.tie("Syria", "Iran").claims() == ally.claims()


def test_a_snapshot_takes_names(opened: cordiale.Dossier) -> None:
    told(opened, "Iran is an ally of Syria. Israel fights Hamas.", "2013-05-01")
    snapshot = opened.snapshot()
    assert [tie.other("iran") for tie in snapshot.allies("Iran")] == ["syria"]
    assert snapshot.allies("Paraguay") == ()
    assert snapshot.tie("Israel", "Hamas").sign == -1


def test_an_actor_with_itself_is_no_tie(opened: cordiale.Dossier) -> None:
    with pytest.raises(InvalidValue, match="name two actors"):
        opened.tie("Iran", "Tehran")


def test_isolation_of_an_actor_that_no_claim_names_is_refused(opened: cordiale.Dossier) -> None:
    with pytest.raises(UnknownName, match="read something about it first"):
        opened.isolation("Paraguay")


def test_reasons_name_actors_and_no_ids(opened: cordiale.Dossier) -> None:
    told(opened, "Saudi Arabia supports Egypt.", "2012-05-01")
    told(opened, "Saudi Arabia broke with Egypt in May 2013.", "2013-05-20")
    outlook = opened.running_out_of_allies("Egypt")
    assert "saudi-arabia" not in " ".join(outlook.reasons)
    assert [change.actor.name for change in outlook.lost] == ["Saudi Arabia"]


def test_the_blocs_of_a_day_are_context(opened: cordiale.Dossier) -> None:
    assert "NATO" in " ".join(bloc.id + bloc.name for bloc in opened.who("France", at="2013").blocs).upper()


def test_an_own_actor_stays_where_the_catalogue_has_another(opened: cordiale.Dossier, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("id,kind,name\nriver-league,party,River League\n", encoding="utf-8")
    assert opened.add_actors(tmp_path / "own.csv") == 1
    assert opened.find("River League").id == "river-league"


def test_an_identification_by_nobody_is_refused(opened: cordiale.Dossier) -> None:
    told(opened, "Syria hosts the Dawn Brigade.")
    with pytest.raises(InvalidValue):
        opened.identify("Dawn Brigade", "Hamas", by=" ")


def test_a_merge_moves_the_ties_and_can_be_taken_back(opened: cordiale.Dossier) -> None:
    told(opened, "Syria hosts the Dawn Brigade.", "2013-05-01")
    opened.identify("Dawn Brigade", "Hamas", by="A. Analyst")
    assert [tie.b.name for tie in opened.who("Syria").allies] == ["Hamas"]
    assert opened.find("Dawn Brigade").name == "Hamas"
    opened.identify("Dawn Brigade", by="A. Analyst")
    assert [tie.b.name for tie in opened.who("Syria").allies] == ["Dawn Brigade"]


def test_a_verdict_must_be_one(opened: cordiale.Dossier) -> None:
    with pytest.raises(UnknownName, match="accepted"):
        opened.review("0" * 16, "accept", by="A. Analyst")


def test_claims_show_how_many_there_are_and_the_first(opened: cordiale.Dossier) -> None:
    told(opened, "Iran is an ally of Syria. Israel fights Hamas.", "2013-05-01")
    claims = opened.claims()
    assert len(claims) == 2
    assert "[2 rows]" in repr(claims)
    assert list(claims.frame()["sign"]) == [1, -1]
    assert len(opened.claims(sign=-1)) == 1
    with pytest.raises(UnknownName, match="rivals"):
        opened.claims(relation="rival")


def test_a_frame_without_pandas_names_the_extra(opened: cordiale.Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"cordiale\[frames\]"):
        opened.claims().frame()


def test_a_process_that_a_file_brings_down_costs_that_file_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(readings, "ALONE", 0)
    files = []
    for number in range(4):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(f"Iran is an ally of Syria, page {number}.", encoding="utf-8")
    desk = Desk(
        reader=Shipped(), options=_Fatal(publisher=str(files[2])), actors=(), events=(), clock=lambda: NOW,
        known=lambda _: False, stored=lambda _: None,
    )  # fmt: skip
    found = list(read_all(expand(map(str, files)), desk, jobs=2))
    failed = [result for result in found if isinstance(result, UnreadableInput)]
    assert [error.source for error in failed] == [str(files[2])]
    assert sum(isinstance(result, Read) for result in found) == 3


class _Fatal(ReadOptions):
    """Options that end the process which reads the file named as publisher: a stand-in for a crash in a parser."""

    def __getattribute__(self, name: str) -> object:
        if name == "max_file_bytes" and parent_process() is not None:
            import os

            frame = sys._getframe(1)
            while frame is not None:
                item = frame.f_locals.get("item")
                if getattr(item, "source", None) == object.__getattribute__(self, "publisher"):
                    os._exit(9)
                frame = frame.f_back  # type: ignore[assignment]
        return object.__getattribute__(self, name)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012-02-05", date(2012, 2, 5), date(2012, 2, 5)),
    ],
)
def test_a_year_or_month_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert (days.first_day(text), days.last_day(text)) == (first, last)


def test_the_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(InvalidValue):
        days.last_day("9999")


def test_a_course_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidValue):
        list(days.steps(date(2013, 1, 1), date(2012, 1, 1), "year"))
    with pytest.raises(UnknownName, match="quarter"):
        list(days.steps(date(2012, 1, 1), date(2013, 1, 1), "quater"))


def test_an_answer_about_one_actor_is_that_of_the_whole_dossier(opened: cordiale.Dossier) -> None:
    told(opened, "Iran backs Hamas. Egypt opposes Iran.", "2012-01-05")
    told(opened, "Egypt said that Hamas attacked Iran. Syria said that Hamas attacked Egypt.", "2012-02-05")
    alone = {tie.b.id: tie.tie for tie in opened.who("Hamas", "2012-06").ties}
    whole = {tie.other("hamas"): tie for tie in opened.snapshot("2012-06").ties("hamas")}
    assert len(alone) == 2
    assert {key: (tie.weight, tie.stance) for key, tie in alone.items()} == {
        key: (tie.weight, tie.stance) for key, tie in whole.items()
    }
    pair = opened.tie("Hamas", "Iran", "2012-06").tie
    assert (pair.weight, pair.stance) == (whole["iran"].weight, whole["iran"].stance)


def test_the_same_story_from_two_outlets_is_one_voice(opened: cordiale.Dossier) -> None:
    story = "Iran backs Hamas with money, officials in the region confirmed. " + " ".join(
        f"Paragraph {n} of the report gives detail number {n} about the long dispute over water." for n in range(20)
    )
    told(opened, story, "2012-01-05")
    once = opened.tie("Hamas", "Iran", "2012-02").tie
    told(opened, "Updated. " + story, "2012-01-05")
    twice = opened.tie("Hamas", "Iran", "2012-02").tie
    assert len(twice.claims) == 2 * len(once.claims)
    assert twice.weight == once.weight


def test_the_dossier_itself_is_no_document_and_no_place_for_an_export(tmp_path: Path) -> None:
    place = tmp_path / "a.dossier"
    with cordiale.open(place, clock=lambda: NOW) as dossier:
        told(dossier, "Iran is an ally of Syria.")
        beside = [f"{place}{ending}" for ending in ("", "-wal", "-shm")]
        (tmp_path / "link.txt").symlink_to(place)
        failed = dossier.read(*beside, tmp_path / "link.txt").failed
        assert [error.why for error in failed] == ["it is the dossier itself, and no document"] * 4
        with pytest.raises(ExportError, match="the dossier itself"):
            dossier.export("jsonl", place)
    assert place.read_bytes().startswith(b"SQLite format 3")


def test_a_file_beyond_the_limit_is_refused_without_being_read(opened: cordiale.Dossier, tmp_path: Path) -> None:
    with (tmp_path / "long.txt").open("wb") as file:
        file.write(b"Iran is an ally of Syria. " * 4000)
        file.truncate(1 << 40)
    (error,) = opened.read(tmp_path / "long.txt").failed
    assert "larger than" in error.why


def test_claims_are_exported_whole_and_not_as_of_a_day(opened: cordiale.Dossier, tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="which takes all claims"):
        opened.export("jsonl", tmp_path / "a.jsonl", at="2012")


def test_actors_that_another_process_added_are_known_by_their_names(opened: cordiale.Dossier) -> None:
    assert opened.find("Iran").id == "iran"
    with cordiale.open(opened.name, clock=lambda: NOW) as other:
        told(other, "Iran is an ally of the Dawn Brigade.", "2013-05-01")
    assert [tie.b.name for tie in opened.who("Iran").allies] == ["Dawn Brigade"]
    assert opened.find("Dawn Brigade").id == "~dawn-brigade"


def test_the_isolation_of_a_snapshot_takes_names(opened: cordiale.Dossier) -> None:
    told(opened, "Iran is an ally of Syria.", "2013-05-01")
    assert isolation(opened.snapshot(), "Tehran") == isolation(opened.snapshot(), "iran")


def test_an_actor_that_has_ended_is_no_ally(opened: cordiale.Dossier) -> None:
    told(opened, "Turkey is an ally of Yugoslavia.", "1954-08-10")
    then, now = opened.who("Turkey", "1954-09"), opened.who("Turkey", "2016-07")
    assert [tie.b.id for tie in then.allies] == ["yugoslavia"]
    assert not now.allies
    assert [tie.b.id for tie in now.gone] == ["yugoslavia"]


def test_a_day_that_is_no_text_says_what_to_give(tmp_path):
    with cordiale.open(tmp_path / "a.dossier") as dossier, pytest.raises(InvalidValue, match="text such as '2012'"):
        dossier.who("Iran", at=2012)
