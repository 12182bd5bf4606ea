"""A state inside a window as a file: one line that says what it belongs to, then the raw numbers."""

import json
import os
from dataclasses import asdict, dataclass

from .protocol import Refusal


@dataclass(frozen=True)
class StateHeader:
    recipe: str
    seed: int
    width: int
    height: int
    frames: int
    steps: int
    # Steps done: the next one to do.
    step: int
    # Of the raw numbers.
    shape: tuple[int, ...]


def write_whole(path: str, header: dict[str, object], body: bytes) -> None:
    """Never leaves half a file under the name that is read."""
    temporary = f"{path}.part"
    with open(temporary, "wb") as file:
        file.write(json.dumps(header, separators=(",", ":")).encode() + b"\n" + body)
    os.replace(temporary, path)


def read_whole(path: str) -> tuple[dict[str, object], bytes]:
    with open(path, "rb") as file:
        first, _, body = file.read().partition(b"\n")
    try:
        return json.loads(first), body
    except ValueError:
        raise Refusal("bad-request", f"{path}: expected a header line, found {first[:80]!r}") from None


def write_state(path: str, header: StateHeader, body: bytes) -> None:
    write_whole(path, asdict(header), body)


def read_state(path: str, expected: StateHeader, bytes_per_number: int) -> tuple[int, bytes]:
    """Steps done and the raw numbers; refuses the state of anything but this window of this model."""
    fields, body = read_whole(path)
    step = fields.pop("step", None)
    wanted = asdict(expected) | {"shape": list(expected.shape)}
    del wanted["step"]
    if fields != wanted:
        raise Refusal("wrong-shape", f"{path}: expected a state of {wanted}, found one of {fields}")
    if not isinstance(step, int) or not 0 <= step <= expected.steps:
        raise Refusal("bad-request", f"{path}: expected a step between 0 and {expected.steps}, found {step}")
    size = bytes_per_number
    for side in expected.shape:
        size *= side
    if len(body) != size:
        raise Refusal("wrong-shape", f"{path}: expected {size} bytes for {expected.shape}, found {len(body)}")
    return step, body
