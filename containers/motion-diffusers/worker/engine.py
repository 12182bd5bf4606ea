"""What stands behind the protocol: real models, or numbers that only look like it."""

from typing import Any, Protocol

from .job import Job
from .protocol import Load, Window


class Engine(Protocol):
    name: str

    def load(self, load: Load) -> dict[str, Any]:
        """Gets ready for windows; what it returns goes to the log of the other side."""

    def generate(self, window: Window, job: Job) -> dict[str, Any]:
        """Writes yuv420p frames to `window.out` and the next window's context to `window.context_out`; returns facts for the log."""
