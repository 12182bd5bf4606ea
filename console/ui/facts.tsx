import type { ComponentChildren } from 'preact';

export const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** Names and what they are, as a list that screen readers know. */
export const Facts = ({ wide = false, children }: { wide?: boolean; children: ComponentChildren }) => (
  <dl class={wide ? 'facts wide' : 'facts'}>{children}</dl>
);
