"""How good is it, on combinations that training never showed: writes metrics.json, sheet.png and windows.png to the run folder.

    python evaluate.py RUN_FOLDER [--each 20] [--shipped]

Every figure stands beside the same figure for the renderer's own clips of the same words, which is the best a model of them can reach."""

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from chart import CHANCES, DIRECTIONS, GRID, LAYERS, POINT_NUMBERS, SPEEDS
from checkpoint import load
from motion_tiny import LUCK, MotionTiny
from networks import FRAMES, SIZES, DenoiseTiny, MotifJudge
from pool import FPS
from render import draw_facts, grid, render, scenes
from words import MOTIFS, PALETTE, caption, tokenize

TRAVELLING = ["gradient", "waves", "confetti", "snow", "smoke", "stripes", "bokeh", "dust"]  # motifs that move as a whole


def trained(kind, name, run, device):
    network = kind().to(device).eval()
    if load(network, name, run, device) is None:
        raise FileNotFoundError(f"expected weights of {name} in {run} or in models/checkpoints, found none")
    return network


def shipped(name, inputs, count=1):
    """The very file that the product runs; what it answers first, of one clip."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(Path(__file__).parent.parent / name / f"{name}.onnx"), providers=["CPUExecutionProvider"])
    return lambda *values: [torch.from_numpy(found) for found in session.run(None, dict(zip(inputs, (value.numpy() for value in values))))][:count]


STEP = 2  # frames of an evaluation, as in the product


@torch.no_grad()
def draw(network, ids, palette, known, size, start, generator, chance=None):
    """Clips [N, 3, 16, H, W] in [-1, 1] that begin at `start` seconds, and the chance they were drawn by: windows of one shot share it."""
    x, y, _, _ = grid(*size, [0.0], "cpu")
    places = torch.stack([x.expand(1, 1, *size), y.expand(1, 1, *size)], -1).reshape(-1, 2)
    uniform = lambda *shape: torch.rand(*shape, generator=generator)
    clips, kept = [], []
    for i in range(len(ids)):
        own = chance[i] if chance else (uniform(1, LUCK), uniform(1, CHANCES), uniform(1, LAYERS, GRID, GRID, POINT_NUMBERS))
        moments = [torch.tensor([start + (at + k) / FPS for k in range(STEP)]) for at in range(0, FRAMES, STEP)]
        frames = [network(ids[i : i + 1], palette[i : i + 1], known[i : i + 1], *own, places, t)[0] for t in moments]
        clips.append(torch.cat(frames, 2).reshape(1, 3, FRAMES, *size))
        kept.append(own)
    return torch.cat(clips), kept


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


def small(clips):
    return F.avg_pool3d(clips, (1, 2, 2))


def kvd(a, b):
    """Unbiased polynomial-kernel maximum mean discrepancy of two sets of features (as KID, arXiv 1801.01401), times 100."""
    kernel = lambda x, y: (x @ y.T / x.shape[1] + 1) ** 3
    n, m = len(a), len(b)
    aa, bb = kernel(a, a), kernel(b, b)
    return 100 * float((aa.sum() - aa.diag().sum()) / (n * (n - 1)) + (bb.sum() - bb.diag().sum()) / (m * (m - 1)) - 2 * kernel(a, b).mean())


def displacement(clips):
    """Shift per frame in pixels [N, 2] (x, y) by phase correlation of neighbouring frames' brightness, averaged over the clip's spectra."""
    luma = clips.mean(1)
    n, frames, height, width = luma.shape
    window = torch.hann_window(height, device=clips.device)[:, None] * torch.hann_window(width, device=clips.device)[None]
    luma = (luma - luma.mean((2, 3), keepdim=True)) * window
    spectrum = torch.fft.fft2(luma)
    cross = spectrum[:, 1:] * spectrum[:, :-1].conj()
    cross = (cross / (cross.abs() + 1e-3 * cross.abs().mean((2, 3), keepdim=True))).mean(1)
    surface = torch.fft.ifft2(cross).real
    reach = 8
    surface = torch.fft.fftshift(surface, dim=(1, 2))[:, height // 2 - reach : height // 2 + reach + 1, width // 2 - reach : width // 2 + reach + 1]
    side = 2 * reach + 1
    peak = surface.flatten(1).argmax(1)
    py, px = peak // side, peak % side
    out = []
    for i in range(n):
        y, x = int(py[i]), int(px[i])
        y0, y1, x0, x1 = max(0, y - 1), min(side, y + 2), max(0, x - 1), min(side, x + 2)
        patch = surface[i, y0:y1, x0:x1].clamp(min=0) + 1e-9
        ys, xs = torch.arange(y0, y1, device=clips.device), torch.arange(x0, x1, device=clips.device)
        out.append([float((patch.sum(0) * xs).sum() / patch.sum()) - reach, float((patch.sum(1) * ys).sum() / patch.sum()) - reach])
    return np.array(out)


def motion_figures(clips, facts):
    chosen = [i for i, f in enumerate(facts) if f["motif"] in TRAVELLING and f["speed"] != "slow"]
    shift = displacement(clips[chosen])
    right = 0
    for (x, y), i in zip(shift, chosen):
        ux, uy = DIRECTIONS[facts[i]["direction"]]
        right += (x * ux + y * uy) > abs(x * uy + y * ux)
    every = [i for i, f in enumerate(facts) if f["motif"] in TRAVELLING]
    speed = np.abs(displacement(clips[every])).max(1) * FPS / 72
    asked = np.array([SPEEDS[facts[i]["speed"]] for i in every])
    medians = {name: round(float(np.median(speed[asked == value])), 3) for name, value in SPEEDS.items() if (asked == value).any()}
    return {"direction": round(right / max(1, len(chosen)), 3), "speedMedians": medians}


def oklab(rgb):
    """Ottosson's OKLab of sRGB in [0, 1], last axis of 3."""
    linear = torch.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    lms = linear @ torch.tensor([[0.4122214708, 0.2119034982, 0.0883024619], [0.5363325363, 0.6806995451, 0.2817188376], [0.0514459929, 0.1073969566, 0.6299787005]], device=rgb.device)
    lms = lms.clamp(min=0) ** (1 / 3)
    return lms @ torch.tensor([[0.2104542553, 1.9779984951, 0.0259040371], [0.7936177850, -2.4285922050, 0.7827717662], [-0.0040720468, 0.4505937099, -0.8086757660]], device=rgb.device)


