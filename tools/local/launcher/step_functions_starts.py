"""How executions start: twice with the same name and input is once, and a nested execution is a real child of its parent."""

import json

from ministack.core.responses import json_response
from ministack.services import stepfunctions as sf

from . import executions


def _starting_twice_is_starting_once() -> None:
    start = sf._start_execution

    def start_execution(data):
        existing = _execution_named(data)
        if existing and existing["status"] == "RUNNING" and existing["input"] == data.get("input", "{}"):
            return json_response({"executionArn": existing["executionArn"], "startDate": existing["startDate"]})
        return start(data)

    sf._start_execution = start_execution


def _execution_named(data: dict):
    machine, name = data.get("stateMachineArn", ""), data.get("name")
    if not name:
        return None
    return sf._executions.get(f"{machine.replace(':stateMachine:', ':execution:')}:{name}")


def _children_belong_to_their_parent() -> None:
    start_child = sf._invoke_nested_start_execution_sync

    def start_nested(resource, arguments):
        name = arguments.get("Name") or arguments.get("name")
        machine = arguments.get("StateMachineArn") or arguments.get("stateMachineArn") or ""
        if not name:
            name = sf.new_uuid()
            arguments = {**arguments, "Name": name}
        arn = f"{machine.replace(':stateMachine:', ':execution:')}:{name}"
        if arn in sf._executions:
            raise sf._ExecutionError("StepFunctions.ExecutionAlreadyExistsException", f"Execution Already Exists: '{arn}'")
        owned = executions.of(executions.current.get())
        owned.children.add(arn)
        try:
            return start_child(resource, arguments)
        finally:
            owned.children.discard(arn)

    sf._invoke_nested_start_execution_sync = start_nested

    run = sf._run_execution

    def run_execution(arn):
        execution = sf._executions.get(arn)
        # MiniStack runs a nested execution like an express one, which sends no events; on AWS a child is a standard one.
        if execution and executions.current.get() and execution.pop("sync", None):
            sf._emit_execution_status_event(execution)
        return run(arn)

    sf._run_execution = run_execution


def _children_fail_as_on_aws() -> None:
    """Whatever a child failed with, the parent sees States.TaskFailed with the child's description as cause."""

    def nested_failure(payload):
        arn = payload.get("executionArn", "")
        execution = sf._executions.get(arn) or {}
        cause = {
            "ExecutionArn": arn,
            "Input": payload.get("input"),
            "Name": payload.get("name"),
            "StartDate": payload.get("startDate"),
            "StateMachineArn": payload.get("stateMachineArn"),
            "Status": payload.get("status"),
            "StopDate": payload.get("stopDate"),
            "Error": execution.get("error"),
            "Cause": execution.get("cause"),
        }
        return "States.TaskFailed", json.dumps({key: value for key, value in cause.items() if value is not None})

    sf._nested_execution_failure = nested_failure


def install() -> None:
    _starting_twice_is_starting_once()
    _children_belong_to_their_parent()
    _children_fail_as_on_aws()
