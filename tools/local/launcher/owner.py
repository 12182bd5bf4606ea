"""The process that started this one holds the other end of our standard input. When it closes, also because that process was
killed, this one saves its state and ends."""

import os
import signal
import threading
import time

# Saving the state of a full demo takes under two seconds.
_GRACE_SECONDS = 10


def _wait_for_the_end() -> None:
    # Not through sys.stdin: its buffer is locked while we wait, and Python must take that lock to end.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)


def watch() -> None:
    threading.Thread(target=_wait_for_the_end, daemon=True).start()
