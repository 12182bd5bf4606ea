"""Between pixels and latents: normalisation by the autoencoder's own statistics, and decoding in tiles."""

import torch
from diffusers import AutoencoderKLWan

# Pixels of a decoded tile and the distance to the next: what the published decoders use. 24 GB do not hold 704x1280 at once.
TILE = (256, 192)


def _statistics(vae: AutoencoderKLWan, device: torch.device) -> tuple[torch.Tensor, torch.Tensor]:
    shape = (1, vae.config.z_dim, 1, 1, 1)
    mean = torch.tensor(vae.config.latents_mean, device=device, dtype=torch.float32).view(shape)
    deviation = torch.tensor(vae.config.latents_std, device=device, dtype=torch.float32).view(shape)
    return mean, deviation


def encoded(vae: AutoencoderKLWan, pixels: torch.Tensor) -> torch.Tensor:
    """`pixels`: (1, 3, frames, height, width) in [-1, 1]. The mode of the distribution: encoding twice gives the same latents."""
    mean, deviation = _statistics(vae, vae.device)
    raw = vae.encode(pixels.to(vae.device, vae.dtype)).latent_dist.mode()
    return (raw.float() - mean) / deviation


def decoded(vae: AutoencoderKLWan, latents: torch.Tensor, tile: tuple[int, int] | None = TILE) -> torch.Tensor:
    if tile is None:
        vae.disable_tiling()
    else:
        vae.enable_tiling(tile[0], tile[0], tile[1], tile[1])
    mean, deviation = _statistics(vae, vae.device)
    return vae.decode((latents.to(vae.device) * deviation + mean).to(vae.dtype), return_dict=False)[0]
