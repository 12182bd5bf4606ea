"""python -m worker --engine diffusers | dry-run"""

import argparse
import sys

from .engine import Engine
from .lines import Lines, private_stdout
from .serve import Server

# A process can end without a word. Writing a state costs about 20 ms, a step on an A10G takes seconds.
SAVE_EVERY_S = 20.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="worker")
    parser.add_argument("--engine", choices=("diffusers", "dry-run"), required=True)
    parser.add_argument("--device", default="cuda", help="for diffusers")
    parser.add_argument("--save-seconds", type=float, default=SAVE_EVERY_S, help="how often the state is written without being asked for")
    parser.add_argument("--step-seconds", type=float, default=0.0, help="for dry-run: how long a step takes")
    parser.add_argument("--fault", default="nothing", help="for dry-run: what goes wrong, see worker/faults.py")
    args = parser.parse_args()
    lines = private_stdout()
    Server(chosen(args, lines), lines, args.save_seconds).run(sys.stdin.buffer)


def chosen(args: argparse.Namespace, lines: Lines) -> Engine:
    if args.engine == "dry-run":
        from .dry_run import DryRun
        from .faults import Fault

        return DryRun(args.step_seconds, Fault.parsed(args.fault), lines.say_raw)
    # Imported only here: torch takes seconds to import and is not there where the dry run is used.
    from .diffusers_engine import DiffusersEngine

    return DiffusersEngine(args.device)


main()
