"""The networks around motion-tiny. All read and write float32 in [-1, 1]; clips are [batch, 3, 16 frames, height, width] at 12 frames a second."""

import torch
import torch.nn.functional as F
from torch import nn

FRAMES = 16
SIZES = {"16:9": (72, 128), "9:16": (128, 72), "1:1": (96, 96)}


class UpscaleTiny(nn.Module):
    """Two neighbouring frames [N, 6, H, W] to the first and the moment half way, five times larger [N, 6, 5H, 5W]: what is learned is added to
    a bilinear enlargement (sub-pixel convolution: arXiv 1609.05158)."""

    def __init__(self, width=32, blocks=5):
        super().__init__()
        self.first = nn.Conv2d(6, width, 3, 1, 1)
        self.blocks = nn.ModuleList(nn.ModuleList([nn.Conv2d(width, width, 3, 1, 1), nn.Conv2d(width, width, 3, 1, 1)]) for _ in range(blocks))
        self.last = nn.Conv2d(width, 6 * 25, 3, 1, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, x):
        y = F.relu(self.first(x))
        for one, two in self.blocks:
            y = y + two(F.relu(one(y)))
        plain = torch.cat([x[:, :3], (x[:, :3] + x[:, 3:]) * 0.5], 1)
        return F.interpolate(plain, scale_factor=5, mode="bilinear", align_corners=False) + F.pixel_shuffle(self.last(y), 5)


class DenoiseTiny(nn.Module):
    """Removes flicker, noise and block edges from a window [N, 3, 16, H, W]; what it adds is a correction."""

    def __init__(self, width=16, layers=3):
        super().__init__()
        self.first = nn.Conv3d(3, width, 3, 1, 1)
        self.middle = nn.ModuleList(nn.Conv3d(width, width, 3, 1, 1) for _ in range(layers))
        self.last = nn.Conv3d(width, 3, 3, 1, 1)
        nn.init.zeros_(self.last.weight)
        nn.init.zeros_(self.last.bias)

    def forward(self, x):
        y = F.relu(self.first(x))
        for layer in self.middle:
            y = y + F.relu(layer(y))
        return x + self.last(y)


class MotifJudge(nn.Module):
    """For the evaluation only: which motif a clip shows. `features` [N, 128] are what `kvd` compares."""

    def __init__(self, motifs: int):
        super().__init__()
        c = [3, 24, 48, 96, 128]
        self.layers = nn.ModuleList(nn.Conv3d(c[i], c[i + 1], 3, (1 if i == 0 else 2, 2, 2), 1) for i in range(4))
        self.norms = nn.ModuleList(nn.GroupNorm(8, width) for width in c[1:])
        self.out = nn.Linear(128, motifs)

    def features(self, x):
        for layer, norm in zip(self.layers, self.norms):
            x = F.gelu(norm(layer(x)), approximate="tanh")
        return x.mean((2, 3, 4))

    def forward(self, x):
        return self.out(self.features(x))
