-- The tables of the ledger bucket, as DuckDB reads them from a copy on disk. `facts` is the folder of that copy.
-- On AWS the Athena tables and views of the same names read the bucket itself; the columns are those of contracts/ledger.ts.
-- Money is whole micro-dollars: 1,000,000 is one US dollar.

CREATE OR REPLACE VIEW cost AS
SELECT *
FROM read_json(
  getvariable('facts') || '/cost/*/*/*.json',
  format = 'newline_delimited',
  hive_partitioning = true,          -- day and tenant come from the folders
  hive_types_autocast = false,
  columns = {
    factId: 'VARCHAR', jobId: 'VARCHAR', campaign: 'VARCHAR', tier: 'VARCHAR', stage: 'VARCHAR', visit: 'VARCHAR',
    component: 'VARCHAR', cause: 'VARCHAR', take: 'INTEGER', shot: 'INTEGER', "at": 'VARCHAR', seconds: 'DOUBLE', costMicroUsd: 'BIGINT', priceList: 'VARCHAR'
  }
);

-- Shots that reviewers sent back, with the last take that replaced them.
CREATE OR REPLACE VIEW reworked AS
SELECT jobId, tier, shot, max(take) AS take
FROM read_json(
  getvariable('facts') || '/reworked/*/*/*.json',
  format = 'newline_delimited',
  hive_partitioning = true,
  hive_types_autocast = false,
  columns = { jobId: 'VARCHAR', tier: 'VARCHAR', shot: 'INTEGER', take: 'INTEGER' }
)
GROUP BY jobId, tier, shot;

-- Costs seen from today: what was useful until a reviewer sent its shot back is `reworked`. Every fact once, so sums are those of `cost`.
CREATE OR REPLACE VIEW spent AS
SELECT cost.*, CASE WHEN cause = 'useful' AND stage = 'generate' AND reworked.take > coalesce(cost.take, 1) THEN 'reworked' ELSE cause END AS worth
FROM cost LEFT JOIN reworked ON reworked.jobId = cost.jobId AND reworked.tier = cost.tier AND reworked.shot = cost.shot;

-- One line per published job. A job whose publication was reported twice around midnight has a line in two days: it is one job.
CREATE OR REPLACE VIEW published AS
SELECT jobId, any_value(tenant) AS tenant, max(campaign) AS campaign, max(tier) AS tier, min(day) AS day, max(renderedSeconds) AS renderedSeconds
FROM read_json(
  getvariable('facts') || '/published/*/*/*.json',
  format = 'newline_delimited',
  hive_partitioning = true,
  hive_types_autocast = false,
  columns = { jobId: 'VARCHAR', campaign: 'VARCHAR', tier: 'VARCHAR', renderedSeconds: 'DOUBLE' }
)
GROUP BY jobId;

-- Every answer to a question. `reworkSeconds`: from an answer that sent the clip back to the next round's question; `previewSeconds`: from the
-- accepted brief to the first question about its preview.
CREATE OR REPLACE VIEW answered AS
WITH line AS (
  SELECT *
  FROM read_json(
    getvariable('facts') || '/answered/*/*/*.json',
    format = 'newline_delimited',
    hive_partitioning = true,
    hive_types_autocast = false,
    columns = {
      jobId: 'VARCHAR', campaign: 'VARCHAR', template: 'VARCHAR', subject: 'VARCHAR', round: 'INTEGER', outcome: 'VARCHAR', answeredBy: 'VARCHAR',
      acceptedAt: 'TIMESTAMPTZ', requestedAt: 'TIMESTAMPTZ', decidedAt: 'TIMESTAMPTZ'
    }
  )
)
SELECT
  line.*,
  epoch(line.decidedAt - line.requestedAt) AS waitedSeconds,
  CASE WHEN line.outcome = 'rework' THEN epoch(again.requestedAt - line.decidedAt) END AS reworkSeconds,
  CASE WHEN line.subject = 'preview' AND line.round = 1 THEN epoch(line.requestedAt - line.acceptedAt) END AS previewSeconds
FROM line LEFT JOIN line AS again ON again.jobId = line.jobId AND again.subject = line.subject AND again.round = line.round + 1;

-- One line per job that safety or a person refused before its final was rendered; told twice around midnight, it is one job.
CREATE OR REPLACE VIEW stopped AS
SELECT jobId, any_value(tenant) AS tenant, min(day) AS day, max(gpuCostAvoidedMicroUsd) AS gpuCostAvoidedMicroUsd
FROM read_json(
  getvariable('facts') || '/stopped/*/*/*.json',
  format = 'newline_delimited',
  hive_partitioning = true,
  hive_types_autocast = false,
  columns = { jobId: 'VARCHAR', visit: 'VARCHAR', gpuCostAvoidedMicroUsd: 'BIGINT' }
)
GROUP BY jobId;
