import type { SafetyVote } from '#contracts/verdict';
import type { SafetyVoter } from '#domain/ports';
import { loopbackServices, type Reply } from './loopback-services.ts';
import { type Door, doorsOf, everyVoter, FAULT_SECONDS, scriptedReader, verdictWith } from './safety-voters.ts';

type Fault = (voter: Pick<SafetyVoter, 'sees' | 'categories'>) => () => unknown;

/** A right answer with one thing wrong about one vote. */
const spoiled = (voter: Pick<SafetyVoter, 'sees' | 'categories'>, fault: object): unknown[] => {
  const right: SafetyVote[] = voter.categories.map((category) => ({
    category,
    score: 0,
    evidence: 'nothing',
    ...(voter.sees === 'clip' && { span: { start: 0, end: 1 } }),
  }));
  return [...right.slice(1), { ...right[0], ...fault }];
};

/** What a voter of this process may do instead of answering. */
export const LOCAL_FAULTS: Readonly<Record<string, Fault>> = {
  'throws at once': () => () => {
    throw new Error('out of memory');
  },
  rejects: () => () => Promise.reject(new Error('no model')),
  'rejects too late': () => () => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), FAULT_SECONDS * 2_000).unref()),
  'answers too late': (voter) => () => new Promise((answer) => setTimeout(() => answer(spoiled(voter, {})), FAULT_SECONDS * 2_000).unref()),
  hangs: () => () => new Promise(() => {}),
  'score is not a number': (voter) => () => spoiled(voter, { score: Number.NaN }),
  'score is text': (voter) => () => spoiled(voter, { score: '0.1' }),
  'score above one': (voter) => () => spoiled(voter, { score: 1.5 }),
  'score below zero': (voter) => () => spoiled(voter, { score: -0.1 }),
  'answers undefined': () => () => undefined,
  'answers an object': () => () => ({}),
  'wrong shape': () => () => [{ label: 'safe', probability: 1 }],
  'unknown category': (voter) => () => spoiled(voter, { category: 'harmless' }),
  'category of somebody else': (voter) => () =>
    spoiled(voter, { category: voter.categories.includes('third-party-watermark') ? 'unchecked' : 'third-party-watermark' }),
  'span outside of everything': (voter) => () => spoiled(voter, { span: { start: 5, end: 4 } }),
  'no evidence': (voter) => () => spoiled(voter, { evidence: '' }),
  'too many votes': (voter) => () => Array.from({ length: 2_001 }, () => spoiled(voter, {})).flat(),
};
/** Only who looks at pictures owes an answer about each of its categories. */
const SILENCE: Readonly<Record<string, Fault>> = { 'empty list': () => () => [] };

/** One answer from which each operation reads its own part. */
const answer = ({ score = '0.5', name = 'Violence', kind = 'SEXUAL', grade = 'LOW', percent = '5' }): Reply => ({
  body: `{"ModerationModelVersion":"7.0","ModerationLabels":[{"Name":"${name}","ParentName":"","TaxonomyLevel":1,"Confidence":${percent}}],
    "CelebrityFaces":[{"Name":"Ada","MatchConfidence":${percent},"Face":{"BoundingBox":{}}}],
    "ResultList":[{"Labels":[{"Name":"${kind}","Score":${score}}]}],
    "action":"NONE","assessments":[{"contentPolicy":{"filters":[{"type":"VIOLENCE","confidence":"${grade}","action":"NONE"}]}}]}`,
});

/** What a service may do instead of answering, as it goes over the wire. */
export const CLOUD_FAULTS: Readonly<Record<string, Reply>> = {
  'fails with 500': { status: 500, body: '{"__type":"InternalServerError","message":"no"}' },
  throttles: { status: 400, body: '{"__type":"ThrottlingException","message":"slow down"}' },
  'denies access': { status: 400, body: '{"__type":"AccessDeniedException","message":"no"}' },
  'is silent': 'silence',
  'is no JSON': { body: '<html>maintenance</html>' },
  'empty object': { body: '{}' },
  'wrong shape': { body: '{"ModerationLabels":7,"CelebrityFaces":7,"ResultList":7,"action":7,"assessments":7}' },
  'not a number': answer({ score: '"NaN"', percent: '"NaN"', grade: 'NaN' }),
  'score above one': answer({ score: '2', percent: '250', grade: 'EXTREME' }),
  'score below zero': answer({ score: '-900', percent: '-5', grade: 'NEGATIVE' }),
};

