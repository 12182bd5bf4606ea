"""Shapes of the open models, as their published configurations say: enough to build them with random weights and time them."""

from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Architecture:
    name: str
    kind: Literal["text-to-video", "vace"]
    transformer: dict[str, Any]
    vae: dict[str, Any]
    width: int
    height: int
    frames: int
    frames_per_second: int
    # Every latent token has a noise level of its own (a clean first frame beside noisy ones).
    level_per_token: bool = False
    # Steps that people run it with, and how often the transformer is called in each: twice with guidance.
    steps: dict[int, int] = field(default_factory=lambda: {50: 2, 20: 2, 3: 1})


WAN_21 = {
    "patch_size": (1, 2, 2),
    "num_attention_heads": 12,
    "attention_head_dim": 128,
    "in_channels": 16,
    "out_channels": 16,
    "text_dim": 4096,
    "freq_dim": 256,
    "ffn_dim": 8960,
    "num_layers": 30,
    "cross_attn_norm": True,
    "qk_norm": "rms_norm_across_heads",
    "eps": 1e-6,
}

WAN_22_5B = WAN_21 | {"num_attention_heads": 24, "in_channels": 48, "out_channels": 48, "ffn_dim": 14336}

WAN_22_VAE = {
    "base_dim": 160,
    "decoder_base_dim": 256,
    "z_dim": 48,
    "is_residual": True,
    "in_channels": 12,
    "out_channels": 12,
    "patch_size": 2,
    "scale_factor_spatial": 16,
    "latents_mean": [0.0] * 48,
    "latents_std": [1.0] * 48,
}

REAL: tuple[Architecture, ...] = (
    Architecture("wan22-ti2v-5b", "text-to-video", WAN_22_5B, WAN_22_VAE, 1280, 704, 121, 24, level_per_token=True),
    Architecture("wan21-t2v-1-3b", "text-to-video", WAN_21, {}, 832, 480, 81, 16),
    Architecture("wan21-vace-1-3b", "vace", WAN_21 | {"vace_layers": list(range(0, 30, 2)), "vace_in_channels": 96}, {}, 832, 480, 81, 16),
)

_SMALL = {"num_attention_heads": 2, "attention_head_dim": 12, "ffn_dim": 32, "num_layers": 2, "text_dim": 16, "freq_dim": 16}
_SMALL_VAE = {"base_dim": 4, "dim_mult": [1, 1, 1, 1], "num_res_blocks": 1}

TINY: tuple[Architecture, ...] = (
    Architecture(
        "tiny-ti2v",
        "text-to-video",
        WAN_22_5B | _SMALL,
        WAN_22_VAE | _SMALL_VAE | {"decoder_base_dim": 4},
        64,
        64,
        5,
        24,
        level_per_token=True,
    ),
    Architecture("tiny-t2v", "text-to-video", WAN_21 | _SMALL, _SMALL_VAE, 64, 64, 5, 16),
    Architecture("tiny-vace", "vace", WAN_21 | _SMALL | {"vace_layers": [0], "vace_in_channels": 96}, _SMALL_VAE, 64, 64, 5, 16),
)
