"""
Windows of a shot that are denoised together (MultiDiffusion, arXiv 2302.08113; in time: Gen-L-Video, arXiv 2305.18264): each step asks the model about
every window of the whole latent and takes the mean of its answers where windows overlap. Lengths here are latent frames.
"""

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass

import torch

from .guides import Guide
from .protocol import Refusal, Together, Window
from .recipes import Recipe
from .state import read_whole, write_whole

BYTES_OF_FP32 = 4


def shared_by(size: int) -> int:
    """A quarter of a window: enough for neighbours to pull at each other, and the model is asked about a third more frames than there are."""
    return max(1, size // 4)


def spans(total: int, size: int) -> list[tuple[int, int]]:
    """Windows as long as the model was trained for, the last one pulled back to the end."""
    if total <= size:
        return [(0, total)]
    shared = shared_by(size)
    stride = size - shared
    count = -(-(total - shared) // stride)
    ends = [min(index * stride + size, total) for index in range(count)]
    return [(end - size, end) for end in ends]


def weights(total: int, windows: list[tuple[int, int]], shared: int) -> list[torch.Tensor]:
    """How much each window says about each of its frames: rises and falls over what is shared, and all of a frame's weights add up to one."""
    ramps = []
    for start, end in windows:
        ramp = torch.ones(end - start, dtype=torch.float64)
        rise = torch.arange(1, min(shared, end - start) + 1, dtype=torch.float64) / (shared + 1)
        if start > 0:
            ramp[: len(rise)] = rise
        if end < total:
            ramp[-len(rise) :] = torch.minimum(ramp[-len(rise) :], rise.flip(0))
        ramps.append(ramp)
    whole = torch.zeros(total, dtype=torch.float64)
    for (start, end), ramp in zip(windows, ramps, strict=True):
        whole[start:end] += ramp
    return [(ramp / whole[start:end]).float() for (start, end), ramp in zip(windows, ramps, strict=True)]


@dataclass(frozen=True)
class TogetherGuide:
    """Asks another guide about one window after another: memory holds the activations of one."""

    inner: Guide
    # Latent frames of a window.
    size: int
    # Called before each window of a step: leaves from here when nobody wants the shot any more.
    between: Callable[[int, int], None]
    extra_frames: int = 0

    def pinned(self, latents: torch.Tensor) -> torch.Tensor:
        return latents

    def velocity(self, latents: torch.Tensor, level: float, text: torch.Tensor) -> torch.Tensor:
        total = latents.shape[2]
        windows = spans(total, self.size)
        mean = torch.zeros_like(latents)
        for index, ((start, end), weight) in enumerate(zip(windows, weights(total, windows, shared_by(self.size)), strict=True)):
            self.between(index, len(windows))
            said = self.inner.velocity(latents[:, :, start:end], level, text)
            mean[:, :, start:end] += weight.to(latents.device).view(1, 1, -1, 1, 1) * said
        return mean


def identity(recipe: Recipe, window: Window, shape: tuple[int, ...]) -> dict[str, object]:
    return {"recipe": recipe.name, "width": window.width, "height": window.height, "shape": list(shape)}


def write_shot(path: str, recipe: Recipe, window: Window, together: Together, latents: torch.Tensor) -> None:
    """What the windows after this one decode; nothing after the last."""
    body = latents.to("cpu", torch.float32).contiguous().numpy().tobytes() if together.following is not None else b""
    write_whole(path, identity(recipe, window, tuple(latents.shape)), body)


def read_shot(path: str, recipe: Recipe, window: Window, shape: tuple[int, ...]) -> torch.Tensor:
    fields, body = read_whole(path)
    expected = identity(recipe, window, shape)
    if fields != expected or len(body) != BYTES_OF_FP32 * math.prod(shape):
        raise Refusal("wrong-shape", f"context: expected latents of {expected}, found {fields} and {len(body)} bytes")
    return torch.frombuffer(bytearray(body), dtype=torch.float32).view(shape)


def fingerprint(latents: torch.Tensor) -> str:
    return hashlib.sha256(latents.to("cpu", torch.float32).contiguous().numpy().tobytes()).hexdigest()


def copy_frames(shot: str, window: Window, together: Together) -> None:
    """The window's frames out of those of its shot."""
    size = window.width * window.height * 3 // 2
    with open(shot, "rb") as source, open(window.out, "wb") as target:
        source.seek(together.start * size)
        for _ in range(window.frames):
            target.write(source.read(size))
