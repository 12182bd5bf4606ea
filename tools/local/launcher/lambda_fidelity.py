"""Lambda as AWS runs it: the name of a thrown error reaches Retry and Catch, programs in a zip can be executed, the `bin`
folders of layers are on the PATH (they are /opt/bin there), and a variable that names a place under /opt finds it where the layer
that holds it lies on this machine."""

import os
import threading
import zipfile

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from .hooks import replaced

_last = threading.local()


def _name_errors_in_worker() -> None:
    script = lambda_runtime._NODEJS_WORKER_SCRIPT
    script = replaced(
        script,
        'status: "error", error: String(err.message || err), trace: err.stack || ""',
        'status: "error", errorType: (err && err.name) || "Error", error: String((err && err.message) || err), trace: (err && err.stack) || ""',
        "the line of the Node worker that reports a rejected handler",
    )
    script = replaced(
        script,
        'status: "error", error: e.message, trace: e.stack',
        'status: "error", errorType: (e && e.name) || "Error", error: String((e && e.message) || e), trace: (e && e.stack) || ""',
        "the line of the Node worker that reports a handler that threw",
    )
    script = replaced(
        script,
        "      patchAwsSdk();\n",
        '      for (const layer of (process.env._LAMBDA_LAYERS_DIRS || "").split(path.delimiter).filter(Boolean))\n'
        '        process.env.PATH = path.join(layer, "bin") + path.delimiter + process.env.PATH;\n'
        # A later layer covers an earlier one, as on AWS; what no layer holds keeps its name and is not found.
        "      for (const [name, value] of Object.entries(process.env))\n"
        '        if (value.startsWith("/opt/"))\n'
        '          for (const layer of (process.env._LAMBDA_LAYERS_DIRS || "").split(path.delimiter).filter(Boolean))\n'
        '            if (require("fs").existsSync(path.join(layer, value.slice("/opt/".length))))\n'
        '              process.env[name] = path.join(layer, value.slice("/opt/".length));\n'
        "      patchAwsSdk();\n",
        "the start of the Node worker",
    )
    lambda_runtime._NODEJS_WORKER_SCRIPT = script


def _carry_error_names() -> None:
    invoke_worker = lambda_runtime.Worker.invoke

    def invoke(self, *args, **kwargs):
        result = invoke_worker(self, *args, **kwargs)
        _last.error_type = result.get("errorType")
        return result

    lambda_runtime.Worker.invoke = invoke
    execute_warm = lambda_svc._execute_function_warm

    def execute(*args, **kwargs):
        _last.error_type = None
        result = execute_warm(*args, **kwargs)
        if result.get("error") and _last.error_type and isinstance(result.get("body"), dict):
            result["body"]["errorType"] = _last.error_type
        return result

    lambda_svc._execute_function_warm = execute


def _shorten_wait_for_logs() -> None:
    # A silent handler would otherwise pay 50 ms on every call while MiniStack waits for a log line.
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.003, 0.002, 0.05)


def _keep_executables() -> None:
    extract_member = zipfile.ZipFile._extract_member

    def extract(self, member, targetpath, pwd):
        info = member if isinstance(member, zipfile.ZipInfo) else self.getinfo(member)
        path = extract_member(self, member, targetpath, pwd)
        if (info.external_attr >> 16) & 0o111 and os.path.isfile(path):
            os.chmod(path, 0o755)
        return path

    zipfile.ZipFile._extract_member = extract


def install() -> None:
    _name_errors_in_worker()
    _carry_error_names()
    _shorten_wait_for_logs()
    _keep_executables()
