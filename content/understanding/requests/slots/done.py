"""Slots of what was done: the day, the effort of one's own, the minutes."""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.efforts import find_called, find_effort
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, without
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.mentions.spoken_days import Direction
from coach.requests import Slots
from content.understanding.requests.slots import days as slot_days
from content.understanding.requests.slots import times
from content.understanding.requests.slots.heard import Heard

_CLAUSE: Final = re.compile(r"(?:(?! (?:and|but) )[^.,;!?\n]|[.,](?=\d))+")
_FIGURE: Final = re.compile(r"(?<![\w.,:/-])(?:10|\d)(?![\w:%]|[.,]\d)")


def read_done(heard: Heard) -> Slots:
    """Return the slots of a session that was done."""
    dated, scored = slot_days.split_scores(heard)
    efforts = heard.words.efforts
    called = find_called(heard.said, efforts.exertions, heard.words)
    pains = [] if called else find_called(heard.said, efforts.pains, heard.words)
    said = without(heard.said, [*dated, *pains, *times.hours(heard), *times.parts(heard)])
    effort = called[-1] if called else find_effort(_own_part(said, heard), heard.words, heard.no_figures)
    return Slots(
        day=slot_days.the_day(heard, Direction.PAST, [*scored, *_compared(heard)]),
        effort=effort.value if effort and effort.value else None,
        minutes=times.minutes(heard),
    )


def _compared(heard: Heard) -> list[Mention[object]]:
    """Return the days with which this one is compared: "easier than last tuesday"."""
    lead = re.compile(rf"{BEGINS}{phrase_pattern(heard.goals.compared)} $")
    return [one for one in heard.days if lead.search(heard.said[: one.start])]


def _own_part(said: str, heard: Heard) -> str:
    """Return what is said without the clauses in which others have a figure: "for me a 7, the club said 9".

    The age of somebody else is none of one's own anyhow: "with my grandson. he is 6".
    """
    others = heard.words.wishes.others | heard.people.others
    of_age = phrase_pattern(heard.goals.of_age)
    aged = re.finditer(rf"{BEGINS}{phrase_pattern(others)} (?:[^\W\d_]+ )?{of_age} (?P<age>\d{{1,2}}){ENDS}", said)
    said = without(said, [Mention(*found.span("age"), None) for found in aged], " ")
    figured = [one.span() for one in _CLAUSE.finditer(said) if _FIGURE.search(one[0])]
    if len(figured) < 2:
        return said
    others |= heard.goals.other_sport | heard.people.comments
    own = [span for span in figured if find_phrases(said[slice(*span)], heard.goals.mine)]
    theirs = [span for span in figured if span not in own and find_phrases(said[slice(*span)], others)]
    left = [span for span in figured if span not in own] if own and theirs else theirs
    return without(said, [Mention(*span, None) for span in left], " ") if len(left) < len(figured) else said
