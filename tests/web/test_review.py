"""Reviewing in the browser: decisions are rows, each by a name, each taken back by another row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

import cordiale
from cordiale.dossier.reviewing import checked, krippendorff, queue
from cordiale.ties import weigh
from cordiale.web import create_app

ORIGIN = {"origin": "http://testserver"}
TEXT = "Iran is an ally of Syria. Syria supports Hamas. Israel fights Hamas. Egypt opposes Iran. Qatar hosts Hamas."


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    ticks = count()
    begun = datetime(2020, 1, 1, tzinfo=UTC)
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: begun + timedelta(seconds=next(ticks))) as found:
        found.read(tmp_path / "a.txt", jobs=1)
        yield found


@pytest.fixture
def client(dossier: cordiale.Dossier) -> TestClient:
    return TestClient(create_app(dossier, hosts=()))


def shown(client: TestClient, address: str = "/review?by=Ann") -> str:
    (found,) = html.fromstring(client.get(address).text).xpath("//article/@id")
    return str(found)


def decide(client: TestClient, claim: str, verdict: str, by: str = "Ann", reason: str = "") -> int:
    form = {"claim": claim, "verdict": verdict, "by": by, "reason": reason}
    return client.post("/review", data=form, headers=ORIGIN).status_code


def test_it_asks_for_a_name_first(client: TestClient) -> None:
    assert "Who reviews?" in client.get("/review").text


def test_a_decision_is_a_row_and_the_next_claim_is_shown(client: TestClient, dossier: cordiale.Dossier) -> None:
    first = shown(client)
    assert decide(client, first, "rejected", reason="the sign is wrong") == 200
    (review,) = dossier.store.reviews()
    assert (review.claim, str(review.verdict), review.by, review.reason) == (
        first,
        "rejected",
        "Ann",
        "the sign is wrong",
    )
    assert shown(client) != first
    assert first not in [claim.id for claim in dossier.claims()]


def test_taking_back_is_a_row_too_and_brings_the_claim_back(client: TestClient, dossier: cordiale.Dossier) -> None:
    first = shown(client)
    decide(client, first, "rejected")
    again = client.post("/review/undo", data={"by": "Ann"}, headers=ORIGIN)
    assert first in again.text
    assert [str(one.verdict) for one in dossier.store.reviews()] == ["rejected", "withdrawn"]
    assert first in [claim.id for claim in dossier.claims()]
    assert shown(client) == first
    assert client.post("/review/undo", data={"by": "Ann"}, headers=ORIGIN).status_code == 200


def test_two_reviewers_differ_and_both_words_are_kept(client: TestClient, dossier: cordiale.Dossier) -> None:
    claim = shown(client)
    decide(client, claim, "accepted", by="Ann")
    decide(client, claim, "rejected", by="Ben")
    assert "They differ on 1 claim" in client.get("/review?by=Ann").text
    assert claim not in [one.id for one in dossier.claims()]
    client.post("/review/undo", data={"by": "Ben"}, headers=ORIGIN)  # what Ann said stands again
    assert claim in [one.id for one in dossier.claims()]
    assert [(word.by, str(word.verdict)) for word in dossier.store.words()] == [("Ann", "accepted")]


def test_a_decision_from_elsewhere_or_by_nobody_changes_nothing(client: TestClient, dossier: cordiale.Dossier) -> None:
    form = {"claim": shown(client), "verdict": "rejected", "by": "Ann"}
    assert client.post("/review", data=form).status_code == 403
    assert client.post("/review", data=form | {"by": " "}, headers=ORIGIN).status_code == 400
    assert client.post("/review", data=form | {"verdict": "maybe"}, headers=ORIGIN).status_code == 404
    assert list(dossier.store.reviews()) == []


def test_the_unsure_claim_of_a_thin_tie_comes_first(dossier: cordiale.Dossier) -> None:
    evidence = weigh(dossier.store.columns())
    waiting = queue(evidence, dossier.store.words(), "Ann")
    assert sorted(waiting) == sorted(evidence.columns.number.tolist())
    unsure = dict(zip(evidence.columns.number.tolist(), evidence.columns.confidence.tolist(), strict=True))
    alone = [number for number in waiting if unsure[number] < 1]
    assert [unsure[number] for number in alone[:1]] == [min(unsure[number] for number in alone)]


def test_what_checking_has_shown_is_a_share_with_its_interval(dossier: cordiale.Dossier) -> None:
    claims = [claim.id for claim in dossier.claims()]
    for claim, verdict in zip(claims, ["accepted", "accepted", "rejected"], strict=False):
        dossier.review(claim, verdict, by="Ann")
    found = checked(dossier.store.words())
    assert (found.claims, found.right, found.alpha, found.split) == (3, 2, None, ())
    assert found.precision is not None and found.low is not None and found.high is not None
    assert 0 < found.low < found.precision < found.high < 1


def test_alpha_is_that_of_the_published_example() -> None:
    rows = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
    units = [[value for value in unit if value != "."] for unit in zip(*(row.split() for row in rows), strict=True)]
    assert krippendorff(units) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff([["a", "a"]]) is None


def correction(client: TestClient, claim: str, **fields: str) -> tuple[int, str]:
    form = {
        "claim": claim, "by": "Ann", "subject": "Egypt", "relation": "supports", "object": "Iran", "sign": "1",
        "held_from": "2010", "reason": "the other way round",
    }  # fmt: skip
    answer = client.post("/review/correct", data=form | fields, headers=ORIGIN)
    return answer.status_code, answer.text


def test_a_correction_is_a_new_claim_with_the_same_quote_and_the_old_one_stays(
    client: TestClient, dossier: cordiale.Dossier
) -> None:
    (old,) = dossier.claims(pair=("Egypt", "Iran"))
    assert correction(client, old.id)[0] == 200
    (new,) = dossier.claims(pair=("Egypt", "Iran"))
    assert (new.relation.name, new.sign, new.held.start_text, new.evidence) == ("supports", 1, "2010", old.evidence)
    assert dossier.store.claim(old.id) == old
    (review,) = dossier.store.reviews(old.id)
    assert (str(review.verdict), review.by, review.reason) == ("corrected", "Ann", "the other way round")
    client.post("/review/undo", data={"by": "Ann"}, headers=ORIGIN)
    assert [claim.id for claim in dossier.claims(pair=("Egypt", "Iran"))] == [old.id]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("subject", "Egipt", "Egypt"),
        ("relation", "loves", "relation"),
        ("held_from", "yesterday", "YYYY"),
        ("object", "Egypt", "one actor alone"),
        ("certainty", "sure", "certainty"),
        ("sign", "7", "-1, 0 or 1"),
    ],
)
def test_a_correction_that_cannot_be_says_which_field_and_changes_nothing(
    client: TestClient, dossier: cordiale.Dossier, field: str, value: str, words: str
) -> None:
    (old,) = dossier.claims(pair=("Egypt", "Iran"))
    status, page = correction(client, old.id, **{field: value})
    assert 400 <= status < 500
    assert words in page
    assert list(dossier.store.reviews()) == []
    if field in {"subject", "held_from", "object"}:  # what was typed is there again
        (kept,) = html.fromstring(page).xpath(f"//details[@open]//input[@name='{field}']/@value")
        assert kept == value


def test_what_one_reviewer_set_aside_another_is_still_asked_about_and_sees(
    client: TestClient, dossier: cordiale.Dossier
) -> None:
    (claim,) = dossier.claims(pair=("Egypt", "Iran"))
    decide(client, claim.id, "rejected", reason="the wrong actor")
    waiting = [one["id"] for one in client.get("/review.json?by=Dee").json()["claims"]]
    assert waiting[-1] == claim.id and len(waiting) == len(set(waiting)) == 5
    assert claim.id not in [one["id"] for one in client.get("/review.json?by=Ann").json()["claims"]]
    page = html.fromstring(client.get("/tie/egypt/iran").text).text_content()
    assert "Set aside by reviewers: 1 that counts no more" in page
    assert "Ann: rejected, the wrong actor" in " ".join(page.split())
    decide(client, claim.id, "accepted", by="Dee")
    assert len(checked(dossier.store.words()).split) == 1
    assert "Set aside" not in client.get("/tie/egypt/iran").text


def test_past_the_last_claim_the_last_one_is_shown(client: TestClient) -> None:
    last = shown(client, "/review?by=Ann&skip=4")
    assert shown(client, "/review?by=Ann&skip=999") == last
