import type * as z from 'zod';
import { PrepOutput } from './prep.ts';
import { SafetyVerdict } from './verdict.ts';

/** Screening the brief: before any GPU second is paid for. */
export const BriefSafetyInput = PrepOutput;
export type BriefSafetyInput = z.infer<typeof BriefSafetyInput>;
export const BriefSafetyOutput = BriefSafetyInput.extend({ briefVerdict: SafetyVerdict });
export type BriefSafetyOutput = z.infer<typeof BriefSafetyOutput>;
