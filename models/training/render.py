"""The procedural renderer that motion-tiny learns from: twelve motifs as functions of place and time, so a scene can be drawn at any size,
at any moment, on any device. Frames are sRGB in [0, 1], [batch, 3, frames, height, width]; the short side is 1, the centre 0.

Nothing here is shown to customers: it makes training data, and the ground truth for the evaluation."""

import math
import random

import torch

from words import COLORS, MOTIFS, PALETTE, held_out

SPEEDS = {"slow": 0.12, "medium": 0.28, "fast": 0.6}  # short sides a second
DIRECTIONS = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, -1.0), "down": (0.0, 1.0)}
DENSITIES = {"sparse": 0.4, "medium": 0.7, "dense": 1.0}
SOFTNESS = {"soft": 2.2, "medium": 1.0, "crisp": 0.45}
USUAL_DIRECTION = {"snow": "down", "confetti": "down", "smoke": "up", "dust": "up"}
DARK = [name for name, rgb in PALETTE.items() if 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2] < 0.42]
PARTICLES = {"bokeh": 22, "confetti": 44, "dust": 40, "snow": 90}


def luma(name):
    r, g, b = PALETTE[name]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


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
    """Numbers of scenes that share a motif: shapes [batch, 1, 1, 1] or [batch, particles]. Colors are jittered around their name."""
    generator = torch.Generator().manual_seed(seed)
    count = len(facts)
    uniform = lambda *shape: torch.rand(*shape, generator=generator)
    column = lambda values: torch.tensor(values, dtype=torch.float32)[:, None, None, None].to(device)
    colors = torch.tensor([[PALETTE[f[role]] for role in ("base", "accent", "light")] for f in facts])
    colors = (colors + (uniform(count, 3, 3) - 0.5) * 0.05).clamp(0, 1)
    motif = facts[0]["motif"]
    return {
        "motif": motif,
        "colors": colors.to(device),
        "speed": column([SPEEDS[f["speed"]] for f in facts]) * (0.85 + 0.3 * uniform(count, 1, 1, 1).to(device)),
        "ux": column([DIRECTIONS[f["direction"]][0] for f in facts]), "uy": column([DIRECTIONS[f["direction"]][1] for f in facts]),
        "density": column([DENSITIES[f["density"]] for f in facts]), "softness": column([SOFTNESS[f["softness"]] for f in facts]),
        "random": [uniform(count, 1, 1, 1).to(device) for _ in range(16)],
        "particles": uniform(count, PARTICLES.get(motif, 0), 8).to(device),
    }


def render(scene: dict, height: int, width: int, times, crop=None) -> torch.Tensor:
    """Draws a batch of scenes at `times` (seconds). `crop` = (top, left, height, width) draws only that part."""
    device = scene["colors"].device
    short = min(height, width)
    top, left, rows, columns = crop or (0, 0, height, width)
    y = ((torch.arange(top, top + rows, device=device) + 0.5 - height / 2) / short)[None, None, :, None]
    x = ((torch.arange(left, left + columns, device=device) + 0.5 - width / 2) / short)[None, None, None, :]
    t = torch.as_tensor(times, dtype=torch.float32, device=device)[None, :, None, None]
    view = View(x, y, t, torch.tensor(1 / short, device=device), width / short, height / short)
    accent, light = PAINTERS[scene["motif"]](scene, view)
    r = scene["random"]
    shade = 1 + 0.12 * torch.sin(1.7 * (x * torch.cos(6.28 * r[14]) + y * torch.sin(6.28 * r[14])) + 6.28 * r[15] + 0.3 * t)
    base, second, third = (scene["colors"][:, i, :, None, None, None] for i in range(3))
    frames = base * shade[:, None]
    frames = frames + (second - frames) * accent[:, None].clamp(0, 1)
    frames = frames + (third - frames) * light[:, None].clamp(0, 1)
    return frames.clamp(0, 1)


class View:
    """Places and moments of the pixels to draw; `pixel` is a pixel's side: no edge is drawn sharper, so nothing flickers."""

    def __init__(self, x, y, t, pixel, wide, high):
        self.x, self.y, self.t, self.pixel, self.wide, self.high = x, y, t, pixel, wide, high

    def edge(self, distance, width):
        return edge(distance, width, self.pixel)


