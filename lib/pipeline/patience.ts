import { MAX_ROUNDS } from '#contracts/rework';
import type { Config } from '../config.ts';
import { HANDLERS } from '../handlers.ts';

/** Retries and waiting for a free sandbox, on top of what the work itself may take. */
const SLACK_SECONDS = 900;

/** One render: its Batch jobs at their longest, generate once more on machines that stay, and the steps around them. */
export const renderTimeoutSeconds = (config: Config): number =>
  2 * config.generateTimeoutSeconds +
  config.postTimeoutSeconds +
  HANDLERS['plan/write-plan'].timeoutSeconds +
  HANDLERS['generate/collect-windows'].timeoutSeconds +
  HANDLERS['generate/judge-reclaims'].timeoutSeconds +
  HANDLERS['post/collect-clip'].timeoutSeconds +
  HANDLERS['safety/screen-clip'].timeoutSeconds +
  SLACK_SECONDS;

/** A preview and a final, each sent back as often as a question may be asked. */
const RENDERS = 2 * MAX_ROUNDS;
/** One more about the brief. */
const QUESTIONS = RENDERS + 1;

/** A whole job at its very longest: every question asked in every round and answered in the last minute; about 18 days on AWS. */
export const pipelineTimeoutSeconds = (config: Config): number =>
  RENDERS * renderTimeoutSeconds(config) +
  QUESTIONS * config.reviewTimeoutSeconds +
  HANDLERS['prep/normalize-assets'].timeoutSeconds +
  config.transcribeTimeoutSeconds +
  HANDLERS['prep/collect-transcript'].timeoutSeconds +
  HANDLERS['safety/screen-brief'].timeoutSeconds +
  HANDLERS['publish/sign-and-deliver'].timeoutSeconds +
  SLACK_SECONDS;
