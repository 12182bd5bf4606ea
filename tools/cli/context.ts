import { join } from 'node:path';
import type { Command } from 'commander';
import { status } from '../local/daemon.ts';
import { openProduct, type Product } from './product.ts';
import { type Voice, voice } from './voice.ts';
import { goTo, type Where, type WhereFlags, whereTo } from './where.ts';

/** The project's root folder: this file is tools/cli/context.ts. */
export const ROOT = join(import.meta.dirname, '..', '..');

/** What every command is given. */
export interface Context {
  readonly root: string;
  readonly voice: Voice;
  /** Aborted by Ctrl-C, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  /** Finds out which AWS is meant and sends this process there. */
  go(): Where;
  /** The deployed product there. */
  product(): Promise<Product>;
}

export interface CommonFlags extends WhereFlags {
  readonly json?: boolean | undefined;
}

/** Options of every command. */
export const withJson = (command: Command): Command =>
  command.option('--json', 'print one JSON object (contracts/cli.ts) as the last line');
export const withWhere = (command: Command): Command =>
  withJson(command)
    .option('--local', 'talk to the local AWS (the default while one is up)')
    .option('--profile <name>', 'talk to AWS with this profile')
    .option('--region <name>', 'talk to AWS in this region');

export function openContext(flags: CommonFlags, signal: AbortSignal): Context {
  const go = (): Where => {
    const where = whereTo(flags, status(ROOT), process.env);
    goTo(where, process.env);
    return where;
  };
  return { root: ROOT, voice: voice(flags.json === true), signal, go, product: () => openProduct(go()) };
}

/** Runs an action with its context; the commands below know nothing of exit codes. */
export type Run = <Flags extends CommonFlags>(flags: Flags, action: (context: Context) => Promise<void>) => Promise<void>;
