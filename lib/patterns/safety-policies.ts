import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DeployedPolicies } from '#contracts/safety-policy';
import type { Assets, StoredFile } from '../assets.ts';
import type { Config } from '../config.ts';

/** The file of what tenants made stricter. The same text is the same object, whichever stack brings it. */
export function deployedPolicies(
  scope: Construct,
  { assets, config }: { readonly assets: Pick<Assets, 'safetyPolicies'>; readonly config: Pick<Config, 'tenantPolicies'> },
): StoredFile {
  const deployed: DeployedPolicies = { schema: 'framewright/deployed-safety-policies/v1', tenants: config.tenantPolicies };
  return assets.safetyPolicies(scope, JSON.stringify(deployed, null, 2));
}

export const allowPolicies = (role: IRole, { bucket, key }: StoredFile): void => {
  role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(key)] }));
};
