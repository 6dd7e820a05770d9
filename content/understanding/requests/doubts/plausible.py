"""Doubts about an intent that rank well: somebody else's story, one of long ago, a single day that is no habit.

What a message only tells of, "my best is 28", is no goal to set, and an age no weight.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from coach.parsing.mentions.efforts import find_effort
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.mention import BEGINS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.profile import SkipReason
from coach.requests import Intent
from content.understanding.requests.doubts import figures, weights
from content.understanding.requests.doubts.others import (
    are_of_others,
    asks_apart,
    is_spoken_to,
    speaks_of_oneself,
    tells_of_others,
)
from content.understanding.requests.doubts.questions import (
    STOP,
    asks_about,
    asks_for_ways,
    asks_how,
    asks_of_places,
    asks_what_would_be,
    asks_whether_due,
    asks_whether_it_is,
    asks_whether_told,
    fears_loss,
    was_erased,
)
from content.understanding.requests.slots import goals, noted_sets
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.weekdays import weekdays

OF_ONESELF: Final = frozenset({
    Intent.DONE, Intent.PAIN, Intent.WEIGHT, Intent.GIRTH, Intent.RAISES, Intent.SETS, Intent.EQUIPMENT, Intent.GOALS,
    Intent.ZONE, Intent.EASIER, Intent.HARDER, Intent.RESUME, Intent.TARGET, Intent.MINUTES, Intent.DAYS,
})  # fmt: skip
"""Intents that tell of the person: what is told of somebody else alone is none of them."""

OF_OTHERS_TOO: Final = frozenset({Intent.PAUSE, Intent.EVENT, Intent.TIMER, Intent.ZONE})
"""Intents that a message may have that begins with somebody else: "wife is in labour, pause me"."""

CHANGED: Final = OF_ONESELF | {
    Intent.PAUSE, Intent.EVENT, Intent.SKIP, Intent.MOVE, Intent.REMIND, Intent.SWAP, Intent.UNDO,
}  # fmt: skip
"""Intents that nobody has who says what would be if, or is undecided: "if I had a hill nearby I would use it"."""

OF_THE_PAST_TOO: Final = CHANGED | {
    Intent.UNITS, Intent.TIMER, Intent.EXERCISE, Intent.START, Intent.SHOW_DAY, Intent.SHOW_WEEK, Intent.PROTEIN,
}  # fmt: skip
"""Intents that nobody has who only tells of former days: "in the navy we ran three times a week"."""

LASTING: Final = frozenset({Intent.EQUIPMENT, Intent.GOALS, Intent.DAYS, Intent.MINUTES, Intent.PAUSE})

WISHED: Final = frozenset({Intent.EASIER, Intent.HARDER, Intent.MINUTES, Intent.DAYS, Intent.GOALS})
"""Intents that change what is to come, whoever is told of before: "my nan could do this. make it harder"."""

SPEAKER_WORDS: Final = 4  # at most, before "says": "our Carol from work says"
FEW_WORDS: Final = 6
TOLD_WORDS: Final = 12  # at most, of a message that tells what nearly happened

_SUBJECT: Final = 24  # characters at the beginning within which somebody else is the subject
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_SHORT_YEAR: Final = re.compile(r"(?<!\w)['’]\d\d(?![\w'’])")  # "back in '86"
_YEAR: Final = re.compile(r"(?<![\w.,/])(?:19|20)\d\d(?![\w/])")


def is_possible(intent: Intent, heard: Heard) -> bool:
    """Say whether an intent makes sense here: sources and more are of what was shown, sets of an exercise.

    Sets can be told of an exercise or a session that was shown, on a day of strength, and wherever their load is said,
    or their exercise and two of them, or where three figures are called sets.
    """
    after = heard.moment.after
    if intent is Intent.SETS:
        shown = after is not None and (after.exercise is not None or after.session is not None)
        told = noted_sets.with_load(heard) or noted_sets.of_named(heard) or noted_sets.are_called_sets(heard)
        return shown or heard.moment.strength or told
    return intent not in {Intent.SOURCES, Intent.MORE} or after is not None


def is_plausible(intent: Intent, heard: Heard) -> bool:
    """Say whether nothing in a message speaks against an intent; what is wished in its last clause is one's own."""
    apart = intent in WISHED and asks_apart(heard.said, heard.words, heard.people, heard.goals.of_sessions)
    return not any(
        intent in intents and not (apart and doubted in {_is_of_others, _is_hearsay}) and doubted(heard)
        for intents, doubted in _DOUBTS
    )


