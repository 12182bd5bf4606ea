"""Stands in for a model where there is none: the same steps, states, files and faults, in pure Python. What it makes is a picture of nothing."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .faults import Fault
from .job import Job
from .protocol import Load, Refusal, Together, Window
from .recipes import recipe_named
from .shapes import check_window
from .state import StateHeader, read_state, read_whole, write_whole

NUMBERS = 32  # a SHA-256 is the whole latent


class DryRun:
    name = "dry-run"

    def __init__(self, step_seconds: float, fault: Fault, say_raw: Callable[[bytes], None]) -> None:
        self._step_seconds = step_seconds
        self._fault = fault
        self._say_raw = say_raw
        self._recipe = recipe_named("wan22-ti2v-5b")

    def load(self, load: Load) -> dict[str, Any]:
        self._recipe = recipe_named(load.recipe)
        return {"recipe": load.recipe}

    def generate(self, window: Window, job: Job) -> dict[str, Any]:
        recipe = self._recipe
        check_window(recipe, window)
        if window.together and window.conditions.context:
            return self._decoded(window, window.together, window.conditions.context, job)
        first = first_frame(window)
        shot = window.together or window
        header = StateHeader(recipe.name, shot.seed, window.width, window.height, shot.frames, recipe.steps, 0, (NUMBERS,))
        start, latent = 0, hashlib.sha256(repr((shot.seed, window.prompt, shot.frames)).encode()).digest()
        if window.resume:
            start, latent = read_state(window.resume, header, bytes_per_number=1)
        job.keep(replace(header, step=start), lambda kept=latent: kept)
        for step in range(start, recipe.steps):
            job.progress("denoise", step, recipe.steps)
            self._fault.strike(step, window.resume is not None, self._say_raw)
            time.sleep(self._step_seconds)
            latent = hashlib.sha256(latent + bytes([step]) + (first or b"")).digest()
            job.keep(replace(header, step=step + 1), lambda kept=latent: kept)
        job.progress("decode", 0, 1)
        write_frames(window, latent, first)
        if window.together:
            write_whole(window.context_out, shot_of(window, window.together), latent)
        return {"steps": recipe.steps - start}

    def _decoded(self, window: Window, together: Together, context: str, job: Job) -> dict[str, Any]:
        """A window after the first of a shot that was denoised as one."""
        steps = self._recipe.steps
        fields, latent = read_whole(context)
        if fields != shot_of(window, together) or len(latent) != NUMBERS:
            raise Refusal("wrong-shape", f"context: expected the latent of {shot_of(window, together)}, found {fields} and {len(latent)} bytes")
        done = StateHeader(self._recipe.name, together.seed, window.width, window.height, together.frames, steps, steps, (0,))
        if window.resume:
            read_state(window.resume, done, bytes_per_number=1)
        job.keep(done, lambda: b"")
        job.progress("decode", 0, 1)
        write_frames(window, latent, None)
        write_whole(window.context_out, fields, latent)
        return {"steps": 0}


def shot_of(window: Window, together: Together) -> dict[str, object]:
    return {"width": window.width, "height": window.height, "frames": together.frames}


def first_frame(window: Window) -> bytes | None:
    if window.conditions.context is None:
        return None
    fields, frame = read_whole(window.conditions.context)
    expected = {"width": window.width, "height": window.height}
    if fields != expected or len(frame) != window.width * window.height * 3 // 2:
        raise Refusal("wrong-shape", f"context: expected a frame of {expected}, found {fields} and {len(frame)} bytes")
    return frame


def write_frames(window: Window, latent: bytes, first: bytes | None) -> None:
    """Stripes that move: rows are shifted copies of one row, so that a large plate costs little."""
    width, height = window.width, window.height
    row = bytes(24 + (latent[x % NUMBERS] * 5 + x) % 200 for x in range(width))
    chroma = b"".join(bytes([96 + latent[plane] % 64]) * (width * height // 4) for plane in (0, 1))
    frame = b""
    with open(window.out, "wb") as file:
        begin = window.together.start if window.together else 0
        for n in range(begin, begin + window.frames):
            shifts = ((n + y // 4) % width for y in range(height))
            drawn = b"".join(row[shift:] + row[:shift] for shift in shifts) + chroma
            frame = first if first is not None and n == begin else drawn
            file.write(frame)
    write_whole(window.context_out, {"width": width, "height": height}, frame)
