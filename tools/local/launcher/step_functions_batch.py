"""The optimized integration `batch:submitJob`, with and without `.sync`."""

import json
import time

from ministack.services import stepfunctions as sf

from . import batch_client, executions
from .letter_case import camel, pascal

# AWS learns of the end from an event; asking this often costs a laptop nothing.
_POLL_SECONDS = 0.1
_ARN = "arn:aws:states:::batch:submitJob"


def _submit(resource: str, arguments: dict):
    body = camel(arguments)
    overrides = body.setdefault("containerOverrides", {})
    environment = overrides.setdefault("environment", [])
    for pair in environment:
        pair["value"] = str(pair.get("value", ""))
    environment.append({"name": "MANAGED_BY_AWS", "value": "STARTED_BY_STEP_FUNCTIONS"})
    for key, value in (body.get("parameters") or {}).items():
        body["parameters"][key] = str(value)
    try:
        job = batch_client.call("submitjob", body)
    except batch_client.BatchError as error:
        raise sf._ExecutionError("Batch.ClientException", str(error)) from None
    if ".sync" not in resource:
        return pascal(job)
    return _wait_for(job["jobId"])


def _wait_for(job_id: str):
    owned = executions.of(executions.current.get())
    owned.jobs.add(job_id)
    try:
        while True:
            try:
                # A stop that came between the submission and the line above must not leave the job behind.
                executions.refuse_if_over()
            except sf._ExecutionError as over:
                batch_client.call("terminatejob", {"jobId": job_id, "reason": over.cause})
                raise
            job = batch_client.call("describejobs", {"jobs": [job_id]})["jobs"][0]
            if job["status"] == "SUCCEEDED":
                return pascal(job)
            if job["status"] == "FAILED":
                raise sf._ExecutionError("States.TaskFailed", json.dumps(pascal(job)))
            time.sleep(_POLL_SECONDS)
    except batch_client.BatchError as error:
        raise sf._ExecutionError("Batch.ServerException", str(error)) from None
    finally:
        owned.jobs.discard(job_id)


def install() -> None:
    sf._SERVICE_DISPATCH[_ARN] = _submit
