"""The question after a session on the way back: whether it met what its step asks for, by buttons or in words."""

from datetime import date
from typing import Final

from coach.buttons.account import Dismiss
from coach.buttons.plan import ShowWeek
from coach.buttons.session import MarkPlanned, ShowToday
from coach.buttons.way_back import AnswerStep, ShowWayBack
from coach.parsing.back_answers import read_back_answer
from coach.planning.equipment import UPHILL
from coach.planning.inputs import Equipment
from coach.planning.rules import PAIN_REDUCE, PAIN_STOP
from coach.planning.way_back.ladder import ASKED, ORDER, STEPS, BackAnswer, BackStep, Standing
from coach.profile import PromptKind, SessionStatus
from coach.user_errors import BackAnswerNotUnderstood, StaleButton
from content.rendering.keyboards import Button, Row
from db.changes import recording
from db.models import TrainingSession
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts.prompt import Prompt
from handlers.training.guide.halt import halt_where_held
from handlers.training.today import find_session, kept_session, next_workout, today_of
from services import last_change, plans, reminders, way_back

PAIN: Final = {BackAnswer.SOME_PAIN: PAIN_REDUCE, BackAnswer.PAIN: PAIN_STOP}
"""The least pain that an answer means."""


LABELS: Final = {
    BackAnswer.GOOD: "step_good", BackAnswer.NOT_YET: "step_not_yet",
    BackAnswer.SOME_PAIN: "step_some_pain", BackAnswer.PAIN: "step_pain",
}  # fmt: skip
"""Labels of the buttons."""

ENDED: Final = "way-back"
"""The name of the change that the last answer of the way back makes, for Undo."""


class StepPrompt(Prompt[BackAnswer]):
    """The answer to the question of a session on the way back."""

    kind = PromptKind.STEP
    in_settings = False

    def choices(self, turn: Turn) -> list[Row]:
        """Return the answers, for the session that is asked about."""
        day = turn.user.awaiting_day
        session = kept_session(turn, day) if day is not None else None
        step = step_of(turn, session) if session is not None else None
        return answer_rows(day, step) if day is not None and step is not None else []

    def rows(self, turn: Turn) -> list[Row]:
        """Return the answers and the button that leaves the question."""
        return [*self.choices(turn), [Button("back", Dismiss())]]

    def read(self, turn: Turn, text: str) -> BackAnswer:
        """Take a pain of ten, a yes, a no, or that it hurt. Raises BackAnswerNotUnderstood."""
        found = read_back_answer(text, turn.language.vocabulary)
        if found is None:
            raise BackAnswerNotUnderstood
        return found

    def take(self, turn: Turn, value: BackAnswer) -> None:
        """Keep it with its session, where that is still to be answered."""
        day = turn.user.awaiting_day
        session = kept_session(turn, day) if day is not None else None
        if session is None or step_of(turn, session) is None:
            turn.close_prompt()
            turn.user.awaiting_day = None
            turn.say("today/not_noted", [[Button("today", ShowToday())]])
            return
        _answered(turn, session, value)

    def register(self, application: CoachApplication) -> None:
        """Hook up its buttons, which answer also once the question is no longer the open one."""
        on_button(application, AnswerStep, answer)


def answer(turn: Turn, action: AnswerStep) -> None:
    """Take an answer by its button."""
    session = find_session(turn, action.day)
    if step_of(turn, session) is None:
        raise StaleButton
    _answered(turn, session, action.answer)


def step_of(turn: Turn, session: TrainingSession) -> BackStep | None:
    """Return the step whose question a session has open: one that is done and nothing was said of yet."""
    since = turn.user.way_back_since
    if since is None or session.day < since or session.workout not in ASKED:
        return None
    if session.status != SessionStatus.DONE or session.met is not None:
        return None
    standing = plans.standing(turn.session, turn.user, today_of(turn))
    if standing is None or session.workout == standing.workout:
        return standing.step if standing is not None else None
    return next(step for step, spec in STEPS.items() if spec.workout == session.workout)


def is_hilly(turn: Turn) -> bool:
    """Say whether the person has something to run up."""
    return not UPHILL.isdisjoint(map(Equipment, turn.user.equipment or ()))


def ask(turn: Turn, session: TrainingSession) -> BackStep | None:
    """Wait for the answer about a session that has its question open; the message that says so has its buttons.

    Return its step, None where nothing is asked.
    """
    step = step_of(turn, session)
    if step is not None:
        turn.close_prompt()
        turn.user.awaiting, turn.user.awaiting_day = PromptKind.STEP, session.day
    return step


def answer_rows(day: date, step: BackStep) -> list[Row]:
    """Return a button for each answer."""
    labels = LABELS | ({BackAnswer.GOOD: "step_good_checklist"} if step is BackStep.HILLS else {})
    found = [Button(label, AnswerStep(day, each)) for each, label in labels.items()]
    return [found[:2], found[2:]]


def reopen(turn: Turn, session: TrainingSession) -> None:
    """Go on with the way back where the last change was that the answer about this session ended it."""
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or change.intents != [ENDED]:
        return
    answered = {row["key"] for row in change.rows if "met" in (row["before"] or {})}
    if str(session.id) in answered:
        last_change.undo(turn.session, turn.user, turn.now)


def _answered(turn: Turn, session: TrainingSession, said: BackAnswer) -> None:
    """Keep the answer, and say where it leads: on, back, or nowhere yet."""
    day = today_of(turn)
    before = plans.standing(turn.session, turn.user, day)
    assert before is not None
    with recording(turn.session, turn.user.id) as record:
        after = _kept(turn, session, said)
        if after is None:
            last_change.remember(turn.session, turn.user, record.changes(), turn.now, [ENDED])
    halt_where_held(turn)
    turn.close_prompt()
    turn.user.awaiting_day = None
    turn.reply(
        "way_back/answered",
        [
            [Button("my_week", ShowWeek(0)), *([Button("way_back", ShowWayBack())] if after is not None else [])],
            [Button("undo", MarkPlanned(session.day))],
        ],
        answer=said.value,
        before=before.step.value,
        after=after.step.value if after is not None else None,
        moved=_moved(before, after),
        left=after.passes - after.passed if after is not None else 0,
        hilly=before.hilly,
        runs=before.runs,
        tomorrow=next_workout(turn, session.day) if session.day == day else None,
    )


def _kept(turn: Turn, session: TrainingSession, said: BackAnswer) -> Standing | None:
    """Keep the answer with its session; return where it leads, None for the end of the way back."""
    day = today_of(turn)
    session.met = BackAnswer.GOOD if said is BackAnswer.GOOD else BackAnswer.NOT_YET
    if said is not BackAnswer.NOT_YET:
        session.pain = max(session.pain or 0, PAIN.get(said, 0))
    after = plans.standing(turn.session, turn.user, day)
    if after is None:
        way_back.leave(turn.session, turn.user)
    plans.renew(turn.session, turn.user, day)
    reminders.follow(turn.session, turn.user, turn.now)
    return after


def _moved(before: Standing, after: Standing | None) -> int:
    """Return how many steps it went up, below 0 for down; the end is one up."""
    return 1 if after is None else ORDER.index(after.step) - ORDER.index(before.step)