def edge(distance, width, pixel):
    """1 inside (distance > 0), 0 outside, smooth over `width` or a pixel."""
    return torch.sigmoid(distance / torch.maximum(width, 0.45 * pixel))


def along(scene, view):
    """Coordinate along the direction of motion, carried with it, and the one across."""
    ux, uy = scene["ux"], scene["uy"]
    return view.x * ux + view.y * uy - scene["speed"] * view.t, view.y * ux - view.x * uy


def gradient(scene, view):
    s, n = along(scene, view)
    r = scene["random"]
    f = 2.0 + 2.2 * scene["density"]
    a = 0.5 + 0.5 * torch.sin(f * s + (1.2 * r[0] - 0.6) * 2 * n + 6.28 * r[1])
    b = 0.5 + 0.5 * torch.sin(0.8 * f * s + (r[2] - 0.5) * 3 * n + 6.28 * r[3])
    return 0.9 * a, 0.75 * b**3


def sweep(scene, view):
    s, n = along(scene, view)
    r = scene["random"]
    tilt = (r[0] - 0.5) * 0.9
    period = 1.0 + 0.7 * (1 - scene["density"])
    place = torch.remainder(s * 1.0 + tilt * n + r[1] * period, period) - period / 2
    width = 0.07 * (0.6 + 0.5 * scene["softness"])
    core = torch.exp(-((place / width) ** 2))
    halo = torch.exp(-((place / (3.2 * width)) ** 2))
    floor = torch.sigmoid((view.y - 0.18 - 0.1 * r[2]) * 6)
    return 0.55 * halo + 0.35 * floor, 0.85 * core


def waves(scene, view):
    s, n = along(scene, view)
    r = scene["random"]
    a, l = 0, 0
    k = 4.0 + 3.0 * scene["density"]
    for j in range(4):
        middle = -0.42 + 0.26 * j + 0.05 * (r[4 + j] - 0.5)
        height = middle + 0.075 * torch.sin(k * s * (1 + 0.12 * j) + 6.28 * r[j]) + 0.03 * torch.sin(1.9 * k * s + 6.28 * r[j + 8])
        edge = view.edge(n - height, 0.02 * scene["softness"])
        a = a + edge * (0.28 if j < 3 else 0.1)
        l = l + edge * (1 - edge) * 2.2 + 0.1 * edge * (j == 3)
    return a, 0.55 * l


def stripes(scene, view):
    s, n = along(scene, view)
    r = scene["random"]
    k = 6.283 * (2.0 + 3.5 * scene["density"])
    phase = k * (s + (r[0] - 0.5) * 1.2 * n) + 6.28 * r[1]
    wave = torch.sin(phase)
    a = view.edge(wave / k, 0.011 * scene["softness"])
    l = torch.exp(-(((torch.sin(phase * 0.5 + 0.8) - 0.92) * 9) ** 2))
    return 0.9 * a, 0.6 * l


def rays(scene, view):
    r = scene["random"]
    ox, oy = -0.85 * scene["ux"] + 0.5 * (r[0] - 0.5), -0.85 * scene["uy"] + 0.5 * (r[1] - 0.5)
    dx, dy = view.x - ox, view.y - oy
    angle = torch.atan2(dy * scene["ux"] - dx * scene["uy"], dx * scene["ux"] + dy * scene["uy"])
    distance = (dx * dx + dy * dy).sqrt()
    k = torch.round(9 + 9 * scene["density"])
    turn = scene["speed"] * view.t * 1.1
    beam = 0.5 + 0.5 * torch.sin(k * (angle + turn) + 6.28 * r[2]) * torch.sin(0.6 * k * (angle - 0.4 * turn) + 6.28 * r[3])
    beam = torch.sigmoid((beam - 0.55) * 7 / scene["softness"].clamp(min=0.6))
    fall = torch.exp(-0.75 * distance)
    return 1.25 * beam * fall + 0.1, 0.9 * torch.exp(-3.2 * distance) + 0.75 * beam * fall * fall


