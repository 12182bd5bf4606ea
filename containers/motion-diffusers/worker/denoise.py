"""From noise to a clip, one step at a time. Between two steps all there is to know is (latents, step, seed)."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from .guides import Guide
from .noise import noise
from .protocol import Refusal
from .recipes import Recipe
from .schedule import noise_levels


@dataclass(frozen=True)
class Texts:
    # (1, tokens, features)
    prompt: torch.Tensor
    negative: torch.Tensor | None


def denoise(
    recipe: Recipe,
    guide: Guide,
    texts: Texts,
    latents: torch.Tensor,
    seed: int,
    start: int,
    between: Callable[[int], None],
    keep: Callable[[int, torch.Tensor], None],
) -> torch.Tensor:
    """`between` is called before a step, `keep` after it with what a later run would need to start from there."""
    levels = noise_levels(recipe)
    latents = guide.pinned(latents)
    for step in range(start, recipe.steps):
        between(step)
        level, following = levels[step], levels[step + 1]
        velocity = guided(recipe, guide, texts, latents, level)
        if recipe.distilled_levels:
            clean = latents - level * velocity
            fresh = noise(tuple(latents.shape), seed, f"step {step + 1}").to(latents.device)
            latents = (1 - following) * clean + following * fresh
        else:
            latents = latents + (following - level) * velocity
        latents = guide.pinned(latents)
        refuse_broken(latents, step)
        keep(step + 1, latents)
    return latents


def guided(recipe: Recipe, guide: Guide, texts: Texts, latents: torch.Tensor, level: float) -> torch.Tensor:
    towards = guide.velocity(latents, level, texts.prompt)
    if texts.negative is None or recipe.guidance == 1:
        return towards
    away = guide.velocity(latents, level, texts.negative)
    return away + recipe.guidance * (towards - away)


def refuse_broken(latents: torch.Tensor, step: int) -> None:
    broken = int((~torch.isfinite(latents)).sum())
    if broken:
        raise Refusal("nan", f"step {step}: expected finite latents, found {broken} of {latents.numel()} that are not")
