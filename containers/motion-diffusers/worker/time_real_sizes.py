"""Times the open models at real sizes with random weights: speed and memory do not depend on what the weights say.

    python -m worker.time_real_sizes                       # real sizes, needs a GPU
    python -m worker.time_real_sizes --tiny --device cpu   # the same code with tiny shapes

One JSON line a model. `secondsPerRenderedSecond` is derived: (steps * calls * forward + decode) / clip seconds; text encoding, which is
cached, and the encoder's pass over the first frame are not in it.
"""

import argparse
import gc
import json
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

import torch

from .architectures import REAL, TINY, Architecture
from .random_weights import autoencoder, transformer

TEMPORAL = 4  # frames per latent frame; the first latent frame is one frame
TEXT_TOKENS = 512
GIB = 2**30


def seconds(work: Callable[[], object], device: torch.device) -> float:
    finish(device)
    started = time.perf_counter()
    work()
    finish(device)
    return time.perf_counter() - started


def finish(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def forget(device: torch.device) -> None:
    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(device)


def peak_gib(device: torch.device) -> float | None:
    return round(torch.cuda.max_memory_allocated(device) / GIB, 2) if device.type == "cuda" else None


def latent_shape(model: Architecture) -> tuple[int, int, int, int, int]:
    scale = model.vae.get("scale_factor_spatial", 8)
    channels = model.transformer["in_channels"]
    return 1, channels, 1 + (model.frames - 1) // TEMPORAL, model.height // scale, model.width // scale


def time_forward(model: Architecture, device: torch.device, dtype: torch.dtype, repeats: int) -> dict[str, Any]:
    forget(device)
    started = time.perf_counter()
    net = transformer(model, device, dtype)
    finish(device)
    made = time.perf_counter() - started

    shape = latent_shape(model)
    _, _, frames, height, width = shape
    tokens = frames * (height // 2) * (width // 2)
    options: dict[str, torch.Tensor] = {}
    if model.kind == "vace":
        channels = model.transformer["vace_in_channels"]
        options["control_hidden_states"] = torch.randn(1, channels, *shape[2:], device=device, dtype=dtype)
    latents = torch.randn(shape, device=device, dtype=dtype)
    text = torch.randn(1, TEXT_TOKENS, model.transformer["text_dim"], device=device, dtype=dtype)
    level = torch.full((1, tokens) if model.level_per_token else (1,), 500.0, device=device)

    def forward() -> torch.Tensor:
        return net(hidden_states=latents, timestep=level, encoder_hidden_states=text, return_dict=False, **options)[0]

    output = forward()  # the first call also chooses kernels
    if output.shape != latents.shape:
        raise ValueError(f"{model.name}: expected an output of {tuple(latents.shape)}, found {tuple(output.shape)}")
    finite = bool(torch.isfinite(output).all())
    del output
    times = [seconds(forward, device) for _ in range(repeats)]
    return {
        "parameters": sum(parameter.numel() for parameter in net.parameters()),
        "tokens": tokens,
        "buildSeconds": round(made, 2),
        "forwardSeconds": round(median(times), 4),
        "forwardRuns": [round(value, 4) for value in times],
        "forwardPeakGiB": peak_gib(device),
        "finite": finite,
    }


def tile_lengths(length: int, size: int, stride: int) -> list[int]:
    return [min(size, length - start) for start in range(0, length, stride)]


def time_decode(
    model: Architecture, device: torch.device, dtype: torch.dtype, tile: tuple[int, int], patience_s: float
) -> dict[str, Any]:
    """The whole tiled decode if it will end within `patience_s`, otherwise one tile times the area of all tiles."""
    forget(device)
    vae = autoencoder(model, device, dtype)
    size, stride = tile
    vae.enable_tiling(size, size, stride, stride)
    scale = vae.spatial_compression_ratio
    latents = torch.randn(latent_shape(model), device=device, dtype=dtype)
    rows, columns = (tile_lengths(length, size // scale, stride // scale) for length in latents.shape[-2:])
    corner = latents[..., : rows[0], : columns[0]]

    # Two latent frames, because the first is decoded by another branch than those after it.
    vae.decode(corner[:, :, :2], return_dict=False)
    one_tile = seconds(lambda: vae.decode(corner, return_dict=False), device)
    whole = one_tile * sum(rows) * sum(columns) / (rows[0] * columns[0])
    measured = whole <= patience_s
    if measured:
        whole = seconds(lambda: vae.decode(latents, return_dict=False), device)
    return {
        "tile": f"{size} px every {stride} px",
        "tiles": len(rows) * len(columns),
        "tileSeconds": round(one_tile, 3),
        "decodeSeconds": round(whole, 2),
        "decodeIs": "measured" if measured else "one tile measured, times the area of all tiles",
        "decodePeakGiB": peak_gib(device),
    }


def report(model: Architecture, device: torch.device, dtype: torch.dtype, args: argparse.Namespace, patience_s: float) -> dict[str, Any]:
    forward = time_forward(model, device, dtype, args.repeats)
    decode = time_decode(model, device, dtype, (args.tile, args.stride), patience_s)
    clip = model.frames / model.frames_per_second
    spent = {steps: (steps * calls * forward["forwardSeconds"] + decode["decodeSeconds"]) / clip for steps, calls in model.steps.items()}
    return {
        "model": model.name,
        "weights": "random",
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else "cpu",
        "torch": torch.__version__,
        "dtype": str(dtype).removeprefix("torch."),
        "clip": f"{model.width}x{model.height}, {model.frames} frames at {model.frames_per_second}/s",
        **forward,
        **decode,
        "transformerCallsPerStep": {str(steps): calls for steps, calls in model.steps.items()},
        "secondsPerRenderedSecond": {str(steps): round(value, 3) for steps, value in spent.items()},
    }


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cuda")
    parser.add_argument("--tiny", action="store_true", help="tiny shapes, to try this program without a GPU")
    parser.add_argument("--only", action="append", help="name of a model; may be repeated")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--tile", type=int, default=256, help="side of a decoded tile in pixels")
    parser.add_argument("--stride", type=int, default=192, help="distance between two tiles in pixels")
    parser.add_argument("--budget", type=float, default=50.0, help="seconds; decodes that would end later are derived from one tile")
    args = parser.parse_args(argv)

    deadline = time.perf_counter() + args.budget
    device = torch.device(args.device)
    dtype = torch.bfloat16
    models = [model for model in (TINY if args.tiny else REAL) if not args.only or model.name in args.only]
    with torch.inference_mode():
        for index, model in enumerate(models):
            patience_s = (deadline - time.perf_counter()) / (len(models) - index)
            try:
                line = report(model, device, dtype, args, patience_s)
            except torch.OutOfMemoryError as error:
                line = {"model": model.name, "error": "oom", "says": str(error).splitlines()[0]}
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
