import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newPassword } from '../../../tools/console/users.ts';

it('makes passwords that the user pool takes, out of signs that nobody confuses', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (chance) => {
      const password = newPassword((below) => (chance.next().value ?? 0) % below);
      expect(password).toHaveLength(20);
      for (const signs of [/[a-z]/, /[A-Z]/, /\d/, /[-+=@]/]) expect(password).toMatch(signs);
      expect(password).not.toMatch(/[lIO01o]/);
    }),
  );
});

it('makes another one every time', () => {
  expect(new Set(Array.from({ length: 100 }, () => newPassword())).size).toBe(100);
});
