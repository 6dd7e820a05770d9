"""Sessions of onnxruntime, for graphs of our own."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from pathlib import Path
from typing import Any


def open_session(built: str | bytes, folder: Path | None = None) -> Any:
    """Open a graph, by its file or its bytes; one thread a question, because questions run side by side anyway.

    `folder` has the files of constants that stand in files.
    """
    # From 1.31 on the runtime reports to its makers unless told not to before it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # noqa: PLC0415 - takes 0.2 s, and only finding needs it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    if folder is not None:
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder.resolve()))
    session = onnxruntime.InferenceSession(built, options, providers=["CPUExecutionProvider"])
    give_back()
    return session


def give_back() -> None:
    """Return to the system what loading no longer needs: 60 MB of it, where the C library is glibc."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
