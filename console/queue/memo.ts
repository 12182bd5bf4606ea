import { createElement, type FunctionComponent, type VNode } from 'preact';
import { useRef } from 'preact/hooks';

/** Keeps what was drawn while every property is the same value: a scrolled list draws only the rows that came into sight. */
export function memo<P extends object>(draw: (props: P) => VNode): FunctionComponent<P> {
  return function Memo(props: P) {
    const last = useRef<{ readonly props: P; readonly drawn: VNode<P> }>(undefined);
    const before = last.current;
    if (before && sameProps(before.props, props)) return before.drawn;
    const drawn = createElement(draw, props);
    last.current = { props, drawn };
    return drawn;
  };
}

const sameProps = <P extends object>(one: P, other: P): boolean => {
  const before = new Map<string, unknown>(Object.entries(one));
  const after = Object.entries(other);
  return before.size === after.length && after.every(([name, value]) => Object.is(before.get(name), value));
};