def ripples(scene, view):
    r = scene["random"]
    a, l = 0, 0
    count = 3
    for j in range(count):
        on = (scene["density"] > 0.25 + 0.28 * j).float()
        cx = (r[j] - 0.5) * 1.1 + 0.25 * scene["speed"] * scene["ux"] * view.t
        cy = (r[4 + j] - 0.5) * 0.7 + 0.25 * scene["speed"] * scene["uy"] * view.t
        distance = ((view.x - cx) ** 2 + (view.y - cy) ** 2 + 1e-4).sqrt()
        wave = torch.sin(30 * (distance - 0.55 * scene["speed"] * view.t) + 6.28 * r[8 + j])
        envelope = torch.exp(-2.2 * distance) * on
        a = a + (0.5 + 0.5 * wave) * envelope
        l = l + torch.relu(wave) ** (3.0 / scene["softness"].clamp(min=0.6)) * envelope * 0.8
    return a * 0.95, l * 0.9


def aurora(scene, view):
    r = scene["random"]
    s, n = along(scene, view)
    a, l = 0, 0
    for j in range(3):
        on = (scene["density"] > 0.3 * j).float()
        bend = 0.16 * torch.sin(2.4 * s + 6.28 * r[j] + 0.5 * view.t) + 0.07 * torch.sin(5.3 * s + 6.28 * r[3 + j])
        place = n - (-0.28 + 0.24 * j) - bend
        curtain = torch.exp(-torch.relu(place) * 11 / scene["softness"].clamp(0.7, 1.6)) * torch.sigmoid(place * 45)
        stripe = 0.6 + 0.4 * torch.sin(17 * s + 6 * bend + 6.28 * r[6 + j])
        a = a + curtain * stripe * on
        l = l + torch.exp(-((place * 17) ** 2)) * stripe * on
    return a * 0.95, 0.65 * l


def smoke(scene, view):
    r = scene["random"]
    s, n = along(scene, view)
    k = 3.2 + 2.2 * scene["density"]
    w1 = torch.sin(k * 0.9 * s + 6.28 * r[0] + 0.35 * view.t) + 0.6 * torch.sin(k * 1.3 * n + 6.28 * r[1] - 0.3 * view.t)
    w2 = torch.sin(k * 0.8 * n + 6.28 * r[2] + 0.4 * view.t) + 0.6 * torch.sin(k * 1.5 * s + 6.28 * r[3])
    p, q = s + 0.2 * w1, n + 0.2 * w2
    field, gain = 0, 1.0
    for j in range(4):
        f = k * 1.75**j
        turned = p * math.cos(1.1 * j) + q * math.sin(1.1 * j), q * math.cos(1.1 * j) - p * math.sin(1.1 * j)
        field = field + gain * torch.sin(f * turned[0] + 6.28 * r[4 + j] + 0.7 * w2) * torch.cos(f * 0.8 * turned[1] + 6.28 * r[8 + j] + 0.5 * w1)
        gain *= 0.55
    puff = torch.sigmoid((field - 0.05) * 3.2 / scene["softness"].clamp(0.7, 1.8))
    return 0.85 * puff, 0.6 * torch.sigmoid((field - 0.75) * 4.5)


def travel(scene, view, spread, sway=0.03):
    """Places of particles over time, [batch, frames, particles]: they leave on one side and come back on the other."""
    p = scene["particles"]
    t = view.t[:, :, 0]
    speed = scene["speed"][:, 0] * (0.5 + 0.9 * p[:, None, :, 2])
    ux, uy = scene["ux"][:, 0], scene["uy"][:, 0]
    wobble = sway * torch.sin(1.8 * t + 6.28 * p[:, None, :, 3])
    wide, high = view.wide + spread, view.high + spread
    px = torch.remainder((p[:, None, :, 0] * wide) + speed * ux * t + wobble * uy.abs(), wide) - wide / 2
    py = torch.remainder((p[:, None, :, 1] * high) + speed * uy * t + wobble * ux.abs(), high) - high / 2
    return px, py, speed


FUSED = {}


def fused(function):
    """One kernel instead of a dozen, where there is a GPU: particles are nearly all of the renderer's work."""
    if not torch.cuda.is_available():
        return function
    if function not in FUSED:
        FUSED[function] = torch.compile(function, dynamic=True)
    return FUSED[function]


