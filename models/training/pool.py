"""Clips waiting to be learned from: described in other processes, rendered on the device, kept there as bytes, refreshed while training goes on."""

import multiprocessing
import random
from collections import deque
from concurrent.futures import ProcessPoolExecutor

import torch

from networks import FRAMES, SIZES
from render import draw_facts, render, scenes
from words import MOTIFS, caption, tokenize

FPS = 12
VARIANTS = 3  # captions a clip
SHARES = {"16:9": 0.7, "9:16": 0.15, "1:1": 0.15}


def describe(seed: int, count: int, motif: str | None = None):
    """Facts of `count` scenes of one motif and their ids [count][variants][2][32]: the palette said in words, or given as numbers."""
    rng = random.Random(seed)
    motif = motif or MOTIFS[rng.randrange(len(MOTIFS))]
    facts = [draw_facts(rng, motif) for _ in range(count)]
    return facts, [[[tokenize(caption(f, rng, known)) for known in (False, True)] for _ in range(VARIANTS)] for f in facts]


class Pool:
    def __init__(self, size: int, device: str, seed: int = 0):
        self.device, self.seed = device, seed
        self.chunk = 96 if device == "cuda" else 12  # clips drawn at once: one motif, one shape
        self.room = {aspect: max(1, int(size * share) // self.chunk) * self.chunk for aspect, share in SHARES.items()}
        make = lambda *shape, **kind: {a: torch.zeros(n, *shape, device=device, **kind) for a, n in self.room.items()}
        self.clips = {a: torch.zeros(n, 3, FRAMES, *SIZES[a], dtype=torch.uint8, device=device) for a, n in self.room.items()}
        self.ids, self.palettes = make(VARIANTS, 2, 32, dtype=torch.long), make(3, 3)
        self.motifs = make(dtype=torch.long)
        self.drawn = {a: 0 for a in self.room}
        self.rng = random.Random(seed)
        workers = 6 if device == "cuda" else 1
        self.writers = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
        self.told = deque()

    def _next(self):
        while len(self.told) < 24:
            self.seed += 1
            self.told.append(self.writers.submit(describe, self.seed, self.chunk))
        return self.told.popleft().result()

    @property
    def total(self):
        return sum(self.drawn.values())

    def add(self) -> None:
        """Draws one more chunk, of the shape that is shortest of its share; when full, the oldest go."""
        aspect = min(self.room, key=lambda a: self.drawn[a] / self.room[a])
        facts, ids = self._next()
        scene = scenes(facts, self.rng.getrandbits(40), self.device)
        start = self.rng.uniform(0, 30)
        clips = render(scene, *SIZES[aspect], [start + i / FPS for i in range(FRAMES)])
        at = self.drawn[aspect] % self.room[aspect]
        to = at + self.chunk
        self.clips[aspect][at:to] = (clips * 255).round().to(torch.uint8)
        self.ids[aspect][at:to] = torch.tensor(ids, device=self.device)
        self.palettes[aspect][at:to] = scene["colors"] * 2 - 1
        self.motifs[aspect][at:to] = MOTIFS.index(facts[0]["motif"])
        self.drawn[aspect] += self.chunk

    def _index(self, aspect, count):
        have = min(self.drawn[aspect], self.room[aspect])
        return torch.randint(0, have, (count,), device=self.device)

    def batch(self, count: int):
        """(clips in [-1, 1], ids, palettes, hasPalette) of one shape."""
        aspect = self.rng.choices(list(SHARES), list(SHARES.values()))[0]
        index = self._index(aspect, count)
        known = torch.rand(count, device=self.device) < 0.6
        variant = torch.randint(0, VARIANTS, (count,), device=self.device)
        ids = self.ids[aspect][index, variant, known.long()]
        return self.clips[aspect][index].float() / 127.5 - 1, ids, self.palettes[aspect][index], known.float()[:, None]

    def labelled(self, count: int):
        """(clips in [-1, 1], motif numbers), wide ones only: what the judge sees in the evaluation."""
        index = self._index("16:9", count)
        return self.clips["16:9"][index].float() / 127.5 - 1, self.motifs["16:9"][index]
