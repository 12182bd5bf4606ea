import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

/** A row as JSON; whole numbers come back as numbers, since no sum of ours leaves the safe range (2^53 micro-dollars is 9 billion dollars). */
export type AnalyticsRow = Readonly<Record<string, string | number | null>>;

export interface Analytics {
  /** Runs the statements of `sql` with `SET VARIABLE name = value` for each of `variables`; the rows of the last one. */
  query(sql: string, variables?: Readonly<Record<string, string | undefined>>): Promise<AnalyticsRow[]>;
  close(): void;
}

/**
 * DuckDB in memory. JSON and Parquet readers are built in; nothing else may be fetched, so a query that wants more fails here instead of
 * reaching for the network.
 */
export async function openAnalytics(): Promise<Analytics> {
  const database = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await database.connect();
  return {
    async query(sql, variables = {}) {
      for (const [name, value] of Object.entries(variables))
        await connection.run(
          value === undefined ? `SET VARIABLE ${name} = NULL::VARCHAR` : `SET VARIABLE ${name} = '${value.replaceAll("'", "''")}'`,
        );
      const reader = await connection.runAndReadAll(sql);
      return reader
        .getRowObjects()
        .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(name, value)])));
    },
    close() {
      connection.closeSync();
      database.closeSync();
    },
  };
}

function plain(name: string, value: DuckDBValue): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new TypeError(`column ${name}: expected text or a number, found ${typeof value} ${String(value)}; cast it in the query`);
}
