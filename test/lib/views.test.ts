import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { VIEWS } from '#lib/operations/cost-sql';

/** The views are plain SQL: DuckDB runs them as Athena does, over the same columns. */
it('divides what a tenant spent on a day by the seconds that were published, and by nothing when there are none', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`CREATE TABLE cost (day VARCHAR, tenant VARCHAR, costmicrousd BIGINT, jobid VARCHAR, stage VARCHAR, component VARCHAR, tier VARCHAR,
      cause VARCHAR, take INT, shot INT, seconds DOUBLE);
    CREATE TABLE reworked_lines (jobid VARCHAR, tenant VARCHAR, tier VARCHAR, shot INT, take INT, day VARCHAR);
    INSERT INTO cost (day, tenant, costmicrousd) VALUES ('2026-11-24', 'a', 500000), ('2026-11-24', 'a', 250000), ('2026-11-24', 'b', 100000), ('2026-11-25', 'a', 1);
    CREATE TABLE published_lines (jobid VARCHAR, tenant VARCHAR, campaign VARCHAR, tier VARCHAR, day VARCHAR, renderedseconds DOUBLE);
    CREATE TABLE answered_lines (jobid VARCHAR, tenant VARCHAR, campaign VARCHAR, template VARCHAR, subject VARCHAR, round INT, outcome VARCHAR,
      answeredby VARCHAR, acceptedat VARCHAR, requestedat VARCHAR, decidedat VARCHAR, day VARCHAR);
    CREATE TABLE stopped_lines (jobid VARCHAR, tenant VARCHAR, visit VARCHAR, gpucostavoidedmicrousd BIGINT, day VARCHAR);
    INSERT INTO published_lines VALUES ('j1', 'a', 'c', 'final', '2026-11-24', 15), ('j1', 'a', 'c', 'final', '2026-11-25', 15)`);
  for (const [name, { sql }] of Object.entries(VIEWS)) await connection.run(`CREATE VIEW ${name} AS ${sql}`);

  const rows = await connection.runAndReadAll('SELECT * FROM cost_per_rendered_second ORDER BY day, tenant');
  expect(rows.getRowsJson()).toEqual([
    ['2026-11-24', 'a', 0.75, 15, 0.05],
    ['2026-11-24', 'b', 0.1, 0, null],
    ['2026-11-25', 'a', 0.000001, 0, null], // reported again after midnight: the job counts on its first day
  ]);
  for (const { columns } of Object.values(VIEWS)) expect(Object.keys(columns).length).toBeGreaterThan(4);
  expect(rows.columnNames()).toEqual(Object.keys(VIEWS.cost_per_rendered_second!.columns));
});

it('calls useful seconds of a shot that was sent back later reworked, and counts every fact once', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`CREATE TABLE cost (day VARCHAR, tenant VARCHAR, costmicrousd BIGINT, jobid VARCHAR, stage VARCHAR, component VARCHAR, tier VARCHAR,
      cause VARCHAR, take INT, shot INT, seconds DOUBLE);
    CREATE TABLE reworked_lines (jobid VARCHAR, tenant VARCHAR, tier VARCHAR, shot INT, take INT, day VARCHAR);
    INSERT INTO reworked_lines VALUES ('j', 'a', 'preview', 1, 2, 'd'), ('j', 'a', 'preview', 1, 3, 'd');
    INSERT INTO cost VALUES
      ('d', 'a', 1, 'j', 'generate', 'm', 'preview', 'useful', NULL, 0, 1), ('d', 'a', 10, 'j', 'generate', 'm', 'preview', 'useful', NULL, 1, 1),
      ('d', 'a', 100, 'j', 'generate', 'm', 'preview', 'useful', 2, 1, 1), ('d', 'a', 1000, 'j', 'generate', 'm', 'preview', 'useful', 3, 1, 1),
      ('d', 'a', 10000, 'j', 'generate', 'm', 'preview', 'reclaimed', NULL, 1, 1), ('d', 'a', 100000, 'j', 'generate', 'm', 'final', 'useful', 3, 1, 1),
      ('d', 'a', 1000000, 'j', 'post', 'p', 'preview', 'useful', NULL, NULL, 1)`);
  await connection.run(`CREATE VIEW spent AS ${VIEWS.spent!.sql}`);
  const rows = await connection.runAndReadAll('SELECT worth, sum(costmicrousd)::INT FROM spent GROUP BY worth ORDER BY worth');
  expect(rows.getRowsJson()).toEqual([
    ['reclaimed', 10_000],
    ['reworked', 110],
    ['useful', 1_101_001],
  ]);
  expect((await connection.runAndReadAll('SELECT * FROM spent')).columnNames()).toEqual(Object.keys(VIEWS.spent!.columns));
});

it('says of every answer how long it took, and how long what was sent back took to be asked about again', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const at = (minute: number): string => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.500Z`;
  const line = (subject: string, round: number, outcome: string, asked: number, answered: number): string =>
    `('j', 'a', 'c', 't', '${subject}', ${round}, '${outcome}', 'person', '${at(0)}', '${at(asked)}', '${at(answered)}', '2026-11-24')`;
  await connection.run(`CREATE TABLE answered_lines (jobid VARCHAR, tenant VARCHAR, campaign VARCHAR, template VARCHAR, subject VARCHAR, round INT,
      outcome VARCHAR, answeredby VARCHAR, acceptedat VARCHAR, requestedat VARCHAR, decidedat VARCHAR, day VARCHAR);
    INSERT INTO answered_lines VALUES ${line('preview', 1, 'rework', 5, 6)}, ${line('preview', 2, 'approved', 9, 11)}, ${line('final', 1, 'approved', 20, 21)}`);
  await connection.run(`CREATE VIEW answered AS ${VIEWS.answered!.sql}`);
  const rows = await connection.runAndReadAll('SELECT * FROM answered ORDER BY subject DESC, round');
  expect(rows.columnNames()).toEqual(Object.keys(VIEWS.answered!.columns));
  expect(rows.getRowsJson().map((row) => row.slice(-3))).toEqual([
    [60, 180, 300],
    [120, null, null],
    [60, null, null],
  ]);
});

it('counts a job that was refused once, also when that was told on two days', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`CREATE TABLE stopped_lines (jobid VARCHAR, tenant VARCHAR, visit VARCHAR, gpucostavoidedmicrousd BIGINT, day VARCHAR);
    INSERT INTO stopped_lines VALUES ('j', 'a', 'safety:brief', 7, '2026-11-24'), ('j', 'a', 'safety:brief', 7, '2026-11-25'), ('k', 'a', 'review:brief', 1, '2026-11-25')`);
  const rows = await connection.runAndReadAll(`${VIEWS.stopped!.sql} ORDER BY jobid`);
  expect(rows.columnNames()).toEqual(Object.keys(VIEWS.stopped!.columns));
  expect(rows.getRowsJson()).toEqual([
    ['j', 'a', '2026-11-24', 'safety:brief', '7'],
    ['k', 'a', '2026-11-25', 'review:brief', '1'],
  ]);
});
