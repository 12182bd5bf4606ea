export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** One JSON object a line, the same field names as the Lambda logs, so that one saved query reads both. */
export function jsonLog(write: (line: string) => void, always: Readonly<Record<string, unknown>>): Log {
  return (level, message, fields = {}) =>
    write(`${JSON.stringify({ level, message, timestamp: new Date().toISOString(), service: 'framewright', ...always, ...fields })}\n`);
}
