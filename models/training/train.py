"""Trains one network; goes on from the run folder, else from what is shipped (models/checkpoints).

    python train.py motion-tiny RUN_FOLDER --minutes 8
    python train.py upscale-tiny|denoise-tiny|motif-judge RUN_FOLDER --minutes 1.5

On a CPU it runs the same code with smaller numbers; motion-tiny and the judge are trained there in an hour or two."""

import argparse
import copy
import json
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from checkpoint import load, save
from field_loss import PLAIN, field_loss
from chart import POINT_MOTIFS
from motion_tiny import ASKED, ROLES, MotionTiny
from networks import SIZES, DenoiseTiny, MotifJudge, UpscaleTiny
from pool import FPS, Pool
from render import draw_facts, render, scenes
from words import COLORS, MOTIFS, TOKENS, VOCABULARY, caption, tokenize

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


def understanding_loss(network, rng, batch, device):
    """Words of scenes against what they say; words that nobody taught stand among them, so that the network learns to pass them over."""
    facts = [draw_facts(rng) for _ in range(batch)]
    ids = [tokenize(caption(f, rng, colors_known=rng.random() < 0.4)) for f in facts]
    for line in ids:
        if rng.random() < 0.5:
            for _ in range(rng.randrange(1, 6)):
                line.insert(rng.randrange(TOKENS), 1 + rng.randrange(VOCABULARY - 1))
            del line[TOKENS:]
    scores = network(torch.tensor(ids, device=device))
    said = [[names.index(f[kind]) for f in facts] for kind, names in ASKED.items()] + [[COLORS.index(f[role]) for f in facts] for role in ROLES]
    return sum(F.cross_entropy(score, torch.tensor(wanted, device=device)) for score, wanted in zip(scores, said))


