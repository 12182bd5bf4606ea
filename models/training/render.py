"""The procedural renderer that motion-tiny learns from: twelve motifs as functions of place, time and chance (chart.py), so a scene can be drawn
at any size, at any moment, on any device. Frames are sRGB in [0, 1], [batch, 3, frames, height, width].

Nothing here is shown to customers: it makes training data, and the ground truth for the evaluation."""

import random

import torch

from chart import CELL, CHANCES, CLOCK, DENSITIES, DIRECTIONS, EVOLUTION, GRID, LAYERS, LEAN, PERIOD, POINT_MOTIFS, POINT_NUMBERS, SOFTNESS, SPEEDS, TRAVEL, TURN, Chart
from words import COLORS, MOTIFS, PALETTE, held_out

USUAL_DIRECTION = {"snow": "down", "confetti": "down", "smoke": "up", "dust": "up"}
ROUND = TURN / PERIOD  # radians of one wave in a period: patterns along the motion are whole multiples of it
SLOWLY = TURN  # the same for the evolution, which is counted in turns


def luma(name):
    r, g, b = PALETTE[name]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


DARK = [name for name in COLORS if luma(name) < 0.42]


def draw_facts(rng: random.Random, motif: str | None = None, unseen: bool = False) -> dict:
    """One scene in words. `unseen` picks only combinations that training never shows."""
    while True:
        chosen = motif or rng.choice(MOTIFS)
        base = rng.choice(DARK if rng.random() < 0.6 else COLORS)
        accent, light = rng.sample([c for c in COLORS if c != base], 2)
        if luma(light) < luma(accent) and rng.random() < 0.8:
            accent, light = light, accent
        if max(abs(a - b) for a, b in zip(PALETTE[base], PALETTE[accent])) < 0.16:
            continue  # two colors that nobody tells apart show no motif
        if held_out(chosen, base, accent) == unseen:
            break
    usual = USUAL_DIRECTION.get(chosen)
    return {
        "motif": chosen, "base": base, "accent": accent, "light": light,
        "speed": rng.choice(list(SPEEDS)),
        "direction": usual if usual and rng.random() < 0.5 else rng.choice(list(DIRECTIONS)),
        "density": rng.choice(list(DENSITIES)), "softness": rng.choice(list(SOFTNESS)),
    }


def scenes(facts: list[dict], seed: int, device: str) -> dict:
    """Numbers of scenes, [batch] each, and their chance. Colors are jittered around their name."""
    generator = torch.Generator().manual_seed(seed)
    count = len(facts)
    column = lambda values: torch.tensor(values, dtype=torch.float32).to(device)
    colors = torch.tensor([[PALETTE[f[role]] for role in ("base", "accent", "light")] for f in facts])
    colors = (colors + (torch.rand(count, 3, 3, generator=generator) - 0.5) * 0.05).clamp(0, 1)
    of = lambda table: column([table[MOTIFS.index(f["motif"])] for f in facts])
    return {
        "motif": facts[0]["motif"], "colors": colors.to(device),
        "speed": column([SPEEDS[f["speed"]] for f in facts]),
        "ux": column([DIRECTIONS[f["direction"]][0] for f in facts]), "uy": column([DIRECTIONS[f["direction"]][1] for f in facts]),
        "density": column([DENSITIES[f["density"]] for f in facts]), "softness": column([SOFTNESS[f["softness"]] for f in facts]),
        "z": torch.rand(count, CHANCES, generator=generator).to(device),
        "points": torch.rand(count, LAYERS, GRID, GRID, POINT_NUMBERS, generator=generator).to(device),
        "lean": of(LEAN), "cell": of(CELL), "travel": of(TRAVEL), "clock": of(CLOCK),
    }


