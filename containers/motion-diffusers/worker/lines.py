"""The pipe to the other side. Whole lines only, from any thread."""

import json
import os
import sys
import threading
import time
from typing import Any

from .protocol import VERSION


class Lines:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def say(self, message: dict[str, Any]) -> None:
        self.say_raw((json.dumps(message, separators=(",", ":")) + "\n").encode())

    def say_raw(self, line: bytes) -> None:
        with self._lock:
            try:
                while line:
                    line = line[os.write(self._descriptor, line) :]
            except BrokenPipeError:
                os._exit(0)  # nobody listens: the other side is gone, and its work with it

    def ready(self, engine: str) -> None:
        self.say({"is": "ready", "version": VERSION, "engine": engine, "pid": os.getpid()})

    def beat_every(self, seconds: float) -> None:
        """Says that this process can still run Python, also while a step takes long. It says nothing about the work: progress does."""

        def beat() -> None:
            while True:
                time.sleep(seconds)
                self.say({"is": "beat"})

        threading.Thread(target=beat, daemon=True).start()


def private_stdout() -> Lines:
    """Takes stdout for the protocol alone: whatever a library prints goes to stderr."""
    ours = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return Lines(ours)
