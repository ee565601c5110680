"""A brief as Markdown (CommonMark, with the tables of GitHub): the same words as the page, figures named in a line.

Text from outside stays text: what Markdown, or HTML inside it, would take for markup is escaped, and white space is run
together, so that no line of it begins a list or a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cordiale.figures.encoding import signed
from cordiale.plain import one_line, plain
from cordiale.reports.brief import Brief, Said, ToldTie, Turn
from cordiale.reports.citations import Reference
from cordiale.reports.sentences import AGREED, FADED, NOTHING_UNKNOWN

_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&$!]|(?<=\w):(?=//)|(?<=[wW]{3})\.|(?<=\w)@(?=\w)")


def markdown_of(brief: Brief) -> str:
    """The text."""
    return "\n".join(_lines(brief)).rstrip() + "\n"


def md(text: str) -> str:
    r"""Text from outside as Markdown shows it, letter for letter.

    >>> print(md("*bold* <b>\n# [x](javascript:y)"))
    \*bold\* \<b\> \# \[x\](javascript:y)
    """
    return _MARKUP.sub(lambda match: "\\" + match[0], one_line(text))


def _lines(brief: Brief) -> Iterator[str]:
    known = f"; as known on {brief.known}" if brief.known else ""
    yield from (f"# {md(brief.title)}", "", f"Brief, made on {brief.made}{known}. {md(brief.about)}.", "")
    yield from ("## The answer", "")
    for line in brief.answer:
        yield from (md(line), "")
    if brief.question:
        yield from (f"**{md(brief.question)}**", "", *(f"- {md(line)}" for line in brief.reasons), "")
    yield from _figures(brief)
    if brief.turns:
        yield from ("## The timeline", "")
        if brief.turns_left:
            yield from (f"{brief.turns_left} earlier turns are left out.", "")
        for turn in brief.turns:
            yield from _turn(turn)
        yield ""
    if brief.agreed:
        yield from ("## The ties and their quotes", "")
        group = ""
        for tie in brief.agreed:
            if tie.group != group:
                group = tie.group
                yield from (f"### {group}", "")
            yield from _tie(tie)
    yield from ("## What is disputed", "")
    if not brief.disputed:
        yield from (AGREED, "")
    for tie in brief.disputed:
        yield from _tie(tie)
    yield from ("## What is unknown", "")
    yield from (*(f"- {md(line)}" for line in brief.unknown or (NOTHING_UNKNOWN,)), "")
    yield from ("## The method", "", *(f"{place}. {md(line)}" for place, line in enumerate(brief.method, 1)), "")
    yield from ("## The sources", "")
    for one in brief.references:
        yield from (_reference(one), "")
    yield from (f"This brief: {md(brief.itself.text)}. {md(brief.itself.note)}.", "")
    yield from ("## BibTeX", "", "```bibtex", plain(brief.bibtex), "```")


def _figures(brief: Brief) -> Iterator[str]:
    if not brief.figures:
        return
    yield from ("## The figures", "", "The HTML of this brief draws:", "")
    yield from (*(f"- {md(one.title)}" for one in brief.figures), "")
    if not brief.rows:
        return
    yield from ("| With | Stance | Since | Weight | Certainty | Claims |", "|---|---|---|--:|--:|--:|")
    for row in brief.rows:
        stance = row.stance + (", disputed" if row.disputed and row.stance != "disputed" else "")
        cells = (md(row.other.name), stance, str(row.since or ""), signed(row.weight), f"{row.certainty:.2f}")
        yield f"| {' | '.join(cells)} | {row.claims} |"
    yield ""
    if brief.rows_left:
        yield from (f"And {brief.rows_left} weaker.", "")


def _turn(turn: Turn) -> Iterator[str]:
    before = f"from {turn.before} to " if turn.before else ""
    yield f"- {turn.when} {md(turn.other.name)}: {before}**{turn.after}**"
    if turn.faded:
        yield f"  {FADED}"
    if turn.said:
        yield f"  {_words(turn.said)} {_credit(turn.said)}"


def _tie(tie: ToldTie) -> Iterator[str]:
    since = f" since {tie.since}" if tie.since else ""
    claims = f"{tie.claims} claim{'' if tie.claims == 1 else 's'}"
    numbers = f"weight {signed(tie.weight)}, certainty {tie.certainty:.2f}; {claims}"
    yield from (
        f"{'###' if tie.disputed else '####'} {md(tie.other.name)}",
        "",
        f"{tie.stance}{since}; {numbers}.",
        "",
        f"{md(tie.history)}.",
        "",
    )
    if tie.disputed:
        for side in tie.sides:
            if side.quotes:
                yield from (f"**{side.head}**", "")
                for said in side.quotes:
                    yield from _said(said)
    else:
        for said in tie.quotes:
            yield from _said(said)
    if tie.left:
        yield from (f"And {tie.left} more claims that weigh less, not quoted here.", "")


def _said(said: Said) -> Iterator[str]:
    yield f"> {_words(said)}  "
    if said.why:
        yield f"> {said.cause}“{md(said.why.text)}”  "
    yield from (f"> {md('; '.join(said.claims))}. {_credit(said)}", "")


def _words(said: Said) -> str:
    return f"“{md(said.text)}”" if said.quote else md(said.text)


def _credit(said: Said) -> str:
    return f"{md(said.credit)} \\[{said.number}\\]"


def _reference(one: Reference) -> str:
    url = f". <{one.url}>" if one.url else ""
    found = f", {md(one.found)}" if one.found else ""
    return f"\\[{one.number}\\] {md(one.text)}{url}{found}"
