import { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Assets } from '../assets.ts';
import { MODEL_FOLDERS, type ModelLayer } from '../handlers.ts';

/**
 * A layer of models. Each stack has its own: a version that one stack took from another could not be replaced while it is taken. They are
 * made of the same archive.
 */
export const modelsLayer = (scope: Construct, layer: ModelLayer, assets: Assets): LayerVersion =>
  new LayerVersion(scope, layer === 'pictures' ? 'Models' : 'WordModels', {
    description: `Model files for ${layer} under ${MODEL_FOLDERS[layer].folder}`,
    code: assets.modelsLayer(scope, layer),
  });
