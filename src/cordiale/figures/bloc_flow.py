"""Who was in which bloc over time: a column a day on which something changed, and ribbons for those who go together.

Blocs keep their letter from day to day as their labels do. Those who are alone share one block: that they are drawn
together says nothing of each other. An actor without a tie on a day is in no block of it, and has no ribbon there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from lxml import etree

from cordiale.figures.axis import nothing
from cordiale.figures.paper import MARGIN, TEXT_CHARS, Figure, Paper, cut, number
from cordiale.networks import Labelled

COLUMNS = 12
"""Days that are drawn."""
HEIGHT, SIDE, BLOCK, SPACE = 340, 172, 16, 10
"""The height of the tallest column, the room of names at either side, the width of a block, and between two."""
HUES = 6
"""Shades that blocs are told apart by, beside their letters."""
TOLD = 8
"""Blocs that are told below, of those that neither side names."""
ALONE = -1
"""The label of those who are alone."""


def bloc_flow(course: Sequence[Labelled], names: Mapping[str, str], *, notes: Sequence[str] = ()) -> Figure:
    """Membership in blocs over the days of a course, the earliest first; `names` are those of actors, by id.

    Days on which nothing changed are passed over. Of more than twelve changes those of most actors are drawn, with the
    first and the last day, and the figure says how many more there are.

    >>> from cordiale.networks import blocs_over_time
    >>> early, late = [("a", "b", 1), ("b", "c", 1)], [("a", "b", 1), ("b", "c", -1)]
    >>> found = blocs_over_time([(date(1890, 1, 1), early), (date(1891, 1, 1), late)])
    >>> bloc_flow(found, {"a": "Austria"}).title
    '1 bloc on 1890-01-01, and on 1891-01-01 1 bloc and 1 actor alone; 1 change between'
    """
    sides = [_sides(one) for one in course]
    changed = [n for n in range(len(course)) if n == 0 or sides[n] != sides[n - 1]]
    kept = _kept(sides, changed)
    paper = Paper("flow", sentence(course, sides, len(changed) - 1))
    if not course:
        return nothing(paper, notes)
    letters = _letters(sides)
    left, right = MARGIN + SIDE, paper.width - MARGIN - SIDE
    xs = [left + (right - left - BLOCK) * n / max(len(kept) - 1, 1) for n in range(len(kept))]
    blocks = [_blocks(sides[n]) for n in kept]
    tallest = max((sum(map(len, one.values())) for one in blocks), default=1) or 1
    most = max(map(len, blocks))
    unit = min((HEIGHT - SPACE * most) / tallest, 20.0)
    top = paper.top + 36
    tops = [_tops(one, unit, top) for one in blocks]
    ribbons = paper.group("ribbons")
    for n in range(len(kept) - 1):
        between = (course[kept[n]].at, course[kept[n + 1]].at)
        _ribbons(paper, ribbons, blocks[n : n + 2], tops[n : n + 2], (xs[n] + BLOCK, xs[n + 1]), unit, letters, between)
    form = _form([course[n].at for n in kept])
    for n, own in enumerate(blocks):
        day = course[kept[n]].at
        for row, part in enumerate(filter(None, (f"{day.year:04}", day.strftime(form)))):
            paper.text(xs[n] + BLOCK / 2, paper.top + 12 + 14 * row, part, css="dim small", anchor="middle")
        for label, members in own.items():
            _block(paper, label, members, names, letters, (xs[n], tops[n][label]), unit, day)
    _beside(paper, blocks[0], tops[0], names, letters, unit, xs[0] - 8, "end")
    if len(kept) > 1:
        _beside(paper, blocks[-1], tops[-1], names, letters, unit, xs[-1] + BLOCK + 8, "start")
    low = max((tops[n][label] + unit * len(own[label]) for n, own in enumerate(blocks) for label in own), default=top)
    paper.top = round(low + 14)
    _between(paper, [course[n].at for n in kept], blocks, names, letters)
    if (more := len(changed) - len(kept)) > 0:
        paper.top += 18
        paper.text(MARGIN, paper.top, f"and {more} more {'day' if more == 1 else 'days'} with changes", css="dim")
    return paper.done(notes)


def sentence(course: Sequence[Labelled], sides: Sequence[Mapping[str, int]], changes: int) -> str:
    """What the figure shows, in words."""
    if not course:
        return "No blocs are known"
    first = f"{_counted(sides[0])} on {course[0].at}"
    if len(course) == 1:
        return first
    if not changes:
        return f"{first}, and the same to {course[-1].at}"
    changed = f"{changes} {'change' if changes == 1 else 'changes'} between"
    return f"{first}, and on {course[-1].at} {_counted(sides[-1])}; {changed}"


def _counted(sides: Mapping[str, int]) -> str:
    blocs = len(set(sides.values()) - {ALONE})
    alone = sum(label == ALONE for label in sides.values())
    told = f"{blocs or 'No'} {'bloc' if blocs == 1 else 'blocs'}"
    return told + (f" and {alone} {'actor' if alone == 1 else 'actors'} alone" if alone else "")


def _sides(one: Labelled) -> dict[str, int]:
    """The label of each actor's bloc; those of blocs of one share a label."""
    return {
        actor: label if len(members) > 1 else ALONE
        for label, members in zip(one.labels, one.blocs.members, strict=True)
        for actor in members
    }


