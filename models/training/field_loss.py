"""What the field is taught: the masks of random scenes at random places and moments, motif by motif. A place in a clip costs as little as any other,
so every step sees hundreds of scenes instead of a few clips."""

import random

import torch
import torch.nn.functional as F

from chart import DENSITIES, DIRECTIONS, POINT_MOTIFS, SOFTNESS, SPEEDS, Chart
from motion_tiny import look_of
from render import masks, scenes
from words import COLORS, MOTIFS

PIXEL = 1 / 72  # the canvas's pixel: no edge of a target is sharper
LONGEST = 40.0  # seconds; what repeats (chart.py) has repeated by then
PLAIN = [motif for motif in MOTIFS if motif not in POINT_MOTIFS]


def scenes_of(rng: random.Random, motif: str, count: int, device: str):
    """Scenes in every way to look and move, and their choices as ones and zeros. Colors do not matter to masks."""
    pick = lambda table: rng.choice(list(table))
    facts = [{"motif": motif, "base": COLORS[0], "accent": COLORS[0], "light": COLORS[0], "speed": pick(SPEEDS), "direction": pick(DIRECTIONS),
              "density": pick(DENSITIES), "softness": pick(SOFTNESS)} for _ in range(count)]
    one = lambda kind, names: F.one_hot(torch.tensor([names.index(f[kind]) for f in facts]), len(names)).float().to(device)
    return scenes(facts, rng.getrandbits(40), device), one("motif", MOTIFS), one("density", list(DENSITIES)), one("softness", list(SOFTNESS))


def places(generator: torch.Generator, count: int, each: int, device: str):
    """Random places in pictures of the three shapes and random moments, [count, each]."""
    r = lambda *shape: torch.rand(*shape, generator=generator).to(device)
    shape = r(count, 1)
    wide, tall = torch.where(shape < 0.7, 0.89, 0.5), torch.where(shape > 0.85, 0.89, 0.5)
    return (r(count, each) * 2 - 1) * wide, (r(count, each) * 2 - 1) * tall, r(count, each) * LONGEST


def field_loss(field, rng, generator, names, count, each, device):
    """Mean over motifs of `names`, and each motif's own as numbers."""
    parts, wanted = [], []
    x, y, t = places(generator, count * len(names), each, device)
    for i, name in enumerate(names):
        scene, *choice = scenes_of(rng, name, count, device)
        at = slice(i * count, (i + 1) * count)
        with torch.no_grad():
            wanted.append(masks(scene, x[at], y[at], t[at], PIXEL))
        parts.append((scene, *choice))
    join = lambda values: torch.cat(list(values))
    facts = {key: join(p[0][key] for p in parts) for key in ("speed", "ux", "uy", "z", "cell", "lean", "travel", "clock")}
    points = join(p[0]["points"] for p in parts)
    motif, density, softness = (join(p[i] for p in parts) for i in (1, 2, 3))
    guess = field(Chart(x, y, t, facts), points, motif, look_of(density, softness, facts["z"]), facts, names[0] in POINT_MOTIFS)
    error = guess - join(wanted)
    loss = error**2 + 0.02 * (error**2 + 1e-6).sqrt()
    return loss.mean(), (error[:, :2] ** 2).mean((1, 2)).detach().reshape(len(names), count).mean(1)
