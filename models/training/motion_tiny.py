"""`MotionTiny`: words, three colors and the chance of a shot to frames at any moments, in one evaluation.

A rectified flow (arXiv 2209.03003) is a straight line from noise to a clip; it can be walked in one step when every noise has one clip and no two
lines cross. Mostly a second training has to make that so ("reflow"). Here it is so from the beginning: the renderer draws its clips out of the very
numbers that the network is given as noise (chart.py), so the network learns the end of the line, and a step is a clip.

Two parts. `Understanding` reads the words (hashed, no vocabulary) and says how likely each motif, direction, speed, density, softness and color
is; what the words leave open is drawn by chance (Gumbel-max). `Field` is a small network over places and moments whose weights depend on the motif
(a mixture of weights, as CondConv, arXiv 1904.04971) and are bent by density, softness and chance; its inputs are waves of the chart (Fourier
features, arXiv 2006.10739), and what it sees of the points near a place it adds up over them (as Deep Sets, arXiv 1703.06114)."""

import torch
import torch.nn.functional as F
from torch import nn

from chart import CELL, CHANCES, CLOCK, DENSITIES, DIRECTIONS, LEAN, PERIOD, POINT_MOTIFS, SOFTNESS, SPEEDS, TRAVEL, TURN, Chart
from render import compose
from words import COLORS, MOTIFS, PALETTE, TOKENS, VOCABULARY

ASKED = {"motif": MOTIFS, "speed": list(SPEEDS), "direction": list(DIRECTIONS), "density": list(DENSITIES), "softness": list(SOFTNESS)}
ROLES = ("base", "accent", "light")
CHOICES = [len(MOTIFS), 3, 4, 3, 3]
LUCK = sum(CHOICES) + 3 * len(COLORS)  # uniform numbers that draw what is not said

ALONG = [*range(1, 17), 18, 20, 22, 24, 26, 28, 32, 36, 40, 44]  # waves in a period of the motion
AROUND = [*range(1, 12), 13, 15, 17, 19]  # waves in a turn
ACROSS = [1.0, 2.0, 4.0, 7.0, 11.0, 16.0]  # radians a short side
# Motifs whose pattern bends itself (smoke is waves in waves, "domain warping"): waves along, across and in time, and waves whose phase these say. A period
# of the motion holds a whole number of each, and so does the evolution; how many radians a short side they have across is learned, beginning with these.
WARPED_MOTIFS = ["smoke", "aurora"]
BENDING = [(0, radians, turns) for radians in (3.0, 4.5, 7.0) for turns in (-1, 0, 1)] + [(n, radians, turns) for n in range(3, 9) for radians, turns in ((0.5, 1), (-0.5, -1), (0.0, 0))]
BENT = [(n, radians, 0) for n in range(3, 17) for radians in (4.0, -6.5, 10.0, -15.0)]
PLACE_INPUTS = 2 * len(ALONG) + 4 * len(AROUND) + 2 * len(ACROSS) + 4 + 6


class Understanding(nn.Module):
    """Ids [N, 32] to scores of every choice."""

    def __init__(self, width=96):
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, width)
        self.place = nn.Parameter(torch.randn(1, TOKENS, width) * 0.02)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.queries = nn.Parameter(torch.randn(1, len(CHOICES) + 3, width) * 0.1)
        self.q, self.k, self.v = (nn.Linear(width, width) for _ in range(3))
        # Two words before and after: "silk in brown and copper with cream accents" says by order which color is which.
        self.near = nn.Conv1d(width, width, 5, padding=2)
        self.near2 = nn.Conv1d(width, width, 5, padding=2)
        self.out = nn.ModuleList(nn.Linear(width, n) for n in [*CHOICES, *([len(COLORS)] * 3)])
        nn.init.normal_(self.embed.weight, std=0.3)

    def forward(self, ids):
        present = (ids > 0).float()[..., None]
        x = (self.embed(ids) + self.place) * present
        for layer, norm in ((self.near, self.norm1), (self.near2, self.norm2)):
            x = (x + F.silu(layer(norm(x).transpose(1, 2)).transpose(1, 2))) * present
        scores = self.q(self.queries) @ self.k(x).transpose(1, 2) * x.shape[-1] ** -0.5
        read = (scores - 1e4 * (1 - present).transpose(1, 2)).softmax(-1) @ self.v(x)
        return [head(read[:, i]) for i, head in enumerate(self.out)]


LOOK = 9 + 2 * CHANCES  # numbers that bend a layer: look_of


