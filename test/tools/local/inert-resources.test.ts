import { expect, it } from 'vitest';
import { INERT_TYPES, inertResources } from '../../../tools/local/inert-resources.ts';

it('a deployment says which resources do nothing locally, how many, and why', () => {
  const lines = inertResources([
    { Resources: { A: { Type: 'AWS::EC2::NatGateway' }, B: { Type: 'AWS::S3::Bucket' } } },
    { Resources: { C: { Type: 'AWS::EC2::NatGateway' }, D: { Type: 'AWS::Athena::NamedQuery' } } },
    {},
  ]);
  expect(lines).toEqual([
    'does nothing locally: 1 x AWS::Athena::NamedQuery (a saved query; the local command line asks DuckDB instead)',
    'does nothing locally: 2 x AWS::EC2::NatGateway (local processes have no virtual network)',
  ]);
});

it('every inert type has a reason', () => {
  for (const [type, reason] of Object.entries(INERT_TYPES)) expect([type, reason.length > 10]).toEqual([type, true]);
});
