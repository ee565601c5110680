"""Phoenix of the Open Event Data Alliance: daily files, tab-separated, without a head; class 0 is neutral."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from cordiale.events.formats import Format, key


def _side(side: str, end: str) -> str:
    return f"""
        {end}ActorFull AS {side}_code, NULL AS {side}_name, left({end}ActorEntity, 3) AS {side}_country,
        nullif(substr({end}ActorEntity, 4), '') AS {side}_known_group, {end}ActorRole AS {side}_roles"""


_ROWS = f"""
    SELECT EventID AS event_id, happened AS day, 1 AS days, happened AS added, {key("a", coded=True)} AS a_key,
        {key("b", coded=True)} AS b_key, a_name, b_name, EventCode AS code,
        as_tenths(GoldsteinScore) AS score, as_class(QuadClass) AS quad,
        NULL::BOOLEAN AS root, GeoCountryName AS place, URLs AS url, NULL::INTEGER AS mentions, 0 AS part, 1 AS parts
    FROM (SELECT *, {_side("a", "Source")}, {_side("b", "Target")}, as_day("Date") AS happened FROM raw)
"""


def _looks(row: Sequence[str]) -> bool:
    return re.fullmatch(r"\d{8}", row[1]) is not None and re.fullmatch(r"\d{4}", row[2]) is not None


PHOENIX = Format(
    name="phoenix", title="Phoenix", scheme="goldstein", rows=_ROWS, looks=_looks,
    judged=("EventID", "Date", "EventCode", "GoldsteinScore"),
    columns=(
        "EventID", "Date", "Year", "Month", "Day", "SourceActorFull", "SourceActorEntity", "SourceActorRole",
        "SourceActorAttribute", "TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute",
        "EventCode", "EventRootCode", "QuadClass", "GoldsteinScore", "Issues", "ActionLat", "ActionLong",
        "LocationName", "GeoCountryName", "GeoStateName", "SentenceID", "URLs", "NewsSources",
    ),
    needed=("EventID", "Date", "SourceActorEntity", "TargetActorEntity", "EventCode", "GoldsteinScore"),
    widths=frozenset({26}), release=re.compile(r"^events\.full\.(\d{8})", re.IGNORECASE),
    step=timedelta(days=1),
    licence="of the Open Event Data Alliance; read its terms before you publish",
    cite="Open Event Data Alliance: Phoenix data set.",
    bias="Reports, not events, read by machine; one line for all stories of a day that say the same.",
)  # fmt: skip