class MotionLoss:
    """Both parts of motion-tiny, which share nothing: the words and the field."""

    def __init__(self, network, seed, device, motifs=MOTIFS):
        self.network, self.device = network, device
        self.some = len(motifs) < len(MOTIFS)
        groups = [(PLAIN, 768), (POINT_MOTIFS, 512)]
        self.groups = [(names, round(8 * len(group) / len(names)), each) for group, each in groups if (names := [name for name in group if name in motifs])]
        self.rng, self.generator = random.Random(seed), torch.Generator().manual_seed(seed)
        self.errors = {}

    def __call__(self, batch):
        scale = max(1, batch // 8)  # scenes a motif
        total = 0
        if not self.some:
            words = understanding_loss(self.network.understanding, self.rng, 32 * scale, self.device)
            total = 0.02 * words
            self.errors["words"] = 0.98 * self.errors.get("words", words.item()) + 0.02 * words.item()
        for names, count, each in self.groups:
            loss, errors = field_loss(self.network.field, self.rng, self.generator, names, count * scale, each, self.device)
            total = total + loss * len(names)
            for name, error in zip(names, errors.tolist()):
                self.errors[name] = 0.98 * self.errors.get(name, error) + 0.02 * error
        return total

    def said(self):
        return {name: float(f"{error:.3g}") for name, error in self.errors.items()}


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
    noise = r(n, 1, 1, 1, 1) ** 2 * 0.03 * torch.randn_like(clean)
    flicker = (r(n, 1, 1, 1, 1) ** 2) * 0.02 * torch.randn(n, 3, frames, 1, 1, device=d)
    blocks = torch.randn(n, 3, frames // 2, height // 8, width // 8, device=d) * (r(n, 1, 1, 1, 1) ** 2) * 0.015
    blocks = blocks.repeat_interleave(2, 2).repeat_interleave(8, 3).repeat_interleave(8, 4)
    step = (r(n, 1, 1, 1, 1) < 0.3) * 0.015 * torch.randn(n, 3, 1, 1, 1, device=d) * (torch.arange(frames, device=d) >= 4).float()[None, None, :, None, None]
    return clean + noise + flicker + blocks + step * torch.exp(-torch.relu(torch.arange(frames, device=d) - 4.0) / 2)[None, None, :, None, None]


def denoise_loss(network, pool, batch, device):
    clean, *_ = pool.batch(batch)
    dirty = torch.where(torch.rand(batch, 1, 1, 1, 1, device=device) < 0.3, clean, stain(clean))  # clean clips are to stay as they are
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


SAVE_EVERY = 300  # seconds: what a crash may cost


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("network", choices=NETWORKS)
    options.add_argument("run", type=Path)
    options.add_argument("--minutes", type=float, required=True)
    options.add_argument("--batch", type=int, help="clips; default 128 on a GPU, 8 on a CPU")
    options.add_argument("--pool", type=int, help="clips; default 36,000 on a GPU, 400 on a CPU")
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--motifs", nargs="+", choices=MOTIFS, default=MOTIFS, help="of motion-tiny, train these alone: a motif has weights of its own, the others stay as they are")
    options.add_argument("--threads", type=int, help="CPU threads; one is better beside other work")
    chosen = options.parse_args()
    begun = time.time()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    batch, size = chosen.batch or (128 if device == "cuda" else 8), chosen.pool or (36000 if device == "cuda" else 400)
    torch.manual_seed(1)
    torch.set_float32_matmul_precision("high")
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    chosen.run.mkdir(parents=True, exist_ok=True)
    network = NETWORKS[chosen.network]().to(device)
    found = load(network, chosen.network, chosen.run, device)
    if found:
        print(f"goes on from {found}", flush=True)
    average = Average(network)
    seed = int(begun)
    rng = random.Random(seed)
    pool = Pool(size, device, seed * 1000) if chosen.network in ("denoise-tiny", "motif-judge") else None
    if pool:
        while min(pool.drawn.values()) == 0 or pool.total < size * 0.3:
            pool.add()
        print(f"pool of {pool.total} clips after {time.time() - begun:.1f} s", flush=True)
    motion = MotionLoss(network, seed, device, chosen.motifs) if chosen.network == "motion-tiny" else None
    losses = {
        "motion-tiny": lambda: motion(batch),
        "denoise-tiny": lambda: denoise_loss(network, pool, batch, device),
        "upscale-tiny": lambda: upscale_loss(network, rng, batch, device),
        "motif-judge": lambda: judge_loss(network, pool, batch, device),
    }
    loss_of = losses[chosen.network]
    optimizer = torch.optim.AdamW(network.parameters(), chosen.rate, betas=(0.9, 0.98), weight_decay=1e-4 if len(chosen.motifs) == len(MOTIFS) else 0)
    step, running, log = 0, None, []
    first_step, saved = time.time(), time.time()
    keep = lambda: save(average.network(network), chosen.run / f"{chosen.network}.pt")
    while True:
        share = (time.time() - begun) / (60 * chosen.minutes)
        if share >= 1:
            break
        rate = chosen.rate * min(1, (step + 1) / 100) * (1 if share < 0.5 else max(0.02, 1 - (share - 0.5) / 0.5))
        for group in optimizer.param_groups:
            group["lr"] = rate
        if pool and step % 4 == 0:
            pool.add()
        loss = loss_of()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        average.follow(network)
        step += 1
        if step == 20:
            first_step = time.time()
        if step % 50 == 0:
            value = loss.item()
            running = value if running is None else 0.7 * running + 0.3 * value
            line = {"step": step, "loss": round(running, 5), "seconds": round(time.time() - begun, 1), "stepsPerSecond": round((step - 20) / max(1e-6, time.time() - first_step), 2)}
            log.append(line)
            if step % 200 == 0:
                print(json.dumps({**line, **(motion.said() if motion else {})}), flush=True)
        if time.time() - saved > SAVE_EVERY:
            saved = time.time()
            keep()
    keep()
    (chosen.run / f"{chosen.network}.log.json").write_text(json.dumps({"device": torch.cuda.get_device_name() if device == "cuda" else "cpu", "log": log}))
    print(json.dumps({"network": chosen.network, "steps": step, "batch": batch, "loss": running, "seconds": round(time.time() - begun, 1)}), flush=True)


if __name__ == "__main__":
    main()
