"""POLECAT: PLOVER events with a head, tab-separated, `None` where there is nothing.

An end may have several countries, separated by `;`: each pair of them is a tie of its own, and together they weigh as
one event. The release of some years calls the intensity "Event Intensity".
"""

from __future__ import annotations

import re

from cordiale.events.formats import Format, key


def _listed(column: str) -> str:
    """SQL for the different entries of a cell, in order; one that is NULL where there is none."""
    cells = f"""list_filter(list_transform(string_split(coalesce({column}, ''), ';'), lambda x: trim(x)),
        lambda x: x NOT IN ('', 'None'))"""
    return f"CASE WHEN len({cells}) = 0 THEN [NULL]::VARCHAR[] ELSE list_sort(list_distinct({cells})) END"


def _side(side: str, end: str) -> str:
    sectors = f'"Primary {end} Sector"'
    return f"""
        NULL AS {side}_code, nullif("{end} Name", 'None') AS {side}_name, NULL AS {side}_known_group,
        nullif({sectors}, 'None') AS {side}_roles, {_listed(f'"{end} Country"')} AS {side}_countries"""


_ROWS = f"""
    SELECT event_id, day, 1 AS days, added, {key("a")} AS a_key, {key("b")} AS b_key, a_name, b_name, code, score,
        quad, NULL::BOOLEAN AS root, place, NULL AS url, NULL::INTEGER AS mentions, part, parts
    FROM (
        SELECT *, a_countries[1 + part // len(b_countries)] AS a_country,
            b_countries[1 + part % len(b_countries)] AS b_country
        FROM (SELECT *, unnest(range(parts)) AS part FROM (
            SELECT *, "Event ID" AS event_id, {_side("a", "Actor")}, {_side("b", "Recipient")},
                as_day("Event Date") AS day, coalesce(as_day(nullif("Publication Date", 'None')), as_day("Event Date"))
                    AS added,
                concat_ws('/', upper(nullif("Event Type", 'None')), lower(nullif("Event Mode", 'None'))) AS code,
                as_tenths(nullif("Intensity", 'None')) AS score, as_quad("Quad Code") AS quad,
                nullif("Country", 'None') AS place, (len(a_countries) * len(b_countries))::INTEGER AS parts
            FROM raw))
    )
"""

POLECAT = Format(
    name="polecat", title="POLECAT", scheme="plover", rows=_ROWS,
    judged=("Event ID", "Event Date", "Publication Date", "Event Type", "Event Mode", "Intensity"),
    columns=(
        "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
        "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
        "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
        "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
        "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
        "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
    ),
    other_names={"eventintensity": "Intensity"},
    needed=("Event ID", "Event Date", "Event Type", "Event Mode", "Actor Country", "Recipient Country"),
    widths=frozenset(), looks=lambda _: False,
    release=re.compile(r"ngecEvents\.?(DV[-.]\d{4}(?:[-.]\w+?)*)(?:\.\D+)?$", re.IGNORECASE),
    licence="research and education only, no commercial use; no rows may be passed on",
    cite="Halterman, A. et al. (2023): POLECAT weekly data. Harvard Dataverse, doi:10.7910/DVN/AJGVIT.",
    bias="Reports, not events, read by machine; an event with several countries counts once, shared among its pairs.",
)  # fmt: skip
