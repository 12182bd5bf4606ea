import { openMemoryComponentRegistry } from '#adapters/memory/component-registry';
import { Component } from '#contracts/component';
import type { Deployment, JobComponents, RegisteredComponent } from '#contracts/registry';
import animaticJson from '../../../containers/animatic/component.json' with { type: 'json' };
import postJson from '../../../containers/post/component.json' with { type: 'json' };

export const animatic = Component.parse(animaticJson);
export const post = Component.parse(postJson);

export const alone = (component: Component): RegisteredComponent => ({ component, companions: [] });

export const deployment: Deployment = {
  schema: 'framewright/deployment/v1',
  defaultMotion: 'animatic',
  licences: ['Apache-2.0', 'MIT'],
  components: [alone(animatic), alone(post)],
};

/** The same product with another version of its default component. */
export const deploymentOf = (version: string): Deployment => ({
  ...deployment,
  components: [alone({ ...animatic, version }), alone(post)],
});

export const jobComponents: JobComponents = {
  schema: 'framewright/job-components/v1',
  motion: alone(animatic),
  composite: alone(post),
};

/** What the plan step adds to the message for these components. */
export const plannedComponents = {
  component: { id: 'animatic', version: animatic.version },
  workers: {
    generate: { id: 'animatic', version: animatic.version, priceClass: animatic.priceClass },
    post: { id: 'post', version: post.version, priceClass: post.priceClass },
  },
  companions: [],
};

export const components = () => openMemoryComponentRegistry(deployment);
