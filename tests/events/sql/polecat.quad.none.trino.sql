SELECT
  "t1"."actor",
  "t1"."target",
  "t1"."day",
  "t1"."added",
  COUNT(*) AS "events",
  SUM("t1"."told") AS "lines",
  SUM(CAST("t1"."weight" AS BIGINT)) AS "weight",
  SUM("t1"."friendly") AS "cooperative",
  SUM("t1"."hostile") AS "conflictual"
FROM (
  SELECT
    "t0"."event_id",
    "t0"."day",
    "t0"."added",
    "t0"."actor",
    "t0"."target",
    "t0"."code",
    "t0"."score",
    "t0"."quad",
    "t0"."root",
    "t0"."place",
    "t0"."url",
    "t0"."weight",
    1 AS "told",
    GREATEST(
      CAST(CASE
        WHEN COALESCE("t0"."quad", 0) IN (1, 2)
        THEN 10
        WHEN COALESCE("t0"."quad", 0) IN (3, 4)
        THEN -10
        ELSE 0
      END AS BIGINT) * CAST("t0"."weight" AS BIGINT),
      0
    ) AS "friendly",
    LEAST(
      CAST(CASE
        WHEN COALESCE("t0"."quad", 0) IN (1, 2)
        THEN 10
        WHEN COALESCE("t0"."quad", 0) IN (3, 4)
        THEN -10
        ELSE 0
      END AS BIGINT) * CAST("t0"."weight" AS BIGINT),
      0
    ) AS "hostile"
  FROM "research"."streams"."events" AS "t0"
  WHERE
    "t0"."actor" IS NOT NULL
    AND "t0"."target" IS NOT NULL
    AND "t0"."actor" <> "t0"."target"
) AS "t1"
GROUP BY
  1,
  2,
  3,
  4
