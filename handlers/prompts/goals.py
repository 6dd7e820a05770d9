"""A goal; a person may have several. /goals asks it."""

import re
from collections.abc import Mapping

from coach.buttons.setup import GoalsChosen, ToggleGoal
from coach.profile import Goal, PromptKind
from coach.reminders.local_time import local_day
from coach.user_errors import AnswerNotUnderstood, ChooseFirst
from content.rendering.keyboards import Button, Row
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_command
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import StoredPrompt
from services import plans


class GoalsPrompt(StoredPrompt[list[Goal]]):
    """The goals, ticked or typed."""

    kind = PromptKind.GOALS
    in_setup = True

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each goal, ticked where chosen, and the one that says that is all."""
        chosen = turn.user.goal_set
        goals = [Button(f"goal_{goal}_{'on' if goal in chosen else 'off'}", ToggleGoal(goal)) for goal in Goal]
        return [goals[:2], goals[2:4], [*goals[4:], Button("goals_done", GoalsChosen(), style="primary")]]

    def read(self, turn: Turn, text: str) -> list[Goal]:
        """Return every goal whose label, or a word of it, is named."""
        named = [goal for goal in Goal if _names(turn, goal, text)]
        if not named:
            raise AnswerNotUnderstood(self.kind)
        return named

    def store(self, turn: Turn, value: list[Goal]) -> None:
        """Keep the goals."""
        turn.user.goals = list(value)

    def confirm(self, turn: Turn) -> None:
        """Take the ticked goals. Raises ChooseFirst where there are none."""
        if not turn.user.goals:
            raise ChooseFirst
        self.take(turn, [Goal(goal) for goal in turn.user.goals])

    def saved(self, turn: Turn, value: list[Goal]) -> None:
        """Plan the week anew and say the goals."""
        plans.renew(turn.session, turn.user, local_day(turn.now, turn.user.zone or "UTC"))
        turn.reply("goals/saved", setup.way_on(turn), **self.stored(turn))

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return the goals in their order."""
        return {"goals": [goal.value for goal in Goal if goal in turn.user.goal_set]}

    def register(self, application: CoachApplication) -> None:
        """Hook up the command and the buttons."""
        on_command(application, "goals", self.command)
        self.on_toggle(application, ToggleGoal, _toggle)
        self.on_open(application, GoalsChosen, lambda turn, _action: self.confirm(turn))

    def command(self, turn: Turn, words: str) -> None:
        """Show the goals to choose from, or take the ones written behind the command."""
        if words:
            self.answer(turn, words)
        else:
            turn.open_prompt(self.kind)


def _toggle(turn: Turn, action: ToggleGoal) -> None:
    chosen = turn.user.goal_set ^ {action.goal}
    turn.user.goals = [goal for goal in Goal if goal in chosen]


def _names(turn: Turn, goal: Goal, text: str) -> bool:
    words = turn.language.vocabulary.choices.goals[goal]
    return any(re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE) for word in words)