def grid(height: int, width: int, times, device, crop=None):
    """Places and moments of the pixels to draw, [1, 1, 1, width] and so on, and the side of a pixel."""
    short = min(height, width)
    top, left, rows, columns = crop or (0, 0, height, width)
    y = ((torch.arange(top, top + rows, device=device) + 0.5 - height / 2) / short)[None, None, :, None]
    x = ((torch.arange(left, left + columns, device=device) + 0.5 - width / 2) / short)[None, None, None, :]
    return x, y, torch.as_tensor(times, dtype=torch.float32, device=device)[None, :, None, None], 1 / short


def render(scene: dict, height: int, width: int, times, crop=None) -> torch.Tensor:
    """Draws a batch of scenes of one motif at `times` (seconds). `crop` = (top, left, height, width) draws only that part."""
    x, y, t, pixel = grid(height, width, times, scene["colors"].device, crop)
    return compose(masks(scene, x, y, t, pixel), scene["colors"])


def compose(layers, colors):
    """Base color in its shade, accent over it, light over both: `layers` [batch, 3, ...], `colors` [batch, 3 roles, 3] in [0, 1]."""
    wide = (colors.shape[0], 3) + (1,) * (layers.dim() - 2)
    base, second, third = (colors[:, i].reshape(wide) for i in range(3))
    shade, accent, light = layers[:, 2:3], layers[:, 0:1], layers[:, 1:2]
    frames = base * shade
    frames = frames + (second - frames) * accent
    frames = frames + (third - frames) * light
    return frames.clamp(0, 1)


def masks(scene, x, y, t, pixel) -> torch.Tensor:
    """Cover of the accent, of the light, and the shade of the base, [batch, 3, ...places], at any places and moments."""
    at = Chart(x, y, t, scene)
    col = at.col
    look = Look(col(scene["density"]), col(scene["softness"]), pixel, [col(scene["z"][:, i]) for i in range(CHANCES)])
    motif = scene["motif"]
    accent, light = laid(scene, at, look) if motif in POINT_MOTIFS else PAINTERS[motif](at, look)
    shade = 1 + 0.12 * torch.sin(1.7 * (x * torch.cos(TURN * look.z[13]) + y * torch.sin(TURN * look.z[13])) + SLOWLY * at.tau)
    shape = torch.broadcast_shapes(accent.shape, light.shape, shade.shape)
    return torch.stack([accent.clamp(0, 1).expand(shape), light.clamp(0, 1).expand(shape), shade.expand(shape)], 1)


class Look:
    """How a scene looks; `pixel` is a pixel's side: no edge is drawn sharper, so nothing flickers."""

    def __init__(self, density, softness, pixel, z):
        self.density, self.softness, self.pixel, self.z = density, softness, pixel, z

    def edge(self, distance, width):
        """1 inside (distance > 0), 0 outside, smooth over `width` or a pixel."""
        return torch.sigmoid(distance / torch.clamp(width, min=0.45 * self.pixel))

    def waves(self, sparse: int, step: int):
        """A whole number of waves in a period: `sparse`, and `step` more with each density."""
        return sparse + step * torch.round((self.density - 0.4) / 0.3)


def gradient(at, look):
    f = look.waves(3, 1) * ROUND
    a = 0.5 + 0.5 * torch.sin(f * at.s)
    b = 0.5 + 0.5 * torch.sin(look.waves(2, 1) * ROUND * at.s + (look.z[7] - 0.5) * 3 * at.n + 2)
    return 0.9 * a, 0.75 * b**3


def sweep(at, look):
    turn = look.waves(5, 1) * ROUND * at.s
    apart = (2 - 2 * torch.cos(turn)).clamp(min=1e-6).sqrt() / (look.waves(5, 1) * ROUND)  # close to the distance near the bar
    width = 0.07 * (0.6 + 0.5 * look.softness)
    core = torch.exp(-((apart / width) ** 2))
    halo = torch.exp(-((apart / (3.2 * width)) ** 2))
    floor = torch.sigmoid((at.y - 0.18 - 0.1 * look.z[7]) * 6)
    return 0.55 * halo + 0.35 * floor, 0.85 * core


