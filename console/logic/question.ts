import type { QueueEntry } from '#contracts/review-api';

/** What names one question: a job is asked about once per subject and kind. */
export interface QuestionId {
  readonly jobId: string;
  readonly subject: QueueEntry['subject'];
  readonly kind: QueueEntry['kind'];
}

export const questionKey = ({ jobId, subject, kind }: QuestionId): string => `${jobId}/${subject}/${kind}`;

export const SUBJECT_WORD = { brief: 'Brief', preview: 'Preview', final: 'Final' } as const;
export const KIND_WORD = { decision: 'Decision', audit: 'Audit' } as const;
export const RISK_WORD = { low: 'Low', medium: 'Medium', high: 'High' } as const;

/** `third-party-watermark` as people say it. */
export function categoryWord(category: string): string {
  const words: Readonly<Record<string, string>> = {
    'self-harm': 'Self-harm',
    'public-figure': 'Public figure',
    'brand-ip': 'Brand & IP',
    'third-party-watermark': 'Watermark',
    'dangerous-goods': 'Dangerous goods',
    unchecked: 'Not checked',
  };
  return words[category] ?? category.charAt(0).toUpperCase() + category.slice(1);
}

export const whose = (entry: Pick<QueueEntry, 'claim'>, me: string, now: number): 'free' | 'mine' | 'other' => {
  if (!entry.claim || Date.parse(entry.claim.until) <= now) return 'free';
  return entry.claim.reviewer === me ? 'mine' : 'other';
};
