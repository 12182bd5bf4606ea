import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCloudVoters } from '#adapters/aws/cloud-voters';
import { toxicityVoter } from '#adapters/aws/voters/comprehend';
import { guardrailPictureVoter, guardrailTextVoter } from '#adapters/aws/voters/guardrail';
import { celebritiesVoter, MODERATION_LABELS, moderationLabelsVoter } from '#adapters/aws/voters/rekognition';
import { switchedOnBy } from '#contracts/safety-policy';
import type { SafetyVoter } from '#domain/ports';
import { basePolicy } from '#domain/safety/policy/effective';
import { nameAndVersion } from '#domain/safety/policy/voter-name';
import { answerOf } from '#domain/safety/testimony';
import { type LoopbackServices, loopbackServices } from '../../../bench/loopback-services.ts';

// The answers below have the shape of the services' API references; the SDK's own client reads them from a socket.
let services: LoopbackServices;
let asked: { operation: string; body: string }[] = [];
const answers = (answer: object) => {
  asked = [];
  services.reply = (operation, body) => {
    asked.push({ operation, body });
    return { body: JSON.stringify(answer) };
  };
};
beforeAll(async () => {
  services = await loopbackServices();
});
afterAll(() => services.close());

const picture = { width: 4, height: 4, channels: 3 as const, data: new Uint8Array(48) };
const encode = async () => new Uint8Array([1, 2, 3]);
const accepted = (voter: SafetyVoter, found: unknown) => {
  const answer = answerOf(voter, found);
  if (answer.status !== 'voted') throw new Error(answer.why);
  return answer.votes;
};

describe('Rekognition', () => {
  it('moderation labels become a vote on each category, the worst label first', async () => {
    answers({
      ModerationModelVersion: '7.0',
      ModerationLabels: [
        { Confidence: 92.5, Name: 'Weapons', ParentName: 'Violence', TaxonomyLevel: 2 },
        { Confidence: 92.5, Name: 'Violence', ParentName: '', TaxonomyLevel: 1 },
        { Confidence: 99, Name: 'Swimwear or Underwear', ParentName: '', TaxonomyLevel: 1 },
      ],
    });
    const voter = moderationLabelsVoter(services.rekognition, encode);
    expect(accepted(voter, await voter.look(picture))).toEqual([
      { category: 'sexual', score: expect.closeTo(0.2475), evidence: 'Swimwear or Underwear 0.99' },
      { category: 'violence', score: 0.925, evidence: 'Violence 0.93' },
      { category: 'dangerous-goods', score: 0, evidence: 'nothing dangerous-goods' },
      { category: 'hate', score: 0, evidence: 'nothing hate' },
    ]);
    expect(asked).toEqual([{ operation: 'DetectModerationLabels', body: JSON.stringify({ Image: { Bytes: 'AQID' }, MinConfidence: 10 }) }]);
  });

  it('labels of another taxonomy are no answer', async () => {
    const voter = moderationLabelsVoter(services.rekognition, encode);
    answers({ ModerationModelVersion: '8.0', ModerationLabels: [] });
    await expect(voter.look(picture)).rejects.toThrow('expected labels of taxonomy 7, found 8.0');
    answers({ ModerationModelVersion: '7.0', ModerationLabels: [{ Confidence: 99, Name: 'Novelty', ParentName: '' }] });
    await expect(voter.look(picture)).rejects.toThrow('"Novelty"');
  });

  it('swimwear alone is never asked about, nudity always', () => {
    const { review, block } = basePolicy().thresholds.sexual;
    expect(MODERATION_LABELS['Swimwear or Underwear']?.share).toBeLessThan(review);
    expect(MODERATION_LABELS.Explicit?.share).toBeGreaterThan(block ?? 1);
  });

  it('a face becomes a name with its place, and no face a vote that nobody is there', async () => {
    const voter = celebritiesVoter(services.rekognition, encode);
    answers({
      CelebrityFaces: [
        {
          Name: 'Jane Doe',
          Id: '1',
          MatchConfidence: 98,
          Face: { BoundingBox: { Left: -0.01, Top: 0.2, Width: 0.3, Height: 0.4 }, Confidence: 99 },
        },
      ],
      UnrecognizedFaces: [],
    });
    expect(accepted(voter, await voter.look(picture))).toEqual([
      {
        category: 'public-figure',
        score: 0.98,
        evidence: 'looks like Jane Doe',
        entity: 'Jane Doe',
        box: { x: 0, y: 0.2, width: 0.3, height: 0.4 },
      },
    ]);
    answers({ CelebrityFaces: [], UnrecognizedFaces: [] });
    expect(accepted(voter, await voter.look(picture))).toMatchObject([{ score: 0 }]);
  });
});

