"""Weights between trainings: in the run folder while one goes on, in models/checkpoints as files below 16 MiB once they are shipped."""

import io
from pathlib import Path

import torch

CHECKPOINTS = Path(__file__).parent.parent / "checkpoints"
SHARD = 15 * 1024 * 1024


def load(network, name: str, run: Path, device: str) -> Path | None:
    """Fills `network` with the newest weights of that name and says where they were; nothing when there are none."""
    own, shards = run / f"{name}.pt", sorted(CHECKPOINTS.glob(f"{name}.pt.*"))
    if not own.exists() and not shards:
        return None
    source = own if own.exists() else io.BytesIO(b"".join(shard.read_bytes() for shard in shards))
    state = torch.load(source, map_location=device, weights_only=True)
    network.load_state_dict({key: value.float() for key, value in state.items()})
    return own if own.exists() else CHECKPOINTS


def save(network, file: Path) -> None:
    """Half precision: a training goes on from it as well, and it is what is shipped."""
    torch.save({key: value.detach().cpu().half() for key, value in network.state_dict().items()}, file)


def ship(file: Path) -> None:
    CHECKPOINTS.mkdir(exist_ok=True)
    for old in CHECKPOINTS.glob(f"{file.name}.*"):
        old.unlink()
    data = file.read_bytes()
    for number, start in enumerate(range(0, len(data), SHARD)):
        (CHECKPOINTS / f"{file.name}.{number}").write_bytes(data[start : start + SHARD])
