"""The one ordered list of questions, and how they are opened and followed by one another."""

from collections.abc import Sequence
from typing import Final

from coach.user_errors import StaleButton, UserError
from handlers.account.pause import UntilPrompt
from handlers.account.remind import QuietHoursPrompt, ReminderPrompt
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.durations import LongestRunPrompt, MinutesPrompt
from handlers.prompts.goals import GoalsPrompt
from handlers.prompts.if_then import AnchorPrompt, CopingPrompt, FallbackPrompt, ObstaclePrompt
from handlers.prompts.profile import AgePrompt, DaysPrompt, EquipmentPrompt, ExperiencePrompt
from handlers.prompts.prompt import AnyPrompt, OpenPrompt
from handlers.prompts.reminder_time import ReminderTimePrompt
from handlers.prompts.screening import CheckPrompt
from handlers.prompts.weight import UnitsPrompt, WeightPrompt
from handlers.prompts.zone import ZonePrompt
from handlers.requests.feedback import HumanPrompt
from handlers.requests.goals.events import EventPrompt
from handlers.requests.goals.target_answers import TargetPrompt
from handlers.training.feedback import NotePrompt
from handlers.training.measurements.measure import GirthPrompt, RaisesPrompt
from handlers.training.way_back.step_question import StepPrompt

PROMPTS: Final[tuple[AnyPrompt, ...]] = (
    GoalsPrompt(),
    ExperiencePrompt(),
    DaysPrompt(),
    MinutesPrompt(),
    LongestRunPrompt(),
    EquipmentPrompt(),
    CheckPrompt(),
    AgePrompt(),
    UnitsPrompt(),
    WeightPrompt(),
    ZonePrompt(),
    ReminderTimePrompt(),
    AnchorPrompt(),
    ObstaclePrompt(),
    CopingPrompt(),
    FallbackPrompt(),
    GirthPrompt(),
    RaisesPrompt(),
    NotePrompt(),
    StepPrompt(),
    ReminderPrompt(),
    QuietHoursPrompt(),
    UntilPrompt(),
    HumanPrompt(),
    TargetPrompt(),
    EventPrompt(),
)
"""Every question, in the order of the set-up and of the buttons of /settings."""


class Prompts:
    """The prompts as turns ask through them: see `handlers.framework.turn.PromptFlow`."""

    def __init__(self, prompts: Sequence[AnyPrompt] = PROMPTS) -> None:
        self._by_kind = {prompt.kind: prompt for prompt in prompts}
        self._setup = [prompt for prompt in prompts if prompt.in_setup]

    @property
    def first(self) -> str:
        """The kind of the first question of the set-up."""
        return self._setup[0].kind

    def left(self, kind: str) -> int:
        """Return how many questions of the set-up are left, this one included."""
        return len(self._setup) - self._place(kind)

    def open(self, turn: Turn, kind: str) -> None:
        """Ask a question; within the set-up and out of it the same way, but for the Skip button.

        Raises StaleButton for one that is asked in its feature only, or does not exist.
        """
        prompt = self._by_kind.get(kind)
        if prompt is None or not prompt.in_settings:
            raise StaleButton
        turn.ask(
            kind,
            f"setup/{kind}",
            prompt.rows(turn),
            part="question",
            step=self._place(kind) + 1 if prompt.in_setup else 0,
            steps=len(self._setup),
            in_setup=turn.user.setup_prompt == kind,
            **prompt.values(turn),
        )

    def ask_again(self, turn: Turn, mistake: UserError) -> None:
        """Say what would have been an answer, with the buttons of the question."""
        prompt = self._by_kind[mistake.asked or ""]
        known = turn.user.awaiting_kind
        turn.ask(prompt.kind, mistake.template, prompt.rows(turn), **mistake.values)
        turn.user.awaiting_kind = known

    def advance(self, turn: Turn, kind: str) -> bool:
        """Go on to the next question where this one was of the set-up; return whether it was."""
        if turn.user.setup_prompt != kind:
            setup.leave(turn)
            return False
        following = self._after(turn, kind)
        if following is None:
            setup.finish(turn)
        else:
            turn.user.setup_step = following.kind
            self.open(turn, following.kind)
        return True

    def _after(self, turn: Turn, kind: str) -> AnyPrompt | None:
        place = self._place(kind)
        if self._setup[place].ends_setup(turn):
            return None
        return next((prompt for prompt in self._setup[place + 1 :] if prompt.applies(turn)), None)

    def _place(self, kind: str) -> int:
        return next(place for place, prompt in enumerate(self._setup) if prompt.kind == kind)


def settable() -> list[AnyPrompt]:
    """Return the questions of /settings, in the order of its buttons."""
    return [prompt for prompt in PROMPTS if prompt.in_settings]


def summed_up() -> list[AnyPrompt]:
    """Return the questions of /settings, in the order of its lines."""
    order = [prompt for prompt in settable() if prompt.summed_up_before is None]
    for prompt in settable():
        if prompt.summed_up_before is not None:
            kinds = [each.kind for each in order]
            order.insert(kinds.index(prompt.summed_up_before), prompt)
    return order


def open_prompt(turn: Turn) -> OpenPrompt | None:
    """Return the question that the person is asked now."""
    prompt = next((prompt for prompt in PROMPTS if prompt.kind == turn.user.prompt), None)
    return None if prompt is None else OpenPrompt(prompt, turn)
