"""From noise to a clip. The product does the same in containers/motion-tiny (schedule.ts, sampler.ts)."""

import torch

from networks import FRAMES, SLOT, SLOTS

SHIFT = 6.0  # neighbouring pixels say the same, so most of the work is at high noise (arXiv 2403.03206, section 5.3.2)
STEPS = 6
GUIDANCE = 3.0  # classifier-free guidance (arXiv 2207.12598) ...
GUIDED_STEPS = 3  # ... in the first steps, which decide what is shown


def shifted(u, shift=SHIFT):
    return shift * u / (1 + (shift - 1) * u)


def schedule(steps=STEPS):
    return [shifted(1 - i / steps) for i in range(steps)] + [0.0]


def carry_over(clip, context):
    """Lets a window begin where the one before ended: containers/motion-tiny/carry-over.ts says why."""
    kept = context.shape[2]
    fading = FRAMES - 2 * kept
    missing = context[:, :, -1] + (clip[:, :, kept + 1] - clip[:, :, kept]) - clip[:, :, kept]
    clip = clip.clone()
    for frame in range(fading):
        clip[:, :, kept + frame] += missing * (1 - frame / fading)
    clip[:, :, :kept] = context
    return clip.clamp(-1, 1)


@torch.no_grad()
def sample(network, ids, palette, known, size, context=None, steps=STEPS, generator=None, guidance=GUIDANCE):
    """Clips [N, 3, 16, H, W] in [-1, 1]; `context` [N, 3, 2 * slots, H, W] are the last frames of the windows before."""
    device = ids.device
    x = torch.randn(len(ids), 3, FRAMES, *size, generator=generator).to(device)
    kept = 0 if context is None else context.shape[2]
    times = schedule(steps)
    for step, (now, after) in enumerate(zip(times[:-1], times[1:])):
        if kept:
            x[:, :, :kept] = context
        t = torch.full((len(ids), SLOTS), now, device=device)
        t[:, : kept // SLOT] = 0
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            clean = network(x, t, ids, palette, known).float()
            if step < GUIDED_STEPS and guidance != 1.0:
                plain = network(x, t, torch.zeros_like(ids), palette, known).float()
                clean = plain + guidance * (clean - plain)
        x = clean + (x - clean) * (after / now)
    if kept:
        x[:, :, :kept] = context
    return x.clamp(-1, 1)
