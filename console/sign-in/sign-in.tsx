import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { answerChallenge, type Challenge, type Session, type SignedIn, signIn, type UserPool } from '../api/user-pool.ts';
import { ThemeSwitch, Wordmark } from '../app/shell.tsx';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

interface Step {
  readonly challenge: Challenge | undefined;
  readonly problem: string | undefined;
  readonly busy: boolean;
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly type: 'text' | 'password';
  readonly complete: string;
  readonly hint?: string;
  readonly focus?: boolean;
  readonly digits?: boolean;
  readonly problem?: string | undefined;
}

const Field = ({ label, name, type, complete, hint, focus, digits, problem }: FieldProps) => {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (focus) input.current?.focus();
  }, [focus]);
  const shared = {
    ref: input,
    id,
    name,
    autocomplete: complete,
    required: true,
    autocapitalize: 'none',
    spellcheck: false,
    'aria-describedby': hint ? `${id}-hint` : undefined,
    'aria-invalid': problem ? true : undefined,
    ...(digits && { inputMode: 'numeric', pattern: '[0-9]{6}' }),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'password' ? <input type="password" {...shared} /> : <input type="text" {...shared} />}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
    </div>
  );
};

const TITLE = { NEW_PASSWORD_REQUIRED: 'Choose your password', SOFTWARE_TOKEN_MFA: 'Enter the code of your app' } as const;

interface SignInProps {
  readonly pool: UserPool;
  readonly environment: string;
  /** Somebody was in and the session ended: what they wrote is still there. */
  readonly again: boolean;
  onSession(session: Session): void;
}

/** Name and password, then whatever the pool still asks for. */
export function SignIn({ pool, environment, again, onSession }: SignInProps) {
  const [step, setStep] = useState<Step>({ challenge: undefined, problem: undefined, busy: false });
  const form = useRef<HTMLFormElement>(null);

  const take = (answer: SignedIn): void => {
    if (answer.kind === 'session') {
      onSession(answer.session);
      return;
    }
    if (answer.kind === 'challenge') {
      setStep({ challenge: answer.challenge, problem: undefined, busy: false });
      return;
    }
    setStep((before) => ({ ...before, problem: answer.message, busy: false }));
    // The field that has to change gets the focus, with what is in it selected.
    const secret = form.current?.querySelector<HTMLInputElement>('input[name=secret]');
    secret?.focus();
    secret?.select();
  };

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!form.current) return;
    const data = new FormData(form.current);
    const [name, secret, repeated] = ['name', 'secret', 'repeated'].map((field) => String(data.get(field) ?? ''));
    if (step.challenge?.name === 'NEW_PASSWORD_REQUIRED' && secret !== repeated)
      return setStep({ ...step, problem: 'The two passwords differ. Type the same one twice.' });
    setStep({ ...step, busy: true, problem: undefined });
    take(
      step.challenge ? await answerChallenge(pool, step.challenge, secret ?? '') : await signIn(pool, (name ?? '').trim(), secret ?? ''),
    );
  };

  const asked = step.challenge?.name;
  // The page behind the veil has the main landmark already.
  const Frame = again ? 'section' : 'main';
  return (
    <Frame class="sign-in" aria-label={again ? 'Sign in again' : undefined}>
      <div class="corner">
        <ThemeSwitch />
      </div>
      <form ref={form} onSubmit={submit} aria-labelledby="sign-in-title">
        <Wordmark />
        <h1 id="sign-in-title">{asked ? TITLE[asked] : 'Sign in to review'}</h1>
        {again && !asked && (
          <Notice tone="info" title="Your session ended">
            Sign in to go on. The page behind is as you left it, with everything you wrote.
          </Notice>
        )}
        {asked === undefined && (
          <>
            <Field label="Name or e-mail" name="name" type="text" complete="username" focus />
            <Field label="Password" name="secret" type="password" complete="current-password" problem={step.problem} />
          </>
        )}
        {asked === 'NEW_PASSWORD_REQUIRED' && (
          <>
            <p class="quiet">Your first password was a temporary one.</p>
            <Field
              label="New password"
              name="secret"
              type="password"
              complete="new-password"
              hint="Long is better than complicated: four words do well."
              focus
              problem={step.problem}
            />
            <Field label="The same again" name="repeated" type="password" complete="new-password" problem={step.problem} />
          </>
        )}
        {asked === 'SOFTWARE_TOKEN_MFA' && (
          <Field
            label="Code"
            name="secret"
            type="text"
            complete="one-time-code"
            hint="Six digits; a new one every 30 seconds."
            digits
            focus
            problem={step.problem}
          />
        )}
        <div role="alert">{step.problem && <Notice tone="bad" title={step.problem} />}</div>
        <Button type="submit" look="primary" busy={step.busy}>
          {step.busy ? 'One moment…' : asked ? 'Go on' : 'Sign in'}
        </Button>
        {asked && (
          <Button look="quiet" onClick={() => setStep({ challenge: undefined, problem: undefined, busy: false })}>
            Start over
          </Button>
        )}
        <p class="foot">
          Environment <strong>{environment}</strong>
        </p>
      </form>
    </Frame>
  );
}
