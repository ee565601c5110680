"""When: the dates that a sentence gives, and the one that a clause means.

Explicit dates of any precision, "since", "from ... to", and words relative to the day of publication. A date beside
the cue wins over one at the sentence's start. A document's own day of publication is never a claim's date by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cordiale.errors import InvalidValue
from cordiale.periods import ALWAYS, Period, Precision
from cordiale.reading.happenings import Happenings
from cordiale.reading.sentences import Sentence
from cordiale.relations import Layer, Relation

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted({*_MONTHS, *(name.title() for name in _MONTHS)} - {"may", "mar"}, key=len, reverse=True))
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = "|".join(_WEEKDAYS)
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    rf"|(?P<m3>{_MONTH})\b\.?,?\s+(?:of\s+)?(?P<y3>\d{{4}})"
    r"|(?P<y4>1[6-9]\d\d|20\d\d)(?:s\b)?)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(since|from|until|till|by|before|after|between|to|and|in|on|during|through)\s+(?:the\s+|\w+\s+of\s+|early\s+|late\s+|mid-?\s*)*$",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(since|after|before|until|during|following|when|as|because of|due to|over|throughout|in)\s+"
    r"(?:(?:the|an?)\s+)?(?:(?:outbreak|start|end|beginning|wake|aftermath|eve|course)\s+of\s+(?:the\s+)?)?$",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?:in|since|last|during|until|early|late|mid|of)[\s-]+(?P<m3>{_MONTH})|on\s+(?P<weekday>{_WEEKDAY}))\b(?!\.?,?\s+\d)",
)
_RELATIVE = re.compile(
    r"\b(?:(?P<last>last|this|next|the\s+previous)\s+(?P<unit>year|month|week)|(?P<day>yesterday|today|tomorrow)"
    r"|(?P<count>\d{1,4}|a|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<units>years?|months?|weeks?|days?)\s+ago)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}")
_PARTIAL_WORDS = frozenset(_MONTHS) | {day.lower() for day in _WEEKDAYS}
_RELATIVE_WORDS = frozenset({"last", "this", "next", "previous", "yesterday", "today", "tomorrow", "ago"})
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {"a": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date in a text: its place, and how the words before it bind it (`since`, `until`, `before`, or "").

    `named` where it is that of a happening, not a date that is written out.
    """

    start: int
    end: int
    day: date
    precision: Precision
    lead: str
    named: bool = False


def find_dates(text: str, sentence: Sentence, *, published: date | None, happenings: Happenings) -> list[Moment]:
    """The dates of a sentence that say their year, in order; `published` is what "yesterday" is counted from."""
    start, end = sentence.start, sentence.end
    found = []
    dated = _YEAR.search(text, start, end) is not None
    for match in _DATE.finditer(text, start, end) if dated else ():
        year = match["y1"] or match["y2"] or match["y3"] or match["y4"]
        month = match["m1"] or match["m2"] or match["m3"]
        day = match["d1"] or match["d2"]
        if match[0].endswith("s") and not month:
            continue  # "the 1970s" is no year
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        try:
            when = date(int(year), _MONTHS[month.casefold()] if month else 1, int(day) if day else 1)
        except ValueError:
            continue
        lead = _LEAD.search(text[max(start, match.start() - 30) : match.start()])
        found.append(
            Moment(
                start=match.start(),
                end=match.end(),
                day=when,
                precision=precision,
                lead=lead[1].lower() if lead else "",
            )
        )
    for first, last, event in happenings.find(text, sentence):
        bound = _BOUND.search(text[max(start, first - 40) : first])
        if (
            event.held.start is not None and bound is not None
        ):  # a happening dates what is said to be after it, or in it
            word = "" if bound[1].lower() in {"as", "when"} else bound[1].lower()
            found.append(
                Moment(
                    start=first,
                    end=last,
                    day=event.held.start,
                    precision=event.held.start_precision,
                    lead=word,
                    named=True,
                )
            )
    if published is not None and not _RELATIVE_WORDS.isdisjoint(sentence.low):
        for match in _RELATIVE.finditer(text, start, end):
            moment = _relative(match, published)
            if moment is not None:
                found.append(moment)
    return sorted(found, key=lambda m: m.start)


