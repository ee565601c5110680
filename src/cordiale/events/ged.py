"""UCDP GED and its monthly candidates, which come without a head: events of organised violence, coded by people.

An event may span days, up to a year; it counts on its first. Sides go by UCDP's ids; governments also by the number of
their state after Gleditsch and Ward. When an event became known is that of its latest source, or its last day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cordiale.events.formats import Format, key


def _side(side: str) -> str:
    return f"""
        side_{side}_new_id AS {side}_code, side_{side} AS {side}_name,
        nullif(nullif(nullif(trim(gwno{side}), ''), 'NA'), '-99') AS {side}_country, NULL AS {side}_known_group,
        CASE WHEN nullif(nullif(nullif(trim(gwno{side}), ''), 'NA'), '-99') IS NOT NULL THEN 'GOV'
            WHEN '{side}' = 'b' AND type_of_violence = '3' THEN 'CVL' ELSE 'REB' END AS {side}_roles"""


_ROWS = f"""
    SELECT id AS event_id, day, greatest(1, date_diff('day', day, last) + 1)::INTEGER AS days,
        coalesce(list_max(list_transform(
            regexp_extract_all(source_date, '\\d{{4}}-\\d{{2}}-\\d{{2}}'), lambda x: as_day(x))), last) AS added,
        {key("a")} AS a_key, {key("b")} AS b_key, a_name, b_name, type_of_violence AS code, NULL::SMALLINT AS score,
        NULL::TINYINT AS quad, NULL::BOOLEAN AS root, country AS place, nullif(source_article, '') AS url,
        nullif(greatest(try_cast(number_of_sources AS INTEGER), 0), 0) AS mentions, 0 AS part, 1 AS parts
    FROM (SELECT *, {_side("a")}, {_side("b")}, as_day(date_start) AS day, as_day(date_end) AS last FROM raw)
"""


def _looks(row: Sequence[str]) -> bool:
    return row[5] in {"1", "2", "3"} and re.match(r"\d{4}-\d{2}-\d{2}", row[38]) is not None


GED = Format(
    name="ged", title="UCDP Georeferenced Event Dataset", scheme="ged", rows=_ROWS,
    judged=("id", "date_start", "date_end", "source_date", "type_of_violence"),
    columns=(
        "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
        "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
        "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office",
        "source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description",
        "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
        "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
        "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
    ),
    needed=("id", "type_of_violence", "side_a_new_id", "side_a", "side_b_new_id", "side_b", "date_start", "date_end"),
    widths=frozenset({49}), looks=_looks, release=re.compile(
        r"GEDEvent_v(?:(\d+_0+_\d+|\d+_\d+_\d+_\d+)|\d+_\d+)\.", re.IGNORECASE
    ),
    daily=False, stories=False, licence="CC BY 4.0",
    cite="Sundberg, R. and E. Melander (2013): Introducing the UCDP GED. Journal of Peace Research 50(4):523-532.",
    bias="Deadly violence alone, coded by people from reports: it says nothing of pairs that do not fight.",
)  # fmt: skip
