"""The four networks. All read and write float32 in [-1, 1]; clips are [batch, 3, 16 frames, height, width] at 12 frames a second.

`MotionTiny` is a rectified-flow transformer over pixels that predicts the clean clip (x-prediction, as in "Back to Basics: Let Denoising Generative
Models Denoise", arXiv 2511.13720), with a noise level per slot of two frames (as in Diffusion Forcing, arXiv 2407.01392), so that clean
context frames continue a window, and one shared adaptive norm (as in PixArt-alpha, arXiv 2310.00426)."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from words import TOKENS, VOCABULARY

FRAMES = 16
SLOT = 2  # frames that share a noise level
SLOTS = FRAMES // SLOT
PATCH = 8  # pixels of a token's side
LONGEST = 16  # tokens of the longest side: 128 pixels
SIZES = {"16:9": (72, 128), "9:16": (128, 72), "1:1": (96, 96)}


class Attention(nn.Module):
    def __init__(self, width: int, heads: int, context: int | None = None):
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(context or width, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x, context=None, hidden=None):
        """`hidden` [batch, 1, 1, keys] is added to the scores. Plain matrix products, so that the graph exports to any runtime."""
        batch, count, width = x.shape
        source = x if context is None else context
        split = lambda y: y.reshape(y.shape[0], y.shape[1], self.heads, width // self.heads).transpose(1, 2)
        q, (k, v) = split(self.q(x)), (split(y) for y in self.kv(source).chunk(2, -1))
        if self.training or not torch.onnx.is_in_onnx_export():
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=hidden)
        else:
            scores = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2)
            y = (scores if hidden is None else scores + hidden).softmax(-1) @ v
        return self.out(y.transpose(1, 2).reshape(batch, count, width))


def mlp(width: int, ratio: int = 4) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, ratio * width), nn.GELU(approximate="tanh"), nn.Linear(ratio * width, width))


class Words(nn.Module):
    """Hashed words to vectors; the palette's three colors join them as three more tokens."""

    def __init__(self, width: int):
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, width)
        self.place = nn.Parameter(torch.randn(1, TOKENS, width) * 0.02)
        self.color = nn.Sequential(nn.Linear(3, width), nn.GELU(approximate="tanh"), nn.Linear(width, width))
        self.role = nn.Parameter(torch.randn(1, 3, width) * 0.3)
        self.unknown = nn.Parameter(torch.randn(1, 3, width) * 0.3)
        self.layers = nn.ModuleList(nn.ModuleList([nn.LayerNorm(width), Attention(width, 4), nn.LayerNorm(width), mlp(width)]) for _ in range(2))
        self.norm = nn.LayerNorm(width)

    def forward(self, ids, palette, has_palette):
        words = self.embed(ids) + self.place
        known = has_palette[:, :, None]
        colors = known * (self.color(palette) + self.role) + (1 - known) * self.unknown
        x = torch.cat([words, colors], 1)
        absent = torch.cat([(ids == 0).to(x.dtype), torch.zeros_like(colors[..., 0])], 1)
        hidden = (absent * -1e4)[:, None, None]
        for norm1, attention, norm2, feed in self.layers:
            x = x + attention(norm1(x), hidden=hidden)
            x = x + feed(norm2(x))
        x = self.norm(x)
        present = (1 - absent)[..., None]
        return x, hidden, (x * present).sum(1) / present.sum(1)


class Block(nn.Module):
    """`kind`: 'space' attends inside a slot, 'time' along a place, 'full' everywhere."""

    def __init__(self, width: int, heads: int, words: int, kind: str, reads: bool):
        super().__init__()
        self.kind = kind
        self.norm1, self.norm2 = (nn.LayerNorm(width, elementwise_affine=False, eps=1e-6) for _ in range(2))
        self.attention = Attention(width, heads)
        self.feed = mlp(width)
        self.table = nn.Parameter(torch.randn(1, 1, 1, 6 * width) * 0.02)
        self.read_norm = nn.LayerNorm(width) if reads else None
        self.read = Attention(width, heads, words) if reads else None

    def forward(self, x, modulation, words, hidden):
        batch, slots, places, width = x.shape
        shift1, scale1, gate1, shift2, scale2, gate2 = (modulation + self.table).chunk(6, -1)
        y = self.norm1(x) * (1 + scale1) + shift1
        if self.kind == "full":
            y = self.attention(y.reshape(batch, slots * places, width)).reshape(x.shape)
        elif self.kind == "space":
            y = self.attention(y.reshape(batch * slots, places, width)).reshape(x.shape)
        else:
            y = self.attention(y.transpose(1, 2).reshape(batch * places, slots, width)).reshape(batch, places, slots, width).transpose(1, 2)
        x = x + gate1 * y
        if self.read is not None:
            x = x + self.read(self.read_norm(x).reshape(batch, slots * places, width), words, hidden).reshape(x.shape)
        return x + gate2 * self.feed(self.norm2(x) * (1 + scale2) + shift2)


