import type { SafetyReason } from '#contracts/verdict';
import { timecode } from '../logic/frames.ts';
import { percent } from '../logic/money.ts';
import { CategoryChip } from '../ui/marks.tsx';

interface ReasonsProps {
  /** Sentences of the question itself. */
  readonly sentences: readonly string[];
  readonly brief: readonly SafetyReason[];
  readonly clip: readonly SafetyReason[];
  readonly current: number | undefined;
  onReason(index: number): void;
}

const Score = ({ reason }: { reason: SafetyReason }) => (
  <span class="score">
    <span class="bar" aria-hidden="true">
      <i style={{ width: `${reason.score * 100}%` }} />
    </span>
    {percent(reason.score)}
  </span>
);

const Found = ({ reason, where }: { reason: SafetyReason; where: string }) => (
  <>
    <span class="reason-head">
      <CategoryChip category={reason.category} />
      <span class="where">{where}</span>
      {reason.category !== 'unchecked' && <Score reason={reason} />}
    </span>
    <span class="evidence">{reason.evidence}</span>
    <small>
      {reason.voter}
      {reason.rule && ` · rule ${reason.rule}`}
      {reason.box && ' · box on the picture'}
    </small>
  </>
);

/** Why a person is asked. What has a time in the clip is a button that goes there. */
export function Reasons({ sentences, brief, clip, current, onReason }: ReasonsProps) {
  const found = brief.length + clip.length;
  return (
    <section class="panel reasons" aria-labelledby="why">
      <h2 id="why">Why you are asked</h2>
      {found === 0 && (
        <ul class="sentences">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {sentences.length === 0 && <li>No reason was kept with this question.</li>}
        </ul>
      )}
      {found > 0 && (
        <ul class="found">
          {clip.map((reason, index) => {
            const where = reason.span ? `${timecode(reason.span.start)} – ${timecode(reason.span.end)}` : 'Whole clip';
            return (
              <li key={`clip-${index}-${reason.voter}`}>
                {reason.span ? (
                  <button
                    type="button"
                    class="reason"
                    aria-current={current === index ? 'true' : undefined}
                    onClick={() => onReason(index)}
                  >
                    <Found reason={reason} where={where} />
                  </button>
                ) : (
                  <div class="reason">
                    <Found reason={reason} where={where} />
                  </div>
                )}
              </li>
            );
          })}
          {brief.map((reason, index) => (
            <li key={`brief-${index}-${reason.voter}`}>
              <div class="reason">
                <Found reason={reason} where="In the brief" />
              </div>
            </li>
          ))}
        </ul>
      )}
      {found > 0 && sentences.length > 0 && (
        <details>
          <summary>As the question was asked</summary>
          <ul class="sentences">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
