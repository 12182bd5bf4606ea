import { Chain, Choice, Condition, type CustomState, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ErrorName } from '#contracts/errors';
import type { Tier, Visit } from '#contracts/stages';
import { backBefore, evidenceOf, jsonata, sentBack } from './expressions.ts';
import { ended, onError, say } from './steps.ts';

/** The stages as the pipeline sees them: each hides its own function, retries and limits. */
export interface PipelineStages {
  readonly prep: CustomState;
  readonly transcribe: CustomState;
  readonly collectTranscript: CustomState;
  readonly screenBrief: CustomState;
  readonly renderPreview: CustomState;
  readonly renderFinal: CustomState;
  readonly askAboutBrief: CustomState;
  readonly askAboutPreview: CustomState;
  readonly askAboutFinal: CustomState;
  readonly publish: CustomState;
  /** Tells the ledger that the job ended without a published clip. */
  readonly conclude: CustomState;
}

/**
 * The whole river on one screen: draft first, then pay for the good one. A refusal is an answer, so every branch that ends early ends
 * a successful execution. What a reviewer sends back goes round once more: rendered anew, looked at, asked about.
 */
export function pipelineDefinition(scope: Construct, stage: PipelineStages): Chain {
  const concluded = stage.conclude.next(ended(scope, 'Concluded', '{ "status": $states.input.outcome, "reason": $states.input.reason }'));
  const refuse = (phrase: string, visit: Visit, reason: string) => say(scope, phrase, 'rejected', `"${visit}"`, reason).next(concluded);
  const nobodyAnswered = say(
    scope,
    'Nobody decided in time',
    'rejected',
    REVIEW_REACHED,
    '"nobody decided before the deadline of the review"',
  ).next(concluded);

  const sentBackTooOften = say(
    scope,
    'Sent back too often',
    'rejected',
    REVIEW_REACHED,
    '"it was sent back, and there is no further round for it"',
  ).next(concluded);
  const again = (tier: Tier) => Pass.jsonata(scope, `Send the ${tier} back`, { outputs: backBefore(tier) });

  onError(stage.prep, [ErrorName.AssetRejected], refuse('Asset refused', 'prep', '$states.input.problem.cause'));
  for (const question of [stage.askAboutBrief, stage.askAboutPreview, stage.askAboutFinal])
    onError(question, ['States.Timeout'], nobodyAnswered);

  const publish = stage.publish.next(ended(scope, 'Published', '{ "status": "published" }'));

  const finalApproved = new Choice(scope, 'Did a person approve the final?')
    .when(approved('finalDecision'), publish)
    .when(goesBack('finalDecision'), again('final').next(stage.renderFinal))
    .when(wantsRework('finalDecision'), sentBackTooOften)
    .otherwise(refuse('Final refused by a person', 'review:final', '$states.input.finalDecision.reason'));
  const finalVerdict = new Choice(scope, 'What does the policy say of the final?')
    .when(verdict('final.clipVerdict', 'allow'), publish)
    .when(verdict('final.clipVerdict', 'review'), stage.askAboutFinal.next(finalApproved))
    .otherwise(refuse('Final refused by the policy', 'safety:final', evidenceOf('final.clipVerdict')));
  const renderFinal = stage.renderFinal.next(finalVerdict);

  const previewEnough = say(
    scope,
    'Preview was all that was asked for',
    'previewed',
    '"review:preview"',
    '"the brief asks for a preview only"',
  ).next(concluded);
  const previewApproved = new Choice(scope, 'Is the preview approved?')
    .when(
      Condition.jsonata(jsonata("$states.input.previewDecision.outcome = 'approved' and $states.input.job.tier = 'preview'")),
      previewEnough,
    )
    .when(approved('previewDecision'), renderFinal)
    .when(goesBack('previewDecision'), again('preview').next(stage.renderPreview))
    .when(wantsRework('previewDecision'), sentBackTooOften)
    .otherwise(refuse('Preview refused', 'review:preview', '$states.input.previewDecision.reason'));
  const previewVerdict = new Choice(scope, 'What does the policy say of the preview?')
    .when(
      verdict('preview.clipVerdict', 'reject'),
      refuse('Preview refused by the policy', 'safety:preview', evidenceOf('preview.clipVerdict')),
    )
    .otherwise(stage.askAboutPreview.next(previewApproved));
  const renderPreview = stage.renderPreview.next(previewVerdict);

  const briefApproved = new Choice(scope, 'Did a person approve the brief?')
    .when(approved('briefDecision'), renderPreview)
    .otherwise(refuse('Brief refused by a person', 'review:brief', '$states.input.briefDecision.reason'));
  const briefVerdict = new Choice(scope, 'What does the policy say of the brief?')
    .when(verdict('briefVerdict', 'allow'), renderPreview)
    .when(verdict('briefVerdict', 'review'), stage.askAboutBrief.next(briefApproved))
    .otherwise(refuse('Brief refused by the policy', 'safety:brief', evidenceOf('briefVerdict')));

  const screenBrief = stage.screenBrief.next(briefVerdict);

  // A sound that nobody could write down is screened as such: it is asked about, and no job fails of it.
  const screenWithWords = stage.collectTranscript.next(screenBrief);
  onError(stage.transcribe, ['States.TaskFailed', 'States.Timeout'], screenWithWords);
  const listen = new Choice(scope, 'Is there a sound to listen to?')
    .when(Condition.jsonata(jsonata('$exists($states.input.prep.sound)')), stage.transcribe.next(screenWithWords))
    .otherwise(screenBrief);

  return Chain.start(stage.prep).next(listen);
}

/** Which review a job was in, by what it already has. */
const REVIEW_REACHED =
  '($exists($states.input.final) ? "review:final" : $exists($states.input.preview) ? "review:preview" : "review:brief")';

const verdict = (path: string, word: 'allow' | 'review' | 'reject') =>
  Condition.jsonata(jsonata(`$states.input.${path}.verdict = '${word}'`));
const approved = (decision: string) => Condition.jsonata(jsonata(`$states.input.${decision}.outcome = 'approved'`));
const goesBack = (decision: string) => Condition.jsonata(jsonata(sentBack(decision)));
const wantsRework = (decision: string) => Condition.jsonata(jsonata(`$states.input.${decision}.outcome = 'rework'`));
