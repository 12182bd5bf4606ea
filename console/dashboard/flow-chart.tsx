import type { Dashboard } from '#contracts/review-api';
import { linePoints, niceTop } from '../logic/chart.ts';

type Flow = Dashboard['flow'];

const WIDTH = 1120;
const HEIGHT = 200;

const label = (from: string, hourly: boolean): string =>
  new Date(from).toLocaleString('en-GB', hourly ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' });

/** Arrivals against answers. The table below says the same in numbers. */
export function FlowChart({ flow, days }: { flow: Flow; days: number }) {
  const top = niceTop(Math.max(0, ...flow.map(({ arrivals, decisions, automatic }) => Math.max(arrivals, decisions + automatic))));
  const hourly = days <= 2;
  // Each point has a band of its own, so that the first and the last bar stay inside the axes.
  const band = WIDTH / Math.max(1, flow.length);
  const arrivals = linePoints(
    flow.map((one) => one.arrivals),
    top,
    WIDTH - band,
    HEIGHT,
  );
  const bar = Math.min(36, band * 0.55);
  const every = Math.ceil(flow.length / 8);
  return (
    <figure class="chart">
      <svg
        viewBox={`-36 -10 ${WIDTH + 44} ${HEIGHT + 36}`}
        role="img"
        aria-label={`Arrivals and answers, ${flow.length} points; the numbers are in the table below`}
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line class="grid-line" x1={0} x2={WIDTH} y1={HEIGHT * (1 - part)} y2={HEIGHT * (1 - part)} />
            <text class="axis" x={-8} y={HEIGHT * (1 - part) + 4} text-anchor="end">
              {Math.round(top * part)}
            </text>
          </g>
        ))}
        {flow.map((one, index) => {
          const x = (index + 0.5) * band;
          const decided = (one.decisions / top) * HEIGHT;
          const automatic = (one.automatic / top) * HEIGHT;
          return (
            <g key={one.from}>
              <rect class="automatic" x={x - bar / 2} y={HEIGHT - automatic} width={bar} height={automatic} />
              <rect class="decisions" x={x - bar / 2} y={HEIGHT - automatic - decided} width={bar} height={decided} />
              {index % every === 0 && (
                <text class="axis" x={x} y={HEIGHT + 20} text-anchor="middle">
                  {label(one.from, hourly)}
                </text>
              )}
            </g>
          );
        })}
        <polyline class="arrivals" points={arrivals} transform={`translate(${band / 2} 0)`} />
      </svg>
      <figcaption class="legend">
        <span class="key arrivals">Arrivals</span>
        <span class="key decisions">Answered by people</span>
        <span class="key automatic">Answered by rules</span>
      </figcaption>
      <details>
        <summary>As a table</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
        <section class="scroll-y" tabIndex={0} aria-label="Arrivals and answers as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col" class="number-cell">
                  Arrivals
                </th>
                <th scope="col" class="number-cell">
                  By people
                </th>
                <th scope="col" class="number-cell">
                  By rules
                </th>
                <th scope="col" class="number-cell">
                  Expired
                </th>
              </tr>
            </thead>
            <tbody>
              {flow.map((one) => (
                <tr key={one.from}>
                  <th scope="row">{label(one.from, hourly)}</th>
                  <td class="number-cell">{one.arrivals}</td>
                  <td class="number-cell">{one.decisions}</td>
                  <td class="number-cell">{one.automatic}</td>
                  <td class="number-cell">{one.expired}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
