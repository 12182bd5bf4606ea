"""What can go wrong in a worker, on purpose: `<what>@<step>`, with `:once` if a window that resumes is spared."""

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from .protocol import Refusal

EXIT_OF_A_SEGFAULT = 139


@dataclass(frozen=True)
class Fault:
    what: str = "nothing"
    step: int = 0
    once: bool = False

    @staticmethod
    def parsed(text: str) -> "Fault":
        what, _, where = text.partition("@")
        step, _, once = where.partition(":")
        return Fault(what, int(step or 0), once == "once")

    def strike(self, step: int, resumed: bool, say_raw: Callable[[bytes], None]) -> None:
        if self.step != step or (self.once and resumed):
            return
        match self.what:
            case "stall":
                time.sleep(3600)
            case "die":
                sys.stderr.write("the driver was lost\n")
                sys.stderr.flush()
                os._exit(EXIT_OF_A_SEGFAULT)
            case "garble":
                say_raw(b'{"is":"progr\n')
            case "chatter":
                sys.stderr.write("a warning that nobody asked for\n" * 100_000)
            case "oom":
                raise Refusal("oom", "expected 1.2 GiB, found 0.3 GiB free")
            case "nan":
                raise Refusal("nan", f"step {step}: expected finite latents, found NaN")
            case "wrong-shape":
                raise Refusal("wrong-shape", "expected latents of (48, 2, 2, 2), found (16, 2, 4, 4)")
