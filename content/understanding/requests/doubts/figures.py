"""Doubts about figures: those that belong to something else than the body and the session they are taken for."""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.requests import Intent
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.readers import read_slots

UNLIKE_CM: Final = 8.0  # by which the calves of nobody differ: one of both figures is of something else
TAPE_ENTRIES: Final = frozenset({"measure-calves", "uneven-calves"})

_CLAUSE: Final = re.compile(r"[.,;!?\n]+(?=\s|$)")


def names_tape(heard: Heard) -> bool:
    """Say whether figures are called those of a calf, or were just taped, before anything is asked."""
    figures = list(re.finditer(r"\d", heard.said))
    return bool(figures) and bool(find_phrases(heard.said[: figures[-1].end()], heard.goals.taped))


def is_no_calf(heard: Heard) -> bool:
    """Say whether nothing says that a girth is one: no calf, tape or side, nor the page about it.

    Not "snow again, 20 cm", "10.5 on the treadmill", nor "ran 15, drank beer, calf cramped at 4".
    """
    after = heard.moment.after
    if after is not None and after.entry in TAPE_ENTRIES:
        return False
    said = without(heard.said, find_phrases(heard.said, heard.goals.no_sides), " ")
    legs = heard.words.legs
    names = heard.goals.taped | legs.left | legs.right | legs.both
    named = [bool(find_phrases(each, names)) for each in _CLAUSE.split(said)]
    figured = [any(map(str.isdigit, each)) for each in _CLAUSE.split(said)]
    if not any(named):
        return True
    # what names the calf has the figure, or stands beside a clause that has it and none itself
    return not any(
        figure and (named[at] or _names_beside(named, figured, at - 1) or _names_beside(named, figured, at + 1))
        for at, figure in enumerate(figured)
    )


def _names_beside(named: list[bool], figured: list[bool], at: int) -> bool:
    return 0 <= at < len(named) and named[at] and not figured[at]


def are_no_pair(heard: Heard) -> bool:
    """Say whether two figures are not those of two calves: "went from 35 to 35.5", "37.5 at 18"."""
    girths = read_slots(Intent.GIRTH, heard)
    if girths.left_cm is None or girths.right_cm is None or girths.left_cm == girths.right_cm:
        return False
    legs = heard.words.legs
    sided = find_phrases(heard.said, legs.left | legs.right)
    series = re.search(rf"\d(?: ?[^\W\d_]+)? {phrase_pattern(heard.goals.series)} \d", heard.said)
    return abs(girths.left_cm - girths.right_cm) > UNLIKE_CM or (series is not None and not sided)


def is_best(heard: Heard) -> bool:
    """Say whether the most that somebody ever did is told, and not what was done now: "longest I've done is 9"."""
    return bool(find_phrases(heard.said, heard.goals.records))


def is_chore(heard: Heard) -> bool:
    """Say whether what was done is no training: "did the dishes, felt like a 7", "on hold for 45 minutes"."""
    said = heard.said
    if find_phrases(said, heard.words.requests.training | heard.goals.runs | heard.goals.strength):
        return False
    if find_phrases(said, heard.goals.sports | heard.goals.intervals | heard.goals.told_done):
        return False
    amid = re.compile(rf"{BEGINS}{phrase_pattern(heard.people.amid)} (?:[^\W_]+ ){{0,2}}$")
    return any(not amid.search(said[: one.start]) for one in find_phrases(said, heard.people.chores))


def is_painless_chore(heard: Heard) -> bool:
    """Say whether the same is told, and nothing of the body: "an hour of ironing, a solid 6"."""
    return is_chore(heard) and not find_phrases(heard.said, heard.people.health)


def is_alike(heard: Heard) -> bool:
    """Say whether a figure is the same for everybody, and so nobody's own: "those scales say 68 for everyone"."""
    return re.search(rf"{BEGINS}{phrase_pattern(heard.people.everybody)}{ENDS}", heard.said) is not None


def is_figure_of_speech(heard: Heard) -> bool:
    """Say whether somebody else is called a pain: "a pain in the neck, my landlord, 9 out of 10"."""
    called = find_phrases(heard.said, heard.people.called_pains)
    return bool(called) and bool(find_phrases(heard.said, heard.words.wishes.others | heard.people.others))


def is_thing_s_reminder(heard: Heard) -> bool:
    """Say whether a reminder is that of a thing, or of what no coach reminds of: "the reminder on my oven"."""
    named = find_phrases(heard.said, heard.people.reminding)
    of_mine = re.compile(
        rf" {phrase_pattern(heard.people.of_thing)} (?:[^\W\d_]+ )?{phrase_pattern(heard.people.things)}"
    )
    return any(of_mine.match(heard.said[one.end :]) for one in named)


def is_figure_alone(heard: Heard) -> bool:
    """Say whether a figure is all that is said, beside a no: "6" and "no, 6" may be of anything."""
    words = heard.words.wishes
    taken = find_phrases(heard.said, words.negate | words.slip | words.slip_apart)
    return without(heard.said, taken, " ").strip(" .,!").isdecimal()
