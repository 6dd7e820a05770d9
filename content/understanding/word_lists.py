"""Loading of the word lists outside the vocabulary: `understanding/corrections.yaml`, `days.yaml`, `goals.yaml`,
`intervals.yaml`, `log.yaml`, `people.yaml`, `replies.yaml` and `week.yaml`, each with one list a field.

The ranker of intents is fitted again when the vocabulary changes, and not when these files do.
"""

from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from coach.parsing.normalise import fold
from coach.parsing.own_intervals import IntervalWords
from coach.parsing.word_lists.day_words import DayWords
from coach.parsing.word_lists.log_words import LogWords
from coach.parsing.word_lists.reply_words import CorrectionWords, ReplyWords
from coach.parsing.word_lists.request_words import GoalWords, PersonWords
from coach.parsing.word_lists.week_words import WeekWords
from content.schema.problems import Problem
from content.schema.yaml_fields import read_yaml

W = TypeVar("W", CorrectionWords, DayWords, GoalWords, IntervalWords, LogWords, PersonWords, ReplyWords, WeekWords)


def read_words(kind: type[W], path: Path, root: Path, faults: list[Problem]) -> W:
    """Return the words of a file, empty where there is no file."""
    read = read_yaml(path, root, faults) if path.exists() else None
    if read is None:
        return kind()
    words = {each.name: frozenset(map(fold, read.texts(each.name, required=True, least=1))) for each in fields(kind)}
    read.close()
    return kind(**words)
