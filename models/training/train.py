"""Trains one network; goes on from the run folder, else from what is shipped (models/checkpoints).

    python train.py motion-tiny RUN_FOLDER --minutes 8
    python train.py upscale-tiny|denoise-tiny|motif-judge RUN_FOLDER --minutes 1.5

On a CPU it runs the same code with smaller numbers (--batch 8 --pool 200); hours there are minutes on a GPU."""

import argparse
import copy
import json
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from checkpoint import load, save
from muon import Muon
from networks import SIZES, SLOT, SLOTS, DenoiseTiny, MotifJudge, MotionTiny, UpscaleTiny
from pool import FPS, Pool
from render import draw_facts, render, scenes
from sampler import shifted
from words import MOTIFS

TRAINING_SHIFT = 4.0
NETWORKS = {"motion-tiny": MotionTiny, "upscale-tiny": UpscaleTiny, "denoise-tiny": DenoiseTiny, "motif-judge": lambda: MotifJudge(len(MOTIFS))}


class Average:
    """Exponential moving average of the weights: what is shipped."""

    def __init__(self, network, decay=0.999):
        self.decay, self.steps = decay, 0
        self.weights = [p.detach().clone() for p in network.parameters()]

    @torch.no_grad()
    def follow(self, network):
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 20))
        torch._foreach_lerp_(self.weights, [p.detach() for p in network.parameters()], 1 - decay)

    def network(self, network):
        shadow = copy.deepcopy(network)
        with torch.no_grad():
            for p, w in zip(shadow.parameters(), self.weights):
                p.copy_(w)
        return shadow.eval()


def motion_loss(network, pool, batch, device):
    clean, ids, palette, known = pool.batch(batch)
    u = torch.rand(batch, 1, device=device)
    t = shifted(u, TRAINING_SHIFT).clamp(min=1e-3).repeat(1, SLOTS)
    # Half of the clips go on from clean frames: two slots as the product does it, seldom one.
    context = torch.rand(batch, 1, device=device)
    slots = (context < 0.5).long() * 2 - (context < 0.05).long()
    is_context = torch.arange(SLOTS, device=device)[None] < slots
    t = t.masked_fill(is_context, 0.0)
    ids = ids.masked_fill(torch.rand(batch, 1, device=device) < 0.05, 0)
    known = known * (torch.rand(batch, 1, device=device) > 0.05).float()

    level = t.repeat_interleave(SLOT, 1)[:, None, :, None, None]
    noise = torch.randn_like(clean)
    noisy = (1 - level) * clean + level * noise
    # Context is never perfect in use (it was generated, rounded to bytes, denoised): small errors teach not to trust it blindly.
    imperfect = torch.rand(batch, 1, 1, 1, 1, device=device) * 0.05
    blur = F.avg_pool3d(F.pad(clean, (1, 1, 1, 1, 0, 0), mode="replicate"), (1, 3, 3), 1)
    soft = torch.rand(batch, 1, 1, 1, 1, device=device) ** 2 * 0.5
    stained = clean + soft * (blur - clean) + imperfect * noise + (torch.rand(batch, 3, 1, 1, 1, device=device) - 0.5) * 0.04
    noisy = torch.where((level == 0), stained, noisy)
    with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        guess = network(noisy, t, ids, palette, known)
    weight = (level > 0) / level.clamp(min=0.1) ** 1.5
    return (weight * (guess.float() - clean) ** 2).mean() / weight.mean()


def upscale_batch(rng, batch, device):
    """Pairs of small frames and what lies between them, large: drawn at both sizes, cut out at random."""
    motif = rng.choice(MOTIFS)
    facts = [draw_facts(rng, motif) for _ in range(batch)]
    scene = scenes(facts, rng.getrandbits(40), device)
    low = SIZES[rng.choice(list(SIZES))]
    rows, columns = 36, 48
    top, left = rng.randrange(low[0] - rows + 1), rng.randrange(low[1] - columns + 1)
    start = rng.uniform(0, 30)
    wanted = render(scene, low[0] * 5, low[1] * 5, [start, start + 0.5 / FPS], (top * 5, left * 5, rows * 5, columns * 5))
    if rng.random() < 0.7:
        given = render(scene, *low, [start, start + 1 / FPS], (top, left, rows, columns))
    else:
        after = render(scene, low[0] * 5, low[1] * 5, [start + 1 / FPS], (top * 5, left * 5, rows * 5, columns * 5))
        given = F.avg_pool3d(torch.cat([wanted[:, :, :1], after], 2), (1, 5, 5))
    pair = lambda x: x.transpose(1, 2).flatten(1, 2) * 2 - 1
    given = pair(given) + torch.rand(batch, 1, 1, 1, device=device) ** 2 * 0.06 * torch.randn(batch, 6, rows, columns, device=device)
    return given, pair(wanted)


def upscale_loss(network, rng, batch, device):
    given, wanted = upscale_batch(rng, batch, device)
    with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        guess = network(given)
    guess = guess.float()
    slopes = sum((guess.diff(dim=d) - wanted.diff(dim=d)).abs().mean() for d in (-1, -2))
    return (guess - wanted).abs().mean() + 0.7 * slopes


