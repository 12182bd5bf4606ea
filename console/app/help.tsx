import { EVERYWHERE, IN_QUEUE, IN_REVIEW, type KeyBinding, keyName } from '../logic/keys.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/marks.tsx';
import { lettersOn } from './keyboard.ts';
import { useStore } from './store.ts';

const asIs = (value: 'on' | 'off') => value;

const Keys = ({ title, bindings }: { title: string; bindings: readonly KeyBinding[] }) => (
  <section>
    <h3>{title}</h3>
    <dl class="keys">
      {bindings.map(({ does, keys }) => (
        <div key={does}>
          <dt>
            {keys.map((key) => (
              <Kbd key={key}>{keyName(key)}</Kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </section>
);

/** Every key, from the list that the listener reads. */
export function Help({ onClose }: { onClose(): void }) {
  const letters = useStore(lettersOn, asIs);
  return (
    <Dialog title="Keys" onClose={onClose}>
      <div class="help-columns">
        <Keys title="In a review" bindings={IN_REVIEW} />
        <div>
          <Keys title="In the queue" bindings={IN_QUEUE} />
          <Keys title="Everywhere" bindings={EVERYWHERE} />
        </div>
      </div>
      <label class="switch">
        <input type="checkbox" checked={letters === 'on'} onChange={(event) => lettersOn.set(event.currentTarget.checked ? 'on' : 'off')} />
        Single keys act. Switch this off if you speak to your computer; every action also has a button.
      </label>
    </Dialog>
  );
}
