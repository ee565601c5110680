"""The day that a text gives itself: a line of its own, or the dateline before its first sentence.

"14 December 2000", "Published: 2000-12-14", "CAIRO, Aug 22, 1990 (Reuters) - ...", within the first lines only. A date
further down is a date that the text tells of. Only a full day counts: nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    month: number
    for number, months in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sept sep,october oct,"
        "november nov,december dec".split(","),
        1,
    )
    for month in months.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = (
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})\.?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))"
)
_ALONE = re.compile(
    r"(?:(?:published|posted|updated|date|first published)\s*(?:on|:)?\s*)?(?:\w+day,?\s+)?"
    rf"{_DAY}[.,]?\s*(?:[-–—|•].*)?\Z",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    rf"[A-Z][A-Z’' .-]+(?:,\s*[A-Z][\w .]+)?,\s+{_DAY}\.?\s*(?:\([^)]*\))?\s*(?:[-–—:]|$)", re.IGNORECASE
)
_LINES = 6


def day_of(text: str, *, today: date) -> date | None:
    """The day that the first lines of a text give it, never later than `today`; None where they give none.

    >>> day_of("Talks end\\n22 August 1990\\nEnvoys left the capital.", today=date(2000, 1, 1))
    datetime.date(1990, 8, 22)
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_LINES]
    for line in lines:
        match = (len(line) < 60 and _ALONE.match(line)) or (line[:2].isupper() and _DATELINE.match(line))
        if not match:
            continue
        try:
            if match["iso"]:
                found = date.fromisoformat(match["iso"])
            else:
                month = _MONTHS[(match["m1"] or match["m2"]).lower()]
                found = date(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"]))
        except ValueError:
            continue
        if found <= today:
            return found
    return None
