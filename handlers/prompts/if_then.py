"""The if–then plan: when training fits, what gets in the way, what is done then, and a second moment of the day.

Asked one after the other once, from the end of the set-up; every part can be left out, and changed in /settings.
"""

from collections.abc import Mapping
from datetime import time
from typing import Final

from coach.buttons.setup import LeaveOut, PickAnchor, PickCoping, PickFallback, PickObstacle
from coach.if_then import Anchor, Coping, Obstacle, own_words
from coach.parsing.time_of_day import parse_daytime
from coach.profile import PromptKind
from coach.reminders.local_time import local_day, show_daytime
from coach.user_errors import AnswerNotUnderstood, StaleButton, TimeNotUnderstood
from content.rendering.keyboards import Button, Row
from content.understanding.intents import Command
from db.models import User
from handlers.framework.application import CoachApplication
from handlers.framework.routing import on_button
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.prompts.prompt import StoredPrompt, V

FALLBACKS: Final = ("1230", "1830", "2000")
ORDER: Final = (PromptKind.ANCHOR, PromptKind.OBSTACLE, PromptKind.FALLBACK)
"""The parts that are asked one after the other; what is done about an obstacle is asked with it."""

PARTS: Final = (*ORDER, PromptKind.COPING)


class _Part(StoredPrompt[V]):
    """A part of the plan, in the column of its kind."""

    def rows(self, turn: Turn) -> list[Row]:
        """Return the choices, and the button that leaves it out; where the plan is changed, the one back too."""
        if turn.user.if_then_on is None:
            return [*self.choices(turn), [Button("skip_step", LeaveOut(self.kind))]]
        stored = getattr(turn.user, self.kind) is not None
        leave: list[Row] = [[Button("leave_out", LeaveOut(self.kind))]] if stored else []
        return [*self.choices(turn), *leave, *setup.skip_rows(turn, self.kind)]

    def saved(self, turn: Turn, value: V) -> None:
        """Ask for the next part, or say the whole plan back."""
        go_on(turn, self.kind)

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return the part."""
        return {self.kind: getattr(turn.user, self.kind)}


class _InOwnWords(_Part[str | None]):
    """A part that is answered in a person's own words; a choice has words too, which are theirs from then on."""

    in_own_words = True

    def read(self, turn: Turn, text: str) -> str | None:
        """Take what was written, None where that is "none". Raises AnswerNotUnderstood, also for a question or a hello.

        Raises WordsTooLong.
        """
        messages = turn.language.messages
        wish = messages.wishes.read(text)
        if text.endswith("?") or wish is Command.WHY or messages.small_talk.kind_of(text) is not None:
            raise AnswerNotUnderstood(self.kind)
        words = own_words(text)
        if not words:
            raise AnswerNotUnderstood(self.kind)
        nothing = wish is Command.SKIP or words.casefold() in turn.language.vocabulary.choices.nothing
        return None if nothing else words

    def store(self, turn: Turn, value: str | None) -> None:
        """Keep the words."""
        keep(turn.user, self.kind, value)

    def in_words(self, turn: Turn, choice: Anchor | Obstacle | Coping) -> str:
        """Return the words of a choice, in the person's language."""
        return turn.language.messages.label(f"{self.kind}_{choice}")


class AnchorPrompt(_InOwnWords):
    """The moment that training hangs on: after coffee, after work."""

    kind = PromptKind.ANCHOR

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each usual moment."""
        picks = [Button(f"anchor_{anchor}", PickAnchor(anchor)) for anchor in Anchor]
        return [picks[:2], picks[2:]]

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons, and the one that leaves out any part."""
        self.on_open(application, PickAnchor, lambda turn, pick: self.take(turn, self.in_words(turn, pick.anchor)))
        on_button(application, LeaveOut, leave_out)


class ObstaclePrompt(_InOwnWords):
    """The thing that gets in the way; what is done then is asked next."""

    kind = PromptKind.OBSTACLE

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each usual obstacle."""
        return [[Button(f"obstacle_{obstacle}", PickObstacle(obstacle)) for obstacle in Obstacle]]

    def stored(self, turn: Turn) -> Mapping[str, object]:
        """Return it, and what is done then, which shares its line."""
        return {"obstacle": turn.user.obstacle, "coping": turn.user.coping}

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_open(application, PickObstacle, lambda turn, pick: self.take(turn, self.in_words(turn, pick.obstacle)))


class CopingPrompt(_InOwnWords):
    """The way round the obstacle."""

    kind = PromptKind.COPING
    in_settings = False

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Return the obstacle."""
        return {"obstacle": turn.user.obstacle}

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each usual way round it."""
        return [[Button(f"coping_{coping}", PickCoping(coping))] for coping in Coping]

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_open(application, PickCoping, lambda turn, pick: self.take(turn, self.in_words(turn, pick.coping)))


class FallbackPrompt(_Part[time]):
    """The second moment of the day: where Later leads to."""

    kind = PromptKind.FALLBACK

    def choices(self, turn: Turn) -> list[Row]:
        """Return a button for each usual time."""
        return [[Button("at_time", PickFallback(hhmm), {"time": f"{hhmm[:2]}:{hhmm[2:]}"}) for hhmm in FALLBACKS]]

    def read(self, turn: Turn, text: str) -> time:
        """Take a time of day. Raises TimeNotUnderstood."""
        return parse_daytime(text, turn.language.vocabulary)

    def store(self, turn: Turn, value: time) -> None:
        """Keep it."""
        keep(turn.user, self.kind, show_daytime(value))

    def register(self, application: CoachApplication) -> None:
        """Hook up the buttons."""
        self.on_open(application, PickFallback, self._pick)

    def _pick(self, turn: Turn, action: PickFallback) -> None:
        try:
            self.answer(turn, show_daytime(parse_daytime(action.hhmm, turn.language.vocabulary)))
        except TimeNotUnderstood:
            raise StaleButton from None


def keep(user: User, part: str, value: str | None) -> None:
    """Keep a part of the plan; without an obstacle there is no way round it."""
    setattr(user, part, value)
    if part == PromptKind.OBSTACLE:
        user.coping = None


def leave_out(turn: Turn, action: LeaveOut) -> None:
    """Leave a part out, and go on."""
    if turn.user.prompt != action.part or action.part not in PARTS:
        raise StaleButton
    keep(turn.user, action.part, None)
    go_on(turn, action.part)


def go_on(turn: Turn, part: str) -> None:
    """Ask for what follows on a part of the plan; at its end say all of it back."""
    user = turn.user
    if part == PromptKind.OBSTACLE and user.obstacle is not None:
        coping = CopingPrompt()
        turn.ask(coping.kind, "setup/coping", coping.rows(turn), part="question", **coping.values(turn))
        return
    if user.if_then_on is None:
        place = ORDER.index(PromptKind.OBSTACLE if part == PromptKind.COPING else PromptKind(part))
        if place + 1 < len(ORDER):
            turn.open_prompt(ORDER[place + 1])
            return
        user.if_then_on = local_day(turn.now, user.zone or "UTC")
    setup.leave(turn)
    turn.reply(
        "setup/if_then",
        setup.week_rows(turn),
        anchor=user.anchor,
        obstacle=user.obstacle,
        coping=user.coping,
        fallback=user.fallback,
    )
