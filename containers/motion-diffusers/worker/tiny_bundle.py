"""A bundle of models so small that a CPU runs them, with random weights, in the layout of the real ones."""

import os

import torch
from diffusers import AutoencoderKLWan, WanTransformer3DModel, WanVACETransformer3DModel
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, UMT5Config, UMT5EncoderModel

from .architectures import TINY, Architecture

WORDS = ["<pad>", "<unk>", "silk", "flows", "gold", "dust", "static", "blurred"]


def write_tiny_bundle(folder: str, kind: str) -> None:
    """`kind`: first-frame (as Wan2.2-TI2V-5B is built) or control (as VACE-1.3B is)."""
    torch.manual_seed(11)
    architecture = next(one for one in TINY if one.name == ("tiny-vace" if kind == "control" else "tiny-ti2v"))
    transformer(architecture).save_pretrained(os.path.join(folder, "transformer"))
    AutoencoderKLWan(**architecture.vae).save_pretrained(os.path.join(folder, "vae"))
    width = architecture.transformer["text_dim"]
    encoder = UMT5Config(vocab_size=len(WORDS), d_model=width, d_kv=8, d_ff=16, num_layers=1, num_heads=2)
    UMT5EncoderModel(encoder).to(torch.bfloat16).save_pretrained(os.path.join(folder, "text_encoder"))
    tokenizer = Tokenizer(models.WordLevel({word: index for index, word in enumerate(WORDS)}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>").save_pretrained(os.path.join(folder, "tokenizer"))


def transformer(architecture: Architecture) -> torch.nn.Module:
    make = WanVACETransformer3DModel if architecture.kind == "vace" else WanTransformer3DModel
    model = make(**architecture.transformer)
    # A fresh model's last layers are near zero: larger ones make steps that would be missed if they were skipped.
    for name, parameter in model.named_parameters():
        if name.startswith(("proj_out", "vace_blocks")):
            torch.nn.init.normal_(parameter, std=0.2)
    return model
