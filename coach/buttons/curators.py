"""The buttons of curators: groups of questions without an answer."""

from dataclasses import dataclass

from coach.buttons.callback_data import CallbackData


@dataclass(frozen=True)
class ShowOpen(CallbackData):
    """Show one group of questions without an answer; pages count from 0."""

    code = "open"
    page: int


@dataclass(frozen=True)
class ShowAsked(CallbackData):
    """Show the group that this question belongs to."""

    code = "asked"
    question: int


@dataclass(frozen=True)
class WriteEntry(CallbackData):
    """Show what a new entry for this group would begin with."""

    code = "write"
    question: int


@dataclass(frozen=True)
class ChooseAnswer(CallbackData):
    """Show entries that may answer this group already."""

    code = "choose"
    question: int


@dataclass(frozen=True)
class AnsweredBy(CallbackData):
    """This entry answers the group; who waits is told."""

    code = "by"
    entry: str
    question: int


@dataclass(frozen=True)
class DropAsked(CallbackData):
    """This group needs no answer."""

    code = "drop"
    question: int