class MotionTiny(nn.Module):
    def __init__(self, width=256, kinds="STSFSTSF", heads=4, words=128, pixels=96):
        super().__init__()
        self.width = width
        self.stem1 = nn.Conv2d(3 * SLOT, pixels, 4, 4)
        self.stem2 = nn.Conv2d(pixels, pixels, 3, 1, 1)
        self.stem3 = nn.Conv2d(pixels, width, 2, 2)
        self.rows = nn.Parameter(torch.randn(LONGEST, width) * 0.02)
        self.columns = nn.Parameter(torch.randn(LONGEST, width) * 0.02)
        self.moments = nn.Parameter(torch.randn(1, SLOTS, 1, width) * 0.02)
        self.words = Words(words)
        self.level = nn.Sequential(nn.Linear(128, width), nn.SiLU(), nn.Linear(width, width))
        self.gist = nn.Linear(words, width)
        self.modulate = nn.Linear(width, 6 * width)
        names = {"S": "space", "T": "time", "F": "full"}
        self.blocks = nn.ModuleList(Block(width, heads, words, names[kind], index % 2 == 0) for index, kind in enumerate(kinds))
        self.last_norm = nn.LayerNorm(width, elementwise_affine=False, eps=1e-6)
        self.last_modulate = nn.Linear(width, 2 * width)
        self.grow = nn.Linear(width, 4 * pixels)
        self.head1 = nn.Conv2d(2 * pixels, pixels, 3, 1, 1)
        self.head2 = nn.Conv2d(pixels, 16 * 16, 3, 1, 1)
        self.head3 = nn.Conv2d(16 + 3 * SLOT, 32, 3, 1, 1)
        self.head4 = nn.Conv2d(32, 3 * SLOT, 3, 1, 1)
        for layer in (self.modulate, self.last_modulate, self.head4):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        for block in self.blocks:
            if block.read is not None:
                nn.init.zeros_(block.read.out.weight)
                nn.init.zeros_(block.read.out.bias)

    def forward(self, x, t, ids, palette, has_palette):
        batch, height, width = x.shape[0], x.shape[3], x.shape[4]
        rows, columns = height // PATCH, width // PATCH
        pairs = x.reshape(batch, 3, SLOTS, SLOT, height, width).transpose(1, 2).reshape(batch * SLOTS, 3 * SLOT, height, width)
        fine = F.gelu(self.stem1(pairs), approximate="tanh")
        fine = fine + F.gelu(self.stem2(fine), approximate="tanh")
        y = self.stem3(fine).flatten(2).transpose(1, 2).reshape(batch, SLOTS, rows * columns, self.width)
        top, left = (LONGEST - rows) // 2, (LONGEST - columns) // 2
        place = self.rows[top : top + rows, None] + self.columns[None, left : left + columns]
        y = y + place.reshape(1, 1, rows * columns, self.width) + self.moments

        words, hidden, gist = self.words(ids, palette, has_palette)
        frequency = torch.exp(-math.log(1000) * torch.arange(64, device=x.device) / 64) * 200
        angle = t[..., None] * frequency
        e = F.silu(self.level(torch.cat([angle.sin(), angle.cos()], -1)) + self.gist(gist)[:, None])
        modulation = self.modulate(e)[:, :, None]
        for block in self.blocks:
            y = block(y, modulation, words, hidden)
        shift, scale = self.last_modulate(e)[:, :, None].chunk(2, -1)
        y = self.grow(self.last_norm(y) * (1 + scale) + shift)
        y = y.reshape(batch * SLOTS, rows * columns, -1).transpose(1, 2).reshape(batch * SLOTS, -1, rows, columns)
        y = torch.cat([F.pixel_shuffle(y, 2), fine], 1)
        y = F.gelu(self.head1(y), approximate="tanh")
        y = F.pixel_shuffle(self.head2(y), 4)
        y = F.gelu(self.head3(torch.cat([y, pairs], 1)), approximate="tanh")
        y = self.head4(y)
        return y.reshape(batch, SLOTS, 3, SLOT, height, width).transpose(1, 2).reshape(x.shape)


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
