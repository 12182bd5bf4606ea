import * as z from 'zod';
import { Sha256 } from './artifact.ts';
import { Component } from './component.ts';

/** A worker, and the components that are loaded inside it: they are built, deployed and chosen together. */
export const RegisteredComponent = z.strictObject({ component: Component, companions: z.array(Component) });
export type RegisteredComponent = z.infer<typeof RegisteredComponent>;

/** What a deployment was made with, written at synthesis and uploaded beside the code. */
export const Deployment = z.strictObject({
  schema: z.literal('framewright/deployment/v1'),
  /** Renders briefs that pin nothing. */
  defaultMotion: Component.shape.id,
  /** Licences that this deployment allows. */
  licences: z.array(z.string()).min(1),
  components: z.array(RegisteredComponent).min(1),
});
export type Deployment = z.infer<typeof Deployment>;

/** A file of weights that a customer registered; its bytes lie under its hash. */
export const WeightsBundle = z.strictObject({ sha256: Sha256, bytes: z.int().positive() });
export type WeightsBundle = z.infer<typeof WeightsBundle>;

/** What a job renders with, chosen once: its preview and its final are made by the same versions, whatever is deployed in between. */
export const JobComponents = z.strictObject({
  schema: z.literal('framewright/job-components/v1'),
  motion: RegisteredComponent,
  composite: RegisteredComponent,
});
export type JobComponents = z.infer<typeof JobComponents>;
