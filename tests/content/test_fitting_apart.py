"""Fitting in a process of its own, which may die before it has read what it is to learn from."""

from multiprocessing import spawn
from pathlib import Path

import pytest

from coach.parsing.vocabulary import Vocabulary
from coach.requests import Intent
from content.understanding.ranking.fitting import TrainingSet, fitted
from content.understanding.ranking.ranker import Labels
from content.understanding.requests.examples import RequestExamples
from content.understanding.requests.fitting import IntentTraining, fitted_intents

LONG = "calf raises " * 10_000  # more than a pipe takes before somebody reads it


@pytest.fixture(autouse=True)
def dies_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a process that is started end before it does anything, as where memory is short."""
    monkeypatch.setattr(spawn, "get_command_line", lambda **_: ["python", "-c", ""])


def test_entries_are_learned_where_the_process_for_it_dies(tmp_path: Path) -> None:
    rows = TrainingSet([LONG, "rest days", "hello"], [0, 1, 2], Labels(entries=2, flags=0))
    assert fitted(rows, None, tmp_path).spelling.owner.tolist() == [0, 1, 2]


def test_requests_are_learned_where_the_process_for_it_dies(tmp_path: Path) -> None:
    said = {Intent.DONE: (LONG, "did it"), Intent.HELP: ("what can you do",)}
    found = fitted_intents(IntentTraining(RequestExamples(said), (), (), Vocabulary()), None, tmp_path)
    assert found.spelling.weights.any()
