"""Builds models with random weights right where they will run: no download, no copy, no second precision in between."""

from collections.abc import Callable
from typing import TypeVar

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel, WanVACETransformer3DModel
from diffusers.models.modeling_utils import ModelMixin

from .architectures import Architecture

Model = TypeVar("Model", bound=ModelMixin)


def built(make: Callable[[], Model], device: torch.device, dtype: torch.dtype) -> Model:
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            model = make()
    finally:
        torch.set_default_dtype(before)
    keep_precise(model)
    return model.eval().requires_grad_(False)


def keep_precise(model: ModelMixin) -> None:
    """What diffusers leaves in fp32 when it loads weights (norms, time embedding), so that speed and memory are those of a loaded model."""
    precise = getattr(model, "_keep_in_fp32_modules", None) or []
    for name, parameter in model.named_parameters():
        if any(part in name.split(".") for part in precise):
            parameter.data = parameter.data.float()


def transformer(architecture: Architecture, device: torch.device, dtype: torch.dtype) -> ModelMixin:
    model = WanVACETransformer3DModel if architecture.kind == "vace" else WanTransformer3DModel
    return built(lambda: model(**architecture.transformer), device, dtype)


def autoencoder(architecture: Architecture, device: torch.device, dtype: torch.dtype) -> AutoencoderKLWan:
    return built(lambda: AutoencoderKLWan(**architecture.vae), device, dtype)
