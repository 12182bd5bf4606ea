"""Which windows a model can make. Asked before anything is loaded or computed."""

from .protocol import Refusal, Window
from .recipes import Recipe

TEMPORAL = 4  # frames per latent frame after the first, which is one frame


def check_window(recipe: Recipe, window: Window) -> None:
    side = recipe.size_multiple
    if window.width < side or window.height < side or window.width % side or window.height % side:
        raise Refusal("wrong-shape", f"{recipe.name}: expected sides in multiples of {side}, found {window.width}x{window.height}")
    if window.frames < 1 or window.frames > recipe.max_frames or (window.frames - 1) % TEMPORAL:
        raise Refusal("wrong-shape", f"{recipe.name}: expected 1 + {TEMPORAL}k frames up to {recipe.max_frames}, found {window.frames}")


def latent_frames(frames: int) -> int:
    return 1 + (frames - 1) // TEMPORAL
