"""Several things in one message: which of its parts surely ask for something of their own, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from coach.parsing.mentions.durations import find_ways
from coach.parsing.mentions.efforts import find_effort, find_scores
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.mention import ENDS
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.vocabulary import any_of
from coach.requests import SHOWING, Intent, Slots
from content.understanding.requests.doubts.plausible import LASTING, is_possible
from content.understanding.requests.ranked import CHANGE_FROM_LONG, RankedIntents, RankedPart
from content.understanding.requests.slots.activities import is_far
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.readers import read_slots

SLOTLESS: Final = frozenset({Intent.UNDO, Intent.EASIER, Intent.HARDER, Intent.RESUME})
"""Intents that say enough without a slot."""

CERTAIN: Final = 0.97  # of a part that says nothing but its intent: "did it"
PAIN_FROM: Final = 0.1  # of a part that names the body, and how much it hurts
TOLD_PAIN_FROM: Final = 0.6  # the same, where its figure is a bare one
GIRTH_WORDS: Final = 24  # at most, of a message that tells girths: a longer one may tell a story
PART_WORDS: Final = 3  # at least, of a part that is carried out beside another
PART_FROM: Final = 0.83  # of a part of a message that is carried out beside another
SHOWN_PART_FROM: Final = 0.75  # the same, where it only asks to see something
NEVER: Final = 2.0  # more than certain
RATED_FROM: Final = 0.7  # the same, of what was done and how hard it was: "like a 3"
ASKED_LASTING_FROM: Final = 0.75  # the same, where it is only asked whether it is wanted
BORNE_OUT_FROM: Final = 0.02  # of the whole message, for the intent of a part of it
WHOLE_FROM: Final = 0.6  # of a whole message that says better what a part of it tells
TOLD_FROM: Final = 0.9  # of a part that tells what is so, of which the whole may say little

BESIDE_DONE: Final = frozenset({Intent.SETS, Intent.PAIN, Intent.EASIER, Intent.HARDER})
"""Intents that are surely told behind what was done, alike as they are: "done. raises were 15 15 12 at 20 kg"."""

NO_GIRTHS: Final = frozenset({Intent.RAISES, Intent.REMIND})
"""Intents whose figures look like girths: "8.30 in the evening"."""

ALIKE: Final = (
    {
        Intent.DONE,
        Intent.MINUTES,
        Intent.SETS,
        Intent.RESUME,
        Intent.RAISES,
        Intent.TIMER,
        Intent.START,
        Intent.PAIN,
        Intent.EASIER,
        Intent.HARDER,
    },
    {Intent.GIRTH, Intent.RAISES, Intent.SETS, Intent.WEIGHT, Intent.UNITS},
    {Intent.SKIP, Intent.PAUSE, Intent.DAYS, Intent.SHOW_DAY, Intent.MOVE, Intent.ZONE, Intent.SHOW_WEEK},
    {Intent.ZONE, Intent.PAUSE, Intent.RESUME, Intent.EVENT},
    {Intent.TARGET, Intent.PAUSE},
    {Intent.TARGET, Intent.GIRTH, Intent.RAISES, Intent.WEIGHT},
    {Intent.EASIER, Intent.PAIN, Intent.SKIP},
    {Intent.MY_DATA, Intent.FEEDBACK, Intent.SUBJECTS, Intent.HELP, Intent.SETTINGS},
)
"""Intents of which one is easily taken for another where only a part of a message is read: they are not carried out
beside each other, but for a session that is moved after another was done."""


def several_parts(text: str, ranked: RankedIntents, heard: Heard) -> list[tuple[Intent, int, int, float]]:
    """Return the intents of the parts where several parts surely have different ones: where it is said, how surely."""
    found: list[tuple[Intent, int, int, float]] = []
    for part in ranked.parts:
        likely = [(intent, each) for intent, each in part.intents if is_possible(intent, heard)]
        best, odds = likely[0] if likely else (None, 0)
        shows = best in SHOWING and odds >= CERTAIN  # "what's tomorrow"
        long = not found or shows or len(text[part.start : part.end].split()) >= PART_WORDS
        sure = best if odds >= _needed(best, heard, text[part.start : part.end]) and long else None
        sure = _as_whole(sure, ranked.whole)
        hurts = bool(found or part.end < len(text)) and tells_pain(dict(likely), heard, text[part.start :])
        if hurts:
            sure, odds = Intent.PAIN, CERTAIN
        if (
            sure is Intent.MOVE
            and found
            and _is_put_off(found[-1][0], replace(heard, text=text[part.start : part.end]))
        ):
            found[-1] = (sure, found[-1][1], part.end, max(odds, found[-1][3]))
        elif sure is not None and not any(
            _alike(sure, other) and not _told_behind(sure, other) and not _shows_besides(sure, odds, other, each)
            for other, _, _, each in found
        ):
            found.append((sure, part.start, part.end, odds))
        elif found:  # what is said besides belongs to the request before it
            intent, start, _, each = found[-1]
            found[-1] = (intent, start, part.end, each)
    if len(found) < 2 or not all(_is_borne_out(intent, each, ranked) for intent, _, _, each in found):
        return []
    intent, _, end, each = found[0]
    return [(intent, 0, end, each), *found[1:]]


def _is_put_off(first: Intent, part: Heard) -> bool:
    """Say whether what is skipped is moved in truth: "tonight's out, so shift it to friday"."""
    return first is Intent.SKIP and len(part.days) < 2


def _as_whole(intent: Intent | None, whole: RankedPart) -> Intent | None:
    """Return the intent of the whole message instead of one alike: "just in from the run, 40 mins" tells no limit."""
    if intent is not Intent.MINUTES or whole.best is None or whole.best[1] < WHOLE_FROM:
        return intent
    return whole.best[0] if _alike(intent, whole.best[0]) else intent


def _needed(intent: Intent | None, heard: Heard, said: str) -> float:
    """Return how likely a part must be: less where it is only asked, or where it says how hard something was."""
    part = replace(heard, text=said)
    if intent is Intent.DONE:
        return RATED_FROM if find_effort(part.said, heard.words) is not None else PART_FROM
    if intent in SHOWING:
        return SHOWN_PART_FROM
    if intent in LASTING:
        return NEVER if find_scores(part.said, heard.words) else ASKED_LASTING_FROM  # "legs felt like 7/10"
    return PART_FROM


def _is_borne_out(intent: Intent, likely: float, ranked: RankedIntents) -> bool:
    """Say whether a part may speak for itself: it surely tells what is so, or the whole message says it, too.

    "he wanted his barbell back, and I could hardly say no" has a part that sounds like "harder". In a long message what
    lasts must be said by more than a clause: "she wants the money and I want my legs back".
    """
    windows = [dict(window.intents).get(intent, 0) for window in ranked.windows]
    if intent in LASTING | {Intent.ZONE} and windows and max(windows) < CHANGE_FROM_LONG:
        return False
    tells = intent not in SLOTLESS and intent not in SHOWING
    certain = intent in SHOWING or intent is Intent.PAUSE  # "i sleep till 3 this week" sounds like one
    told = PART_FROM if intent is Intent.MOVE else ASKED_LASTING_FROM if intent in LASTING else TOLD_FROM
    plain = likely >= (CERTAIN if certain else told) and (tells or intent in SHOWING)
    return plain or dict(ranked.whole.intents).get(intent, 0) >= BORNE_OUT_FROM


def tells_pain(likely: Mapping[Intent, float], heard: Heard, said: str) -> bool:
    """Say whether a part tells of a pain and, there or behind it, how strong it is: "my knee is sore, 2 out of 10"."""
    pain = likely.get(Intent.PAIN, 0)
    # "left calf feels tight 3/10" is like a girth
    if pain < PAIN_FROM or pain < max(odds for intent, odds in likely.items() if intent is not Intent.GIRTH):
        return False
    part = replace(heard, text=said)
    if not find_phrases(part.said, heard.people.health):
        return False
    return bool(find_scores(part.said, heard.words)) or (
        pain >= TOLD_PAIN_FROM and find_effort(part.said, heard.words) is not None
    )


def _told_behind(intent: Intent, first: Intent) -> bool:
    return first is Intent.DONE and intent in BESIDE_DONE


def _shows_besides(one: Intent, odds: float, other: Intent, others: float) -> bool:
    """Say whether of two parts one surely asks to see something, one for a change: "skip today, show my week"."""
    return min(odds, others) >= CERTAIN and (one in SHOWING) != (other in SHOWING)


def _alike(one: Intent, other: Intent) -> bool:
    return one is other or any({one, other} <= group for group in ALIKE)


def tells_girths(heard: Heard, ranked: RankedIntents) -> bool:
    """Say whether a message tells girths of the legs that are no repetitions: "36.5 on the left, 37 right".

    They are exact to less than one, or have their unit; those of a wish are none, nor what surely is something else:
    "19 in left and 24 in right" tells raises.
    """
    best = ranked.whole.best
    if best is not None and best[0] in NO_GIRTHS and best[1] >= TOLD_FROM:
        return False
    said, units = heard.said, heard.words.units
    lengths = any_of(units.centimetres | units.millimetres | units.inches)
    exact = re.search(rf"\d(?:[.,]\d| [1-7]/[248])|\d ?{lengths}{ENDS}", said)
    if exact is None or find_phrases(said, heard.goals.aims):
        return False
    if find_ways(said, heard.words) or heard.durations or find_written_weights(said, heard.words):
        return False
    girths = read_slots(Intent.GIRTH, heard)
    return girths.left_cm is not None and girths.right_cm is not None and len(said.split()) <= GIRTH_WORDS


def tells_figures(heard: Heard) -> bool:
    """Say whether a text says how hard something was, or how long it took."""
    return find_effort(heard.said, heard.words, heard.no_figures) is not None or bool(heard.durations)


def tells_in_full(ranked: RankedIntents, heard: Heard, done: Slots) -> bool:
    """Say whether a message tells how hard something was, and how long or how far, and surely asks for nothing else."""
    best = ranked.whole.best
    rather = best is not None and best[0] is not Intent.DONE and best[1] >= WHOLE_FROM
    ahead = any((one.value.offset or 0) > 0 for one in heard.days)  # "tomorrow 6k"
    long = done.minutes is not None or is_far(heard)
    return done.effort is not None and long and not rather and not ahead


def end_of_told(ranked: RankedIntents, wanted: Intent) -> int:
    """Return where a message that begins with what was done goes on to something else that is wanted; 0 if nowhere.

    "smashed it. 8. calf raises were 15 15 14 at 20 kg"
    """
    first = ranked.parts[0].best if ranked.parts else None
    if first is None or first[0] is not Intent.DONE or first[1] < TOLD_FROM:
        return 0
    others = (*ranked.windows, *ranked.parts)
    starts = [each.start for each in others if each.start and each.best is not None and each.best[0] is wanted]
    return min(starts, default=0)


def is_certain(intent: Intent, ranked: RankedIntents) -> bool:
    """Say whether a part of a message surely has an intent: "I don't want big calves any more"."""
    return any(part.best is not None and part.best[0] is intent and part.best[1] >= CERTAIN for part in ranked.parts)