def _kept(sides: Sequence[Mapping[str, int]], changed: Sequence[int]) -> list[int]:
    """The changes that are drawn: the first day, the last change, and those between at which most actors moved."""
    if len(changed) <= COLUMNS:
        return list(changed)

    def moved(n: int) -> int:
        before, now = sides[n - 1], sides[n]
        return sum(before.get(actor) != now.get(actor) for actor in before.keys() | now.keys())

    inner = sorted(changed[1:-1], key=lambda n: (-moved(n), n))[: COLUMNS - 2]
    return sorted([changed[0], *inner, changed[-1]])


def _letters(sides: Sequence[Mapping[str, int]]) -> dict[int, str]:
    """A letter for each label, in the order in which they appear; past Z with a number."""
    found: dict[int, str] = {}
    for one in sides:
        for label in sorted(set(one.values()) - {ALONE} - found.keys()):
            place = len(found)
            found[label] = chr(ord("A") + place % 26) + (str(place // 26 + 1) if place >= 26 else "")
    return found


def _blocks(sides: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    """The members of each block of a day, by label, from the top down; those who are alone come last."""
    order = sorted(set(sides.values()), key=lambda label: (label == ALONE, label))
    return {label: tuple(sorted(actor for actor, own in sides.items() if own == label)) for label in order}


def _tops(blocks: Mapping[int, Sequence[str]], unit: float, top: float) -> dict[int, float]:
    found = {}
    for label, members in blocks.items():
        found[label] = top
        top += unit * len(members) + SPACE
    return found


def _form(days: Sequence[date]) -> str:
    """How to write what comes after the years of days: no more than tells them apart from the first of a month."""
    if any(day.day > 1 for day in days):
        return "%m-%d"
    return "%m" if any(day.month > 1 for day in days) else ""


def _css(label: int, letters: Mapping[int, str]) -> str:
    return "alone" if label == ALONE else f"bloc-{list(letters).index(label) % HUES}"


def _called(label: int, letters: Mapping[int, str]) -> str:
    return "Each alone" if label == ALONE else f"Bloc {letters[label]}"


def _list(members: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(sorted(names.get(actor, actor) for actor in members))


def _block(
    paper: Paper, label: int, members: Sequence[str], names: Mapping[str, str], letters: Mapping[int, str],
    at: tuple[float, float], unit: float, day: date,
) -> None:  # fmt: skip
    x, y = at
    told = f"{_called(label, letters)} on {day}: {_list(members, names)}"
    held = paper.group(f"block {_css(label, letters)}", role="img", aria_label=told)
    paper.add("title", held, told)
    paper.add("rect", held, x=x, y=y, width=BLOCK, height=max(unit * len(members), 1.0), css="shade")
    if label != ALONE and unit * len(members) >= 12:
        middle = y + unit * len(members) / 2 + 4
        paper.text(x + BLOCK / 2, middle, letters[label], held, css="letter small", anchor="middle")


def _ribbons(
    paper: Paper, within: etree._Element, blocks: Sequence[Mapping[int, Sequence[str]]],
    tops: Sequence[Mapping[int, float]], xs: tuple[float, float], unit: float, letters: Mapping[int, str],
    days: tuple[date, date],
) -> None:  # fmt: skip
    """A ribbon for those who are in one block of the one day and in one of the next, as wide as they are many."""
    after = {actor: label for label, members in blocks[1].items() for actor in members}
    flows = Counter(
        (label, after[actor]) for label, members in blocks[0].items() for actor in members if actor in after
    )
    order = [list(own) for own in blocks]
    used = [dict.fromkeys(own, 0.0) for own in order]
    half = (xs[0] + xs[1]) / 2
    for one, other in sorted(flows, key=lambda pair: (order[0].index(pair[0]), order[1].index(pair[1]))):
        wide = flows[one, other] * unit
        y, v = tops[0][one] + used[0][one], tops[1][other] + used[1][other]
        used[0][one] += wide
        used[1][other] += wide
        x, h, u = number(xs[0]), number(half), number(xs[1])
        told = f"{_called(one, letters)} to {_called(other, letters).lower() if other == ALONE else letters[other]}"
        d = f"M{x} {number(y)}C{h} {number(y)} {h} {number(v)} {u} {number(v)}L{u} {number(v + wide)}"
        d += f"C{h} {number(v + wide)} {h} {number(y + wide)} {x} {number(y + wide)}Z"
        label = f"{told}, {days[0]} to {days[1]}: {flows[one, other]}"
        # Those who leave a bloc keep its shade up to where they arrive: so one sees where a block was drawn from.
        held = paper.group(f"ribbon {_css(one, letters)}", within, role="img", aria_label=label)
        paper.add("path", held, d=d, css="shade")


def _beside(
    paper: Paper, blocks: Mapping[int, Sequence[str]], tops: Mapping[int, float], names: Mapping[str, str],
    letters: Mapping[int, str], unit: float, x: float, anchor: str,
) -> None:  # fmt: skip
    """The members of each block, in as many lines as it is high."""
    room = int((SIDE - 12) / (TEXT_CHARS * 0.92))
    for label, members in blocks.items():
        high = unit * len(members) + SPACE
        most = max(int(high / 14), 1)
        head = "Each alone: " if label == ALONE else f"{letters[label]}: "
        lines = _lines(head, [names.get(actor, actor) for actor in members], room, most)
        y = tops[label] + unit * len(members) / 2 - 7 * len(lines) + 11
        for row, line in enumerate(lines):
            paper.text(x, y + 14 * row, line, css="small", anchor=anchor).set("aria-hidden", "true")


def _lines(head: str, names: Sequence[str], room: int, most: int) -> list[str]:
    """Names after a word, in so many lines at most, with how many more there are."""
    lines = [""]
    for place, name in enumerate(sorted(names)):
        left = len(names) - place
        longer = f"{lines[-1]}, {name}" if lines[-1] else cut(head + name, room)
        if len(longer) + (4 if left > 1 else 0) <= room or not lines[-1]:
            lines[-1] = longer
        elif len(lines) < most:
            lines[-1] += ","
            lines.append(cut(name, room))
        else:
            lines[-1] = f"{cut(lines[-1], room - 5)} +{left}"
            break
    return lines


def _between(
    paper: Paper, days: Sequence[date], blocks: Sequence[Mapping[int, Sequence[str]]], names: Mapping[str, str],
    letters: Mapping[int, str],
) -> None:  # fmt: skip
    """The members of blocs that come and go between the first column and the last, on the day that they appear."""
    seen = {*blocks[0], *blocks[-1], ALONE}
    found = []
    for day, own in zip(days, blocks, strict=True):
        found += [(label, day, members) for label, members in own.items() if label not in seen]
        seen.update(own)
    for label, day, members in found[:TOLD]:
        paper.top += 16
        told = f"{letters[label]} on {day}: {_list(members, names)}"
        paper.text(MARGIN, paper.top, cut(told, (paper.width - 2 * MARGIN) / (TEXT_CHARS * 0.92)), css="small")
    if len(found) > TOLD:
        paper.top += 16
        paper.text(MARGIN, paper.top, f"and {len(found) - TOLD} more blocs", css="dim small")
