"""Loads lists of words that stand apart from the vocabulary, of which rankers are fitted anew: a list for each field.

`understanding/corrections.yaml`, `goals.yaml`, `intervals.yaml`, `people.yaml` and `replies.yaml` are such files.
"""

from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from coach.parsing.normalise import fold
from coach.parsing.own_intervals import IntervalWords
from coach.parsing.request_words import CorrectionWords, GoalWords, PersonWords, ReplyWords
from content.schema.problems import Problem
from content.schema.yaml_fields import read_yaml

W = TypeVar("W", CorrectionWords, GoalWords, IntervalWords, PersonWords, ReplyWords)


def read_words(kind: type[W], path: Path, root: Path, faults: list[Problem]) -> W:
    """Return the words of a file; without it there are none."""
    read = read_yaml(path, root, faults) if path.exists() else None
    if read is None:
        return kind()
    words = {each.name: frozenset(map(fold, read.texts(each.name, required=True, least=1))) for each in fields(kind)}
    read.close()
    return kind(**words)