def stain(clean):
    """What generated windows suffer from: noise, brightness that flickers, patches that disagree at their edges, a step where windows meet."""
    n, _, frames, height, width = clean.shape
    d = clean.device
    r = lambda *shape: torch.rand(*shape, device=d)
    noise = r(n, 1, 1, 1, 1) ** 2 * 0.10 * torch.randn_like(clean)
    flicker = (r(n, 1, 1, 1, 1) ** 2) * 0.05 * torch.randn(n, 3, frames, 1, 1, device=d)
    blocks = torch.randn(n, 3, frames // 2, height // 8, width // 8, device=d) * (r(n, 1, 1, 1, 1) ** 2) * 0.05
    blocks = blocks.repeat_interleave(2, 2).repeat_interleave(8, 3).repeat_interleave(8, 4)
    step = (r(n, 1, 1, 1, 1) < 0.3) * 0.05 * torch.randn(n, 3, 1, 1, 1, device=d) * (torch.arange(frames, device=d) >= 4).float()[None, None, :, None, None]
    return clean + noise + flicker + blocks + step * torch.exp(-torch.relu(torch.arange(frames, device=d) - 4.0) / 2)[None, None, :, None, None]


def denoise_loss(network, pool, batch, device):
    clean, *_ = pool.batch(batch)
    dirty = torch.where(torch.rand(batch, 1, 1, 1, 1, device=device) < 0.1, clean, stain(clean))  # clean clips are to stay as they are
    with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        guess = network(dirty)
    guess = guess.float()
    slopes = sum((guess.diff(dim=d) - clean.diff(dim=d)).abs().mean() for d in (-1, -2, -3))
    return (guess - clean).abs().mean() + 0.5 * slopes


def judge_loss(network, pool, batch, device):
    clean, labels = pool.labelled(batch)
    dirty = clean + torch.rand(batch, 1, 1, 1, 1, device=device) ** 2 * 0.2 * torch.randn_like(clean)
    small = F.avg_pool3d(dirty, (1, 2, 2))
    with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        scores = network(small)
    return F.cross_entropy(scores.float(), labels, label_smoothing=0.05)


def optimizers(network, rate):
    """Muon for the blocks' matrices, AdamW for the rest (embeddings, convolutions, norms)."""
    inner = [p for n, p in network.named_parameters() if p.ndim == 2 and n.startswith("blocks.")] if isinstance(network, MotionTiny) else []
    chosen = {id(p) for p in inner}
    outer = [p for p in network.parameters() if id(p) not in chosen]
    return [torch.optim.AdamW(outer, rate, betas=(0.9, 0.98), weight_decay=0.01), *([Muon(inner, rate)] if inner else [])]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("network", choices=NETWORKS)
    options.add_argument("run", type=Path)
    options.add_argument("--minutes", type=float, required=True)
    options.add_argument("--batch", type=int, default=128)
    options.add_argument("--pool", type=int, default=36000)
    options.add_argument("--rate", type=float, default=1.5e-3)
    options.add_argument("--no-compile", action="store_true")
    chosen = options.parse_args()
    begun = time.time()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(1)
    torch.set_float32_matmul_precision("high")
    chosen.run.mkdir(parents=True, exist_ok=True)
    network = NETWORKS[chosen.network]().to(device)
    found = load(network, chosen.network, chosen.run, device)
    if found:
        print(f"goes on from {found}", flush=True)
    average = Average(network)
    if device == "cuda" and not chosen.no_compile and chosen.network == "motion-tiny":
        for block in network.blocks:
            block.compile()
    seed = int(begun)
    rng = random.Random(seed)
    pool = Pool(chosen.pool, device, seed * 1000) if chosen.network != "upscale-tiny" else None
    if pool:
        while min(pool.drawn.values()) == 0 or pool.total < chosen.pool * 0.3:
            pool.add()
        print(f"pool of {pool.total} clips after {time.time() - begun:.1f} s", flush=True)
    losses = {
        "motion-tiny": lambda: motion_loss(network, pool, chosen.batch, device),
        "denoise-tiny": lambda: denoise_loss(network, pool, chosen.batch, device),
        "upscale-tiny": lambda: upscale_loss(network, rng, chosen.batch, device),
        "motif-judge": lambda: judge_loss(network, pool, chosen.batch, device),
    }
    loss_of = losses[chosen.network]
    opts = optimizers(network, chosen.rate)
    step, running, log, started = 0, None, [], time.time()
    first_step = None
    while True:
        share = (time.time() - begun) / (60 * chosen.minutes)
        if share >= 1:
            break
        rate = chosen.rate * min(1, (step + 1) / 100) * (1 if share < 0.5 else max(0.02, 1 - (share - 0.5) / 0.5))
        for opt in opts:
            for group in opt.param_groups:
                group["lr"] = rate
        if pool and step % (2 if pool.total < chosen.pool else 4) == 0:
            pool.add()
        loss = loss_of()
        for opt in opts:
            opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        for opt in opts:
            opt.step()
        average.follow(network)
        step += 1
        if step == 20:
            first_step = time.time()
        if step % 50 == 0:
            value = loss.item()
            running = value if running is None else 0.7 * running + 0.3 * value
            pace = (step - 20) * chosen.batch / max(1e-6, time.time() - first_step)
            log.append({"step": step, "loss": round(running, 5), "seconds": round(time.time() - begun, 1), "clipsPerSecond": round(pace)})
            if step % 200 == 0:
                print(json.dumps(log[-1]), flush=True)
    save(average.network(network), chosen.run / f"{chosen.network}.pt")
    (chosen.run / f"{chosen.network}.log.json").write_text(json.dumps({"device": torch.cuda.get_device_name() if device == "cuda" else "cpu", "log": log}))
    print(json.dumps({"network": chosen.network, "steps": step, "clips": step * chosen.batch, "loss": running, "seconds": round(time.time() - begun, 1)}), flush=True)


if __name__ == "__main__":
    main()
