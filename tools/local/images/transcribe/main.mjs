/**
 * Stands for the image of the transcribe worker where there are no images. On AWS the image brings Python with its packages, and the
 * machine's disk keeps the weights; here both are installed on first use, then the very worker that is deployed runs.
 */
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transcribePackages } from '../../../setup/transcribe.mjs';

const root = resolve(import.meta.dirname, '..', '..', '..', '..');
const packages = transcribePackages(root);
// A job's home is its scratch folder; pip's own settings lie in the person's.
await packages.install({ ...process.env, HOME: userInfo().homedir });
await packages.fill(process.env.FRAMEWRIGHT_WEIGHTS_FOLDER);
process.env.FRAMEWRIGHT_TRANSCRIBE_PYTHON = packages.python;
await import(pathToFileURL(join(root, 'dist', 'containers', 'transcribe', 'main.mjs')).href);
