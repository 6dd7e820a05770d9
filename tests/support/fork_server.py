"""The one server of a test process from which its children are forked: everything imported, the content read."""

import multiprocessing
from multiprocessing.context import ForkServerContext
from typing import Final

PRELOADED: Final = ["tests.support.preloaded", "pytest.__main__"]


def fork_server() -> ForkServerContext:
    """Return what starts processes there; the first starts the server, which takes as long as a bot's own start."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context
