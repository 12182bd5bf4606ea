import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';

export interface Tab {
  readonly name: string;
  readonly badge?: string | undefined;
  readonly body: () => ComponentChildren;
}

/** One of several panels; arrows move between the tabs, as everywhere. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const current = Math.min(chosen, tabs.length - 1);
  const focusOn = (index: number): void => {
    const to = (index + tabs.length) % tabs.length;
    setChosen(to);
    const button = list.current?.children[to];
    if (button instanceof HTMLElement) button.focus();
  };
  return (
    <section class="tabs" aria-label={label}>
      <h2 class="unseen">{label}</h2>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        onKeyDown={(event) => {
          const to = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: tabs.length - 1 }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          focusOn(to);
        }}
      >
        {tabs.map((tab, index) => (
          <button
            key={tab.name}
            type="button"
            role="tab"
            id={`${id}-tab-${index}`}
            aria-controls={`${id}-panel`}
            aria-selected={index === current}
            tabIndex={index === current ? 0 : -1}
            onClick={() => setChosen(index)}
          >
            {tab.name}
            {tab.badge && <span class="count">{tab.badge}</span>}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a tab panel without controls has to be reachable */}
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${current}`} tabIndex={0} class="tab-panel">
        {tabs[current]?.body()}
      </div>
    </section>
  );
}
