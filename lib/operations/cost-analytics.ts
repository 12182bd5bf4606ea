import { Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { CostFact } from '#contracts/ledger';

/** Columns of the facts in Athena's types; a test compares them with the contract. `day` is the partition. */
export const COST_COLUMNS: Readonly<Record<Exclude<keyof CostFact, 'day'>, 'string' | 'double' | 'bigint'>> = {
  factId: 'string',
  jobId: 'string',
  tenant: 'string',
  campaign: 'string',
  tier: 'string',
  stage: 'string',
  visit: 'string',
  component: 'string',
  cause: 'string',
  at: 'string',
  seconds: 'double',
  costMicroUsd: 'bigint',
  priceList: 'string',
};

const DATABASE = 'framewright';

/** A query must not cost more than five cents by accident: 10 GB scanned at $5 a terabyte. */
const SCAN_LIMIT_BYTES = 10 * 1000 ** 3;

/**
 * The ledger's facts as a table. Days are projected, so no crawler runs and yesterday's rows are there at once. Tenants are folders below
 * a day and a column of every row: projecting them too would force every question to name its tenants.
 */
export class CostAnalytics extends Construct {
  constructor(scope: Construct, id: string, { ledger }: { readonly ledger: IBucket }) {
    super(scope, id);
    const stack = Stack.of(this);
    const database = new CfnDatabase(this, 'Database', {
      catalogId: stack.account,
      databaseInput: { name: DATABASE, description: 'What jobs cost, one row a fact' },
    });
    const location = `s3://${ledger.bucketName}/facts/cost/`;
    const table = new CfnTable(this, 'CostFacts', {
      catalogId: stack.account,
      databaseName: DATABASE,
      tableInput: {
        name: 'cost_facts',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [{ name: 'day', type: 'string' }],
        parameters: {
          classification: 'json',
          'projection.enabled': 'true',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          'projection.day.range': '2026-01-01,NOW',
          'storage.location.template': `${location}day=$\{day}/`,
        },
        storageDescriptor: {
          location,
          columns: Object.entries(COST_COLUMNS).map(([name, type]) => ({ name: name.toLowerCase(), type })),
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe', parameters: { 'case.insensitive': 'true' } },
        },
      },
    });
    table.addResourceDependency(database);

    const workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: 'framewright',
      description: 'Questions about cost',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: SCAN_LIMIT_BYTES,
        resultConfiguration: {
          outputLocation: `s3://${ledger.bucketName}/athena/`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
    for (const [name, { description, sql }] of Object.entries(QUERIES)) {
      const saved = new CfnNamedQuery(this, name, { name, description, database: DATABASE, queryString: sql, workGroup: workGroup.name });
      saved.addResourceDependency(workGroup);
      saved.addResourceDependency(table);
    }
  }
}

/** Dollars are made at the very end, from whole micro-dollars. */
export const QUERIES: Readonly<Record<string, { readonly description: string; readonly sql: string }>> = {
  'cost-by-tenant-and-day': {
    description: 'What each tenant spent on each of the last thirty days, and how much of it is in a clip',
    sql: `SELECT day, tenant,
       sum(costmicrousd) / 1e6 AS usd,
       sum(CASE WHEN cause = 'useful' THEN costmicrousd ELSE 0 END) / 1e6 AS useful_usd,
       count(DISTINCT jobid) AS jobs
FROM cost_facts
WHERE day >= date_format(current_date - interval '30' day, '%Y-%m-%d')
GROUP BY day, tenant ORDER BY day DESC, usd DESC`,
  },
  'cost-by-stage-and-component': {
    description: 'Where the money of the last thirty days went',
    sql: `SELECT stage, component, tier, cause, sum(costmicrousd) / 1e6 AS usd, sum(seconds) AS seconds
FROM cost_facts
WHERE day >= date_format(current_date - interval '30' day, '%Y-%m-%d')
GROUP BY stage, component, tier, cause ORDER BY usd DESC`,
  },
};
