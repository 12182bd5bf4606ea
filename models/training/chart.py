"""Places, moments and chance of a scene as the renderer draws it and as the network reads it: both stand on the same ground, so that what is
left to learn is what the motif looks like there.

All lengths in short sides of the picture, the centre is 0; times in seconds. Everything comes back: a pattern repeats after `PERIOD` along its motion
(more than four screens), `EVOLUTION` seconds, or a turn, so that no number ever leaves the range that training showed, however long a shot is.

Chance is what a seed decides: `z` [batch, 16] uniform numbers of the scene, and `points` [batch, LAYERS, GRID, GRID, 6], uniform numbers of the cells
of two endless grids, a near one and a far one, that travel with the motion (noise that moves with the picture, as in "Go-with-the-Flow", arXiv 2501.08331)."""

import torch

from words import MOTIFS

PERIOD = 8.0
EVOLUTION = 24.0
LAYERS, GRID, POINT_NUMBERS = 2, 32, 6
CHANCES = 16
SPEEDS = {"slow": 0.12, "medium": 0.28, "fast": 0.6}  # short sides a second
DIRECTIONS = {"left": (-1.0, 0.0), "right": (1.0, 0.0), "up": (0.0, -1.0), "down": (0.0, 1.0)}
DENSITIES = {"sparse": 0.4, "medium": 0.7, "dense": 1.0}
SOFTNESS = {"soft": 2.2, "medium": 1.0, "crisp": 0.45}
TURN = 6.283185307179586

# Per motif: side of a cell of the point grids, how fast the near and the far grid travel (shares of the speed), how fast a point's clock runs
# (radians a second, and radians per short side of travel), how much the motion's axis leans.
GROUND = {
    "bokeh": {"cell": 0.3, "travel": (1.0, 0.6), "clock": (1.0, 0.0)},
    "confetti": {"cell": 0.14, "travel": (1.0, 0.7), "clock": (1.2, 4.0)},
    "dust": {"cell": 0.2, "travel": (1.0, 0.5), "clock": (2.5, 0.0)},
    "snow": {"cell": 0.08, "travel": (1.0, 0.6), "clock": (1.0, 0.0)},
    "ripples": {"cell": 0.9, "travel": (0.15, 0.15), "clock": (0.0, 16.0)},
    "light-sweep": {"lean": 0.9}, "stripes": {"lean": 1.2}, "gradient": {"lean": 0.8},
}
CELL = [GROUND.get(m, {}).get("cell", 1.0) for m in MOTIFS]
TRAVEL = [GROUND.get(m, {}).get("travel", (1.0, 1.0)) for m in MOTIFS]
CLOCK = [GROUND.get(m, {}).get("clock", (0.0, 0.0)) for m in MOTIFS]
LEAN = [GROUND.get(m, {}).get("lean", 0.0) for m in MOTIFS]
POINT_MOTIFS = [m for m in MOTIFS if "cell" in GROUND.get(m, {})]


def speed_of(speed, z):
    """Short sides a second: within 15 % of what the word says."""
    return speed * (0.85 + 0.3 * z[:, 15])


class Chart:
    """`x`, `y`, `t` broadcast to [batch, ...places]; `facts` has `speed`, `ux`, `uy`, `lean` [batch], `z` [batch, 16]."""

    def __init__(self, x, y, t, facts):
        self.x, self.y, self.t, self.facts = x, y, t, facts
        wide = (-1,) + (1,) * (max(x.dim(), y.dim(), t.dim()) - 1)
        col = lambda value: value.reshape(wide)
        self.col = col
        z = facts["z"]
        self.ux, self.uy = col(facts["ux"]), col(facts["uy"])
        self.speed = col(speed_of(facts["speed"], z))
        across = y * self.ux - x * self.uy
        self.n = across
        # Along the motion and carried with it, from a place that chance picks; it leans by chance where the motif does.
        self.s = x * self.ux + y * self.uy - self.speed * t + PERIOD * col(z[:, 0]) + col((z[:, 1] - 0.5) * facts["lean"]) * across
        self.tau = t / EVOLUTION + col(z[:, 2])
        # Seen from a point behind the motion: where light comes from.
        ox = -0.85 * self.ux + 0.5 * (col(z[:, 3]) - 0.5)
        oy = -0.85 * self.uy + 0.5 * (col(z[:, 4]) - 0.5)
        dx, dy = x - ox, y - oy
        self.far = (dx * dx + dy * dy + 1e-6).sqrt()
        angle = torch.atan2(dy * self.ux - dx * self.uy, dx * self.ux + dy * self.uy)
        turn = self.speed * t
        self.alpha = angle + turn + TURN * col(z[:, 5])
        self.beta = angle - 0.4 * turn + TURN * col(z[:, 6])

    def part(self, count):
        """The first `count` places alone, for `points`."""
        part = object.__new__(Chart)
        part.__dict__ = {**self.__dict__, "x": self.x[:, :count], "y": self.y[:, :count], "t": self.t[:, :count]}
        return part

    def points(self, numbers, cell, travel, clock):
        """What is near: the four nearest cells of each layer, one after the other, as (dx, dy from the point in cells, cos and sin of its clock, its numbers)
        each [batch, ...places]. `cell` [batch], `travel` [batch, 2], `clock` [batch, 2]. A point reaches half a cell far."""
        col = self.col
        side = col(cell)
        batch = numbers.shape[0]
        for layer in range(LAYERS):
            pace = self.speed * col(travel[:, layer]) * self.t
            gx = (self.x - pace * self.ux) / side
            gy = (self.y - pace * self.uy) / side
            left, top = torch.floor(gx - 0.5), torch.floor(gy - 0.5)
            flat = numbers[:, layer].reshape(batch, GRID * GRID, POINT_NUMBERS)
            for right in (0.0, 1.0):
                for down in (0.0, 1.0):
                    cx, cy = left + right, top + down
                    ix, iy = cx - GRID * torch.floor(cx / GRID), cy - GRID * torch.floor(cy / GRID)
                    index = (iy * GRID + ix).long()
                    index = index.expand(batch, *index.shape[1:])
                    if batch == 1:
                        near = flat[0][index[0]][None]
                    else:
                        near = flat.gather(1, index.reshape(batch, -1, 1).expand(-1, -1, POINT_NUMBERS)).reshape(*index.shape, POINT_NUMBERS)
                    jx, jy, a, b, c, d = near.unbind(-1)
                    phase = TURN * a + (col(clock[:, 0]) * (0.6 + 0.8 * b) + col(clock[:, 1]) * self.speed) * self.t
                    yield gx - cx - jx, gy - cy - jy, phase, b, c, d
