import { shares } from '../logic/chart.ts';

/** Numbers as bars in a table: nothing is said by the bar that the number does not say. */
export function CountBars({ name, rows }: { name: string; rows: readonly { readonly label: string; readonly count: number }[] }) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <table class="bars-table">
      <caption class="unseen">{name}</caption>
      <tbody>
        {rows.map(({ label, count }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="bar-cell">
              <i style={{ width: `${(count / most) * 100}%` }} aria-hidden="true" />
            </td>
            <td class="number-cell">{count.toLocaleString('en-US')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export interface Part {
  readonly name: string;
  readonly look: 'good' | 'info' | 'warn' | 'bad';
  readonly count: number;
}

/** Parts of a whole in one line. */
export function StackedBar({ parts }: { parts: readonly Part[] }) {
  const widths = shares(parts.map(({ count }) => count));
  return (
    <svg
      class="stacked"
      viewBox="0 0 100 8"
      preserveAspectRatio="none"
      role="img"
      aria-label={parts.map(({ name, count }) => `${name} ${count}`).join(', ')}
    >
      {parts.map(({ name, look }, index) => (
        <rect
          key={name}
          class={look}
          x={widths.slice(0, index).reduce((sum, one) => sum + one * 100, 0)}
          y={0}
          width={(widths[index] ?? 0) * 100}
          height={8}
        />
      ))}
    </svg>
  );
}
