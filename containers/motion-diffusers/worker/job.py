"""One window being made: what the working thread tells, and what the listening thread may ask meanwhile."""

import threading
import time
from collections.abc import Callable

from .protocol import Refusal
from .state import StateHeader, write_state

Snapshot = tuple[StateHeader, Callable[[], bytes]]


class Job:
    def __init__(self, state_out: str, tell: Callable[[str, int, int], None], save_every_s: float) -> None:
        self._state_out = state_out
        self._tell = tell
        self._save_every_s = save_every_s
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._saved_at = time.monotonic()
        self._cancelled = threading.Event()

    def progress(self, phase: str, done: int, of: int) -> None:
        """Called by the work between two pieces of it; leaves from here when nobody wants the window any more."""
        if self._cancelled.is_set():
            raise Refusal("cancelled", f"cancelled in {phase} after {done} of {of}")
        self._tell(phase, done, of)

    def keep(self, header: StateHeader, numbers: Callable[[], bytes]) -> None:
        """The state after a step. `numbers` is called only when somebody wants it, perhaps by another thread while the next step runs."""
        with self._lock:
            self._snapshot = (header, numbers)
        if time.monotonic() - self._saved_at >= self._save_every_s:
            self.save()

    def save(self) -> int | None:
        """Writes the newest state and says after which step it is; `None` before there is one."""
        with self._saving:
            with self._lock:
                snapshot = self._snapshot
            if snapshot is None:
                return None
            header, numbers = snapshot
            write_state(self._state_out, header, numbers())
            self._saved_at = time.monotonic()
            return header.step

    def cancel(self) -> None:
        self._cancelled.set()
