"""Answers to what is still open about a goal: the figure to reach, or its day."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.phrases import find_phrases
from coach.profile import PromptKind
from coach.requests import Intent, Slots
from coach.user_errors import GoalNotUnderstood
from content.understanding.requests.slots import goals as slot_goals
from content.understanding.requests.slots.heard import Heard
from handlers.framework.turn import Turn
from handlers.prompts.prompt import Prompt
from handlers.requests.goals import answering, targets

MOST_WORDS: Final = 5  # of an answer that is more than its figure and its day
_WORD: Final = re.compile(r"[^\W\d_]+")


class TargetPrompt(Prompt[Slots]):
    """The figure to reach, or its day."""

    kind = PromptKind.TARGET
    in_settings = False

    def read(self, turn: Turn, text: str) -> Slots:
        """Take what was still open. Raises GoalNotUnderstood."""
        known, heard = answering.known(turn), answering.heard(turn, text)
        if known.what is None and (of := _of_what(heard, known)) is not None:
            return of
        said = slot_goals.target(heard, known.what)
        number, by = _answered(heard, said, by_when=known.number is not None)
        open_still = number if known.number is None else by or number
        if open_still is None or said.switch or _is_something_else(heard):
            raise GoalNotUnderstood(by_when=known.number is not None and known.what is not None)
        return replace(known, what=said.what or known.what, number=number or known.number, by=by or known.by)

    def take(self, turn: Turn, value: Slots) -> None:
        """Set the goal, or ask for what is still open."""
        answering.carry_out(turn, Intent.TARGET, targets.target, value)


def _of_what(heard: Heard, known: Slots) -> Slots | None:
    """Return a goal whose kind was asked with what of it is told, a day alone, too: "calf size", "by december"."""
    said = slot_goals.target(heard)
    short = len(_WORD.findall(heard.text)) <= MOST_WORDS
    asks = "?" in heard.said or find_written_weights(heard.said, heard.words)
    if said.switch or asks or not (slot_goals.is_bare(heard) or (short and said.what)):
        return None
    if said.what is None and said.by is None:
        return None
    return replace(known, what=said.what, number=said.number or known.number, by=said.by or known.by)


def _answered(heard: Heard, said: Slots, *, by_when: bool) -> tuple[float | None, date | None]:
    """Return the figure and the day that an answer names: not those of a statement about something else.

    Where the day was asked for, a figure is one to reach only if it stands alone, or beside the day.
    """
    if slot_goals.is_bare(heard):
        return said.number, said.by
    short = len(_WORD.findall(heard.text)) <= MOST_WORDS
    if by_when:
        return None, said.by if short and slot_goals.is_led(heard) else None
    wished = short and slot_goals.is_aimed(heard) and not slot_goals.tells_only(heard)
    return (said.number, said.by) if wished else (None, None)


def _is_something_else(heard: Heard) -> bool:
    """Say whether a text is more than a figure and a day: a question, a load, how something felt."""
    if "?" in heard.said:
        return True
    felt = heard.words.efforts.like | heard.words.efforts.names
    return bool(find_written_weights(heard.said, heard.words) or find_phrases(heard.said, felt))