def is_named(intent: Intent, heard: Heard) -> bool:
    """Say whether a part of a message names what it is taken for beside another part.

    "I'm 68, turn it down" tells an age, "done, barely a 3" how hard it was, "a run last night, 35 minutes" how long
    it was, and "did the raises but not the squats" what of it.
    """
    if intent is Intent.SWAP:
        requests = heard.words.requests
        return bool(find_phrases(heard.said, requests.exchanged | requests.otherwise | requests.swapped_back))
    if intent is Intent.MINUTES and _names_past_days(heard):
        return False
    if intent is Intent.REMIND:
        return bool(find_phrases(heard.said, heard.people.reminding))
    aged = rf"{phrase_pattern(heard.people.am)} \d{{2}}(?!\w|[.,]\d)"
    if intent is Intent.WEIGHT and re.match(aged, heard.said):
        named = find_phrases(heard.said, heard.people.weighed | heard.words.units.now)
        return bool(named or find_written_weights(heard.said, heard.words))
    return intent is not Intent.PAIN or bool(find_phrases(heard.said, heard.people.health))


def _tells_of_no_pain(heard: Heard) -> bool:
    """Say whether what hurts is all that a few words name, and they deny it: "no pain, thank God"."""
    hurting = find_phrases(heard.said, heard.words.requests.skip.get(SkipReason.HURTS, frozenset()))
    denied = re.compile(rf"{BEGINS}{phrase_pattern(heard.words.wishes.negate)} $")
    few = len(heard.said.split()) <= FEW_WORDS and not heard.days
    return few and bool(hurting) and all(denied.search(heard.said[: one.start]) for one in hurting)


def _was_only_near(heard: Heard) -> bool:
    """Say whether it did not come to that: "i nearly skipped my run today but didn't"."""
    return len(heard.said.split()) <= TOLD_WORDS and bool(find_phrases(heard.said, heard.people.nearly))


def _is_unreal(heard: Heard) -> bool:
    return bool(find_phrases(heard.said, heard.words.wishes.unreal))


def _is_to_come(heard: Heard) -> bool:
    return bool(find_phrases(heard.said, heard.words.wishes.to_come))


def _is_done_by_others(heard: Heard) -> bool:
    return tells_of_others(heard.said, heard.words, heard.people)


def _is_event_of_others(heard: Heard) -> bool:
    """Say whether the clause that names an event tells of somebody else alone: "my sister's doing a marathon"."""
    named = find_phrases(heard.said, heard.words.requests.events)
    if not named or find_phrases(heard.said, heard.people.asking):
        return False
    clause = next((each for each in STOP.split(heard.said) if find_phrases(each, heard.words.requests.events)), "")
    return tells_of_others(clause, heard.words, heard.people)


def _belongs_to_others(heard: Heard) -> bool:
    """Say whether it is told whose a thing is, and that it is not one's own: "my wife bought it for herself"."""
    if find_phrases(heard.said, heard.people.themselves):
        return True
    owned = [one.end for one in find_phrases(heard.said, heard.people.belongs)]
    others = find_phrases(heard.said, heard.words.wishes.others | heard.people.others)
    return any(0 <= one.start - end <= _SUBJECT for end in owned for one in others)


