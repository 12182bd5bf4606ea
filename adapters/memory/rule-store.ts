import type { RuleCount, RuleRecord, RuleStore } from '#domain/ports';
import { after, blank } from '#domain/review/rule-record';

/** How rules stand, in memory. */
export function openMemoryRuleStore(): RuleStore {
  const records = new Map<string, RuleRecord>();
  const counted = new Set<string>();
  const of = (rule: string): RuleRecord => records.get(rule) ?? blank(rule);
  const nameOf = ({ rule, jobId, subject, round, what }: RuleCount): string => [rule, jobId, subject, round, what].join('#');

  return {
    all: async () => structuredClone([...records.values()].sort((one, other) => one.name.localeCompare(other.name))),
    async count(count, suspension) {
      if (counted.has(nameOf(count))) return false;
      counted.add(nameOf(count));
      const record = of(count.rule);
      records.set(count.rule, {
        ...after(record, count.what),
        ...(suspension && { suspended: record.suspended ?? suspension }),
      });
      return true;
    },
    async suspend(rule, change) {
      const record = of(rule);
      records.set(rule, { ...record, suspended: record.suspended ?? change });
    },
    async resume(rule, change) {
      const { suspended, ...record } = of(rule);
      if (suspended) records.set(rule, { ...record, resumed: change });
    },
  };
}
