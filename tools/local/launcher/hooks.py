"""Every private name of MiniStack that this launcher relies on, and the check that they are all there."""

import importlib
import importlib.metadata

PINNED_VERSION = "1.5.33"

HOOKS = {
    "ministack.app": ["SERVICE_HANDLERS", "_load_persisted_state", "main"],
    "ministack.core.lambda_runtime": ["_NODEJS_WORKER_SCRIPT", "Worker", "zipfile"],
    "ministack.core.responses": ["get_account_id", "get_region", "json_response", "now_iso"],
    "ministack.services.cloudwatch": ["_alarms"],
    "ministack.services.eventbridge": ["_dispatch_event", "_put_events"],
    "ministack.services.lambda_svc": ["_execute_function_warm"],
    "ministack.services.s3": ["_fire_s3_event"],
    "ministack.services.cloudformation.provisioners": ["_RESOURCE_HANDLERS"],
    "ministack.services.stepfunctions": [
        "_ExecutionError",
        "_SERVICE_DISPATCH",
        "_add_event",
        "_emit_execution_status_event",
        "_executions",
        "_fail_execution",
        "_find_matching_catcher",
        "_find_matching_retrier",
        "_invoke_nested_start_execution_sync",
        "_invoke_resource",
        "_invoke_with_callback",
        "_nested_execution_failure",
        "_restore_state",
        "_run_execution",
        "_send_task_failure",
        "_send_task_success",
        "_start_execution",
        "_state_machines",
        "_stop_execution",
        "_task_tokens",
        "error_response_json",
    ],
}


def check() -> None:
    """Ends the process with a list of what is missing when MiniStack is not the version this was made for."""
    missing = []
    for module_name, names in HOOKS.items():
        module = importlib.import_module(module_name)
        missing += [f"{module_name}.{name}" for name in names if not hasattr(module, name)]
    found = importlib.metadata.version("ministack")
    if missing:
        raise SystemExit(f"expected ministack {PINNED_VERSION}, found {found}, which lacks: {', '.join(missing)}; run: npm run local -- down, then again")
    if found != PINNED_VERSION:
        raise SystemExit(f"expected ministack {PINNED_VERSION}, found {found}; delete .framewright/venv and run the command again")


def replaced(text: str, old: str, new: str, what: str) -> str:
    """Replaces a piece of one of MiniStack's embedded scripts; a missing piece is a broken hook."""
    if old not in text:
        raise SystemExit(f"expected {what} in ministack {PINNED_VERSION}, but it is gone")
    return text.replace(old, new)
