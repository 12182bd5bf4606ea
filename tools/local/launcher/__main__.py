"""python -m launcher: the local AWS on GATEWAY_PORT of the loopback interface, with Batch at LOCAL_BATCH_URL."""

import os
import sys

# MiniStack listens on every interface unless it is told otherwise, and opens an MQTT port.
os.environ["BIND_HOST"] = "127.0.0.1"
os.environ["IOT_MTLS_ENABLED"] = "0"
# Our own arguments are none; MiniStack would read the ones of this process.
sys.argv = sys.argv[:1]

from . import hooks, owner  # noqa: E402

hooks.check()

from . import (  # noqa: E402
    batch_service,
    batch_types,
    inert_types,
    lambda_archives,
    lambda_fidelity,
    restarts,
    s3_events,
    step_functions_batch,
    step_functions_ends,
    step_functions_starts,
)

PARTS = (
    lambda_archives,
    lambda_fidelity,
    restarts,
    s3_events,
    batch_service,
    batch_types,
    inert_types,
    step_functions_batch,
    step_functions_ends,
    step_functions_starts,
)

for part in PARTS:
    part.install()

import ministack.app as app  # noqa: E402

owner.watch()
app.main()