def waves(at, look):
    a, l = 0, 0
    k = look.waves(5, 1)
    for j in range(4):
        middle = -0.42 + 0.26 * j + 0.05 * (look.z[7 + j] - 0.5)
        height = middle + 0.075 * torch.sin((k + j) * ROUND * at.s + 1.9 * j) + 0.03 * torch.sin((2 * k - j) * ROUND * at.s + 2.6 * j + SLOWLY * at.tau)
        edge = look.edge(at.n - height, 0.02 * look.softness)
        a = a + edge * (0.28 if j < 3 else 0.1)
        l = l + edge * (1 - edge) * 2.2 + 0.1 * edge * (j == 3)
    return a, 0.55 * l


def stripes(at, look):
    k = look.waves(28, 8) * ROUND
    wave = torch.sin(k * at.s)
    a = look.edge(wave / k, 0.011 * look.softness)
    l = torch.exp(-(((torch.sin(0.5 * k * at.s + 0.8) - 0.92) * 9) ** 2))
    return 0.9 * a, 0.6 * l


def rays(at, look):
    k = look.waves(9, 4)
    beam = 0.5 + 0.5 * torch.sin(k * at.alpha) * torch.sin((look.waves(5, 3)) * at.beta)
    beam = torch.sigmoid((beam - 0.55) * 7 / look.softness.clamp(min=0.6))
    fall = torch.exp(-0.75 * at.far)
    return 1.25 * beam * fall + 0.1, 0.9 * torch.exp(-3.2 * at.far) + 0.75 * beam * fall * fall


def aurora(at, look):
    a, l = 0, 0
    for j in range(3):
        on = (look.density > 0.3 * j + 0.15).float()
        bend = 0.16 * torch.sin((3 + j) * ROUND * at.s + 2.1 * j + SLOWLY * at.tau) + 0.07 * torch.sin((7 - j) * ROUND * at.s + 1.3 * j)
        place = at.n - (-0.28 + 0.24 * j) - 0.06 * (look.z[7 + j] - 0.5) - bend
        curtain = torch.exp(-torch.relu(place) * 6 / look.softness.clamp(0.7, 1.6)) * torch.sigmoid(place * 45)
        stripe = 0.6 + 0.4 * torch.sin((20 + 2 * j) * ROUND * at.s + 6 * bend)
        a = a + curtain * stripe * on
        l = l + torch.exp(-((place * 17) ** 2)) * stripe * on
    return a * 0.95, 0.65 * l


def smoke(at, look):
    s, n, tau = at.s, at.n, SLOWLY * at.tau
    k = look.waves(4, 1)
    w1 = torch.sin(k * ROUND * s + 0.9 + tau) + 0.6 * torch.sin(4.4 * n + TURN * look.z[7] - tau)
    w2 = torch.sin(4.0 * n + TURN * look.z[8] + tau) + 0.6 * torch.sin((k + 2) * ROUND * s + 2.2)
    field, gain = 0, 1.0
    for j, (waves_s, waves_n) in enumerate(((0, 4.0), (2, 6.5), (5, 10.0), (9, 15.0))):
        field = field + gain * torch.sin((k + waves_s) * ROUND * s + 0.9 * w2 + 1.7 * j) * torch.cos(waves_n * n + 0.7 * w1 + TURN * look.z[9 + (j % 2)] + 0.6 * j)
        gain *= 0.6
    puff = torch.sigmoid((field - 0.05) * 3.2 / look.softness.clamp(0.7, 1.8))
    return 0.85 * puff, 0.6 * torch.sigmoid((field - 0.75) * 4.5)


PAINTERS = {"gradient": gradient, "light-sweep": sweep, "waves": waves, "rays": rays, "aurora": aurora, "smoke": smoke, "stripes": stripes}


