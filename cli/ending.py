"""The end of the process, which waits for no thread."""

import logging
import multiprocessing
import os
import sys
import threading
from typing import NoReturn


def end(code: int) -> NoReturn:
    """End the process with this exit code.

    Where a thread still opens or fits a model, the process ends under it: an interpreter that takes itself apart
    meanwhile aborts.
    """
    if threading.active_count() == 1:
        sys.exit(code)
    for child in multiprocessing.active_children():  # that fits
        child.terminate()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
