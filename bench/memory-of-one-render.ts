import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderClip } from '../containers/post/render-clip.ts';
import { folderStore } from './folder-store.ts';
import { drawWindows, samplePlan, sampleRequest } from './sample-render.ts';

/** Renders one small clip and tells the parent this process's peak resident memory in MiB. */
const seconds = Number(process.argv[2]);
const folder = await mkdtemp(join(tmpdir(), 'framewright-bench-memory-'));
const work = join(folder, 'work');
await mkdir(work);
const store = folderStore(join(folder, 'objects'));
const plan = samplePlan({ seconds, width: 320, height: 180 });
await drawWindows(store, plan, work);
await renderClip(await sampleRequest(store, plan, work));
await rm(folder, { recursive: true });
process.send?.(process.resourceUsage().maxRSS / 1024);
process.disconnect?.();
