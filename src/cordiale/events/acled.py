"""ACLED: the export of its page or its API, with a head. Its rows may not be passed on, and none are here.

Both sides may have helpers, named in the columns beside them; the event is between the two sides. It has no scale of
its own: see `tables/equivalents.csv`. `timestamp` is when ACLED last wrote the row.
"""

from __future__ import annotations

import re

from cordiale.events.formats import Format, key


def _side(side: str, number: int) -> str:
    return f"""
        NULL AS {side}_code, actor{number} AS {side}_name, NULL AS {side}_known_group,
        regexp_extract(actor{number}, '^(?:Military|Police) Forces of (.+?)(?: \\(|$)', 1) AS {side}_of,
        inter{number} AS {side}_roles"""


_ROWS = f"""
    SELECT event_id_cnty AS event_id, day, 1 AS days, added, {key("a")} AS a_key, {key("b")} AS b_key, a_name, b_name,
        code, NULL::SMALLINT AS score, NULL::TINYINT AS quad, NULL::BOOLEAN AS root, country AS place, source AS url,
        NULL::INTEGER AS mentions, 0 AS part, 1 AS parts
    FROM (SELECT *, nullif(a_of, '') AS a_country, nullif(b_of, '') AS b_country FROM (
        SELECT *, {_side("a", 1)}, {_side("b", 2)}, as_day(event_date) AS day,
            coalesce(make_timestamp(try_cast(timestamp AS BIGINT) * 1000000)::DATE, as_day(event_date)) AS added,
            concat_ws('/', event_type, sub_event_type) AS code
        FROM raw))
"""

ACLED = Format(
    name="acled", title="ACLED", scheme="acled", rows=_ROWS,
    judged=("event_id_cnty", "event_date", "timestamp", "event_type", "sub_event_type"),
    columns=(
        "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
        "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
        "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
        "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
    ),
    needed=("event_id_cnty", "event_date", "event_type", "sub_event_type", "actor1", "actor2"),
    widths=frozenset(), looks=lambda _: False, release=re.compile(r"(?!)"),
    daily=False, stories=False, licence="no rows may be passed on; read its terms",
    cite="Raleigh, C. et al. (2010): Introducing ACLED. Journal of Peace Research 47(5):651-660.",
    bias="Events, coded by people, of violence and protest: it says nothing of pairs that do not fight.",
)  # fmt: skip
