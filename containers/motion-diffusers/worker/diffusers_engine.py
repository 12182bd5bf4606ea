"""Windows by real models: prompt, condition, denoise, decode."""

from dataclasses import replace
from typing import Any

import torch

from .denoise import Texts, denoise
from .guides import ControlGuide, FirstFrameGuide, Guide, control_latents
from .job import Job
from .latents import TILE, decoded, encoded
from .models import Models, check_bundle, load_models
from .noise import noise
from .pictures import Pixels, read_pictures, write_frames, write_pictures
from .prompts import Prompts
from .protocol import Load, Refusal, Window, bad
from .recipes import Recipe, recipe_named
from .shapes import check_window, latent_frames
from .state import StateHeader, read_state

BYTES_OF_FP32 = 4


class DiffusersEngine:
    name = "diffusers"

    def __init__(self, device: str, dtype: torch.dtype = torch.bfloat16, tile: tuple[int, int] = TILE) -> None:
        self._device = torch.device(device)
        self._dtype = dtype
        self._tile = tile
        self._load: Load | None = None
        self._models: Models | None = None
        # Equal requests give equal frames on equal cards.
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.deterministic = True

    def load(self, load: Load) -> dict[str, Any]:
        """Checks the bundle. Weights wait for the first window: the text encoder goes first, while the GPU is empty."""
        if self._device.type == "cuda" and not torch.cuda.is_available():
            bad("expected a GPU, found none; is the container given one?")
        check_bundle(load.folder, recipe_named(load.recipe))
        self._load = load
        self._models = None
        card = torch.cuda.get_device_name(self._device) if self._device.type == "cuda" else "cpu"
        return {"recipe": load.recipe, "device": card, "torch": torch.__version__}

    @torch.inference_mode()
    def generate(self, window: Window, job: Job) -> dict[str, Any]:
        if self._load is None:
            bad("expected load before generate")
        recipe = recipe_named(self._load.recipe)
        check_window(recipe, window)
        try:
            return self._generated(recipe, self._load, window, job)
        except torch.OutOfMemoryError as error:
            raise Refusal("oom", str(error).splitlines()[0]) from error

    def _generated(self, recipe: Recipe, load: Load, window: Window, job: Job) -> dict[str, Any]:
        texts = self._texts(recipe, load, window, job)
        models = self._models_for(recipe, load, job)
        job.progress("condition", 0, 1)
        guide = self._guide(recipe, models, window)

        shape = (1, models.vae.config.z_dim, latent_frames(window.frames) + guide.extra_frames, *self._latent_size(models, window))
        header = StateHeader(recipe.name, window.seed, window.width, window.height, window.frames, recipe.steps, 0, shape)
        start, latents = 0, noise(shape, window.seed, "start")
        if window.resume:
            start, numbers = read_state(window.resume, header, BYTES_OF_FP32)
            latents = torch.frombuffer(bytearray(numbers), dtype=torch.float32).view(shape)

        def keep(step: int, now: torch.Tensor) -> None:
            kept = now.to("cpu", copy=True)
            job.keep(replace(header, step=step), lambda: kept.numpy().tobytes())

        keep(start, latents)
        models.turn_of(models.transformer)
        latents = denoise(
            recipe,
            guide,
            texts,
            latents.to(self._device),
            window.seed,
            start,
            between=lambda step: job.progress("denoise", step, recipe.steps),
            keep=keep,
        )
        job.progress("decode", 0, 1)
        models.turn_of(models.vae)
        pixels = decoded(models.vae, latents[:, :, guide.extra_frames :], self._tile)
        write_frames(window, pixels)
        write_pictures(window.context_out, pixels[:, :, -recipe.context_frames :])
        return {"steps": recipe.steps - start, **self._peak()}

    def _texts(self, recipe: Recipe, load: Load, window: Window, job: Job) -> Texts:
        prompts = Prompts(load.folder, load.embeddings, load.encoder)
        wanted = [window.prompt] if recipe.guidance == 1 else [window.prompt, window.negative]
        if missing := prompts.missing(wanted):
            job.progress("text", 0, len(missing))
            # Once the transformer is in, the encoder would not fit beside it.
            prompts.encode(missing, self._device if self._models is None else torch.device("cpu"))
        embeddings = [prompts.embedding(text, self._device, self._dtype) for text in wanted]
        return Texts(embeddings[0], embeddings[1] if len(embeddings) > 1 else None)

    def _models_for(self, recipe: Recipe, load: Load, job: Job) -> Models:
        if self._models is None:
            job.progress("weights", 0, 1)
            self._models = load_models(load.folder, recipe, self._device, self._dtype)
        return self._models

    def _guide(self, recipe: Recipe, models: Models, window: Window) -> Guide:
        models.turn_of(models.vae)
        context = self._pictures(window.conditions.context, "context", window, recipe.context_frames)
        if recipe.conditioning == "first-frame":
            return FirstFrameGuide(models.transformer, None if context is None else encoded(models.vae, context))
        reference = self._pictures(window.conditions.reference, "reference", window, 1)
        control = control_latents(models.vae, context, reference, (window.frames, window.height, window.width))
        return ControlGuide(models.transformer, control, 0 if reference is None else 1)

    def _pictures(self, path: str | None, what: str, window: Window, frames: int) -> Pixels | None:
        return None if path is None else read_pictures(path, what, window.width, window.height, frames)

    def _latent_size(self, models: Models, window: Window) -> tuple[int, int]:
        scale = models.vae.spatial_compression_ratio
        return window.height // scale, window.width // scale

    def _peak(self) -> dict[str, float]:
        if self._device.type != "cuda":
            return {}
        peak = torch.cuda.max_memory_allocated(self._device)
        torch.cuda.reset_peak_memory_stats(self._device)
        return {"peakGiB": round(peak / 2**30, 2)}
