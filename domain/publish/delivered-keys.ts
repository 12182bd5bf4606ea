import type { OutputSize } from '#contracts/brief';
import type { Job } from '#contracts/job';
import { keys } from '#contracts/keys';

/** Where a job's deliverables lie in the deliverables bucket. A CMS may rely on these names. */
export const deliveredKeys = ({ tenant, jobId }: Job) => ({
  /** `clip.mp4` for the master (the first output), `clip-<w>x<h>.mp4` for the others. */
  clip: (index: number, { width, height }: OutputSize) =>
    keys.deliverable(tenant, jobId, index === 0 ? 'clip.mp4' : `clip-${width}x${height}.mp4`),
  poster: keys.deliverable(tenant, jobId, 'poster.png'),
  contactSheet: keys.deliverable(tenant, jobId, 'contact-sheet.png'),
  provenance: keys.deliverable(tenant, jobId, 'provenance.json'),
});
