"""A function's zip is unpacked once, not for every worker: unpacking 70 MB takes half a second of a core on each cold start.
Workers get links to the same files, so a handler must not write into its own code, which AWS does not allow either."""

import hashlib
import os
import shutil
import tempfile
import threading
import types
import zipfile

from ministack.core import lambda_runtime

# Smaller archives are unpacked in a few milliseconds; their workers get files of their own.
_WORTH_KEEPING_BYTES = 1_000_000

_lock = threading.Lock()


class _CachedZipFile(zipfile.ZipFile):
    def extractall(self, path=None, members=None, pwd=None):
        size = sum(info.file_size for info in self.infolist())
        if path is None or members is not None or size < _WORTH_KEEPING_BYTES:
            return super().extractall(path, members, pwd)
        kept = os.path.join(tempfile.gettempdir(), "unpacked", self._identity())
        with _lock:
            if not os.path.isdir(kept):
                partial = f"{kept}.partial"
                shutil.rmtree(partial, ignore_errors=True)
                os.makedirs(partial)
                super().extractall(partial)
                os.rename(partial, kept)
        shutil.copytree(kept, path, copy_function=os.link, dirs_exist_ok=True)

    def _identity(self) -> str:
        entries = sorted((info.filename, info.CRC, info.file_size, info.external_attr) for info in self.infolist())
        return hashlib.sha256(repr(entries).encode()).hexdigest()


def install() -> None:
    # Only the worker's view of the module changes; everybody else keeps the real one.
    lambda_runtime.zipfile = types.SimpleNamespace(**{**vars(zipfile), "ZipFile": _CachedZipFile})
