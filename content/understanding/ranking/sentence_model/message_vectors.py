"""Vectors of the parts of one message: each is worked out once, those that will surely be asked for on another core."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.sentence_model.encoder import Encoder

Vector = NDArray[np.float32]


class MessageVectors:
    """Vectors by text. For the one thread that reads the message."""

    def __init__(self, encoder: Encoder, helper: Executor | None) -> None:
        """`helper` works out what is prefetched, if anybody does."""
        self._encoder, self._helper = encoder, helper
        self._known: dict[str, Vector] = {}
        self._coming: dict[str, Future[Vector]] = {}

    def __call__(self, text: str) -> Vector:
        """Return the vector of a text."""
        found = self._known.get(text)
        if found is None:
            coming = self._coming.pop(text, None)
            # What nobody has begun is done sooner here.
            found = self._encoder.one(text) if coming is None or coming.cancel() else coming.result()
            self._known[text] = found
        return found

    def prefetch(self, texts: Iterable[str]) -> None:
        """Begin to work out texts that will be asked for soon."""
        if self._helper is not None:
            for text in texts:
                if text not in self._known and text not in self._coming:
                    self._coming[text] = self._helper.submit(self._encoder.one, text)


@cache
def prefetch_thread() -> Executor | None:
    """The one thread of the process that prefetches; None where there is one core, which it would only divide."""
    several = len(os.sched_getaffinity(0)) > 1 if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1) > 1
    return ThreadPoolExecutor(1, thread_name_prefix="vectors") if several else None
