"""Kind of training that was done, where a message names one alone: "8k this morning", "did my calf raises"."""

from __future__ import annotations

import re

from coach.parsing.mentions.durations import find_ways
from coach.parsing.mentions.mention import ENDS, without
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.vocabulary import any_of
from coach.requests import Activity
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.heard import Heard


def activity(heard: Heard) -> Activity | None:
    """Return the kind of training that a message names, None where it names none or several.

    An exercise whose sets are told is none: "done. raises were 15 15 12".
    """
    words = heard.goals
    said = without(heard.said, find_phrases(heard.said, words.no_runs), " ")
    lists = {
        Activity.INTERVALS: words.intervals,
        Activity.RUN: words.runs,
        Activity.STRENGTH: words.strength,
        Activity.SPORT: words.sports,
    }
    kinds = {kind for kind, named in lists.items() if find_phrases(said, named)}
    if _are_repeated(heard):
        kinds.add(Activity.INTERVALS)
    if len(noted_sets.sets(heard).reps or ()) > 1:
        kinds.discard(Activity.STRENGTH)
    if is_far(heard) and kinds <= {Activity.RUN}:
        return Activity.DISTANCE
    if Activity.INTERVALS in kinds:
        kinds.discard(Activity.RUN)  # they are run
    return kinds.pop() if len(kinds) == 1 else None


def _are_repeated(heard: Heard) -> bool:
    """Say whether a short way is told so many times: "12 x 60 meters", "8x150 on the track"."""
    times, unit = any_of(heard.words.spans.times | {"×"}), any_of(heard.goals.short_ways)
    ways = rf"(?<![\w.,])\d{{1,2}} ?{times} ?(?:\d{{2,3}} ?{unit}{ENDS}|[1-9]\d{{2}}{ENDS})"
    return re.search(ways, heard.said) is not None


def is_far(heard: Heard) -> bool:
    """Say whether a way is told that is no round of a session: "8 k", not "200 m"."""
    units = [heard.said[one.start : one.end].lstrip("0123456789., -") for one in find_ways(heard.said, heard.words)]
    return any(unit not in heard.goals.short_ways for unit in units)
