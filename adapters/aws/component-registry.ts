import { type DynamoDBDocumentClient, PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import { rows } from '#contracts/keys';
import { Deployment, RegisteredComponent } from '#contracts/registry';
import type { ArtifactStore, ComponentRegistry } from '#domain/ports';
import { openArtifactStore } from './artifact-store.ts';
import { dynamo } from './clients.ts';

export interface ComponentRegistryOptions {
  /** `s3://<bucket>/<key>` of what the deployment says about itself. */
  readonly deployment: string;
  readonly table: string;
  readonly client?: DynamoDBDocumentClient;
  /** Opens the bucket that holds the deployment's file. */
  readonly open?: (bucket: string) => ArtifactStore;
}

/**
 * Rows `component#<id>#<version>` and `bundle#<sha256>` of the product's table, one for each version and each registered file.
 * A deployment writes its own versions when it first looks: no resource of the stack has to, and a version that nobody ever looked up was
 * never rendered with.
 */
export function openComponentRegistry({
  deployment: location,
  table,
  client = dynamo(),
  open,
}: ComponentRegistryOptions): ComponentRegistry {
  const put = (sk: string, value: object) =>
    client.send(new PutCommand({ TableName: table, Item: { pk: rows.registry, sk, ...value } })).then(() => {});
  let opened: Promise<Deployment> | undefined;
  const introduce = async (): Promise<Deployment> => {
    const deployment = await deploymentAt(location, open ?? ((bucket) => openArtifactStore({ bucket })));
    await Promise.all(deployment.components.map((entry) => put(`component#${entry.component.id}#${entry.component.version}`, entry)));
    return deployment;
  };

  return {
    async known() {
      opened ??= introduce();
      opened.catch(() => {
        opened = undefined; // the next call asks again
      });
      const deployment = await opened;
      const kept: RegisteredComponent[] = [];
      const bundles = new Set<string>();
      const query = {
        TableName: table,
        KeyConditionExpression: 'pk = :registry',
        ExpressionAttributeValues: { ':registry': rows.registry },
      };
      for await (const page of paginateQuery({ client }, { ...query, ConsistentRead: true }))
        for (const { pk: _, sk, ...value } of page.Items ?? []) {
          const [kind, name] = String(sk).split('#');
          if (kind === 'bundle' && name) bundles.add(name);
          else kept.push(...readable(value));
        }
      return { deployment, kept, bundles };
    },
    addBundle: ({ sha256, bytes }) => put(`bundle#${sha256}`, { bytes }),
  };
}

/** A version from before the schema changed cannot be rendered with any more, so it is not offered; its row stays. */
const readable = (row: unknown): RegisteredComponent[] => {
  const parsed = RegisteredComponent.safeParse(row);
  return parsed.success ? [parsed.data] : [];
};

async function deploymentAt(location: string, open: (bucket: string) => ArtifactStore): Promise<Deployment> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ?? [];
  if (!bucket || !key) throw new Error(`FRAMEWRIGHT_DEPLOYMENT: expected s3://<bucket>/<key>, found ${location}`);
  const found = await open(bucket).find(key);
  if (!found) throw new Error(`expected the components of this deployment at ${location}, found nothing; deploy it again`);
  return Deployment.parse(JSON.parse(new TextDecoder().decode(found.body)));
}