export interface FaultFigures {
  readonly cases: number;
  /** Share of faults that ended as `review`: nothing may pass by a failure, and nothing is refused for one. */
  readonly faultsToReview: number;
  /** Those that ended otherwise, for whoever mends it. */
  readonly escaped: readonly string[];
}

/** Breaks every voter in every way, at both doors. */
export async function measureFaults(models = '.framewright/models'): Promise<FaultFigures> {
  const services = await loopbackServices();
  const escaped: string[] = [];
  let cases = 0;
  const count = async (name: string, door: Door, verdict: Promise<string>): Promise<void> => {
    cases++;
    const said = await verdict;
    if (said !== 'review') escaped.push(`${name} at the ${door} door: ${said}`);
  };
  try {
    const { own, cloud } = await everyVoter(models, services);
    services.reply = (_, body) => harmless(body);
    for (const voter of [...own, ...cloud]) await requireWorking(voter);
    for (const voter of own)
      for (const [fault, make] of Object.entries({ ...LOCAL_FAULTS, ...(voter.sees === 'picture' && SILENCE) }))
        for (const door of doorsOf(voter)) await count(`${voter.id}: ${fault}`, door, verdictWith(door, broken(voter, make(voter))));
    for (const voter of cloud)
      for (const [fault, reply] of Object.entries(CLOUD_FAULTS))
        for (const door of doorsOf(voter)) {
          services.reply = () => reply;
          await count(`${voter.id}: ${fault}`, door, verdictWith(door, voter));
        }
    for (const [fault, make] of Object.entries(LOCAL_FAULTS))
      for (const door of ['brief', 'clip'] as const) {
        const read = wild(make({ sees: 'text', categories: ['hate'] }));
        await count(`${scriptedReader.id}: ${fault}`, door, verdictWith(door, undefined, { ...scriptedReader, read }));
      }
  } finally {
    await services.close();
  }
  return { cases, faultsToReview: (cases - escaped.length) / cases, escaped };
}

/** A fault proves something only about a voter that lets this material pass when it works. The first look loads a model, so it may be late. */
async function requireWorking(voter: SafetyVoter): Promise<void> {
  for (const door of doorsOf(voter)) {
    await verdictWith(door, voter);
    const verdict = await verdictWith(door, voter);
    if (verdict !== 'allow') throw new Error(`expected ${voter.id} to allow what is harmless at the ${door} door, found ${verdict}`);
  }
}

/** What the services say of harmless material. */
const harmless = (asked: string): Reply => ({
  body: JSON.stringify({
    ModerationModelVersion: '7.0',
    ModerationLabels: [],
    CelebrityFaces: [],
    ResultList: (asked.match(/"Text":/g) ?? []).map(() => ({ Labels: [{ Name: 'SEXUAL', Score: 0.01 }], Toxicity: 0.01 })),
    action: 'NONE',
    assessments: [{ contentPolicy: { filters: [{ type: 'VIOLENCE', confidence: 'NONE', action: 'NONE' }] } }],
  }),
});

/** The same voter, but for its answer. */
function broken(voter: SafetyVoter, instead: () => unknown): SafetyVoter {
  if (voter.sees === 'text') return { ...voter, read: wild(instead) };
  return voter.sees === 'picture' ? { ...voter, look: wild(instead) } : { ...voter, watch: wild(instead) };
}
/** What is injected has by design another type than a voter's answer: the one cast of this benchmark. */
const wild = (instead: () => unknown) => instead as () => Promise<never>;
