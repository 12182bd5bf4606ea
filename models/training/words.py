"""Captions: what a clip is called in training, and how words become numbers. The product does the same in containers/motion-tiny/tokenizer.ts."""

import functools
import json
import random
import re
from pathlib import Path

HERE = Path(__file__).parent
LEXICON = json.loads((HERE / "lexicon.json").read_text())
PALETTE = {name: tuple(int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)) for name, value in json.loads((HERE / "palette.json").read_text()).items()}
MOTIFS = list(LEXICON["motifs"])
COLORS = list(PALETTE)
TOKENS = 32
VOCABULARY = 4096


@functools.cache
def fnv1a(word: str) -> int:
    value = 2166136261
    for byte in word.encode():
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


def tokenize(text: str) -> list[int]:
    """32 ids: 0 is no word, every word is 1 + its FNV-1a hash mod 4095."""
    words = re.findall(r"[a-z0-9]+", text.lower())[:TOKENS]
    return [1 + fnv1a(word) % (VOCABULARY - 1) for word in words] + [0] * (TOKENS - len(words))


def held_out(motif: str, base: str, accent: str) -> bool:
    """One combination in twenty is never trained on: the evaluation asks for these."""
    return fnv1a(f"{motif}/{base}/{accent}") % 20 == 0


def caption(facts: dict, rng: random.Random, colors_known: bool = False, complete: bool = False) -> str:
    """Words of a clip in one of many forms. Each fact but the motif may be left out, so that a model learns to choose what is not said.
    `colors_known`: the palette is given as numbers, so color words matter less. `complete`: leave nothing out (for evaluation)."""
    say = (lambda p: True) if complete else (lambda p: rng.random() < p)
    pick = lambda kind, value: rng.choice(LEXICON[kind][value])
    colors = [facts["base"], facts["accent"], facts["light"]]
    parts = [rng.choice(LEXICON["motifs"][facts["motif"]])]
    if say(0.5 if colors_known else 0.95):
        form = rng.randrange(3)
        if form == 0:
            parts[0] += f" in {colors[0]} and {colors[1]} with {colors[2]} accents"
        elif form == 1:
            parts.append(f"palette {colors[0]} {colors[1]} {colors[2]}")
        else:
            parts[0] = f"{colors[0]} {colors[1]} {parts[0]}"
            parts.append(f"{colors[2]} highlights")
    if say(0.85):
        parts.insert(rng.randrange(len(parts) + 1), pick("speed", facts["speed"]))
    if say(0.85):
        parts.append(f"moving {pick('direction', facts['direction'])}")
    if facts["density"] != "medium" and say(0.8):
        parts.append(pick("density", facts["density"]))
    if facts["softness"] != "medium" and say(0.8):
        parts.append(pick("softness", facts["softness"]))
    for _ in range(0 if complete else rng.choice([0, 0, 1, 2, 4])):
        parts.insert(rng.randrange(len(parts) + 1), rng.choice(LEXICON["neutral"]))
    if not complete and rng.random() < 0.3:
        head, rest = parts[0], parts[1:]
        rng.shuffle(rest)
        parts = [head, *rest]
    return ", ".join(parts)
