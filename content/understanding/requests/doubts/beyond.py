"""Intents without a doubt: a message is an example word for word, nothing but sets, or intervals told in full."""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.phrases import find_phrases
from coach.requests import Intent, Slots
from content.understanding.requests.doubts.plausible import is_plausible, is_possible
from content.understanding.requests.ranked import RankedIntents
from content.understanding.requests.slots import goals, noted_sets
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.readers import read_slots

TOLD_FROM: Final = 0.45  # of the whole message, for sets of a named exercise
LOADED_FROM: Final = 0.05  # the same, where their load is told
ASKED_FROM: Final = 0.5  # of a message that may be a question
DONE_FROM: Final = 0.9  # of a part before the sets that tells what was done
TIMED_FROM: Final = 0.05  # of the whole message, for intervals that are told in full

_FIGURE: Final = re.compile(r"\d+")


def intent_beyond_doubt(ranked: RankedIntents, heard: Heard) -> Intent | None:
    """Return the intent that a message has beyond doubt: it is an example word for word, or nothing but sets."""
    if ranked.exact is not None and is_possible(ranked.exact, heard):
        return _of_what_was_shown(ranked.exact, heard)
    told = noted_sets.is_nothing_else(heard) or bool(noted_sets.divided(heard) or noted_sets.of_each_leg(heard))
    if (told and is_possible(Intent.SETS, heard)) or _tells_sets(ranked, heard):
        return Intent.SETS
    if _wants_a_figure(heard):
        return Intent.TARGET
    best = ranked.whole.best
    if best is not None and best[0] is Intent.GIRTH and _tells_weight(heard):
        return Intent.WEIGHT
    timed = best is not None and best[0] is Intent.TIMER and best[1] >= TIMED_FROM
    intervals = read_slots(Intent.TIMER, heard) if timed else Slots()
    return Intent.TIMER if intervals.rounds and intervals.work_s and intervals.rest_s else None


def _of_what_was_shown(intent: Intent, heard: Heard) -> Intent:
    """Return the intent that a plain "why?" has: behind an answer it asks for more of it, else for the day's reason."""
    after = heard.moment.after
    asks_answer = intent is Intent.SHOW_WHY and after is not None and after.entry is not None and not heard.days
    return Intent.MORE if asks_answer else intent


def _tells_sets(ranked: RankedIntents, heard: Heard) -> bool:
    """Say whether sets of a named exercise are told in a sentence, whatever else an entry might answer in it."""
    first = ranked.parts[0].best if ranked.parts else None
    done = first is not None and first[0] is Intent.DONE and first[1] >= DONE_FROM  # "done. raises were 15 15 12"
    if done or not noted_sets.of_named(heard) or "?" in heard.text:
        return False
    if find_phrases(heard.said, heard.goals.aims - heard.goals.repetitions):
        return False
    loaded = noted_sets.sets(heard).kg is not None and ranked.whole.question < ASKED_FROM
    sets = dict(ranked.whole.intents).get(Intent.SETS, 0)
    return is_plausible(Intent.SETS, heard) and sets >= (LOADED_FROM if loaded else TOLD_FROM)


def _tells_weight(heard: Heard) -> bool:
    """Say whether a figure is called a weight, and nothing of a calf is named: "I weighed 61.4 this morning"."""
    said, calf = heard.said, heard.words.requests.progress.get("calves", frozenset())
    weighs = find_phrases(said, heard.people.weighed) and not find_phrases(said, calf)
    told = weighs and read_slots(Intent.WEIGHT, heard).kg is not None
    return bool(told) and is_plausible(Intent.WEIGHT, heard)


def _wants_a_figure(heard: Heard) -> bool:
    """Say whether a message wants a figure and says not of what, "want 36": that is asked."""
    alone = "?" not in heard.text and len(_FIGURE.findall(heard.said)) == 1  # "six? maybe seven. let's say six"
    wanted = goals.target(heard) if alone and goals.is_aimed(heard) and goals.is_bare(heard) else Slots()
    return wanted.number is not None and wanted.what is None
