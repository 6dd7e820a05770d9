"""Fitting in the process of the tests: one that starts for it takes seconds where few texts are fitted in tenths."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from content.understanding.ranking import fitting
from content.understanding.requests import fitting as request_fitting
from content.understanding.requests import ranker as request_ranker


class _Here:
    """A process that is none: its work is done where it is started."""

    def __init__(self, *, target: Callable[..., None], args: tuple[Any, ...], daemon: bool) -> None:
        self._target, self._args = target, args

    def start(self) -> None:
        self._target(*self._args)

    def join(self) -> None:
        pass


@contextmanager
def fitting_here() -> Iterator[None]:
    """Fit entries and red flags in this process, and requests as well, in few rounds and by few pieces of words."""
    here = SimpleNamespace(Process=_Here)
    with (
        patch.object(fitting, "get_context", lambda _: here),
        patch.object(request_fitting, "get_context", lambda _: here),
        patch.object(request_ranker, "ROUNDS", 10),
        patch.object(request_ranker, "PIECES", 100),
    ):
        yield
