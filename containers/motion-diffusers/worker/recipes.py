"""How each model is run. Sizes and channels come from the model's own files; this is what those files do not say."""

from dataclasses import dataclass
from typing import Literal

from .protocol import bad


@dataclass(frozen=True)
class Recipe:
    name: str
    # first-frame: the first latent frame is given clean, with a noise level of its own. control: a second network reads frames to keep.
    conditioning: Literal["first-frame", "control"]
    steps: int
    # 1 means no guidance: the transformer is called once a step instead of twice.
    guidance: float
    # Moves noise levels towards noise: the larger the picture, the larger the shift.
    shift: float
    # Sides must be multiples: the autoencoder's scale times the transformer's patch of 2.
    size_multiple: int
    max_frames: int
    # Frames of the window before that a window starts with.
    context_frames: int
    # A distilled model is trained for these levels only, of 1000; it predicts a clean clip and is given fresh noise at the next level.
    distilled_levels: tuple[int, ...] = ()


# Guidance, shift and levels are those of the models' own examples. Those take 50 steps; 30 are two fifths cheaper, and a recipe is one line to change.
RECIPES = {
    recipe.name: recipe
    for recipe in (
        Recipe("wan22-ti2v-5b", "first-frame", 30, 5.0, 5.0, 32, 121, 1),
        Recipe("fastwan22-ti2v-5b", "first-frame", 3, 1.0, 5.0, 32, 121, 1, (1000, 757, 522)),
        Recipe("wan21-vace-1-3b", "control", 30, 5.0, 3.0, 16, 81, 5),
    )
}


def recipe_named(name: str) -> Recipe:
    if name not in RECIPES:
        bad(f"expected a recipe of {', '.join(RECIPES)}, found {name}")
    return RECIPES[name]