def find_days(text: str, sentence: Sentence, lately: date, *, weekdays: bool) -> list[Moment]:
    """The days and months of a sentence that do not say their year, in order.

    `lately` is the day before which they were last: that of publication in news, the end of the year told of in a text
    that looks back, where no weekday can be told.
    """
    if _PARTIAL_WORDS.isdisjoint(sentence.low):
        return []
    matches = _PARTIAL.finditer(text, sentence.start, sentence.end)
    moments = (_partial(match, lately) for match in matches if weekdays or not match["weekday"])
    return [moment for moment in moments if moment is not None]


def _partial(match: re.Match[str], lately: date) -> Moment | None:
    """A day without a year, or a weekday, as the last one before a day."""
    if match["weekday"]:
        back = (lately.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
        when, precision = lately - timedelta(days=back), Precision.DAY
    else:
        month = _MONTHS[(match["m1"] or match["m2"] or match["m3"]).casefold()]
        day = int(match["d1"] or match["d2"] or 1)
        precision = Precision.DAY if match["d1"] or match["d2"] else Precision.MONTH
        try:
            when = date(lately.year, month, day)
            if when > lately:
                when = date(lately.year - 1, month, day)
        except ValueError:
            return None
    return Moment(start=match.start(), end=match.end(), day=when, precision=precision, lead="")


def _relative(match: re.Match[str], published: date) -> Moment | None:
    try:
        if match["day"]:
            shift = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["day"].lower()]
            when, precision = published + timedelta(days=shift), Precision.DAY
        elif match["unit"]:
            back = 0 if match["last"].lower() == "this" else 1 if match["last"].lower() == "next" else -1
            when, precision = _shifted(published, back, match["unit"].lower())
        else:
            count = _NUMBERS.get(match["count"].lower()) or int(match["count"])
            when, precision = _shifted(published, -count, match["units"].lower().rstrip("s"))
    except (ValueError, OverflowError):
        return None  # before the calendar begins, or after it ends
    return Moment(start=match.start(), end=match.end(), day=when, precision=precision, lead="")


def _shifted(day: date, count: int, unit: str) -> tuple[date, Precision]:
    if unit == "year":
        return date(day.year + count, 1, 1), Precision.YEAR
    if unit == "month":
        months = day.year * 12 + day.month - 1 + count
        return date(months // 12, months % 12 + 1, 1), Precision.MONTH
    return day + timedelta(days=count * (7 if unit == "week" else 1)), Precision.DAY


def held(moments: Sequence[Moment], cue: int, relation: Relation) -> Period:
    """The period that a claim holds, from the dates of its sentence; `cue` is the offset of the words that state it.

    An act happens within the date; a status begins at it, unless the words before it say until when. The nearest date
    after the cue is preferred, then the nearest before it.
    """
    if not moments:
        return ALWAYS
    later = [m for m in moments if m.start >= cue]
    nearest = (
        later[0]
        if later and later[0].start - cue < 120
        else max((m for m in moments if m.start < cue), key=lambda m: m.start, default=moments[0])
    )
    ranged = [
        m
        for m in moments
        if m.start > nearest.end and m.start - nearest.end < 20 and m.lead in {"to", "until", "and", "till"}
    ]
    try:
        if nearest.lead in {"from", "between"} and ranged:
            return Period(
                start=nearest.day,
                end=ranged[0].day,
                start_precision=nearest.precision,
                end_precision=ranged[0].precision,
            )
        if nearest.lead in {"until", "till", "before"}:
            return Period(end=nearest.day, end_precision=nearest.precision)
        if relation.layer is Layer.ACT and nearest.lead not in {"since", "after"}:
            return Period.within(nearest.day, nearest.precision)
        return Period.since(nearest.day, nearest.precision)
    except (InvalidValue, ValueError):
        return ALWAYS