class Mixed(nn.Module):
    """A linear layer whose weights are a mixture by motif, bent by density, softness and chance: x [N, places, inputs], motif [N, motifs], look [N, LOOK].
    The bend scales and shifts what comes out; it is folded into the weights, so that it costs nothing a place."""

    def __init__(self, inputs, outputs, gain=1.0, bends=False):
        super().__init__()
        self.inputs, self.outputs = inputs, outputs
        self.weight = nn.Parameter(torch.randn(len(MOTIFS), inputs * outputs) * gain * inputs**-0.5)
        self.bias = nn.Parameter(torch.zeros(len(MOTIFS), outputs))
        self.bend = nn.Parameter(torch.randn(len(MOTIFS), LOOK * 2 * outputs) * 0.02) if bends else None

    def forward(self, x, motif, look):
        weight = (motif @ self.weight).reshape(-1, self.inputs, self.outputs)
        bias = (motif @ self.bias)[:, None]
        if self.bend is not None:
            bend = look[:, None] @ (motif @ self.bend).reshape(-1, LOOK, 2 * self.outputs)
            scale, shift = 1 + bend[..., : self.outputs], bend[..., self.outputs :]
            weight, bias = weight * scale, bias * scale + shift
        if len(x) == 1:
            return torch.addmm(bias[0], x[0], weight[0])[None]  # one operator for all three, where the graph runs
        return torch.baddbmm(bias, x, weight)


class Sines(nn.Module):
    """Waves over (s, n, tau), each [N, places, 1], with phases out of x [N, places, inputs], as loud as the look has them."""

    def __init__(self, kinds, inputs):
        super().__init__()
        along, across, turns = (torch.tensor(numbers, dtype=torch.float32) for numbers in zip(*kinds))
        self.register_buffer("along", along * (TURN / PERIOD), persistent=False)
        self.register_buffer("turns", turns * TURN, persistent=False)
        self.across = nn.Parameter(across.repeat(len(MOTIFS), 1))
        self.phase = Mixed(inputs, len(kinds), 0.5, True)
        self.loud = nn.Parameter(torch.randn(len(MOTIFS), LOOK * len(kinds)) * 0.02)

    def forward(self, at, x, motif, look):
        s, n, tau = at
        loud = 1 + look[:, None] @ (motif @ self.loud).reshape(-1, LOOK, len(self.along))
        return torch.sin(s * self.along + n * (motif @ self.across)[:, None] + tau * self.turns + self.phase(x, motif, look)) * loud


class Field(nn.Module):
    def __init__(self, width=64, point=40):
        super().__init__()
        self.first, self.second, self.third = Mixed(PLACE_INPUTS, width, 1.0, True), Mixed(width, width, 1.4, True), Mixed(width, width, 1.4, True)
        self.out = Mixed(width, 3, 0.5)
        self.point_first, self.point_second, self.point_out = Mixed(POINT_INPUTS, point, 1.4, True), Mixed(point, point, 1.4, True), Mixed(point, 12)
        self.join = Mixed(12, width)
        self.bending, self.bent, self.warped = Sines(BENDING, 1), Sines(BENT, len(BENDING)), Mixed(len(BENT), width, 1.0, True)
        one = lambda motifs: torch.tensor([float(name in motifs) for name in MOTIFS])
        self.register_buffer("pointed", one(POINT_MOTIFS), persistent=False)
        self.register_buffer("warps", one(WARPED_MOTIFS), persistent=False)

    def forward(self, chart: Chart, points, motif, look, facts, with_points=True):
        """Masks [N, 3, places]; the chart's places are [N, places]."""
        x = F.silu(self.first(place_inputs(chart), motif, look))
        x = x + F.silu(self.second(x, motif, look))
        if with_points:
            x = x + self.beside(chart, points, motif, look, facts)
        x = x + self.warp(chart, motif, look)
        x = x + F.silu(self.third(x, motif, look))
        return self.out(x, motif, look).transpose(1, 2)

    def beside(self, chart, points, motif, look, facts):
        """What the points near a place add, [N, places, width]. Motifs without points cost nothing: their places are none, and nothing is added."""
        has_points = motif @ self.pointed  # [N]
        places = chart.x.shape[1]
        if len(motif) == 1:
            chart = chart.part(places * has_points[0].long())
        total = 0
        for near in chart.points(points, facts["cell"], facts["travel"], facts["clock"]):
            inputs, reach = point_inputs(*near)
            p = F.silu(self.point_first(inputs, motif, look))
            p = p + F.silu(self.point_second(p, motif, look))
            total = total + self.point_out(p, motif, look) * reach
        added = self.join(total, motif, look) * has_points[:, None, None]
        return added if len(motif) > 1 else F.pad(added, (0, 0, 0, places - added.shape[1]))


    def warp(self, chart, motif, look):
        """What waves in waves add, [N, places, width]; to motifs that do not bend themselves nothing, at no cost."""
        warps = motif @ self.warps  # [N]
        places = chart.x.shape[1]
        at = [value.expand(len(motif), places)[:, : places * warps[0].long() if len(motif) == 1 else places, None] for value in (chart.s, chart.n, chart.tau)]
        bent = self.bent(at, self.bending(at, torch.ones_like(at[0]), motif, look), motif, look)
        added = self.warped(bent, motif, look) * warps[:, None, None]
        return added if len(motif) > 1 else F.pad(added, (0, 0, 0, places - added.shape[1]))


