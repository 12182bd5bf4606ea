-- Everything spent, and what came out of it: rejected, failed and canceled jobs are paid by the published ones.
-- Variables: only_tenant, since and until as in costs-by.sql.

SELECT
  (SELECT coalesce(sum(costMicroUsd), 0)::BIGINT FROM cost
   WHERE (getvariable('only_tenant') IS NULL OR tenant = getvariable('only_tenant'))
     AND (getvariable('since') IS NULL OR day >= getvariable('since'))
     AND (getvariable('until') IS NULL OR day <= getvariable('until'))) AS totalMicroUsd,
  (SELECT coalesce(sum(renderedSeconds), 0) FROM published
   WHERE (getvariable('only_tenant') IS NULL OR tenant = getvariable('only_tenant'))
     AND (getvariable('since') IS NULL OR day >= getvariable('since'))
     AND (getvariable('until') IS NULL OR day <= getvariable('until'))) AS renderedSeconds;
