"""How executions end: StopExecution and the machine's TimeoutSeconds reach everything that the execution started, a heartbeat
that is missed fails its task, and what is over stays over."""

import contextvars
import datetime
import json
import threading
import time

from ministack.core.responses import now_iso
from ministack.services import stepfunctions as sf

from . import executions

_HEARTBEAT_CHECK_SECONDS = 0.1


def _time_limits_and_current_execution() -> None:
    run = sf._run_execution

    def run_execution(arn):
        token = executions.current.set(arn)
        timer = _timer_for(arn)
        if timer:
            timer.start()
        try:
            return run(arn)
        finally:
            if timer:
                timer.cancel()
            executions.forget(arn)
            executions.current.reset(token)

    sf._run_execution = run_execution


def _timer_for(arn: str):
    execution = sf._executions.get(arn)
    machine = sf._state_machines.get(execution["stateMachineArn"]) if execution else None
    limit = json.loads(machine["definition"]).get("TimeoutSeconds") if machine else None
    if not limit:
        return None
    scope = contextvars.copy_context()
    timer = threading.Timer(float(limit), scope.run, [_expire, execution])
    timer.daemon = True
    return timer


def _expire(execution: dict) -> None:
    if execution["status"] != "RUNNING":
        return
    execution.update(status="TIMED_OUT", stopDate=now_iso(), error="States.Timeout", cause=None)
    sf._add_event(execution, "ExecutionTimedOut", {"executionTimedOutEventDetails": {"error": "States.Timeout"}})
    sf._emit_execution_status_event(execution)
    executions.release(execution["executionArn"], "The execution timed out")


def _stop_everything() -> None:
    stop = sf._stop_execution

    def stop_execution(data):
        answer = stop(data)
        arn = data.get("executionArn")
        execution = sf._executions.get(arn)
        if execution and execution["status"] == "ABORTED":
            scope = contextvars.copy_context()
            reason = "The execution was stopped"
            threading.Thread(target=scope.run, args=(executions.release, arn, reason), daemon=True).start()
        return answer

    sf._stop_execution = stop_execution


def _what_is_over_stays_over() -> None:
    fail = sf._fail_execution

    def fail_execution(execution, error, cause):
        if execution["status"] == "RUNNING":
            fail(execution, error, cause)

    sf._fail_execution = fail_execution

    invoke = sf._invoke_resource

    def invoke_resource(resource, input_data):
        executions.refuse_if_over()
        return invoke(resource, input_data)

    sf._invoke_resource = invoke_resource

    find_retrier, find_catcher = sf._find_matching_retrier, sf._find_matching_catcher
    sf._find_matching_retrier = lambda retriers, error, counts: (
        (None, -1) if error == executions.ABORTED else find_retrier(retriers, error, counts)
    )
    sf._find_matching_catcher = lambda catchers, error: None if error == executions.ABORTED else find_catcher(catchers, error)


def _callbacks_and_heartbeats() -> None:
    call = sf._invoke_with_callback

    def invoke_with_callback(resource, input_data, token, state):
        executions.refuse_if_over()
        owned = executions.of(executions.current.get())
        owned.tokens.add(token)
        if state.get("HeartbeatSeconds"):
            scope = contextvars.copy_context()
            watch = threading.Thread(target=scope.run, args=(_watch_heartbeat, token, float(state["HeartbeatSeconds"])), daemon=True)
            watch.start()
        try:
            return call(resource, input_data, token, state)
        finally:
            owned.tokens.discard(token)

    sf._invoke_with_callback = invoke_with_callback


def _watch_heartbeat(token: str, limit: float) -> None:
    started = time.time()
    while sf._task_tokens.get(token) is None:
        if time.time() - started > limit:
            return
        time.sleep(_HEARTBEAT_CHECK_SECONDS)
    while (waiting := sf._task_tokens.get(token)) and not waiting["event"].is_set():
        beat = waiting.get("heartbeat")
        last = datetime.datetime.fromisoformat(beat.replace("Z", "+00:00")).timestamp() if beat else started
        if time.time() - last > limit:
            waiting["error"] = {"Error": "States.HeartbeatTimeout", "Cause": f"no heartbeat for {limit:g} s"}
            waiting["event"].set()
            return
        time.sleep(_HEARTBEAT_CHECK_SECONDS)


def _first_answer_stands() -> None:
    """A token is gone once it was answered, also in the moment before the task that waits for it has woken up."""

    def once(answer):
        def answered(data):
            waiting = sf._task_tokens.get(data.get("taskToken"))
            if waiting and waiting["event"].is_set():
                return sf.error_response_json("TaskTimedOut", "Task Timed Out: the task was answered already", 400)
            return answer(data)

        return answered

    sf._send_task_success = once(sf._send_task_success)
    sf._send_task_failure = once(sf._send_task_failure)


def install() -> None:
    _time_limits_and_current_execution()
    _stop_everything()
    _what_is_over_stays_over()
    _callbacks_and_heartbeats()
    _first_answer_stands()
