import type { Component } from '#contracts/component';

/** Stops the synthesis: a component whose licence nobody agreed to must not reach an account, by itself or inside its host. */
export function refuseUnlicensed(components: readonly Component[], allowed: readonly string[]): void {
  const refused = components.filter(({ licence }) => !allowed.includes(licence));
  if (refused.length === 0) return;
  const found = refused.map(({ id, licence }) => `containers/${id}/component.json says ${licence}`).join('; ');
  throw new Error(`expected a licence of ${allowed.join(', ')}, found: ${found}; change the component or the list in lib/config.ts`);
}