def bokeh_disc(look, cell, dx, dy, phase, b, c, on):
    radius = 0.045 + 0.1 * b
    distance = (dx * dx + dy * dy + 1e-8).sqrt()
    disc = look.edge(radius - distance, 0.006 * look.softness)
    rim = torch.exp(-(((distance - radius * 0.93) / (0.012 * (0.6 + look.softness))) ** 2))
    pulse = 0.85 + 0.15 * torch.cos(phase)
    cover = on * pulse * (0.3 + 0.4 * (c * 7 % 1)) * (disc * 0.85 + 0.35 * rim * disc)
    return cover * (c <= 0.6), cover * (c > 0.6)


def confetti_paper(look, cell, dx, dy, phase, b, c, on):
    cos, sin = torch.cos(phase), torch.sin(phase)
    u, v = dx * cos + dy * sin, dy * cos - dx * sin
    flip = 0.35 + 0.65 * torch.cos(phase + TURN * c).abs()
    half = 0.026 + 0.014 * b
    soft = 0.0035 * look.softness
    cover = on * 0.95 * look.edge(half * flip - u.abs(), soft) * look.edge(half * 0.7 - v.abs(), soft)
    return cover * (c <= 0.5), cover * (c > 0.5)


def dust_glint(look, cell, dx, dy, phase, b, c, on):
    radius = (0.008 + 0.012 * b) * (0.7 + 0.3 * look.softness)
    squared = dx * dx + dy * dy
    reach = torch.relu(1 - squared / (0.25 * cell * cell)) ** 2  # nothing is left at half a cell
    twinkle = 0.35 + 0.65 * torch.sin(phase) ** 2
    glow = torch.exp(-squared / (2 * radius * radius)) + 0.3 * torch.exp(-squared / (2 * (3.2 * radius) ** 2))
    return on * 0.25 * twinkle * torch.exp(-squared / (2 * (5 * radius) ** 2)) * reach, on * twinkle * glow.clamp(max=1) * (0.45 + 0.55 * c) * reach


def snow_flake(look, cell, dx, dy, phase, b, c, on):
    radius = 0.011 + 0.018 * b**2
    distance = (dx * dx + dy * dy + 1e-8).sqrt()
    return 0 * distance, on * look.edge(radius - distance, 0.004 * look.softness) * (0.55 + 0.45 * c)


def ripple_rings(look, cell, dx, dy, phase, b, c, on):
    distance = (dx * dx + dy * dy + 1e-8).sqrt()
    reach = torch.relu(1 - distance / (0.5 * cell)) ** 0.7
    wave = torch.sin(32 * distance - phase)
    envelope = torch.exp(-1.2 * distance) * reach * on
    return 0.9 * (0.5 + 0.5 * wave) * envelope, 0.85 * torch.relu(wave) ** (2.4 / look.softness.clamp(min=0.6)) * envelope


#: Drawing of a point, what lies behind, and the share of cells that hold a point when the scene is dense.
POINTS = {
    "bokeh": (bokeh_disc, lambda at: 0.18 * torch.sigmoid(at.y * 3), 0.75),
    "confetti": (confetti_paper, lambda at: 0 * at.y, 0.5),
    "dust": (dust_glint, lambda at: 0.22 * torch.exp(-3 * (at.x**2 + at.y**2)), 0.6),
    "snow": (snow_flake, lambda at: 0.45 * torch.sigmoid(at.y * 2.5 - 0.4), 0.4),
    "ripples": (ripple_rings, lambda at: 0 * at.y, 0.75),
}


def laid(scene, at, look):
    """All points near a place over what lies behind; the order of points does not matter."""
    draw, behind, most = POINTS[scene["motif"]]
    cell = at.col(scene["cell"])
    clear_a, clear_l = 1.0, 1.0
    for dx, dy, phase, b, c, d in at.points(scene["points"], scene["cell"], scene["travel"], scene["clock"]):
        on = (d < most * look.density).float()
        a, l = draw(look, cell, dx * cell, dy * cell, phase, b, c, on)
        clear_a, clear_l = clear_a * (1 - a.clamp(0, 1)), clear_l * (1 - l.clamp(0, 1))
    return 1 - (1 - behind(at)) * clear_a, 1 - clear_l
