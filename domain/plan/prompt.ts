import type { CameraMove, StoryboardFrame } from '#contracts/brief';
import type { Template } from './templates.ts';
import { wordsOf } from './words.ts';

const cameraWords: Readonly<Record<CameraMove, string>> = {
  static: 'static camera',
  'push-in': 'camera pushes in slowly',
  'pull-out': 'camera pulls out slowly',
  'pan-left': 'camera pans left',
  'pan-right': 'camera pans right',
  'tilt-up': 'camera tilts up',
  'tilt-down': 'camera tilts down',
  orbit: 'camera orbits slowly',
};

/** Words of one or two letters, and these, say nothing about the picture. */
const fillers = new Set(['the', 'and', 'with', 'for', 'from', 'into', 'over', 'onto', 'its', 'this', 'that', 'are', 'while', 'then']);

export interface Prompt {
  /** What a text-to-video model reads. */
  readonly text: string;
  /** The same as a list: distinct, lower case, the storyboard's own words first. */
  readonly tokens: string[];
}

/** The storyboard's words, then the camera, then the template's style: the same order for every shot, so shots look related. */
export function promptOf({ description, camera }: Pick<StoryboardFrame, 'description' | 'camera'>, { style }: Template): Prompt {
  const scene = description.trim().replace(/[\s.]+$/, '');
  const said = wordsOf(description).filter((word) => word.length > 2 && !fillers.has(word));
  return {
    text: `${[scene, cameraWords[camera], ...style].filter(Boolean).join(', ')}.`,
    tokens: [...new Set([...said, cameraWords[camera], ...style])],
  };
}
