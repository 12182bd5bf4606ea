/** The local account; MiniStack and the CDK use the same one. */
export const ACCOUNT = '000000000000';

export type ResourceKind = 'job' | 'job-definition' | 'job-queue' | 'compute-environment' | 'scheduling-policy';

export const arnOf = (region: string, kind: ResourceKind, name: string): string => `arn:aws:batch:${region}:${ACCOUNT}:${kind}/${name}`;

/** The API takes a name or an ARN nearly everywhere; stores are keyed by name. */
export const nameOf = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;

/** `*` matches any run of characters; used by the injection interface, not by AWS. */
export function globMatches(glob: string, text: string): boolean {
  const pattern = glob.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(text);
}
