"""What the two processes say to each other: one JSON object a line, pixels and states in files. worker-protocol.ts is the other side."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn

# Both sides say it in their first line; a worker of another version is refused, because an image holds both.
VERSION = 1

# oom: the GPU or the machine ran out of memory. bad-request, wrong-shape, nan: trying again would fail again.
Kind = Literal["oom", "bad-request", "wrong-shape", "nan", "cancelled", "internal"]


class Refusal(Exception):
    """A request that cannot be done, with a kind that the other side can decide by. The text says what was expected and what was found."""

    def __init__(self, kind: Kind, says: str) -> None:
        super().__init__(says)
        self.kind: Kind = kind
        self.says = says


@dataclass(frozen=True)
class Conditions:
    """Pictures that the clip must hold to, all files."""

    # What the window before left: opaque bytes that this worker wrote.
    context: str | None = None
    # The product on white, an RGB picture: its look, not its place.
    reference: str | None = None


@dataclass(frozen=True)
class Together:
    """The shot whose windows are denoised as one. Its first window denoises; what it leaves, the latent of the shot, is the context of the others."""

    # Frames and seed of the whole shot.
    frames: int
    seed: int
    # Where a process keeps the shot's decoded frames, so that the windows it makes one after another are decoded once.
    out: str
    # First frame of this window in the shot, and of the one after it; none for the last.
    start: int
    following: int | None = None


@dataclass(frozen=True)
class Window:
    width: int
    height: int
    frames: int
    frames_per_second: int
    seed: int
    prompt: str
    # What to keep away; read only by models that are guided.
    negative: str
    # Where the frames, the context for the next window and the state go.
    out: str
    context_out: str
    state_out: str
    conditions: Conditions = field(default_factory=Conditions)
    # A state that an interrupted attempt at this very window left.
    resume: str | None = None
    # Set when the shot's windows are denoised together.
    together: Together | None = None


@dataclass(frozen=True)
class Load:
    # Folder of the model's files, in the layout that diffusers reads.
    folder: str
    # Which model and how it is run: worker/recipes.py knows the names.
    recipe: str
    # Folder of prompt embeddings, and the hash of the encoder that made them.
    embeddings: str
    encoder: str


def parsed_window(fields: dict[str, Any]) -> Window:
    conditions = fields.pop("conditions", {})
    together = fields.pop("together", None)
    try:
        return Window(**fields, conditions=Conditions(**conditions), together=together and Together(**together))
    except TypeError as error:
        bad(f"generate: {error}")


def parsed_load(fields: dict[str, Any]) -> Load:
    try:
        return Load(**fields)
    except TypeError as error:
        bad(f"load: {error}")


def parsed_line(line: str) -> dict[str, Any]:
    try:
        message = json.loads(line)
    except ValueError:
        bad(f"expected a JSON object on one line, found {line[:80]!r}")
    if not isinstance(message, dict) or not isinstance(message.get("id"), int) or not isinstance(message.get("do"), str):
        bad(f'expected an object with "id" and "do", found {line[:80]!r}')
    return message


def bad(says: str) -> NoReturn:
    raise Refusal("bad-request", says)
