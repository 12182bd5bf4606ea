"""What belongs to a Step Functions execution, so that it can end together with it: Batch jobs, child executions, task tokens."""

import contextvars
import threading
from dataclasses import dataclass, field

from ministack.services import stepfunctions as sf

from . import batch_client

# The execution whose states run in this thread.
current = contextvars.ContextVar("execution", default=None)

# No state may retry or catch the end of its own execution.
ABORTED = "States.Aborted"


@dataclass
class Belongings:
    jobs: set = field(default_factory=set)
    children: set = field(default_factory=set)
    tokens: set = field(default_factory=set)


_belongings: dict[str, Belongings] = {}
_lock = threading.Lock()


def of(arn: str | None) -> Belongings:
    with _lock:
        return _belongings.setdefault(arn or "", Belongings())


def forget(arn: str) -> None:
    with _lock:
        _belongings.pop(arn, None)


def refuse_if_over() -> None:
    """Raises when the execution of this thread has been stopped or has timed out, so that nothing starts any more."""
    arn = current.get()
    execution = sf._executions.get(arn) if arn else None
    if execution and execution["status"] != "RUNNING":
        raise sf._ExecutionError(ABORTED, f"the execution is {execution['status']}")


def release(arn: str, reason: str) -> None:
    """Ends everything that belongs to an execution that is over."""
    owned = of(arn)
    for job_id in list(owned.jobs):
        try:
            batch_client.call("terminatejob", {"jobId": job_id, "reason": reason})
        except batch_client.BatchError:
            pass  # the job ended by itself in the meantime
    for child in list(owned.children):
        sf._stop_execution({"executionArn": child, "error": ABORTED, "cause": reason})
    for token in list(owned.tokens):
        waiting = sf._task_tokens.get(token)
        if waiting:
            waiting["error"] = {"Error": ABORTED, "Cause": reason}
            waiting["event"].set()
