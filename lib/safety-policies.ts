import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { laxerThan, SafetyPolicy, TenantPolicy } from '#contracts/safety-policy';

const BASE = new URL('../domain/safety/policy/default.json', import.meta.url);

/**
 * What tenants change in the safety policy: every `*.json` of a folder, one file a tenant. Throws with the file, the place, what would be
 * right and what was found: a deployment that would be laxer than the product is no deployment.
 */
export function readTenantPolicies(
  folder: string,
  base: SafetyPolicy = SafetyPolicy.parse(JSON.parse(readFileSync(BASE, 'utf8'))),
): TenantPolicy[] {
  if (!existsSync(folder)) throw new Error(`safety policies: expected a folder ${folder}, found none`);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const policies = files.map((name) => policyIn(join(folder, name), base));
  const twice = policies.find(({ tenant }, index) => policies.findIndex((other) => other.tenant === tenant) !== index);
  if (twice) throw new Error(`safety policies: expected one file a tenant, found two for ${twice.tenant} in ${folder}`);
  return policies;
}

function policyIn(file: string, base: SafetyPolicy): TenantPolicy {
  const parsed = TenantPolicy.safeParse(json(file));
  if (!parsed.success) throw new Error(`safety policy ${file}:\n${z.prettifyError(parsed.error)}`);
  const problems = laxerThan(base, parsed.data);
  if (problems.length > 0) {
    const told = problems.map(({ path, expected, found }) => `  ${path}: expected ${expected}; found ${found}`).join('\n');
    throw new Error(`safety policy ${file} may only be stricter than the product's:\n${told}`);
  }
  return parsed.data;
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`safety policy ${file}: expected JSON, found ${error instanceof Error ? error.message : String(error)}`);
  }
}
