"""Windows by real models: prompt, condition, denoise, decode."""

import os
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
from .protocol import Load, Refusal, Together, Window, bad
from .recipes import Recipe, recipe_named
from .shapes import check_window, latent_frames
from .state import StateHeader, read_state
from .together import TogetherGuide, copy_frames, fingerprint, read_shot, write_shot

BYTES_OF_FP32 = 4


class DiffusersEngine:
    name = "diffusers"

    def __init__(self, device: str, dtype: torch.dtype = torch.bfloat16, tile: tuple[int, int] = TILE) -> None:
        self._device = torch.device(device)
        self._dtype = dtype
        self._tile = tile
        self._load: Load | None = None
        self._models: Models | None = None
        # Of the shot whose frames this process has decoded, and where they lie.
        self._decoded: tuple[str, str] | None = None
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
        if window.together:
            return self._part_of_a_shot(recipe, load, window, window.together, job)
        texts = self._texts(recipe, load, window, job)
        models = self._models_for(recipe, load, job)
        job.progress("condition", 0, 1)
        guide = self._guide(recipe, models, window)
        shape = self._latent_shape(models, window, latent_frames(window.frames) + guide.extra_frames)
        header = StateHeader(recipe.name, window.seed, window.width, window.height, window.frames, recipe.steps, 0, shape)
        steps, latents = self._denoised(recipe, models, guide, texts, header, window.resume, job)
        job.progress("decode", 0, 1)
        models.turn_of(models.vae)
        pixels = decoded(models.vae, latents[:, :, guide.extra_frames :], self._tile)
        write_frames(window, pixels)
        write_pictures(window.context_out, pixels[:, :, -recipe.context_frames :])
        return {"steps": steps, **self._peak()}

    def _part_of_a_shot(self, recipe: Recipe, load: Load, window: Window, together: Together, job: Job) -> dict[str, Any]:
        """The first window denoises the latent of the whole shot; those after it find what is left of that in their context."""
        texts = self._texts(recipe, load, window, job) if window.conditions.context is None else None
        models = self._models_for(recipe, load, job)
        shape = self._latent_shape(models, window, latent_frames(together.frames))
        header = StateHeader(recipe.name, together.seed, window.width, window.height, together.frames, recipe.steps, 0, shape)
        steps = 0
        if texts is not None:
            guide = TogetherGuide(
                FirstFrameGuide(models.transformer, None),
                latent_frames(recipe.max_frames),
                lambda done, of: job.progress("window", done, of),
            )
            steps, latents = self._denoised(recipe, models, guide, texts, header, window.resume, job)
        else:
            latents = read_shot(str(window.conditions.context), recipe, window, shape)
            # Nothing is denoised, so there is nothing to save, and saying so is quicker than letting a stop wait for it.
            done = replace(header, step=recipe.steps, shape=(0,))
            if window.resume:
                read_state(window.resume, done, BYTES_OF_FP32)
            job.keep(done, lambda: b"")
        job.progress("decode", 0, 1)
        self._decode_shot(models, window, together, latents)
        copy_frames(together.out, window, together)
        write_shot(window.context_out, recipe, window, together, latents)
        return {"steps": steps, **self._peak()}

    def _decode_shot(self, models: Models, window: Window, together: Together, latents: torch.Tensor) -> None:
        """
        The whole shot at once, by the first of its windows that a process makes: the decoder remembers what came before, so a window that is decoded
        by itself is another picture.
        """
        wanted = (fingerprint(latents), together.out)
        if self._decoded == wanted and os.path.exists(together.out):
            return
        self._decoded = None
        models.turn_of(models.vae)
        write_frames(replace(window, frames=together.frames, out=together.out), decoded(models.vae, latents, self._tile))
        self._decoded = wanted

    def _denoised(
        self, recipe: Recipe, models: Models, guide: Guide, texts: Texts, header: StateHeader, resume: str | None, job: Job
    ) -> tuple[int, torch.Tensor]:
        """Steps that were done here, and the latents; from chance, or from the state of an attempt before."""
        start, latents = 0, noise(header.shape, header.seed, "start")
        if resume:
            start, numbers = read_state(resume, header, BYTES_OF_FP32)
            latents = torch.frombuffer(bytearray(numbers), dtype=torch.float32).view(header.shape)

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
            header.seed,
            start,
            between=lambda step: job.progress("denoise", step, recipe.steps),
            keep=keep,
        )
        return recipe.steps - start, latents

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

    def _latent_shape(self, models: Models, window: Window, frames: int) -> tuple[int, ...]:
        scale = models.vae.spatial_compression_ratio
        return 1, models.vae.config.z_dim, frames, window.height // scale, window.width // scale

    def _peak(self) -> dict[str, float]:
        if self._device.type != "cuda":
            return {}
        peak = torch.cuda.max_memory_allocated(self._device)
        torch.cuda.reset_peak_memory_stats(self._device)
        return {"peakGiB": round(peak / 2**30, 2)}
