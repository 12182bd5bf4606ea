/** `$0.0042`, `$1.27`, `$1,204`: three digits that matter, since a preview costs less than a cent and a month costs thousands. */
export function dollars(microUsd: number): string {
  const usd = microUsd / 1_000_000;
  if (usd === 0) return '$0';
  if (usd >= 1_000) return `$${Math.round(usd).toLocaleString('en-US')}`;
  if (usd >= 1) return `$${usd.toFixed(2)}`;
  if (usd >= 0.01) return `$${usd.toFixed(3)}`;
  return usd >= 0.0001 ? `$${usd.toFixed(4)}` : '< $0.0001';
}

export const percent = (share: number): string => `${share < 0.1 && share > 0 ? (share * 100).toFixed(1) : Math.round(share * 100)} %`;
export const countWord = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
