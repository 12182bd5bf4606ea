-- What GPUs need not do, because safety or a person refused in time. An estimate: it is in no sum of what was spent.
-- Variables: only_tenant, since and until as in costs-by.sql.

SELECT count(*)::BIGINT AS jobs, coalesce(sum(gpuCostAvoidedMicroUsd), 0)::BIGINT AS gpuCostAvoidedMicroUsd
FROM stopped
WHERE (getvariable('only_tenant') IS NULL OR tenant = getvariable('only_tenant'))
  AND (getvariable('since') IS NULL OR day >= getvariable('since'))
  AND (getvariable('until') IS NULL OR day <= getvariable('until'));
