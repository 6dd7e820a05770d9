"""Vectors that are prefetched are those of the model, whoever works them out."""

from concurrent.futures import Executor, Future
from typing import Any

import numpy as np
import pytest

from content.understanding.ranking.sentence_model.encoder import Encoder, shared
from content.understanding.ranking.sentence_model.message_vectors import MessageVectors, prefetch_thread

TEXTS = ("why do my calves not grow", "could we leave it till tomorrow")


class Busy(Executor):
    """A thread that is busy for ever: what it is given never begins."""

    def submit(self, *_given: Any, **_named: Any) -> Future[Any]:
        """Take work and leave it."""
        return Future()


class Counted(Encoder):
    """The model, and how often it was asked."""

    asked = 0

    def one(self, text: str) -> Any:
        """Return the vector of a text."""
        self.asked += 1
        return super().one(text)


@pytest.mark.parametrize("helper", [None, Busy(), prefetch_thread()], ids=["none", "busy", "its own"])
def test_each_text_is_worked_out_once_and_alike(helper: Executor | None) -> None:
    encoder = Counted()
    vectors = MessageVectors(encoder, helper)
    vectors.prefetch(TEXTS)
    vectors.prefetch(TEXTS)
    for text in (*TEXTS, *TEXTS):
        np.testing.assert_array_equal(vectors(text), shared().one(text))
    assert encoder.asked == len(TEXTS)
