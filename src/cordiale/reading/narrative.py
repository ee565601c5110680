"""The time that a text tells of, sentence by sentence.

A sentence in the past without a date is of the date before it: within a paragraph always, from one paragraph to the
next only where the whole text looks back, that is, where nothing in it is dated near its publication. The same time
says which "Moscow" or "Turkey" is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cordiale.periods import Precision
from cordiale.reading.dates import Moment, find_dates, find_days
from cordiale.reading.happenings import Happenings
from cordiale.reading.lexicon import Form, lexicon
from cordiale.reading.sentences import Sentence

_PRESENT = frozenset({"is", "are", "has", "have", "will", "still", "now", "remains"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """What is known of a sentence's time: the dates that hold for it, and the day that its names are of, if any."""

    moments: Sequence[Moment]
    day: date | None


def timeline(text: str, sentences: Sequence[Sentence], published: date | None, happenings: Happenings) -> list[Time]:
    """The time of each sentence of a text."""
    return list(_told(text, sentences, published, happenings))


def _told(text: str, sentences: Sequence[Sentence], published: date | None, happenings: Happenings) -> Iterator[Time]:
    explicit = [find_dates(text, s, published=published, happenings=happenings) for s in sentences]
    years = [m.day.year for found in explicit for m in found]
    backward = _looks_back(years, published) and not _opens_as_news(text, sentences, explicit, published)
    last: list[Moment] = []
    told = date(years[0], 7, 1) if backward else published
    paragraph = -1
    for sentence, dated in zip(sentences, explicit, strict=True):
        lately = date(told.year, 12, 31) if backward and told is not None else published
        days = find_days(text, sentence, lately, weekdays=not backward) if lately is not None else []
        found = sorted([*dated, *days], key=lambda m: m.start)
        if found and (backward or not all(m.named for m in found)):
            last, paragraph = found, sentence.paragraph
            told = date(found[-1].day.year, 7, 1) if backward else published
        if found:
            own = [m.day for m in dated if m.lead in {"in", "on", "during"} and not m.named]
            yield Time(moments=found, day=date(own[0].year, 7, 1) if own else told)
        elif last and points_back(sentence.low):
            yield Time(moments=last, day=told)
        elif last and (backward or sentence.paragraph == paragraph) and is_past(sentence.low):
            start = date(last[-1].day.year, 1, 1)
            yield Time(moments=[Moment(start=0, end=0, day=start, precision=Precision.YEAR, lead="")], day=told)
        else:
            yield Time(moments=(), day=told)


def _looks_back(years: Sequence[int], published: date | None) -> bool:
    """Whether a text tells of times well before its publication only; a stray old year does not make it so."""
    if published is None:
        return bool(years)
    return len(years) >= 3 and all(year < published.year - 1 for year in years)


def _opens_as_news(
    text: str, sentences: Sequence[Sentence], explicit: Sequence[Sequence[Moment]], published: date | None
) -> bool:
    """Whether a day without its year ("on 28 November") comes before any year: such a day is of the time of writing."""
    if published is None:
        return False
    for sentence, dated in zip(sentences, explicit, strict=True):
        days = find_days(text, sentence, published, weekdays=True)
        if days and (not dated or days[0].start < dated[0].start):
            return True
        if dated:
            return False
    return False


def is_past(low: Sequence[str]) -> bool:
    """Whether a sentence tells of the past.

    >>> is_past("iran backed the group".split()), is_past("iran has close ties".split())
    (True, False)
    """
    return not _PRESENT & set(low) and (bool({"was", "were", "had", "did"} & set(low)) or any(map(_past_verb, low)))


def _past_verb(word: str) -> bool:
    if len(word) > 4 and word.endswith("ed"):
        return True
    return any(form in {Form.PAST, Form.PARTICIPLE} for form, _ in lexicon().verbs.get(word, ()))


def points_back(low: Sequence[str]) -> bool:
    """Whether a sentence dates itself by the one before: "ever since", "since then", "that year".

    >>> points_back("trade has been free ever since .".split())
    True
    """
    text = " ".join(low)
    return any(phrase in text for phrase in ("ever since", "since then", "that year", "the same year", "at that time"))
