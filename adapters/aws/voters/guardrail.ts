import {
  ApplyGuardrailCommand,
  type ApplyGuardrailResponse,
  type BedrockRuntimeClient,
  type GuardrailContentBlock,
} from '@aws-sdk/client-bedrock-runtime';
import type { SafetyCategory, SafetyVote } from '#contracts/verdict';
import type { Channel, PictureVoter, TextVoter } from '#domain/ports';
import type { Encode } from './rekognition.ts';

/** Filters of a guardrail: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailContentFilter.html, read 2026-11-27. */
export const GUARDRAIL_FILTERS: Readonly<Record<string, SafetyCategory>> = {
  SEXUAL: 'sexual',
  VIOLENCE: 'violence',
  HATE: 'hate',
  INSULTS: 'hate',
  MISCONDUCT: 'dangerous-goods', // crime and its tools
  PROMPT_ATTACK: 'deception', // words that want to steer a model instead of describing a shot
};
/** The service grades in words; the middle of each third, and nearly certain for the last. */
const CONFIDENCE: Readonly<Record<string, number>> = { NONE: 0, LOW: 0.3, MEDIUM: 0.6, HIGH: 0.95 };
const TEXT = ['sexual', 'violence', 'hate', 'dangerous-goods', 'deception', 'unchecked'] as const satisfies readonly SafetyCategory[];
const PICTURES = ['sexual', 'violence', 'hate', 'dangerous-goods', 'unchecked'] as const satisfies readonly SafetyCategory[];

export interface Guardrail {
  readonly id: string;
  readonly version: string;
}

export const guardrailTextVoter = (client: BedrockRuntimeClient, guardrail: Guardrail): TextVoter => ({
  id: `guardrail-text@${guardrail.id}-${guardrail.version}`,
  sees: 'text',
  categories: TEXT,
  async read(channels) {
    const votes: SafetyVote[] = [];
    for (const { name, text } of channels.flatMap(pieces))
      votes.push(...votesOf(await apply(client, guardrail, { text: { text } }), `${name}: `, TEXT).filter(({ score }) => score > 0));
    return votes;
  },
});

export const guardrailPictureVoter = (client: BedrockRuntimeClient, guardrail: Guardrail, encode: Encode): PictureVoter => ({
  id: `guardrail-pictures@${guardrail.id}-${guardrail.version}`,
  sees: 'picture',
  categories: PICTURES,
  async look(picture) {
    const found = votesOf(
      await apply(client, guardrail, { image: { format: 'png', source: { bytes: await encode(picture) } } }),
      '',
      PICTURES,
    );
    return PICTURES.filter((category) => category !== 'unchecked')
      .filter((category) => !found.some((vote) => vote.category === category))
      .map((category): SafetyVote => ({ category, score: 0, evidence: `nothing ${category}` }))
      .concat(found);
  },
});

const apply = (client: BedrockRuntimeClient, { id, version }: Guardrail, content: GuardrailContentBlock) =>
  client.send(
    new ApplyGuardrailCommand({
      guardrailIdentifier: id,
      guardrailVersion: version,
      source: 'INPUT',
      outputScope: 'FULL', // filters that found nothing are told too: an answer without any is no answer
      content: [content],
    }),
  );

function votesOf({ action, assessments }: ApplyGuardrailResponse, where: string, categories: readonly SafetyCategory[]): SafetyVote[] {
  if (!action || !assessments) throw new Error('expected an action and assessments, found none');
  const filters = assessments.flatMap(({ contentPolicy }) => contentPolicy?.filters ?? []);
  const votes = filters.flatMap(({ type, confidence }): SafetyVote[] => {
    const category = GUARDRAIL_FILTERS[type ?? ''];
    const score = CONFIDENCE[confidence ?? ''];
    if (!category || score === undefined) throw new Error(`expected a filter and a confidence that we know, found ${type} ${confidence}`);
    return categories.includes(category)
      ? [{ category, score, evidence: `${where}guardrail filter ${type} ${confidence}`.slice(0, 500) }]
      : [];
  });
  if (action === 'NONE' || votes.some(({ score }) => score > 0)) return votes;
  // It stepped in for something that is none of our categories (a topic, a word, personal data): a person reads why.
  const topics = assessments.flatMap(({ topicPolicy }) => topicPolicy?.topics ?? []).map(({ name }) => name);
  const why = topics.length > 0 ? `topics ${topics.join(', ')}` : 'words or personal data';
  return [...votes, { category: 'unchecked', score: 1, evidence: `${where}the guardrail stepped in: ${why}`.slice(0, 500) }];
}

/** A guardrail bills and bounds by text units of 1,000 characters; 25 of them are one call's usual limit, and a brief's text has at most one. */
const PIECE = 1_000;
const pieces = ({ name, text }: Channel): Channel[] =>
  Array.from({ length: Math.ceil(text.length / PIECE) }, (_, index) => ({ name, text: text.slice(index * PIECE, (index + 1) * PIECE) }));
