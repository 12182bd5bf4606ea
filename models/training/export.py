"""Writes networks as ONNX: float32 in and out, weights stored as float16 (cast back when the file is loaded), in files below 16 MiB.

    python export.py RUN_FOLDER            # all networks whose weights are in the folder
    python export.py --random RUN_FOLDER   # random weights of the same shapes, for tests of speed"""

import argparse
import json
import os
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from checkpoint import load, ship
from chart import CHANCES, GRID, LAYERS, POINT_NUMBERS
from motion_tiny import LUCK, MotionTiny
from networks import FRAMES, DenoiseTiny, MotifJudge, UpscaleTiny
from words import MOTIFS, TOKENS, VOCABULARY

MODELS = Path(__file__).parent.parent
SHARD = 15 * 1024 * 1024  # bytes; the repository holds no file above 16 MiB
SMALL = 1024  # elements; below, a float32 constant may be arithmetic rather than a weight

CLIP = {3: "height", 4: "width"}
PICTURE = {0: "count", 2: "height", 3: "width"}


def networks():
    clip = torch.randn(1, 3, FRAMES, 72, 128)
    return {
        "motion-tiny": (
            MotionTiny(),
            (torch.randint(0, VOCABULARY, (1, TOKENS)), torch.rand(1, 3, 3), torch.ones(1, 1), torch.rand(1, LUCK), torch.rand(1, CHANCES),
             torch.rand(1, LAYERS, GRID, GRID, POINT_NUMBERS), torch.rand(9216, 2) - 0.5, torch.tensor([3.0, 3.5])),
            ["ids", "palette", "hasPalette", "luck", "chance", "points", "places", "moments"], ["clip", "read"],
            {"places": {0: "pixels"}, "moments": {0: "frames"}, "clip": {2: "frames", 3: "pixels"}},
        ),
        "denoise-tiny": (DenoiseTiny(), (clip,), ["x"], ["y"], {"x": CLIP, "y": CLIP}),
        "upscale-tiny": (UpscaleTiny(), (torch.randn(2, 6, 72, 128),), ["x"], ["y"], {"x": PICTURE, "y": {0: "count"}}),
        "motif-judge": (MotifJudge(len(MOTIFS)), (torch.randn(2, 3, FRAMES, 36, 64),), ["x"], ["motif"], {"x": {0: "count"}, "motif": {0: "count"}}),
    }


def halve_and_shard(model: onnx.ModelProto, folder: Path, name: str) -> list[str]:
    """Stores large float32 weights as float16 behind a Cast, in external files of at most SHARD bytes."""
    graph = model.graph
    casts, shard, offset, files = [], 0, 0, []
    handle = None
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < SMALL:
            continue
        raw = numpy_helper.to_array(tensor).astype(np.float16).tobytes()
        if handle is None or offset + len(raw) > SHARD:
            if handle:
                handle.close()
            files.append(f"{name}.{shard}.bin")
            handle, shard, offset = (folder / files[-1]).open("wb"), shard + 1, 0
        stored = TensorProto(name=f"{tensor.name}_half", data_type=TensorProto.FLOAT16, dims=tensor.dims, data_location=TensorProto.EXTERNAL)
        for key, value in (("location", files[-1]), ("offset", str(offset)), ("length", str(len(raw)))):
            stored.external_data.add(key=key, value=value)
        handle.write(raw)
        offset += len(raw)
        casts.append(helper.make_node("Cast", [stored.name], [tensor.name], name=f"{tensor.name}_cast", to=TensorProto.FLOAT))
        graph.initializer.remove(tensor)
        graph.initializer.append(stored)
    if handle:
        handle.close()
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + nodes)
    (folder / f"{name}.onnx").write_bytes(model.SerializeToString())
    return files


def export(name, network, example, inputs, outputs, axes, folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{name}.*"):
        if old.suffix in (".onnx", ".bin"):
            old.unlink()
    raw = folder / f"{name}.raw.onnx"
    with torch.no_grad():
        torch.onnx.export(network.eval(), example, str(raw), opset_version=17, input_names=inputs, output_names=outputs, dynamic_axes=axes, dynamo=False)
    model = onnx.load(str(raw))
    raw.unlink()
    halve_and_shard(model, folder, name)
    return parity(network, example, inputs, folder / f"{name}.onnx")


def parity(network, example, inputs, file) -> float:
    """Largest difference between the network and its file, relative to the largest value (float16 weights: expect about 1e-3)."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = session.run(None, {name: value.numpy() for name, value in zip(inputs, example)})[0]
    with torch.no_grad():
        wanted = network(*example)
    wanted = (wanted[0] if isinstance(wanted, tuple) else wanted).numpy()
    return float(np.abs(found - wanted).max() / np.abs(wanted).max())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("run", type=Path)
    options.add_argument("--random", action="store_true")
    chosen = options.parse_args()
    report = {}
    for name, (network, example, inputs, outputs, axes) in networks().items():
        if not chosen.random:
            weights = chosen.run / f"{name}.pt"
            if not weights.exists():
                continue
            load(network, name, chosen.run, "cpu")
            ship(weights)
            if name == "motif-judge":
                continue  # for the evaluation only
        target = (chosen.run if chosen.random else MODELS) / name
        report[name] = {"parity": export(name, network, example, inputs, outputs, axes, target),
                        "bytes": {f: os.path.getsize(target / f) for f in sorted(os.listdir(target))}}
    print(json.dumps(report, indent=2))
