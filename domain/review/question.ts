import type { Brief } from '#contracts/brief';
import type { PipelineMessage, Precedent, RenderResult, ReviewSubject } from '#contracts/review';

/** What is asked about, and everything that is known of it. */
export interface Question {
  readonly subject: ReviewSubject;
  readonly template: Brief['template'];
  readonly message: Pick<PipelineMessage, 'briefVerdict' | 'prep' | 'preview' | 'final' | 'rework'>;
  /** The person who approved this job's brief with exactly the findings of `message.briefVerdict`. */
  readonly briefSettledBy?: string | undefined;
  /** What people approved of the same campaign and look, and still stands, oldest first. */
  readonly precedents?: readonly Precedent[] | undefined;
}

/** The render a question is about; `undefined` for a brief, which has none yet. */
export const renderInQuestion = ({ subject, message }: Question): RenderResult | undefined =>
  subject === 'brief' ? undefined : message[subject];

/** Length of the clip that is asked about in seconds; 0 for a brief. */
export function clipSecondsOf(question: Question): number {
  const plan = renderInQuestion(question)?.plan;
  return plan ? plan.frames / plan.fps : 0;
}
