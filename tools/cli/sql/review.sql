-- What people and rules answered, and how long it took. Times in seconds; NULL where there is nothing to measure.
-- Variables: only_tenant, since and until as in costs-by.sql; days are those of the answers.

WITH chosen AS (
  SELECT * FROM answered
  WHERE (getvariable('only_tenant') IS NULL OR tenant = getvariable('only_tenant'))
    AND (getvariable('since') IS NULL OR day >= getvariable('since'))
    AND (getvariable('until') IS NULL OR day <= getvariable('until'))
)
SELECT
  count(*)::BIGINT AS questions,
  (count(*) FILTER (WHERE answeredBy = 'person'))::BIGINT AS byPeople,
  median(waitedSeconds) FILTER (WHERE answeredBy = 'person') AS answerSeconds,
  (count(*) FILTER (WHERE outcome = 'rework'))::BIGINT AS sentBack,
  avg(reworkSeconds) AS reworkSeconds,
  median(previewSeconds) AS previewSeconds
FROM chosen;
