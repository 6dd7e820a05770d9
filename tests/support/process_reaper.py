"""A child that does not outlive the tests, however they end."""

import ctypes
import signal
import sys
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None)  # opened before any fork


def die_with_parent() -> None:
    """Have Linux kill this process when its parent dies: nobody else would end it after a `kill -9`."""
    if sys.platform == "linux":
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
