"""GDELT 1.0 and 2.0: the export files, tab-separated, without a head.

The backfile of 1.0 to March 2013 has no address at the end of a line: columns count from the left. `DATEADDED` is when
GDELT learned of an event; `SQLDATE` is when it happened, and for some lines in a hundred lies exactly a week, a month
or a year back, from a relative date in a story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from cordiale.events.formats import Format, key

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_HEAD = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate")
_EVENT = (
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip


def _columns(geo: Sequence[str]) -> tuple[str, ...]:
    actors = [f"Actor{side}{part}" for side in (1, 2) for part in _ACTOR]
    places = [f"{of}Geo_{part}" for of in ("Actor1", "Actor2", "Action") for part in geo]
    return (*_HEAD, *actors, *_EVENT, *places, "DATEADDED", "SOURCEURL")


def _side(side: str, number: int) -> str:
    return f"""
        Actor{number}Code AS {side}_code, Actor{number}Name AS {side}_name, Actor{number}CountryCode AS {side}_country,
        Actor{number}KnownGroupCode AS {side}_known_group,
        nullif(concat_ws('|', Actor{number}Type1Code, Actor{number}Type2Code, Actor{number}Type3Code), '')
            AS {side}_roles"""


_ROWS = f"""
    SELECT GLOBALEVENTID AS event_id, day, 1 AS days, added, {key("a", coded=True)} AS a_key,
        {key("b", coded=True)} AS b_key, a_name, b_name, code, score, quad, root,
        ActionGeo_CountryCode AS place, SOURCEURL AS url, mentions, 0 AS part, 1 AS parts
    FROM (
        SELECT *, {_side("a", 1)}, {_side("b", 2)},
            as_day(SQLDATE) AS day, as_day(left(DATEADDED, 8)) AS added,
            CASE WHEN length(EventRootCode) = 1 THEN '0' || EventCode ELSE EventCode END AS code,
            as_tenths(GoldsteinScale) AS score, as_class(QuadClass) AS quad, IsRootEvent = '1' AS root,
            try_cast(NumMentions AS INTEGER) AS mentions
        FROM raw
    )
"""


def _looks(row: Sequence[str]) -> bool:
    return re.fullmatch(r"\d+", row[0]) is not None and re.fullmatch(r"\d{8}", row[1]) is not None


_BIAS = (
    "Reports, not events: read by machine, with an English and Western tilt; one story gives several lines and a third "
    "of the lines between two states repeat another; more than 2 lines in 100 are dated back."
)
_TERMS = {
    "scheme": "goldstein", "roots": True, "looks": _looks, "rows": _ROWS, "bias": _BIAS,
    "judged": ("GLOBALEVENTID", "SQLDATE", "DATEADDED", "EventCode", "EventRootCode", "GoldsteinScale"),
    "needed": ("GLOBALEVENTID", "SQLDATE", "Actor1Code", "Actor2Code", "EventCode", "GoldsteinScale", "DATEADDED"),
    "licence": "free with citation and a link to gdeltproject.org; read its terms before you publish",
    "cite": "Leetaru, K. and P. A. Schrodt (2013): GDELT: Global Data on Events, Location and Tone, 1979-2012. ISA.",
}  # fmt: skip

GDELT1 = Format(
    name="gdelt1", title="GDELT 1.0 Event Database", columns=_columns([part for part in _GEO if part != "ADM2Code"]),
    widths=frozenset({57, 58}), step=timedelta(days=1),
    release=re.compile(r"^((?:19|20)\d{2}|(?:19|20)\d{4}|(?:19|20)\d{6})(?:\.export)?\.csv", re.IGNORECASE), **_TERMS,  # type: ignore[arg-type]
)  # fmt: skip
GDELT2 = Format(
    name="gdelt2", title="GDELT 2.0 Event Database", columns=_columns(_GEO), widths=frozenset({61}),
    release=re.compile(r"^(\d{14}(?:\.translation)?)\.export\.csv", re.IGNORECASE),
    step=timedelta(minutes=15), **_TERMS,  # type: ignore[arg-type]
)  # fmt: skip