def lay(scene, view, a, l, px, py, speed, particle):
    """Lays all particles over one another, [batch, frames, height, width]."""
    count = px.shape[2]
    apart = lambda value: value.permute(2, 0, 1)[..., None, None].contiguous()
    xs, ys, speeds = apart(px), apart(py), apart(speed.expand(-1, 1, -1) if speed.shape[1] == 1 else speed)
    features = scene["particles"].permute(1, 2, 0)[..., None, None, None].contiguous()  # [count, 8, batch, 1, 1, 1]
    shape = torch.broadcast_shapes(a.shape, xs[0].shape, (1, 1, view.y.shape[2], view.x.shape[3]))
    a, l = a.expand(shape).contiguous(), torch.as_tensor(l, device=xs.device, dtype=a.dtype).expand(shape).contiguous()
    draw = fused(particle)
    for i in range(count):
        on = (scene["density"] * count > i).float()
        a, l = draw(a, l, view.x - xs[i], view.y - ys[i], view.t, features[i], on, scene["softness"], view.pixel, speeds[i])
    return a, l


def over(a, l, cover, is_light):
    """Lays a particle over what is there: of accent color, or of light."""
    a = a + (1 - a) * cover * (1 - is_light)
    l = l * (1 - cover * (1 - is_light)) + (1 - l * (1 - cover * (1 - is_light))) * cover * is_light
    return a, l


def bokeh_disc(a, l, dx, dy, t, p, on, softness, pixel, speed):
    radius = 0.045 + 0.1 * p[4]
    distance = (dx * dx + dy * dy).sqrt()
    disc = edge(radius - distance, 0.006 * softness, pixel)
    rim = torch.exp(-(((distance - radius * 0.93) / (0.012 * (0.6 + softness))) ** 2))
    return over(a, l, on * (0.22 + 0.4 * p[5]) * (disc * 0.85 + 0.35 * rim * disc), (p[6] > 0.6).float())


def confetti_paper(a, l, dx, dy, t, p, on, softness, pixel, speed):
    angle = 6.28 * p[4] + (1.5 + 3 * p[5]) * t * (0.3 + speed)
    cos, sin = torch.cos(angle), torch.sin(angle)
    u, v = dx * cos + dy * sin, dy * cos - dx * sin
    flip = 0.35 + 0.65 * torch.cos(angle * 1.4 + 6.28 * p[6]).abs()
    half = 0.024 + 0.016 * p[7]
    soft = 0.0035 * softness
    return over(a, l, on * 0.95 * edge(half * flip - u.abs(), soft, pixel) * edge(half * 0.7 - v.abs(), soft, pixel), (p[6] > 0.5).float())


def dust_glint(a, l, dx, dy, t, p, on, softness, pixel, speed):
    radius = (0.008 + 0.012 * p[4]) * (0.7 + 0.3 * softness)
    twinkle = 0.35 + 0.65 * torch.sin((2 + 3 * p[5]) * t + 6.28 * p[6]) ** 2
    squared = dx * dx + dy * dy
    glow = torch.exp(-squared / (2 * radius * radius)) + 0.3 * torch.exp(-squared / (2 * (3.2 * radius) ** 2))
    return a + on * 0.25 * twinkle * torch.exp(-squared / (2 * (5 * radius) ** 2)), l + on * twinkle * glow * (0.45 + 0.55 * p[7])


def snow_flake(a, l, dx, dy, t, p, on, softness, pixel, speed):
    radius = 0.011 + 0.02 * p[4] ** 2
    distance = (dx * dx + dy * dy).sqrt()
    return a, l + (1 - l) * on * edge(radius - distance, 0.004 * softness, pixel) * (0.55 + 0.45 * p[5])


def bokeh(scene, view):
    return lay(scene, view, 0.18 * torch.sigmoid(view.y * 3), 0.0, *travel(scene, view, 0.3), bokeh_disc)


def confetti(scene, view):
    return lay(scene, view, 0 * view.y, 0.0, *travel(scene, view, 0.15, 0.06), confetti_paper)


def dust(scene, view):
    return lay(scene, view, 0.22 * torch.exp(-3 * (view.x**2 + view.y**2)), 0.0, *travel(scene, view, 0.1, 0.05), dust_glint)


def snow(scene, view):
    return lay(scene, view, 0.45 * torch.sigmoid(view.y * 2.5 - 0.4), 0.0, *travel(scene, view, 0.08, 0.045), snow_flake)


PAINTERS = {
    "gradient": gradient, "bokeh": bokeh, "light-sweep": sweep, "waves": waves, "confetti": confetti, "dust": dust,
    "rays": rays, "ripples": ripples, "aurora": aurora, "snow": snow, "smoke": smoke, "stripes": stripes,
}
