import { useTimeLeft } from '../app/clock.ts';
import { categoryWord, RISK_WORD } from '../logic/question.ts';

/** One category; the dot has the colour that its lane in the timeline has. */
export const CategoryChip = ({ category }: { category: string }) => (
  <span class="chip" data-category={category}>
    {categoryWord(category)}
  </span>
);

/** Three bars: the height says it without colour, and the word without sight. */
export const RiskMeter = ({ risk }: { risk: keyof typeof RISK_WORD }) => (
  <span class={`risk ${risk}`}>
    <span class="bars" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    {RISK_WORD[risk]}
    <span class="unseen"> risk</span>
  </span>
);

/** A deadline, counted down from server time. */
export const Countdown = ({ until }: { until: string }) => {
  const left = useTimeLeft(until);
  return (
    <time class={`due ${left.haste}`} dateTime={until}>
      <span aria-hidden="true">{left.text}</span>
      <span class="unseen">{left.spoken}</span>
    </time>
  );
};

/** Two letters in a circle, beside the name. */
export const Initials = ({ name }: { name: string }) => (
  <span class="initials" aria-hidden="true">
    {name
      .replace(/@.*$/, '')
      .split(/[\s._-]+/)
      .filter(Boolean)
      .slice(0, 2)
      .map((word) => word.charAt(0).toUpperCase())
      .join('') || '?'}
  </span>
);

export const Kbd = ({ children }: { children: string }) => <kbd class="kbd">{children}</kbd>;
