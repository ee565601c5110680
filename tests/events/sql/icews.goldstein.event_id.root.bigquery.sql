SELECT
  `t3`.`actor`,
  `t3`.`target`,
  `t3`.`day`,
  `t3`.`added`,
  COUNT(*) AS `events`,
  SUM(`t3`.`told`) AS `lines`,
  SUM(CAST(`t3`.`weight` AS INT64)) AS `weight`,
  SUM(`t3`.`friendly`) AS `cooperative`,
  SUM(`t3`.`hostile`) AS `conflictual`
FROM (
  SELECT
    `t2`.`event_id`,
    `t2`.`day`,
    `t2`.`added`,
    `t2`.`actor`,
    `t2`.`target`,
    `t2`.`code`,
    `t2`.`score`,
    `t2`.`quad`,
    `t2`.`root`,
    `t2`.`place`,
    `t2`.`url`,
    `t2`.`weight`,
    `t2`.`nth`,
    `t2`.`told`,
    GREATEST(
      CAST(COALESCE(
        `t2`.`score`,
        CASE
          WHEN `t2`.`code` IN ('1823', '190')
          THEN -100
          WHEN `t2`.`code` IN ('057')
          THEN 80
          ELSE NULL
        END,
        0
      ) AS INT64) * CAST(`t2`.`weight` AS INT64),
      0
    ) AS `friendly`,
    LEAST(
      CAST(COALESCE(
        `t2`.`score`,
        CASE
          WHEN `t2`.`code` IN ('1823', '190')
          THEN -100
          WHEN `t2`.`code` IN ('057')
          THEN 80
          ELSE NULL
        END,
        0
      ) AS INT64) * CAST(`t2`.`weight` AS INT64),
      0
    ) AS `hostile`
  FROM (
    SELECT
      `t1`.`event_id`,
      `t1`.`day`,
      `t1`.`added`,
      `t1`.`actor`,
      `t1`.`target`,
      `t1`.`code`,
      `t1`.`score`,
      `t1`.`quad`,
      `t1`.`root`,
      `t1`.`place`,
      `t1`.`url`,
      `t1`.`weight`,
      ROW_NUMBER() OVER (
        PARTITION BY `t1`.`actor`, `t1`.`target`, `t1`.`day`, `t1`.`event_id`
        ORDER BY `t1`.`added` ASC, COALESCE(`t1`.`score`, -101) ASC, COALESCE(`t1`.`quad`, -1) ASC, `t1`.`weight` ASC, `t1`.`code` IS NULL ASC, `t1`.`code` ASC
      ) - 1 AS `nth`,
      COUNT(*) OVER (
        PARTITION BY `t1`.`actor`, `t1`.`target`, `t1`.`day`, `t1`.`event_id`
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
      ) AS `told`
    FROM (
      SELECT
        *
      FROM `research`.`streams`.`events` AS `t0`
      WHERE
        `t0`.`actor` IS NOT NULL
        AND `t0`.`target` IS NOT NULL
        AND `t0`.`actor` <> `t0`.`target`
        AND `t0`.`root`
    ) AS `t1`
  ) AS `t2`
  WHERE
    `t2`.`nth` = 0
) AS `t3`
GROUP BY
  1,
  2,
  3,
  4
