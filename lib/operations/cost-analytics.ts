import { Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import {
  ANSWERED_COLUMNS,
  COST_COLUMNS,
  type Columns,
  PUBLISHED_COLUMNS,
  QUERIES,
  REWORKED_COLUMNS,
  STOPPED_COLUMNS,
  VIEWS,
  type View,
} from './cost-sql.ts';

const DATABASE = 'framewright';

/** A query must not cost more than five cents by accident: 10 GB scanned at $5 a terabyte. */
const SCAN_LIMIT_BYTES = 10 * 1000 ** 3;

/**
 * The ledger's facts as tables. Days are projected, so no crawler runs and yesterday's rows are there at once. Tenants are folders below
 * a day and a column of every row: projecting them too would force every question to name its tenants.
 */
export class CostAnalytics extends Construct {
  private readonly database: CfnDatabase;

  constructor(scope: Construct, id: string, { ledger }: { readonly ledger: IBucket }) {
    super(scope, id);
    this.database = new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: DATABASE, description: 'What jobs cost and what came out of them' },
    });
    const tables = [
      this.table('cost', `s3://${ledger.bucketName}/facts/cost/`, COST_COLUMNS),
      this.table('published_lines', `s3://${ledger.bucketName}/facts/published/`, PUBLISHED_COLUMNS),
      this.table('reworked_lines', `s3://${ledger.bucketName}/facts/reworked/`, REWORKED_COLUMNS),
      this.table('answered_lines', `s3://${ledger.bucketName}/facts/answered/`, ANSWERED_COLUMNS),
      this.table('stopped_lines', `s3://${ledger.bucketName}/facts/stopped/`, STOPPED_COLUMNS),
    ];
    for (const [name, view] of Object.entries(VIEWS)) {
      const made = this.view(name, view);
      for (const table of tables) made.addResourceDependency(table);
      tables.push(made); // a later view may read an earlier one
    }

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
    }
  }

  /** JSON lines below `<location>day=<day>/`. */
  private table(name: string, location: string, columns: Columns): CfnTable {
    const table = new CfnTable(this, name, {
      catalogId: Stack.of(this).account,
      databaseName: DATABASE,
      tableInput: {
        name,
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
          columns: Object.entries(columns).map(([column, type]) => ({ name: column.toLowerCase(), type })),
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          serdeInfo: { serializationLibrary: 'org.openx.data.jsonserde.JsonSerDe', parameters: { 'case.insensitive': 'true' } },
        },
      },
    });
    table.addResourceDependency(this.database);
    return table;
  }

  /** A view as Athena itself stores one: its text and columns as JSON in base 64. */
  private view(name: string, { columns, sql }: View): CfnTable {
    const definition = {
      originalSql: sql,
      catalog: 'awsdatacatalog',
      schema: DATABASE,
      columns: Object.entries(columns).map(([column, type]) => ({ name: column, type: type === 'string' ? 'varchar' : type })),
    };
    const view = new CfnTable(this, name, {
      catalogId: Stack.of(this).account,
      databaseName: DATABASE,
      tableInput: {
        name,
        tableType: 'VIRTUAL_VIEW',
        parameters: { presto_view: 'true', comment: 'Presto View' },
        viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`,
        viewExpandedText: '/* Presto View */',
        storageDescriptor: { columns: Object.entries(columns).map(([column, type]) => ({ name: column, type })), serdeInfo: {} },
      },
    });
    view.addResourceDependency(this.database);
    return view;
  }
}
