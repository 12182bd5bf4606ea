"""Pictures in files: what one window leaves for the next, the product, and the frames that go out."""

import numpy as np
import torch

from .protocol import Refusal, Window
from .state import read_whole, write_whole

Pixels = torch.Tensor  # (1, 3, frames, height, width) in [-1, 1]


def read_pictures(path: str, what: str, width: int, height: int, frames: int) -> Pixels:
    """A header line {width, height, frames}, then rgb24."""
    fields, body = read_whole(path)
    expected = {"width": width, "height": height, "frames": frames}
    if fields != expected or len(body) != width * height * 3 * frames:
        raise Refusal("wrong-shape", f"{what}: expected pictures of {expected}, found {fields} and {len(body)} bytes")
    rgb = np.frombuffer(body, np.uint8).reshape(1, frames, height, width, 3)
    return torch.from_numpy(rgb.transpose(0, 4, 1, 2, 3).astype(np.float32) / 127.5 - 1)


def write_pictures(path: str, pixels: Pixels) -> None:
    _, _, frames, height, width = pixels.shape
    rgb = ((pixels.float().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).cpu().numpy()
    write_whole(path, {"width": width, "height": height, "frames": frames}, rgb.transpose(0, 2, 3, 4, 1).tobytes())


def write_frames(window: Window, pixels: Pixels) -> None:
    """yuv420p, BT.709, video range: planes Y, U, V of one frame after another. A frame at a time, so that memory holds one in fp32."""
    expected = (1, 3, window.frames, window.height, window.width)
    if tuple(pixels.shape) != expected:
        raise Refusal("wrong-shape", f"decoder: expected pixels of {expected}, found {tuple(pixels.shape)}")
    with open(window.out, "wb") as file:
        for n in range(window.frames):
            file.write(yuv420p(pixels[0, :, n]))


def yuv420p(rgb: torch.Tensor) -> bytes:
    red, green, blue = ((rgb.float().clamp(-1, 1) + 1) / 2).unbind(0)
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    planes = [16 + 219 * luma]
    for difference, range_of_it in ((blue - luma, 1.8556), (red - luma, 1.5748)):
        half = torch.nn.functional.avg_pool2d(difference[None, None], 2)[0, 0]
        planes.append(128 + 224 * half / range_of_it)
    return b"".join(plane.round().clamp(0, 255).to(torch.uint8).cpu().numpy().tobytes() for plane in planes)
