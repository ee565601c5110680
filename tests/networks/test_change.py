"""When courses, counts and ties change: held against every other way to cut them, and against mere noise."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from math import lgamma, log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordiale.claims import Change, Citation, Claim
from cordiale.columns import ClaimColumns
from cordiale.errors import InvalidValue
from cordiale.networks import SignedNetwork, frustration
from cordiale.networks.change import change_points, turned
from cordiale.networks.course import Course, course
from cordiale.networks.sampled import Interval
from cordiale.networks.tie_change import TieChange, TieChanges, tie_changes
from cordiale.networks.turning import turning_points
from cordiale.periods import Period
from cordiale.relations import relation
from cordiale.ties import Cause, Hindsight, Stance, weigh

few = settings(max_examples=60)


def days(n: int, step: int = 91) -> list[date]:
    return [date(2000, 1, 1) + timedelta(days=step * place) for place in range(n)]


def segmentations(n: int, least: int = 1) -> list[tuple[tuple[int, int], ...]]:
    """All ways to cut n steps into stretches of a least length."""
    found = []
    for count in range(n):
        for cuts in combinations(range(1, n), count):
            stretches = tuple(pairwise((0, *cuts, n)))
            if all(end - start >= least for start, end in stretches):
                found.append(stretches)
    return found


# Shifts of a level


def cost(stretches: tuple[tuple[int, int], ...], x: np.ndarray, v: np.ndarray, penalty: float) -> float:
    total = penalty * (len(stretches) - 1)
    for start, end in stretches:
        part, weights = x[start:end], 1 / v[start:end]
        total += float((weights * (part - np.average(part, weights=weights)) ** 2).sum())
    return total


SERIES = st.integers(2, 9).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(-5, 5), min_size=n, max_size=n),
        st.lists(st.sampled_from([0.25, 1.0, 2.0, 5.0]), min_size=n, max_size=n),
    )
)


@few
@given(SERIES, st.sampled_from([0.5, 2.0, 6.0]), st.integers(1, 3))
def test_no_other_levels_fit_better_for_their_number(
    series: tuple[list[int], list[float]], penalty: float, least: int
) -> None:
    x, v = (np.array(part, dtype=float) for part in series)
    found = change_points(
        days(len(x)), x.tolist(), variances=v.tolist(), correlation=0.0, penalty=penalty, least=least
    )  # fmt: skip
    cuts = [days(len(x)).index(one.day) for one in found]
    ours = cost(tuple(pairwise((0, *cuts, len(x)))), x, v, penalty)
    possible = segmentations(len(x), least) or [((0, len(x)),)]
    assert ours == pytest.approx(min(cost(one, x, v, penalty) for one in possible), abs=1e-9)
    assert all(one.gain >= penalty - 1e-9 for one in found)


@pytest.mark.parametrize("least", [1, 2, 3, 5])
def test_no_start_of_a_level_is_dropped_too_early_in_longer_courses(least: int) -> None:
    for seed in range(60):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=30) + np.cumsum(2 * rng.normal(size=30) * (rng.random(30) < 0.3))
        v, best = np.ones(30), [-2.0, *[np.inf] * 30]
        for end in range(least, 31):
            best[end] = min(best[start] + cost(((start, end),), x, v, 2.0) + 2.0 for start in range(end - least + 1))
        found = change_points(days(30), x.tolist(), variances=v.tolist(), correlation=0.0, penalty=2.0, least=least)
        cuts = [days(30).index(one.day) for one in found]
        assert cost(tuple(pairwise((0, *cuts, 30))), x, v, 2.0) == pytest.approx(best[30]), seed


@few
@given(SERIES)
def test_a_shift_tells_the_weighted_means_of_both_levels(series: tuple[list[int], list[float]]) -> None:
    x, v = series
    found = change_points(days(len(x)), x, variances=v, correlation=0.0, penalty=2.0)
    cuts = [0, *(days(len(x)).index(one.day) for one in found), len(x)]
    for one, start, cut, end in zip(found, cuts, cuts[1:], cuts[2:], strict=False):
        assert one.eve == days(len(x))[cut - 1]
        assert one.before == pytest.approx(np.average(x[start:cut], weights=1 / np.array(v[start:cut])))
        assert one.after == pytest.approx(np.average(x[cut:end], weights=1 / np.array(v[cut:end])))


@few
@given(st.lists(st.integers(-9, 9), min_size=6, max_size=30), st.integers(-50, 50), st.sampled_from([0.01, 3.0]))
def test_neither_the_unit_nor_the_zero_of_a_measure_moves_its_shifts(x: list[int], offset: int, scale: float) -> None:
    rough = [value + 0.37 * (place % 5) for place, value in enumerate(x)]  # no two ways to cut fit equally well
    other = [scale * value + offset for value in rough]
    assert [one.day for one in change_points(days(len(x)), rough)] == [
        one.day for one in change_points(days(len(x)), other)
    ]


def step(n: int = 40, at: int = 20, height: float = 3.0, seed: int = 1) -> list[float]:
    noise = np.random.default_rng(seed).normal(size=n)
    return (noise + height * (np.arange(n) >= at)).tolist()


def test_a_clear_step_is_found_on_its_day_and_nothing_else_is() -> None:
    (found,) = change_points(days(40), step(seed=3), correlation=0.0)
    assert (found.day, found.eve, found.missing) == (days(40)[20], days(40)[19], 0)
    assert found.before == pytest.approx(0, abs=0.5)
    assert found.after == pytest.approx(3, abs=0.5)


def test_most_clear_steps_are_found_where_the_correlation_is_estimated() -> None:
    found = [change_points(days(40), step(seed=seed)) for seed in range(40)]
    assert sum(len(one) == 1 and abs((one[0].day - days(40)[20]).days) <= 91 for one in found) > 34


def test_a_step_without_any_noise_is_found() -> None:
    (found,) = change_points(days(10), [0.2] * 5 + [0.8] * 5)
    assert (found.day, found.before, found.after) == (days(10)[5], pytest.approx(0.2), pytest.approx(0.8))


def test_a_course_that_never_moves_has_no_shift() -> None:
    assert change_points(days(20), [0.5] * 20) == ()


def test_days_without_a_value_are_left_out_and_counted_where_a_shift_lies() -> None:
    values: list[float | None] = [*step()]
    values[3] = None
    values[18:20] = [None, float("nan")]
    found = change_points(days(40), values, correlation=0.0)
    kept = [place for place, value in enumerate(values) if place not in (3, 18, 19)]
    without = change_points([days(40)[place] for place in kept], [values[place] for place in kept], correlation=0.0)
    assert [(one.day, one.eve, one.gain) for one in found] == [(one.day, one.eve, one.gain) for one in without]
    assert (found[0].eve, found[0].missing) == (days(40)[17], 2)


def test_an_odd_day_stands_alone_only_where_a_level_may_last_a_day() -> None:
    values = [0.0, 0.1] * 10
    values[10] = 9.0
    alone = change_points(days(20), values, least=1)
    assert [one.day for one in alone] == days(20)[10:12]
    assert (alone[0].after, alone[1].before) == (9.0, 9.0)
    assert all(one.after < 9 for one in change_points(days(20), values, least=2))


def test_a_value_that_is_surer_counts_for_more() -> None:
    values, sure = [0.0] * 6 + [1.0] * 6, [0.1] * 12
    assert len(change_points(days(12), values, variances=sure, correlation=0.0)) == 1
    assert change_points(days(12), values, variances=[10.0] * 12, correlation=0.0) == ()


def windows(seed: int, n: int = 51) -> list[float]:
    """Means over four steps, of which neighbours share three: mere noise."""
    return np.convolve(np.random.default_rng(seed).normal(size=n + 3), np.ones(4) / 4, "valid").tolist()


def test_overlapping_windows_of_noise_show_shifts_only_to_those_who_take_them_for_fresh() -> None:
    def shown(correlation: float | None) -> int:
        found = (change_points(days(51), windows(seed), correlation=correlation) for seed in range(40))
        return sum(bool(one) for one in found)

    assert shown(0.0) > 30
    assert shown(0.75) == 0
    assert shown(None) < 10


def test_fresh_noise_seldom_shows_a_shift() -> None:
    noise = (np.random.default_rng(seed).normal(size=51).tolist() for seed in range(40))
    assert sum(bool(change_points(days(51), one)) for one in noise) < 6


@pytest.mark.parametrize(
    "wrong",
    [
        {"penalty": 0.0}, {"least": 0}, {"correlation": 1.0}, {"variances": [1.0]}, {"variances": [0.0] * 40},
        {"variances": [None] * 40},
    ],
)  # fmt: skip
def test_what_no_course_can_have_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        change_points(days(40), step(), **wrong)


def test_days_out_of_order_are_refused() -> None:
    with pytest.raises(InvalidValue, match="order"):
        change_points(days(40)[::-1], step())
    with pytest.raises(InvalidValue, match="finite"):
        change_points(days(4), [0.0, 1.0, float("inf"), 0.0])


# Courses


def test_a_course_keeps_the_intervals_of_what_is_measured() -> None:
    def measure(day: date) -> Interval | None:
        return None if day == days(3)[1] else Interval(value=0.5, median=0.5, low=0.4, high=0.6, draws=9)

    found = course(measure, days(3))
    assert (found.values, found.low, found.high) == ((0.5, None, 0.5), (0.4, None, 0.4), (0.6, None, 0.6))
    assert found.missing == 1
    assert found.variances is not None
    assert found.variances[0] == pytest.approx((0.2 / (2 * 1.6449)) ** 2, rel=1e-3)


def test_a_value_without_a_width_has_no_variance_to_weigh_by() -> None:
    assert Course(days=tuple(days(1)), values=(0.5,), low=(0.5,), high=(0.5,)).variances is None


def test_a_course_with_one_bound_or_a_value_too_few_is_refused() -> None:
    for wrong in ({"values": (1.0, 2.0), "low": (0.0, 1.0)}, {"values": (1.0,)}):
        with pytest.raises(InvalidValue):
            Course(days=tuple(days(2)), **wrong)


# Turning points


def beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def by_hand(
    friendly: list[float], hostile: list[float], prior: float, strength: float
) -> tuple[list[float], list[float]]:
    """The probability of a turn at each step, and the share expected there, summed over every segmentation."""
    n, half = len(friendly), strength / 2
    total, begins, shares = 0.0, np.zeros(n), np.zeros(n)
    for stretches in segmentations(n):
        logs = (len(stretches) - 1) * log(prior) + (n - len(stretches)) * log(1 - prior)
        share = np.zeros(n)
        for start, end in stretches:
            f, h = sum(friendly[start:end]), sum(hostile[start:end])
            logs += beta(half + f, half + h) - beta(half, half)
            share[start:end] = (half + f) / (strength + f + h)
        weight = np.exp(logs)
        total += weight
        begins[[start for start, _ in stretches if start]] += weight
        shares += weight * share
    return (begins / total).tolist(), (shares / total).tolist()


COUNTS = st.integers(1, 8).flatmap(
    lambda n: st.tuples(*(st.lists(st.sampled_from([0, 0, 0.4, 1, 3, 12]), min_size=n, max_size=n) for _ in range(2)))
)


@few
@given(COUNTS, st.sampled_from([0.02, 0.3, 0.9]), st.sampled_from([0.5, 1.0, 4.0]))
def test_turning_points_are_those_of_all_segmentations_weighed(
    counts: tuple[list[float], list[float]], prior: float, strength: float
) -> None:
    found = turning_points(days(len(counts[0])), *counts, prior=prior, strength=strength)
    begins, shares = by_hand(*counts, prior, strength)
    assert [one.probability for one in found] == pytest.approx(begins, abs=1e-9)
    assert [one.friendly for one in found] == pytest.approx(shares, abs=1e-9)


@few
@given(COUNTS)
def test_friend_and_foe_exchanged_mirror_the_turning_points(counts: tuple[list[float], list[float]]) -> None:
    one, other = (turning_points(days(len(counts[0])), *pair) for pair in (counts, counts[::-1]))
    assert [a.probability for a in one] == pytest.approx([b.probability for b in other])
    assert [a.friendly for a in one] == pytest.approx([1 - b.friendly for b in other])


def test_without_counts_a_turn_is_as_probable_as_its_prior() -> None:
    found = turning_points(days(10), [0] * 10, [0] * 10)
    assert [one.probability for one in found] == pytest.approx([0] + [0.1] * 9)


def test_a_turn_within_a_gap_is_shared_out_among_its_steps() -> None:
    found = turning_points(days(12), [9] * 4 + [0] * 8, [0] * 8 + [9] * 4, prior=0.001)
    shares = [one.probability for one in found[4:9]]
    assert shares == pytest.approx([shares[0]] * 5)
    assert sum(shares) == pytest.approx(1, abs=0.01)


def test_long_courses_of_counts_stay_probabilities() -> None:
    found = turning_points(days(400), [50] * 200 + [0] * 200, [0] * 200 + [50] * 200)
    assert found[200].probability == pytest.approx(1, abs=1e-6)
    assert all(0 <= one.probability <= 1 and 0 <= one.friendly <= 1 for one in found)


@pytest.mark.parametrize("wrong", [{"prior": 0.0}, {"prior": 1.0}, {"strength": 0.0}])
def test_a_prior_that_rules_out_or_forces_turns_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InvalidValue):
        turning_points(days(2), [1, 1], [0, 0], **wrong)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(InvalidValue):
        turning_points(days(2), [1, -1], [0, 0])


# Ties


def claim(
    name: str, day: str, *, voice: str = "paper", change: Change = Change.NONE, until: str | None = None
) -> Claim:
    kind = relation(name)
    held = Period.parse(day, until)
    assert held.start is not None
    return Claim(
        subject="hamas", relation=kind, object="syria", sign=-kind.sign if change is Change.ENDS else kind.sign,
        evidence=Citation(dataset=voice, version="1", row=f"{name} {day}"), reader="test", held=held, change=change,
        published=held.start,
    )  # fmt: skip


def history(
    *claims: Claim, first: str = "2005-01-01", n: int = 40, step: int = 91, hindsight: Hindsight = Hindsight.FULL
) -> TieChanges:
    start = date.fromisoformat(first)
    at = [start + timedelta(days=step * place) for place in range(n)]
    return tie_changes(weigh(ClaimColumns.from_claims(claims), hindsight=hindsight), 0, at)


BREAK = (
    claim("ally_of", "2005"), claim("ally_of", "2005", voice="other"),
    claim("ally_of", "2011-12", voice="third"), claim("ally_of", "2012-02-01", change=Change.ENDS),
    claim("opposes", "2012-05-01", voice="other"),
)  # fmt: skip


def the_turn(found: TieChanges) -> TieChange:
    (turn,) = [one for one in found.changes if one.turn]
    return turn


def test_a_break_is_a_turn_between_the_last_friendly_day_and_the_first_hostile_one() -> None:
    found = history(*BREAK)
    turn = the_turn(found)
    stances = {(one.start, one.end): one.stance.sign for one in found.episodes}
    friendly = [end for (_, end), sign in stances.items() if sign > 0]
    hostile = [start for (start, _), sign in stances.items() if sign < 0]
    assert (turn.eve + timedelta(days=1), turn.day) == (friendly[-1], hostile[0])
    assert (turn.was.sign, turn.became.sign) == (1, -1)
    assert turn.before > 0 > turn.after


def test_a_turn_names_the_claims_that_pull_with_it_before_those_against_it() -> None:
    turn = the_turn(history(*BREAK))
    assert turn.pulls[0].claim in {3, 4}
    assert turn.pulls[0].cause is Cause.ARRIVED
    signs = [one.pull > 0 for one in turn.pulls]
    assert signs == sorted(signs, reverse=True)
    assert {one.claim: one.pull < 0 for one in turn.pulls}[2]  # said just before, and for the friendship


def test_what_had_held_a_tie_up_and_ended_is_named_as_faded() -> None:
    alliance, war = claim("ally_of", "2005", until="2010"), claim("fights", "2010-06-01")
    turn = the_turn(history(alliance, war))
    assert {(one.claim, one.cause) for one in turn.pulls if one.pull > 0} == {(0, Cause.FADED), (1, Cause.ARRIVED)}


def test_a_stance_that_is_lost_and_found_again_on_the_same_side_is_no_turn() -> None:
    found = history(claim("ally_of", "2005"), claim("ally_of", "2014"))
    assert Stance.UNKNOWN in {one.stance for one in found.episodes}
    assert found.changes == ()


def test_a_turn_across_years_of_silence_counts_the_days_that_say_too_little() -> None:
    turn = the_turn(history(claim("ally_of", "2005"), claim("fights", "2014")))
    assert (turn.was, turn.became) == (Stance.LEANING_FRIENDLY, Stance.LEANING_HOSTILE)
    assert turn.missing > 10


def test_a_tie_that_ends_up_contested_has_turned_from_its_side() -> None:
    voices = [claim("ally_of", "2005", voice=voice, until="2015") for voice in "abc"]
    found = history(*voices, *(claim("opposes", "2012", voice=voice, until="2015") for voice in "abc"))
    turn = the_turn(found)
    assert (turn.was, turn.became, turn.day) == (Stance.FRIENDLY, Stance.CONTESTED, date(2012, 1, 1))


def test_turns_before_the_course_begins_are_not_told() -> None:
    assert not [one for one in history(*BREAK, first="2013-01-01").changes if one.turn]


MANY = [
    claim("ally_of" if year < 2003 else "fights", f"{year}", voice=f"{year} {n}", until=f"{year + 1}")
    for year in range(1990, 2016)
    for n in range(3)
]


def test_with_evidence_enough_the_level_shifts_with_the_turn_and_counts_agree() -> None:
    turn = the_turn(history(*MANY, first="1990-01-01", n=104))
    assert turn.gain is not None
    assert turn.gain > 2 * log(104)
    assert turn.probability > 0.5


def test_looking_more_often_finds_the_same_and_makes_it_hardly_surer() -> None:
    seldom, often = (history(*MANY, first="1990-01-01", n=n, step=step) for n, step in ((104, 91), (312, 30)))
    assert [(one.day, one.turn) for one in seldom.changes] == [(one.day, one.turn) for one in often.changes]
    gains = [the_turn(one).gain for one in (seldom, often)]
    assert gains[1] == pytest.approx(gains[0], rel=0.15)


def test_few_claims_make_a_turn_but_no_shift() -> None:
    assert the_turn(history(*BREAK)).gain is None


def test_friend_and_foe_exchanged_mirror_a_turn() -> None:
    mirrored = [replace(one, relation=other.relation, sign=other.sign)
                for one, other in zip(MANY, MANY[::-1], strict=True)]  # fmt: skip
    one, other = (the_turn(history(*claims, first="1990-01-01", n=104)) for claims in (MANY, mirrored))
    assert (other.was, other.became) == (one.was.mirrored, one.became.mirrored)
    assert (other.before, other.after) == pytest.approx((-one.before, -one.after), rel=0.2)


def test_each_claim_counts_in_the_step_in_which_it_came() -> None:
    found = history(claim("ally_of", "2005"), claim("fights", "2009-02-01"), n=40)
    lowest = min(found.turnings, key=lambda one: one.friendly)
    assert lowest.day - timedelta(days=91) < date(2009, 2, 1) <= lowest.day
    assert lowest.friendly < 0.5
    alone = history(claim("ally_of", "2005"), n=40)
    assert all(one.friendly > 0.5 for one in alone.turnings)


def test_what_came_before_the_course_counts_once_as_what_is_left_of_it_on_the_first_day() -> None:
    claims = claim("ally_of", "2005", until="2006"), claim("fights", "2010")
    evidence = weigh(ClaimColumns.from_claims(claims))
    at = [date(2006, 3, 1) + timedelta(days=91 * place) for place in range(30)]
    left = evidence.masses(np.array([0]), np.array([at[0].toordinal()])).sum(axis=1)[0]
    war = evidence.masses(np.array([0]), np.array([date(2010, 1, 1).toordinal()])).sum(axis=1)[0, 1]
    step = next(place for place, day in enumerate(at) if day >= date(2010, 1, 1))
    hostile = [0.0] * step + [float(war)] + [0.0] * (29 - step)
    assert tie_changes(evidence, 0, at).turnings == turning_points(at, [float(left[0]), *[0.0] * 29], hostile)


def test_without_hindsight_a_claim_pulls_from_the_day_on_which_it_was_known() -> None:
    late = Claim(
        subject="hamas", relation=relation("fights"), object="syria", sign=-1, reader="test",
        evidence=Citation(dataset="late", version="1", row="1"), held=Period.parse("2007"),
        published=date(2010, 1, 1),
    )  # fmt: skip
    claims = (claim("ally_of", "2005", until="2007"), late)
    told, lived = (the_turn(history(*claims, hindsight=one)) for one in (Hindsight.FULL, Hindsight.NONE))
    assert (told.day.year, lived.day) == (2007, date(2010, 1, 1))


def test_a_tie_without_evidence_on_any_day_has_a_course_without_values() -> None:
    found = history(claim("ally_of", "2013"), n=4)
    assert found.course.missing == 4
    assert found.changes == ()


def test_a_course_of_no_day_is_refused() -> None:
    with pytest.raises(InvalidValue):
        history(*BREAK, n=0)


# Ties that turned


def test_ties_that_changed_sides_come_before_new_ones_and_these_before_gone_ones() -> None:
    before = [("a", "b", 1), ("b", "c", 1), ("c", "d", -1), ("d", "e", 1)]
    after = [("b", "a", 1), ("c", "b", -1), ("a", "e", 1), ("d", "e", 1)]
    found = [(one.a, one.b, one.before, one.after) for one in turned(before, after)]
    assert found == [("b", "c", 1, -1), ("a", "e", 0, 1), ("c", "d", -1, 0)]


@few
@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=6, max_size=6), st.lists(st.sampled_from([-1, 0, 1]), min_size=6,
       max_size=6))  # fmt: skip
def test_what_turned_one_way_turns_back_the_other(one: list[int], other: list[int]) -> None:
    pairs = list(combinations("abcd", 2))
    before, after = ([(a, b, sign) for (a, b), sign in zip(pairs, signs, strict=True)] for signs in (one, other))
    forth = {(t.a, t.b, t.before, t.after) for t in turned(before, after)}
    assert forth == {(t.a, t.b, t.after, t.before) for t in turned(after, before)}
    assert len(forth) == sum(a != b for a, b in zip(one, other, strict=True))


def test_the_share_of_hostile_ties_among_states_fell_around_1969_and_their_balance_only_wavered(shared: Path) -> None:
    ties: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    with gzip.open(shared / "data/networks/cow_signed_windows_1946_1999.csv.gz", "rt", newline="") as lines:
        for row in csv.DictReader(lines):
            ties[int(row["start"])].append((row["a"], row["b"], int(row["sign"])))
    at = [date(year, 1, 1) for year in sorted(ties)]
    networks = [SignedNetwork.of(ties[day.year]) for day in at]
    (found,) = change_points(at, [one.hostile / len(one) for one in networks], correlation=0.75)
    assert found.day.year == 1969
    assert (found.before, found.after) == (pytest.approx(0.164, abs=5e-4), pytest.approx(0.107, abs=5e-4))
    assert change_points(at, [frustration(one).balance for one in networks], correlation=0.75) == ()
