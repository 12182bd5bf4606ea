"""The loop: one thread listens, the main thread works, so that a checkpoint is answered while a step runs."""

import ctypes
import os
import queue
import signal
import sys
import threading
import traceback
from typing import Any, BinaryIO

from .engine import Engine
from .job import Job
from .lines import Lines
from .protocol import Refusal, parsed_line, parsed_load, parsed_window

BEAT_S = 1.0
PR_SET_PDEATHSIG = 1


class Server:
    def __init__(self, engine: Engine, lines: Lines, save_every_s: float) -> None:
        self._engine = engine
        self._lines = lines
        self._save_every_s = save_every_s
        self._work: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._job: Job | None = None

    def run(self, source: BinaryIO) -> None:
        die_with_parent()
        self._lines.ready(self._engine.name)
        self._lines.beat_every(BEAT_S)
        threading.Thread(target=self._listen, args=(source,), daemon=True).start()
        while (message := self._work.get()) is not None:
            self._answer(message, self._working)

    def _listen(self, source: BinaryIO) -> None:
        for raw in source:
            try:
                message = parsed_line(raw.decode(errors="replace"))
            except Refusal as refusal:
                self._lines.say({"id": None, "is": "error", "kind": refusal.kind, "says": refusal.says})
                continue
            if message["do"] == "stop":
                self._work.put(None)
            elif message["do"] in ("load", "generate"):
                self._work.put(message)
            else:
                self._answer(message, self._meanwhile)
        os._exit(0)  # stdin ends when the other side does, also when it was killed

    def _answer(self, message: dict[str, Any], do: Any) -> None:
        identity = message["id"]
        try:
            self._lines.say({"id": identity, "is": "done", "result": do(message)})
        except Refusal as refusal:
            self._lines.say({"id": identity, "is": "error", "kind": refusal.kind, "says": refusal.says})
        except MemoryError:
            self._lines.say({"id": identity, "is": "error", "kind": "oom", "says": "the machine's memory is used up"})
        except Exception as error:  # the other side decides whether to go on with this process
            traceback.print_exc(file=sys.stderr)
            self._lines.say({"id": identity, "is": "error", "kind": "internal", "says": f"{type(error).__name__}: {error}"})

    def _working(self, message: dict[str, Any]) -> dict[str, Any]:
        identity = message.pop("id")
        if message.pop("do") == "load":
            return self._engine.load(parsed_load(message))

        def tell(phase: str, done: int, of: int) -> None:
            self._lines.say({"id": identity, "is": "progress", "phase": phase, "done": done, "of": of})

        window = parsed_window(message)
        # Stays after the window's end: its frames may be on their way still when a checkpoint is asked for.
        self._job = Job(window.state_out, tell, self._save_every_s)
        return self._engine.generate(window, self._job)

    def _meanwhile(self, message: dict[str, Any]) -> dict[str, Any]:
        job = self._job
        match message["do"]:
            case "checkpoint":
                return {"step": job.save() if job else None}
            case "cancel":
                if job:
                    job.cancel()
                return {}
            case other:
                raise Refusal("bad-request", f"expected load, generate, checkpoint, cancel or stop, found {other}")


def die_with_parent() -> None:
    # A stop is for the other side to hear: it asks for a checkpoint first, and ends this process by closing the pipe.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
