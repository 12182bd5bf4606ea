import * as z from 'zod';
import { SafetyVote } from '#contracts/verdict';
import type { SafetyVoter } from '#domain/ports';

/** What came of asking a voter about one thing: votes that were checked, or why there are none. */
export type Answer =
  | { readonly status: 'voted'; readonly votes: readonly SafetyVote[] }
  | { readonly status: 'failed' | 'timed-out' | 'garbled'; readonly why: string };

/** One thing that was shown to a voter. */
export interface Look {
  readonly answer: Answer;
  /** Texts, pictures or frames that the answer is about. */
  readonly judged: number;
  /** Which sampled frame of a clip, from 0. */
  readonly sample?: number;
  /** Which picture of a brief: `product.photo`. */
  readonly picture?: string;
}

/** Everything one voter was asked and said. */
export interface Testimony {
  readonly voter: Pick<SafetyVoter, 'id' | 'sees' | 'categories'>;
  readonly looks: readonly Look[];
}

/** The most votes of one answer. A hostile brief matches a hundred rules; more than this is not an opinion. */
const MOST_VOTES = { text: 2_000, picture: 100, clip: 2_000 } as const;
/** A clip voter may round the end of a span up by as much: a frame at 12 frames a second. */
const SPAN_SLACK_SECONDS = 1 / 12;

/**
 * Checks an answer at the border. A picture voter has to say something about each of its categories; nobody may speak of what it does not
 * judge, or of times that are not there. What does not fit is not repaired: the whole answer counts as none.
 */
export function answerOf({ sees, categories }: Testimony['voter'], found: unknown, clipSeconds?: number): Answer {
  const parsed = z.array(SafetyVote).max(MOST_VOTES[sees]).safeParse(found);
  if (!parsed.success) return garbled(z.prettifyError(parsed.error));
  const votes = parsed.data;
  const stranger = votes.find(({ category }) => !categories.includes(category));
  if (stranger) return garbled(`expected votes about ${categories.join(', ')}, found one about ${stranger.category}`);
  const silent =
    sees === 'picture'
      ? categories.find((category) => category !== 'unchecked' && !votes.some((vote) => vote.category === category))
      : undefined;
  if (silent) return garbled(`expected a vote about each of ${categories.join(', ')}, found none about ${silent}`);
  for (const { span } of votes) {
    if (span && (sees !== 'clip' || clipSeconds === undefined)) return garbled('expected votes without a time, found one with a span');
    if (!span && sees === 'clip') return garbled('expected votes with a time, found one without a span');
    if (span && clipSeconds !== undefined && !(span.start < span.end && span.end <= clipSeconds + SPAN_SLACK_SECONDS))
      return garbled(`expected a span inside the ${clipSeconds} s of the clip, found ${span.start} s to ${span.end} s`);
  }
  return { status: 'voted', votes };
}

const garbled = (why: string): Answer => ({ status: 'garbled', why });
