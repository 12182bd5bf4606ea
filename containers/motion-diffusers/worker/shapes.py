"""Which windows a model can make. Asked before anything is loaded or computed."""

from .protocol import Refusal, Together, Window
from .recipes import Recipe

TEMPORAL = 4  # frames per latent frame after the first, which is one frame


def check_window(recipe: Recipe, window: Window) -> None:
    side = recipe.size_multiple
    if window.width < side or window.height < side or window.width % side or window.height % side:
        raise Refusal("wrong-shape", f"{recipe.name}: expected sides in multiples of {side}, found {window.width}x{window.height}")
    if window.frames < 1 or window.frames > recipe.max_frames or (window.frames - 1) % TEMPORAL:
        raise Refusal("wrong-shape", f"{recipe.name}: expected 1 + {TEMPORAL}k frames up to {recipe.max_frames}, found {window.frames}")


    if window.together:
        check_together(recipe, window, window.together)


def check_together(recipe: Recipe, window: Window, together: Together) -> None:
    if recipe.conditioning != "first-frame":
        raise Refusal("bad-request", f"{recipe.name}: expected windows that continue one another, found some to be denoised together")
    starts = [together.start] if together.following is None else [together.start, together.following]
    end = together.start + window.frames
    if (together.frames - 1) % TEMPORAL or end > together.frames or any(start < 0 or start % TEMPORAL for start in starts) or starts[-1] > end:
        raise Refusal("wrong-shape", f"{recipe.name}: expected windows at every {TEMPORAL}th frame of a shot, found {window.frames} of {together}")
    if (together.start == 0) != (window.conditions.context is None):
        raise Refusal("bad-request", f"expected a context for every window but the first, found {window.conditions} at {together.start}")


def latent_frames(frames: int) -> int:
    return 1 + (frames - 1) // TEMPORAL
