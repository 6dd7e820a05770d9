"""Fitting in the process of the tests: one that starts for it takes seconds where few texts are fitted in tenths."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from content.understanding.ranking import fitting
from content.understanding.requests import fitting as request_fitting
from content.understanding.requests import ranker as request_ranker


def _here(work: Callable[..., None], *given: object) -> None:
    work(*given)


@contextmanager
def fitting_here() -> Iterator[None]:
    """Fit entries and red flags in this process, and requests as well, in few rounds and by few pieces of words."""
    with (
        patch.object(fitting, "run_apart", _here),
        patch.object(request_fitting, "run_apart", _here),
        patch.object(request_ranker, "ROUNDS", 10),
        patch.object(request_ranker, "PIECES", 100),
    ):
        yield
