"""Prompt embeddings, kept as files by the hash of text and encoder: the 11 GB encoder is loaded only for a prompt that nobody encoded before."""

import gc
import hashlib
import os
from collections.abc import Sequence

import torch
from safetensors.torch import load_file, save_file

# What the transformers were trained with; shorter prompts are padded with zeros.
TEXT_TOKENS = 512


class Prompts:
    def __init__(self, folder: str, cache: str, encoder: str) -> None:
        self._folder = folder
        self._cache = cache
        self._encoder = encoder

    def file(self, text: str) -> str:
        """The same name as embedding-file.ts gives it: the other side brings files from the store and takes new ones there."""
        digest = hashlib.sha256(f"{self._encoder}\n{text}".encode()).hexdigest()
        return os.path.join(self._cache, f"{digest}.safetensors")

    def missing(self, texts: Sequence[str]) -> list[str]:
        return [text for text in texts if not os.path.exists(self.file(text))]

    def encode(self, texts: Sequence[str], device: torch.device) -> None:
        from transformers import AutoTokenizer, UMT5EncoderModel

        where = {"pretrained_model_name_or_path": self._folder, "local_files_only": True}
        tokenizer = AutoTokenizer.from_pretrained(**where, subfolder="tokenizer")
        encoder = UMT5EncoderModel.from_pretrained(**where, subfolder="text_encoder", torch_dtype=torch.bfloat16).to(device).eval()
        for text in texts:
            tokens = tokenizer(" ".join(text.split()), max_length=TEXT_TOKENS, truncation=True, return_tensors="pt").to(device)
            found = encoder(tokens.input_ids, tokens.attention_mask).last_hidden_state[0]
            temporary = f"{self.file(text)}.part"
            save_file({"embedding": found.to("cpu", torch.bfloat16).contiguous()}, temporary)
            os.replace(temporary, self.file(text))
        del encoder
        gc.collect()
        if device.type == "cuda":
            torch.cuda.empty_cache()

    def embedding(self, text: str, device: torch.device, dtype: torch.dtype) -> torch.Tensor:
        found = load_file(self.file(text))["embedding"]
        padded = torch.zeros(1, TEXT_TOKENS, found.shape[1])
        padded[0, : found.shape[0]] = found.float()
        return padded.to(device, dtype)
