"""The real loop over tiny random models, on a CPU: python -m worker.selftest. Each test is one promise; the last line counts them."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from . import diffusers_engine
from .denoise import Texts, denoise
from .diffusers_engine import DiffusersEngine
from .guides import FirstFrameGuide, control_latents, packed_mask
from .job import Job
from .latents import decoded, encoded
from .models import load_models
from .noise import noise
from .pictures import read_pictures, write_pictures, yuv420p
from .protocol import Conditions, Load, Refusal, Together, Window
from .recipes import RECIPES, Recipe
from .schedule import noise_levels
from .tiny_bundle import write_tiny_bundle
from .together import TogetherGuide, shared_by, spans, weights

SIDE = 64
FRAMES = 5
Bundle = tuple[str, str]
PROMISES: list[Callable[["Bench"], None]] = []


def promise(test: Callable[["Bench"], None]) -> Callable[["Bench"], None]:
    PROMISES.append(test)
    return test


class Bench:
    def __init__(self, folder: str) -> None:
        self.folder = folder
        for kind in ("first-frame", "control"):
            write_tiny_bundle(os.path.join(folder, kind), kind)

    def load(self, recipe: str, bundle: str | None = None) -> Load:
        cache = os.path.join(self.folder, "embeddings", recipe)
        os.makedirs(cache, exist_ok=True)
        folder = bundle or os.path.join(self.folder, RECIPES[recipe].conditioning)
        return Load(folder, recipe, cache, "tiny-encoder")

    def engine(self, recipe: str) -> DiffusersEngine:
        engine = DiffusersEngine("cpu", torch.float32)
        engine.load(self.load(recipe))
        return engine

    def window(self, **more: Any) -> Window:
        def path(name: str) -> str:
            return os.path.join(self.folder, name)

        plain = Window(SIDE, SIDE, FRAMES, 24, 7, "silk flows", "static", path("frames"), path("context"), path("state"))
        return replace(plain, **more)

    def made(self, engine: DiffusersEngine, window: Window, stop_after: int | None = None) -> tuple[bytes, list[int]]:
        steps: list[int] = []

        def tell(phase: str, done: int, of: int) -> None:
            if phase != "denoise":
                return
            if done == stop_after:
                job.save()
                job.cancel()
            steps.append(done)

        job = Job(window.state_out, tell, 3600)
        engine.generate(window, job)
        with open(window.out, "rb") as file:
            return file.read(), steps

    def picture(self, name: str, value: int, frames: int = 1) -> str:
        path = os.path.join(self.folder, name)
        pixels = torch.linspace(-1, 1, 3 * frames * SIDE * SIDE).view(1, 3, frames, SIDE, SIDE).roll(value, -1)
        write_pictures(path, pixels)
        return path


def refused(work: Callable[[], object], kind: str, says: str) -> None:
    try:
        work()
    except Refusal as refusal:
        assert refusal.kind == kind and says in refusal.says, f"expected {kind} with {says!r}, found {refusal.kind}: {refusal.says}"
        return
    raise AssertionError(f"expected a refusal for {kind}, found none")


@promise
def equal_requests_give_equal_frames_and_another_seed_gives_others(bench: Bench) -> None:
    for recipe in RECIPES:
        first, steps = bench.made(bench.engine(recipe), bench.window())
        again, _ = bench.made(bench.engine(recipe), bench.window())
        other, _ = bench.made(bench.engine(recipe), bench.window(seed=8))
        assert len(first) == FRAMES * SIDE * SIDE * 3 // 2
        assert steps == list(range(RECIPES[recipe].steps))
        assert first == again, recipe
        assert first != other, recipe


@promise
def a_run_resumed_at_any_step_equals_the_undisturbed_run_bit_for_bit(bench: Bench) -> None:
    for recipe, after in (("wan22-ti2v-5b", 1), ("wan22-ti2v-5b", 17), ("wan22-ti2v-5b", 29), ("fastwan22-ti2v-5b", 2), ("wan21-vace-1-3b", 11)):
        undisturbed, _ = bench.made(bench.engine(recipe), bench.window())
        with contextlib.suppress(Refusal):
            bench.made(bench.engine(recipe), bench.window(), stop_after=after)
        resumed, steps = bench.made(bench.engine(recipe), bench.window(resume=bench.window().state_out))
        assert steps[0] == after, f"{recipe}: expected to go on at step {after}, found {steps[0]}"
        assert resumed == undisturbed, f"{recipe} resumed at {after}"


@promise
def the_first_frame_is_what_the_autoencoder_makes_of_the_given_one(bench: Bench) -> None:
    given = bench.picture("given", 3)
    engine = bench.engine("wan22-ti2v-5b")
    frames, _ = bench.made(engine, bench.window(conditions=Conditions(context=given)))
    free, _ = bench.made(engine, bench.window())
    with torch.inference_mode():
        vae = load_models(os.path.join(bench.folder, "first-frame"), RECIPES["wan22-ti2v-5b"], torch.device("cpu"), torch.float32).vae
        expected = yuv420p(decoded(vae, encoded(vae, read_pictures(given, "given", SIDE, SIDE, 1)))[0, :, 0])
    one = len(expected)
    assert frames[:one] == expected, "the first frame is another one"
    assert free[:one] != expected
    assert frames[one : 2 * one] != free[one : 2 * one], "the frames after it do not know of it"


@promise
def given_frames_have_no_noise_and_the_others_have_the_level_of_the_step(bench: Bench) -> None:
    seen: list[torch.Tensor] = []

    class Listening(torch.nn.Module):
        dtype = torch.float32
        config = type("Config", (), {"patch_size": (1, 2, 2)})

        def forward(self, hidden_states: torch.Tensor, timestep: torch.Tensor, **_: Any) -> tuple[torch.Tensor]:
            seen.append(timestep)
            assert torch.equal(hidden_states[:, :, :1], given), "the given frame was touched"
            return (torch.ones_like(hidden_states),)

    given = noise((1, 4, 1, 4, 4), 1, "given")
    recipe = RECIPES["wan22-ti2v-5b"]
    start = noise((1, 4, 2, 4, 4), 1, "start")
    end = denoise(recipe, FirstFrameGuide(Listening(), given), Texts(torch.zeros(1), None), start, 1, 0, lambda _: None, lambda *_: None)
    levels = noise_levels(recipe)
    for step, timestep in enumerate(seen):
        assert timestep.shape == (1, 8)
        assert torch.equal(timestep[0, :4], torch.zeros(4))
        assert torch.allclose(timestep[0, 4:], torch.full((4,), levels[step] * 1000))
    assert torch.equal(end[:, :, :1], given)
    # A transformer that always says 1 moves the rest by the whole way from level 1 to level 0.
    assert torch.allclose(end[:, :, 1:], start[:, :, 1:] - 1, atol=1e-5)


@promise
def a_distilled_model_that_knows_the_clip_arrives_at_it(bench: Bench) -> None:
    recipe = RECIPES["fastwan22-ti2v-5b"]
    clip = noise((1, 4, 2, 4, 4), 5, "clip")

    class Knowing(torch.nn.Module):
        dtype = torch.float32

        def forward(self, hidden_states: torch.Tensor, timestep: torch.Tensor, **_: Any) -> tuple[torch.Tensor]:
            return ((hidden_states - clip) / (timestep / 1000),)

    start = noise((1, 4, 2, 4, 4), 1, "start")
    end = denoise(recipe, FirstFrameGuide(Knowing(), None), Texts(torch.zeros(1), None), start, 1, 0, lambda _: None, lambda *_: None)
    assert noise_levels(recipe) == [1.0, 0.757, 0.522, 0.0]
    assert torch.allclose(end, clip, atol=1e-5)


@promise
def a_distilled_model_is_given_fresh_noise_of_the_next_level(bench: Bench) -> None:
    recipe = RECIPES["fastwan22-ti2v-5b"]
    clip = noise((1, 4, 4, 16, 16), 5, "clip")
    levels = noise_levels(recipe)

    def drawn(seed: int) -> list[torch.Tensor]:
        """The noise in what the transformer sees at each step, once the clip that it knows is taken out."""
        seen: list[torch.Tensor] = []

        class Knowing(torch.nn.Module):
            dtype = torch.float32

            def forward(self, hidden_states: torch.Tensor, timestep: torch.Tensor, **_: Any) -> tuple[torch.Tensor]:
                level = levels[len(seen)]
                seen.append((hidden_states - (1 - level) * clip) / level)
                return ((hidden_states - clip) / level,)

        start = noise(tuple(clip.shape), 1, "start")
        denoise(recipe, FirstFrameGuide(Knowing(), None), Texts(torch.zeros(1), None), start, seed, 0, lambda _: None, lambda *_: None)
        assert len(seen) == recipe.steps
        return seen

    def likeness(one: torch.Tensor, other: torch.Tensor) -> float:
        return abs(float(torch.corrcoef(torch.stack([one.flatten(), other.flatten()]))[0, 1]))

    first, again, other = drawn(1), drawn(1), drawn(2)
    for step in range(1, recipe.steps):
        assert torch.equal(first[step], again[step])
        # 4096 normal numbers: their spread is 1 and their likeness 0 to within 0.05 but once in a thousand.
        assert abs(float(first[step].std()) - 1) < 0.05, f"step {step}: expected noise of spread 1, found {float(first[step].std()):.2f}"
        for name, stale in (("the step before", first[step - 1]), ("another seed", other[step]), ("the clip", clip)):
            assert likeness(first[step], stale) < 0.06, f"step {step}: the noise is that of {name}"


@promise
def latents_are_measured_by_the_autoencoders_own_statistics(bench: Bench) -> None:
    vae = load_models(os.path.join(bench.folder, "control"), RECIPES["wan21-vace-1-3b"], torch.device("cpu"), torch.float32).vae
    channels = vae.config.z_dim
    mean, deviation = torch.linspace(-2, 3, channels), torch.linspace(0.5, 4, channels)
    vae.register_to_config(latents_mean=mean.tolist(), latents_std=deviation.tolist())
    pixels = torch.linspace(-1, 1, 3 * SIDE * SIDE).view(1, 3, 1, SIDE, SIDE)
    with torch.inference_mode():
        raw = vae.encode(pixels).latent_dist.mode()
        latents = encoded(vae, pixels)
        for channel in range(channels):
            expected = (raw[:, channel] - mean[channel]) / deviation[channel]
            assert torch.allclose(latents[:, channel], expected, atol=1e-5), f"channel {channel} is measured by other statistics"
        vae.disable_tiling()
        assert torch.allclose(decoded(vae, latents, tile=None), vae.decode(raw).sample, atol=1e-4), "what comes back is another picture"


@promise
def tiles_show_no_joins_and_stand_where_they_belong(bench: Bench) -> None:
    for kind, recipe in (("first-frame", "wan22-ti2v-5b"), ("control", "wan21-vace-1-3b")):
        vae = load_models(os.path.join(bench.folder, kind), RECIPES[recipe], torch.device("cpu"), torch.float32).vae
        with torch.inference_mode():
            # Smooth latents, as those of pictures are; tiles of noise have nothing in common with each other.
            coarse = noise((1, vae.config.z_dim, 2, 3, 3), 3, "picture")
            side = 384 // vae.spatial_compression_ratio
            latents = torch.nn.functional.interpolate(coarse, size=(2, side, side), mode="trilinear")
            whole, tiled = decoded(vae, latents, tile=None), decoded(vae, latents, tile=(192, 128))
            side_by_side = decoded(vae, latents, tile=(128, 128))
        assert whole.shape == tiled.shape == (1, 3, 5, 384, 384)
        # Random layers mix a whole tile, which trained ones hardly do: so not equal, but nearer than the same tiles one place further.
        difference, displaced = (float((whole - other).abs().mean()) for other in (tiled, tiled.roll(128, -1)))
        assert 0 < difference < 0.7 * displaced, f"{kind}: {difference:.4f} against {displaced:.4f} when displaced"
        assert seam(tiled, 128) < 1.2, f"{kind}: expected no joins, found {seam(tiled, 128):.2f} times the change elsewhere"
        if kind == "control":
            assert seam(side_by_side, 128) > 3, "tiles that do not overlap should show, or this test sees nothing"


def seam(pixels: torch.Tensor, stride: int) -> float:
    """Change between columns where tiles meet over change between other columns."""
    change = pixels.diff(dim=-1).abs().mean(dim=(0, 1, 2, 3))
    at = torch.zeros_like(change, dtype=torch.bool)
    at[stride - 1 :: stride] = True
    return float(change[at].mean() / change[~at].mean())


@promise
def vace_holds_to_the_frames_and_the_product_it_is_given(bench: Bench) -> None:
    engine = bench.engine("wan21-vace-1-3b")
    free, _ = bench.made(engine, bench.window(frames=9))
    kept, _ = bench.made(engine, bench.window(frames=9, conditions=Conditions(context=bench.picture("kept", 5, 5))))
    product, _ = bench.made(engine, bench.window(frames=9, conditions=Conditions(reference=bench.picture("product", 9))))
    assert len(free) == len(kept) == len(product) == 9 * SIDE * SIDE * 3 // 2
    assert free != kept and free != product and kept != product


@promise
def vace_reads_what_to_keep_what_to_make_and_which_is_which(bench: Bench) -> None:
    vae = load_models(os.path.join(bench.folder, "control"), RECIPES["wan21-vace-1-3b"], torch.device("cpu"), torch.float32).vae
    channels = vae.config.z_dim
    kept = torch.linspace(-1, 1, 3 * 5 * SIDE * SIDE).view(1, 3, 5, SIDE, SIDE)
    product = torch.linspace(1, -1, 3 * SIDE * SIDE).view(1, 3, 1, SIDE, SIDE)
    size = (9, SIDE, SIDE)  # 3 latent frames; the first 5 frames fill two of them
    with torch.inference_mode():
        control = control_latents(vae, kept, None, size)
        nothing = encoded(vae, torch.zeros(1, 3, *size))
        frames = encoded(vae, torch.cat([kept, torch.zeros(1, 3, 4, SIDE, SIDE)], dim=2))
        free = control_latents(vae, None, None, size)
        shown = control_latents(vae, kept, product, size)
        assert torch.equal(shown[:, :channels, :1], encoded(vae, product)), "the product comes before the clip"
    keep, make, mask = control.split([channels, channels, control.shape[1] - 2 * channels], dim=1)
    assert torch.equal(keep, frames) and torch.equal(make, nothing), "the frames to keep lie among those to make"
    assert torch.equal(mask[:, :, :2], torch.zeros_like(mask[:, :, :2])), "the mask asks to make frames that are to be kept"
    assert torch.equal(mask[:, :, 2:], torch.ones_like(mask[:, :, 2:])), "the mask asks to keep frames that nobody drew"
    assert torch.equal(free[:, 2 * channels :], torch.ones_like(mask)), "nothing is given, so everything is made"
    assert torch.equal(shown[:, channels:, 0], torch.zeros_like(shown[:, channels:, 0])), "the product is neither kept nor made"
    assert torch.equal(shown[:, :, 1:], control)


@promise
def a_mask_has_a_channel_for_every_pixel_of_a_cell(bench: Bench) -> None:
    make = torch.ones(9, 16, 16)
    make[:2] = 0
    make[:, 3, 9] = 0
    packed = packed_mask(make, 8)
    assert packed.shape == (1, 64, 3, 2, 2)
    assert packed[0, :, 0].sum() == 0, "the frame in the middle of the first share is kept, so the latent frame is"
    cell = packed[0, :, 1, 0, 1]
    assert cell.sum() == 63 and cell[3 * 8 + 1] == 0, "one pixel is kept: row 3, column 1 of the second cell"


@promise
def windows_together_cover_the_shot_and_their_weights_add_up_to_one(bench: Bench) -> None:
    for total in (1, 9, 30, 31, 32, 49, 55, 61, 97):
        found = spans(total, 31)
        covered = torch.zeros(total)
        for (start, end), weight in zip(found, weights(total, found, shared_by(31)), strict=True):
            assert end - start == min(31, total) and len(weight) == end - start and float(weight.min()) > 0
            covered[start:end] += weight
        assert torch.allclose(covered, torch.ones(total), atol=1e-6), total
        assert all(before[1] - after[0] >= shared_by(31) for before, after in zip(found, found[1:], strict=False)), found
    middle = weights(97, spans(97, 31), shared_by(31))[1]
    assert float(middle[0]) < 0.2 < 0.8 < float(middle[shared_by(31) - 1]), "a window says little about its first frames, which it sees without a past"


@promise
def a_step_together_is_the_mean_of_what_the_windows_say(bench: Bench) -> None:
    class Counting:
        extra_frames = 0

        def __init__(self) -> None:
            self.asked = 0

        def pinned(self, latents: torch.Tensor) -> torch.Tensor:
            return latents

        def velocity(self, latents: torch.Tensor, level: float, text: torch.Tensor) -> torch.Tensor:
            self.asked += 1
            assert latents.shape[2] <= 31, "a window is never longer than the model was trained for"
            return torch.full_like(latents, float(self.asked))

    seen: list[tuple[int, int]] = []
    guide = TogetherGuide(Counting(), 31, lambda done, of: seen.append((done, of)))
    said = guide.velocity(torch.zeros(1, 2, 55, 2, 2), 1.0, torch.zeros(1))[0, 0, :, 0, 0]
    assert seen == [(0, 2), (1, 2)]
    assert torch.allclose(said[:24], torch.ones(24)) and torch.allclose(said[31:], torch.full((24,), 2.0))
    shared = said[24:31]
    assert bool((shared.diff() > 0).all()) and 1 < float(shared[0]) < 1.2 and 1.8 < float(shared[-1]) < 2


def shot_of_three(bench: Bench, recipe: str, folder: str, resume: str | None = None, stop_after: int | None = None, engine: DiffusersEngine | None = None) -> list[bytes]:
    """A shot of 25 frames in windows of 9 that share one; each by an engine that knows nothing but files when none is given."""
    made: list[bytes] = []
    context = None
    for start, following in ((0, 8), (8, 16), (16, None)):
        window = bench.window(
            frames=9,
            conditions=Conditions(context=context),
            context_out=os.path.join(bench.folder, f"{folder}-{start}"),
            together=Together(25, 7, os.path.join(bench.folder, "shot"), start, following),
            resume=resume if start == 0 else None,
        )
        frames, _ = bench.made(engine or bench.engine(recipe), window, stop_after=stop_after)
        made.append(frames)
        context = window.context_out
    return made


@contextlib.contextmanager
def trained_for_nine_frames(recipe: str) -> Iterator[None]:
    """So that a shot of 25 is denoised in several windows; few steps are enough here."""
    whole = RECIPES[recipe]
    RECIPES[recipe] = replace(whole, max_frames=9, steps=min(4, whole.steps))
    try:
        yield
    finally:
        RECIPES[recipe] = whole


@promise
def a_shot_denoised_as_one_is_the_same_again(bench: Bench) -> None:
    for recipe in ("wan22-ti2v-5b", "fastwan22-ti2v-5b"):
        with trained_for_nine_frames(recipe):
            first = shot_of_three(bench, recipe, "one")
            again = shot_of_three(bench, recipe, "two")
        assert first == again, recipe
        one = SIDE * SIDE * 3 // 2
        assert all(len(window) == 9 * one for window in first)
        assert len({bytes(window) for window in first}) == 3, "each window is another part of the shot"


@promise
def a_shot_denoised_as_one_goes_on_from_any_step_bit_for_bit(bench: Bench) -> None:
    recipe = "wan22-ti2v-5b"
    with trained_for_nine_frames(recipe):
        undisturbed = shot_of_three(bench, recipe, "undisturbed")
        for after in (1, 3):
            with contextlib.suppress(Refusal):
                shot_of_three(bench, recipe, "stopped", stop_after=after)
            assert shot_of_three(bench, recipe, "resumed", resume=bench.window().state_out) == undisturbed, after


@promise
def windows_of_a_shot_made_by_several_processes_are_those_of_one(bench: Bench) -> None:
    recipe = "wan22-ti2v-5b"
    with trained_for_nine_frames(recipe):
        alone = shot_of_three(bench, recipe, "alone")
        assert shot_of_three(bench, recipe, "one process", engine=bench.engine(recipe)) == alone
    one = SIDE * SIDE * 3 // 2
    for before, after in zip(alone, alone[1:], strict=False):
        assert before[-one:] == after[:one], "the frame that both show is the same to the byte"


@promise
def what_does_not_fit_a_shot_denoised_as_one_is_named(bench: Bench) -> None:
    shot = os.path.join(bench.folder, "shot")
    engine = bench.engine("wan22-ti2v-5b")
    refused(lambda: bench.made(engine, bench.window(together=Together(9, 7, shot, 2))), "wrong-shape", "expected windows at every 4th frame")
    refused(lambda: bench.made(engine, bench.window(together=Together(9, 7, shot, 4))), "bad-request", "expected a context for every window but the first")
    picture = Conditions(context=bench.picture("stranger", 1))
    refused(lambda: bench.made(engine, bench.window(conditions=picture, together=Together(9, 7, shot, 4))), "wrong-shape", "expected latents of")
    vace = bench.engine("wan21-vace-1-3b")
    refused(lambda: bench.made(vace, bench.window(together=Together(9, 7, shot, 0, 4))), "bad-request", "expected windows that continue one another")


@promise
def a_context_of_another_plate_is_named(bench: Bench) -> None:
    engine = bench.engine("wan22-ti2v-5b")
    write_pictures(os.path.join(bench.folder, "small"), torch.zeros(1, 3, 1, 32, 32))
    small = Conditions(context=os.path.join(bench.folder, "small"))
    refused(lambda: bench.made(engine, bench.window(conditions=small)), "wrong-shape", "context: expected pictures of {'width': 64")


@promise
def windows_that_the_model_cannot_make_are_named(bench: Bench) -> None:
    engine = bench.engine("wan22-ti2v-5b")
    refused(lambda: bench.made(engine, bench.window(frames=6)), "wrong-shape", "expected 1 + 4k frames up to 121, found 6")
    refused(lambda: bench.made(engine, bench.window(frames=125)), "wrong-shape", "found 125")
    refused(lambda: bench.made(engine, bench.window(width=48)), "wrong-shape", "expected sides in multiples of 32, found 48x64")


@promise
def the_state_of_another_window_is_named(bench: Bench) -> None:
    engine = bench.engine("wan22-ti2v-5b")
    with contextlib.suppress(Refusal):
        bench.made(engine, bench.window(), stop_after=3)
    state = bench.window().state_out
    refused(lambda: bench.made(engine, bench.window(seed=8, resume=state)), "wrong-shape", "expected a state of")
    with open(state, "r+b") as file:
        file.truncate(os.path.getsize(state) - 4)
    refused(lambda: bench.made(engine, bench.window(resume=state)), "wrong-shape", "bytes for (1, 48, 2, 4, 4)")


@promise
def a_bundle_of_another_model_is_named_before_weights_are_read(bench: Bench) -> None:
    wrong = os.path.join(bench.folder, "control")
    refused(lambda: DiffusersEngine("cpu").load(bench.load("wan22-ti2v-5b", wrong)), "bad-request", "expected a WanTransformer3DModel")
    empty = os.path.join(bench.folder, "empty")
    os.makedirs(empty)
    refused(lambda: DiffusersEngine("cpu").load(bench.load("wan22-ti2v-5b", empty)), "bad-request", "expected transformer/config.json")


@promise
def numbers_that_are_none_are_named_with_their_step(bench: Bench) -> None:
    engine = bench.engine("wan22-ti2v-5b")
    bench.made(engine, bench.window())
    assert engine._models is not None
    with torch.inference_mode():
        engine._models.transformer.proj_out.weight[0, 0] = float("nan")
    refused(lambda: bench.made(engine, bench.window()), "nan", "step 0: expected finite latents")


@promise
def memory_that_is_used_up_has_a_name(bench: Bench) -> None:
    engine = bench.engine("wan22-ti2v-5b")
    original = diffusers_engine.decoded

    def too_much(*_: Any, **__: Any) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 1.20 GiB.\nmore")

    diffusers_engine.decoded = too_much
    try:
        refused(lambda: bench.made(engine, bench.window()), "oom", "Tried to allocate 1.20 GiB.")
    finally:
        diffusers_engine.decoded = original


@promise
def a_prompt_is_encoded_once_and_then_needs_no_encoder(bench: Bench) -> None:
    folder = os.path.join(bench.folder, "without-encoder")
    shutil.copytree(os.path.join(bench.folder, "first-frame"), folder)
    engine = DiffusersEngine("cpu", torch.float32)
    engine.load(replace(bench.load("wan22-ti2v-5b"), folder=folder, embeddings=os.path.join(folder, "cache")))
    os.makedirs(os.path.join(folder, "cache"))
    first, _ = bench.made(engine, bench.window())
    assert len(os.listdir(os.path.join(folder, "cache"))) == 2, "the prompt and what to keep away"
    shutil.rmtree(os.path.join(folder, "text_encoder"))
    again, _ = bench.made(engine, bench.window())
    assert again == first
    other, _ = bench.made(bench.engine("wan22-ti2v-5b"), bench.window(prompt="gold dust"))
    assert other != first, "the words do not matter"


@promise
def colors_are_bt709_in_video_range(bench: Bench) -> None:
    def code(red: float, green: float, blue: float) -> tuple[int, int, int]:
        planes = yuv420p(torch.tensor([red, green, blue]).mul(2).sub(1).view(3, 1, 1).expand(3, 2, 2))
        assert len(planes) == 6
        return planes[0], planes[4], planes[5]

    assert code(0, 0, 0) == (16, 128, 128)
    assert code(1, 1, 1) == (235, 128, 128)
    assert code(1, 0, 0) == (63, 102, 240)
    assert code(0, 0, 1) == (32, 240, 118)


@promise
def pictures_survive_a_file(bench: Bench) -> None:
    path = os.path.join(bench.folder, "pictures")
    pixels = torch.from_numpy(np.arange(3 * 2 * 4 * 6, dtype=np.float32).reshape(1, 3, 2, 4, 6)) / 127.5 - 1
    write_pictures(path, pixels)
    assert torch.allclose(read_pictures(path, "pictures", 6, 4, 2), pixels, atol=1e-6)


@promise
def the_levels_go_from_noise_to_clip_and_stay_high_for_large_pictures(bench: Bench) -> None:
    for recipe in RECIPES.values():
        levels = noise_levels(recipe)
        assert levels[0] == 1 and levels[-1] == 0 and len(levels) == recipe.steps + 1
        assert all(before > after for before, after in zip(levels, levels[1:], strict=False))
    large, small = (Recipe("one", "control", 10, 1.0, shift, 16, 5, 1) for shift in (5.0, 3.0))
    assert noise_levels(large)[5] > noise_levels(small)[5] > 0.5


@promise
def the_process_makes_a_window_over_the_protocol(bench: Bench) -> None:
    load, window = bench.load("fastwan22-ti2v-5b"), bench.window()
    child = subprocess.Popen(
        [sys.executable, "-m", "worker", "--engine", "diffusers", "--device", "cpu"],
        cwd=os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin and child.stdout
    child.stdin.write(json.dumps({"id": 0, "do": "load", **load.__dict__}) + "\n")
    fields = {key: value for key, value in window.__dict__.items() if key not in ("conditions", "resume")}
    child.stdin.write(json.dumps({"id": 1, "do": "generate", **fields}) + "\n")
    child.stdin.flush()
    said = list(until_answered(child.stdout))
    child.stdin.write(json.dumps({"id": 2, "do": "stop"}) + "\n")
    child.stdin.close()
    assert child.wait(30) == 0
    assert [line["is"] for line in said if line["is"] in ("ready", "done")] == ["ready", "done", "done"], said[-1]
    assert [line["done"] for line in said if line.get("phase") == "denoise"] == [0, 1, 2]
    assert os.path.getsize(window.out) == FRAMES * SIDE * SIDE * 3 // 2


def until_answered(lines: Any) -> Iterator[dict[str, Any]]:
    for line in lines:
        said = json.loads(line)
        yield said
        if said["is"] == "error" or (said["is"] == "done" and said["id"] == 1):
            return


def main() -> None:
    wanted = sys.argv[1:]
    os.environ["TQDM_DISABLE"] = "1"
    torch.set_num_threads(1)  # models this small spend more time handing work out than doing it
    failed = 0
    chosen = [test for test in PROMISES if not wanted or any(word in test.__name__ for word in wanted)]
    with tempfile.TemporaryDirectory(prefix="framewright-selftest-") as root:
        for index, test in enumerate(chosen):
            folder = os.path.join(root, str(index))
            started = time.process_time()
            try:
                test(Bench(folder))
                print(f"ok    {test.__name__.replace('_', ' ')} ({time.process_time() - started:.1f} s of CPU)", flush=True)
            except Exception:
                failed += 1
                print(f"FAIL  {test.__name__.replace('_', ' ')}\n{traceback.format_exc()}", flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
