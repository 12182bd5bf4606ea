"""Noise levels of a run, from 1 (noise) to 0 (clip). A level times 1000 is what the transformers call a timestep."""

from .recipes import Recipe

TIMESTEPS = 1000


def noise_levels(recipe: Recipe) -> list[float]:
    """`steps + 1` levels: step i goes from level i to level i + 1."""
    if recipe.distilled_levels:
        return [level / TIMESTEPS for level in recipe.distilled_levels] + [0.0]
    even = [1 - step / recipe.steps for step in range(recipe.steps)]
    return [recipe.shift * level / (1 + (recipe.shift - 1) * level) for level in even] + [0.0]
