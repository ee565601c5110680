"""ICEWS Coded Event Data, as Dataverse has it: tab-separated with a head, countries by name, `NA` where there is none.

Releases differ: that of 2017 had days as d/m/yyyy and no CAMEO code; the intensity stands in each. The story's number
and publisher stand for its address. When an event became known is not said: the day that it happened is taken.
"""

from __future__ import annotations

import re

from cordiale.events.formats import Format, key


def _side(side: str, end: str) -> str:
    return f"""
        NULL AS {side}_code, nullif("{end} Name", 'NA') AS {side}_name, nullif("{end} Country", 'NA') AS {side}_country,
        NULL AS {side}_known_group, nullif(array_to_string(list_sort(list_distinct(
            string_split(nullif("{end} Sectors", 'NA'), ','))), '|'), '') AS {side}_roles"""


_ROWS = f"""
    SELECT "Event ID" AS event_id, day, 1 AS days, day AS added, {key("a")} AS a_key, {key("b")} AS b_key, a_name,
        b_name, nullif("CAMEO Code", 'NA') AS code, as_tenths(nullif("Intensity", 'NA')) AS score,
        NULL::TINYINT AS quad, NULL::BOOLEAN AS root, nullif("Country", 'NA') AS place,
        'icews story ' || "Story ID" || coalesce(', ' || nullif("Publisher", 'NA'), '') AS url,
        NULL::INTEGER AS mentions, 0 AS part, 1 AS parts
    FROM (SELECT *, {_side("a", "Source")}, {_side("b", "Target")}, as_day("Event Date") AS day FROM raw)
"""

ICEWS = Format(
    name="icews", title="ICEWS Coded Event Data", scheme="intensity", rows=_ROWS,
    judged=("Event ID", "Event Date", "CAMEO Code", "Intensity"),
    columns=(
        "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
        "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
        "City", "District", "Province", "Country", "Latitude", "Longitude",
    ),
    needed=("Event ID", "Event Date", "Source Name", "Source Country", "Intensity", "Target Name", "Target Country"),
    widths=frozenset(), looks=lambda _: False,
    release=re.compile(r"^events\.(\d{4})(?:\.\d{8,14})?\.tab", re.IGNORECASE),
    licence="of the Dataverse that you took it from; cite it",
    cite="Boschee, E. et al. (2015): ICEWS Coded Event Data. Harvard Dataverse, doi:10.7910/DVN/28075.",
    bias=(
        "Reports, not events, read by machine; nearly half of the lines are within one country; some years came out "
        "with whole lines twice; weekly files are replaced by those of the year."
    ),
)  # fmt: skip
