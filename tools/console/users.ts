import { randomInt } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import * as z from 'zod';
import { REVIEW_ROLES, ReviewRole } from '#contracts/review-api';

const LocalUser = z.strictObject({ name: z.string().min(1), role: ReviewRole, password: z.string().min(14) });
export type LocalUser = z.infer<typeof LocalUser>;

/** Letters and digits that nobody takes for another one. */
const CLASSES = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-+=@'];
/** 20 signs of 60 are 118 bits: nobody guesses that, on a laptop or anywhere. */
const LENGTH = 20;

/** A password that has every class the pool asks for, by redrawing until it does: most draws do. */
export function newPassword(draw: (below: number) => number = randomInt): string {
  const all = CLASSES.join('');
  for (;;) {
    const password = Array.from({ length: LENGTH }, () => all.charAt(draw(all.length))).join('');
    if (CLASSES.every((signs) => [...password].some((sign) => signs.includes(sign)))) return password;
  }
}

export interface LocalUsers {
  readonly users: readonly LocalUser[];
  /** Whether they were made just now, so that nobody can have seen their passwords yet. */
  readonly areNew: boolean;
}

/**
 * One user for each role, who sees every tenant. Their passwords lie in `file`, readable by its owner alone; the users are made again
 * with the same ones when the pool has forgotten them.
 */
export async function ensureLocalUsers(client: CognitoIdentityProviderClient, UserPoolId: string, file: string): Promise<LocalUsers> {
  const kept = readUsers(file);
  const users = kept ?? REVIEW_ROLES.map((role) => ({ name: role, role, password: newPassword() }));
  if (!kept) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(users, null, 2)}\n`, { mode: 0o600 });
    chmodSync(file, 0o600); // `mode` counts only for a file that is new
  }
  for (const { name: Username, role, password: Password } of users) {
    // Given here too: the local pool's own temporary passwords are shorter than its policy.
    const user = { UserPoolId, Username, TemporaryPassword: Password, MessageAction: 'SUPPRESS' as const };
    await client.send(new AdminCreateUserCommand(user)).catch((error: unknown) => {
      if (!(error instanceof UsernameExistsException)) throw error;
    });
    await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true }));
    for (const GroupName of [`role:${role}`, 'tenant:*'])
      await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
  }
  return { users, areNew: !kept };
}

function readUsers(file: string): LocalUser[] | undefined {
  try {
    return z
      .array(LocalUser)
      .min(1)
      .parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined; // not there, or of another version: new ones are made
  }
}