def palette_distance(clips, wanted):
    """Mean OKLab distance (times 100, near to CIE's units) from each asked color to the nearest 2 % of the clip's pixels."""
    total = []
    for clip, colors in zip(clips, wanted):
        pixels = oklab(((clip[:, ::3, ::2, ::2] + 1) / 2).clamp(0, 1).flatten(1).T)
        distance = torch.cdist(oklab(colors), pixels)
        total.append(float(distance.quantile(0.02, 1).mean()) * 100)
    return round(float(np.mean(total)), 2)


def picture(rows, file):
    from PIL import Image

    image = ((torch.cat(rows, 1).clamp(-1, 1) + 1) * 127.5).permute(1, 2, 0).cpu().numpy().astype(np.uint8)
    Image.fromarray(image).save(file)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("run", type=Path)
    options.add_argument("--each", type=int, default=20, help="clips a motif")
    options.add_argument("--shipped", action="store_true", help="judge models/*/*.onnx rather than the run's weights")
    chosen = options.parse_args()
    device = "cpu"
    chosen.run.mkdir(parents=True, exist_ok=True)
    begun = time.time()
    judge = trained(lambda: MotifJudge(len(MOTIFS)), "motif-judge", chosen.run, device)
    if chosen.shipped:
        motion = shipped("motion-tiny", ["ids", "palette", "hasPalette", "luck", "chance", "points", "places", "moments"])
        one = shipped("denoise-tiny", ["x"])
        denoiser = lambda clips: torch.cat([one(clip[None])[0] for clip in clips])
    else:
        motion = trained(MotionTiny, "motion-tiny", chosen.run, device)
        denoiser = trained(DenoiseTiny, "denoise-tiny", chosen.run, device)
    cleaned = lambda x: denoiser(x).clamp(-1, 1)
    rng, size = random.Random(77), SIZES["16:9"]
    generator = torch.Generator().manual_seed(5)
    facts, real, made, raw, features = [], [], [], [], {"real": [], "other": [], "made": [], "blur": [], "shuffled": [], "noise": []}
    correct = {"made": 0, "real": 0}
    confusion = {}
    with torch.no_grad():
        for motif in MOTIFS:
            group = [draw_facts(rng, motif, unseen=True) for _ in range(chosen.each)]
            clips = render(scenes(group, rng.getrandbits(40), device), *size, [i / FPS for i in range(16)]) * 2 - 1
            other = render(scenes([draw_facts(rng, motif) for _ in group], rng.getrandbits(40), device), *size, [i / FPS for i in range(16)]) * 2 - 1
            ids = torch.tensor([tokenize(caption(f, rng, complete=True)) for f in group], device=device)
            palette = torch.zeros(len(group), 3, 3)
            noisy, _ = draw(motion, ids, palette, torch.zeros(len(group), 1), size, rng.uniform(0, 30), generator)
            ours = cleaned(noisy)
            label = MOTIFS.index(motif)
            said = judge(small(ours)).argmax(1)
            correct["made"] += int((said == label).sum())
            correct["real"] += int((judge(small(clips)).argmax(1) == label).sum())
            for wrong in said[said != label].tolist():
                confusion[f"{motif} -> {MOTIFS[wrong]}"] = confusion.get(f"{motif} -> {MOTIFS[wrong]}", 0) + 1
            facts += group
            real.append(clips)
            made.append(ours)
            raw.append(noisy)
            kernel = torch.ones(3, 1, 1, 3, 3, device=device) / 9
            variants = {"real": clips, "other": other, "made": ours, "blur": F.conv3d(clips, kernel, padding=(0, 1, 1), groups=3),
                        "shuffled": clips[:, :, torch.randperm(16)], "noise": (clips + 0.35 * torch.randn_like(clips)).clamp(-1, 1)}
            for name, value in variants.items():
                features[name].append(judge.features(small(value)))
    real, made, raw = torch.cat(real), torch.cat(made), torch.cat(raw)
    features = {name: torch.cat(value).float() for name, value in features.items()}
    wanted = torch.tensor([[PALETTE[f[role]] for role in ("base", "accent", "light")] for f in facts], device=device)
    detail = lambda x: float((x.diff(dim=-1).abs().mean() + x.diff(dim=-2).abs().mean()))
    change = lambda x: float(x.diff(dim=2).abs().mean())
    blocky = lambda x: float(x.diff(dim=-1)[..., 7::8].abs().mean() / x.diff(dim=-1)[..., 3::8].abs().mean())
    metrics = {
        "clips": len(facts),
        "motifAccuracy": {k: round(v / len(facts), 3) for k, v in correct.items()}, "mistaken": confusion,
        "motion": {"made": motion_figures(made, facts), "real": motion_figures(real, facts)},
        "paletteDistance": {"made": palette_distance(made, wanted), "real": palette_distance(real, wanted), "otherWords": palette_distance(made, wanted.roll(7, 0))},
        "kvd": {name: round(kvd(features["other"], features[name]), 3) for name in ("real", "made", "blur", "shuffled", "noise")},
        "detail": {"made": round(detail(made), 4), "beforeDenoise": round(detail(raw), 4), "real": round(detail(real), 4)},
        "frameChange": {"made": round(change(made), 4), "beforeDenoise": round(change(raw), 4), "real": round(change(real), 4)},
        "blockiness": {"made": round(blocky(made), 3), "real": round(blocky(real), 3)},
    }
    rows = []
    for m in range(len(MOTIFS)):
        i, j = m * chosen.each, m * chosen.each + min(1, chosen.each - 1)
        strip = lambda c: torch.cat([c[:, k] for k in (0, 5, 10, 15)], 2)
        rows.append(torch.cat([strip(made[i]), strip(made[j]), strip(real[i])], 2))
    picture(rows, chosen.run / "sheet.png")

    # Windows that continue: 8 of them are 8.3 s of one shot.
    group = [draw_facts(rng, motif) for motif in MOTIFS]
    ids = torch.tensor([tokenize(caption(f, rng, complete=True)) for f in group], device=device)
    palette = torch.tensor([[PALETTE[f[role]] for role in ("base", "accent", "light")] for f in group], device=device) * 2 - 1
    known = torch.ones(len(group), 1, device=device)
    shown, context, chance = [], None, None
    with torch.no_grad():
        for second in range(8):
            window, chance = draw(motion, ids, palette, known, size, float(second), generator, chance)
            window = cleaned(window)
            if context is not None:
                window = carry_over(window, context)
            window = (window * 127.5).round() / 127.5
            shown.append(window if context is None else window[:, :, 4:])
            context = window[:, :, -4:]
    clip = torch.cat(shown, 2)
    changes = clip.diff(dim=2).abs().mean((1, 3, 4))
    joins = [15 + 12 * k for k in range(7)]
    inside = [k for k in range(changes.shape[1]) if k not in joins]
    drift = oklab(((clip.mean((3, 4)).transpose(1, 2) + 1) / 2).clamp(0, 1))
    metrics["windows"] = {
        "seamScore": round(float((changes[:, joins].mean(1) / changes[:, inside].mean(1)).mean()), 3),
        "worstSeamScore": round(float((changes[:, joins].mean(1) / changes[:, inside].mean(1)).max()), 3),
        "driftAfter8": round(float((drift[:, -12:].mean(1) - drift[:, :12].mean(1)).norm(dim=-1).mean()) * 100, 2),
        "detailLastOverFirst": round(detail(clip[:, :, -12:]) / max(1e-6, detail(clip[:, :, :12])), 3),
        "changeLastOverFirst": round(change(clip[:, :, -12:]) / max(1e-6, change(clip[:, :, :12])), 3),
    }
    picture([torch.cat([clip[b, :, k] for k in (0, 13, 27, 41, 55, 69, 83, 97)], 2) for b in range(len(group))], chosen.run / "windows.png")
    metrics["seconds"] = round(time.time() - begun, 1)
    (chosen.run / "metrics.json").write_text(json.dumps(metrics, indent=2))
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