def waves(value, numbers):
    angles = value[..., None] * value.new_tensor(numbers)
    return [torch.sin(angles), torch.cos(angles)]


def place_inputs(at: Chart):
    """[N, places, PLACE_INPUTS]."""
    turns = at.tau * TURN
    plain = [value.expand_as(at.s) for value in (at.n, at.x, at.y, at.far, torch.exp(-at.far), torch.exp(-3 * at.far))]
    return torch.cat([
        *waves(at.s * (TURN / PERIOD), ALONG), *waves(at.alpha, AROUND), *waves(at.beta, AROUND), *waves(at.n, ACROSS),
        torch.stack([turns.sin(), turns.cos(), (2 * turns).sin(), (2 * turns).cos()], -1).expand(*at.s.shape, 4), torch.stack(plain, -1),
    ], -1)


POINT_INPUTS = 14


def point_inputs(dx, dy, phase, b, c, d):
    """[N, places, POINT_INPUTS], and how much a point counts at its distance: nothing from half a cell on, where the four nearest cells end."""
    far = (dx * dx + dy * dy + 1e-6).sqrt()
    other = phase + TURN * c
    sin, cos = torch.sin(phase), torch.cos(phase)
    inputs = torch.stack([2 * dx, 2 * dy, 2 * far, 1 / (0.05 + far) / 8, dx * cos + dy * sin, dy * cos - dx * sin, sin, cos, torch.sin(other), torch.cos(other), b, c, d, b * far], -1)
    return inputs, torch.relu(1 - (2 * far).clamp(max=1) ** 8)[..., None]


class MotionTiny(nn.Module):
    """The graph that is shipped.

    ids [1, 32] int64; palette [1, 3, 3] in [-1, 1] and hasPalette [1, 1]; luck [1, LUCK], chance [1, 16] and points [1, 2, 32, 32, 6] uniform in [0, 1);
    places [pixels, 2] (x, y in short sides from the centre); moments [frames] in seconds of the shot. Gives clip [1, 3, frames, pixels] in [-1, 1] and
    read [1, 25], what the words were taken to say (one of each choice is 1)."""

    def __init__(self):
        super().__init__()
        self.understanding, self.field = Understanding(), Field()
        table = lambda values: torch.tensor(values, dtype=torch.float32)
        for name, values in (("speeds", list(SPEEDS.values())), ("directions", list(DIRECTIONS.values())), ("cells", CELL), ("travels", TRAVEL), ("clocks", CLOCK), ("leans", LEAN)):
            self.register_buffer(name, table(values), persistent=False)
        self.register_buffer("palette", table([PALETTE[name] for name in COLORS]), persistent=False)

    def choose(self, ids, luck):
        """One of each choice, by the words and where they are silent by chance: [N, n] of zeros and a one each."""
        at, chosen = 0, []
        for scores in self.understanding(ids):
            n = scores.shape[-1]
            gumbel = -torch.log(-torch.log(luck[:, at : at + n].clamp(1e-6, 1 - 1e-6)))
            score = scores.log_softmax(-1) + gumbel
            chosen.append((score >= score.amax(-1, keepdim=True)).float())
            at += n
        return chosen

    def facts(self, motif, speed, direction, z):
        ux, uy = (direction @ self.directions).unbind(-1)
        return {"speed": speed @ self.speeds, "ux": ux, "uy": uy, "z": z, "cell": motif @ self.cells, "lean": motif @ self.leans,
                "travel": motif @ self.travels, "clock": motif @ self.clocks}

    def forward(self, ids, palette, has_palette, luck, chance, points, places, moments):
        motif, speed, direction, density, softness, *colors = self.choose(ids, luck)
        named = torch.stack([color @ self.palette for color in colors], 1)
        known = has_palette[:, :, None]
        shown = known * (palette + 1) / 2 + (1 - known) * named
        facts = self.facts(motif, speed, direction, chance)
        frames, count = moments.shape[0], places.shape[0]
        x, y = (places[None, None, :, i].expand(1, frames, count).reshape(1, frames * count) for i in (0, 1))
        t = moments[None, :, None].expand(1, frames, count).reshape(1, frames * count)
        layers = self.field(Chart(x, y, t, facts), points, motif, look_of(density, softness, chance), facts)
        layers = torch.cat([layers[:, :2].clamp(0, 1), layers[:, 2:]], 1).reshape(1, 3, frames, count)
        return compose(layers, shown) * 2 - 1, torch.cat([motif, speed, direction, density, softness], -1)


def look_of(density, softness, z):
    """What bends the field: [N, LOOK]. Density and softness as chosen ones, softness with density, chance as itself and once around."""
    both = density[:, 1:2] * softness[:, :1], density[:, 2:] * softness[:, :1], density[:, 1:2] * softness[:, 2:]
    return torch.cat([density, softness, *both, z * 2 - 1, torch.sin(TURN * z)], -1)
