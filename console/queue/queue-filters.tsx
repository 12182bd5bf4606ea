import type { Ref } from 'preact';
import { useMemo } from 'preact/hooks';
import { ReviewKind, ReviewSubject } from '#contracts/review';
import type { QueueEntry } from '#contracts/review-api';
import { categoryWord, KIND_WORD, SUBJECT_WORD } from '../logic/question.ts';
import { categoriesOf, isFiltered, NO_FILTER, type QueueFilter, tenantsOf } from '../logic/queue-filter.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly all: string;
  readonly options: readonly (readonly [value: string, word: string])[];
  onChange(value: string): void;
}

const Choice = ({ label, value, all, options, onChange }: ChoiceProps) => (
  <select aria-label={label} value={value} class={value === '' ? '' : 'set'} onChange={(event) => onChange(event.currentTarget.value)}>
    <option value="">{all}</option>
    {options.map(([option, word]) => (
      <option key={option} value={option}>
        {word}
      </option>
    ))}
  </select>
);

interface FiltersProps {
  readonly entries: readonly QueueEntry[];
  readonly filter: QueueFilter;
  readonly searchRef: Ref<HTMLInputElement>;
  onChange(filter: QueueFilter): void;
}

export function QueueFilters({ entries, filter, searchRef, onChange }: FiltersProps) {
  const tenants = useMemo(() => tenantsOf(entries), [entries]);
  const categories = useMemo(() => categoriesOf(entries), [entries]);
  const mine = ['', 'free', 'claimed'] as const;
  return (
    <search class="filters">
      <div class="search">
        <Icon name="search" />
        <input
          ref={searchRef}
          type="search"
          placeholder="Product, campaign, reason…"
          aria-label="Search the queue"
          aria-keyshortcuts="/"
          value={filter.text}
          onInput={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        />
        <span class="kbd" aria-hidden="true">
          /
        </span>
      </div>
      <fieldset class="segments">
        <legend class="unseen">Whose</legend>
        {mine.map((value) => (
          <label key={value}>
            <input type="radio" name="mine" checked={filter.mine === value} onChange={() => onChange({ ...filter, mine: value })} />
            <span>{{ '': 'All', free: 'I can take', claimed: 'My claims' }[value]}</span>
          </label>
        ))}
      </fieldset>
      <Choice
        label="Tenant"
        all="All tenants"
        value={filter.tenant}
        options={tenants.map((tenant) => [tenant, tenant])}
        onChange={(tenant) => onChange({ ...filter, tenant })}
      />
      <Choice
        label="Subject"
        all="All subjects"
        value={filter.subject}
        options={Object.entries(SUBJECT_WORD)}
        onChange={(value) => onChange({ ...filter, subject: ReviewSubject.safeParse(value).data ?? '' })}
      />
      <Choice
        label="Kind"
        all="All kinds"
        value={filter.kind}
        options={Object.entries(KIND_WORD)}
        onChange={(value) => onChange({ ...filter, kind: ReviewKind.safeParse(value).data ?? '' })}
      />
      <Choice
        label="Category"
        all="All categories"
        value={filter.category}
        options={categories.map((category) => [category, categoryWord(category)])}
        onChange={(category) => onChange({ ...filter, category })}
      />
      {isFiltered(filter) && (
        <Button look="quiet" icon="cross" onClick={() => onChange(NO_FILTER)}>
          Clear
        </Button>
      )}
    </search>
  );
}
