import type * as z from 'zod';
import { CliError } from '#contracts/cli';
import { Failure } from './failure.ts';

/** Where words go. With `--json` standard output belongs to the one object at the end, so people are spoken to on standard error. */
export interface Voice {
  readonly isJson: boolean;
  /** Whether lines that were said can be drawn over. */
  readonly isTerminal: boolean;
  /** Characters on a line of the terminal. */
  readonly columns: number;
  say(...lines: readonly string[]): void;
  /** Text without a line end, for redrawing. */
  draw(text: string): void;
  /** The result: an object of contracts/cli.ts with `--json`, the lines otherwise. */
  result<S extends z.ZodType>(schema: S, value: z.input<S>, lines: readonly string[]): void;
  fail(error: unknown): void;
}

/** A terminal that does not tell (or says 0) is taken for one of the usual width. */
const USUAL_COLUMNS = 80;

interface Stream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export function voice(isJson: boolean, out: Stream = process.stdout, err: Stream = process.stderr): Voice {
  const people = isJson ? err : out;
  return {
    isJson,
    isTerminal: people.isTTY === true,
    columns: people.columns || USUAL_COLUMNS,
    say: (...lines) => void people.write(lines.map((line) => `${line}\n`).join('')),
    draw: (text) => void people.write(text),
    result(schema, value, lines) {
      if (isJson) out.write(`${JSON.stringify(schema.parse(value))}\n`);
      else people.write(lines.map((line) => `${line}\n`).join(''));
    },
    fail(error) {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
      const hint = error instanceof Failure ? error.hint : undefined;
      if (isJson) out.write(`${JSON.stringify(CliError.parse({ error: { name, message, ...(hint !== undefined && { hint }) } }))}\n`);
      err.write(`error: ${message}\n${hint === undefined ? '' : `       ${hint}\n`}`);
    },
  };
}
