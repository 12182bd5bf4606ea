"""How a model is told what to hold to: given a clean first frame, or through a second network that reads frames and a mask."""

from dataclasses import dataclass
from typing import Protocol

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel, WanVACETransformer3DModel

from .latents import encoded
from .pictures import Pixels
from .schedule import TIMESTEPS
from .shapes import TEMPORAL


class Guide(Protocol):
    # Latent frames before the clip's own, for the picture of the product; dropped before decoding.
    extra_frames: int

    def pinned(self, latents: torch.Tensor) -> torch.Tensor:
        """The latents with what is given in its place."""

    def velocity(self, latents: torch.Tensor, level: float, text: torch.Tensor) -> torch.Tensor:
        """Where the transformer says that the clip lies from here."""


@dataclass(frozen=True)
class FirstFrameGuide:
    transformer: WanTransformer3DModel
    # (1, channels, frames, height, width) of the frames that are given; none for a shot's first window.
    given: torch.Tensor | None
    extra_frames: int = 0

    def pinned(self, latents: torch.Tensor) -> torch.Tensor:
        if self.given is None:
            return latents
        return torch.cat([self.given.to(latents.device), latents[:, :, self.given.shape[2] :]], dim=2)

    def velocity(self, latents: torch.Tensor, level: float, text: torch.Tensor) -> torch.Tensor:
        return self.transformer(
            hidden_states=latents.to(self.transformer.dtype),
            timestep=self._levels(latents, level * TIMESTEPS),
            encoder_hidden_states=text,
            return_dict=False,
        )[0].float()

    def _levels(self, latents: torch.Tensor, timestep: float) -> torch.Tensor:
        """One level for all when nothing is given: a level per token costs 2 GB in a window of 121 frames at 704x1280."""
        if self.given is None:
            return torch.full((1,), timestep, device=latents.device)
        frames, height, width = latents.shape[2:]
        _, patch_height, patch_width = self.transformer.config.patch_size
        levels = torch.full((frames, (height // patch_height) * (width // patch_width)), timestep, device=latents.device)
        levels[: self.given.shape[2]] = 0
        return levels.flatten().unsqueeze(0)


@dataclass(frozen=True)
class ControlGuide:
    transformer: WanVACETransformer3DModel
    control: torch.Tensor
    extra_frames: int

    def pinned(self, latents: torch.Tensor) -> torch.Tensor:
        return latents

    def velocity(self, latents: torch.Tensor, level: float, text: torch.Tensor) -> torch.Tensor:
        return self.transformer(
            hidden_states=latents.to(self.transformer.dtype),
            timestep=torch.full((1,), level * TIMESTEPS, device=latents.device),
            encoder_hidden_states=text,
            control_hidden_states=self.control.to(self.transformer.dtype),
            return_dict=False,
        )[0].float()


def control_latents(vae: AutoencoderKLWan, kept: Pixels | None, reference: Pixels | None, size: tuple[int, int, int]) -> torch.Tensor:
    """
    What VACE reads: latents of the frames to keep, latents of those to make, and at which pixels which is which. `kept` are the first
    frames of the clip; the rest is to be made. `reference` comes before the clip, as a frame of its own that is neither.
    """
    frames, height, width = size
    pixels = torch.zeros(1, 3, frames, height, width)
    make = torch.ones(1, 1, frames, height, width)
    if kept is not None:
        pixels[:, :, : kept.shape[2]] = kept
        make[:, :, : kept.shape[2]] = 0
    latents = torch.cat([encoded(vae, pixels * (1 - make)), encoded(vae, pixels * make)], dim=1)
    mask = packed_mask(make[0, 0], vae.spatial_compression_ratio).to(latents.device)
    control = torch.cat([latents, mask], dim=1)
    if reference is None:
        return control
    picture = encoded(vae, reference)
    before = torch.cat([picture, torch.zeros_like(picture), torch.zeros_like(mask[:, :, :1])], dim=1)
    return torch.cat([before, control], dim=2)


def packed_mask(make: torch.Tensor, scale: int) -> torch.Tensor:
    """(frames, height, width) to (1, scale * scale, latent frames, latent height, latent width): every pixel of a latent cell is a channel.
    In time the frame nearest to the middle of each share stands for it, as when the model was trained."""
    frames, height, width = make.shape
    cells = make.view(frames, height // scale, scale, width // scale, scale).permute(2, 4, 0, 1, 3).flatten(0, 1)
    latent_frames = (frames + TEMPORAL - 1) // TEMPORAL
    size = (latent_frames, height // scale, width // scale)
    return torch.nn.functional.interpolate(cells[None], size=size, mode="nearest-exact")
