import type * as z from 'zod';
import { Brief } from '#contracts/brief';
import * as cli from '#contracts/cli';
import { Component } from '#contracts/component';
import { BatchJobStateChange, BatchParameters, ExecutionStatusChange, LifecycleEvent } from '#contracts/events';
import { CheckpointHeader, CollectWindowsInput, GenerateOutput, JudgeReclaimsInput, WindowManifest } from '#contracts/generate';
import { ObjectCreated, ParkedBrief, RejectionNote, UploadClaim } from '#contracts/intake';
import { AcceptedBrief, IntakeOutput } from '#contracts/job';
import { AnsweredQuestion, CostFact, JobRow, PublishedClip, ReworkedShot, StoppedJob } from '#contracts/ledger';
import { PlanDocument, PlanInput, PlanOutput } from '#contracts/plan';
import { CollectClipInput, PostDocument, PostOutput } from '#contracts/post';
import { CollectTranscriptInput, PrepOutput } from '#contracts/prep';
import { ProvenanceDocument, RenderRecord } from '#contracts/provenance';
import { PipelineOutcome, PublishOutput } from '#contracts/publish';
import { Deployment, JobComponents } from '#contracts/registry';
import { DecideInput, DecideOutput, PipelineMessage, ReviewItem, ReviewRequest } from '#contracts/review';
import * as api from '#contracts/review-api';
import { BriefSafetyOutput, BriefWords } from '#contracts/safety-brief';
import { ClipSafetyOutput } from '#contracts/safety-clip';
import { DeployedPolicies, SafetyPolicy, TenantPolicy } from '#contracts/safety-policy';
import { TranscribeRequest, TranscriptDocument } from '#contracts/transcript';

/**
 * Everything that crosses a border of the product, by the name its schema file and its examples folder carry.
 * A contract that is missing here has no reference page and no examples.
 */
export const MESSAGE_CONTRACTS: Readonly<Record<string, z.ZodType>> = {
  brief: Brief,
  'object-created': ObjectCreated,
  'parked-brief': ParkedBrief,
  'rejection-note': RejectionNote,
  'upload-claim': UploadClaim,
  'accepted-brief': AcceptedBrief,
  'intake-output': IntakeOutput,
  'prep-output': PrepOutput,
  'transcribe-request': TranscribeRequest,
  'transcript-document': TranscriptDocument,
  'collect-transcript-input': CollectTranscriptInput,
  'safety-policy': SafetyPolicy,
  'tenant-safety-policy': TenantPolicy,
  'deployed-safety-policies': DeployedPolicies,
  'brief-words': BriefWords,
  'brief-safety-output': BriefSafetyOutput,
  'plan-input': PlanInput,
  'plan-document': PlanDocument,
  'plan-output': PlanOutput,
  'window-manifest': WindowManifest,
  'checkpoint-header': CheckpointHeader,
  'judge-reclaims-input': JudgeReclaimsInput,
  'collect-windows-input': CollectWindowsInput,
  'generate-output': GenerateOutput,
  'post-document': PostDocument,
  'collect-clip-input': CollectClipInput,
  'post-output': PostOutput,
  'clip-safety-output': ClipSafetyOutput,
  'pipeline-message': PipelineMessage,
  'review-request': ReviewRequest,
  'review-item': ReviewItem,
  'decide-input': DecideInput,
  'decide-output': DecideOutput,
  me: api.Me,
  'queue-page': api.QueuePage,
  'review-detail': api.ReviewDetail,
  'claim-output': api.ClaimOutput,
  'decision-body': api.DecisionBody,
  'decision-answer': api.DecisionAnswer,
  'together-view': api.TogetherView,
  'together-body': api.TogetherBody,
  'together-answer': api.TogetherAnswer,
  'bulk-body': api.BulkBody,
  'bulk-answer': api.BulkAnswer,
  dashboard: api.Dashboard,
  'rules-answer': api.RulesAnswer,
  'change-rule-body': api.ChangeRuleBody,
  'api-problem': api.ApiProblem,
  'console-config': api.ConsoleConfig,
  'publish-output': PublishOutput,
  'render-record': RenderRecord,
  'provenance-document': ProvenanceDocument,
  'pipeline-outcome': PipelineOutcome,
  'lifecycle-event': LifecycleEvent,
  component: Component,
  deployment: Deployment,
  'job-components': JobComponents,
  'batch-parameters': BatchParameters,
  'batch-job-state-change': BatchJobStateChange,
  'execution-status-change': ExecutionStatusChange,
  'cost-fact': CostFact,
  'published-clip': PublishedClip,
  'reworked-shot': ReworkedShot,
  'answered-question': AnsweredQuestion,
  'stopped-job': StoppedJob,
  'job-row': JobRow,
  'verify-result': cli.VerifyResult,
  'demo-result': cli.DemoResult,
  'submit-result': cli.SubmitResult,
  'jobs-list-result': cli.JobsListResult,
  'job-show-result': cli.JobShowResult,
  'job-cancel-result': cli.JobCancelResult,
  'review-list-result': cli.ReviewListResult,
  'components-list-result': cli.ComponentsListResult,
  'component-register-result': cli.ComponentRegisterResult,
  'costs-result': cli.CostsResult,
  'local-status-result': cli.LocalStatusResult,
  'console-serve-result': cli.ConsoleServeResult,
  'console-publish-result': cli.ConsolePublishResult,
  'cli-error': cli.CliError,
};