def _is_hearsay(heard: Heard) -> bool:
    """Say whether a message tells what somebody says of training, and asks for nothing: "Carol says squats hurt"."""
    said = STOP.split(heard.said)[0]
    says = find_phrases(said, heard.people.comments)
    few = says and len(said[: says[0].start].split()) <= SPEAKER_WORDS
    return bool(few) and not find_phrases(heard.said, heard.people.asking | heard.goals.moving)


def _is_only_until(heard: Heard) -> bool:
    """Say whether the only day that is named ends something, and nothing is to move: "in the cab till friday"."""
    if len(heard.days) != 1 or find_phrases(heard.said, heard.goals.moving | heard.goals.waiting):
        return False
    before = heard.said[: heard.days[0].start]
    return re.search(rf"{BEGINS}{phrase_pattern(heard.goals.until)} $", before) is not None


def _is_kept(heard: Heard) -> bool:
    """Say whether the only day that is named stays as it is: "nah forget it keep tuesday"."""
    before = re.compile(rf"{BEGINS}{phrase_pattern(heard.goals.kept)} $")
    return len(heard.days) == 1 and before.search(heard.said[: heard.days[0].start]) is not None


def _is_undone(heard: Heard) -> bool:
    """Say whether it is told that nothing was done, and no effort: "did nothing thursday, was stuck for 5 hours"."""
    if not find_phrases(heard.said, heard.goals.undone) or find_phrases(heard.said, heard.words.wishes.turn):
        return False
    return find_effort(heard.said, heard.words, heard.no_figures) is None


def _is_over(heard: Heard) -> bool:
    """Say whether the only day that is named is a past one of a year that is named: "log: 2026-03-01, 5 km"."""
    years = [one.value.resolve(heard.today) for one in heard.days if one.value.year]
    return len(heard.days) == 1 and years != [] and years[0] is not None and years[0] < heard.today


def _names_past_days(heard: Heard) -> bool:
    """Say whether all days that are named are past ones: "ran my 10k yesterday"."""
    return bool(heard.days) and all((one.value.offset or 0) < 0 or one.value.week == -1 for one in heard.days)


def _is_of_others(heard: Heard) -> bool:
    begin = _POSSESSIVE.sub("", STOP.split(heard.said[:_SUBJECT])[0])
    named = [
        one for one in find_phrases(begin, heard.words.wishes.others) if not is_spoken_to(begin, one, heard.people)
    ]
    return bool(named) and not speaks_of_oneself(heard.said, heard.words, heard.people)


def _are_of_others(heard: Heard) -> bool:
    return are_of_others(heard.said, heard.words, heard.people)


def _is_of_the_past(heard: Heard) -> bool:
    """Say whether former days are told of, and nothing is wished behind that: "I used to be fast. I want that back"."""
    told = find_phrases(heard.said, heard.words.wishes.long_ago)
    stop = STOP.search(heard.said, max(one.end for one in told)) if told else None
    wishes = heard.goals.aims | heard.people.asking | heard.words.units.now
    return bool(told) and not (stop and find_phrases(heard.said[stop.end() :], wishes))


def _is_long_ago(heard: Heard) -> bool:
    return bool(_SHORT_YEAR.search(heard.said)) or any(
        int(year[0]) < heard.today.year for year in _YEAR.finditer(heard.said)
    )


def _is_of_something_else(heard: Heard) -> bool:
    """Say whether it is to be reminded of something, and no word says that it is training: "remind me to buy milk"."""
    requests = heard.words.requests
    return bool(find_phrases(heard.said, requests.remind_to)) and not find_phrases(heard.said, requests.training)


def _is_habit(heard: Heard) -> bool:
    """Say whether minutes are those of something else that somebody does, and no session is named: "I walk 1 hour"."""
    if not heard.durations or not find_phrases(heard.said, heard.goals.habits):
        return False
    return not find_phrases(heard.said, heard.goals.of_sessions | heard.goals.aims | heard.people.asking)


