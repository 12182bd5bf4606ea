-- What was spent, by one dimension. `useful` is the part that is in a clip; the rest went to reclaimed, repeated, failed, canceled and
-- reworked work (see views.sql).
-- Variables: dimension (tenant, tier, component, day, stage, campaign or work); only_tenant, since and until (days, both included) or NULL.

SELECT
  CASE getvariable('dimension')
    WHEN 'tenant' THEN tenant
    WHEN 'tier' THEN tier
    WHEN 'component' THEN component
    WHEN 'day' THEN day
    WHEN 'stage' THEN stage
    WHEN 'campaign' THEN campaign
    WHEN 'work' THEN worth
  END AS value,
  sum(costMicroUsd)::BIGINT AS costMicroUsd,
  coalesce(sum(costMicroUsd) FILTER (WHERE worth = 'useful'), 0)::BIGINT AS usefulMicroUsd,
  round(sum(seconds), 3) AS seconds,
  count(DISTINCT jobId)::BIGINT AS jobs
FROM spent
WHERE (getvariable('only_tenant') IS NULL OR tenant = getvariable('only_tenant'))
  AND (getvariable('since') IS NULL OR day >= getvariable('since'))
  AND (getvariable('until') IS NULL OR day <= getvariable('until'))
GROUP BY value
ORDER BY costMicroUsd DESC, value;