describe('a guardrail', () => {
  const guardrail = { id: 'abc123', version: '4' };
  const filtered = (type: string, confidence: string, action = 'GUARDRAIL_INTERVENED') => ({
    usage: {
      topicPolicyUnits: 0,
      contentPolicyUnits: 1,
      wordPolicyUnits: 0,
      sensitiveInformationPolicyUnits: 0,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits: 0,
    },
    action,
    outputs: [],
    assessments: [{ contentPolicy: { filters: [{ type, confidence, action: 'BLOCKED', detected: true, filterStrength: 'HIGH' }] } }],
  });

  it('reads each text and says where it stepped in', async () => {
    answers(filtered('VIOLENCE', 'MEDIUM'));
    const voter = guardrailTextVoter(services.bedrock, guardrail);
    expect(voter.id).toBe('guardrail-text@abc123-4');
    expect(accepted(voter, await voter.read([{ name: 'caption', text: 'x'.repeat(1_500) }]))).toEqual([
      { category: 'violence', score: 0.6, evidence: 'caption: guardrail filter VIOLENCE MEDIUM' },
      { category: 'violence', score: 0.6, evidence: 'caption: guardrail filter VIOLENCE MEDIUM' },
    ]);
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
      source: 'INPUT',
      outputScope: 'FULL',
      content: [{ text: { text: 'x'.repeat(1_000) } }],
    });
    answers(filtered('VIOLENCE', 'NONE', 'NONE'));
    expect(await voter.read([{ name: 'caption', text: 'fine' }])).toEqual([]);
  });

  it('looks at pictures', async () => {
    answers(filtered('SEXUAL', 'HIGH'));
    const voter = guardrailPictureVoter(services.bedrock, guardrail, encode);
    const votes = accepted(voter, await voter.look(picture));
    expect(votes.find(({ category }) => category === 'sexual')?.score).toBe(0.95);
    expect(JSON.parse(asked[0]?.body ?? '').content).toEqual([{ image: { format: 'png', source: { bytes: 'AQID' } } }]);
  });

  it('that steps in for something else sends it to a person', async () => {
    answers({
      ...filtered('VIOLENCE', 'NONE'),
      assessments: [{ topicPolicy: { topics: [{ name: 'medical advice', type: 'DENY', action: 'BLOCKED' }] } }],
    });
    const voter = guardrailTextVoter(services.bedrock, guardrail);
    expect(accepted(voter, await voter.read([{ name: 'caption', text: 'take two' }]))).toEqual([
      { category: 'unchecked', score: 1, evidence: 'caption: the guardrail stepped in: topics medical advice' },
    ]);
  });
});

describe('Comprehend', () => {
  it('finds what is toxic in which text, ten kilobyte pieces at a time', async () => {
    services.reply = (operation, body) => {
      asked.push({ operation, body });
      const { TextSegments } = JSON.parse(body) as { TextSegments: { Text: string }[] };
      const Labels = [
        { Name: 'PROFANITY', Score: 0.1 },
        { Name: 'VIOLENCE_OR_THREAT', Score: 0.8 },
      ];
      return { body: JSON.stringify({ ResultList: TextSegments.map(() => ({ Labels, Toxicity: 0.8 })) }) };
    };
    asked = [];
    const voter = toxicityVoter(services.comprehend);
    const channels = Array.from({ length: 11 }, (_, index) => ({ name: `storyboard[${index}].caption`, text: 'ä'.repeat(501) }));
    const votes = accepted(voter, await voter.read(channels));
    expect(asked).toHaveLength(3); // eleven texts of 1,002 bytes are 22 pieces
    for (const { body } of asked)
      for (const { Text } of (JSON.parse(body) as { TextSegments: { Text: string }[] }).TextSegments)
        expect(Buffer.byteLength(Text)).toBeLessThanOrEqual(1_000);
    expect(votes).toHaveLength(22);
    expect(votes[0]).toEqual({
      category: 'violence',
      score: 0.8,
      evidence: 'storyboard[0].caption: toxic content VIOLENCE_OR_THREAT 0.80',
    });
  });

  it('is not asked about nothing', async () => {
    answers({});
    expect(await toxicityVoter(services.comprehend).read([])).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('what is switched on', () => {
  const all = {
    rekognitionLabels: true,
    rekognitionCelebrities: true,
    comprehendToxicity: true,
    guardrail: { id: 'abc', version: '1', sees: ['text' as const, 'pictures' as const] },
  } as const;
  it('is opened, expected and known to the policy; what is not, is not there', () => {
    const { text, pictures } = openCloudVoters({ ...all, guardrail: { ...all.guardrail, sees: [...all.guardrail.sees] } }, encode, {
      region: 'us-east-1',
    });
    const names = [...text, ...pictures].map(({ id }) => nameAndVersion(id).name);
    const { briefText, briefPictures } = switchedOnBy({ ...all, guardrail: { ...all.guardrail, sees: [...all.guardrail.sees] } });
    expect(names.sort()).toEqual([...briefText, ...briefPictures].sort());
    for (const { id } of [...text, ...pictures]) {
      const { name, version } = nameAndVersion(id);
      const settings = basePolicy().voters[name];
      expect(settings, name).toBeDefined();
      if (settings?.version !== undefined) expect(settings.version, name).toBe(version);
    }
    expect(openCloudVoters({}, encode)).toEqual({ text: [], pictures: [] });
  });
});