def _is_lasting(heard: Heard) -> bool:
    """Say whether weekdays are those of every week: several, or one that is said to be so from now on."""
    if find_phrases(heard.said, heard.words.wishes.lasting):
        return True
    named = {one.value.weekday for one in heard.days}
    return len(named) > 1 or not named or len(weekdays(heard) or ()) in {2, 3, 4, 5}


_DOUBTS: Final[tuple[tuple[frozenset[Intent], Callable[[Heard], bool]], ...]] = (
    (OF_ONESELF, _is_of_others),
    (frozenset({Intent.DONE, Intent.RAISES, Intent.GIRTH, Intent.SETS, Intent.WEIGHT}), _are_of_others),
    (OF_ONESELF, _is_long_ago),
    (OF_THE_PAST_TOO, _is_of_the_past),
    (frozenset({Intent.EVENT}), _is_event_of_others),
    (frozenset({Intent.EVENT}), _is_long_ago),
    (frozenset({Intent.EVENT}), asks_whether_it_is),
    (frozenset({Intent.EQUIPMENT}), _belongs_to_others),
    (frozenset({Intent.PROTEIN}), _is_of_others),
    (OF_OTHERS_TOO, _is_done_by_others),
    (frozenset({Intent.WEIGHT}), weights.is_of_others),
    (frozenset({Intent.WEIGHT}), weights.is_of_things),
    (LASTING, asks_what_would_be),
    (CHANGED, _is_unreal),
    (frozenset({Intent.RESUME}), asks_how),
    (frozenset({Intent.SKIP}), _tells_of_no_pain),
    (frozenset({Intent.SKIP, Intent.RESUME}), _is_to_come),
    (frozenset({Intent.DONE}), figures.is_figure_alone),
    (frozenset({Intent.SKIP}), asks_for_ways),
    (frozenset({Intent.MOVE, Intent.SKIP, Intent.SWAP, Intent.DONE}), asks_about),
    (frozenset({Intent.SKIP}), _is_kept),
    (frozenset({Intent.SKIP}), _was_only_near),
    (frozenset({Intent.SWAP, Intent.SKIP, Intent.EASIER, Intent.HARDER, Intent.MOVE}), _is_hearsay),
    (frozenset({Intent.MOVE}), _is_only_until),
    (frozenset({Intent.ZONE}), asks_of_places),
    (frozenset({Intent.MY_DATA}), fears_loss),
    (frozenset({Intent.MY_DATA}), was_erased),
    (frozenset({Intent.DONE}), asks_whether_told),
    (frozenset({Intent.DONE}), _is_undone),
    (frozenset({Intent.DONE}), asks_whether_due),
    (frozenset({Intent.WEIGHT}), noted_sets.with_load),
    (frozenset({Intent.SETS}), noted_sets.are_asked_about),
    (frozenset({Intent.WEIGHT, Intent.HARDER}), weights.tells_age),
    (frozenset({Intent.WEIGHT}), weights.asks_at_an_age),
    (frozenset({Intent.TARGET}), goals.tells_only),
    (frozenset({Intent.REMIND}), _is_of_something_else),
    (frozenset({Intent.REMIND}), figures.is_thing_s_reminder),
    (frozenset({Intent.EVENT}), _is_over),
    (frozenset({Intent.EVENT}), _names_past_days),
    (frozenset({Intent.GIRTH}), goals.is_aimed_at_a_day),
    (frozenset({Intent.GIRTH}), figures.is_no_calf),
    (frozenset({Intent.GIRTH}), figures.are_no_pair),
    (frozenset({Intent.DONE}), figures.is_best),
    (frozenset({Intent.DONE}), figures.is_chore),
    (frozenset({Intent.PAIN}), figures.is_painless_chore),
    (frozenset({Intent.PAIN}), figures.is_figure_of_speech),
    (frozenset({Intent.WEIGHT}), figures.is_alike),
    (frozenset({Intent.MINUTES}), _is_habit),
    (frozenset({Intent.DAYS}), lambda heard: not _is_lasting(heard)),
)
