"""Chance that is not: the same seed and purpose give the same numbers on every machine, whatever was drawn before."""

import hashlib

import torch


def noise(shape: tuple[int, ...], seed: int, purpose: str) -> torch.Tensor:
    """Normal numbers in fp32, drawn on the CPU: a GPU's generator gives other numbers on another card."""
    digest = hashlib.sha256(f"{seed}:{purpose}".encode()).digest()
    generator = torch.Generator().manual_seed(int.from_bytes(digest[:8], "big") >> 1)
    return torch.randn(shape, generator=generator, dtype=torch.float32)
