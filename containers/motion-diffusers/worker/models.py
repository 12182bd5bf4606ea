"""The models of one bundle: loaded once, moved to the GPU when it is their turn."""

import json
import os
from dataclasses import dataclass

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel, WanVACETransformer3DModel

from .protocol import Refusal
from .recipes import Recipe

CLASSES = {"first-frame": WanTransformer3DModel, "control": WanVACETransformer3DModel}
# A window of the 5 B model takes about 23 GB with its autoencoder beside it: smaller cards hold one of the two at a time.
ROOMY_BYTES = 32 * 2**30
PATCH = 2


@dataclass(frozen=True)
class Models:
    transformer: WanTransformer3DModel | WanVACETransformer3DModel
    vae: AutoencoderKLWan
    device: torch.device

    def turn_of(self, model: torch.nn.Module) -> None:
        if not roomy(self.device):
            for other in (self.transformer, self.vae):
                if other is not model:
                    other.to("cpu")
            torch.cuda.empty_cache()
        model.to(self.device)


def roomy(device: torch.device) -> bool:
    return device.type != "cuda" or torch.cuda.get_device_properties(device).total_memory >= ROOMY_BYTES


def check_bundle(folder: str, recipe: Recipe) -> None:
    """Reads the small files of a bundle and says what does not fit, before gigabytes are read."""
    transformer = _config(folder, "transformer")
    vae = _config(folder, "vae")
    wanted = CLASSES[recipe.conditioning].__name__
    if transformer.get("_class_name") != wanted:
        raise Refusal("bad-request", f"transformer/config.json: expected a {wanted}, found {transformer.get('_class_name')}")
    if transformer.get("in_channels") != vae.get("z_dim"):
        raise Refusal(
            "wrong-shape",
            f"bundle: expected a transformer for the autoencoder's {vae.get('z_dim')} channels, found {transformer.get('in_channels')}",
        )
    side = vae.get("scale_factor_spatial", 8) * PATCH
    if side != recipe.size_multiple:
        raise Refusal("wrong-shape", f"vae/config.json: expected sides in multiples of {recipe.size_multiple}, found {side}")


def _config(folder: str, part: str) -> dict[str, object]:
    path = os.path.join(folder, part, "config.json")
    if not os.path.exists(path):
        raise Refusal("bad-request", f"bundle: expected {part}/config.json, found {sorted(os.listdir(folder))}")
    with open(path, encoding="utf8") as file:
        return json.load(file)


def load_models(folder: str, recipe: Recipe, device: torch.device, dtype: torch.dtype) -> Models:
    where = {"pretrained_model_name_or_path": folder, "torch_dtype": dtype, "local_files_only": True}
    transformer = CLASSES[recipe.conditioning].from_pretrained(**where, subfolder="transformer")
    vae = AutoencoderKLWan.from_pretrained(**where, subfolder="vae")
    return Models(transformer.eval().requires_grad_(False), vae.eval().requires_grad_(False), device)
