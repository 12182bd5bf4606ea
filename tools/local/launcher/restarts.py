"""An execution cannot go on after a restart: MiniStack marks it FAILED. Here it also says so on the event bus, so that whoever
keeps books about executions does not wait for ever."""

import ministack.app as app
from ministack.services import stepfunctions as sf


def install() -> None:
    load = app._load_persisted_state
    restore = sf._restore_state
    interrupted: list[dict] = []

    def restore_state(data):
        running = [each for each in ((data or {}).get("executions") or sf._executions).all_values() if each.get("status") == "RUNNING"]
        restore(data)
        interrupted.extend(running)

    def load_persisted_state():
        load()
        # Only now are the rules and queues back that carry the event.
        for execution in interrupted:
            sf._emit_execution_status_event(execution)
        interrupted.clear()

    sf._restore_state = restore_state
    app._load_persisted_state = load_persisted_state
