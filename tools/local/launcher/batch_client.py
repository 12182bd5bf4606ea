"""Speaks to the local Batch service, whose address is in LOCAL_BATCH_URL."""

import json
import os
import urllib.error
import urllib.request

_URL = os.environ["LOCAL_BATCH_URL"]
# Nothing the service does waits for a job; a call that takes this long has met a dead process.
_TIMEOUT_SECONDS = 30


class BatchError(Exception):
    """The service refused a call; the text is its message."""


def send(method: str, path: str, body: bytes) -> tuple[int, dict, bytes]:
    """Sends one request and gives back status, the headers that matter, and the body."""
    request = urllib.request.Request(_URL + path, data=body or None, method=method, headers={"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response:
            return response.status, _kept(response.headers), response.read()
    except urllib.error.HTTPError as error:
        return error.code, _kept(error.headers), error.read()
    except urllib.error.URLError as error:
        message = f"the local Batch service at {_URL} does not answer ({error.reason}); run: npm run local -- logs"
        return 500, {"Content-Type": "application/json"}, json.dumps({"message": message}).encode()


def call(operation: str, body: dict) -> dict:
    """Calls one Batch operation by its path name, for example `submitjob`."""
    status, _, answer = send("POST", f"/v1/{operation}", json.dumps(body).encode())
    result = json.loads(answer or b"{}")
    if status >= 400:
        raise BatchError(result.get("message", str(result)))
    return result


def _kept(headers) -> dict:
    kept = {"Content-Type": headers.get("content-type", "application/json")}
    if headers.get("x-amzn-errortype"):
        kept["x-amzn-errortype"] = headers["x-amzn-errortype"]
    return kept
