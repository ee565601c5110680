"""What holds for any claim, and in any order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_makers import ACTORS, Clock, bare, cited, document, quoted

from cordiale.claims import Certainty, Change, Claim, Means, Quote
from cordiale.periods import Period, Precision
from cordiale.relations import relations
from cordiale.store import Recorded, Store

QUICK = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
SLUGS = [actor.id for actor in ACTORS]
SOURCE = document("any")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=8)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2, unique=True)))
    start, end = (draw(st.sampled_from([day, None])) for day in days)
    known = st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR])
    return Period(
        start=start,
        end=end,
        start_precision=draw(known) if start else Precision.UNKNOWN,
        end_precision=draw(known) if end else Precision.UNKNOWN,
    )


@st.composite
def claims(draw: st.DrawFn, *, of_document: bool) -> Claim:
    subject, target = draw(st.lists(st.sampled_from(SLUGS), min_size=2, max_size=2, unique=True))
    kind = draw(st.sampled_from(list(relations().values())))
    fields = {
        "relation": kind,
        "sign": draw(st.sampled_from([-1, 0, 1])),
        "change": draw(st.sampled_from(Change)),
        "means": tuple(draw(st.lists(st.sampled_from(Means), max_size=3))) if kind.means else (),
        "held": draw(periods()),
        "said_by": draw(st.sampled_from([None, *SLUGS])),
        "certainty": draw(st.sampled_from(Certainty)),
        "confidence": draw(st.floats(0, 1)),
        "published": draw(st.none() | st.dates()),
    }
    if not of_document:
        return cited(draw(TEXTS), subject, target, **fields)
    fields["published"] = SOURCE.published
    words = st.integers(0, len(SOURCE.text) - 3).map(lambda n: Quote(document=SOURCE, start=n, end=n + 3))
    return quoted(SOURCE, subject, target, evidence=draw(words), why=draw(st.none() | words), **fields)


def by_id(found: list[Claim]) -> dict[str, Claim]:
    return {claim.id: claim for claim in reversed(found)}


@contextmanager
def fresh(template: Path) -> Iterator[Store]:
    """A new dossier for each example."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.dossier"
        path.write_bytes(template.read_bytes())
        with Store.open(path, create=False, clock=Clock()) as store:
            yield store


@QUICK
@given(st.lists(claims(of_document=False), min_size=1, max_size=6))
def test_any_claim_of_a_dataset_comes_back_exactly(sqlite_template: Path, given_claims: list[Claim]) -> None:
    with fresh(sqlite_template) as store:
        store.add_claims(given_claims, ACTORS)
        assert by_id(bare(store.claims())) == by_id(given_claims)


@QUICK
@given(st.lists(claims(of_document=True), min_size=1, max_size=6))
def test_any_claim_of_a_document_comes_back_exactly(sqlite_template: Path, given_claims: list[Claim]) -> None:
    with fresh(sqlite_template) as store:
        store.add_reading(SOURCE, given_claims, ACTORS, reader="cues 1")
        assert by_id(bare(store.claims())) == by_id(given_claims)
        assert not list(store.check())


@pytest.mark.parametrize("where", ["postgresql"], indirect=True)
def test_any_claim_comes_back_exactly_from_postgresql(store: Store) -> None:
    rows = iter(range(10**6))

    @QUICK
    @given(claims(of_document=False))
    def comes_back(claim: Claim) -> None:
        marked = cited(f"{next(rows)} {claim.evidence.row}", claim.subject, claim.object, **{  # type: ignore[union-attr]
            name: getattr(claim, name)
            for name in ("relation", "sign", "change", "means", "held", "said_by", "certainty", "confidence",
                         "published")
        })  # fmt: skip
        store.add_claims([marked], ACTORS)
        assert bare([store.claim(marked.id)]) == [marked]

    comes_back()


@QUICK
@given(st.lists(claims(of_document=False), max_size=6, unique_by=lambda c: c.id), st.randoms(use_true_random=False))
def test_the_order_of_adding_does_not_change_the_answers(sqlite_template: Path, kept: list[Claim], chance) -> None:  # type: ignore[no-untyped-def]
    answers = []
    for _ in range(2):
        with fresh(sqlite_template) as store:
            for claim in kept:
                store.add_claims([claim], ACTORS)
            answers.append([by_id(bare(store.claims(actor=slug))) for slug in SLUGS])
        chance.shuffle(kept)
    assert answers[0] == answers[1]


@QUICK
@given(st.lists(claims(of_document=True), max_size=6))
def test_the_same_reading_twice_changes_nothing(sqlite_template: Path, kept: list[Claim]) -> None:
    with fresh(sqlite_template) as store:
        store.add_reading(SOURCE, kept, ACTORS, reader="cues 1")
        before = (store.counts(), list(store.claims()))
        assert store.add_reading(SOURCE, kept, ACTORS, reader="cues 1") == Recorded()
        assert (store.counts(), list(store.claims())) == before


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("cite"), st.integers(0, 5)),
        st.tuples(st.just("identify"), st.sampled_from(["hamas", "egypt", "~party"])),
        st.tuples(st.just("read"), st.integers(1, 3)),
    ),
    max_size=8,
)


def do(store: Store, act: str, value: object) -> None:
    if act == "cite":
        store.add_claims([cited(str(value), "~party", "iran"), cited(str(value), "egypt", "~party")], ACTORS)
    elif act == "identify":
        store.add_actors(ACTORS)
        store.identify("~party", str(value), by="a reader")
    else:
        reader = f"cues {value}"
        store.add_reading(SOURCE, [quoted(SOURCE, "~party", "syria", reader=reader)], ACTORS, reader=reader)


@QUICK
@given(ACTS)
def test_every_earlier_answer_can_be_given_again(sqlite_template: Path, acts: list[tuple[str, object]]) -> None:
    with fresh(sqlite_template) as store:
        clock = store._backend.clock
        answers = []
        for act, value in acts:
            do(store, act, value)
            answers.append((clock(), list(store.claims()), store.columns(actor="egypt").number.tolist()))
        for instant, listed, numbers in answers:
            assert list(store.claims(recorded=instant)) == listed
            assert store.columns(actor="egypt", recorded=instant).number.tolist() == numbers


@QUICK
@given(st.lists(claims(of_document=False), max_size=6), st.dates())
def test_nothing_is_known_before_it_was_published(sqlite_template: Path, kept: list[Claim], day: date) -> None:
    with fresh(sqlite_template) as store:
        store.add_claims(kept, ACTORS)
        assert all((c.published or date(2024, 1, 1)) <= day for c in store.claims(known=day))
